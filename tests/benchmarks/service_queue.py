"""What the queue itself costs: processor time of jobs that do nothing, and a claim while 50,000 wait.

`python -m tests.benchmarks.service_queue [JOBS] [WAITING]`; on PostgreSQL where there is a server, else on SQLite.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, insert, select, text

from grader.policy.decision import Decision
from grader.policy.state import State
from grader.service.queue.claims import claim_in
from grader.service.queue.enqueueing import enqueue
from grader.service.site import Site, utc_now
from grader.service.store.database import Database
from grader.service.store.migrating import upgrade
from grader.service.store.tables import Attempt, Person, Source
from grader.service.store.wakeups import wakeups_of
from grader.service.worker.supervisor import Worker
from tests.benchmarks.processes import descendants, processor_seconds
from tests.benchmarks.table import Row, row, shown
from tests.service.classroom import Classroom, furnish, handed_in
from tests.service.conftest import made_database
from tests.service.obeying import Making, Order
from tests.service.ordered import ordered
from tests.service.postgres import server

CPU_MILLISECONDS, SLOWER = 10.0, 1.5
WORKERS = 8
FEW = 100


def queue_costs(jobs: int = 2_000, waiting: int = 50_000) -> Iterator[Row]:
    """The two rows of the queue."""
    with a_site() as site:
        yield _cost_per_job(furnish(site, slug="jobs", people={}), jobs)
    with a_site() as site:
        yield _claim_while_many_wait(furnish(site, people={}), waiting)


@contextmanager
def a_site() -> Iterator[Site]:
    """One on a database of its own."""
    with tempfile.TemporaryDirectory() as name, server() as address:
        url = f"sqlite:///{name}/site.db"
        if address is None:
            yield from _opened(url, Path(name))
            return
        with made_database(address, f"grader_bench_{os.getpid()}") as url:
            yield from _opened(url, Path(name))


def _opened(url: str, folder: Path) -> Iterator[Site]:
    database = Database(url)
    upgrade(database)
    try:
        yield Site(database=database, data=folder, now=utc_now, wakeups=wakeups_of(database))
    finally:
        database.close()


def _cost_per_job(room: Classroom, jobs: int) -> Row:
    """Of all processes of a worker, from the first claim to the last report; and what queueing them took."""
    site = room.site
    blob = _filled(room, jobs, state=State.SUPERSEDED)
    with tempfile.TemporaryDirectory() as marks:
        ready = Order(attempt="ready", name="prepare")
        worker = Worker(site, slots=WORKERS, fetch=ordered, making=Making(folder=Path(marks)), ahead=lambda: ready)
        thread = threading.Thread(target=worker.run)
        thread.start()
        while _started(Path(marks) / "prepare-ready") < WORKERS:  # what that takes counts for no job
            time.sleep(0.5)
        before = _processor_seconds()
        with site.database.read() as session:
            ids = session.scalars(select(Attempt.id).where(Attempt.sha256 == blob)).all()
        for each in ids:
            with site.database.begin() as session:
                enqueue(session, site, session.get_one(Attempt, each), now=site.now())
        while _unfinished(site):
            time.sleep(0.05)
        cpu = 1e3 * (_processor_seconds() - before) / jobs
        worker.drain()
        thread.join()
    return row(
        f"queue, {site.database.kind}: processor time of a job that does nothing, {WORKERS} workers",
        cpu,
        reach=CPU_MILLISECONDS,
        unit=" ms",
        note=f"{jobs:,} jobs, queued and graded; without the database server's own",
    )


def _claim_while_many_wait(room: Classroom, waiting: int) -> Row:
    _filled(room, 2 * FEW)
    few = _median_claim(room.site)
    _filled(room, waiting)
    with room.site.database.begin() as session:
        session.execute(text("ANALYZE"))  # as the server does by itself within the minute
    many = _median_claim(room.site)
    return row(
        f"queue, {room.site.database.kind}: a claim while {waiting:,} wait, against {FEW}",
        many / few,
        reach=SLOWER,
        unit=" x",
        note=f"{1e3 * many:.1f} ms against {1e3 * few:.1f} ms, medians",
    )


def _median_claim(site: Site) -> float:
    taken = []
    for _ in range(FEW):
        start = time.perf_counter()
        claimed = claim_in(site.database, worker="bench", now=site.now())
        taken.append(time.perf_counter() - start)
        assert claimed is not None
        with site.database.begin() as session:
            session.get_one(Attempt, claimed.attempt_id).state = State.GRADED
    return statistics.median(taken)


def _filled(room: Classroom, count: int, *, state: State = State.WAITING) -> str:
    """So many attempts, each of another student; the blob that all of them are."""
    now = room.site.now()
    with room.site.database.begin() as session:
        people = [{"name": f"Student {n}", "owns_site": False, "created_at": now} for n in range(count)]
        session.execute(insert(Person), people)
        ids = session.scalars(select(Person.id).order_by(Person.id.desc()).limit(count)).all()
    first = handed_in(replace(room, people={"first": ids[0]}), "first", state=state)
    with room.site.database.begin() as session:
        sha256 = session.get_one(Attempt, first).sha256
        common = {
            "course_id": room.course_id,
            "opening_id": room.opening_id,
            "number": 1,
            "received_at": now,
            "source": Source.PAGE,
            "sha256": sha256,
            "size": 2,
            "filename": "digits.ipynb",
            "decision": Decision(),
            "receipt": {},
            "revision_id": room.revision_id,
            "state": state,
            "priority": 0,
            "start": 0.0,
            "seconds": 1.0,
            "fence": 0,
            "tries": 0,
        }
        for begin in range(1, count, 2_000):
            rows = [common | {"id": uuid.uuid4(), "person_id": each} for each in ids[begin : begin + 2_000]]
            session.execute(insert(Attempt), rows)
    return sha256


def _started(mark: Path) -> int:
    """How many processes have left it."""
    return len(mark.read_text(encoding="ascii").split()) if mark.exists() else 0


def _unfinished(site: Site) -> int:
    with site.database.read() as session:
        over = Attempt.state.in_([State.GRADED, State.PARKED])
        return session.scalar(select(func.count()).select_from(Attempt).where(~over)) or 0


def _processor_seconds() -> float:
    """Of this process and all below it."""
    return processor_seconds(os.getpid()) + sum(processor_seconds(each.pid) for each in descendants())


if __name__ == "__main__":
    sys.exit(shown(queue_costs(*map(int, sys.argv[1:]))))
