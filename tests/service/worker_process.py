"""A worker in a process of its own, for tests to kill; and where it stops, to be killed there.

Its phase is where it stops for good, with a mark in the folder: `claimed`, before its process is told; `finishing`,
before the report is stored; `finished`, after that. In the phase `rooms` the submission waits (`obeying.py`).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from grader.service.site import Site, utc_now
from grader.service.store.database import Database
from grader.service.store.wakeups import wakeups_of
from grader.service.worker.command import asked_to_end
from grader.service.worker.supervisor import Worker
from grader.service.worker.taken import Taken
from tests.service.forked import forked
from tests.service.obeying import Making, Order
from tests.service.ordered import ordered
from tests.service.stopping import stop_at, stop_for_good

#: what a finishing transaction says
ENDING = "INSERT INTO report"


def worker_process(
    database: Database, folder: Path, *, phase: str = "none", beat: float = 0.2, slots: int = 1
) -> AbstractContextManager[BaseProcess]:
    """A worker of that site; killed at the end, if it is still there."""
    return forked(work, database.url, folder, beat, phase, slots)


def work(url: str, folder: Path, beat: float, phase: str, slots: int) -> None:
    """Be that worker, until SIGTERM."""
    database = Database(url)
    site = Site(database=database, data=folder, now=utc_now, wakeups=wakeups_of(database))

    def stop_here() -> None:
        stop_for_good(folder / f"stopped-{phase}")

    def fetch(taken: Taken) -> Order:
        if phase == "claimed":
            stop_here()
        return ordered(taken)

    if phase in ("finishing", "finished"):
        stop_at(database, ENDING, stop_here, committed=phase == "finished")
    worker = Worker(
        site, slots=slots, fetch=fetch, making=Making(folder=folder), beat=beat, lease=timedelta(seconds=5 * beat)
    )
    with asked_to_end(worker.drain):
        worker.run()
