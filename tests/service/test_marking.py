"""Marks in the service: what they make of points, who is told what when two save at once, and that nothing is lost."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest

from grader.policy.counting import GradedAttempt, Points, counted
from grader.policy.marking import NotSaved, StandingMark, Why
from grader.policy.state import State
from grader.policy.terms import Counts, Publishing, Terms
from grader.report.marking import Given
from grader.report.report import Audience, Report, Verdict
from grader.service.attempts.documents import complete_report, keep_report, machine_report
from grader.service.attempts.exporting import ExportFormat, export_opening
from grader.service.attempts.gradebook import gradebook
from grader.service.attempts.offered import opening_of
from grader.service.attempts.openings import publish
from grader.service.attempts.seen import report_seen
from grader.service.attempts.standing import settle
from grader.service.marking.history import changes_of, marks_in
from grader.service.marking.progress import Awaited, awaited_in, marked_in
from grader.service.marking.saving import stored
from grader.service.people.audit import Actor
from grader.service.site import Site
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded, two
from tests.service.marked import decide, row_of, stands, with_written, written
from tests.service.staff import actions
from tests.service.test_counting import attempt
from tests.unit.reports import exercise, not_graded, report


@pytest.fixture
def room(site: Site) -> Classroom:
    """A course in which a person marks one exercise."""
    return with_written(furnish(site))


def test_a_mark_counts_wherever_points_are_told(room: Classroom) -> None:
    """In the standing, the outline, the report of staff and the table for elsewhere: by one computation."""
    attempt_id = graded(room, "ada", written(40, 30))
    assert stands(room, "ada") == ("70", 100, 20)

    assert isinstance(decide(room, attempt_id, 15), StandingMark)

    assert stands(room, "ada") == ("85", 120, 0)
    outline = row_of(room, attempt_id).outline
    assert (outline.earned, outline.possible, outline.exercises[-1].verdict) == (85, 120, Verdict.PARTIAL)
    with room.site.database.read() as session:
        seen = report_seen(session, attempt_id, Audience.INSTRUCTOR, now=room.site.now())
        table = export_opening(session, room.opening_id, ExportFormat.CANVAS).text
    assert isinstance(seen, Report)
    assert seen.score is not None
    assert (seen.score.earned, seen.score.possible) == (85, 120)
    assert ",85\n" in table


def test_a_mark_in_the_place_of_the_machines_points_keeps_what_the_machine_said(room: Classroom) -> None:
    """Taken back, everything is as before."""
    attempt_id = graded(room, "ada", two(40, 10))
    made = decide(room, attempt_id, 25, exercise="model")
    assert isinstance(made, StandingMark)
    assert stands(room, "ada")[0] == "65"
    with room.site.database.read() as session:
        row = stored(session, attempt_id)
        mark = None if row is None else complete_report(row).exercises[1].mark
    assert mark is not None
    assert (mark.points, mark.earned, mark.verdict) == (25, 10, Verdict.PARTIAL)

    decide(room, attempt_id, None, exercise="model", version=made.version)

    assert stands(room, "ada")[0] == "50"


def test_the_second_of_two_is_told_what_the_first_decided(room: Classroom) -> None:
    """By the version that each saw; nothing is overwritten, and the history has every decision with its reason."""
    attempt_id = graded(room, "ada", written())
    first = decide(room, attempt_id, 15, by="greta", comment="Good.")

    second = decide(room, attempt_id, 5, by="ines")

    assert isinstance(first, StandingMark)
    assert isinstance(second, NotSaved)
    assert (second.why, second.standing) == (Why.CHANGED, first)
    assert stands(room, "ada")[0] == "95"
    assert isinstance(decide(room, attempt_id, 5, by="ines", version=1, reason="The bound."), StandingMark)
    with room.site.database.read() as session:
        told = [
            (each.row.version, each.row.given, each.row.reason, each.by)
            for each in changes_of(session, attempt_id)["why"]
        ]
    assert told == [
        (2, Given(points=5), "The bound.", "Ines"),
        (1, Given(points=15, comment="Good."), "", "Greta"),
    ]
    assert [each for each in actions(room.site) if each.startswith("mark")] == ["mark.given", "mark.given"]


def test_of_many_who_save_at_once_one_is_first(room: Classroom) -> None:
    """The others are told; no decision is half done."""
    attempt_id = graded(room, "ada", written())
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda points: decide(room, attempt_id, points), (1, 2, 3, 4)))

    saved = [each for each in done if isinstance(each, StandingMark)]
    assert len(saved) == 1
    assert saved[0].given is not None
    assert stands(room, "ada")[0] == str(80 + saved[0].given.points)
    assert {each.why for each in done if isinstance(each, NotSaved)} == {Why.CHANGED}


def test_the_same_decision_sent_twice_is_one(room: Classroom) -> None:
    """As a form is that is sent again."""
    attempt_id = graded(room, "ada", written())

    assert decide(room, attempt_id, 15) == decide(room, attempt_id, 15)
    with room.site.database.read() as session:
        assert len(changes_of(session, attempt_id)["why"]) == 1


@pytest.mark.parametrize(
    ("points", "exercise", "why"),
    [(21, "why", Why.OUT_OF_BOUNDS), (-1, "why", Why.OUT_OF_BOUNDS), (1, "who", Why.NO_EXERCISE)],
)
def test_a_mark_is_between_nothing_and_all(room: Classroom, points: int, exercise: str, why: Why) -> None:
    """Of an exercise that there is."""
    refused = decide(room, graded(room, "ada", written()), points, exercise=exercise)

    assert isinstance(refused, NotSaved)
    assert refused.why is why


def test_a_machine_never_overwrites_a_mark(room: Classroom, clock: StoppedClock) -> None:
    """Graded once more, the mark stands on top of what the machine says now; worth less by then, it counts as all."""
    attempt_id = graded(room, "ada", written(40, 30))
    decide(room, attempt_id, 15)
    again = report(*two(20, 20).exercises, written().exercises[-1].model_copy(update={"to_mark": 12}))

    with room.site.database.begin() as session:
        keep_report(session, attempt_id, room.revision_id, again, clock())
        settle(session, room.opening_id, room.people["ada"], clock())

    assert stands(room, "ada") == ("52", 112, 0)
    with room.site.database.read() as session:
        row = stored(session, attempt_id)
        assert row is not None
        assert machine_report(row) == again


def test_a_mark_settles_what_we_could_not_grade(room: Classroom) -> None:
    """An attempt that we parked counts as soon as a person has given the points that we have not."""
    attempt_id = graded(room, "ada", report(exercise(id="my_softmax"), not_graded()), state=State.PARKED)
    assert stands(room, "ada")[0] == "None"

    decide(room, attempt_id, 50, exercise="model")

    assert stands(room, "ada")[:2] == ("50", 50)


@pytest.mark.parametrize("dated", [True, False], ids=["from a date on", "published by hand"])
def test_students_see_marks_as_the_terms_say_and_no_earlier(site: Site, clock: StoppedClock, dated: bool) -> None:
    """Until then the machine's points stand, in the report and in what counts; published, both are of the mark."""
    terms = Terms(publishing=Publishing(marks_from=clock.after(days=1) if dated else None))
    room = with_written(furnish(site, terms=terms))
    attempt_id = graded(room, "ada", written(40, 30))
    decide(room, attempt_id, 15)
    assert as_student(room, attempt_id) == (70, 80, "70")

    if dated:
        clock.go_on(days=1)
    else:
        published(room)

    assert as_student(room, attempt_id) == (85, 100 if dated else 110, "85")


def published(room: Classroom) -> None:
    with room.site.database.begin() as session:
        publish(session, room.opening_id, actor=Actor(person_id=None), now=room.site.now())


def as_student(room: Classroom, attempt_id: uuid.UUID) -> tuple[int | None, int, str]:
    """What ada reads: points and possible of the report, and what counts."""
    with room.site.database.read() as session:
        now = room.site.now()
        seen = report_seen(session, attempt_id, Audience.STUDENT, now=now)
        offered = opening_of(session, room.course_id, "digits", room.people["ada"], now)
    assert isinstance(seen, Report)
    assert seen.score is not None
    assert offered is not None
    assert offered.counted is not None
    return seen.score.earned, seen.score.possible, str(offered.counted.earned)


def test_who_waits_for_a_mark_that_others_have_has_no_grade_elsewhere(room: Classroom) -> None:
    """As by command: an empty cell, not a lower grade; before anybody is marked, the machine's points are the grade."""
    ada, _ = graded(room, "ada", written(40, 30)), graded(room, "bob", written(40, 40))
    with room.site.database.read() as session:
        before = export_opening(session, room.opening_id, ExportFormat.CANVAS).text
    decide(room, ada, 15)
    with room.site.database.read() as session:
        after = export_opening(session, room.opening_id, ExportFormat.CANVAS).text

    assert [line.rpartition(",")[2] for line in before.splitlines()[1:]] == ["100", "70", "80"]
    assert [line.rpartition(",")[2] for line in after.splitlines()[1:]] == ["120", "85", ""]


def test_the_gradebook_says_who_waits_for_a_person(room: Classroom) -> None:
    """Beside the points that are there."""
    graded(room, "ada", written(40, 30))
    graded(room, "bob", two(40, 30))
    with room.site.database.read() as session:
        lines = gradebook(session, room.course_id).lines
    told = {line.name: (str(cell.earned), cell.to_mark) for line in lines if (cell := line.cells[0]) is not None}

    assert told == {"Ada": ("70", 20), "Bob": ("70", 0)}


def test_progress_and_all_marks_are_told(room: Classroom) -> None:
    """By exercise, by opening, and each mark with its student."""
    ada, _ = graded(room, "ada", written()), graded(room, "bob", written())
    decide(room, ada, 15)
    with room.site.database.read() as session:
        told = {each.id: (each.answers, each.marked, each.waiting) for each in marked_in(session, room.opening_id)}
        assert told == {"my_softmax": (2, 0, 0), "model": (2, 0, 0), "why": (2, 1, 1)}
        assert awaited_in(session, room.course_id) == {room.opening_id: Awaited(marks=1)}
        assert [(each.attempt_id, each.exercise, each.by) for each in marks_in(session, room.opening_id)] == [
            (ada, "why", "Greta")
        ]


def by_person(number: int, earned: int, *, marked: bool) -> GradedAttempt:
    """An attempt of which a person marks one exercise of 10, beside 10 of 10 by machine."""
    points = (
        Points(earned=earned, possible=10, by_person=True)
        if marked
        else Points(earned=0, possible=0, to_mark=10, by_person=True)
    )
    made = attempt(number, 10)
    return GradedAttempt(
        id=made.id, number=number, received_at=made.received_at, exercises={**made.exercises, "why": points}
    )


@pytest.mark.parametrize("counts", [Counts.BEST, Counts.BEST_PER_EXERCISE])
def test_an_answer_that_waits_never_hides_one_that_is_marked(counts: Counts) -> None:
    """Unmarked it is nothing of its points; among equals the newest is what the student means."""
    old, new = by_person(1, 4, marked=True), by_person(2, 0, marked=False)
    found, open_ones = counted(counts, [old, new]), counted(counts, [by_person(1, 0, marked=False), new])

    assert found is not None
    assert (found.by_exercise["why"], found.earned, found.to_mark) == (old.id, Fraction(14), 0)
    assert open_ones is not None
    assert (open_ones.by_exercise["why"], open_ones.to_mark) == (new.id, 10)
