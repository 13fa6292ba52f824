"""What answers for a site, in a process of its own, for tests to kill; and where it stops, to be killed there.

Its phase is where an upload stops for good, with a mark in the folder: `storing`, before its attempt is stored;
`stored`, before anybody is told of it. Else it goes on. So many uploads as are to be stored together are waited for.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx
import uvicorn
from sqlalchemy.orm import Session

from grader.service.site import Site
from grader.service.store.database import WRITERS, Database
from grader.service.store.together import AnswerT, DoAll, WhatT
from grader.service.store.wakeups import wakeups_of
from grader.service.web.app import make_app
from tests.service.forked import forked
from tests.service.queued import until
from tests.service.served import free_port
from tests.service.stopping import stop_at, stop_for_good

#: what an upload says when it is stored
STORING = "INSERT INTO attempt "


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """It answers on `port`. `mark` is there when it has stopped."""

    process: BaseProcess
    port: int
    mark: Path

    def is_there(self) -> bool:
        """Whether it answers."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz", headers={"Host": "testserver"}).is_success
        except httpx.TransportError:
            return False


@contextmanager
def web_process(database: Database, folder: Path, *, phase: str, together: int = 0) -> Iterator[Web]:
    """From when it answers; killed at the end, if it is still there."""
    port = free_port()
    with forked(answer, database.url, folder, port, phase, together) as process:
        web = Web(process=process, port=port, mark=folder / f"stopped-{phase}")
        until(web.is_there)
        yield web


class Gathering(Database):
    """Its writers write nothing before so many receipts are asked for: then these are one set."""

    def __init__(self, url: str, *, together: int) -> None:
        super().__init__(url)
        self._missing = together
        self._all_there = threading.Event()
        for _ in range(WRITERS[self.kind] if together else 0):
            is_held = threading.Event()
            self.write(partial(_waiting, is_held, self._all_there))
            is_held.wait()

    def write_one_of(self, do_all: DoAll[WhatT, AnswerT], what: WhatT) -> Future[AnswerT]:
        """See `Database.write_one_of`."""
        given = super().write_one_of(do_all, what)
        self._missing -= 1
        if not self._missing:
            self._all_there.set()
        return given


def _waiting(is_held: threading.Event, go: threading.Event, session: Session) -> None:
    del session
    is_held.set()
    go.wait()


def answer(url: str, folder: Path, port: int, phase: str, together: int) -> None:
    """Be that process."""
    database = Gathering(url, together=together)
    if phase in ("storing", "stored"):
        mark = folder / f"stopped-{phase}"
        stop_at(database, STORING, lambda: stop_for_good(mark), committed=phase == "stored")
    site = Site(database=database, data=folder, address="http://testserver", wakeups=wakeups_of(database))
    uvicorn.run(make_app(site), port=port, log_level="error")
