"""Progress: what is said while a class is graded, and how seldom."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from grader.classes.progress import (
    LINE_SECONDS,
    Lines,
    Tally,
    in_short,
    on_console,
    sentence,
    watching,
)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


SENTENCES = [
    pytest.param(Tally(total=300, done=1), None, "1 of 300 done", id="no pace yet"),
    pytest.param(Tally(total=300, done=30), 540.0, "30 of 300 done, 9 min left", id="with a pace"),
    pytest.param(
        Tally(total=9, done=6, unreadable=2, not_graded=1),
        3.0,
        "6 of 9 done, 2 unreadable, 1 not graded, 3 s left",
        id="with troubles",
    ),
    pytest.param(Tally(total=3, done=3), None, "3 done in 6 s", id="all"),
    pytest.param(Tally(total=3, done=3, known=3), None, "3 done in 6 s, 3 of them unchanged", id="all known"),
]


@pytest.mark.parametrize(("tally", "left", "said"), SENTENCES)
def test_a_line_says_how_far_it_is_what_went_wrong_and_how_long_it_takes(
    tally: Tally, left: float | None, said: str
) -> None:
    """In one line, whatever the class."""
    assert sentence(tally, so_far=6.0, left=left) == said


def test_time_left_is_told_from_what_is_graded_and_not_from_what_was_known() -> None:
    """A resumed run does not promise to be done in a second."""
    clock, stream = Clock(), io.StringIO()
    lines = Lines(stream, total=100, clock=clock)
    for n in range(1, 91):
        lines.saw(Tally(total=100, done=n, known=n))
    for n in (91, 92, 93):
        clock.now += 10
        lines.saw(Tally(total=100, done=n, known=90))

    assert stream.getvalue().splitlines()[-1] == "93 of 100 done, 70 s left"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (89.4, "89 s"), (90, "2 min"), (3_540, "59 min"), (3_600, "1 h 0 min"), (7_500, "2 h 5 min")],
)
def test_times_are_told_at_a_glance(seconds: float, said: str) -> None:
    """Nobody needs seconds of an hour."""
    assert in_short(seconds) == said


def test_a_log_gets_a_line_now_and_then_and_one_at_the_end() -> None:
    """A class of thousands does not fill it."""
    clock, stream = Clock(), io.StringIO()
    lines = Lines(stream, total=100, clock=clock)
    for done in range(1, 101):
        clock.now += LINE_SECONDS / 20
        lines.saw(Tally(total=100, done=done))
    said = stream.getvalue().splitlines()

    assert [line.partition(" ")[0] for line in said] == ["20", "40", "60", "80", "100"]
    assert said[-1] == "100 done in 25 s"


def test_quiet_says_nothing() -> None:
    """`--quiet` is for scripts."""
    stream = io.StringIO()
    with watching(stream, total=1, quiet=True, colour=False) as watcher:
        watcher.saw(Tally(total=1, done=1))

    assert stream.getvalue() == ""


class Terminal(io.StringIO):
    """A stream that claims to be one."""

    def isatty(self) -> bool:
        """So it says."""
        return True


def test_a_terminal_gets_a_bar_that_leaves_no_trace() -> None:
    """One line, drawn again and again, and gone when the summary comes."""
    stream = Terminal()
    with watching(stream, total=2, quiet=False, colour=False) as watcher:
        watcher.saw(Tally(total=2, done=1))
        watcher.saw(Tally(total=2, done=2, unreadable=1))

    assert "1 unreadable" in stream.getvalue()
    assert stream.getvalue().endswith("\x1b[2K")


def test_a_terminal_that_cannot_draw_a_line_again_gets_lines() -> None:
    """As a log does, and without control characters."""
    stream = Terminal()
    with on_console(Console(file=stream, _environ={"TERM": "dumb"}), total=1) as watcher:
        watcher.saw(Tally(total=1, done=1))

    assert stream.getvalue() == "1 done in 0 s\n"


@pytest.mark.parametrize(
    ("width", "said"),
    [
        pytest.param(120, "Grading 6/9 --:-- 2 unreadable, 1 not graded", id="all of it"),
        pytest.param(60, "Grading 6/9 --:-- 2 unreadable, 1 not graded", id="a shorter bar"),
        pytest.param(40, "Grading 6/9 --:-- 2 unreadable, 1 not gr", id="no bar"),
        pytest.param(39, "", id="lines, and none is due"),
    ],
)
def test_a_narrow_terminal_loses_the_least_telling_first(width: int, said: str) -> None:
    """What is being done and how far it is stay to the last."""
    stream = Terminal()
    with on_console(Console(file=stream, width=width, no_color=True, _environ={"TERM": "xterm"}), total=9) as watcher:
        watcher.saw(Tally(total=9, done=6, unreadable=2, not_graded=1))

    assert said in stream.getvalue()
    assert ("Grading" in stream.getvalue()) == bool(said)
