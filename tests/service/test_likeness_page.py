"""Likeness on a site: an instructor's page and its twin in the API, compared when they ask; nobody else's business."""

from __future__ import annotations

import pytest

from grader.report.likeness import Likeness
from grader.service.site import Site
from grader.service.store.tables import Role
from tests.likeness_class import made
from tests.service.classroom import Classroom, furnish
from tests.service.lively import graded
from tests.service.staff import at_desk, counted_queries, main_of

PAGE = "/courses/ml/digits/likeness"
API = "/api/v1/courses/ml/assignments/digits/likeness"
STUDENTS = 12


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    """A class in which the last student has the work of another; that one handed in twice."""
    reports = made(STUDENTS, 1).reports()
    room = furnish(
        on_sqlite,
        people={"ines": Role.INSTRUCTOR, "greta": Role.GRADER, **dict.fromkeys(reports, Role.STUDENT)},
    )
    for name, found in reports.items():
        graded(room, name, found)
    graded(room, "student0011", reports["student0011"], number=2)
    graded(room, "ines", reports["student0011"])
    return room


def test_a_page_compares_when_it_is_asked_and_not_before(room: Classroom) -> None:
    """Then both texts stand side by side, by the names that the roster gave; what staff tried out is not in it."""
    desk = at_desk(room)
    before = main_of(desk.get(PAGE).text)
    after = main_of(desk.get(f"{PAGE}?compare=yes").text)
    assert "pair-1" not in before
    assert "student0011" not in before.lower()
    assert after.count('id="pair-') == 1
    assert "Student0011 (student0011@example.org)" in after
    assert "12 of 12" in after
    assert "Ines" not in after


def test_a_program_is_told_the_same(room: Classroom) -> None:
    """As the command's own JSON, of one exercise as well."""
    desk = at_desk(room)
    found = Likeness.model_validate(desk.get(API).json())
    assert len(found.pairs) == 1
    assert "student0011@example.org" in found.pairs[0].students
    one = Likeness.model_validate(desk.get(f"{API}?exercise=backward_propagation").json())
    assert set(one.exercises) == {"backward_propagation"}


@pytest.mark.parametrize("who", ["student0011", "greta"])
def test_it_is_for_instructors_alone(room: Classroom, who: str) -> None:
    """No student, and no grader without that right, is told, or led there."""
    desk = at_desk(room, who)
    assert {desk.get(path).status_code for path in (PAGE, f"{PAGE}?compare=yes", API)} == {403}
    assert PAGE not in desk.get("/courses/ml/digits/statistics").text


def test_an_instructor_finds_it_beside_the_statistics(room: Classroom) -> None:
    """In either language."""
    assert PAGE in at_desk(room).get("/courses/ml/digits/statistics").text
    assert "相似情况" in at_desk(room, language="zh").get(f"{PAGE}?compare=yes").text


def test_a_class_that_handed_in_nothing_has_a_page(on_sqlite: Site) -> None:
    """Which says so."""
    furnished = furnish(on_sqlite)
    assert "Nothing can be compared" in at_desk(furnished).get(f"{PAGE}?compare=yes").text


def test_it_asks_the_database_a_few_times(room: Classroom) -> None:
    """However many there are."""
    desk = at_desk(room)
    with counted_queries(room.site) as asked:
        desk.get(f"{PAGE}?compare=yes")
    assert len(asked) <= 14
