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
from grader.wording import say
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
            return None if type(got) is type(expected) and got == expected else say("returned", got=describe(got))


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


def single_numbers(got: Value, expected: Value) -> Value:
    """`got` with every array of one entry as a single number where `expected` has a single number."""
    match expected:
        case Array(data=data) if data.ndim > 0:
            return got
        case Array() | int() | float() | complex():
            return Array(got.data.reshape(()), got.kind) if isinstance(got, Array) and got.data.size == 1 else got
        case dict() if isinstance(got, dict):
            return {key: single_numbers(item, expected[key]) if key in expected else item for key, item in got.items()}
        case list() | tuple() if isinstance(got, list | tuple) and len(got) == len(expected):
            return type(got)(map(single_numbers, got, expected))
        case _:
            return got


def describe(value: Value) -> str:
    """A value in words, without its numbers: "an array of shape (3,)", "None", "a tuple of 2 values"."""
    match value:
        case Array(data=data):
            return _of_shape(data)
        case None:
            return say("none")
        case bool():
            return say("true") if value else say("false")
        case int() | float() | complex():
            return say("number")
        case str():
            return say("a_text")
        case list() | tuple() | dict():
            return say("container", type=type(value).__name__, values=counted(len(value), "value"))
        case frozenset():
            return say("a_set")


def _numbers_differ(got: Value, expected: Value, tolerance: Tolerance) -> str | None:
    mine, asked = as_numbers(got), as_numbers(expected)
    assert asked is not None
    if mine is None:
        return _nothing_returned(got)
    if mine.shape != asked.shape:
        return say("other_form", got=_of_shape(mine), asked=_of_shape(asked))
    return _dtype_differs(mine, asked) or _entries_differ(mine, asked, tolerance)


def _nothing_returned(got: Value) -> str:
    if got is None:
        return say("returned_none")
    return say("returned_no_numbers", got=describe(got))


def _of_shape(data: Numbers) -> str:
    return say("number") if data.ndim == 0 else say("array", shape=str(data.shape))


def _dtype_differs(mine: Numbers, asked: Numbers) -> str | None:
    if mine.dtype.kind == asked.dtype.kind or {mine.dtype.kind, asked.dtype.kind} <= set("iu"):
        return say("float16") if mine.dtype == np.float16 else None
    if asked.dtype.kind == "f" and mine.dtype.kind in "iu":
        return None  # whole numbers may well be right; the entries decide
    return say("other_numbers", got=_numbers_of(mine), asked=_numbers_of(asked))


def _numbers_of(data: Numbers) -> str:
    match data.dtype.kind:
        case "b":
            return say("booleans")
        case "f":
            return say("reals")
        case "c":
            return say("complexes")
        case _:
            return say("integers")


def _entries_differ(mine: Numbers, asked: Numbers, tolerance: Tolerance) -> str | None:
    if asked.dtype.kind == "b":
        return None if bool(np.all(mine == asked)) else say("some_entries_differ")
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
        return say("number_differs")
    if mine.size == 1:
        return say("one_entry_differs")
    return say("entry_differs", all=mine.size) if wrong == 1 else say("entries_differ", wrong=wrong, all=mine.size)


def _not_finite(mine: Numbers, finite: npt.NDArray[np.bool_]) -> str:
    if bool(np.any(np.isnan(mine) & finite)):
        return say("returned_nan")
    return say("returned_infinity") if bool(np.any(np.isinf(mine) & finite)) else say("asked_not_finite")


def _dicts_differ(got: Value, expected: dict[str, Value], tolerance: Tolerance) -> str | None:
    if not isinstance(got, dict):
        return say("no_dictionary", got=describe(got))
    if missing := [key for key in expected if key not in got]:
        return say("no_key", key=repr(missing[0]))
    for key, value in expected.items():
        if (detail := difference(got[key], value, tolerance)) is not None:
            return say("at_key", key=repr(key), detail=detail)
    return None


def _sequences_differ(got: Value, expected: list[Value] | tuple[Value, ...], tolerance: Tolerance) -> str | None:
    if not isinstance(got, list | tuple):
        return say("no_values", got=describe(got), asked=len(expected))
    if len(got) != len(expected):
        return say("other_length", got=counted(len(got), "value"), asked=len(expected))
    for number, (mine, asked) in enumerate(zip(got, expected, strict=True), start=1):
        if (detail := difference(mine, asked, tolerance)) is not None:
            return say("at_value", number=number, detail=detail)
    return None
