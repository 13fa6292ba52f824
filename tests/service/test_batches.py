"""A class that a command has graded by a site's workers: spread over them, whoever is killed, and gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from grader.classes.intake import HandIn
from grader.errors import StoreDamaged, UsageError
from grader.messages import say
from grader.policy.state import State
from grader.service.batches.claims import (
    ABANDONED,
    ClaimedFile,
    claim_file_in,
    file_failed,
    give_file_back,
    renew_files,
    sweep_batches,
)
from grader.service.batches.course import course_of
from grader.service.batches.handing import workers_of
from grader.service.courses.archive import read
from grader.service.queue.order import Lane
from grader.service.site import Site, utc_now
from grader.service.store.batch_tables import Batch, BatchFile
from grader.service.store.wakeups import wakeups_of
from grader.service.worker.fetching import Fetching
from grader.service.worker.job import FileJob
from grader.service.worker.taken import take
from tests.service.batched import class_of, handed_to, left, told
from tests.service.classroom import furnish
from tests.service.queued import queued, until
from tests.service.worker_process import worker_process

NOBODY = timedelta(seconds=-1)


@pytest.fixture
def here(site: Site) -> Site:
    """A site whose clock goes."""
    return replace(site, now=utc_now, wakeups=wakeups_of(site.database))


@pytest.fixture
def handed(here: Site, tmp_path: Path) -> Iterator[list[HandIn]]:
    """Three files that wait; nobody collects them."""
    hand_ins = class_of(tmp_path / "class", "a", "b", "c")
    with handed_to(here, tmp_path) as workers:
        workers.hand_over(hand_ins)
        yield hand_ins


def taken(site: Site, *, lane: Lane = Lane.ANY, lease: timedelta = timedelta(minutes=1)) -> ClaimedFile | None:
    return claim_file_in(site.database, worker="w", now=site.now(), lane=lane, lease=lease)


def sweep_the_abandoned(site: Site) -> None:
    """As long after the command was heard of last."""
    with site.database.begin() as session:
        session.execute(update(Batch).values(lease_until=site.now() - 2 * ABANDONED))
        sweep_batches(session, now=site.now())


def test_whatever_is_killed_a_class_comes_back_whole(here: Site, tmp_path: Path) -> None:
    """What a dead worker had, another grades; what ends each worker's process is lost after three tries, and says why.
    Nothing of the class stays in the database."""
    database, waiting = here.database, list[str]()
    with worker_process(database, tmp_path) as killed, handed_to(here, tmp_path, warn=waiting.append) as workers:
        outcomes = workers.work(iter(class_of(tmp_path / "class", "b", "wait", "die", "dddd")))
        first = next(outcomes)
        until(lambda: any(tmp_path.glob("wait-*")))
        killed.kill()
        (tmp_path / "go").touch()
        with worker_process(database, tmp_path):
            rest = list(outcomes)

    assert told([first, *rest]) == {"b": 1, "wait": 4, "die": "process_ended_by", "dddd": 4}
    assert [said for said in waiting if "No worker" not in said] == []
    assert left(here) == 0


def test_a_file_that_cannot_be_read_needs_no_worker(here: Site, tmp_path: Path) -> None:
    """Its report says so, as it does without a site."""
    (hand_in,) = class_of(tmp_path / "class", "gone")
    hand_in.path.unlink()
    with handed_to(here, tmp_path) as workers:
        (outcome,) = workers.work(iter([hand_in]))

    assert '"status":"unreadable"' in str(outcome)


def test_a_class_that_was_swept_away_is_handed_over_again(here: Site, tmp_path: Path) -> None:
    """As when the machine of the command slept for an hour."""
    with handed_to(here, tmp_path) as workers:
        workers.hand_over(class_of(tmp_path / "class", "a", "b"))
        sweep_the_abandoned(here)
        assert left(here) == 0
        workers.hand_over(class_of(tmp_path / "class", "c"))

        assert sorted(found.name for _ in range(3) if (found := taken(here))) == ["a", "b", "c"]


def test_whoever_had_a_file_of_a_class_that_was_swept_away_holds_none_of_it(here: Site, tmp_path: Path) -> None:
    """It is as it was when it waited for the first time, and yet another file than the one that was taken then."""
    with handed_to(here, tmp_path) as workers:
        workers.hand_over(class_of(tmp_path / "class", "a"))
        before = taken(here)
        sweep_the_abandoned(here)
        workers.hand_over(class_of(tmp_path / "class", "b"))
        again = [taken(here), taken(here)]

        assert before is not None
        assert before.fence in {each.fence for each in again if each is not None}
        with here.database.begin() as session:
            assert renew_files(session, [before], now=here.now()) == frozenset()
            assert not file_failed(session, before, say("process_ended"))


def test_whoever_stops_the_command_takes_the_class_away(here: Site, tmp_path: Path) -> None:
    """Ctrl-C while files wait: the workers have nothing more to do for it."""
    workers = handed_to(here, tmp_path)
    workers.hand_over(class_of(tmp_path / "class", "a", "b"))
    assert left(here) == 3
    with pytest.raises(KeyboardInterrupt), workers:
        raise KeyboardInterrupt
    assert left(here) == 0


def test_nobody_works_for_a_command_that_was_killed(here: Site, tmp_path: Path) -> None:
    """Once nothing was heard of it for a lease, its files are left alone; later they are swept away."""
    killed = handed_to(here, tmp_path, lease=NOBODY)
    killed.hand_over(class_of(tmp_path / "class", "a", "b"))

    assert taken(here) is None
    with here.database.begin() as session:
        sweep_batches(session, now=here.now())
    assert left(here) == 3
    sweep_the_abandoned(here)
    assert left(here) == 0


def test_a_worker_that_is_not_heard_of_any_more_has_failed(here: Site, handed: list[HandIn]) -> None:
    """Its file waits again, the third time it is parked; what it says later is ignored."""
    for _ in range(3 * len(handed)):
        dead = taken(here, lease=NOBODY)
        assert dead is not None
        with here.database.begin() as session:
            sweep_batches(session, now=here.now())
    assert dead is not None
    with here.database.begin() as session:
        assert not file_failed(session, dead, say("process_ended"))
        assert renew_files(session, [dead], now=here.now()) == frozenset()
        states = session.scalars(select(BatchFile.state)).all()

    assert states == [State.PARKED] * len(handed)


def test_what_is_given_back_is_no_failure(here: Site, handed: list[HandIn]) -> None:
    """A worker that is drained."""
    for _ in range(5):
        assert (claimed := taken(here)) is not None
        with here.database.begin() as session:
            assert give_file_back(session, claimed)
    with here.database.read() as session:
        assert set(session.scalars(select(BatchFile.tries))) == {0}


def test_attempts_go_first(here: Site, handed: list[HandIn]) -> None:
    """A student looks at a page; a class is graded when nobody waits, by the fast lane too if it is short."""
    attempt = queued(furnish(here), "ada")
    first, second = (
        take(here, worker="w", lane=Lane.ANY, lease=timedelta(minutes=1)),
        take(here, worker="w", lane=Lane.SHORT, lease=timedelta(minutes=1)),
    )

    assert getattr(first, "attempt_id", None) == attempt
    assert isinstance(second, ClaimedFile)
    with here.database.begin() as session:
        session.execute(update(Batch).values(seconds=60.0))
    assert taken(here, lane=Lane.SHORT) is None


def test_classes_take_turns(here: Site, handed: list[HandIn], tmp_path: Path) -> None:
    """One that comes later does not wait for the whole of another, nor the other for it."""
    assert taken(here) is not None
    with handed_to(here, tmp_path) as later:
        later.hand_over(class_of(tmp_path / "class", "x", "y"))
        names = [found.name for _ in range(4) if (found := taken(here))]

    assert [sorted(names[:2]), sorted(names[2:])] == [["b", "x"], ["c", "y"]]


def test_a_worker_grades_by_the_course_that_the_command_has(here: Site, handed: list[HandIn], tmp_path: Path) -> None:
    """Its files travel with the class; no revision of the site is made or changed."""
    claimed = taken(here)
    assert claimed is not None
    job = Fetching(replace(here, data=tmp_path / "elsewhere"))(claimed)

    assert isinstance(job, FileJob)
    assert (job.name.encode(), job.assignment) == (job.data, "small")
    assert read(job.folder).digest == read(tmp_path / "course").digest


def test_a_course_that_was_damaged_on_its_way_is_not_used(here: Site, handed: list[HandIn], tmp_path: Path) -> None:
    """It is code."""
    with here.database.begin() as session:
        session.execute(update(Batch).values(digest="0" * 64))
        with pytest.raises(StoreDamaged):
            course_of(session, replace(here, data=tmp_path / "elsewhere"), session.scalars(select(Batch.id)).one())


def test_a_database_without_a_site_is_refused(tmp_path: Path) -> None:
    """Before anything is read or written."""
    with pytest.raises(UsageError, match="no site"), workers_of(f"sqlite:///{tmp_path}/new.db"):
        pass


def test_a_connection_that_is_cut_is_waited_for(here: Site, tmp_path: Path) -> None:
    """As when the database is restarted under a class: both ends ask again, and everything is graded."""
    if here.database.kind == "sqlite":
        return  # a file is not cut
    with worker_process(here.database, tmp_path), handed_to(here, tmp_path, warn=lambda _: None) as workers:
        outcomes = workers.work(iter(class_of(tmp_path / "class", "a", "wait", "c")))
        first = next(outcomes)
        with here.database.begin() as session:
            others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
            session.execute(text(f"{others} and pid <> pg_backend_pid()"))
        (tmp_path / "go").touch()

        assert set(told([first, *outcomes])) == {"a", "wait", "c"}
