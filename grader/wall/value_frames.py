"""How a value becomes the JSON of a frame, with its arrays beside it, and comes back.

Tagged lists; steps and tables have files of their own. Exists in the room too; reading is written for hostile bytes:
whatever comes in, the answer is a value or `ProtocolError`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from grader.errors import ProtocolError
from grader.wall.formula import read as read_formula
from grader.wall.step_frames import handle_of, pack_steps, steps_of
from grader.wall.table import are_fields
from grader.wall.table_frames import TableReader, pack_table
from grader.wall.values import (
    AS_SENT,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_KEY,
    MAX_KEY_DEPTH,
    MAX_NODES,
    MAX_TEXT,
    Array,
    AsSent,
    Earlier,
    Expression,
    Formula,
    Handle,
    Key,
    LentFunction,
    NamedValues,
    Record,
    Steps,
    Table,
    Value,
    array,
    is_key,
)

#: keys of one hash, each of which is compared with all before it; of powers of two, which share most, there are some 30
MAX_ALIKE = 100
_INT = re.compile(r"-?[0-9]{1,20}")
_FLOAT = re.compile(r"-?(inf|nan|0x[01]\.[0-9a-f]{1,13}p(-[0-9]{1,4}|\+([0-9]{1,3}|10[01][0-9]|102[0-3])))")


def pack(value: Value, arrays: list[Array]) -> Any:
    """The JSON form of `value`: tagged lists, arrays moved to `arrays` and named by their index."""
    match value:
        case None:
            return ["none"]
        case bool():
            return ["bool", value]
        case int():
            return ["int", str(value)]
        case float():
            return ["float", value.hex()]
        case complex():
            return ["complex", value.real.hex(), value.imag.hex()]
        case str():
            return ["str", value]
        case Array():
            arrays.append(value)
            return ["array", len(arrays) - 1]
        case bytes():
            return ["bytes", pack(array(bytearray(value)), arrays)]
        case datetime() | date():
            return [type(value).__name__, value.isoformat()]
        case timedelta():
            return ["timedelta", value.days, value.seconds, value.microseconds]
        case Decimal():
            return ["decimal", str(value)]
        case Fraction():
            return ["fraction", str(value.numerator), str(value.denominator)]
        case Table():
            return pack_table(value, partial(pack, arrays=arrays))
        case Formula(source=source):
            return ["formula", source]
        case Record():
            return ["record", value.type, pack(value.fields, arrays)]
        case Handle():
            return ["handle", value.type, list(value.kinds)]
        case Steps():
            return pack_steps(value, partial(pack, arrays=arrays))
        case Earlier():
            return ["earlier", value.step]
        case Expression():
            return ["expression", value.source]
        case LentFunction():
            return ["lent", value.name]
        case AsSent():
            return ["as sent"]
        case NamedValues():
            return ["named", value._name, list(value._fields), [pack(item, arrays) for item in value]]
        case list() | tuple():
            return [type(value).__name__, [pack(item, arrays) for item in value]]
        case dict():
            return ["dict", [[_pack_key(key, arrays), pack(item, arrays)] for key, item in value.items()]]
        case frozenset():
            return ["set", [_pack_key(key, arrays) for key in sorted(value, key=_in_order)]]


def _pack_key(key: Key, arrays: list[Array]) -> Any:
    """Texts and numbers as JSON has them; every other key as a value."""
    plain = isinstance(key, str) or (type(key) is int and abs(key) < MAX_KEY)
    return key if plain else pack(key, arrays)


def _in_order(key: Key) -> tuple[str, Any]:
    return type(key).__name__, key if type(key) in (str, int) else repr(key)


def unpack(node: object, arrays: tuple[Array, ...]) -> Value:
    """The value behind a JSON form made by `pack`. Raises ProtocolError for any other form."""
    return Unpacker(arrays).take(node)


class Unpacker:
    """The values of one frame. It counts nodes and arrays, so that a small frame cannot become a large value.

    Only what `asks` holds what is to be done in a room: no answer does.
    """

    def __init__(self, arrays: tuple[Array, ...], *, asks: bool = False) -> None:
        self.arrays = arrays
        self.asks = asks
        self.nodes = 0
        self.taken = 0
        self.tables = TableReader(self._within)

    def take(self, node: object) -> Value:
        """The value behind a JSON form made by `pack`. Raises ProtocolError for any other form."""
        return self._value(node, 0)

    def take_argument(self, node: object) -> Value:
        """What became of an argument. Raises as `take` does."""
        return AS_SENT if node == ["as sent"] else self.take(node)

    def _value(self, node: object, depth: int) -> Value:
        self._count(1)
        if depth > MAX_DEPTH:
            raise ProtocolError(f"a value deeper than {MAX_DEPTH}")
        match node:  # the commonest first: each form that it is not takes time
            case ["array", int() as index]:
                return self._array(index)
            case ["list", list() as items]:
                return [self._value(item, depth + 1) for item in items]
            case ["tuple", list() as items]:
                return tuple(self._value(item, depth + 1) for item in items)
            case ["dict", list() as pairs]:
                held = [self._pair(pair, depth) for pair in pairs]
                _refuse_alike([key for key, _ in held])
                return dict(held)
            case ["none"]:
                return None
            case ["bool", bool() as flag]:
                return flag
            case ["int", str() as digits]:
                return _int(digits)
            case ["float", str() as digits]:
                return _float(digits)
            case ["complex", str() as real, str() as imaginary]:
                return complex(_float(real), _float(imaginary))
            case ["str", str() as text]:
                return _text(text)
            case ["bytes", inner]:
                return self._bytes(inner)
            case ["datetime" | "date" | "timedelta" | "decimal" | "fraction" as kind, *parts]:
                return _plain(kind, parts)
            case ["set", list() as names]:
                self._count(len(names))
                keys = list(map(self._key, names))
                _refuse_alike(keys)
                return frozenset(keys)
            case ["table", kind, list() as names, list() as called, list() as columns, list() as index]:
                return self.tables.table(kind, names, called, (columns, index))
            case ["record", str() as kind, inner]:
                return _record(kind, self._value(inner, depth + 1))
            case ["formula", str() as source]:
                return _formula(source)
            case ["named", str() as kind, list() as names, list() as items]:
                return _named(kind, names, [self._value(item, depth + 1) for item in items])
            case ["handle", str() as kind, list() as kinds]:
                return handle_of(kind, kinds)
            case ["steps", list() as rows] if self.asks and depth == 0:
                return steps_of(rows, lambda node: self._value(node, 1))
            case ["earlier", int() as step] if self.asks:
                return Earlier(step=step)
            case ["expression", str() as source] if self.asks:
                return Expression(source=_text(source))
            case ["lent", str() as name] if self.asks:
                return LentFunction(name=_text(name))
            case _:
                raise ProtocolError("a value in no form that we know")

    def _within(self, node: object) -> Value:
        """A part of a table."""
        value = self._value(node, MAX_DEPTH - 2)
        if isinstance(value, Table):
            raise ProtocolError("a table within a table")
        return value

    def _count(self, parts: int) -> None:
        self.nodes += parts
        if self.nodes > MAX_NODES:
            raise ProtocolError(f"a value of more than {MAX_NODES} parts")

    def _array(self, index: int) -> Array:
        """Each array is named once and in order: a thousand names for one would be a thousand copies later."""
        if type(index) is not int or index != self.taken or index >= len(self.arrays):
            raise ProtocolError("an array that was not sent, or is named twice")
        self.taken += 1
        return self.arrays[index]

    def _bytes(self, node: object) -> bytes:
        value = self._value(node, MAX_DEPTH)
        if not isinstance(value, Array) or value.data.dtype != np.uint8 or value.data.ndim != 1:
            raise ProtocolError("bytes that are none")
        return value.data.tobytes()

    def _key(self, node: object) -> Key:
        if isinstance(node, list):
            key = self._value(node, MAX_DEPTH - MAX_KEY_DEPTH)
            if not is_key(key):
                raise ProtocolError("a key that can be none")
            return math.nan if key != key else key  # type: ignore[return-value]  # narrowed by `is_key`
        if type(node) is int and abs(node) < MAX_KEY:
            return node
        return _text(node)

    def _pair(self, pair: object, depth: int) -> tuple[Key, Value]:
        match pair:
            case [key, node]:
                return self._key(key), self._value(node, depth + 1)
            case _:
                raise ProtocolError("a dictionary entry that is not a key and a value")


def _refuse_alike(keys: Sequence[Key]) -> None:
    """Five thousand fractions of one hash would take seconds wherever they meet in a set."""
    if len(keys) > MAX_ALIKE and max(Counter(map(hash, keys)).values()) > MAX_ALIKE:
        raise ProtocolError("keys that only a comparison of each with each tells apart")


def _int(digits: str) -> int:
    if not _INT.fullmatch(digits) or not -(2**63) <= int(digits) < 2**63:
        raise ProtocolError("an integer that is not one of 64 bits")
    return int(digits)


def _float(digits: str) -> float:
    if not _FLOAT.fullmatch(digits):
        raise ProtocolError("a number that is not in hexadecimal form")
    try:
        return float.fromhex(digits)
    except OverflowError:
        raise ProtocolError("a number too large to be one") from None


def _plain(kind: str, parts: Sequence[object]) -> Value:
    """A moment or an exact number, in the one way in which it is written."""
    try:
        match kind, parts:
            case "datetime", [str() as text] if (moment := datetime.fromisoformat(text)).isoformat() == text:
                return moment
            case "date", [str() as text] if (day := date.fromisoformat(text)).isoformat() == text:
                return day
            case "timedelta", [int() as days, int() as seconds, int() as rest]:
                return timedelta(days, seconds, rest)
            case "decimal", [str() as text] if len(text) <= 2 * MAX_DIGITS and (exact := Decimal(text)) is not None:
                return _known(exact)
            case "fraction", [str() as above, str() as below] if max(len(above) - 1, len(below)) <= MAX_DIGITS:
                return Fraction(int(above), int(below))
    except (ValueError, ArithmeticError):
        pass
    raise ProtocolError(f"a {kind} that is none")


def _known(exact: Decimal) -> Decimal:
    if exact.is_snan() or (exact.is_finite() and abs(exact.adjusted()) > MAX_DIGITS):
        raise ValueError("a decimal number beyond the bounds")
    return exact


def _record(kind: str, held: Value) -> Record:
    if not isinstance(held, dict) or not all(isinstance(name, str) for name in held):
        raise ProtocolError("a record whose fields have no names")
    return Record(type=_text(kind[:80]), fields=held)


def _formula(source: str) -> Formula:
    try:
        read_formula(source)
    except ValueError as error:
        raise ProtocolError(f"a formula that is none: {error}") from None
    return Formula(source)


def _named(kind: str, names: Sequence[object], items: Sequence[Value]) -> NamedValues:
    if not are_fields(tuple(names)) or len(names) != len(items):
        raise ProtocolError("a named tuple whose fields have no names")
    return NamedValues(_text(kind[:80]), tuple(map(str, names)), items)


def _text(text: object) -> str:
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        raise ProtocolError(f"a text that is none, or longer than {MAX_TEXT} characters")
    return encodable(text)


def encodable(text: str) -> str:
    """`text` without halves of characters (lone surrogates), which no report could be written with."""
    return text.encode("utf-8", "replace").decode("utf-8")
