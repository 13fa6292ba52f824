"""Frames: what goes in comes out; hostile bytes give a ProtocolError, never another exception or a big allocation."""

from __future__ import annotations

import contextlib
import json
import struct
from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import ProtocolError
from grader.wall.frames import LENGTH, MAX_HEADER, Frame, Reader, decode, encode, parse_header
from grader.wall.value_frames import MAX_ALIKE, pack, unpack
from grader.wall.values import MAX_DEPTH, MAX_NODES, Array, Value, array, identical
from tests.unit.strategies import values

CAP = 200_000


def reader(data: bytes) -> Reader:
    """Reads `data`; past its end raises EOFError, as a pipe does whose writer has gone."""
    stream = BytesIO(data)

    def read(count: int) -> bytes:
        assert count <= max(CAP, MAX_HEADER), "asked for more than any cap allows"
        taken = stream.read(count)
        if len(taken) < count:
            raise EOFError
        return taken

    return read


def frame(header: object, body: bytes = b"") -> Frame:
    """Decode the frame with this header, however wrong, and this body."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return decode(reader(LENGTH.pack(len(text)) + text + body), max_bytes=CAP)


def wire(value: Value) -> bytes:
    """The bytes of a frame that holds `value`."""
    arrays: list[Array] = []
    return encode({"value": pack(value, arrays)}, arrays)


def back(data: bytes) -> Value:
    """The value that `wire` put into `data`."""
    decoded = decode(reader(data), max_bytes=CAP)
    return unpack(decoded.header.get("value"), decoded.arrays)


@given(values)
def test_every_value_comes_back_as_it_went(value: Value) -> None:
    """The wall changes nothing: type, shape, dtype, kind and every bit arrive."""
    assert identical(back(wire(value)), value)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(array(np.bool_(True), "scalar"), id="bool scalar"),
        pytest.param(array(np.zeros((0, 3))), id="no entries"),
        pytest.param(array(np.float64("nan"), "scalar"), id="NaN scalar"),
        pytest.param(complex("nan+infj"), id="complex NaN"),
        pytest.param(struct.unpack("<d", bytes.fromhex("010000000000f87f"))[0], id="a NaN of other bits"),
        pytest.param(5e-324, id="smallest float"),
        pytest.param(1.7976931348623157e308, id="biggest float"),
        pytest.param(float("-inf"), id="minus infinity"),
        pytest.param(-(2**63) + 1, id="smallest integer"),
    ],
)
def test_rare_values_come_back_too(value: Value) -> None:
    """The corners of each type, by name, so that luck does not decide whether they are tried."""
    assert identical(back(wire(value)), value)


def test_arrays_arrive_read_only() -> None:
    """Nobody on this side can change by accident what the room said."""
    arrived = back(wire(array([1.0])))
    assert isinstance(arrived, Array)
    assert not arrived.data.flags.writeable


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_a_frame_or_a_protocol_error(data: bytes) -> None:
    """Nothing a room writes makes the judge raise anything else."""
    _accepts_or_refuses(data)


@given(values, st.data())
def test_a_mutated_frame_is_a_frame_or_a_protocol_error(value: Value, data: st.DataObject) -> None:
    """One byte exchanged, anywhere in a valid frame."""
    raw = bytearray(wire(value))
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    _accepts_or_refuses(bytes(raw))


@given(values, st.data())
def test_a_frame_cut_short_ends_with_the_readers_error(value: Value, data: st.DataObject) -> None:
    """A room that dies in the middle of a frame has not answered."""
    raw = wire(value)
    with pytest.raises(EOFError):
        decode(reader(raw[: data.draw(st.integers(0, len(raw) - 1))]), max_bytes=CAP)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda parts: st.lists(parts, max_size=4),
    max_leaves=10,
)
_tags = st.sampled_from(
    (
        *("none", "bool", "int", "float", "complex", "str", "set", "array", "list", "tuple", "dict", "bytes", "date"),
        *(
            "datetime",
            "timedelta",
            "decimal",
            "fraction",
            "record",
            "table",
            "numbers",
            "texts",
            "categories",
            "values",
        ),
    )
)
_nodes = st.recursive(_json, lambda parts: st.tuples(_tags, parts | st.lists(parts)).map(list), max_leaves=10)


@given(_nodes)
def test_any_json_in_the_place_of_a_value_is_a_value_or_a_protocol_error(node: object) -> None:
    """Every tag with every content: known forms are read, all others refused."""
    _refused_or_done(lambda: unpack(node, (array([1.0]),)))


@given(st.lists(st.lists(_json, max_size=4), max_size=3))
def test_any_json_in_the_place_of_the_array_list_is_read_or_refused(listed: list[Any]) -> None:
    """Sizes are believed only after they were checked."""
    raw = json.dumps({"arrays": listed}).encode()
    _accepts_or_refuses(LENGTH.pack(len(raw)) + raw)


def _accepts_or_refuses(data: bytes) -> None:
    _refused_or_done(lambda: back(data))


def _refused_or_done(action: Callable[[], object]) -> None:
    with contextlib.suppress(ProtocolError, EOFError):
        action()


def deep(depth: int) -> bytes:
    """JSON lists within lists."""
    return b'{"arrays": [], "x": ' + b"[" * depth + b"]" * depth + b"}"


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(b'{"arrays": [], "arrays": []}', id="a key twice"),
        pytest.param(b'{"arrays": [], "x": {"y": 1, "y": 1}}', id="a key twice further in"),
        pytest.param(b'{"arrays": [], "x": NaN}', id="NaN"),
        pytest.param(b'{"arrays": [], "x": Infinity}', id="Infinity"),
        pytest.param(b'{"arrays": [], "x": 1.5}', id="decimal float"),
        pytest.param(b'{"arrays": [], "x": 1e3}', id="exponent"),
        pytest.param(b'{"arrays": [], "x": ' + b"9" * 5000 + b"}", id="number of 5000 digits"),
        pytest.param(deep(100_000), id="deep nesting"),
        pytest.param(b"[]", id="no object"),
        pytest.param(b"null", id="null"),
        pytest.param(b"", id="nothing"),
        pytest.param(b'{"arrays": []} {}', id="two objects"),
        pytest.param(b"\xff{}", id="no UTF-8"),
        pytest.param('{"arrays": []}'.encode("utf-16"), id="UTF-16"),
        pytest.param(b'\xef\xbb\xbf{"arrays": []}', id="byte order mark"),
        pytest.param(b"{}", id="no array list"),
        pytest.param(b'{"arrays": {}}', id="an array list that is none"),
        pytest.param(b'{"arrays": [null]}', id="an array that is none"),
    ],
)
def test_a_header_that_is_not_strict_json_is_refused(header: bytes) -> None:
    """Two readers never understand a frame differently."""
    with pytest.raises(ProtocolError):
        frame(header)


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param(["|O", [1], "ndarray"], id="object dtype"),
        pytest.param(["<U4", [1], "ndarray"], id="text dtype"),
        pytest.param([">f8", [1], "ndarray"], id="big-endian"),
        pytest.param(["f8", [1], "ndarray"], id="dtype by another spelling"),
        pytest.param(["<V8", [1], "ndarray"], id="void dtype"),
        pytest.param(["<f8", [-1], "ndarray"], id="negative dimension"),
        pytest.param(["<f8", [True], "ndarray"], id="dimension true"),
        pytest.param(["<f8", ["1"], "ndarray"], id="dimension as text"),
        pytest.param(["<f8", [1] * 9, "ndarray"], id="nine dimensions"),
        pytest.param(["<f8", [2**31 + 1], "ndarray"], id="a dimension too long"),
        pytest.param(["<f8", [2**31] * 8, "ndarray"], id="a product beyond 64 bits"),
        pytest.param(["<f8", [2**31, 2**31, 4], "ndarray"], id="a product that wraps to 0 in 64 bits"),
        pytest.param(["<f8", [0, 2**31, 2**31, 2**31], "ndarray"], id="empty, but too big for NumPy"),
        pytest.param(["<f8", [1], "person"], id="unknown kind"),
        pytest.param(["<f8", [1]], id="no kind"),
        pytest.param(["<f8", [CAP], "ndarray"], id="more bytes than the cap"),
    ],
)
def test_an_array_out_of_bounds_is_refused_before_it_is_read(spec: list[object]) -> None:
    """The body is empty here: had a byte of it been asked for, EOFError would have come instead."""
    with pytest.raises(ProtocolError):
        frame({"arrays": [spec]})


def test_arrays_that_only_together_exceed_the_cap_are_refused() -> None:
    """The cap is on the sum."""
    with pytest.raises(ProtocolError, match="arrays of 240000 bytes"):
        frame({"arrays": [["|u1", [120_000], "ndarray"]] * 2})


def test_more_than_4096_arrays_are_refused() -> None:
    """Empty arrays cost no bytes, but objects."""
    with pytest.raises(ProtocolError, match="more than 4096"):
        frame({"arrays": [["|u1", [0], "ndarray"]] * 4097})


def test_a_header_longer_than_the_cap_is_refused_unread() -> None:
    """Four bytes suffice to refuse it."""
    with pytest.raises(ProtocolError, match="frame header of 4294967295 bytes"):
        decode(reader(b"\xff\xff\xff\xff"), max_bytes=CAP)


def test_a_reader_that_gives_too_little_is_noticed() -> None:
    """An array cut short is never padded with what lay in memory."""
    text = b'{"arrays": [["|u1", [4], "ndarray"]]}'
    short = iter([LENGTH.pack(len(text)), text, b"abc"])
    with pytest.raises(ProtocolError, match="cut short"):
        decode(lambda _: next(short), max_bytes=CAP)


def test_bytes_above_one_in_a_boolean_array_mean_true() -> None:
    """Such bytes are undefined behaviour inside NumPy, so they are normalised."""
    decoded = frame({"arrays": [["|b1", [3], "ndarray"]]}, b"\x00\x01\xfe")
    assert decoded.arrays[0].data.tobytes() == b"\x00\x01\x01"


def alike(count: int) -> list[object]:
    """Fractions that have one hash."""
    return [["fraction", str(1 + number * (2**61 - 1)), "1"] for number in range(count)]


def chain(depth: int) -> list[object]:
    """The form of a value of lists within lists."""
    node: list[object] = ["none"]
    for _ in range(depth):
        node = ["list", [node]]
    return node


@pytest.mark.parametrize(
    "node",
    [
        pytest.param(["array", 1], id="no such array"),
        pytest.param(["array", -1], id="negative index"),
        pytest.param(["array", False], id="false as index"),
        pytest.param(["list", [["array", 0], ["array", 0]]], id="one array twice"),
        pytest.param(["float", "1.5"], id="decimal digits"),
        pytest.param(["float", "0x1.8p+9999"], id="a float too large for hexadecimal"),
        pytest.param(["float", "0x1.8p+1024"], id="a float just too large"),
        pytest.param(["int", "1_0"], id="underscore"),
        pytest.param(["int", " 1"], id="blank"),
        pytest.param(["int", "\u0661"], id="Arabic digit"),
        pytest.param(["int", 1], id="bare integer"),
        pytest.param(["int", str(2**63)], id="beyond 64 bits"),
        pytest.param(["int", "-" + "9" * 20], id="far beyond 64 bits"),
        pytest.param(["int", "9" * 5000], id="5000 digits"),
        pytest.param(["bool", 1], id="1 for true"),
        pytest.param(["str", "x" * 10_001], id="long text"),
        pytest.param(["set", [["list", []]]], id="a list in a set"),
        pytest.param(["set", [["tuple", [["dict", []]]]]], id="a dictionary in a key"),
        pytest.param(["date", "2027-1-1"], id="a date written otherwise"),
        pytest.param(["datetime", "2027-01-01"], id="a date in place of a moment"),
        pytest.param(["timedelta", 10**10, 0, 0], id="a time too long"),
        pytest.param(["decimal", "1E+999999999"], id="a decimal number too large"),
        pytest.param(["fraction", "1", "0"], id="a fraction of nothing"),
        pytest.param(["fraction", "1" + "0" * 400, "1"], id="a fraction beyond every float"),
        pytest.param(["decimal", "0E-999999999"], id="a nothing that is written in a gigabyte"),
        pytest.param(["set", alike(MAX_ALIKE + 1)], id="a set that each is compared in with each"),
        pytest.param(["dict", [[key, ["none"]] for key in alike(MAX_ALIKE + 1)]], id="a dictionary of such keys"),
        pytest.param(["bytes", ["str", "a"]], id="bytes of text"),
        pytest.param(["record", "P", ["list", []]], id="a record without fields"),
        pytest.param(["set", list(range(20_000))], id="a set that would have to be cut"),
        pytest.param(["dict", [[True, ["none"]]]], id="a truth as key"),
        pytest.param(["dict", [[10**11, ["none"]]]], id="a huge number as key"),
        pytest.param(["set", [None]], id="None in a set"),
        pytest.param(["dict", [["a"]]], id="a key without entry"),
        pytest.param(["object", []], id="unknown tag"),
        pytest.param(["none", 1], id="too much in it"),
        pytest.param([], id="empty"),
        pytest.param(None, id="null"),
        pytest.param(chain(MAX_DEPTH + 1), id="too deep"),
        pytest.param(["list", [["none"]] * MAX_NODES], id="too many nodes"),
    ],
)
def test_a_value_in_no_known_form_is_refused(node: object) -> None:
    """There is one way to write each value; anything else is no value."""
    with pytest.raises(ProtocolError):
        unpack(node, (array([1.0]),))


def test_values_at_the_limits_are_accepted() -> None:
    """The caps are the last that is allowed, not the first that is not."""
    assert unpack(chain(MAX_DEPTH), ()) is not None
    assert unpack(["list", [["none"]] * (MAX_NODES - 1)], ()) == [None] * (MAX_NODES - 1)
    assert len(unpack(["set", alike(MAX_ALIKE)], ())) == MAX_ALIKE  # type: ignore[arg-type]  # a set


def test_keys_that_honest_code_has_are_never_too_much_alike() -> None:
    """Powers of two share a hash with every 61st; of those that may be keys no more than thirty are alike."""
    powers = frozenset(Fraction(2) ** power for power in range(-996, 997))
    assert unpack(pack(powers, []), ()) == powers


def test_a_strict_header_is_read() -> None:
    """Integers, text, true, false, null, lists and objects are all a header needs."""
    assert parse_header(b'{"a": [1, "x", true, null], "b": {}}') == {"a": [1, "x", True, None], "b": {}}
