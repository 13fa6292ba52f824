"""The total of a course on a site: by its rule for staff, and for a student of what is published alone."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import update

from grader.errors import CourseError
from grader.messages import ENGLISH, Message
from grader.policy.terms import Publishing, Terms
from grader.policy.totals import Totals
from grader.policy.totals_file import totals_of
from grader.service.courses.adding import add_course
from grader.service.courses.current import current_totals
from grader.service.site import Site
from grader.service.store.tables import Revision
from tests.service.classroom import Classroom, furnish
from tests.service.course_folder import write, write_course
from tests.service.grading import graded, two
from tests.service.staff import at_desk

RULE = '[[group]]\nname = "Labs"\nassignments = ["digits", "later"]\n[bonus]\nquiz = 5\n[letters]\nA = 90\nP = 50\n'


def ruled(site: Site, terms: Terms | None = None, *, text: str = RULE) -> Classroom:
    """A course with that rule, in which Ada has 60 of 100 points."""
    room = furnish(site, terms=terms)
    rule = totals_of(text, Path("totals.toml"))
    with site.database.begin() as session:
        session.execute(update(Revision).where(Revision.id == room.revision_id).values(totals=rule))
    graded(room, "ada", two(40, 20))
    return room


def test_staff_see_the_grade_and_its_rule(site: Site) -> None:
    """On the page, as JSON and as a table; who has nothing graded has no grade, and no zero."""
    room = ruled(site)
    ines = at_desk(room)
    page = ines.get("/courses/ml/gradebook").text
    assert "60.0 % P" in page
    assert "left out: 2" in page
    assert "Full marks in quiz add 5 % on top" in page

    book = ines.get("/api/v1/courses/ml/gradebook").json()
    assert [line["grade"]["percent"] for line in book["lines"]] == ["60.0", None]
    assert book["lines"][0]["grade"]["open"] == ["later", "quiz"]
    assert any("no zero" in each for each in book["rule"])

    lines = list(csv.DictReader(StringIO(ines.get("/courses/ml/gradebook/export").text)))
    assert [(line["percent"], line["letter"], line["open"]) for line in lines[1:]] == [
        ("60.0", "P", "later quiz"),
        ("", "", "digits later quiz"),
    ]


def test_without_a_rule_nothing_is_said_of_a_grade(site: Site) -> None:
    """The sum of points stays."""
    room = furnish(site)
    graded(room, "ada", two(40, 20))
    ines = at_desk(room)
    assert ines.get("/api/v1/courses/ml/gradebook").json()["lines"][0]["grade"] is None
    assert "percent" not in ines.get("/courses/ml/gradebook/export").text.splitlines()[0]
    assert "Total of the course" not in at_desk(room, "ada").get("/courses/ml").text


@pytest.mark.parametrize(
    ("by_hand", "said"), [(False, "Total of the course: 75 % (P)"), (True, "There is no total yet")]
)
def test_a_student_sees_the_total_of_what_is_published(site: Site, by_hand: bool, said: str) -> None:
    """60 of the 80 points shown, of 100 in all, with the rule; what waits for publishing is named as left out."""
    terms = Terms(publishing=Publishing(by_hand=by_hand))
    page = at_desk(ruled(site, terms, text=f"places = 0\n{RULE}"), "ada").get("/courses/ml").text
    assert said in page
    assert "How the total is made" in page
    assert ("made of what you can see" in page) is not by_hand
    assert ("Left out so far: Handwritten digits" in page) is by_hand
    assert ("75 %" in page) is not by_hand


def test_a_course_brings_its_rule(site: Site, tmp_path: Path) -> None:
    """Also where the same files were added by a version that did not read it."""
    write_course(tmp_path / "ml")
    text = '[[group]]\nname = "All"\nassignments = ["doubling"]\n'
    write(tmp_path / "ml", "assignments/totals.toml", text)
    for kept in (True, False):
        with site.database.begin() as session:
            added = add_course(session, site, tmp_path / "ml", slug="ml")
            found = current_totals(session, added.course_id)
            assert isinstance(found, Totals)
            assert found.group[0].assignments == ("doubling",)
            if kept:
                session.execute(update(Revision).values(totals=None))


def test_a_rule_that_is_wrong_keeps_the_course_out(site: Site, tmp_path: Path) -> None:
    """It is named by line, and what was there before goes on."""
    write_course(tmp_path / "ml")
    write(tmp_path / "ml", "assignments/totals.toml", '[[group]]\nname = "All"\nassignments = ["tripling"]\n')
    with pytest.raises(CourseError) as caught, site.database.begin() as session:
        add_course(session, site, tmp_path / "ml", slug="ml")
    said = [ENGLISH.text(each) for each in caught.value.said if isinstance(each, Message)]
    assert "There is no assignment tripling" in said[1]
