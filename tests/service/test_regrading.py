"""Regrade sets of a site: nothing changes before one applies; then it does as a whole, and can be undone."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.orm import undefer

from grader.messages import say
from grader.policy.decision import Refused
from grader.policy.state import State
from grader.report.differences import Direction
from grader.report.report import Report, Status
from grader.service.attempts.all_tries import figures_of
from grader.service.attempts.documents import complete_report, unpacked
from grader.service.attempts.finishing import rerun
from grader.service.operations.forgetting import forget
from grader.service.people.audit import Actor
from grader.service.queue.held import TRIES
from grader.service.queue.order import Lane
from grader.service.regrading.claims import (
    ClaimedWork,
    claim_work_in,
    give_work_back,
    keep_work,
    renew_works,
    sweep_works,
    work_failed,
)
from grader.service.regrading.looking import differences_of, keep_differences, look, report_of, set_in, sets_of
from grader.service.regrading.sets import Done, Wanted, apply, begin, drop, undo
from grader.service.site import Site
from grader.service.store.regrade_tables import RegradeSet, RegradeWork, SetState
from grader.service.store.tables import Attempt, Opening, Revision, Standing, StoredReport
from grader.service.worker.taken import take
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded, two
from tests.service.marked import decide
from tests.service.questions import questions
from tests.service.queued import queued, until_blocked
from tests.service.staff import actions
from tests.unit.reports import check, exercise, report

ACTOR = Actor(person_id=None)
LEASE = timedelta(seconds=30)


@pytest.fixture
def room(site: Site) -> Classroom:
    """Ada and Bob have a graded attempt each."""
    room = furnish(site)
    graded(room, "ada", two(40, 10))
    graded(room, "bob", two(20, 40))
    return room


def begun(
    room: Classroom, *, revision: int | None = None, exercise: str | None = None, check: str | None = None
) -> uuid.UUID | Refused:
    with room.site.database.begin() as session:
        opening = session.get_one(Opening, room.opening_id)
        wanted = Wanted(revision_id=revision or room.revision_id, exercise=exercise, check=check)
        return begin(session, room.site, opening, wanted, actor=ACTOR, now=room.site.now())


def the_set(room: Classroom, *, exercise: str | None = None, check: str | None = None) -> uuid.UUID:
    made = begun(room, exercise=exercise, check=check)
    assert isinstance(made, uuid.UUID), made
    return made


def claimed(room: Classroom) -> ClaimedWork | None:
    return claim_work_in(room.site.database, worker="w", now=room.site.now())


def judged(room: Classroom, becomes: Callable[[Report], Report]) -> int:
    """All works that wait are judged so; how many there were."""
    count = 0
    while (work := claimed(room)) is not None:
        with room.site.database.begin() as session:
            stored = session.get_one(StoredReport, work.attempt_id)
            keep_work(session, work, becomes(complete_report(stored)), asked_again=True)
        count += 1
    return count


def milder(report: Report) -> Report:
    """Whoever has 20 points of the first exercise gains, whoever has 40 of the second loses."""
    first, second = (each.earned or 0 for each in report.exercises)
    return two(40 if first == 20 else first, 10 if second == 40 else second)


def gaining(report: Report) -> Report:
    """Nobody loses."""
    first, second = (each.earned or 0 for each in report.exercises)
    return two(40 if first == 20 else first, second)


def applied(
    room: Classroom, set_id: uuid.UUID, *, only_gains: bool = False, reason: str = "Too strict."
) -> Done | Refused:
    with room.site.database.begin() as session:
        now = room.site.now()
        return apply(session, set_id, reason=reason, only_gains=only_gains, actor=ACTOR, now=now)


def undone(room: Classroom, set_id: uuid.UUID) -> Done | Refused:
    with room.site.database.begin() as session:
        return undo(session, set_id, actor=ACTOR, now=room.site.now())


def dropped(room: Classroom, set_id: uuid.UUID) -> Done | Refused:
    with room.site.database.begin() as session:
        return drop(session, set_id, actor=ACTOR, now=room.site.now())


def points(room: Classroom) -> dict[str, Fraction | None]:
    """What counts for each."""
    names = {number: name for name, number in room.people.items()}
    with room.site.database.read() as session:
        return {names[each.person_id]: each.earned for each in session.scalars(select(Standing))}


def rows(room: Classroom) -> dict[uuid.UUID, tuple[object, ...]]:
    """All reports as they are kept."""
    asked = select(
        StoredReport.attempt_id,
        StoredReport.document,
        StoredReport.made_at,
        StoredReport.outline,
        StoredReport.revision_id,
    )
    with room.site.database.read() as session:
        return {row.attempt_id: tuple(row) for row in session.execute(asked)}


def key_of(refused: object) -> str:
    assert isinstance(refused, Refused), refused
    return refused.message.key


def test_nothing_of_a_student_changes_until_it_is_applied(room: Classroom) -> None:
    """Neither a report nor what counts."""
    before, counted = rows(room), points(room)
    set_id = the_set(room)
    assert judged(room, milder) == 2
    assert (rows(room), points(room)) == (before, counted)

    assert dropped(room, set_id) == Done(reports=0)
    assert (rows(room), points(room)) == (before, counted)
    assert actions(room.site)[-2:] == ["regrade.begun", "regrade.dropped"]


def test_what_would_change_names_both_reports_of_each(room: Classroom) -> None:
    """Who gains, who loses, and where to read it."""
    set_id = the_set(room)
    judged(room, gaining)
    with room.site.database.read() as session:
        found = differences_of(session, session.get_one(RegradeSet, set_id))
    keep_differences(room.site.database, set_id)
    with room.site.database.read() as session:
        again = differences_of(session, session.get_one(RegradeSet, set_id))
        (work,) = found.works
        both = [report_of(session, set_id, uuid.UUID(work.who), now=now) for now in (False, True)]

    assert again == found
    assert (work.direction, work.asked_again, found.unchanged) == (Direction.GAINS, True, 1)
    assert work.report_before == f"/courses/ml/regrades/{set_id}/reports/{work.who}/before"
    assert [each and each.exercises[0].earned for each in both] == [20, 40]


def test_what_would_change_is_computed_while_others_write(room: Classroom) -> None:
    """It takes seconds for a large class; once computed, whoever applies the set computes nothing again."""
    set_id = the_set(room)
    judged(room, gaining)
    with questions(room.site.database) as sent:
        keep_differences(room.site.database, set_id)
        asked = len(sent)
        applied(room, set_id)

    compares = [n for n, each in enumerate(sent) if "JOIN report" in each and "regrade_work.document" in each]
    writes = [n for n, each in enumerate(sent) if each.startswith("UPDATE")]
    assert len(compares) == 1
    assert compares[0] < writes[0] < asked


def test_what_a_set_would_have_changed_is_not_kept(room: Classroom) -> None:
    """Of one that somebody decided on meanwhile."""
    set_id = the_set(room)
    judged(room, gaining)
    dropped(room, set_id)
    keep_differences(room.site.database, set_id)

    with room.site.database.read() as session:
        assert session.scalar(select(RegradeSet.differences)) is None


def test_applied_and_undone_every_row_is_as_before(room: Classroom) -> None:
    """The reason is in each report that was replaced; undone, nothing of that is left."""
    before, counted = rows(room), points(room)
    set_id = the_set(room)
    judged(room, gaining)

    assert applied(room, set_id) == Done(reports=1)
    assert points(room) == counted | {"bob": Fraction(80)}
    (changed,) = (row for key, row in rows(room).items() if row != before[key])
    assert isinstance(changed[1], bytes)
    assert unpacked(changed[1]).notices[-1].fields["reason"] == "Too strict."
    assert undone(room, set_id) == Done(reports=1)
    assert (rows(room), points(room)) == (before, counted)
    assert actions(room.site)[-2:] == ["regrade.applied", "regrade.undone"]


def test_gains_alone_take_from_nobody(room: Classroom) -> None:
    """Who would lose keeps the report that they have."""
    graded(room, "ada", two(40, 40))
    set_id = the_set(room)
    judged(room, milder)
    before = points(room)

    assert applied(room, set_id, only_gains=True) == Done(reports=0)
    assert points(room) == before


def test_where_only_gains_apply_nobody_loses_by_a_mark_that_was_taken_back_meanwhile(room: Classroom) -> None:
    """A mark stood for what the machine gives less of now, when the set was looked at."""
    with room.site.database.read() as session:
        whose = select(Attempt.id).where(Attempt.person_id == room.people["ada"])
        ada = session.scalars(whose).one()
    decide(room, ada, 40, exercise="my_softmax", by="ines")
    set_id = the_set(room)
    judged(room, lambda _: two(0, 20))
    keep_differences(room.site.database, set_id)
    with room.site.database.read() as session:
        found = session.get_one(RegradeSet, set_id)
        assert str(ada) in {each.who for each in differences_of(session, found).of(Direction.GAINS)}
    decide(room, ada, None, exercise="my_softmax", version=1, by="ines")

    assert applied(room, set_id, only_gains=True) == Done(reports=0, left=1)
    assert points(room)["ada"] == 50


def test_what_is_handed_in_or_graded_meanwhile_stays(room: Classroom, clock: StoppedClock) -> None:
    """A newer report is not overwritten by one that was made of an older, and a new attempt is in no set."""
    set_id = the_set(room)
    judged(room, gaining)
    clock.go_on(seconds=5)
    with room.site.database.begin() as session:
        for stored in session.scalars(select(StoredReport)).all():
            stored.made_at = room.site.now()  # graded once more
    late = graded(room, "bob", two(20, 0))

    assert applied(room, set_id) == Done(reports=0, left=1)
    assert late in rows(room)


def test_only_those_that_failed_a_check_are_judged_again(room: Classroom) -> None:
    """Whoever passed it has nothing to gain there."""
    set_id = the_set(room, exercise="my_softmax", check="a")
    with room.site.database.read() as session:
        whose = session.scalars(select(Attempt.person_id).join(RegradeWork, RegradeWork.attempt_id == Attempt.id)).all()
        assert look(session, session.get_one(RegradeSet, set_id)).progress.works == 1
    assert whose == [room.people["bob"]]


#: what is done first, then, and why that is refused
REFUSED: dict[str, tuple[list[str], str, str]] = {
    "applied twice": (["judge", "apply"], "apply", "regrade_was_applied"),
    "dropped once applied": (["judge", "apply"], "drop", "regrade_was_applied"),
    "applied once dropped": (["judge", "drop"], "apply", "regrade_was_dropped"),
    "undone twice": (["judge", "apply", "undo"], "undo", "regrade_not_applied"),
    "applied once undone": (["judge", "apply", "undo"], "apply", "regrade_was_undone"),
    "undone before it applies": (["judge"], "undo", "regrade_not_applied"),
    "applied while it is judged": ([], "apply", "regrade_still_judged"),
    "undone while one is graded again": (["judge", "apply", "rerun"], "undo", "regrade_still_judged"),
    "undone after a later mark": (["judge", "apply", "mark"], "undo", "regrade_marked_since"),
    "undone after a later grading": (["judge", "apply", "regrade"], "undo", "regrade_changed_since"),
}


@pytest.mark.parametrize(("first", "then", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_was_decided_is_decided(
    room: Classroom, clock: StoppedClock, first: list[str], then: str, reason: str
) -> None:
    """Each is answered with what was done, and changes nothing."""
    set_id = the_set(room)
    steps: dict[str, Callable[[], object]] = {
        "judge": lambda: judged(room, gaining),
        "apply": lambda: applied(room, set_id),
        "drop": lambda: dropped(room, set_id),
        "undo": lambda: undone(room, set_id),
        "regrade": lambda: _graded_once_more(room),
        "rerun": lambda: _rerun(room),
        "mark": lambda: decide(room, _of_bob(room), 7, exercise="model", by="ines"),
    }
    for step in first:
        clock.go_on(seconds=1)
        steps[step]()
    before = rows(room)

    assert key_of(steps[then]()) == reason
    assert rows(room) == before


def _graded_once_more(room: Classroom) -> None:
    with room.site.database.begin() as session:
        for stored in session.scalars(select(StoredReport)).all():
            stored.made_at = room.site.now()


def _rerun(room: Classroom) -> None:
    with room.site.database.begin() as session:
        assert rerun(session, room.site, _of_bob(room))


def _of_bob(room: Classroom) -> uuid.UUID:
    with room.site.database.read() as session:
        return session.scalars(select(Attempt.id).where(Attempt.person_id == room.people["bob"])).one()


def test_without_a_reason_nothing_is_applied(room: Classroom) -> None:
    """It would be missing in every report."""
    set_id = the_set(room)
    judged(room, gaining)
    assert key_of(applied(room, set_id, reason=" ")) == "regrade_why_page"


def test_gains_of_other_points_are_refused(room: Classroom) -> None:
    """Half of a class would have another total."""
    set_id = the_set(room)
    judged(room, lambda _: report(exercise(check("a", points=60), id="my_softmax")))
    assert key_of(applied(room, set_id, only_gains=True)) == "regrade_gains_of_points"


@pytest.mark.parametrize(
    ("fault", "reason"), [("no such check", "regrade_revision_fault"), (None, "opening_no_assignment")], ids=str
)
def test_a_revision_that_cannot_judge_is_refused_at_once(room: Classroom, fault: str | None, reason: str) -> None:
    """With what is wrong with it, before anybody waits."""
    with room.site.database.begin() as session:
        known = session.get_one(Revision, room.revision_id)
        outlines = tuple(each.model_copy(update={"fault": fault}) for each in known.assignments) if fault else ()
        other = Revision(
            course_id=room.course_id,
            digest="1" * 64,
            archive=known.archive,
            assignments=outlines,
            added_at=room.site.now(),
        )
        session.add(other)
        session.flush()
        number = other.id
    assert key_of(begun(room, revision=number)) == reason


def test_one_set_at_a_time_waits_for_an_opening(room: Classroom) -> None:
    """Two would be made of the same reports."""
    set_id = the_set(room)
    assert key_of(begun(room)) == "regrade_is_open"
    dropped(room, set_id)
    assert isinstance(begun(room), uuid.UUID)


def test_nothing_is_begun_for_nobody(room: Classroom) -> None:
    """As for a check that all passed."""
    assert key_of(begun(room, exercise="my_softmax", check="none")) == "regrade_nobody"
    assert key_of(begun(room, revision=999)) == "regrade_no_revision"


def test_a_work_that_fails_is_parked_after_three_times_and_told(room: Classroom) -> None:
    """The others are judged; its report stays, and it is said why."""
    set_id = the_set(room, exercise="my_softmax", check="a")
    for _ in range(TRIES):
        work = claimed(room)
        assert work is not None
        with room.site.database.begin() as session:
            assert work_failed(session, work, say("process_ended"))
    with room.site.database.read() as session:
        row = session.get_one(RegradeSet, set_id)
        assert look(session, row).progress.is_over
        assert [each.reason for each in differences_of(session, row).left] == [say("process_ended")]
    assert applied(room, set_id) == Done(reports=0)


def test_what_was_forgotten_is_not_tried_again(room: Classroom) -> None:
    """No try will bring it back."""
    the_set(room, exercise="my_softmax", check="a")
    work = claimed(room)
    assert work is not None
    with room.site.database.begin() as session:
        work_failed(session, work, say("regrade_forgotten"))
    assert claimed(room) is None


def test_what_is_not_graded_now_is_no_new_report(room: Classroom) -> None:
    """Our failure takes nothing from anybody."""
    the_set(room, exercise="my_softmax", check="a")
    work = claimed(room)
    assert work is not None
    with room.site.database.begin() as session:
        keep_work(session, work, two(0, 0).model_copy(update={"status": Status.NOT_GRADED}), asked_again=True)
        assert [each.state for each in session.scalars(select(RegradeWork))] == [State.WAITING]


def test_a_claim_is_kept_given_back_and_lost_with_its_worker(room: Classroom, clock: StoppedClock) -> None:
    """As claims of attempts are."""
    the_set(room, exercise="my_softmax", check="a")
    first = claimed(room)
    assert first is not None
    with room.site.database.begin() as session:
        assert renew_works(session, [first], now=room.site.now()) == {first}
        assert give_work_back(session, first)
        assert not keep_work(session, first, two(0, 0), asked_again=False)
    second = claimed(room)
    assert second is not None
    assert second.fence == first.fence + 1
    with room.site.database.begin() as session:
        for work in session.scalars(select(RegradeWork)):
            work.lease_until = room.site.now() - timedelta(days=1)
        session.flush()
        sweep_works(session, now=room.site.now())
    with room.site.database.read() as session:
        assert [(each.state, each.tries) for each in session.scalars(select(RegradeWork))] == [(State.WAITING, 1)]


def test_whoever_hands_in_comes_first(room: Classroom) -> None:
    """Works wait behind every attempt, and leave the fast lane alone."""
    the_set(room)
    attempt = queued(room, "ada", 2)
    taken = [take(room.site, worker="w", lane=lane, lease=LEASE) for lane in (Lane.ANY, Lane.SHORT, Lane.ANY)]

    assert [getattr(each, "attempt_id", None) == attempt for each in taken] == [True, False, False]
    assert taken[1] is None
    assert isinstance(taken[2], ClaimedWork)


def test_of_who_is_forgotten_no_word_is_kept_in_a_set(room: Classroom) -> None:
    """Neither the new report nor the one before."""
    set_id = the_set(room)
    judged(room, gaining)
    applied(room, set_id)
    with room.site.database.begin() as session:
        forget(session, room.people["bob"], room.site.now())
        theirs = select(RegradeWork).join(Attempt, Attempt.id == RegradeWork.attempt_id)
        assert session.scalars(theirs.where(Attempt.person_id == room.people["bob"])).all() == []


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_what_applies_brings_back_nothing_of_whoever_is_forgotten_meanwhile(room: Classroom) -> None:
    """It waits for that, and finds no work of theirs any more."""
    set_id = the_set(room)
    judged(room, lambda _: two(0, 0))
    with room.site.database.read() as session:
        (bob,) = session.scalars(select(Attempt.id).where(Attempt.person_id == room.people["bob"]))
    with ThreadPoolExecutor(1) as others:
        with room.site.database.begin() as session:
            forget(session, room.people["bob"], room.site.now())
            done = others.submit(applied, room, set_id)
            until_blocked(session)
        assert done.result() == Done(reports=1, left=1)

    with room.site.database.read() as session:
        stored = session.get_one(StoredReport, bob, options=[undefer(StoredReport.document)])
        assert complete_report(stored).notices == ()


def test_sets_are_listed_and_found_in_their_course_alone(room: Classroom) -> None:
    """The newest first."""
    first = the_set(room)
    dropped(room, first)
    second = the_set(room)
    with room.site.database.read() as session:
        listed = sets_of(session, room.opening_id)
        assert {each.row.id for each in listed} == {first, second}
        assert [each.row.state for each in listed if each.row.id == second] == [SetState.OPEN]
        assert set_in(session, room.course_id + 1, first) is None


def test_figures_of_checks_know_attempts_times_and_what_was_before(room: Classroom, clock: StoppedClock) -> None:
    """Each check by attempt, and how it was before a set applied."""
    clock.go_on(minutes=10)
    graded(room, "bob", two(40, 40))
    judged_set = the_set(room)
    judged(room, lambda report: two(40, report.exercises[1].earned or 0))
    applied(room, judged_set)
    with room.site.database.read() as session:
        found = figures_of(session, session.get_one(Opening, room.opening_id))
    first = found.checks[0]

    assert (found.students, found.attempts, first.exercise, first.check) == (2, 3, "my_softmax", "a")
    assert [each.passing.tried for each in first.by_attempt] == [2, 1]
    assert (first.now.passed, first.first_pass_seconds) == (2, 0.0)
