"""What is killed, cut, repeated or late: afterwards all that was handed in is graded once, or parked in sight."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.engine import ExceptionContext

from grader.messages import say
from grader.policy.state import State
from grader.service.attempts.finishing import Ending, failed, finish, rerun, sweep
from grader.service.people.audit import Actor
from grader.service.queue.claims import Claimed, claim
from grader.service.regrading.sets import Wanted, begin
from grader.service.site import Site, utc_now
from grader.service.store.database import Database
from grader.service.store.regrade_tables import RegradeWork
from grader.service.store.tables import Attempt, Opening, Role, WorkerSeen
from grader.service.store.wakeups import wakeups_of
from grader.service.worker.supervisor import Worker
from tests.service.classroom import Classroom, furnish, handed_in
from tests.service.cut_connection import cut_when_committed
from tests.service.invariant import assert_nobodys_points_changed, assert_nothing_is_lost, points
from tests.service.obeying import Making, made_report
from tests.service.ordered import ordered
from tests.service.queued import queued, row, until
from tests.service.worker_process import ENDING, worker_process

PEOPLE = dict.fromkeys(("ada", "bob", "cleo"), Role.STUDENT)
OVER = (State.GRADED, State.PARKED)


@pytest.fixture
def room(site: Site) -> Classroom:
    """A class on a site whose clock goes and whose workers are woken."""
    return furnish(replace(site, now=utc_now, wakeups=wakeups_of(site.database)), people=PEOPLE)


@pytest.fixture
def still(site: Site) -> Iterator[Classroom]:
    """A class whose attempts the test itself claims and ends; whatever came of it, nothing is lost."""
    made = furnish(site, people=PEOPLE)
    yield made
    assert_nothing_is_lost(site, set(), over=False)


@pytest.mark.parametrize("phase", ["claimed", "rooms", "finishing", "finished"])
def test_a_worker_may_be_killed_at_any_moment(room: Classroom, tmp_path: Path, phase: str) -> None:
    """Another grades what it had; what it had finished is not graded again, and nobody's points change."""
    held = queued(room, "ada", filename="wait" if phase == "rooms" else "digits")
    mark = tmp_path / (f"wait-{held}" if phase == "rooms" else f"stopped-{phase}")
    with worker_process(room.site.database, tmp_path, phase=phase) as killed:
        until(mark.exists)
        killed.kill()
        killed.join()
    before = points(room.site)
    (tmp_path / "go").touch()
    others = [queued(room, "bob"), queued(room, "ada", 2)]
    with worker_process(room.site.database, tmp_path):
        until(lambda: all(row(room, each).state in OVER for each in (held, *others)))

    assert len(before) == (phase == "finished")
    assert (row(room, held).state, row(room, held).tries) == (State.GRADED, 0 if phase == "finished" else 1)
    assert_nothing_is_lost(room.site, {held, *others})
    assert_nobodys_points_changed(room.site, before)


def test_a_worker_may_be_killed_while_several_of_its_reports_are_stored(room: Classroom, tmp_path: Path) -> None:
    """Each is stored by itself: none is there, and all are graded once by others."""
    if room.site.database.kind == "sqlite":
        return  # one is stored at a time
    ids = {queued(room, name) for name in PEOPLE}
    with worker_process(room.site.database, tmp_path, phase="finishing", slots=len(ids)) as killed:
        until((tmp_path / "stopped-finishing").exists)
        until(lambda: all(any(tmp_path.glob(f"*-{each}")) for each in ids))
        killed.kill()
        killed.join()
    assert points(room.site) == {}
    with worker_process(room.site.database, tmp_path, slots=2):
        until(lambda: all(row(room, each).state in OVER for each in ids))

    assert_nothing_is_lost(room.site, ids)
    assert {(row(room, each).state, row(room, each).tries) for each in ids} == {(State.GRADED, 1)}


def test_a_worker_may_be_killed_while_it_judges_again(room: Classroom, tmp_path: Path) -> None:
    """Another judges what it had; what a student has stays as it was until somebody applies it."""
    held, database = queued(room, "ada"), room.site.database
    with worker_process(database, tmp_path):
        until(lambda: row(room, held).state in OVER)
    before, wanted = points(room.site), Wanted(revision_id=room.revision_id)
    with database.begin() as session:
        opening = session.get_one(Opening, room.opening_id)
        begin(session, room.site, opening, wanted, actor=Actor(person_id=None), now=room.site.now())
    with worker_process(database, tmp_path, phase="claimed") as killed:
        until((tmp_path / "stopped-claimed").exists)
        killed.kill()
        killed.join()
    with worker_process(database, tmp_path):
        until(lambda: work(room).state in OVER)

    assert (work(room).state, work(room).tries) == (State.GRADED, 1)
    assert_nothing_is_lost(room.site, {held})
    assert_nobodys_points_changed(room.site, before)


def work(room: Classroom) -> RegradeWork:
    """The only one of the only set, as it stands."""
    with room.site.database.read() as session:
        return session.scalars(select(RegradeWork)).one()


def test_all_workers_may_be_killed(room: Classroom, tmp_path: Path) -> None:
    """What they had waits until one comes back."""
    ids = {queued(room, name, filename="wait") for name in PEOPLE}
    database = room.site.database
    with worker_process(database, tmp_path, slots=2) as one, worker_process(database, tmp_path, slots=2) as other:
        until(lambda: len(list(tmp_path.glob("wait-*"))) == len(ids))
        for each in (one, other):
            each.kill()
    assert_nothing_is_lost(room.site, ids, over=False)
    (tmp_path / "go").touch()
    with worker_process(database, tmp_path, slots=2):
        until(lambda: all(row(room, each).state in OVER for each in ids))

    assert_nothing_is_lost(room.site, ids)


def test_a_killed_worker_leaves_no_process_behind(room: Classroom, tmp_path: Path) -> None:
    """Not even one that hangs in its work."""
    held = queued(room, "ada", filename="hang")
    mark = tmp_path / f"hang-{held}"
    with worker_process(room.site.database, tmp_path) as killed:
        until(lambda: mark.exists() and mark.read_text(encoding="ascii").endswith(" "))
    process = Path("/proc") / mark.read_text(encoding="ascii").split()[0]

    assert killed.exitcode == -signal.SIGKILL
    until(lambda: not process.exists() or ") Z" in (process / "stat").read_text(encoding="ascii"))


def test_sigterm_drains(room: Classroom, tmp_path: Path) -> None:
    """What runs is finished, what waits is left to others, and the end is a good one."""
    held = queued(room, "ada", filename="wait")
    with worker_process(room.site.database, tmp_path) as drained:
        until((tmp_path / f"wait-{held}").exists)
        drained.terminate()
        until(lambda: _is_draining(room))
        left = queued(room, "bob")
        (tmp_path / "go").touch()
        drained.join()
        assert drained.exitcode == 0

    assert (row(room, held).state, row(room, left).state) == (State.GRADED, State.WAITING)


def test_nobody_rang(room: Classroom, tmp_path: Path) -> None:
    """A notice that was lost between commit and delivery costs time, and no attempt."""
    silent = replace(room, site=replace(room.site, wakeups=Site(database=room.site.database, data=tmp_path).wakeups))
    with worker_process(room.site.database, tmp_path):
        until(lambda: _workers(room) == 1)
        unheard = queued(silent, "ada")
        until(lambda: row(room, unheard).state in OVER)


def test_a_ticket_that_comes_twice_is_harmless(room: Classroom, tmp_path: Path) -> None:
    """The second finds nothing to do."""
    with room.site.database.begin() as session:
        for _ in range(5):
            room.site.wakeups.ring(session, priority=0, seconds=1.0)
    ids = {queued(room, "ada"), queued(room, "bob")}
    with worker_process(room.site.database, tmp_path, slots=2):
        until(lambda: all(row(room, each).state in OVER for each in ids))

    assert_nothing_is_lost(room.site, ids)
    assert all(row(room, each).fence == 1 for each in ids)


def test_what_is_rolled_back_rings_nobody(room: Classroom) -> None:
    """A ticket is part of the transaction that stores the attempt."""
    if room.site.database.kind == "sqlite":
        return  # there are no tickets
    with room.site.database.read() as session:  # never commits
        room.site.wakeups.ring(session, priority=0, seconds=1.0)
    with room.site.database.read() as session:
        assert session.scalar(text("select count(*) from procrastinate_jobs")) == 0


def test_a_connection_that_is_cut_costs_a_worker_nothing(room: Classroom, tmp_path: Path) -> None:
    """As when the database is restarted: it asks again until it is answered, and keeps its report."""
    if room.site.database.kind == "sqlite":
        return  # a file is not cut
    held = queued(room, "ada", filename="wait")
    with worker_process(room.site.database, tmp_path, beat=2.0):
        until((tmp_path / f"wait-{held}").exists)
        with room.site.database.begin() as session:
            others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
            session.execute(text(f"{others} and pid <> pg_backend_pid()"))
        (tmp_path / "go").touch()
        until(lambda: row(room, held).state in OVER)
        later = queued(room, "bob")
        until(lambda: row(room, later).state in OVER)

    assert (row(room, held).state, row(room, held).fence) == (State.GRADED, 1)


def test_a_worker_keeps_its_report_while_the_disk_is_full(room: Classroom, tmp_path: Path) -> None:
    """It is told again and again until there is room, and nothing is graded twice for that."""
    if room.site.database.kind != "sqlite":
        return  # a server says the same of its own disk
    held, full = queued(room, "ada", filename="large"), Database(room.site.database.url)
    with room.site.database.read() as session:
        most = [session.scalar(text("PRAGMA page_count"))]
    refused = threading.Event()
    event.listen(full.engine, "checkout", lambda line, *_: line.execute(f"PRAGMA max_page_count={most[0]}"))
    event.listen(full.engine, "handle_error", lambda error: _note_full(error, refused))
    with in_this_process(replace(room.site, database=full), tmp_path):
        until(refused.is_set)
        most[0] = 1_000_000
        until(lambda: row(room, held).state in OVER)
    full.close()

    assert (row(room, held).state, row(room, held).fence, row(room, held).tries) == (State.GRADED, 1, 0)


def _note_full(error: ExceptionContext, refused: threading.Event) -> None:
    if "full" in str(error.original_exception):
        refused.set()


def test_a_report_whose_commit_nobody_heard_of_is_kept_once(room: Classroom, tmp_path: Path) -> None:
    """The line is cut when the server has it: the worker tells it again, and finds that it is no longer its own."""
    if room.site.database.kind == "sqlite":
        return  # a file is not cut
    held = queued(room, "ada")
    with cut_when_committed(room.site.database.url, ENDING.encode()) as cut:
        cut.armed, beyond = True, Database(cut.url)
        with in_this_process(replace(room.site, database=beyond), tmp_path):
            until(cut.was_cut.is_set)
            before = points(room.site)
            later = queued(room, "bob")
            until(lambda: row(room, later).state in OVER)
        beyond.close()

    assert set(before) == {held}
    assert (row(room, held).fence, row(room, held).tries) == (1, 0)
    assert_nothing_is_lost(room.site, {held, later})
    assert_nobodys_points_changed(room.site, before)


@contextmanager
def in_this_process(site: Site, folder: Path) -> Iterator[None]:
    """A worker whose way to the database is the test's."""
    worker = Worker(site, slots=1, fetch=ordered, making=Making(folder=folder))
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield
    finally:
        worker.drain(0)
        thread.join()


def test_what_ends_its_worker_three_times_is_parked(still: Classroom) -> None:
    """Not its process alone, but all of the worker, of which nothing is heard any more; others are graded meanwhile."""
    deadly, other = queued(still, "ada"), queued(still, "bob")
    endings: list[Ending] = []
    while row(still, deadly).state is State.WAITING:
        claimed = taken(still, lease=-1)
        endings += [ended(still, claimed, "digits")] if claimed.attempt_id == other else swept(still)

    assert endings == [Ending.AGAIN, Ending.GRADED, Ending.AGAIN, Ending.PARKED]
    assert row(still, deadly).trouble == say("attempt_worker_lost")


def test_a_late_result_is_ignored(still: Classroom) -> None:
    """A worker that was given up for lost has lost its claim to another, whose report counts."""
    queued(still, "ada")
    dead = taken(still, lease=-1)
    assert swept(still) == [Ending.AGAIN]
    alive = taken(still)

    assert ended(still, alive, "right") is Ending.GRADED
    before = points(still.site)
    assert ended(still, dead, "late and wrong") is Ending.TOO_LATE
    assert_nobodys_points_changed(still.site, before)


def test_a_result_that_comes_twice_counts_once(still: Classroom) -> None:
    """The second finds nothing that is its own."""
    queued(still, "ada")
    claimed = taken(still)

    assert [ended(still, claimed, "digits") for _ in range(2)] == [Ending.GRADED, Ending.TOO_LATE]


def test_the_third_failure_of_ours_parks(still: Classroom) -> None:
    """In sight, with its cause; whoever comes after is next."""
    parked, other = queued(still, "ada"), queued(still, "bob")
    for ending in (Ending.AGAIN, Ending.AGAIN, Ending.PARKED):
        claimed = taken(still)
        while claimed.attempt_id == other:
            ended(still, claimed, "digits")
            claimed = taken(still)
        with still.site.database.begin() as session:
            assert failed(session, still.site, claimed, say("process_ended")) is ending

    assert row(still, parked).trouble == say("process_ended")
    assert row(still, other).state == State.GRADED


def test_what_was_graded_in_part_is_shown_and_parked(still: Classroom) -> None:
    """At the third time: a room that was lost is ours, and no zero; the student reads what there is."""
    attempt = queued(still, "ada")
    endings = [ended(still, taken(still), "digits", graded=False) for _ in range(3)]

    assert endings == [Ending.AGAIN, Ending.AGAIN, Ending.PARKED]
    assert set(points(still.site)) == {attempt}
    assert row(still, attempt).trouble == say("attempt_partly_graded")


def test_a_parked_attempt_is_rerun(still: Classroom) -> None:
    """With all its tries again."""
    attempt = queued(still, "ada")
    for _ in range(3):
        claimed = taken(still)
        with still.site.database.begin() as session:
            failed(session, still.site, claimed, say("process_ended"))
    with still.site.database.begin() as session:
        assert rerun(session, still.site, attempt)

    assert ended(still, taken(still), "digits") is Ending.GRADED
    assert row(still, attempt).trouble is None


def test_what_waits_or_runs_is_not_rerun(still: Classroom) -> None:
    """It is graded anyway."""
    waiting, running = queued(still, "bob"), handed_in(still, "ada", state=State.RUNNING)
    with still.site.database.begin() as session:
        session.get_one(Attempt, running).worker, session.get_one(Attempt, running).lease_until = "w", still.site.now()
        assert not rerun(session, still.site, waiting)
        assert not rerun(session, still.site, running)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_steps_loses_nothing(still: Classroom, days: int) -> None:
    """At worst an attempt is graded twice, and one of the reports is ignored."""
    attempt = queued(still, "ada")
    first = taken(still)
    stepped = replace(still, site=replace(still.site, now=lambda: still.site.now() + timedelta(days=days)))
    if swept(stepped):
        assert ended(stepped, taken(stepped), "digits") is Ending.GRADED
        assert ended(still, first, "digits") is Ending.TOO_LATE
    else:
        assert ended(stepped, first, "digits") is Ending.GRADED

    assert_nothing_is_lost(still.site, {attempt})


def test_on_a_server_only_the_servers_clock_ends_leases(still: Classroom) -> None:
    """A machine whose clock is wrong by a day takes nothing from the others."""
    if still.site.database.kind == "sqlite":
        return  # all on one machine, by one clock
    queued(still, "ada")
    taken(still)
    wrong = replace(still, site=replace(still.site, now=lambda: still.site.now() + timedelta(days=1)))
    assert swept(wrong) == []


def taken(room: Classroom, *, lease: float = 30.0) -> Claimed:
    """What a worker has claimed."""
    with room.site.database.begin() as session:
        found = claim(session, worker="w", now=room.site.now(), lease=timedelta(seconds=lease))
    assert found is not None
    return found


def ended(room: Classroom, claimed: Claimed, word: str, *, graded: bool = True) -> Ending:
    """What became of its report."""
    with room.site.database.begin() as session:
        return finish(session, room.site, claimed, made_report(word, graded=graded))


def swept(room: Classroom) -> list[Ending]:
    """What somebody who looks for the lost has done."""
    with room.site.database.begin() as session:
        return sweep(session, room.site)


def _workers(room: Classroom, *, draining: bool | None = None) -> int:
    with room.site.database.read() as session:
        seen = session.scalars(select(WorkerSeen)).all()
        return sum(draining in (None, each.draining) for each in seen)


def _is_draining(room: Classroom) -> bool:
    return _workers(room, draining=True) == 1
