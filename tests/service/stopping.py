"""Where a process stops for good, to be killed there: at a statement of its, or when that is committed. No tests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import ConnectionPoolEntry

from grader.service.store.database import Database


def stop_for_good(mark: Path) -> None:
    """Leave a mark, and go no further."""
    mark.touch()
    threading.Event().wait()


def stop_at(database: Database, statement: str, stop: Callable[[], None], *, committed: bool) -> None:
    """Before a statement that begins so, or once its transaction is `committed` and nobody was told yet."""

    def before(connection: Connection, cursor: object, said: str, *more: object) -> None:
        del cursor, more
        if said.startswith(statement):
            connection.info["said"] = True
            if not committed:
                stop()

    def committing(connection: Connection) -> None:
        connection.info["committed"] = connection.info.pop("said", False)

    def given_back(connection: object, record: ConnectionPoolEntry) -> None:
        del connection
        if record.info.pop("committed", False):
            stop()

    event.listen(database.engine, "before_cursor_execute", before)
    if committed:
        event.listen(database.engine, "commit", committing)
        event.listen(database.engine, "checkin", given_back)
