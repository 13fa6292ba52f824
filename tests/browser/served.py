"""A site that a real browser can visit: its application behind uvicorn, in a thread of the test; somebody's way in. No
test lives here."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI

from grader.service.people.sessions import begin_session
from grader.service.site import Site
from grader.service.store.database import Database
from grader.service.store.migrating import upgrade
from grader.service.web.access import COOKIE
from tests.service.classroom import Classroom
from tests.service.clock import StoppedClock

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext


@dataclass(frozen=True, slots=True)
class Served:
    """A course behind an address, and whoever visits it."""

    url: str
    room: Classroom
    site: Site

    def as_(self, browser: Browser, name: str, **how: object) -> BrowserContext:
        """A browser in which that person is signed in."""
        context = browser.new_context(base_url=self.url, **how)  # type: ignore[arg-type]  # options by their names
        self.sign_in(context, name)
        return context

    def sign_in(self, context: BrowserContext, name: str) -> None:
        """That person alone is who uses this browser from now on."""
        context.clear_cookies()
        context.add_cookies([{"name": COOKIE, "value": secret_of(self.room, name), "url": self.url}])


@contextmanager
def a_site(folder: Path, clock: StoppedClock) -> Iterator[Site]:
    """A new site on SQLite in that folder."""
    (folder / "site.db").write_bytes(_empty())
    database = Database(f"sqlite:///{folder / 'site.db'}")
    try:
        yield Site(database=database, data=folder, now=clock)
    finally:
        database.close()


@cache
def _empty() -> bytes:
    """A database with all tables and nothing in them: to make one takes longer than most pages."""
    with TemporaryDirectory() as name:
        database = Database(f"sqlite:///{name}/site.db")
        upgrade(database)
        database.close()
        return Path(name, "site.db").read_bytes()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of that application, as long as it is needed."""
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    ends = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < ends
        thread.join(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)


def secret_of(room: Classroom, name: str) -> str:
    """What the cookie of a browser holds in which that person is signed in."""
    with room.site.database.begin() as session:
        return begin_session(session, room.people[name], agent="tests", now=room.site.now())
