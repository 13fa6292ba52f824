"""One database of PostgreSQL for a whole session, empty again for each test: a copy for each cost most of them more
than what they are about. What it holds is asked of the database itself, so a new table needs no word here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from grader.service.store.database import Database
from grader.service.store.migrating import upgrade

_OTHERS = """
select pg_terminate_backend(pid, 10000) from pg_stat_activity
where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
"""
_TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname"
#: every table, index, column, constraint, trigger, function and type that a session may have changed
_SHAPE = """
select md5(string_agg(line, ';' order by line)) from (
  select concat_ws(',', attrelid, attname, atttypid, atttypmod, attnotnull, atthasdef) as line
    from pg_attribute where attrelid >= 16384 and not attisdropped
  union all select concat_ws(',', 'constraint', oid) from pg_constraint where oid >= 16384
  union all select concat_ws(',', 'trigger', oid, tgenabled) from pg_trigger where oid >= 16384
  union all select concat_ws(',', 'function', oid, xmin) from pg_proc where oid >= 16384
) as lines
"""
_COUNTERS = """
select setval(sequencename::regclass, coalesce(last_value, start_value), last_value is not null) from kept.sequences
"""


class StandingDatabase:
    """A database that is made once, with all tables, and is for each test as if it had been made for that."""

    def __init__(self, address: str, name: str) -> None:
        """Makes it, `name` on the server at `address`."""
        self.address, self.name = address, name
        self.url = f"{address}/{name}"
        self._make()

    def emptied(self) -> str:
        """Its address, when nobody else is in it and it holds what it held when it was made. Whoever changed tables
        leaves it to be made anew."""
        with psycopg.connect(self.url) as connection:
            connection.execute(_OTHERS)
            if self._shape(connection) == self._made:
                connection.execute(self._empty)
                connection.execute(_COUNTERS)
                return self.url
        self._make()
        return self.url

    def drop(self) -> None:
        """Away with it."""
        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as connection:
            connection.execute(SQL("drop database if exists {} with (force)").format(Identifier(self.name)))

    def _make(self) -> None:
        self.drop()
        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as connection:
            connection.execute(SQL("create database {} template template0").format(Identifier(self.name)))
        database = Database(self.url)
        upgrade(database)
        database.close()
        with psycopg.connect(self.url) as connection:
            self._empty = _kept(connection)
            self._made = self._shape(connection)

    @staticmethod
    def _shape(connection: psycopg.Connection) -> object:
        return connection.execute(_SHAPE).fetchone()


def _kept(connection: psycopg.Connection) -> Composed:
    """Keep what is in the tables; the statements that make them so again. That rows refer to one another in a circle is
    no hindrance to taking all of them away in one statement."""
    names = [Identifier(name) for (name,) in connection.execute(_TABLES)]
    connection.execute("create schema kept")
    connection.execute("create table kept.sequences as select * from pg_sequences where schemaname = 'public'")
    filled = []
    for name in names:
        if connection.execute(SQL("select 1 from {} limit 1").format(name)).fetchone():
            connection.execute(SQL("create table kept.{0} as select * from {0}").format(name))
            filled.append(name)
    gone = SQL(", ").join(
        SQL("{} as (delete from {})").format(Identifier(f"{n}"), name) for n, name in enumerate(names)
    )
    back = SQL("").join(SQL("; insert into {0} select * from kept.{0}").format(name) for name in filled)
    return SQL("with {} select").format(gone) + back


@contextmanager
def standing(address: str, name: str) -> Iterator[StandingDatabase]:
    """Such a database, as long as it is needed."""
    made = StandingDatabase(address, name)
    try:
        yield made
    finally:
        made.drop()
