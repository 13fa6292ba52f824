"""How often a database is asked. No test lives here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from grader.service.store.database import Database

#: beginnings of transactions, which every one has
_NOT_ASKED = ("BEGIN",)


@contextmanager
def questions(database: Database) -> Iterator[list[str]]:
    """The statements that are sent while this lasts."""
    asked: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if not statement.startswith(_NOT_ASKED):
            asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
