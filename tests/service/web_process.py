"""What answers for a site, in a process of its own, for tests to kill; and where it stops, to be killed there.

`python -m tests.service.web_process URL FOLDER PORT PHASE`: PHASE is where an upload stops for good, with a mark in the
folder: `storing`, before its attempt is stored; `stored`, before anybody is told of it. Else it goes on.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from grader.service.site import Site
from grader.service.store.database import Database
from grader.service.store.wakeups import wakeups_of
from grader.service.web.app import make_app
from tests.service.queued import until
from tests.service.served import ROOT, free_port
from tests.service.stopping import stop_at, stop_for_good

#: what an upload says when it is stored
STORING = "INSERT INTO attempt "


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """It answers on `port`. `mark` is there when it has stopped."""

    process: subprocess.Popen[bytes]
    port: int
    mark: Path

    def is_there(self) -> bool:
        """Whether it answers."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz", headers={"Host": "testserver"}).is_success
        except httpx.TransportError:
            return False


@contextmanager
def web_process(database: Database, folder: Path, *, phase: str) -> Iterator[Web]:
    """From when it answers; killed at the end, if it is still there."""
    port = free_port()
    command = [sys.executable, "-m", "tests.service.web_process", database.url, str(folder), str(port), phase]
    process = subprocess.Popen(command, cwd=ROOT)
    web = Web(process=process, port=port, mark=folder / f"stopped-{phase}")
    try:
        until(web.is_there)
        yield web
    finally:
        process.kill()
        process.wait()


def answer(url: str, folder: Path, port: int, phase: str) -> None:
    """Be that process."""
    database = Database(url)
    if phase in ("storing", "stored"):
        mark = folder / f"stopped-{phase}"
        stop_at(database, STORING, lambda: stop_for_good(mark), committed=phase == "stored")
    site = Site(database=database, data=folder, address="http://testserver", wakeups=wakeups_of(database))
    uvicorn.run(make_app(site), port=port, log_level="error")


if __name__ == "__main__":
    answer(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
