"""Progress: what is said while a class is graded, and how seldom."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest
from rich.console import Console

from grader.progress import (
    LINE_SECONDS,
    Lines,
    Pace,
    Tally,
    fitted,
    in_short,
    on_console,
    pieces,
    sentence,
    watching,
)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def paced(clock: Clock, tallies: Iterable[Tally], *, seconds: float) -> Pace:
    """After results that came so many seconds apart."""
    pace = Pace(clock)
    for tally in tallies:
        clock.now += seconds
        pace.heard(tally)
    return pace


SENTENCES = [
    pytest.param(Tally(total=300, done=1), 2.0, "1 of 300 done", id="no pace yet"),
    pytest.param(
        Tally(total=300, done=30), 2.0, "30 of 300 done, 30 submissions a minute, 9 min left", id="some a minute"
    ),
    pytest.param(Tally(total=30, done=20), 0.1, "20 of 30 done, 10 a second, 1 s left", id="some a second"),
    pytest.param(
        Tally(total=9, done=6, unreadable=2, not_graded=1),
        1.0,
        "6 of 9 done, 2 unreadable, 1 not graded, 60 submissions a minute, 3 s left",
        id="with troubles",
    ),
    pytest.param(Tally(total=3, done=3), 2.0, "3 done in 6 s", id="all"),
    pytest.param(Tally(total=3, done=3, known=3), 0.0, "3 done in 0 s, 3 of them unchanged", id="all known"),
]


@pytest.mark.parametrize(("tally", "seconds", "said"), SENTENCES)
def test_a_line_says_how_far_it_is_what_went_wrong_and_how_long_it_takes(
    tally: Tally, seconds: float, said: str
) -> None:
    """In one line, whatever the class."""
    before = (Tally(total=tally.total, done=n, known=min(n, tally.known)) for n in range(1, tally.done + 1))

    assert sentence(tally, paced(Clock(), before, seconds=seconds)) == said


def test_time_left_is_told_from_what_is_graded_and_not_from_what_was_known() -> None:
    """A resumed run does not promise to be done in a second."""
    clock = Clock()
    pace = paced(clock, (Tally(total=100, done=n, known=n) for n in range(1, 91)), seconds=0.001)
    for n in (91, 92, 93):
        clock.now += 10
        pace.heard(Tally(total=100, done=n, known=90))

    assert pace.left(Tally(total=100, done=93, known=90)) == 70


@pytest.mark.parametrize(
    ("waited", "left"), [(0, 10), (1, 10), (11, 20), (101, 110)], ids=["not at all", "as usual", "long", "very long"]
)
def test_a_wait_that_is_longer_than_usual_counts(waited: float, left: float) -> None:
    """The last submission may loop until its limit; two more seconds are not promised for minutes."""
    clock = Clock()
    pace = paced(clock, (Tally(total=21, done=n) for n in range(1, 12)), seconds=1.0)
    clock.now += waited

    assert pace.left(Tally(total=21, done=11)) == left


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
    lines = Lines(stream, Pace(clock))
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

    assert "2/2, 1 unreadable" in stream.getvalue()
    assert stream.getvalue().endswith("\x1b[2K")


def test_a_terminal_that_cannot_draw_a_line_again_gets_lines() -> None:
    """As a log does, and without control characters."""
    stream = Terminal()
    with on_console(Console(file=stream, _environ={"TERM": "dumb"}), total=1) as watcher:
        watcher.saw(Tally(total=1, done=1))

    assert stream.getvalue() == "1 done in 0 s\n"


WIDTHS = [
    pytest.param(120, "Grading 6/9, 3 s left, 2 unreadable, 1 not graded, 60 submissions a minute", id="all of it"),
    pytest.param(60, "Grading 6/9, 3 s left, 2 unreadable, 1 not graded", id="a narrow terminal"),
    pytest.param(40, "Grading 6/9, 3 s left, 2 unreadable", id="half of one"),
    pytest.param(20, "Grading 6/9", id="hardly one"),
]


@pytest.mark.parametrize(("width", "line"), WIDTHS)
def test_a_narrow_terminal_loses_the_least_telling_pieces_whole(width: int, line: str) -> None:
    """How many are done and how long it takes stay to the last; nothing is cut in two."""
    tally = Tally(total=9, done=6, unreadable=2, not_graded=1)
    pace = paced(Clock(), (Tally(total=9, done=n) for n in range(1, 7)), seconds=1.0)

    assert fitted("Grading", pieces(tally, pace), width) == line
