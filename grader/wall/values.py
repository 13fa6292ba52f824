"""The values that may cross the wall: plain Python scalars and containers, and arrays of an allowed dtype.

Exists in the room as well, so it imports only NumPy and the standard library. How values become bytes is
`protocol.py`; how they become JSON for a report is `report.py`. Nothing here ever looks at a student's object.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.message import Message, say

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


def form(value: Value) -> Hashable:
    """The value as a key: two have the same form if they agree in type, shape, dtype, kind and every bit; of the NaN of
    a plain number there is one, since Python writes them all alike."""
    match value:
        case Array(data=data, kind=kind):
            return "Array", kind, data.dtype.str, data.shape, data.tobytes()
        case list() | tuple():
            return type(value).__name__, *map(form, value)
        case dict():
            return "dict", *((key, form(item)) for key, item in value.items())
        case float() | complex():
            return type(value).__name__, value.real.hex(), value.imag.hex()
        case frozenset():
            return "frozenset", *sorted(value, key=lambda member: (type(member).__name__, member))
        case _:
            return type(value).__name__, value


def identical(left: Value, right: Value) -> bool:
    """Whether two values have the same form; NaN equals the same NaN, 0.0 is not -0.0, and keys have an order."""
    return type(left) is type(right) and form(left) == form(right)


def entries(value: Value) -> int:
    """How many numbers, texts and the like a value holds in all."""
    match value:
        case Array(data=data):
            return int(data.size)
        case list() | tuple():
            return sum(map(entries, value))
        case dict():
            return sum(map(entries, value.values()))
        case frozenset():
            return len(value)
        case _:
            return 1


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


#: what cannot cross, in the words that a room needs by itself; the judge has them from its catalogues
UNSUPPORTED: Final = {
    "none": "None",
    "function": "a function",
    "array_of_dtype": "an array of dtype {dtype}",
    "object": "an object of type {type}",
    "nested_containers": "containers nested more than {most} deep",
    "many_arrays": "more than {most} arrays at once",
    "many_entries": "lists, tuples, sets or dictionaries of more than {most} entries in all (an array may have more)",
    "symbolic": "a SymPy formula with symbols still in it",
    "many_dimensions": "an array of {dimensions} dimensions",
    "large_integer": "an integer beyond 64 bits",
    "long_text": "a text of more than {most} characters",
    "half_a_character": "a text with half a character in it",
    "odd_key": "a dictionary or set with {what} in it where only text and whole numbers are understood",
    "not_a_model": "{what}, not a Keras model",
}


class UnsupportedValueError(TypeError):
    """An object of a kind that cannot cross; `what` says what it was, the text of the exception says it in English."""

    def __init__(self, what: Message) -> None:
        super().__init__(_in_english(what))
        self.what = what


def _in_english(what: Message) -> str:
    fields = {name: _in_english(each) if isinstance(each, Message) else each for name, each in what.fields.items()}
    return UNSUPPORTED[what.key].format(**fields)


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
        if depth > MAX_DEPTH:
            raise UnsupportedValueError(say("nested_containers", most=MAX_DEPTH))
        self._count(1)
        if self.arrays > MAX_ARRAYS:
            raise UnsupportedValueError(say("many_arrays", most=f"{MAX_ARRAYS:,}"))
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

    def _count(self, parts: int) -> None:
        self.nodes += parts
        if self.nodes > MAX_NODES:
            raise UnsupportedValueError(say("many_entries", most=f"{MAX_NODES:,}"))

    def _container(self, thing: Any, depth: int) -> Value:
        match thing:
            case list():
                return [self.value(item, depth + 1) for item in list.__iter__(thing)]
            case tuple():
                return tuple(self.value(item, depth + 1) for item in tuple.__iter__(thing))
            case dict():
                return {_key(key): self.value(item, depth + 1) for key, item in dict.items(thing)}
            case _:
                kind = set if isinstance(thing, set) else frozenset
                self._count(kind.__len__(thing))
                return frozenset(map(_key, kind.__iter__(thing)))


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
        raise UnsupportedValueError(kind_of(thing)) from None
    return None


def _is_sympy(thing: Any) -> bool:
    return "sympy" in sys.modules and str(type(thing).__module__).partition(".")[0] == "sympy"


def _sympy_number(thing: Any) -> bool | int | float | complex:
    """A SymPy number or an expression without symbols, whole ones as int. SymPy is there, since `thing` is."""
    sympy = sys.modules["sympy"]
    if thing is sympy.true or thing is sympy.false:
        return bool(thing)
    if getattr(thing, "free_symbols", None):
        raise UnsupportedValueError(say("symbolic"))
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
        raise UnsupportedValueError(kind_of(thing)) from None
    if frozen.data.ndim > MAX_DIMENSIONS:
        raise UnsupportedValueError(say("many_dimensions", dimensions=frozen.data.ndim))
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
        raise UnsupportedValueError(say("large_integer"))
    return int(number)


def _short_text(text: Any) -> str:
    if len(text) > MAX_TEXT:
        raise UnsupportedValueError(say("long_text", most=MAX_TEXT))
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UnsupportedValueError(say("half_a_character"))
    return str(text)


def _key(key: object) -> Key:
    if isinstance(key, str):
        return _short_text(str.__str__(key))
    if isinstance(key, int | np.integer) and type(key) is not bool and abs(int(key)) < MAX_KEY:
        return int(key)
    raise UnsupportedValueError(say("odd_key", what=kind_of(key)))


def in_words(thing: object) -> str:
    """As `kind_of`, in English."""
    return _in_english(kind_of(thing))


def kind_of(thing: object) -> Message:
    """What kind of object this is, for a student: "an object of type Widget", "an array of dtype object"."""
    if thing is None:
        return say("none")
    if type(thing).__name__ in ("function", "builtin_function_or_method", "ufunc", "method"):
        return say("function")
    if isinstance(thing, np.ndarray):
        return say("array_of_dtype", dtype=str(thing.dtype))
    return say("object", type=type(thing).__name__[:80])
