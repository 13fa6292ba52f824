"""Plain values: the numbers, texts and moments of Python itself, what of other libraries stands for one, and keys.

Exists in the room as well, so it imports only NumPy and the standard library. What they are parts of is `values.py`.
"""

from __future__ import annotations

import math
import sys
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from grader.message import say
from grader.wall.formula import Formula
from grader.wall.pandas_table import is_missing
from grader.wall.sympy_formula import formula_of
from grader.wall.unsupported import UnsupportedValueError, kind_of

MAX_TEXT = 10_000
MAX_KEY = 10**11  # a whole number as key of a dictionary that is below it travels as JSON
MAX_DIGITS = 300  # of a Decimal, and of both parts of a Fraction
MAX_KEY_DEPTH = 4  # of tuples within tuples that are a key

#: what Python itself has beside numbers, text and containers; all of it is frozen already
Plain: TypeAlias = bytes | date | timedelta | Decimal | Fraction
#: keys of dictionaries and members of sets: these, None, text, numbers, and tuples of them
Key: TypeAlias = "bool | int | float | str | Plain | tuple[Key, ...] | None"
PlainValue: TypeAlias = bool | int | float | complex | str | Plain | Formula


def plain(thing: Any) -> PlainValue | None:
    """What is meant by a number, text, date or formula of Python or another library; None for everything else."""
    kind = type(thing)
    if is_missing(kind):
        return math.nan
    if issubclass(kind, bytes | bytearray | memoryview):
        return bytes(thing)
    return _moment(thing) if issubclass(kind, date | timedelta) else _number(thing)


def _moment(thing: Any) -> date | timedelta:
    """Of any library, to the microsecond; where it is in a zone, with the distance that the zone has then."""
    if isinstance(thing, timedelta):
        return timedelta(thing.days, thing.seconds, thing.microseconds)
    if not issubclass(type(thing), datetime):
        return date(thing.year, thing.month, thing.day)
    offset = thing.utcoffset()
    zone = None if offset is None else timezone(offset)
    return datetime(
        thing.year, thing.month, thing.day, thing.hour, thing.minute, thing.second, thing.microsecond, tzinfo=zone
    )


def _exact(thing: Decimal | Fraction) -> Decimal | Fraction:
    """Written in digits it has no more than `MAX_DIGITS`: one of 10^18 takes no room, and for ever to reckon with.

    What is derived from one is asked once, and only what it gave is looked at. Raises ValueError for what is no number.
    """
    found: Decimal | Fraction
    if isinstance(thing, Fraction):
        found = Fraction(thing)
        small = max(abs(found.numerator), found.denominator) < 10**MAX_DIGITS
    else:
        found = Decimal(thing)
        if found.is_snan():
            raise ValueError
        small = len(found.as_tuple().digits) + (abs(found.adjusted()) if found.is_finite() else 0) <= MAX_DIGITS
    if not small:
        raise UnsupportedValueError(say("large_number", most=MAX_DIGITS))
    return found


def _number(thing: Any) -> PlainValue | None:
    """The number that is meant by one of Python or of another library; None for everything else."""
    kind = type(thing)
    try:
        if issubclass(kind, Fraction | Decimal):
            return _exact(thing)
        if issubclass(kind, float) and not issubclass(kind, np.generic):
            return float.__pos__(thing)
        if is_sympy(thing):
            return _of_sympy(thing)
    except UnsupportedValueError:
        raise
    except (ArithmeticError, TypeError, ValueError):
        raise UnsupportedValueError(kind_of(thing)) from None
    return None


def is_sympy(thing: Any) -> bool:
    return "sympy" in sys.modules and str(type(thing).__module__).partition(".")[0] == "sympy"


def _of_sympy(thing: Any) -> bool | int | float | complex | Formula:
    """A SymPy number or an expression without symbols, whole ones as int, or a formula. SymPy is there, since `thing`
    is."""
    sympy = sys.modules["sympy"]
    if thing is sympy.true or thing is sympy.false:
        return bool(thing)
    if isinstance(thing, sympy.Basic) and thing.free_symbols:
        return formula_of(thing)
    if not getattr(thing, "is_number", False):
        raise TypeError
    if thing.is_Integer:
        return small_int(int(thing))
    return complex(thing) if thing.is_real is False and thing.is_infinite is False else float(thing)


def small_int(number: Any) -> int:
    if not -(2**63) <= number < 2**63:
        raise UnsupportedValueError(say("large_integer"))
    return int(number)


def short_text(text: Any) -> str:
    if len(text) > MAX_TEXT:
        raise UnsupportedValueError(say("long_text", most=MAX_TEXT))
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UnsupportedValueError(say("half_a_character"))
    return str(text)


def key_of(key: Any, depth: int = 0) -> Key:
    """What may be a key. One NaN is every NaN, so that it is found again."""
    kind = type(key)
    if isinstance(key, np.generic) and key.dtype.kind in "biufU":
        return key_of(key.item(), depth)
    if key is None:
        return None
    if kind is bool:
        return bool(key)
    if issubclass(kind, str):
        return short_text(str.__str__(key))
    if issubclass(kind, int):
        return small_int(int.__int__(key))
    if issubclass(kind, tuple) and depth < MAX_KEY_DEPTH:
        return tuple(key_of(part, depth + 1) for part in tuple.__iter__(key))
    found: Any = key if kind is float else plain(key)
    if found is None or not is_key(found):
        raise UnsupportedValueError(say("odd_key", what=kind_of(key)))
    named: Key = math.nan if found != found else found
    return named


def is_key(value: object) -> bool:
    """Whether a value may be a key."""
    if isinstance(value, tuple):
        return all(map(is_key, value))
    return value is None or isinstance(value, bool | int | float | str | Plain)
