"""Whether two values agree, and in what they differ: shape first, then dtype, then finite masks, then numbers.

Trusted NumPy on plain data; nothing here has ever seen a student's object. Every comparison asks whether *all* entries
pass, so a NaN fails instead of slipping through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.values import Array, Value
from grader.words import counted

Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """Entries agree when |got - expected| <= absolute + relative * |expected|."""

    relative: float = 1e-5
    absolute: float = 1e-8


def difference(got: Value, expected: Value, tolerance: Tolerance) -> str | None:
    """What is different about `got`, in one sentence for the student; None if the two agree.

    A list or tuple of numbers counts as the array it spells, and every kind of scalar as a number. Dictionaries and
    tuples of several values are compared part by part.
    """
    match expected:
        case Array() | bool() | int() | float() | complex():
            return _numbers_differ(got, expected, tolerance)
        case dict():
            return _dicts_differ(got, expected, tolerance)
        case list() | tuple():
            return _sequences_differ(got, expected, tolerance)
        case _:
            return None if type(got) is type(expected) and got == expected else f"It returned {describe(got)}."


def as_numbers(value: Value) -> Numbers | None:
    """The array that `value` is or spells (a number, a list of numbers), or None."""
    match value:
        case Array(data=data):
            return data
        case bool() | int() | float() | complex():
            return np.asarray(value)
        case [*items] if items:
            parts = [as_numbers(item) for item in items]
            known = [part for part in parts if part is not None]
            same = len(known) == len(parts) and len({part.shape for part in known}) == 1
            return np.stack(known) if same else None
        case _:
            return None


def describe(value: Value) -> str:
    """A value in words, without its numbers: "an array of shape (3,)", "None", "a tuple of 2 values"."""
    match value:
        case Array(data=data) if data.ndim == 0:
            return "a single number"
        case Array(data=data):
            return f"an array of shape {data.shape}"
        case None:
            return "None"
        case bool():
            return str(value)
        case int() | float() | complex():
            return "a single number"
        case str():
            return "a text"
        case list() | tuple() | dict():
            return f"a {type(value).__name__} of {counted(len(value), 'value')}"
        case frozenset():
            return "a set"


def _numbers_differ(got: Value, expected: Value, tolerance: Tolerance) -> str | None:
    mine, asked = as_numbers(got), as_numbers(expected)
    assert asked is not None
    if mine is None:
        return _nothing_returned(got)
    if mine.shape != asked.shape:
        return f"It returned {_of_shape(mine)}; {_of_shape(asked)} was asked."
    return _dtype_differs(mine, asked) or _entries_differ(mine, asked, tolerance)


def _nothing_returned(got: Value) -> str:
    if got is None:
        return "It returned None: is there a `return` at the end, on every way through?"
    return f"It returned {describe(got)} where numbers were asked."


def _of_shape(data: Numbers) -> str:
    return "a single number" if data.ndim == 0 else f"an array of shape {data.shape}"


def _dtype_differs(mine: Numbers, asked: Numbers) -> str | None:
    if mine.dtype.kind == asked.dtype.kind or {mine.dtype.kind, asked.dtype.kind} <= set("iu"):
        return "It returned numbers of float16, too coarse to compare." if mine.dtype == np.float16 else None
    if asked.dtype.kind == "f" and mine.dtype.kind in "iu":
        return None  # whole numbers may well be right; the entries decide
    names = {
        "b": "True and False",
        "i": "whole numbers",
        "u": "whole numbers",
        "f": "real numbers",
        "c": "complex numbers",
    }
    return f"It returned {names[mine.dtype.kind]}; {names[asked.dtype.kind]} were asked."


def _entries_differ(mine: Numbers, asked: Numbers, tolerance: Tolerance) -> str | None:
    if asked.dtype.kind == "b":
        return None if bool(np.all(mine == asked)) else "Some entries differ."
    finite = np.isfinite(asked)
    if not bool(np.all(np.isfinite(mine) == finite)):
        return _not_finite(mine, finite)
    with np.errstate(all="ignore"):
        apart = np.subtract(mine, asked, dtype=np.result_type(mine, asked, np.float64))  # int64 would wrap around
        close = finite & (np.abs(apart) <= tolerance.absolute + tolerance.relative * np.abs(asked))
        close |= ~finite & ((mine == asked) | (np.isnan(mine) & np.isnan(asked)))
    if bool(np.all(close)):
        return None
    wrong = int(np.count_nonzero(~close))
    if mine.ndim == 0:
        return "The number differs."
    return f"{wrong} of {mine.size} entries differ." if mine.size > 1 else "The one entry differs."


def _not_finite(mine: Numbers, finite: npt.NDArray[np.bool_]) -> str:
    if bool(np.any(np.isnan(mine) & finite)):
        return "It returned NaN, which is no number."
    return "It returned an infinity." if bool(np.any(np.isinf(mine) & finite)) else "An infinity or NaN was asked."


def _dicts_differ(got: Value, expected: dict[str, Value], tolerance: Tolerance) -> str | None:
    if not isinstance(got, dict):
        return f"It returned {describe(got)} where a dictionary was asked."
    if missing := [key for key in expected if key not in got]:
        return f"The dictionary has no key {missing[0]!r}."
    for key, value in expected.items():
        if (detail := difference(got[key], value, tolerance)) is not None:
            return f"Entry {key!r}: {detail}"
    return None


def _sequences_differ(got: Value, expected: list[Value] | tuple[Value, ...], tolerance: Tolerance) -> str | None:
    if not isinstance(got, list | tuple):
        return f"It returned {describe(got)} where {len(expected)} values were asked."
    if len(got) != len(expected):
        return f"It returned {counted(len(got), 'value')} instead of {len(expected)}."
    for number, (mine, asked) in enumerate(zip(got, expected, strict=True), start=1):
        if (detail := difference(mine, asked, tolerance)) is not None:
            return f"Value {number}: {detail}"
    return None
