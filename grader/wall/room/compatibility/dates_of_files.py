"""Dates that `pd.read_csv` read by a function of the notebook, until pandas 3. Lives in the room.

Nothing else about tables: their other calls are adapted in `frames.py`, which leads here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

Read = Callable[..., Any]
Parse = Callable[..., Any] | None


def with_parser(read: Read, parse: Parse, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """The table that `read` reads, with the columns that `parse_dates` names as `parse` makes dates of their texts."""
    if parse is None:
        return read(*args, **named)
    asked = named.get("parse_dates", False)
    rest = {name: value for name, value in named.items() if name != "parse_dates"}
    index = rest.get("index_col")
    wanted = _columns([index] if asked is True and index is not None else asked)
    texts = dict.fromkeys((each for group in wanted.values() for each in group), str)
    table = read(*args, **{**rest, "converters": {**texts, **(rest.get("converters") or {})}})
    for name, group in wanted.items():
        if group == [index]:
            table.index = _parsed(parse, [table.index]).rename(table.index.name)
            continue
        names = [each if each in table else table.columns[each] for each in group]
        dates = _parsed(parse, [table[each] for each in names])
        if len(group) == 1:
            table[names[0]] = dates
        else:
            table = table.drop(columns=names)
            table.insert(0, name if isinstance(name, str) else "_".join(names), dates)
    return table


def _columns(asked: Any) -> dict[Any, list[Any]]:
    """The columns that become one of dates, by its name; by a number where it takes theirs."""
    if isinstance(asked, dict):
        return {name: list(group) for name, group in asked.items()}
    groups = asked if isinstance(asked, list | tuple) else []
    return {at: list(each) if isinstance(each, list | tuple) else [each] for at, each in enumerate(groups)}


def _parsed(parse: Callable[..., Any], columns: Sequence[Any]) -> Any:
    """Dates of all texts at once, or of one after the other where the function takes no columns."""
    to_datetime = sys.modules["pandas"].to_datetime
    try:
        return to_datetime(parse(*(column.to_numpy() for column in columns)))
    except Exception:
        return to_datetime([parse(" ".join(row)) for row in zip(*columns, strict=True)])
