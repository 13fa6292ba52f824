"""Where students stand: what counts, what an extension changes, what leaves the gradebook."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest
from sqlalchemy import select, text, update

from grader.errors import StoreUnavailable
from grader.policy.state import State
from grader.policy.terms import Counts, Deduction, Relief, Terms
from grader.report.report import Status
from grader.service.attempts.exporting import ExportFormat, export_course, export_opening
from grader.service.attempts.gradebook import gradebook
from grader.service.attempts.offered import opening_of
from grader.service.attempts.openings import Whom, change_terms, grant, revoke
from grader.service.attempts.standing import settle
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.tables import Audit, Membership, Person, Section, Standing
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded, hand_in, taken, two
from tests.service.questions import questions
from tests.unit.reports import exercise, not_graded, report

STAFF = Actor(person_id=None, request="r1")


def standing(room: Classroom, name: str) -> Standing:
    with room.site.database.read() as session:
        return session.get_one(Standing, (room.opening_id, room.people[name]))


def sectioned(room: Classroom, name: str) -> int:
    """The id of a section that this person is put in."""
    with room.site.database.begin() as session:
        section = Section(course_id=room.course_id, name="A")
        session.add(section)
        session.flush()
        mine = Membership.person_id == room.people[name]
        session.execute(update(Membership).where(mine).values(section_id=section.id))
        return section.id


@pytest.mark.parametrize(
    ("counts", "earned"),
    [
        pytest.param(Counts.LATEST, 40, id="latest"),
        pytest.param(Counts.BEST, 50, id="best"),
        pytest.param(Counts.BEST_PER_EXERCISE, 70, id="best of each exercise"),
    ],
)
def test_the_opening_says_which_attempt_counts(site: Site, counts: Counts, earned: int) -> None:
    """Of the same attempts, other points."""
    room = furnish(site, terms=Terms(counts=counts))
    for points in ((30, 20), (0, 40)):
        graded(room, "ada", two(*points))
    assert standing(room, "ada").earned == earned


def test_each_attempt_is_deducted_by_its_own_lateness(site: Site, clock: StoppedClock) -> None:
    """A better one that came late may be worth less."""
    terms = Terms(due=clock(), deduction=Deduction(percent=10))
    room = furnish(site, terms=terms)
    first = graded(room, "ada", two(40, 30))
    clock.go_on(hours=25)
    graded(room, "ada", two(40, 35))
    assert (standing(room, "ada").attempt_id, standing(room, "ada").earned) == (first, Fraction(70))
    graded(room, "bob", two(20, 13))
    assert (standing(room, "bob").earned, standing(room, "bob").late) == (Fraction(132, 5), True)


def test_what_we_could_not_grade_takes_no_points_away(site: Site) -> None:
    """Where the latest counts, the one before counts until we have graded it."""
    room = furnish(site, terms=Terms(counts=Counts.LATEST, attempts=1))
    first = graded(room, "ada", two(40, 0))
    assert standing(room, "ada").attempt_id == first
    with site.database.begin() as session:
        change_terms(session, room.opening_id, Terms(counts=Counts.LATEST, attempts=2), actor=STAFF, now=site.now())
    graded(room, "ada", report(exercise(id="my_softmax"), not_graded()), state=State.PARKED)
    assert (standing(room, "ada").attempt_id, standing(room, "ada").attempts) == (first, 2)
    assert taken(hand_in(room, "ada")).number == 3


def test_a_file_that_could_not_be_read_uses_no_attempt_up(site: Site) -> None:
    """And it counts for nothing."""
    room = furnish(site, terms=Terms(attempts=1))
    graded(room, "ada", report(status=Status.UNREADABLE, score=None))
    assert standing(room, "ada").earned is None
    assert taken(hand_in(room, "ada")).number == 2


@pytest.mark.parametrize("section", [False, True])
def test_an_extension_holds_for_what_came_before_it(site: Site, clock: StoppedClock, section: bool) -> None:
    """Whoever was ill hands in late first and is believed later; taken back, what was decided then holds."""
    room = furnish(site, terms=Terms(due=clock(), deduction=Deduction(percent=50)))
    clock.go_on(hours=1)
    graded(room, "ada", two(40, 40))
    assert standing(room, "ada").earned == 40
    whom = Whom(section_id=sectioned(room, "ada")) if section else Whom(person_id=room.people["ada"])
    with site.database.begin() as session:
        relief = Relief(due=clock.after(days=1))
        extension = grant(session, room.opening_id, whom, relief, reason="ill", actor=STAFF, now=clock())
        assert isinstance(extension, int)
    assert standing(room, "ada").earned == 80
    with site.database.begin() as session:
        assert revoke(session, extension, actor=STAFF, now=clock())
    assert standing(room, "ada").earned == 40


def test_terms_that_become_stricter_take_nothing_away(site: Site, clock: StoppedClock) -> None:
    """What a student was told at receipt holds."""
    room = furnish(site, terms=Terms(due=clock.after(days=1)))
    graded(room, "ada", two(40, 40))
    stricter = Terms(due=clock.after(days=-1), deduction=Deduction(percent=50))
    with site.database.begin() as session:
        assert change_terms(session, room.opening_id, stricter, actor=STAFF, now=clock()) is None
    assert (standing(room, "ada").earned, standing(room, "ada").late) == (Fraction(80), False)


def test_every_change_is_on_the_trail(site: Site, clock: StoppedClock) -> None:
    """Who, what, by which request, from what to what."""
    room = furnish(site)
    with site.database.begin() as session:
        change_terms(session, room.opening_id, Terms(attempts=3), actor=STAFF, now=clock())
    with site.database.read() as session:
        row = session.scalars(select(Audit)).one()
        assert (row.action, row.request, row.details) == ("opening.changed", "r1", {"attempts": [None, 3]})


def test_a_student_sees_what_counts_of_what_they_see(site: Site) -> None:
    """Neither points of hidden checks nor which attempt they make the best."""
    room = furnish(site)
    first = graded(room, "ada", two(40, 40, hidden=0))
    second = graded(room, "ada", two(40, 39, hidden=10))
    assert standing(room, "ada").attempt_id == second
    with site.database.read() as session:
        seen = opening_of(session, room.course_id, "digits", room.people["ada"], site.now())
    assert seen is not None
    assert seen.counted is not None
    assert (seen.counted.attempt_id, seen.counted.earned, seen.counted.possible) == (first, Fraction(80), 80)


def test_the_gradebook_has_a_line_for_each_student(site: Site) -> None:
    """Staff are none, and who handed in nothing is there."""
    room = furnish(site)
    graded(room, "ada", two(40, 20))
    graded(room, "ines", two(40, 40))
    with site.database.read() as session:
        lines = gradebook(session, room.course_id).lines
    assert [(line.name, line.total, line.cells[0] is None) for line in lines] == [
        ("Ada", Fraction(60), False),
        ("Bob", Fraction(0), True),
    ]


def late_class(site: Site, clock: StoppedClock) -> Classroom:
    """Ada, whose name is a formula, has 37.5 after deductions; Bob has handed in nothing."""
    room = furnish(site, terms=Terms(due=clock(), deduction=Deduction(percent=25)))
    clock.go_on(hours=1)
    graded(room, "ada", two(40, 10))
    with site.database.begin() as session:
        session.get_one(Person, room.people["ada"]).name = "=1+1"
    return room


@pytest.mark.parametrize(
    ("format", "column"),
    [
        pytest.param(ExportFormat.CANVAS, "Handwritten digits", id="Canvas"),
        pytest.param(ExportFormat.MOODLE, "Handwritten digits", id="Moodle"),
        pytest.param(ExportFormat.CSV, "earned", id="our own"),
    ],
)
def test_an_export_has_what_counts_to_the_cent(
    site: Site, clock: StoppedClock, format: ExportFormat, column: str
) -> None:
    """After deductions, nothing rounded away, nothing for who has nothing, and no cell is a formula."""
    room = late_class(site, clock)
    with site.database.read() as session:
        exported = export_opening(session, room.opening_id, format)
    rows = [row for row in csv.DictReader(io.StringIO(exported.text)) if row.get("Student") != "    Points Possible"]
    assert [row[column] for row in rows] == ["37.5", ""]
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_the_whole_gradebook_is_a_table(site: Site, clock: StoppedClock) -> None:
    """A row for what is possible, then one for each student."""
    room = late_class(site, clock)
    with site.database.read() as session:
        exported = export_course(session, room.course_id)
    rows = list(csv.DictReader(io.StringIO(exported.text)))
    assert [(row["name"], row["digits"], row["total"]) for row in rows] == [
        ("possible", "100", "100"),
        ("'=1+1", "37.5", "37.5"),
        ("Bob", "", "0"),
    ]


def test_a_gradebook_takes_as_many_questions_however_large_it_is(site: Site) -> None:
    """And so does what a student sees of a course."""
    room = furnish(site)
    for _ in range(3):
        graded(room, "ada", two(40, 20))
    with questions(site.database) as asked, site.database.read() as session:
        gradebook(session, room.course_id)
        of_book = len(asked)
        opening_of(session, room.course_id, "digits", room.people["ada"], site.now())
    assert (of_book, len(asked) - of_book) == (6, 6)


def test_whoever_settles_a_student_goes_by_terms_that_are_being_changed(site: Site) -> None:
    """A report that comes while an instructor changes the terms waits, and is not counted by those of before."""
    if site.database.kind == "sqlite":
        pytest.skip("one transaction writes at a time")
    room = furnish(site)
    taken(hand_in(room, "ada"))
    with site.database.begin() as session:
        change_terms(session, room.opening_id, Terms(attempts=3), actor=STAFF, now=site.now())
        with pytest.raises(StoreUnavailable) as caught:
            settled_at_once(room, "bob")
    assert "lock timeout" in str(caught.value.__cause__)


def settled_at_once(room: Classroom, name: str) -> None:
    """Or not at all."""
    with room.site.database.begin() as session:
        session.execute(text("set local lock_timeout = '20ms'"))
        settle(session, room.opening_id, room.people[name], room.site.now())
