"""The database that tests of PostgreSQL share is for each of them as if it had just been made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from grader.service.site import Site
from grader.service.store.database import Database
from tests.service.classroom import furnish, handed_in
from tests.service.clock import StoppedClock
from tests.service.standing_database import StandingDatabase, standing

#: every row there is, with its table; how far every counter has come; every column, index and trigger
_LOOKS = (
    """select relname, table_to_xml(relname::regclass, true, false, '')::text
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname""",
    "select sequencename, last_value from pg_sequences where schemaname = 'public' order by sequencename",
    "select table_name, column_name from information_schema.columns where table_schema = 'public' order by 1, 2",
    "select indexname from pg_indexes where schemaname = 'public' order by indexname",
    "select tgrelid::regclass::text, tgenabled, count(*) from pg_trigger group by 1, 2 order by 1, 2",
)


@pytest.fixture(scope="module")
def a_database(postgres: str) -> Iterator[StandingDatabase]:
    """One of our own, since it matters what was in it before."""
    with standing(postgres, f"grader_standing_{os.getpid()}") as made:
        yield made


def seen(made: StandingDatabase) -> list[object]:
    with psycopg.connect(made.url) as connection:
        return [connection.execute(look).fetchall() for look in _LOOKS]


def used(made: StandingDatabase, folder: Path, clock: StoppedClock) -> None:
    """Rows in many tables, some of which refer to one another in a circle."""
    site = Site(database=Database(made.url), data=folder, now=clock)
    handed_in(furnish(site), "ada")
    site.database.close()


CHANGES = [
    pytest.param("select", id="no more"),
    pytest.param("delete from site_fact", id="a fact less"),
    pytest.param("update alembic_version set version_num = '9999'", id="another version"),
    pytest.param("select nextval('person_id_seq')", id="a number was used"),
    pytest.param("alter table person add column shoe integer", id="a column more"),
    pytest.param("drop table procrastinate_jobs cascade", id="a table less"),
    pytest.param("create table more (id integer)", id="a table more"),
    pytest.param("alter table person disable trigger all", id="references that do not count"),
    pytest.param("drop index ix_attempt_person_id", id="an index less"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_was_done_to_it_is_undone(
    a_database: StandingDatabase, tmp_path: Path, clock: StoppedClock, change: str
) -> None:
    """Rows, counters and tables are those that it was made with."""
    a_database.emptied()
    before = seen(a_database)
    used(a_database, tmp_path, clock)
    with psycopg.connect(a_database.url) as connection:
        connection.execute(change)
    a_database.emptied()

    assert seen(a_database) == before


def test_nobody_is_left_in_it(a_database: StandingDatabase) -> None:
    """Whoever a test before forgot there, half-way through something, does no more."""
    with psycopg.connect(a_database.emptied()) as forgotten:
        forgotten.execute("insert into site_fact values ('\"late\"', '1')")
        a_database.emptied()
        with pytest.raises(psycopg.OperationalError):
            forgotten.commit()
