"""What goes wrong with a database that is nobody's slip: it is gone, full, locked. Told in words, whichever it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import exc

from grader.errors import StoreDamaged, StoreUnavailable

_RIGHT: Final = "Give the right to write the file and its folder to whoever runs this"
#: by the beginning of what the databases call it: SQLite's names, PostgreSQL's codes
_REASONS: Final = {
    "SQLITE_FULL": "its disk is full. Make room there",
    "SQLITE_READONLY": f"it cannot be written to. {_RIGHT}",
    "SQLITE_CANTOPEN": f"its file cannot be opened. {_RIGHT}",
    "SQLITE_BUSY": "another process keeps it busy. Try again",
    "SQLITE_IOERR": "its disk does not read or write. See to the disk",
    "53100": "its disk is full. Make room there",
    "53300": "it takes no more connections. Raise its max_connections, or run fewer processes",
    "25006": "it can only be read. Name the server that takes writes",
    "28": "it does not let this user in. See to the address, and to the password",
    "3D000": "there is no database of that name. Make it there first",
    "40": "others changed the same rows at once. Try again",
    "57": "its server stops or starts. Try again",
}
_GONE: Final = "its server does not answer. See that it runs, and that --database names it"
_DAMAGED: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


@contextmanager
def told() -> Iterator[None]:
    """Raises StoreUnavailable where a database cannot be had or takes nothing more, StoreDamaged for a broken file."""
    try:
        yield
    except exc.DBAPIError as error:
        code = _code(error)
        if code.startswith(_DAMAGED):
            raise StoreDamaged("The database's file is damaged, or none. Restore it from a backup.") from error
        reason = next((reason for start, reason in _REASONS.items() if code.startswith(start)), None)
        if reason is None and isinstance(error, exc.OperationalError):
            reason = _GONE
        if reason is None:
            raise
        raise StoreUnavailable(f"The site's database cannot be used: {reason}.") from error
    except exc.TimeoutError as error:
        raise StoreUnavailable("The site's database cannot be used: all connections are taken. Try again.") from error


def _code(error: exc.DBAPIError) -> str:
    """What the database itself calls it."""
    if isinstance(error.orig, sqlite3.Error):
        return str(getattr(error.orig, "sqlite_errorname", ""))
    return str(getattr(error.orig, "sqlstate", None) or "")
