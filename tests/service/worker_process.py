"""A worker in a process of its own, for tests to kill; and where it stops, to be killed there.

`python -m tests.service.worker_process URL FOLDER BEAT PHASE`: PHASE is where it stops for good, with a mark in the
folder: `claimed`, before its process is told; `finishing`, before the report is stored; `finished`, after that. In the
phase `rooms` it is the submission that waits (`obeying.py`).
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Connection

from grader.service.site import Site, utc_now
from grader.service.store.database import Database
from grader.service.store.wakeups import wakeups_of
from grader.service.worker.command import asked_to_end
from grader.service.worker.supervisor import Worker
from grader.service.worker.taken import Taken
from tests.service.obeying import Making, Order
from tests.service.ordered import ordered

ROOT = Path(__file__).parents[2]
#: what a finishing transaction says
ENDING = "INSERT INTO report"


@contextmanager
def worker_process(
    database: Database, folder: Path, *, phase: str = "none", beat: float = 0.2, slots: int = 1
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of that site; killed at the end, if it is still there."""
    command = [
        sys.executable,
        "-m",
        "tests.service.worker_process",
        database.url,
        str(folder),
        str(beat),
        phase,
        str(slots),
    ]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def work(url: str, folder: Path, beat: float, phase: str, slots: int) -> None:
    """Be that worker, until SIGTERM."""
    database = Database(url)
    site = Site(database=database, data=folder, now=utc_now, wakeups=wakeups_of(database))

    def stop_here() -> None:
        (folder / f"stopped-{phase}").touch()
        threading.Event().wait()

    def fetch(taken: Taken) -> Order:
        if phase == "claimed":
            stop_here()
        return ordered(taken)

    if phase in ("finishing", "finished"):
        _listen_for_the_end(database, phase, stop_here)
    worker = Worker(
        site, slots=slots, fetch=fetch, making=Making(folder=folder), beat=beat, lease=timedelta(seconds=5 * beat)
    )
    with asked_to_end(worker.drain):
        worker.run()


def _listen_for_the_end(database: Database, phase: str, stop: object) -> None:
    assert callable(stop)

    def before(connection: Connection, cursor: object, statement: str, *more: object) -> None:
        del cursor, more
        if statement.startswith(ENDING):
            connection.info["ending"] = True
            if phase == "finishing":
                stop()

    def after(connection: object) -> None:
        """Told before the commit is done: what the same thread begins next comes after it."""
        assert isinstance(connection, Connection)
        if connection.info.pop("ending", False):
            ending = threading.get_ident()
            event.listen(database.engine, "begin", lambda _: stop() if threading.get_ident() == ending else None)

    event.listen(database.engine, "before_cursor_execute", before)
    event.listen(database.engine, "commit", after)


if __name__ == "__main__":
    work(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
