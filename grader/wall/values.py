"""The values that may cross the wall: plain values, containers of them, arrays of an allowed dtype, and tables.

Exists in the room as well, so it imports only NumPy and the standard library. How values become bytes is
`value_frames.py`; how they become JSON for a report is `report.py`. Nothing here ever looks at a student's object.
"""

from __future__ import annotations

import math
import sys
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from types import SimpleNamespace
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.message import say
from grader.wall.formula import Formula as Formula
from grader.wall.pandas_table import is_table, table_of
from grader.wall.plain import MAX_DIGITS as MAX_DIGITS
from grader.wall.plain import MAX_KEY as MAX_KEY
from grader.wall.plain import MAX_KEY_DEPTH as MAX_KEY_DEPTH
from grader.wall.plain import MAX_TEXT as MAX_TEXT
from grader.wall.plain import Key as Key
from grader.wall.plain import Plain, is_sympy, key_of, plain, short_text, small_int
from grader.wall.plain import is_key as is_key
from grader.wall.steps import Earlier as Earlier
from grader.wall.steps import Expression as Expression
from grader.wall.steps import Handle as Handle
from grader.wall.steps import LentFunction as LentFunction
from grader.wall.steps import Steps as Steps
from grader.wall.table import MAX_TEXTS, are_fields
from grader.wall.table import NamedValues as NamedValues
from grader.wall.table import Record as Record
from grader.wall.table import Table as Table
from grader.wall.unsupported import UNSUPPORTED as UNSUPPORTED
from grader.wall.unsupported import UnsupportedValueError as UnsupportedValueError
from grader.wall.unsupported import in_words as in_words
from grader.wall.unsupported import kind_of as kind_of

_UNITS = ("D", "s", "ms", "us", "ns")
#: dtypes that may cross, by their little-endian NumPy spelling; everything else is `unsupported`
DTYPES = frozenset(
    {"|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"}
    | {f"<{kind}8[{unit}]" for kind in "mM" for unit in _UNITS}
)
MAX_DEPTH = 8
MAX_NODES = 10_000
MAX_DIMENSIONS = 8
MAX_ARRAYS = 4_096
MAX_SPARSE = 4_000_000  # entries of a sparse matrix, written out

#: what the student's object was before the room turned it into an array: the judge may mind, the numbers are the same
ARRAY_KINDS = frozenset({"ndarray", "scalar", "tensor", "variable", "matrix", "masked", "sparse", "subclass"})


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """An array as it crossed the wall: read-only, C-contiguous, little-endian data, and what it was in the room."""

    data: npt.NDArray[Any]
    kind: str = "ndarray"


@dataclass(frozen=True, slots=True)
class AsSent:
    """What became of an argument that is, bit for bit, what was sent: it need not come back to whoever sent it."""


AS_SENT: Final = AsSent()

#: a dictionary's keys are of type `Key`; Any, since a dict[str, Value] is one of these too
Value: TypeAlias = (
    "bool | int | float | complex | str | Plain | Array | Table | Record | Formula | list[Value] | tuple[Value, ...]"
    "| dict[Any, Value] | frozenset[Key] | Steps | Earlier | Expression | LentFunction | Handle | AsSent | None"
)
#: what is a value as a whole, though a dataclass
WHOLE: Final = (Array, Table, Record, Formula, Steps, Earlier, Expression, LentFunction, Handle)


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
        case NamedValues():
            return "NamedValues", value._name, value._fields, *map(form, value)
        case list() | tuple():
            return type(value).__name__, *map(form, value)
        case dict():
            return "dict", *((form(key), form(item)) for key, item in value.items())
        case Table():
            return "Table", value.form_of(form)
        case Record(type=kind, fields=held):
            return "Record", kind, form(held)
        case Steps():
            return "Steps", value.form_of(form)
        case float() | complex():
            return type(value).__name__, value.real.hex(), value.imag.hex()
        case frozenset():
            return "frozenset", *sorted(map(form, value), key=repr)
        case _:
            return type(value).__name__, value


def identical(left: Value, right: Value) -> bool:
    """Whether two values have the same form; NaN equals the same NaN, 0.0 is not -0.0, and keys have an order."""
    return left is right or (type(left) is type(right) and form(left) == form(right))


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
        case Table():
            return value.size
        case Record():
            return entries(value.fields)
        case Steps(steps=steps):
            return sum(entries(each) for step in steps for each in step.values)
        case _:
            return 1


def _as_it_is(thing: Any) -> Any:
    return thing


def thaw(
    value: Value,
    made: Callable[[Table | Formula], Any] = _as_it_is,
    tensor: Callable[[npt.NDArray[Any]], Any] = _as_it_is,
) -> Any:
    """A fresh, writable copy of `value` as ordinary Python and NumPy objects, for calling a function with it.

    What becomes of a table or a formula says `made`, and of a tensor `tensor`: outside a room, where none of their
    libraries is loaded, the former stay what they are, which is read-only, and the latter is an array.
    """
    match value:
        case Array(kind="tensor"):
            return tensor(value.data.copy())
        case Array():
            copy = value.data.copy()
            return copy[()] if value.kind == "scalar" else copy
        case list():
            return [thaw(item, made, tensor) for item in value]
        case NamedValues():
            return value._holding(thaw(item, made, tensor) for item in value)
        case tuple():
            return tuple(thaw(item, made, tensor) for item in value)
        case dict():
            return {key: thaw(item, made, tensor) for key, item in value.items()}
        case frozenset():
            return set(value)
        case Table() | Formula():
            return made(value)
        case Record(fields=held):
            return SimpleNamespace(**{name: thaw(item, made, tensor) for name, item in held.items()})
        case _:
            return value


def freeze(thing: object) -> Value:
    """The `Value` of an ordinary object of Python, NumPy or pandas; a tensor or a sparse matrix becomes an array that
    says so, a dataclass a record of its fields, a named tuple a tuple that knows them.

    SymPy numbers become plain numbers, its expressions formulas, what pandas calls missing NaN; arrays of text become
    lists, and so do ranges, views of dictionaries, and what gives its values one after another. What is derived from a
    list, tuple, dictionary (an ordered one), set, text or number counts as that; methods it redefines are not called.
    Raises UnsupportedValueError with a description of what cannot cross, by the same caps that the decoder keeps, and
    whatever a generator raises.
    """
    return _Freezer().value(thing, 0)


#: what lists its values, beside Python's own iterators
_LISTED: Final[tuple[type, ...]] = (range, deque, type({}.keys()), type({}.values()), type({}.items()))


class _Freezer:
    """Counts parts and arrays while it descends."""

    def __init__(self) -> None:
        self.nodes = 0
        self.arrays = 0
        self.texts = 0
        self.depth = 0

    def value(self, thing: Any, depth: int) -> Value:
        if depth > MAX_DEPTH:
            raise UnsupportedValueError(say("nested_containers", most=MAX_DEPTH))
        self._count(1)
        kind = type(thing)
        if thing is None or kind in (bool, float, complex):
            return thing  # type: ignore[no-any-return]  # narrowed by the exact type above
        if issubclass(kind, str):
            return short_text(str.__str__(thing))
        if issubclass(kind, int):
            return small_int(int.__int__(thing))
        if issubclass(kind, list | tuple | dict | set | frozenset):
            return self._container(thing, depth)
        if issubclass(kind, _LISTED) or gives_values(kind):
            return [self.value(item, depth + 1) for item in thing]  # counted, so it ends
        if issubclass(kind, WHOLE):
            return thing  # type: ignore[no-any-return]  # frozen already
        if is_table(kind):
            return table_of(thing, _Cells(self, depth))
        if is_dataclass(kind):
            self.count_arrays(0)
            named = {each.name: getattr(thing, each.name, None) for each in fields(kind)}
            return Record(type=kind.__name__[:80], fields={k: self.value(v, depth + 1) for k, v in named.items()})
        if (isinstance(thing, np.ndarray) and thing.dtype.kind == "U") or (
            is_sympy(thing) and hasattr(thing, "tolist")
        ):
            return self.value(thing.tolist(), depth)  # texts, or a symbolic matrix
        if kind is np.ndarray and thing.dtype.kind == "O" and thing.size and all(type(x) is str for x in thing.flat):
            return self.value(thing.tolist(), depth)
        if (found := plain(thing)) is not None:
            return found
        self.count_arrays(1)
        return _freeze_array(thing)

    def _count(self, parts: int) -> None:
        self.nodes += parts
        if self.nodes > MAX_NODES:
            raise UnsupportedValueError(say("many_entries", most=f"{MAX_NODES:,}"))

    def count_arrays(self, count: int) -> None:
        self.arrays += count
        if self.arrays > MAX_ARRAYS:
            raise UnsupportedValueError(say("many_arrays", most=f"{MAX_ARRAYS:,}"))

    def count_texts(self, count: int) -> None:
        self.texts += count
        if self.texts > MAX_TEXTS:
            raise UnsupportedValueError(say("many_texts", most=f"{MAX_TEXTS:,}"))

    def key(self, thing: Any) -> Key:
        self._count(1)
        return key_of(thing)

    def _container(self, thing: Any, depth: int) -> Value:
        match thing:
            case list():
                return [self.value(item, depth + 1) for item in list.__iter__(thing)]
            case tuple():
                return _named(thing, [self.value(item, depth + 1) for item in tuple.__iter__(thing)])
            case dict():
                return {self.key(key): self.value(item, depth + 1) for key, item in dict.items(thing)}
            case _:
                kind = set if isinstance(thing, set) else frozenset
                self._count(kind.__len__(thing))
                return frozenset(map(key_of, kind.__iter__(thing)))


@dataclass(frozen=True, slots=True)
class _Cells:
    """Freezes what a table holds beside arrays; see `pandas_table.py:Freezes`."""

    freezer: _Freezer
    depth: int

    def key(self, thing: Any) -> Key:
        return self.freezer.key(thing)

    def cell(self, thing: Any) -> Value:
        return self.freezer.value(thing, self.depth + 1)

    def text(self, thing: str) -> str:
        return short_text(str.__str__(thing))

    def count_texts(self, count: int) -> None:
        self.freezer.count_texts(count)

    def count_arrays(self, count: int) -> None:
        self.freezer.count_arrays(count)

    def may_cross(self, dtype: np.dtype[Any]) -> bool:
        return dtype.newbyteorder("<").str in DTYPES


def _named(thing: tuple[Any, ...], items: list[Value]) -> tuple[Value, ...]:
    """A tuple of these, with the names that the class of `thing` has for them, if it has any."""
    if type(thing) is NamedValues:
        return thing._holding(items)
    fields: Any = getattr(type(thing), "_fields", None)
    if fields is None or not are_fields(fields) or len(fields) != len(items):
        return tuple(items)
    return NamedValues(type(thing).__name__[:80], fields, items)


def gives_values(kind: type) -> bool:
    """Whether it is one of Python's own iterators, a generator among them: a file is one as well, and none of these."""
    named = kind.__module__ == "itertools" or kind.__name__.endswith("_iterator")
    return issubclass(kind, Iterator) and (
        named or kind.__name__ in ("generator", "map", "filter", "zip", "enumerate", "reversed", "iterator")
    )


def _freeze_array(thing: Any) -> Array:
    try:
        kind = _array_kind(thing)
        frozen = array(_written_out(thing, kind), kind)
    except UnsupportedValueError:
        raise
    except (TypeError, ValueError, AttributeError, RuntimeError):
        raise UnsupportedValueError(kind_of(thing)) from None
    if frozen.data.ndim > MAX_DIMENSIONS:
        raise UnsupportedValueError(say("many_dimensions", dimensions=frozen.data.ndim))
    return frozen


def _written_out(thing: Any, kind: str) -> Any:
    """The array behind a tensor, a variable or a sparse matrix."""
    if kind == "sparse":
        _refuse_large(thing.shape)
        return np.asarray(thing.toarray())
    if kind not in ("tensor", "variable"):
        return thing
    return _of_torch(thing) if _is_of_torch(thing) else thing.numpy()


def _refuse_large(shape: tuple[int, ...]) -> None:
    if math.prod(shape) > MAX_SPARSE:
        raise UnsupportedValueError(say("large_sparse", shape=str(tuple(shape))))


def _is_of_torch(thing: Any) -> bool:
    """Whether it is a tensor by its class, whatever it says of itself; those derived from tensors count."""
    torch = sys.modules.get("torch")
    return torch is not None and issubclass(type(thing), torch.Tensor)


def _of_torch(thing: Any) -> Any:
    """The array behind a tensor, by the library's own methods: a class derived from it may redefine them, and
    `__torch_function__`."""
    torch: Any = sys.modules["torch"]
    with torch._C.DisableTorchFunctionSubclass():
        plain = torch.Tensor.detach(thing)
        if plain.layout is not torch.strided:
            _refuse_large(tuple(plain.shape))
            plain = torch.Tensor.to_dense(plain)
        if plain.dtype.is_floating_point and plain.dtype.itemsize < 4 and plain.dtype is not torch.float16:
            plain = torch.Tensor.to(plain, torch.float32)  # kinds of short floats that NumPy does not know
        return torch.Tensor.numpy(torch.Tensor.resolve_neg(torch.Tensor.resolve_conj(torch.Tensor.cpu(plain))))


def _origin(thing: Any) -> str:
    """The library that the class of an object is of."""
    return str(type(thing).__module__).partition(".")[0]


def _array_kind(thing: Any) -> str:
    if isinstance(thing, np.generic):
        return "scalar"
    if type(thing) is np.ndarray:
        return "ndarray"
    if isinstance(thing, np.ndarray):
        return {"matrix": "matrix", "MaskedArray": "masked"}.get(type(thing).__name__, "subclass")
    origin = _origin(thing)
    if origin == "scipy" and hasattr(thing, "toarray"):
        return "sparse"
    if _is_of_torch(thing):
        return "variable" if issubclass(type(thing), sys.modules["torch"].nn.Parameter) else "tensor"
    if origin in ("tensorflow", "keras") and hasattr(thing, "numpy"):
        return "variable" if "ariable" in type(thing).__name__ else "tensor"
    raise TypeError
