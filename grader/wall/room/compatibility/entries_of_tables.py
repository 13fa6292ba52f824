"""What entries of pandas' tables were before pandas 3: found by their place, of any kind. Lives in the room.

pandas asks itself many of these questions too, and hears what it has today: only code of a notebook is answered
otherwise, directly or through the calls by which pandas carries out what that code asked for.
"""

from __future__ import annotations

import functools
import inspect
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from grader.wall.room.compatibility.data_tables import (
    AT_PLACE,
    NUMBERS_AND_TRUTHS,
    OF_A_YEAR,
    OTHER_KIND,
    REPLACED_ALL,
    TEXT_IS_OBJECT,
)
from grader.wall.room.compatibility.gone import Note, by_notebook, is_library

#: kinds of labels that are numbers, so that a number is never a place
_NUMBERED = ("integer", "floating", "mixed-integer", "mixed-integer-float", "complex", "boolean")
_COMPARING = ("comp_method_OBJECT_ARRAY", "comparison_op")


def adapt_entries(pandas: Any, note: Note) -> None:
    """Have tables of pandas give and take entries as they did."""
    asked = functools.partial(by_notebook, through=(f"{Path(pandas.__file__).parent}/",))
    series, frame = pandas.Series, pandas.DataFrame
    series.__getitem__ = _by_place(series.__getitem__, asked, note)
    series.__setitem__ = _into_place(series.__setitem__, asked, note)
    frame.__getitem__ = _rows_of_a_year(pandas, frame.__getitem__, asked, note)
    for kind in (series, frame):
        kind.replace = _inferred(kind.replace, asked, note)
        kind.to_numpy = _writable(kind.to_numpy, asked, note)
        kind.__array__ = _writable(kind.__array__, asked, note)
        kind.values = property(_writable(kind.values.fget, asked, note), doc=kind.values.__doc__)
    _adapt_kinds(sys.modules["pandas.core.internals.blocks"], asked, note)
    _adapt_text(pandas, asked, note)


Asked = Callable[[types.FrameType | None], bool]
Method = Callable[..., Any]


def _is_place(index: Any, key: Any) -> bool:
    if isinstance(key, list | np.ndarray):
        return len(key) > 0 and all(_is_place(index, each) for each in key)
    whole = isinstance(key, int | np.integer) and not isinstance(key, bool)
    return whole and index.nlevels == 1 and index.inferred_type not in _NUMBERED


def _by_place(method: Method, asked: Asked, note: Note) -> Method:
    @functools.wraps(method)
    def getitem(series: Any, key: Any) -> Any:
        try:
            return method(series, key)
        except KeyError:
            if not _is_place(series.index, key) or not asked(sys._getframe(1)):
                raise
        note(AT_PLACE.notice)
        return series.iloc[key]

    return getitem


def _into_place(method: Method, asked: Asked, note: Note) -> Method:
    @functools.wraps(method)
    def setitem(series: Any, key: Any, value: Any) -> None:
        if not isinstance(key, int | np.integer) or not _is_place(series.index, key) or key in series.index:
            return method(series, key, value)  # type: ignore[no-any-return]
        if not asked(sys._getframe(1)):
            return method(series, key, value)  # type: ignore[no-any-return]
        note(AT_PLACE.notice)
        series.iloc[key] = value
        return None

    return setitem


def _rows_of_a_year(pandas: Any, method: Method, asked: Asked, note: Note) -> Method:
    @functools.wraps(method)
    def getitem(table: Any, key: Any) -> Any:
        try:
            return method(table, key)
        except KeyError:
            dated = isinstance(table.index, pandas.DatetimeIndex) and isinstance(key, str)
            if not dated or not asked(sys._getframe(1)):
                raise
            try:
                rows = table.loc[key]
            except (KeyError, ValueError):
                rows = None
            if rows is None:
                raise
        note(OF_A_YEAR.notice)
        return rows

    return getitem


def _inferred(method: Method, asked: Asked, note: Note) -> Method:
    """Texts of which all were replaced by numbers are numbers."""

    @functools.wraps(method)
    def replace(table: Any, *args: Any, **named: Any) -> Any:
        before = table.dtypes
        result = method(table, *args, **named)
        after = table if named.get("inplace") else result
        if not asked(sys._getframe(1)) or not _turned_to_objects(before, after.dtypes):
            return result
        inferred = after.infer_objects()
        if not np.any(np.asarray(inferred.dtypes != after.dtypes)):
            return result
        note(REPLACED_ALL.notice)
        if not named.get("inplace"):
            return inferred
        table._update_inplace(inferred)
        return result

    return replace


def _turned_to_objects(before: Any, after: Any) -> bool:
    """Whether a column of texts holds something else by now."""
    pairs = zip(np.atleast_1d(np.asarray(before)), np.atleast_1d(np.asarray(after)), strict=False)
    return any(is_now == np.dtype(object) and was.kind == "O" for was, is_now in pairs)


def _writable(method: Method, asked: Asked, note: Note) -> Method:
    """An array of a notebook's own, where pandas would lend one that cannot be written; texts as plain objects."""

    @functools.wraps(method)
    def values(table: Any, *args: Any, **named: Any) -> Any:
        found = method(table, *args, **named)
        if not asked(sys._getframe(1)):
            return found
        if isinstance(found, np.ndarray) and found.dtype == object and _are_numbers(table):
            note(NUMBERS_AND_TRUTHS.notice)
            return found.astype(float)
        if not isinstance(found, np.ndarray):
            return np.array(found, dtype=object) if _is_text(getattr(found, "dtype", None)) else found
        return found if found.flags.writeable else found.copy()

    return values


def _are_numbers(table: Any) -> bool:
    """Whether columns of numbers and of truths lie beside one another, the truths of `get_dummies` among them."""
    kinds = {getattr(each, "kind", "O") for each in np.atleast_1d(np.asarray(table.dtypes, dtype=object))}
    return "b" in kinds and len(kinds) > 1 and kinds <= set("biuf")


def _is_text(dtype: Any) -> bool:
    """Whether the dtype is the one that texts have had since pandas 3, if nothing else was asked for."""
    return type(dtype).__name__ == "StringDtype" and isinstance(dtype.na_value, float)


def _adapt_kinds(blocks: Any, asked: Asked, note: Note) -> None:
    """Have a column take entries of another kind, and become one that holds both."""
    coerce = blocks.Block.coerce_to_target_dtype

    @functools.wraps(coerce)
    def coerced(block: Any, other: Any, raise_on_upcast: bool = False) -> Any:
        try:
            return coerce(block, other, raise_on_upcast)
        except TypeError:
            if not raise_on_upcast or not asked(sys._getframe(1)):
                raise
        note(OTHER_KIND.notice)
        return coerce(block, other, False)

    if "raise_on_upcast" in coerce.__code__.co_varnames:
        blocks.Block.coerce_to_target_dtype = coerced
    for name in ("setitem", "putmask"):
        setattr(blocks.EABackedBlock, name, _of_objects(getattr(blocks.EABackedBlock, name), asked, note))


def _of_objects(method: Method, asked: Asked, note: Note) -> Method:
    @functools.wraps(method)
    def changed(block: Any, *args: Any, **named: Any) -> Any:
        try:
            return method(block, *args, **named)
        except TypeError:
            if not _is_text(block.dtype) or not asked(sys._getframe(1)):
                raise
        note(OTHER_KIND.notice)
        call = inspect.signature(method).bind(block, *args, **named).arguments
        if (mask := call.get("mask")) is not None:  # a block of objects has two axes, of texts one
            call["mask"] = np.reshape(mask, (-1, 1)) if block.ndim > 1 else mask
        del call["self"]
        return getattr(block.astype(np.dtype(object)), method.__name__)(**call)

    return changed


def _adapt_text(pandas: Any, asked: Asked, note: Note) -> None:
    """Have texts be objects where a notebook asks whether they are."""
    kind = pandas.StringDtype
    equal = kind.__eq__

    def says_object(dtype: Any, other: Any, frame: types.FrameType | None) -> bool:
        is_object = (
            other is object or other is np.object_ or (isinstance(other, str | np.dtype) and other in ("object", "O"))
        )
        if not is_object or not _is_text(dtype) or frame is None:
            return False
        compared = frame.f_code.co_name in _COMPARING
        if not (asked(frame) if compared else not is_library(frame)):
            return False
        note(TEXT_IS_OBJECT.notice)
        return True

    kind.__eq__ = lambda dtype, other: says_object(dtype, other, sys._getframe(1)) or equal(dtype, other)
    kind.__ne__ = lambda dtype, other: not (says_object(dtype, other, sys._getframe(1)) or equal(dtype, other))
