"""A site in one file, made while it runs, and a site made of it: alike on both databases, so that what was in SQLite
may be restored in PostgreSQL. It holds all that the site knows of people, and its keys: keep it as you keep the site.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Integer, delete, exists, func, insert, select, update
from sqlalchemy import Table as Rows
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader import __version__
from grader.errors import StoreDamaged, UsageError
from grader.policy.state import State
from grader.service.operations.backup_file import About, Reading, Writing, opened_backup, written
from grader.service.operations.rows import lines_of, row_of
from grader.service.site import Site
from grader.service.store import engine
from grader.service.store.batch_tables import PASSING
from grader.service.store.identity import FACT, adopt
from grader.service.store.migrating import VERSIONS, is_current
from grader.service.store.tables import Attempt, Blob, SiteFact, Table, WorkerSeen

#: of this moment and these machines alone
_PASSING: Final = frozenset(table.__tablename__ for table in (WorkerSeen, *PASSING))
#: what even a site has that nobody has used yet
_OWN: Final = _PASSING | {SiteFact.__tablename__}
_BLOBS: Final = Blob.__tablename__
#: facts of the site, and not of the database it is in
_OF_SITE: Final = SiteFact.key != engine.FACT
#: bytes of blobs are files of their own
_BYTES: Final = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What is in a backup. `damaged`: blobs that are not, since the site itself has lost them."""

    rows: int
    blobs: int
    bytes: int
    damaged: tuple[str, ...]


def back_up(site: Site, file: Path) -> BackedUp:
    """Write the site to a file, as it is at one moment, while it runs.

    Raises UsageError if the file is there already or cannot be written, or the tables are of another version.
    """
    _must_be_current(site)
    with written(file) as writing, _one_moment(site) as look:
        tables = {table.name: writing.lines(table.name, _lines(look, table)) for table in _tables()}
        about = About(
            grader=__version__,
            tables_version=VERSIONS[-1],
            site=look.scalars(select(SiteFact.value).where(SiteFact.key == FACT)).one()["id"],
            made_at=site.now(),
            tables=tables,
            damaged=tuple(_write_blobs(look, site, writing)),
        )
        writing.about(about)
    return _kept(about, file)


def restore(file: Path, site: Site) -> BackedUp:
    """Make an empty site the one in the file: all of it, or nothing. What was being graded then waits again.

    Raises UsageError if the file is no backup, or one of another version, or the site is not empty, StoreDamaged if
    the file is damaged.
    """
    _must_be_current(site)
    with opened_backup(file) as reading:
        about = reading.about
        if about.tables_version != VERSIONS[-1]:
            raise UsageError(
                f"{file} was made by grader {about.grader}, whose tables have version {about.tables_version}, not "
                f"{VERSIONS[-1]}. Restore it with that grader, then install this one and run `grader site upgrade`."
            )
        with site.database.begin() as session:
            _must_be_empty(session)
            _read(session, site, reading)
        adopt(site.data, about.site)
    return _kept(about, file)


def _kept(about: About, file: Path) -> BackedUp:
    rows = sum(table.rows for table in about.tables.values())
    blobs = about.tables[_BLOBS].rows - len(about.damaged)
    return BackedUp(rows=rows, blobs=blobs, bytes=file.stat().st_size, damaged=about.damaged)


def _tables() -> list[Rows]:
    """What is kept, each after those that it refers to."""
    return [table for table in Table.metadata.sorted_tables if table.name not in _PASSING]


def _lines(look: Session, table: Rows) -> Iterator[str]:
    match table.name:
        case Blob.__tablename__:
            return lines_of(look, table, without=frozenset({_BYTES}))
        case SiteFact.__tablename__:
            return lines_of(look, table, where=_OF_SITE)
        case _:
            return lines_of(look, table)


@contextmanager
def _one_moment(site: Site) -> Iterator[Session]:
    """A look at the database as it is now, whatever others write meanwhile. SQLite's are so by themselves."""
    with site.database.read() as session:
        if site.database.kind == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


def _write_blobs(look: Session, site: Site, writing: Writing) -> Iterator[str]:
    """Those that are damaged: nothing can be done about them here, and nothing else is to be lost with them."""
    for sha256 in look.scalars(select(Blob.sha256).order_by(Blob.sha256)).all():
        try:
            writing.blob(sha256, site.blobs.get(look, sha256))
        except StoreDamaged:
            yield sha256


def _read(session: Session, site: Site, reading: Reading) -> None:
    session.execute(delete(SiteFact).where(_OF_SITE))
    later: list[tuple[Rows, dict[str, Any]]] = []
    try:
        for table in _tables():
            for lines in reading.lines(table.name):
                rows = [dict(row_of(table, line)) for line in lines]
                if table.name == _BLOBS:
                    _read_blobs(session, site, rows, reading)
                else:
                    later += [(table, row) for row in rows if _refers_ahead(table)]
                    session.execute(insert(table), [row | dict.fromkeys(_refers_ahead(table)) for row in rows])
        for table, row in later:
            there = (column == row[column.name] for column in table.primary_key)
            session.execute(update(table).where(*there).values({name: row[name] for name in _refers_ahead(table)}))
    except (IntegrityError, KeyError, TypeError, ValueError) as error:
        raise StoreDamaged("The backup is damaged: its rows are not those of a site.") from error
    _waits_again(session)
    if site.database.kind == "postgresql":
        _count_on(session)


def _read_blobs(session: Session, site: Site, rows: list[dict[str, Any]], reading: Reading) -> None:
    for row in rows:
        if row["sha256"] in reading.about.damaged:
            session.execute(insert(Blob).values(row))
        else:
            site.blobs.put(session, reading.blob(row["sha256"], row["size"]), now=row["stored_at"])


def _refers_ahead(table: Rows) -> list[str]:
    """Columns that refer to rows which come later, as a course does to its revision."""
    return [key.parent.name for key in table.foreign_keys if key.use_alter]


def _waits_again(session: Session) -> None:
    """Whoever had it is not here; should they say something after all, it is ignored."""
    waiting = {"state": State.WAITING, "worker": None, "lease_until": None, "claimed_at": None, "stage": None}
    session.execute(
        update(Attempt).where(Attempt.state == State.RUNNING).values({**waiting, "fence": Attempt.fence + 1})
    )


def _count_on(session: Session) -> None:
    """PostgreSQL counts its ids by itself, and has counted none of these."""
    for table in _tables():
        column = next(iter(table.primary_key))
        if isinstance(column.type, Integer) and not column.foreign_keys:
            counter = func.pg_get_serial_sequence(table.name, column.name)
            session.execute(select(func.setval(counter, func.max(column))).having(func.max(column).is_not(None)))


def _must_be_current(site: Site) -> None:
    if not is_current(site.database):
        raise UsageError("The database's tables are not those of this grader. Run `grader site upgrade` first.")


def _must_be_empty(session: Session) -> None:
    used = [
        table.name for table in _tables() if table.name not in _OWN and session.scalar(select(exists(table.select())))
    ]
    if used:
        raise UsageError(
            "The site is in use, and a backup is restored only into an empty one. Name another folder with --data, or "
            "another database with --database."
        )
