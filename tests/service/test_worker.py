"""A worker, with real processes and grading that does what it is told."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from grader.errors import SandboxUnavailable
from grader.policy.state import State
from grader.service.queue.held import LEASE
from grader.service.site import Site, utc_now
from grader.service.store.tables import Role, WorkerSeen
from grader.service.store.wakeups import wakeups_of
from grader.service.worker.shift import Shift
from grader.service.worker.supervisor import BEAT_SECONDS, Worker
from tests.service.classroom import Classroom, furnish
from tests.service.invariant import assert_nothing_is_lost
from tests.service.obeying import Making, Order
from tests.service.ordered import ordered
from tests.service.queued import queued, row, until

PEOPLE = dict.fromkeys(("ada", "bob", "cleo"), Role.STUDENT)


@pytest.fixture
def room(site: Site) -> Classroom:
    """A class on a site whose clock goes and whose workers are woken."""
    return furnish(replace(site, now=utc_now, wakeups=wakeups_of(site.database)), people=PEOPLE)


@contextmanager
def working(
    room: Classroom,
    folder: Path,
    *,
    slots: int = 1,
    allowed: float = 60.0,
    beat: float = BEAT_SECONDS,
    ahead: Order | None = None,
) -> Iterator[Worker[Order]]:
    """A worker, drained at the end; its processes do `ahead` to be ready for what comes."""
    making = Making(folder=folder, allowed=allowed)
    worker = Worker(
        room.site,
        slots=slots,
        fetch=ordered,
        making=making,
        ahead=lambda: ahead,
        sandbox=lambda: "namespaces",
        beat=beat,
    )
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.drain(0)
        thread.join()


def is_over(room: Classroom, *attempts: uuid.UUID) -> bool:
    return all(row(room, each).state in (State.GRADED, State.PARKED) for each in attempts)


def test_whatever_waits_is_graded(room: Classroom, tmp_path: Path) -> None:
    """What waited before a worker came, and what comes while it is there."""
    ids = [queued(room, "ada"), queued(room, "bob")]
    with working(room, tmp_path):
        until(lambda: is_over(room, *ids))
        ids.append(queued(room, "ada", 2))
        until(lambda: is_over(room, *ids))
    assert_nothing_is_lost(room.site, set(ids))
    assert {row(room, each).state for each in ids} == {State.GRADED}


def test_a_worker_says_the_sandbox_that_its_reports_name(room: Classroom, tmp_path: Path) -> None:
    """Which may be a lower tier than the one that was expected."""
    attempt = queued(room, "ada")
    with working(room, tmp_path, beat=0.05):
        until(lambda: is_over(room, attempt))
        until(lambda: tier(room) == "none")


def test_a_process_is_ready_for_what_is_likely_to_come(room: Classroom, tmp_path: Path) -> None:
    """Before it takes anything, once: what it loads for that, nobody who hands in waits for."""
    attempts = [queued(room, name) for name in ("ada", "bob")]
    with working(room, tmp_path, ahead=Order(attempt="ahead", name="prepare")):
        until(lambda: is_over(room, *attempts))
    prepared, *others = [pids(tmp_path, mark) for mark in ("prepare-ahead", *(f"digits.ipynb-{a}" for a in attempts))]

    assert len(prepared) == 1
    assert others == [prepared, prepared]


def test_a_preparation_that_fails_keeps_nobody_waiting(room: Classroom, tmp_path: Path) -> None:
    """A course that is broken costs a process once; the next one takes what there is."""
    attempt = queued(room, "ada")
    with working(room, tmp_path, ahead=Order(attempt="ahead", name="die")):
        until(lambda: is_over(room, attempt))

    assert row(room, attempt).tries == 0
    assert len(pids(tmp_path, "die-ahead")) == 1


def test_half_of_the_slots_load_libraries_at_a_time() -> None:
    """All at once would all be ready late; who has waited long enough, or is to end, waits no longer."""
    shift = Shift("w", lease=LEASE, slots=2)
    with shift.loading(0) as first, shift.loading(0) as second:
        assert (first, second) == (True, False)
    with shift.loading(0) as after:
        assert after
        shift.drain(0)
        with shift.loading(3600) as ending:
            assert not ending


def pids(folder: Path, mark: str) -> list[str]:
    """The processes that left it."""
    return (folder / mark).read_text(encoding="ascii").split()


def tier(room: Classroom) -> str | None:
    with room.site.database.read() as session:
        return session.scalar(select(WorkerSeen.sandbox))


def test_what_kills_its_process_is_parked_and_keeps_nobody_waiting(room: Classroom, tmp_path: Path) -> None:
    """Three times it is tried; others are graded meanwhile, by processes that take the place of the dead."""
    deadly, harmless = queued(room, "ada", filename="die"), queued(room, "bob")
    with working(room, tmp_path):
        until(lambda: is_over(room, deadly, harmless))
    assert row(room, harmless).state == State.GRADED
    parked = row(room, deadly)
    assert (parked.state, parked.tries) == (State.PARKED, 3)
    assert parked.trouble is not None
    assert parked.trouble.key == "process_ended_by"


def test_what_hangs_is_ended_at_its_deadline(room: Classroom, tmp_path: Path) -> None:
    """The process is killed, and the attempt tried again by another."""
    hanging = queued(room, "ada", filename="hang once")
    with working(room, tmp_path, allowed=0.2):
        until(lambda: is_over(room, hanging))
    assert (row(room, hanging).state, row(room, hanging).tries) == (State.GRADED, 1)


def test_a_machine_that_gives_no_room_charges_nobody(room: Classroom, tmp_path: Path) -> None:
    """What it had claimed waits again, as if it had never been there; the worker says why and ends."""
    unlucky = queued(room, "ada", filename="stop")
    worker = Worker(room.site, slots=1, fetch=ordered, making=Making(folder=tmp_path))

    with pytest.raises(SandboxUnavailable, match="no room here"):
        worker.run()
    assert (row(room, unlucky).state, row(room, unlucky).tries) == (State.WAITING, 0)


def test_a_worker_that_is_drained_gives_back_what_it_cannot_finish(room: Classroom, tmp_path: Path) -> None:
    """No failure is counted, and nobody believes that it is still there."""
    held = queued(room, "ada", filename="wait")
    with working(room, tmp_path):
        until((tmp_path / f"wait-{held}").exists)
        assert_nothing_is_lost(room.site, {held}, over=False)
    assert (row(room, held).state, row(room, held).tries) == (State.WAITING, 0)
    with room.site.database.read() as session:
        assert session.scalars(select(WorkerSeen)).all() == []
