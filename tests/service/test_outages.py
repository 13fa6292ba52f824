"""What fails under those who hand in: the web's process, the database, its disk, its tables' version. Whoever had no
answer sends the same again, and has one attempt with one receipt; all that was received is graded, once.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import psycopg
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from httpx2 import Response
from sqlalchemy import Column, Engine, Integer, String, event, select, text
from starlette.testclient import TestClient

from grader.errors import UsageError
from grader.policy.scopes import Scope
from grader.service.people.tokens import new_token
from grader.service.site import Site, Whereabouts, opened, utc_now
from grader.service.store.database import Database
from grader.service.store.migrating import alone, upgrade
from grader.service.store.tables import Attempt, Role
from grader.service.store.wakeups import wakeups_of
from grader.service.web.access import COOKIE
from grader.service.web.app import make_app
from tests.hostile.traces import SMALL_DISK
from tests.service.classroom import Classroom, browser, furnish, signed_in
from tests.service.clock import StoppedClock
from tests.service.conftest import made_database
from tests.service.cut_connection import cut_when_committed
from tests.service.invariant import FINAL, assert_nothing_is_lost
from tests.service.postgres import called, installed, own_cluster
from tests.service.queued import queued, row, until
from tests.service.web_process import STORING, Web, web_process
from tests.service.worker_process import worker_process

PATH = "/api/v1/courses/ml/assignments/digits/attempts"
NOTEBOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Ada's program, which names its upload, so that it may be repeated."""

    room: Classroom
    headers: dict[str, str]

    def sends(self, site: Site | None = None, *, data: bytes = NOTEBOOK) -> Response:
        """To another process of the site's, or that one."""
        client = TestClient(make_app(site or self.room.site), raise_server_exceptions=False)
        return client.post(PATH, headers=self.headers, files={"notebook": ("digits.ipynb", data)})

    def stored(self) -> list[str]:
        """The attempts that there are."""
        with self.room.site.database.read() as session:
            return [str(each) for each in session.scalars(select(Attempt.id))]


def senders_of(site: Site, names: Sequence[str]) -> list[Sender]:
    people = dict.fromkeys(names, Role.STUDENT)
    room = furnish(replace(site, now=utc_now, wakeups=wakeups_of(site.database)), people=people)
    with site.database.begin() as session:
        made = [
            new_token(session, person_id=room.people[name], name="x", scopes=[*Scope], now=utc_now()) for name in names
        ]
    return [
        Sender(room=room, headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "monday"})
        for _, secret in made
    ]


def sender_of(site: Site) -> Sender:
    (ada,) = senders_of(site, ["ada"])
    return ada


@pytest.fixture
def ada(site: Site) -> Iterator[Sender]:
    """A student and her program; whatever came of it, nothing is lost."""
    made = sender_of(site)
    yield made
    assert_nothing_is_lost(site, set(), over=False)


@pytest.mark.parametrize("phase", ["sending", "storing", "stored"])
def test_what_answers_may_be_killed_during_an_upload(ada: Sender, tmp_path: Path, phase: str) -> None:
    """Nothing is half there; sent again, it is the attempt that was stored, or the first."""
    with web_process(ada.room.site.database, tmp_path, phase=phase) as web:
        upload = threading.Thread(target=_half_sent if phase == "sending" else _sent, args=(web, ada))
        upload.start()
        until(web.is_there if phase == "sending" else web.mark.exists)
        web.process.kill()
        upload.join()
    before = ada.stored()
    again = ada.sends()

    assert len(before) == (phase == "stored")
    assert again.status_code == (200 if before else 201)
    assert ada.stored() == [again.json()["id"]]
    assert before in ([], [again.json()["id"]])


@pytest.mark.parametrize("phase", ["storing", "stored"])
def test_what_answers_may_be_killed_in_the_middle_of_a_set_of_receipts(site: Site, tmp_path: Path, phase: str) -> None:
    """All of a set are there, or none; whoever was given a receipt has one attempt, and sent again so has everybody."""
    first, *others = senders_of(site, ["ada", "bob", "cleo", "dan", "eve"])
    given = first.sends().json()["id"]
    with web_process(site.database, tmp_path, phase=phase, together=len(others)) as web:
        uploads = [threading.Thread(target=_sent, args=(web, each)) for each in others]
        for each in uploads:
            each.start()
        until(web.mark.exists)
        web.process.kill()
        for each in uploads:
            each.join()
    kept = set(first.stored()) - {given}
    again = [each.sends() for each in others]

    assert len(kept) == (len(others) if phase == "stored" else 0)
    assert {each.status_code for each in again} == ({200} if kept else {201})
    assert kept <= {each.json()["id"] for each in again}
    assert sorted(first.stored()) == sorted([given, *(each.json()["id"] for each in again)])
    assert_nothing_is_lost(site, {uuid.UUID(each.json()["id"]) for each in again}, over=False)


def _sent(web: Web, ada: Sender) -> None:
    with suppress(httpx.TransportError):
        there = f"http://127.0.0.1:{web.port}{PATH}"
        headers = ada.headers | {"Host": "testserver"}
        httpx.post(there, headers=headers, files={"notebook": ("digits.ipynb", NOTEBOOK)}, timeout=None)


def _half_sent(web: Web, ada: Sender) -> None:
    said = {"Host": "testserver", "Content-Type": "multipart/form-data; boundary=x", "Content-Length": "1000"}
    head = "".join(f"{name}: {value}\r\n" for name, value in (said | ada.headers).items())
    part = '--x\r\nContent-Disposition: form-data; name="notebook"; filename="a.ipynb"\r\n\r\n{"cells"'
    with suppress(OSError), socket.create_connection(("127.0.0.1", web.port)) as connection:
        connection.sendall(f"POST {PATH} HTTP/1.1\r\n{head}\r\n{part}".encode())
        connection.recv(1)


def test_a_connection_that_is_cut_when_all_is_committed_costs_an_answer(ada: Sender) -> None:
    """The attempt is stored, and whoever wakes workers has heard of it: a ticket is part of the same transaction."""
    site = ada.room.site
    if site.database.kind == "sqlite":
        return  # a file is not cut
    with cut_when_committed(site.database.url, STORING.encode()) as cut:
        beyond = Database(cut.url)
        there = replace(site, database=beyond)
        cut.armed = True
        answers = [ada.sends(there) for _ in range(2)]
        beyond.close()

    assert cut.was_cut.is_set()
    assert [each.status_code for each in answers] == [503, 200]
    assert ada.stored() == [answers[1].json()["id"]]
    with site.database.read() as session:
        assert session.scalar(text("select count(*) from procrastinate_jobs")) == 1


def test_a_full_disk_takes_nothing_and_says_so(ada: Sender) -> None:
    """In words, with when to try again; once there is room, the same upload is taken."""
    site = ada.room.site
    if site.database.kind != "sqlite":
        return  # a server's own is below
    with site.database.read() as session:
        pages = session.scalar(text("PRAGMA page_count"))
    full = Database(site.database.url)
    _filled(full.engine, pages)
    large = NOTEBOOK + b" " * 1_000_000
    refused = ada.sends(replace(site, database=full), data=large)
    full.close()

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert ada.stored() == []
    assert ada.sends(data=large).status_code == 201


def test_a_full_disk_of_a_server_is_no_other(tmp_path: Path) -> None:
    """PostgreSQL's own disk, so small that an upload fills it; the server goes on, and when there is room so do we."""
    if (programs := installed()) is None:
        pytest.skip("needs the programs of a PostgreSQL server")
    data = NOTEBOOK + os.urandom(2_000_000)
    with small_disk() as disk, own_cluster(programs) as cluster, made_database(cluster.address, "grader") as url:
        database = Database(url)
        upgrade(database)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"create tablespace small location '{disk.folder}'")
            connection.execute("alter table blob set tablespace small")
        ada = sender_of(Site(database=database, data=tmp_path, address="http://testserver"))
        refused, stored = ada.sends(data=data), ada.stored()
        disk.grow()
        taken = ada.sends(data=data)
        assert_nothing_is_lost(ada.room.site, set(_ids(ada)), over=False)
        database.close()

    assert (refused.status_code, refused.headers["Retry-After"], stored) == (503, "5", [])
    assert taken.status_code == 201


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """A file system of its own, of a megabyte."""

    folder: Path

    def grow(self) -> None:
        """To as much as anybody here needs."""
        called(["mount", "-o", "remount,size=64m", self.folder])


@contextmanager
def small_disk() -> Iterator[Disk]:
    """A disk that a server may write to. Skips where none can be had."""
    with tempfile.TemporaryDirectory(prefix=SMALL_DISK) as name:
        mounting = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", name]
        if os.getuid() != 0 or subprocess.run(mounting, capture_output=True, check=False).returncode != 0:
            pytest.skip("needs a small disk, which only root may mount, and not in every container")
        try:
            shutil.chown(name, "postgres")
            yield Disk(folder=Path(name))
        finally:
            called(["umount", "-l", name])


def test_who_only_reads_is_answered_where_nothing_can_be_written(on_sqlite: Site, clock: StoppedClock) -> None:
    """Also if a session was due for a new secret: the old one is still good."""
    room = furnish(on_sqlite)
    secret = signed_in(make_app(on_sqlite), room, "ada").cookies[COOKIE]
    clock.go_on(days=2)
    url = on_sqlite.database.url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true"
    database = Database(url)
    page = browser(make_app(replace(on_sqlite, database=database)), secret).get("/")
    database.close()

    assert page.status_code == 200


def _filled(engine: Engine, pages: int) -> None:
    event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA max_page_count={pages}"))


def test_a_database_that_restarts_is_waited_for(tmp_path: Path) -> None:
    """While it is away whoever hands in is told to try again; worker and web go on with it when it is back, as they
    were."""
    if (programs := installed()) is None:
        pytest.skip("needs the programs of a PostgreSQL server")
    with own_cluster(programs) as cluster, made_database(cluster.address, "grader") as url:
        database = Database(url)
        upgrade(database)
        ada = sender_of(Site(database=database, data=tmp_path, address="http://testserver"))
        held = queued(ada.room, "ada", filename="wait")
        with worker_process(database, tmp_path, beat=2.0):
            until((tmp_path / f"wait-{held}").exists)
            cluster.stop()
            refused = ada.sends()
            cluster.start()
            (tmp_path / "go").touch()
            taken = ada.sends()
            until(lambda: all(row(ada.room, each).state in FINAL for each in _ids(ada)))

        assert (refused.status_code, taken.status_code) == (503, 201)
        assert len(ada.stored()) == 2
        assert_nothing_is_lost(ada.room.site, {held})
        database.close()


def test_the_version_before_goes_on_while_a_database_is_upgraded(ada: Sender, tmp_path: Path) -> None:
    """A step adds what it need not know: its web takes what is handed in and says that it is ready, its worker keeps
    what it has and takes more. Only who starts anew has to be of the new version."""
    site = ada.room.site
    web = TestClient(make_app(site))
    held = queued(ada.room, "ada", filename="wait")
    with worker_process(site.database, tmp_path):
        until((tmp_path / f"wait-{held}").exists)
        _a_next_step(site.database)
        taken = ada.sends()
        ready = web.get("/readyz")
        (tmp_path / "go").touch()
        until(lambda: all(row(ada.room, each).state in FINAL for each in _ids(ada)))

    assert (taken.status_code, ready.status_code, ready.json()["database"]) == (201, 200, "newer")
    assert len(ada.stored()) == 2
    with (
        pytest.raises(UsageError, match="newer grader"),
        opened(Whereabouts(data=tmp_path, database=site.database.url)),
    ):
        pass


def _a_next_step(database: Database) -> None:
    """As `migrating.py` asks of every step: nullable, or with a default of the server's."""
    with alone(database) as connection:
        steps = Operations(MigrationContext.configure(connection))
        for table in ("attempt", "report", "worker", "person", "standing"):
            with steps.batch_alter_table(table) as changed:
                changed.add_column(Column("shoe", Integer(), nullable=True))
                changed.add_column(Column("hat", String(8), nullable=False, server_default="none"))
        steps.create_index("ix_attempt_shoe", "attempt", ["shoe"])
        connection.execute(text("update alembic_version set version_num = '9999'"))


def _ids(ada: Sender) -> list[uuid.UUID]:
    with ada.room.site.database.read() as session:
        return list(session.scalars(select(Attempt.id)))
