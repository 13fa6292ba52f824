"""Whether two tables agree, and in what they differ: columns, rows, index, dtypes, then entries. No pandas, no student.

What near numbers and equal values are, `compare.py` says, which also knows what else a value can be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.messages import Message, counted, joined, say
from grader.wall.table import Column, Table
from grader.wall.values import Value

Flags: TypeAlias = npt.NDArray[np.bool_]
#: parts of an answer that one sentence names
MOST_NAMED = 12
_MOST_ENTRY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabular:
    """How tables are compared: what of them counts beside their entries.

    `dtypes`: each is exactly the one that is asked for, int32 another than int64; without, numbers are numbers, but
    never text, moments or categories. `names`: what an index and a Series are called. Where `row_order` does not
    count, neither does the index.
    """

    dtypes: bool = False
    index: bool = True
    names: bool = True
    column_order: bool = True
    row_order: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """What comparing tables takes: `near` of two arrays, `same` of two values; whether values may be quoted."""

    tabular: Tabular
    near: Callable[[npt.NDArray[Any], npt.NDArray[Any]], Flags]
    same: Callable[[Value, Value], bool]
    more_columns: bool
    tells: bool


def tables_differ(got: Table, asked: Table, how: Comparing) -> Message | None:
    """What is different about `got`; None if the two agree."""
    if got.kind != asked.kind:
        return say("other_form", got=describe_table(got), asked=describe_table(asked))
    if asked.kind == "frame" and (detail := _columns_differ(got, asked, how)) is not None:
        return detail
    if len(got) != len(asked):
        return say("other_rows", got=counted(len(got), "row"), asked=len(asked))
    if asked.kind == "index" and len(got.columns) != len(asked.columns):
        return say("index_levels", got=counted(len(got.columns), "level"), asked=len(asked.columns))
    differs = _index_differs if how.tabular.row_order else _name_differs
    if (detail := differs(got, asked, how)) is not None:
        return detail
    if not how.tabular.row_order:
        got, asked = _sorted(got, asked.names), _sorted(asked, asked.names)
    return _in_all(asked, list(_by_column(got, asked, how)))


def describe_table(table: Table) -> Message:
    """A table in words, without its entries."""
    rows = counted(len(table), "row")
    match table.kind:
        case "frame":
            return say("a_frame", rows=rows, columns=counted(len(table.columns), "column"))
        case "series":
            return say("a_series", values=counted(len(table), "value"))
        case "index":
            return say("an_index", values=counted(len(table), "value"))
        case "array":
            return say("a_pandas_array", values=counted(len(table), "value"))


def first_and_others(
    first: Message, wrong: Sequence[str], right: Sequence[str], elsewhere: Sequence[str] = ()
) -> Message:
    """What is wrong with the first of several named parts, and which others are wrong, here or elsewhere, and right."""
    said = [first]
    if wrong:
        said.append(say("wrong_as_well", names=listed(wrong)))
    if elsewhere:
        said.append(say("wrong_elsewhere", names=listed(elsewhere)))
    if right:
        said.append(say("right_parts", names=listed(right)))
    return joined(*said)


def listed(names: Sequence[str]) -> str:
    """Names in a row, of many only the first."""
    return ", ".join(names[:MOST_NAMED]) + (", \N{HORIZONTAL ELLIPSIS}" if len(names) > MOST_NAMED else "")


def _columns_differ(got: Table, asked: Table, how: Comparing) -> Message | None:
    mine, wanted = Counter(map(repr, got.names)), Counter(map(repr, asked.names))
    if missing := list((wanted - mine).elements()):
        return say("no_column", column=missing[0], columns=listed(list(map(repr, got.names))))
    if (more := list((mine - wanted).elements())) and not how.more_columns:
        twice = more[0] in wanted
        return say("column_twice", column=more[0]) if twice else say("more_columns", column=more[0])
    kept = [name for name in got.names if repr(name) in wanted]
    if how.tabular.column_order and list(map(repr, kept)) != list(map(repr, asked.names)):
        return say("column_order", got=listed(list(map(repr, kept))), asked=listed(list(map(repr, asked.names))))
    return None


def _index_differs(got: Table, asked: Table, how: Comparing) -> Message | None:
    if asked.kind in ("index", "array") or not how.tabular.index:
        return _name_differs(got, asked, how)
    if len(got.index) != len(asked.index):
        return say("index_levels", got=counted(len(got.index), "level"), asked=len(asked.index))
    for mine, wanted in zip(got.index, asked.index, strict=True):
        if (wrong := _wrong(mine, wanted, how)) is None:
            return say("index_dtype", got=mine.dtype, asked=wanted.dtype)
        if wrong.any():
            place = int(np.argmax(wrong))
            if not how.tells:
                return say("index_differs", place=place + 1)
            return say("index_is", place=place + 1, got=_entry(mine, place), asked=_entry(wanted, place))
    if how.tabular.names and got.index_names != asked.index_names:
        return say("index_names", got=listed(_named(got.index_names)), asked=listed(_named(asked.index_names)))
    return _name_differs(got, asked, how)


def _name_differs(got: Table, asked: Table, how: Comparing) -> Message | None:
    if asked.kind not in ("series", "index") or not how.tabular.names or got.names == asked.names:
        return None
    return say("table_name", got=listed(_named(got.names)), asked=listed(_named(asked.names)))


def _named(names: Sequence[Any]) -> list[str]:
    return list(map(repr, names))


def _by_column(got: Table, asked: Table, how: Comparing) -> Iterator[Message | None]:
    """For each column that is asked for, in what it differs."""
    left = [(repr(name), column) for name, column in zip(got.names, got.columns, strict=True)]
    for place, wanted in enumerate(asked.columns):
        if asked.kind == "frame":  # of several columns with one name, the first that is left
            at = next(n for n, (name, _) in enumerate(left) if name == repr(asked.names[place]))
            mine = left.pop(at)[1]
        else:
            mine = got.columns[place]
        yield _column_differs(mine, wanted, _Place(asked, place), how)


@dataclass(frozen=True, slots=True)
class _Place:
    """A column of a table, for sentences about it."""

    table: Table
    place: int

    @property
    def name(self) -> str:
        return repr(self.table.names[self.place])

    def row(self, number: int) -> str:
        label = self.table.labels[number]
        return _short(label)


def _column_differs(mine: Column, wanted: Column, place: _Place, how: Comparing) -> Message | None:
    wrong = _wrong(mine, wanted, how)
    if wrong is None and wanted.form == "texts" and not how.tabular.dtypes:  # a number filled in where there is none
        wrong = filled if (filled := np.asarray(mine.absent != wanted.absent)).any() else None
    if wrong is None:
        return say("column_dtype", column=place.name, got=mine.dtype, asked=wanted.dtype)
    if wanted.ordered != mine.ordered and (wanted.ordered or how.tabular.dtypes):
        return (
            say("column_ordered", column=place.name) if wanted.ordered else say("column_unordered", column=place.name)
        )
    if not wrong.any():
        return None
    number, count = int(np.argmax(wrong)), int(np.count_nonzero(wrong))
    if not how.tells:
        return say("cells_differ", column=place.name, row=place.row(number), wrong=count, all=len(wrong))
    got, asked = _entry(mine, number), _entry(wanted, number)
    return say("cell_is", column=place.name, row=place.row(number), got=got, asked=asked, wrong=count, all=len(wrong))


def _in_all(asked: Table, details: Sequence[Message | None]) -> Message | None:
    names = _named(asked.names)
    wrong = [(name, detail) for name, detail in zip(names, details, strict=True) if detail is not None]
    if not wrong:
        return None
    right = [name for name, detail in zip(names, details, strict=True) if detail is None]
    return first_and_others(wrong[0][1], [name for name, _ in wrong[1:]], right)


def _wrong(mine: Column, wanted: Column, how: Comparing) -> Flags | None:
    """Which entries differ; None if the columns are of kinds that cannot be compared."""
    if how.tabular.dtypes and _spelling(mine) != _spelling(wanted):
        return None
    gone, none = mine.absent, wanted.absent
    apart = np.asarray(gone != none)
    both = ~(gone | none)
    if not both.any() and not how.tabular.dtypes:
        return apart
    if _kind(mine) != _kind(wanted):
        return None
    apart[both] = ~_equal(mine, wanted, both, how)
    return apart


def _equal(mine: Column, wanted: Column, where: Flags, how: Comparing) -> Flags:
    """Which of the entries that both have are equal."""
    if wanted.form == "numbers":
        one, other = mine.data[where], wanted.data[where]
        return how.near(one, other) if wanted.data.dtype.kind in "iufc" else np.asarray(one == other)
    if wanted.form == "texts":
        return np.asarray(mine.data[where] == wanted.data[where], np.bool_)
    pairs = zip(np.flatnonzero(where), [*_at(mine, where)], [*_at(wanted, where)], strict=True)
    return np.array([how.same(one, other) for _, one, other in pairs], np.bool_)


def _at(column: Column, where: Flags) -> Iterator[Any]:
    return (each for each, here in zip(column.entries, where, strict=True) if here)


def _kind(column: Column) -> str:
    if column.form != "numbers":
        return column.form
    kind = column.data.dtype.kind
    return "real" if kind in "iuf" else kind


def _spelling(column: Column) -> str:
    """The dtype by name; what pandas calls text has had several."""
    return "str" if column.form == "texts" else column.dtype


def _entry(column: Column, place: int) -> str:
    return _short(_taken(column, np.array([place])).entries[0])


def _short(entry: Any) -> str:
    """An entry within a sentence."""
    match entry:
        case None:
            return "NA"
        case float():
            return f"{entry:.6g}"
        case np.datetime64() | np.timedelta64():
            return str(entry)
        case tuple():
            return "(" + ", ".join(map(_short, entry)) + ")"
        case _:
            text = repr(entry)
            return text if len(text) <= _MOST_ENTRY else text[: _MOST_ENTRY - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _taken(column: Column, order: npt.NDArray[Any]) -> Column:
    """The entries at these places."""
    missing = None if column.missing is None else column.missing[order]
    return replace(column, data=column.data[order], missing=missing)


def _sorted(table: Table, names: Sequence[Any]) -> Table:
    """The table with its rows in an order that their entries decide, those of a frame's columns with these `names`."""
    wanted = set(map(repr, names)) if table.kind == "frame" else set(map(repr, table.names))
    keys = zip(
        *(map(_short, c.entries) for n, c in zip(table.names, table.columns, strict=True) if repr(n) in wanted),
        strict=True,
    )
    order = np.array([place for _, place in sorted((key, place) for place, key in enumerate(keys))], np.int64)
    columns = tuple(_taken(each, order) for each in table.columns)
    return replace(table, columns=columns, index=tuple(_taken(each, order) for each in table.index))
