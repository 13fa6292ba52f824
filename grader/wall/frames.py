"""Frames: how a header and its arrays become bytes and come back, with every size checked before it is believed.

A frame is `<header length: u32 LE> <header: strict UTF-8 JSON> <raw array buffers, one after another>`. The header's
`arrays` lists dtype and shape of each buffer, so the length of the rest is known before a byte of it is read. There is
no pickle, no npz, no decimal floats. Exists in the room too; decoding is written for hostile bytes: whatever comes in,
the answer is a `Frame` or `ProtocolError`. What the headers mean is `message_frames.py`, how values stand in
them `value_frames.py`.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

import numpy as np

from grader.errors import ProtocolError
from grader.wall.values import (
    ARRAY_KINDS,
    DTYPES,
    MAX_ARRAYS,
    MAX_DIMENSIONS,
    Array,
)

LENGTH = struct.Struct("<I")
MAX_HEADER = 4 * 1024 * 1024
MAX_DIMENSION = 2**31
MAX_ENTRIES = 2**40

_DTYPES = {name: np.dtype(name) for name in DTYPES}

Header = dict[str, Any]
#: of an array: dtype, shape, kind, bytes
Spec: TypeAlias = tuple[np.dtype[Any], tuple[int, ...], str, int]
#: reads exactly that many bytes or raises
Reader = Callable[[int], bytes]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One decoded frame: its header without the array list, and the arrays, read-only."""

    header: Header
    arrays: tuple[Array, ...]


def encode(header: Header, arrays: list[Array]) -> bytes:
    """The bytes of one frame; `arrays` are what `pack` collected while the header was made."""
    listed = [[item.data.dtype.str, list(item.data.shape), item.kind] for item in arrays]
    text = _WRITER.encode({**header, "arrays": listed}).encode("ascii")
    return b"".join([LENGTH.pack(len(text)), text, *(item.data.tobytes() for item in arrays)])


def decode(read: Reader, *, max_bytes: int, max_header: int = MAX_HEADER) -> Frame:
    """Read one frame through `read`, at most `max_header` bytes of header and `max_bytes` of array data.

    Raises ProtocolError for anything that is not a frame within the caps; what `read` raises passes through.
    """
    (length,) = LENGTH.unpack(read(LENGTH.size))
    if length > min(max_header, max_bytes):
        raise ProtocolError(f"a frame header of {length} bytes; at most {min(max_header, max_bytes)} are accepted")
    header = parse_header(read(length))
    specs = [_array_spec(item) for item in _expect(header.pop("arrays", None), list, "arrays")[: MAX_ARRAYS + 1]]
    if len(specs) > MAX_ARRAYS:
        raise ProtocolError(f"more than {MAX_ARRAYS} arrays in one frame")
    total = sum(size for _, _, _, size in specs)
    if total > max_bytes:
        raise ProtocolError(f"arrays of {total} bytes in one frame; at most {max_bytes} are accepted")
    raw = read(total) if total else b""  # at once: what is borrowed has many small arrays
    if len(raw) != total:
        raise ProtocolError("an array cut short")
    return Frame(header, tuple(_arrays(raw, specs)))


def parse_header(raw: bytes) -> Header:
    """Strict JSON object: UTF-8, no duplicate keys, no NaN, no bare floats (they travel as hexadecimal text)."""
    try:
        header = _READER.decode(raw.decode("utf-8"))
    except ProtocolError:
        raise
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"a frame header that is not strict JSON: {type(error).__name__}") from None
    checked: Header = _expect(header, dict, "the header")
    return checked


def _array_spec(item: object) -> Spec:
    match item:
        case [str() as name, list() as dims, str() as kind] if name in DTYPES and kind in ARRAY_KINDS:
            if len(dims) > MAX_DIMENSIONS:
                raise ProtocolError("an array shape out of bounds")
            entries = least = 1
            for dim in dims:
                if type(dim) is not int or not 0 <= dim <= MAX_DIMENSION:
                    raise ProtocolError("an array shape out of bounds")
                entries *= dim
                least *= dim or 1
            if least > MAX_ENTRIES:  # NumPy refuses even an empty array of such a shape
                raise ProtocolError("an array shape out of bounds")
            dtype = _DTYPES[name]
            return dtype, tuple(dims), kind, entries * dtype.itemsize
        case _:
            raise ProtocolError("an array of a dtype or kind that may not cross")


def _arrays(raw: bytes, specs: list[Spec]) -> Iterator[Array]:
    """Each of its own bytes, so that it begins where its dtype may."""
    begin = 0
    for dtype, shape, kind, size in specs:
        own = raw if size == len(raw) else raw[begin : begin + size]
        begin += size
        if dtype.str == "|b1":  # a byte other than 0 or 1 is undefined behaviour inside NumPy
            yield Array(_frozen(np.asarray(np.frombuffer(own, np.uint8).reshape(shape) != 0)), kind)
        else:
            yield Array(_frozen(np.frombuffer(own, dtype).reshape(shape)), kind)


def _frozen(data: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    data.flags.writeable = False
    return data


def _unique(pairs: list[tuple[str, Any]]) -> Header:
    header = dict(pairs)
    if len(header) != len(pairs):
        raise ProtocolError("a frame header with a key twice")
    return header


def _small(digits: str) -> int:
    if len(digits) > 12:
        raise ProtocolError("a frame header with a number out of bounds")
    return int(digits)


def _refuse(token: str) -> NoReturn:
    raise ProtocolError(f"a frame header with the token {token[:20]}")


def _expect(value: Any, kind: type, what: str) -> Any:
    if not isinstance(value, kind):
        raise ProtocolError(f"{what} of a frame is not a {kind.__name__}")
    return value


# made once: `json.dumps` and `json.loads` make one for each frame, which takes as long as the frame does
_WRITER = json.JSONEncoder(ensure_ascii=True, allow_nan=False)
_READER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_refuse, parse_int=_small)
