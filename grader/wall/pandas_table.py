"""How objects of pandas become tables, and tables objects of pandas. Nothing here imports it: who has one has pandas.

Exists in the room as well, where both happen. A class is asked for what `type` says, which no object can forge; what a
subclass tells of itself is a claim like all that a room says.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from grader.message import say
from grader.wall.table import MAX_COLUMNS, MAX_DTYPE, MAX_ROWS, Column, Table, numbers, others, places, texts
from grader.wall.unsupported import UnsupportedValueError, kind_of


class Freezes(Protocol):
    """What freezes the parts of a table that are no arrays, and counts them."""

    def key(self, thing: Any) -> Any: ...
    def cell(self, thing: Any) -> Any: ...
    def text(self, thing: str) -> str: ...
    def count_texts(self, count: int) -> None: ...
    def count_arrays(self, count: int) -> None: ...
    def may_cross(self, dtype: np.dtype[Any]) -> bool: ...


def is_missing(kind: type) -> bool:
    """Whether an object of this class is the NA or the NaT of pandas."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and kind in (type(getattr(pandas, "NA", None)), type(getattr(pandas, "NaT", None)))


def is_table(kind: type) -> bool:
    """Whether objects of this class become tables."""
    pandas = sys.modules.get("pandas")
    if pandas is None or not hasattr(pandas, "DataFrame"):
        return False
    return issubclass(kind, pandas.DataFrame | pandas.Series | pandas.Index | pandas.api.extensions.ExtensionArray)


def table_of(thing: Any, freezes: Freezes) -> Table:
    """The table of such an object. Raises UnsupportedValueError if it is too large, or holds what cannot cross."""
    try:
        return _Reader(freezes).table(thing)
    except UnsupportedValueError:
        raise
    except Exception:  # a subclass with methods of its own, mostly
        raise UnsupportedValueError(kind_of(thing)) from None


class _Reader:
    def __init__(self, freezes: Freezes) -> None:
        self.pandas = sys.modules["pandas"]
        self.freezes = freezes

    def table(self, thing: Any) -> Table:
        pd, kind = self.pandas, type(thing)
        if issubclass(kind, pd.DataFrame):
            frame = thing if kind is pd.DataFrame else pd.DataFrame(thing)
            return self._frame(frame)
        if issubclass(kind, pd.Series):
            series = thing if kind is pd.Series else pd.Series(thing)
            names = (self.freezes.key(series.name),)
            return self._indexed("series", names, [series.array], series.index)
        if issubclass(kind, pd.Index):
            columns = [self._column(each) for each in _levels(thing)]
            return Table(kind="index", names=tuple(map(self.freezes.key, thing.names)), columns=tuple(columns))
        return Table(kind="array", names=(None,), columns=(self._column(thing),))

    def _frame(self, frame: Any) -> Table:
        if len(frame.columns) > MAX_COLUMNS:
            raise UnsupportedValueError(say("many_columns", most=f"{MAX_COLUMNS:,}"))
        arrays = [column.array for _, column in self.pandas.DataFrame.items(frame)]
        return self._indexed("frame", tuple(map(self.freezes.key, frame.columns)), arrays, frame.index)

    def _indexed(self, kind: Any, names: tuple[Any, ...], arrays: Sequence[Any], index: Any) -> Table:
        columns = [self._column(array) for array in arrays]
        levels = [self._column(level) for level in _levels(index)]
        called = tuple(map(self.freezes.key, index.names))
        return Table(kind=kind, names=names, columns=tuple(columns), index=tuple(levels), index_names=called)

    def _column(self, array: Any) -> Column:
        pd = self.pandas
        if type(array) is pd.arrays.NumpyExtensionArray:
            array = array.to_numpy()
        dtype = array.dtype
        if len(array) > MAX_ROWS:
            raise UnsupportedValueError(say("many_rows", most=f"{MAX_ROWS:,}"))
        self.freezes.count_arrays(3)
        name = str(dtype)[:MAX_DTYPE]
        if isinstance(dtype, pd.CategoricalDtype):
            return places(array.codes, self._column(array.categories.array), ordered=bool(array.ordered))
        if isinstance(dtype, pd.DatetimeTZDtype):
            return self._numbers(pd.DatetimeIndex(array).tz_convert(None).to_numpy(), name)
        if isinstance(dtype, pd.SparseDtype):
            return self._column(pd.array(np.asarray(array)))
        if isinstance(dtype, np.dtype) and dtype.kind != "O":
            return self._numbers(np.asarray(array), name)
        if isinstance(inner := getattr(dtype, "numpy_dtype", None), np.dtype) and inner.kind in "biufc":
            gone = np.asarray(array.isna())
            return self._numbers(array.to_numpy(dtype=inner, na_value=inner.type(0)), name, gone)
        return self._objects(np.asarray(array, dtype=object), name)

    def _numbers(self, data: npt.NDArray[Any], name: str, missing: npt.NDArray[np.bool_] | None = None) -> Column:
        if not self.freezes.may_cross(data.dtype):
            raise UnsupportedValueError(kind_of(data))
        return numbers(data, name, missing)

    def _objects(self, data: npt.NDArray[Any], name: str) -> Column:
        missing = np.asarray(self.pandas.isna(data))
        if all(gone or issubclass(type(each), str) for each, gone in zip(data, missing, strict=True)):
            self.freezes.count_texts(len(data))
            held = [None if gone else self.freezes.text(each) for each, gone in zip(data, missing, strict=True)]
            return texts(held, "str" if name == "object" else name)  # as pandas 2 calls text as well
        cells = [None if gone else self.freezes.cell(each) for each, gone in zip(data, missing, strict=True)]
        return others(cells, name, missing)


def _levels(index: Any) -> list[Any]:
    """The entries of an index, one array for each of its levels."""
    return [index.get_level_values(place).array for place in range(index.nlevels)]


def pandas_of(table: Table, thaw: Callable[[Any], Any]) -> Any:
    """The object of pandas that the table stands for; `thaw` makes its cells and names.

    Raises ImportError where pandas is not installed.
    """
    import pandas as pd  # type: ignore[import-untyped]  # in a room, and at home where students practise

    columns = [_thawed(pd, each, thaw) for each in table.columns]
    names = [thaw(each) for each in table.names]
    if table.kind == "array":
        return pd.Series(columns[0]).array
    if table.kind == "index":
        return _index(pd, columns, names)
    index = _index(pd, [_thawed(pd, each, thaw) for each in table.index], [thaw(each) for each in table.index_names])
    if table.kind == "series":
        return pd.Series(columns[0], index=index, name=names[0])
    frame = pd.DataFrame(dict(enumerate(columns)), index=index)
    frame.columns = pd.Index(names, dtype=None if names else object)
    return frame


def _index(pd: Any, levels: Sequence[Any], names: Sequence[Any]) -> Any:
    if len(levels) != 1:
        return pd.MultiIndex.from_arrays(levels, names=names)
    count = len(levels[0])
    if names[0] is None and levels[0].dtype == np.int64 and np.array_equal(levels[0], np.arange(count)):
        return pd.RangeIndex(count)  # as every frame has that nobody gave another
    return pd.Index(levels[0], name=names[0])


def _thawed(pd: Any, column: Column, thaw: Callable[[Any], Any]) -> Any:
    """The column as an array, of NumPy or of pandas."""
    gone = column.absent
    match column.form:
        case "categories":
            assert column.categories is not None
            labels = pd.Index(_thawed(pd, column.categories, thaw))
            return pd.Categorical.from_codes(column.data, labels, ordered=column.ordered)
        case "texts":
            held = [None if missing else each for each, missing in zip(column.data, gone, strict=True)]
            known = _dtype_of(pd, column.dtype) if column.dtype.startswith(("str", "object")) else None
            if isinstance(known, pd.api.extensions.ExtensionDtype):
                return pd.array(held, dtype=known)
            return pd.Series(held, dtype=known).array
        case "values":
            made = np.empty(len(column), object)
            for place, each in enumerate(column.data):
                made[place] = None if gone[place] else thaw(each)
            return made
        case "numbers":
            return _of_numbers(pd, column)


@cache
def _dtype_of(pd: Any, name: str) -> Any:
    """What a series of that dtype has: where pandas keeps texts in arrays of its own, these are made much faster."""
    return pd.Series([], dtype=name).dtype


def _of_numbers(pd: Any, column: Column) -> Any:
    data = column.data.copy()
    if column.dtype.startswith("datetime64[") and "," in column.dtype:
        zone = column.dtype.partition(",")[2].strip(" ]")
        return pd.DatetimeIndex(data).tz_localize("UTC").tz_convert(zone).array
    if column.dtype == data.dtype.name:
        return data
    made = pd.array(data, dtype=column.dtype)
    if column.missing is not None:
        made[column.missing] = pd.NA
    return made
