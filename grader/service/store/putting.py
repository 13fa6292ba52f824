"""A row that is made or changed in one statement, so that two writers at once never fail each other."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from grader.service.store.tables import Table


def insert_into(session: Session, table: type[Table]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`, as each database has them."""
    return insert_of(session.get_bind().dialect.name, table)


def insert_of(dialect: str, table: type[Table]) -> postgresql.Insert | sqlite.Insert:
    """The same, of the dialect of that name, to be made once."""
    columns = table.metadata.tables[table.__tablename__]
    return postgresql.insert(columns) if dialect == "postgresql" else sqlite.insert(columns)


def put(session: Session, table: type[Table], key: dict[str, Any], values: dict[str, Any]) -> None:
    """Make the row with that primary key have these values, whether it was there or not."""
    connection = session.connection()
    connection.execute(upsert(connection.dialect.name, table, tuple(key), tuple(values)), key | values)


@cache
def upsert(dialect: str, table: type[Table], key: tuple[str, ...], values: tuple[str, ...]) -> Executable:
    """As `put`, of as many rows as it is run with; made once for each use: making it takes longer than running it."""
    made = insert_of(dialect, table)
    return made.on_conflict_do_update(index_elements=key, set_={name: made.excluded[name] for name in values})
