"""The summary of a class in a terminal: how it reads stands in golden files; here is what must hold of any."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.messages import Words, prose
from grader.render import class_page
from grader.render.class_text import MOST_TROUBLES, render
from grader.report.class_report import Trouble
from tests.unit.classes import CLASS, HOSTILE_CLASS, NASTY, class_of, row, work


@pytest.mark.parametrize("width", [pytest.param(width, id=f"{width} columns") for width in (40, 60, 88, 120)])
def test_no_line_is_wider_than_asked(width: int) -> None:
    """Terminals and logs do not wrap what is already wrapped; rich counts an emoji as two columns."""
    assert max(map(len, render(CLASS, width=width).splitlines())) <= width


def test_colours_add_nothing_but_colours() -> None:
    """A reader without colours misses nothing."""
    assert "\x1b[" in render(CLASS, colour=True)
    assert "\x1b" not in render(HOSTILE_CLASS)


def test_every_kind_of_student_is_counted_in_words() -> None:
    """Nobody is lost between handing in and a grade."""
    assert "6 students: 3 graded, 1 unreadable, 1 not graded, 1 never submitted." in render(CLASS)


def test_an_empty_class_is_said_to_be_empty() -> None:
    """No figures of nobody."""
    assert render(class_of()).splitlines()[:2] == ["A lab", "Nobody is in this class yet."]


def test_a_class_without_grades_has_no_histogram() -> None:
    """Figures are of graded students."""
    assert "Nobody was graded." in render(class_of(row("a", None)))


def test_each_trouble_says_what_to_do() -> None:
    """What happened alone helps nobody."""
    assert "cem.ipynb is not a notebook. Ask for the file again." in render(CLASS)


def test_troubles_without_end_are_counted() -> None:
    """The terminal shows the first; class.json has all."""
    many = [
        Trouble(what=f"s{number}", happened=prose("It broke."), to_do=prose("Mend it."))
        for number in range(MOST_TROUBLES + 5)
    ]
    shown = render(class_of(troubles=many))
    assert shown.count("It broke.") == MOST_TROUBLES
    assert "and 5 more; all of them stand in class.json." in shown


@pytest.mark.parametrize("students", [1, 30, 4_000])
def test_bars_fit_and_nobody_is_an_empty_bar(students: int) -> None:
    """One student beside four thousand still shows."""
    full = row("a", work(30, 20))
    shown = render(class_of(*[full] * students, row("b", work(0, 0)))).splitlines()
    bars = [line.count("#") for line in shown if line.startswith(("  0 to 9", "  100"))]
    assert bars[0] == 1
    assert 1 <= bars[1] <= 40


@given(st.text(st.characters()) | st.just(NASTY))
def test_student_text_cannot_control_the_terminal(text: str) -> None:
    """Names, files and messages arrive as text."""
    shown = render(
        class_of(row(text, work(0, 0)), troubles=[Trouble(what=text, happened=prose(text), to_do=prose(text))])
    )
    assert all(character == "\n" or character.isprintable() or character.isspace() for character in shown)
    assert "\x1b" not in shown


@pytest.mark.parametrize("draw", [render, class_page.render], ids=["text", "page"])
def test_a_mistake_is_named_in_words(draw: Callable[..., str]) -> None:
    """By its hint, in the reader's language; where a class was put together from reports alone, by its name's words."""
    known = CLASS.model_copy(update={"mistakes": {"adds_two": "Is two added?"}})
    spoken = " ".join(draw(known, words=Words("zh", {"Is two added?": "加了二"})).split())

    assert "Is two added?" in draw(known)
    assert "加了二" in spoken
    assert "adds two" in draw(CLASS)
    assert "adds_two" not in draw(known) + draw(CLASS) + spoken
