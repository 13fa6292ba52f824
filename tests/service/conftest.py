"""What tests of the service share: both databases, a site with people, and somebody who asks its application."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from grader.service.site import Site
from grader.service.store.database import Database
from grader.service.store.migrating import upgrade
from tests.service.clock import StoppedClock
from tests.service.postgres import server
from tests.service.standing_database import StandingDatabase, standing


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server. Skips where there is none; in CI that is a failure."""
    with server() as address:
        if address is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)("needs a PostgreSQL server, or its programs")
        yield address


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and nothing in them, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "site.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def standing_postgres(postgres: str) -> Iterator[StandingDatabase]:
    """A database with all tables, to be emptied for each test."""
    with standing(postgres, f"grader_test_{os.getpid()}") as made:
        yield made


@pytest.fixture(scope="session")
def another_postgres(postgres: str) -> Iterator[StandingDatabase]:
    """A second one, for what goes from one to the other."""
    with standing(postgres, f"grader_elsewhere_{os.getpid()}") as made:
        yield made


@contextmanager
def made_database(address: str, name: str, encoding: str = "UTF8") -> Iterator[str]:
    """A database of that name on the server, without a table, as long as it is needed."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}" with (force)')
        kind = f"template template0 encoding '{encoding}'" + ("" if encoding == "UTF8" else " locale 'C'")
        connection.execute(f'create database "{name}" {kind}')
    try:
        yield f"{address}/{name}"
    finally:
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            connection.execute(f'drop database if exists "{name}" with (force)')


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with all tables, once of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "site.db"
        shutil.copy(request.getfixturevalue("empty_sqlite"), path)
        made = Database(f"sqlite:///{path}")
        yield made
        made.close()
        return
    made = Database(request.getfixturevalue("standing_postgres").emptied())
    yield made
    made.close()


@pytest.fixture
def clock() -> StoppedClock:
    """A clock that stands still until it is told to go on."""
    return StoppedClock()


@pytest.fixture
def site(database: Database, tmp_path: Path, clock: StoppedClock) -> Site:
    """A site on each database."""
    return Site(database=database, data=tmp_path, now=clock, address="http://testserver")


@pytest.fixture
def on_sqlite(empty_sqlite: Path, tmp_path: Path, clock: StoppedClock) -> Iterator[Site]:
    """A site whose kind of database does not matter to the claim."""
    shutil.copy(empty_sqlite, tmp_path / "site.db")
    made = Database(f"sqlite:///{tmp_path / 'site.db'}")
    yield Site(database=made, data=tmp_path, now=clock, address="http://testserver")
    made.close()
