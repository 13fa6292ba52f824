"""Rows as lines of JSON, and back, whatever database they are in: what is kept of one can be restored in another."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any, Final, TypeAlias

from sqlalchemy import Column, ColumnElement, LargeBinary, Uuid, select
from sqlalchemy import Table as Rows
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from grader.service.store.columns import Choice, Choices, Data, Moment, Points

#: one row by column, as the database layer takes and gives it
Row: TypeAlias = Mapping[str, Any]
_AT_ONCE: Final = 500
#: our columns say the same to every database
_ANY: Final = sqlite.dialect()


def lines_of(
    session: Session, table: Rows, *, without: frozenset[str] = frozenset(), where: ColumnElement[bool] | None = None
) -> Iterator[str]:
    """Every row of a table for which that holds, in the order of its key, without those columns."""
    columns = [column for column in table.columns if column.name not in without]
    asked = select(*columns).order_by(*table.primary_key.columns)
    found = session.connection().execute(asked if where is None else asked.where(where))
    for row in found.yield_per(_AT_ONCE):
        values = {column.name: _plain(column, value) for column, value in zip(columns, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def row_of(table: Rows, line: str) -> Row:
    """The row that a line says. Raises ValueError for a line of no row of this table."""
    said = json.loads(line)
    if not isinstance(said, dict) or not said.keys() <= set(table.columns.keys()):
        raise ValueError(f"{table.name}: {line[:80]!r} is no row of it.")
    return {name: _meant(table.columns[name], value) for name, value in said.items()}


def _plain(column: Column[Any], value: Any) -> Any:
    """A value as JSON has it."""
    match column.type:
        case _ if value is None:
            return None
        case Moment():
            return value.isoformat()
        case Points() | Uuid():
            return str(value)
        case LargeBinary():
            return base64.b64encode(value).decode()
        case Data() | Choices() as data:
            return data.process_bind_param(value, _ANY)
        case _:
            return value


def _meant(column: Column[Any], value: Any) -> Any:
    """And back."""
    match column.type:
        case _ if value is None:
            return None
        case Moment():
            return datetime.fromisoformat(value)
        case Points():
            return Fraction(value)
        case Choice() as choice:
            return choice.kind(value)
        case Uuid():
            return uuid.UUID(value)
        case LargeBinary():
            return base64.b64decode(value, validate=True)
        case Data() | Choices() as data:
            return data.process_result_value(value, _ANY)
        case _:
            return value
