"""The page of a class: complete without script, ours alone, and small however large the class."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.messages import Words
from grader.render.class_page import render
from tests.unit.classes import CLASS, HOSTILE_CLASS, REPORTS, ROWS, class_of, row
from tests.unit.markup import parsed

MEGABYTE = 1024 * 1024


def test_an_empty_class_has_a_page_too(golden: Callable[[str, str], None]) -> None:
    """Classes with students are among the golden files of `test_formats.py`."""
    golden("class_empty.html", render(class_of()))


def test_nothing_a_student_writes_becomes_an_element() -> None:
    """Names, notes and troubles are text; the one script and the one style are ours."""
    assert parsed(render(HOSTILE_CLASS)).tags <= parsed(render(CLASS)).tags


@pytest.mark.parametrize("state", ["unreadable", "not graded", "never submitted", "0 %"])
def test_four_ways_to_have_no_points_are_told_apart(state: str) -> None:
    """Never handed in, unreadable, not graded by our fault, and a zero."""
    assert f">{state}</td>" in render(CLASS)


def test_a_student_leads_to_the_report() -> None:
    """A row with a report links its page; a row without one links nothing."""
    page = render(CLASS)

    assert '<a href="reports/anna.html"><bdi>anna</bdi></a>' in page
    assert "<bdi>finn</bdi></th>" in page
    assert "finn.html" not in page


def test_a_link_cannot_leave_the_folder_by_a_strange_name() -> None:
    """A path is quoted, so that no name is read as an address or an attribute."""
    strange = row("x", REPORTS["anna"]).model_copy(update={"report": 'reports/a"b:c#d.json'})

    assert 'href="reports/a%22b%3Ac%23d.html"' in render(class_of(strange))


def test_the_page_speaks_chinese() -> None:
    """Headings and states are translated, names are not."""
    page = render(CLASS, words=Words("zh"))

    assert 'lang="zh-Hans"' in page
    assert "未提交" in page
    assert "anna" in page


def test_a_thousand_students_stay_below_three_megabytes() -> None:
    """A class page is mailed and opened on phones."""
    many = class_of(*(row(f"student{number:04}", REPORTS["ben"]) for number in range(1000)))

    assert len(render(many).encode()) < 3 * MEGABYTE


def test_every_row_of_the_class_is_on_the_page() -> None:
    """Sorting is a convenience; nobody is left out without it."""
    page = render(CLASS)

    assert all(f"<bdi>{each.student}</bdi>" in page for each in ROWS)
