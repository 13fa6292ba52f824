"""What a reader sees of a report, when, and what changed in it."""

from __future__ import annotations

import uuid

from grader.policy.terms import Publishing, Terms
from grader.report.report import Audience, Report, Status
from grader.service.attempts.comparing import Comparison, compared
from grader.service.attempts.openings import publish
from grader.service.attempts.seen import Sealed, report_seen
from grader.service.people.audit import Actor
from grader.service.site import Site
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded, hand_in, taken, two
from tests.unit.reports import report

ALL = two(40, 40, hidden=10, after_due=10)


def seen(room: Classroom, attempt_id: uuid.UUID, reader: Audience = Audience.STUDENT) -> Report | Sealed | None:
    with room.site.database.read() as session:
        return report_seen(session, attempt_id, reader, now=room.site.now())


def checks(room: Classroom, attempt_id: uuid.UUID) -> str:
    """The ids of the checks that the student sees, in a row."""
    what = seen(room, attempt_id)
    assert isinstance(what, Report)
    return "".join(check.id for each in what.exercises for check in each.checks)


def test_a_reader_sees_nothing_until_there_is_something(site: Site) -> None:
    """An attempt that waits has a state and no report."""
    room = furnish(site)
    assert seen(room, taken(hand_in(room, "ada")).attempt_id) is None


def test_staff_see_all_and_students_what_is_open(site: Site) -> None:
    """Hidden checks reach no student, and neither do others before their time."""
    room = furnish(site)
    attempt_id = graded(room, "ada", ALL)
    assert seen(room, attempt_id, Audience.INSTRUCTOR) == ALL
    assert checks(room, attempt_id) == "ab"


def test_withheld_checks_open_when_the_opening_is_over(site: Site, clock: StoppedClock) -> None:
    """The opening's own end decides, not the date that the assignment names."""
    room = furnish(site, terms=Terms(due=clock(), late_until=clock.after(days=1)))
    attempt_id = graded(room, "ada", ALL)
    assert checks(room, attempt_id) == "ab"
    clock.go_on(days=1)
    assert checks(room, attempt_id) == "abd"


def test_points_that_wait_for_a_date_are_sealed_until_then(site: Site, clock: StoppedClock) -> None:
    """Before it a student sees the state alone."""
    room = furnish(site, terms=Terms(publishing=Publishing(points_from=clock.after(days=1))))
    attempt_id = graded(room, "ada", ALL)
    assert seen(room, attempt_id) == Sealed(until=clock.after(days=1))
    clock.go_on(days=1)
    assert checks(room, attempt_id) == "ab"


def test_points_that_wait_for_an_instructor_are_sealed_until_then(site: Site, clock: StoppedClock) -> None:
    """Publishing by hand opens whatever is not hidden for good."""
    room = furnish(site, terms=Terms(publishing=Publishing(by_hand=True)))
    attempt_id = graded(room, "ada", ALL)
    assert seen(room, attempt_id) == Sealed(until=None)
    with site.database.begin() as session:
        publish(session, room.opening_id, actor=Actor(person_id=room.people["ines"]), now=clock())
    assert checks(room, attempt_id) == "abd"


def test_that_a_file_is_unreadable_is_never_sealed(site: Site) -> None:
    """The student can still hand in another."""
    room = furnish(site, terms=Terms(publishing=Publishing(by_hand=True)))
    attempt_id = graded(room, "ada", report(status=Status.UNREADABLE, score=None))
    assert isinstance(seen(room, attempt_id), Report)


def change(room: Classroom, attempt_id: uuid.UUID, reader: Audience = Audience.STUDENT) -> Comparison | None:
    with room.site.database.read() as session:
        return compared(session, attempt_id, reader, now=room.site.now())


def test_what_changed_is_told_exercise_by_exercise(site: Site) -> None:
    """Points before and after, and the checks that turned."""
    room = furnish(site)
    assert change(room, graded(room, "ada", two(40, 0))) is None
    found = change(room, graded(room, "ada", two(20, 40, hidden=10)))
    assert found is not None
    assert (found.number, found.before, found.after, found.possible) == (1, 40, 60, 80)
    assert [(each.id, each.before, each.after) for each in found.changes] == [("my_softmax", 40, 20), ("model", 0, 40)]
    assert [[check.id for check in each.newly_passed] for each in found.exercises] == [[], ["b"]]
    assert [[check.id for check in each.newly_failed] for each in found.exercises] == [["a"], []]


def test_a_change_in_a_hidden_check_is_no_change_for_a_student(site: Site) -> None:
    """Staff see it."""
    room = furnish(site)
    graded(room, "ada", two(40, 40, hidden=0))
    attempt_id = graded(room, "ada", two(40, 40, hidden=10))
    told = [change(room, attempt_id, reader) for reader in (Audience.STUDENT, Audience.INSTRUCTOR)]
    assert [len(each.changes) for each in told if each is not None] == [0, 1]


def test_an_attempt_is_compared_with_the_students_own_readable_one_before(site: Site) -> None:
    """Neither with anybody else's nor with one that could not be read."""
    room = furnish(site)
    first = graded(room, "ada", two(40, 0))
    graded(room, "bob", two(0, 0))
    graded(room, "ada", report(status=Status.UNREADABLE, score=None))
    found = change(room, graded(room, "ada", two(40, 40)))
    assert found is not None
    assert found.attempt_id == first
