"""A site as each of its processes holds it: database, folder, blobs, clock, how workers are woken; and how a process
comes by it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeAlias

from grader.errors import StoreUnavailable, UsageError
from grader.service.store.blobs import Blobs, InDatabase, blobs_at
from grader.service.store.database import Database
from grader.service.store.identity import join
from grader.service.store.migrating import is_current, upgrade, version_of
from grader.service.store.wakeups import Unheard, Wakeups, wakeups_of

Now: TypeAlias = Callable[[], datetime]
#: how a site is reached that nobody gave another address
LOCAL: Final = "http://127.0.0.1:8000"
#: between two looks at whether a site is there
AWAITING_SECONDS: Final = 0.05
#: the database in a site's folder, where no other is named
FILE: Final = "site.db"


def utc_now() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """`data`: this machine's folder, which no room may read. `address`: how people reach it, without a slash at the
    end. `now` is the only clock that anything in the service asks for the time of day. `blobs`: where what is handed in
    is kept."""

    database: Database
    data: Path
    address: str = LOCAL
    now: Now = utc_now
    wakeups: Wakeups = field(default_factory=Unheard)
    blobs: Blobs = field(default_factory=InDatabase)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where a site is to be found: plain text, so that it can be handed to a process. Without `database` that is a file
    of SQLite in the folder `data`; without `blobs` they are in the database."""

    data: Path
    database: str | None = None
    blobs: str | None = None
    address: str = LOCAL

    @property
    def database_url(self) -> str:
        """The address of its database."""
        return self.database or f"sqlite:///{self.data.absolute() / FILE}"


@contextmanager
def opened(where: Whereabouts, *, upgrading: bool = False, making: bool = True) -> Iterator[Site]:
    """The site there, with tables of this version, and closed at the end. A new one is made, if `making`, and in a
    database that is there where `upgrading`; one of an older version is brought up to date in SQLite, elsewhere only
    where `upgrading`.

    Raises UsageError for a folder or database that cannot be had, or that belong to different sites, or to a newer
    version, or to an older one on PostgreSQL: many machines use that, so somebody says when. Raises StoreUnavailable.
    """
    if not making and where.database is None and not (where.data / FILE).exists():
        raise UsageError(f"There is no site in {where.data}. Name its folder with --data, or its database.")
    site = site_at(where)
    if where.database is None:
        _begun(where.data / FILE)
    database = site.database
    try:
        if not (making or upgrading) and version_of(database) is None:
            raise UsageError("There is no site in this database. Name another with --database.")
        if not is_current(database):
            if database.kind == "postgresql" and not upgrading and version_of(database) is not None:
                raise UsageError("The database's tables are those of an older grader. Run `grader site upgrade` first.")
            upgrade(database)
        join(site.data, database)
        yield site
    finally:
        database.close()


def await_site(where: Whereabouts) -> None:
    """Wait until a site of this version is there, which somebody is about to make or to bring up to date; what keeps
    them from it, they say."""
    while not _is_there(where):
        time.sleep(AWAITING_SECONDS)


def _is_there(where: Whereabouts) -> bool:
    if where.database is None and not (where.data / FILE).exists():
        return False
    database = Database(where.database_url)
    try:
        return is_current(database)
    except (UsageError, StoreUnavailable):
        return False
    finally:
        database.close()


def make_folder(folder: Path) -> None:
    """For whoever runs the site alone: what is in it is not for others. Raises UsageError where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made ({error.strerror}). Name another folder with --data.") from error


def site_at(where: Whereabouts) -> Site:
    """The site there, whose folder is made; its database is not looked at. Raises UsageError for what cannot be had."""
    make_folder(where.data)
    blobs = blobs_at(where.blobs)
    database = Database(where.database_url)
    return Site(database=database, data=where.data, address=where.address, wakeups=wakeups_of(database), blobs=blobs)


def _begun(file: Path) -> None:
    """A new database is nobody else's to read, also in a folder that others made; SQLite keeps to it for what lies
    beside it."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
