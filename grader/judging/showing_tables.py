"""Tables as one would type them: `pd.DataFrame({'a': [1, 2]})`. No judging here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from grader.wall.table import Column, Kind, Table

#: what pandas calls each kind
PANDAS: Final[dict[Kind, str]] = {"frame": "DataFrame", "series": "Series", "index": "Index", "array": "array"}
#: rows that are written out
MOST_ROWS: Final = 20


def as_pandas(table: Table) -> str:
    """The call that makes the table; of a long one, the first rows."""
    index = "" if _is_default(table) else f", index={_all(table.index)}"
    if table.kind == "frame":
        if len(set(table.names)) < len(table.names):
            rows = zip(*(map(_short, each.entries[:MOST_ROWS]) for each in table.columns), strict=True)
            listed = ", ".join(f"[{', '.join(row)}]" for row in rows)
            return f"pd.DataFrame([{listed}{_more(table)}], columns={list(table.names)!r}{index})"
        columns = ", ".join(f"{name!r}: {_column(each)}" for name, each in zip(table.names, table.columns, strict=True))
        return f"pd.DataFrame({{{columns}}}{index})"
    name = f", name={table.names[0]!r}" if table.kind != "array" and table.names and table.names[0] is not None else ""
    return f"pd.{PANDAS[table.kind]}({_all(table.columns)}{index}{name})"


def _is_default(table: Table) -> bool:
    return table.labels == list(range(len(table))) and table.index_names in ((), (None,))


def _all(columns: Sequence[Column]) -> str:
    if len(columns) == 1:
        return _column(columns[0])
    return f"pd.MultiIndex.from_arrays([{', '.join(map(_column, columns))}])"


def _column(column: Column) -> str:
    shown = column.entries[:MOST_ROWS]
    is_blank = column.form == "numbers" and column.data.dtype.kind == "f" and all(column.absent)
    # of None alone, pandas makes a column of objects
    entries = ["np.nan"] * len(shown) if is_blank else map(_short, shown)
    written = f"[{', '.join(entries)}{_more(column)}]"
    if column.form == "categories":
        return f"pd.Categorical({written})"
    if column.form == "numbers" and column.data.dtype.kind in "mM":
        return f"pd.{'to_datetime' if column.data.dtype.kind == 'M' else 'to_timedelta'}({written})"
    return written


def _more(held: Column | Table) -> str:
    return ", \N{HORIZONTAL ELLIPSIS}" if len(held) > MOST_ROWS else ""


def _short(entry: Any) -> str:
    if isinstance(entry, float):
        return repr(entry) if entry.is_integer() else f"{entry:.6g}"
    return f"'{entry}'" if isinstance(entry, np.datetime64 | np.timedelta64) else repr(entry)
