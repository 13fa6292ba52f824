"""Values as an author writes and draws them, without the library that has them: tables, tensors and formulas, as
`frame({"age": [31, None], "name": ["Ada", "Bob"]})`. A room makes of them what they stand for.

Of tables, claims and readings take columns as arrays: `answer["age"]`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.wall.formula import CONSTANTS, FUNCTIONS, Formula, read
from grader.wall.table import Column, Table, numbers, others, places, texts
from grader.wall.values import Array, array, freeze

#: what a column is written as: an array, a list with None where an entry is missing, or `category(...)`
Entries: TypeAlias = "Sequence[Any] | npt.NDArray[Any] | Column"


def frame(columns: Mapping[str, Entries], index: Entries | None = None) -> Table:
    """A DataFrame; its rows are called 0, 1, ... unless there is an `index`. Raises ValueError for columns of different
    lengths, or of what cannot cross the wall."""
    made = {name: column(entries) for name, entries in columns.items()}
    lengths = {name: len(each) for name, each in made.items()}
    if len({*lengths.values(), *([] if index is None else [len(index)])}) > 1:
        raise ValueError(f"frame: its columns and index are of different lengths, {lengths}")
    rows = next(iter(lengths.values()), 0)
    return Table(
        kind="frame",
        names=tuple(made),
        columns=tuple(made.values()),
        index=(column(np.arange(rows) if index is None else index),),
        index_names=(None,),
    )


def series(entries: Entries, name: str | None = None, index: Entries | None = None) -> Table:
    """A Series. Raises ValueError as `frame` does."""
    made = column(entries)
    if index is not None and len(index) != len(made):
        raise ValueError(f"series: {len(made)} entries have an index of {len(index)}")
    called = column(np.arange(len(made)) if index is None else index)
    return Table(kind="series", names=(name,), columns=(made,), index=(called,), index_names=(None,))


def category(entries: Sequence[str | None], categories: Sequence[str], *, ordered: bool = False) -> Column:
    """A column of categories. Raises ValueError for an entry that is none of them."""
    where = {each: place for place, each in enumerate(categories)} | {None: -1}
    if strange := [each for each in entries if each not in where]:
        raise ValueError(f"category: {strange[0]!r} is none of {list(categories)}")
    return places([where[each] for each in entries], texts(categories), ordered=ordered)


def frames(
    columns: Mapping[str, SearchStrategy[Any]], *, min_rows: int = 1, max_rows: int = 6
) -> SearchStrategy[Table]:
    """Drawn DataFrames with an entry of each strategy in every row; where None is drawn, the entry is missing."""
    rows = st.lists(st.tuples(*columns.values()), min_size=min_rows, max_size=max_rows)
    return rows.map(lambda drawn: frame({name: [row[n] for row in drawn] for n, name in enumerate(columns)}))


def column(entries: Entries) -> Column:
    """One column: of texts, moments or numbers if all of its entries are some or missing, else of any values."""
    if isinstance(entries, Column):
        return entries
    if isinstance(entries, np.ndarray):
        return numbers(array(entries).data)
    present = [each for each in entries if each is not None]
    if all(isinstance(each, str) for each in present) and present:
        return texts(entries)
    if all(isinstance(each, date | np.datetime64) for each in present) and present:
        return numbers(np.array(["NaT" if each is None else each for each in entries], "<M8[us]"))
    if len(present) == len(entries) and len({type(each) for each in present}) == 1 and _is_number(present[0]):
        return numbers(np.array(entries))
    if all(_is_number(each) and type(each) is not bool for each in present):
        return numbers(np.array([np.nan if each is None else each for each in entries], np.float64))
    return others([freeze(each) for each in entries], "object", [each is None for each in entries])


def _is_number(entry: object) -> bool:
    return isinstance(entry, bool | int | float)


def tensor(data: npt.ArrayLike) -> Array:
    """A tensor of these numbers, an argument of a function: of single precision if they have decimals, as torch has
    them. Where a strategy draws arrays, `.map(tensor)` makes tensors of them.

    Raises ValueError for what is no numbers.
    """
    found = np.asarray(data)
    single = found.astype(np.float32) if found.dtype.kind == "f" else found
    return array(single, "tensor")


def formula(source: str) -> Formula:
    """An expression with symbols, which student code gets as one of SymPy: the lab says `runtime="sympy"`.

    Names are symbols, but for `pi`, `E`, `I`, `oo` and functions as `sin`. Raises ValueError for another text.
    """
    try:
        read(source)
    except ValueError as error:
        known = ", ".join((*CONSTANTS, *FUNCTIONS, "Piecewise"))
        raise ValueError(f"formula: {source[:80]!r} is none ({error}). Beside symbols there are {known}.") from None
    return Formula(source)
