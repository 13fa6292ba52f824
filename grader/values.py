"""The values that may cross the wall: plain Python scalars and containers, and arrays of an allowed dtype.

Exists in the room as well, so it imports only NumPy and the standard library. How values become bytes is
`protocol.py`; how they become JSON for a report is `report.py`. Nothing here ever looks at a student's object.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

#: dtypes that may cross, by their little-endian NumPy spelling; everything else is `unsupported`
DTYPES = frozenset({"|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"})
MAX_DEPTH = 8
MAX_NODES = 10_000
MAX_DIMENSIONS = 8
MAX_ARRAYS = 4_096
MAX_TEXT = 10_000
MAX_KEY = 10**11  # a whole number as key of a dictionary stays below it; it travels as JSON

#: what the student's object was before the room turned it into an array: the judge may mind, the numbers are the same
ARRAY_KINDS = frozenset({"ndarray", "scalar", "tensor", "variable", "matrix", "masked", "subclass"})


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """An array as it crossed the wall: read-only, C-contiguous, little-endian data, and what it was in the room."""

    data: npt.NDArray[Any]
    kind: str = "ndarray"


#: keys of dictionaries and members of sets: text, or whole numbers, which stay what they are
Key: TypeAlias = str | int
#: a dictionary's keys are of type `Key`; Any, since a dict[str, Value] is one of these too
Value: TypeAlias = (
    "bool | int | float | complex | str | Array | list[Value] | tuple[Value, ...] | dict[Any, Value] | frozenset[Key]"
    "| None"
)


def array(data: npt.ArrayLike, kind: str = "ndarray") -> Array:
    """Freeze `data` (any shape, a dtype of `DTYPES` after conversion to little-endian) into an `Array`.

    Raises ValueError for a dtype that may not cross.
    """
    raw = np.asarray(data)
    little = raw.dtype.newbyteorder("<")
    if little.str not in DTYPES:
        raise ValueError(f"dtype {raw.dtype} cannot cross the wall")
    frozen = np.array(raw, dtype=little, order="C", copy=True)
    frozen.flags.writeable = False
    return Array(frozen, kind)


def identical(left: Value, right: Value) -> bool:
    """Whether two values are the same in type, shape, dtype, kind and every bit (NaN equals the same NaN)."""
    if type(left) is not type(right):
        return False
    match left, right:
        case Array(), Array():
            same_form = left.kind == right.kind and left.data.dtype == right.data.dtype
            return same_form and left.data.shape == right.data.shape and left.data.tobytes() == right.data.tobytes()
        case ((list() | tuple()), (list() | tuple())):
            return len(left) == len(right) and all(map(identical, left, right))
        case dict(), dict():
            return list(left) == list(right) and all(identical(left[key], right[key]) for key in left)
        case float(), float():
            return left.hex() == right.hex()
        case complex(), complex():
            return identical((left.real, left.imag), (right.real, right.imag))
        case _:
            return left == right


def thaw(value: Value) -> Any:
    """A fresh, writable copy of `value` as ordinary Python and NumPy objects, for calling a function with it."""
    match value:
        case Array():
            copy = value.data.copy()
            return copy[()] if value.kind == "scalar" else copy
        case list():
            return [thaw(item) for item in value]
        case tuple():
            return tuple(thaw(item) for item in value)
        case dict():
            return {key: thaw(item) for key, item in value.items()}
        case frozenset():
            return set(value)
        case _:
            return value


class UnsupportedValueError(TypeError):
    """An object of a kind that cannot cross; the text says in words what it was."""


def freeze(thing: object) -> Value:
    """The `Value` of an ordinary Python or NumPy object; a TensorFlow tensor or variable becomes an array that says so.

    Fractions, decimals and SymPy numbers become plain numbers, arrays of text lists. What is derived from a list, tuple
    (a named one), dictionary (an ordered one), set, text or number counts as that; methods it redefines are not called.
    Raises UnsupportedValueError with a description of what cannot cross, by the same caps that the decoder keeps.
    """
    return _Freezer().value(thing, 0)


class _Freezer:
    """Counts parts and arrays while it descends."""

    def __init__(self) -> None:
        self.nodes = 0
        self.arrays = 0

    def value(self, thing: Any, depth: int) -> Value:
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise UnsupportedValueError(f"containers nested more than {MAX_DEPTH} deep")
        if self.nodes > MAX_NODES:
            raise UnsupportedValueError(
                f"lists, tuples or dictionaries of more than {MAX_NODES:,} entries in all (an array may have more)"
            )
        if self.arrays > MAX_ARRAYS:
            raise UnsupportedValueError(f"more than {MAX_ARRAYS:,} arrays at once")
        kind = type(thing)
        if thing is None or kind in (bool, float, complex):
            return thing  # type: ignore[no-any-return]  # narrowed by the exact type above
        if issubclass(kind, str):
            return _short_text(str.__str__(thing))
        if issubclass(kind, int):
            return _small_int(int.__int__(thing))
        if issubclass(kind, list | tuple | dict | set | frozenset):
            return self._container(thing, depth)
        if (isinstance(thing, np.ndarray) and thing.dtype.kind == "U") or (
            _is_sympy(thing) and hasattr(thing, "tolist")
        ):
            return self.value(thing.tolist(), depth)  # texts, or a symbolic matrix
        if (number := _number(thing)) is not None:
            return number
        self.arrays += 1
        return _freeze_array(thing)

    def _container(self, thing: Any, depth: int) -> Value:
        match thing:
            case list():
                return [self.value(item, depth + 1) for item in list.__iter__(thing)]
            case tuple():
                return tuple(self.value(item, depth + 1) for item in tuple.__iter__(thing))
            case dict():
                return {_key(key): self.value(item, depth + 1) for key, item in dict.items(thing)}
            case _:
                members = set.__iter__(thing) if isinstance(thing, set) else frozenset.__iter__(thing)
                return frozenset(map(_key, members))


def _number(thing: Any) -> bool | int | float | complex | None:
    """The plain number that is meant by one of another library; None for everything else."""
    kind = type(thing)
    try:
        if issubclass(kind, float) and not issubclass(kind, np.generic):
            return float.__pos__(thing)
        if issubclass(kind, Fraction | Decimal):
            return float(thing)
        if _is_sympy(thing):
            return _sympy_number(thing)
    except UnsupportedValueError:
        raise
    except (ArithmeticError, TypeError, ValueError):
        raise UnsupportedValueError(in_words(thing)) from None
    return None


def _is_sympy(thing: Any) -> bool:
    return "sympy" in sys.modules and str(type(thing).__module__).partition(".")[0] == "sympy"


def _sympy_number(thing: Any) -> bool | int | float | complex:
    """A SymPy number or an expression without symbols, whole ones as int. SymPy is there, since `thing` is."""
    sympy = sys.modules["sympy"]
    if thing is sympy.true or thing is sympy.false:
        return bool(thing)
    if getattr(thing, "free_symbols", None):
        raise UnsupportedValueError("a SymPy formula with symbols still in it")
    if not getattr(thing, "is_number", False):
        raise TypeError
    if thing.is_Integer:
        return _small_int(int(thing))
    return complex(thing) if thing.is_real is False and thing.is_infinite is False else float(thing)


def _freeze_array(thing: Any) -> Array:
    try:
        kind = _array_kind(thing)
        frozen = array(thing.numpy() if kind in ("tensor", "variable") else thing, kind)
    except (TypeError, ValueError, AttributeError):
        raise UnsupportedValueError(in_words(thing)) from None
    if frozen.data.ndim > MAX_DIMENSIONS:
        raise UnsupportedValueError(f"an array of {frozen.data.ndim} dimensions")
    return frozen


def _array_kind(thing: Any) -> str:
    if isinstance(thing, np.generic):
        return "scalar"
    if type(thing) is np.ndarray:
        return "ndarray"
    if isinstance(thing, np.ndarray):
        return {"matrix": "matrix", "MaskedArray": "masked"}.get(type(thing).__name__, "subclass")
    origin = type(thing).__module__.partition(".")[0]
    if origin in ("tensorflow", "keras") and hasattr(thing, "numpy"):
        return "variable" if "ariable" in type(thing).__name__ else "tensor"
    raise TypeError


def _small_int(number: Any) -> int:
    if not -(2**63) <= number < 2**63:
        raise UnsupportedValueError("an integer beyond 64 bits")
    return int(number)


def _short_text(text: Any) -> str:
    if len(text) > MAX_TEXT:
        raise UnsupportedValueError(f"a text of more than {MAX_TEXT} characters")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UnsupportedValueError("a text with half a character in it")
    return str(text)


def _key(key: object) -> Key:
    if isinstance(key, str):
        return _short_text(str.__str__(key))
    if isinstance(key, int | np.integer) and type(key) is not bool and abs(int(key)) < MAX_KEY:
        return int(key)
    raise UnsupportedValueError(
        f"a dictionary or set with {in_words(key)} in it where only text and whole numbers are understood"
    )


def in_words(thing: object) -> str:
    """What kind of object this is, for a student: "an object of type Widget", "an array of dtype object"."""
    if thing is None:
        return "None"
    if type(thing).__name__ in ("function", "builtin_function_or_method", "ufunc", "method"):
        return "a function"
    if isinstance(thing, np.ndarray):
        return f"an array of dtype {thing.dtype}"
    return f"an object of type {type(thing).__name__[:80]}"
