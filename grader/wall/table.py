"""Tables: what a DataFrame, a Series or an Index is when it has crossed the wall, and records: what a dataclass or a
named tuple is.

Exists in the room as well, so it imports only NumPy and the standard library. Nothing here knows pandas; how its
objects become tables, in the room, is `pandas_table.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Self, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

MAX_ROWS: Final = 1_000_000
MAX_COLUMNS: Final = 1_000
MAX_TEXTS: Final = 250_000  # of all tables in one frame; each becomes a text of Python's
MAX_DTYPE: Final = 80

#: what a column holds: an array of numbers, truths or moments; texts; places in `categories`; or any other values
Form: TypeAlias = Literal["numbers", "texts", "categories", "values"]
Kind: TypeAlias = Literal["frame", "series", "index", "array"]
KINDS: Final = get_args(Kind)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Column:
    """One column of n entries: `data` (n,), read-only, and where it is `missing` (n,), None if that is nowhere.

    `dtype` is its name in the room, as "datetime64[ns, Europe/Berlin]", of which `data` has the moments in UTC. Where
    entries are missing, `data` has NaN, NaT, "", None or -1. Of `categories`, `data` are places counted from 0.
    """

    form: Form
    dtype: str
    data: npt.NDArray[Any]
    missing: npt.NDArray[np.bool_] | None = None
    categories: Column | None = None
    ordered: bool = False

    def __len__(self) -> int:
        return len(self.data)

    @property
    def absent(self) -> npt.NDArray[np.bool_]:
        """Where an entry is missing (n,), however that is spelled."""
        found = np.zeros(len(self.data), np.bool_) if self.missing is None else self.missing
        return found | np.isnat(self.data) if self.data.dtype.kind in "mM" else found | _nan(self.data)

    @property
    def entries(self) -> list[Any]:
        """Its entries as plain Python objects, a moment as NumPy has it, a category as what it stands for, None where
        one is missing."""
        given = self.data if self.categories is None else _looked_up(self.categories.entries, self.data)
        plain = list(given) if self.data.dtype.kind in "mM" else given.tolist()
        return [None if gone else each for each, gone in zip(plain, self.absent, strict=True)]

    @property
    def array(self) -> npt.NDArray[Any]:
        """Its entries (n,) as an array: numbers that are missing as NaN, everything else as None."""
        if self.form != "numbers" or (self.missing is not None and self.data.dtype.kind == "b" and self.absent.any()):
            return _objects(self.entries)
        if self.missing is None or not self.missing.any():
            return np.asarray(self.data)
        copy = self.data.astype(self.data.dtype if self.data.dtype.kind in "fc" else np.float64)
        copy[self.missing] = np.nan
        return copy

    def form_of(self, form: Callable[[Any], Hashable]) -> Hashable:
        """The column as a key: equal where dtype and every entry are, of values as `form` tells them apart."""
        whole = self.categories.form_of(form) if self.categories else None
        held = tuple(map(form, self.data.tolist())) if self.data.dtype == object else self.data.tobytes()
        gone = None if self.missing is None else self.missing.tobytes()
        return self.form, self.dtype, self.data.dtype.str, held, gone, whole, self.ordered


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Table:
    """A DataFrame, a Series, an Index or an array of pandas: columns with their names, and of the first two an index.

    A Series has one column, an Index one for each level. Names need not differ.
    """

    kind: Kind
    names: tuple[Any, ...]
    columns: tuple[Column, ...]
    index: tuple[Column, ...] = ()
    index_names: tuple[Any, ...] = ()

    def __len__(self) -> int:
        """How many rows it has."""
        return next(map(len, (*self.columns, *self.index)), 0)

    def __getitem__(self, name: Hashable) -> npt.NDArray[Any]:
        """The first column of that name as an array, as `Column.array` says. Raises KeyError if there is none."""
        return self.column(name).array

    def __contains__(self, name: Hashable) -> bool:
        return name in self.names

    def column(self, name: Hashable) -> Column:
        """The first column of that name. Raises KeyError if there is none."""
        if name not in self.names:
            raise KeyError(name)
        return self.columns[self.names.index(name)]

    @property
    def labels(self) -> list[Any]:
        """What each row is called: its entry in the index, a tuple where there are several levels."""
        if not self.index:
            return list(range(len(self)))
        if len(self.index) == 1:
            return self.index[0].entries
        return list(zip(*(level.entries for level in self.index), strict=True))

    @property
    def everything(self) -> tuple[Column, ...]:
        """All columns, those of the index last."""
        return *self.columns, *self.index

    @property
    def size(self) -> int:
        """How many entries it has in all, its categories included."""
        parts = [*self.everything, *(each.categories for each in self.everything if each.categories)]
        return sum(map(len, parts))

    def form_of(self, form: Callable[[Any], Hashable]) -> Hashable:
        """The table as a key: equal where kind, names, index, dtypes and every entry are."""
        names = [tuple(map(form, each)) for each in (self.names, self.index_names)]
        return self.kind, *names, *(each.form_of(form) for each in self.everything), len(self.columns)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Record:
    """An instance of a dataclass: the name of its class, and its fields in order."""

    type: str
    fields: dict[str, Any]


class NamedValues(tuple[Any, ...]):
    """A named tuple: a tuple to whoever compares it, which knows the name of its class and of its fields in order.

    Claims and readings have its fields as attributes: `answer.slope`. What is ours begins with `_`, as no field does.
    """

    _name: str
    _fields: tuple[str, ...]

    def __new__(cls, name: str, fields: Sequence[str], values: Iterable[Any]) -> Self:
        made = super().__new__(cls, values)
        made.__dict__.update(zip(fields, made, strict=True))
        made._name, made._fields = name, tuple(fields)
        return made

    def _holding(self, values: Iterable[Any]) -> Self:
        """One of the same names with these values in it."""
        return type(self)(self._name, self._fields, values)

    def __repr__(self) -> str:
        return f"{self._name}({', '.join(f'{name}={value!r}' for name, value in zip(self._fields, self, strict=True))})"


def are_fields(names: object) -> bool:
    """Whether a named tuple may have fields of these names, in a tuple: words that differ and begin with a letter."""
    if not isinstance(names, tuple) or not all(isinstance(each, str) and len(each) <= MAX_DTYPE for each in names):
        return False
    return len(set(names)) == len(names) and all(each.isidentifier() and each[0] != "_" for each in names)


def numbers(data: npt.ArrayLike, dtype: str | None = None, missing: npt.ArrayLike | None = None) -> Column:
    """A column of numbers, truths or moments; its dtype is that of the array, unless another is named."""
    held = np.asarray(data)
    held = np.array(held, dtype=held.dtype.newbyteorder("<"), order="C", copy=True)
    return Column(form="numbers", dtype=dtype or held.dtype.name, data=_frozen(held), missing=_mask(missing))


def texts(given: Sequence[str | None], dtype: str = "str") -> Column:
    """A column of texts, with None where one is missing."""
    held = _objects(["" if each is None else each for each in given])
    return Column(form="texts", dtype=dtype, data=_frozen(held), missing=_mask([each is None for each in given]))


def others(given: Sequence[Any], dtype: str, missing: npt.ArrayLike) -> Column:
    """A column of any other values."""
    return Column(form="values", dtype=dtype, data=_frozen(_objects(given)), missing=_mask(missing))


def places(data: npt.ArrayLike, categories: Column, *, ordered: bool) -> Column:
    """A column of categories, by their places; -1 where one is missing."""
    held = np.array(data, dtype=np.int32)
    gone = _mask(held < 0)
    return Column(
        form="categories",
        dtype="category",
        data=_frozen(held),
        missing=gone,
        categories=categories,
        ordered=ordered,
    )


def _nan(data: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    return np.isnan(data) if data.dtype.kind in "fc" else np.zeros(len(data), np.bool_)


def _looked_up(entries: Sequence[Any], where: npt.NDArray[Any]) -> npt.NDArray[Any]:
    found: npt.NDArray[Any] = _objects([*entries, None])[where]  # the last one is at -1
    return found


def _objects(given: Sequence[Any]) -> npt.NDArray[Any]:
    """(n,) of the objects themselves: `np.array` would look into lists among them."""
    made = np.empty(len(given), object)
    for place, each in enumerate(given):
        made[place] = each
    return made


def _mask(given: npt.ArrayLike | None) -> npt.NDArray[np.bool_] | None:
    mask = None if given is None else np.array(given, np.bool_)
    return None if mask is None or not mask.any() else _frozen(mask)


def _frozen(data: npt.NDArray[Any]) -> npt.NDArray[Any]:
    data.flags.writeable = False
    return data
