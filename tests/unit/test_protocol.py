"""Messages: each comes back as it was sent, and a frame that is no message of ours is refused."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Iterable, Iterator
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import ProtocolError
from grader.limits import NotebookLimits
from grader.messages import literal, say
from grader.wall.frames import LENGTH
from grader.wall.message_frames import from_reader, to_bytes
from grader.wall.protocol import (
    MAX_ERROR_TEXT,
    MAX_NAME,
    Call,
    Job,
    Opened,
    Raised,
    Returned,
    Sent,
    Statement,
    StudentError,
    Unsupported,
)
from grader.wall.room.worker import MAX_QUESTION
from grader.wall.values import WHOLE, Array, array, identical
from tests.unit.strategies import messages

CAP = 1_000_000


def back(data: bytes) -> Sent:
    """The message in `data`."""
    return from_reader(BytesIO(data).read, max_bytes=CAP)


def header(fields: dict[str, object]) -> bytes:
    """A frame without arrays, whose header is `fields`."""
    text = json.dumps({**fields, "arrays": []}).encode()
    return LENGTH.pack(len(text)) + text


def same(left: object, right: object) -> bool:
    """Whether two messages are the same in type and every field, bit for bit."""
    if dataclasses.is_dataclass(left) and not isinstance(left, (type, *WHOLE)):
        pairs = ((getattr(left, f.name), getattr(right, f.name, None)) for f in dataclasses.fields(left))
        return type(left) is type(right) and all(same(*pair) for pair in pairs)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return identical(left, right)  # type: ignore[arg-type]  # what is neither message nor tuple is a value or bytes


@given(messages)
def test_every_message_comes_back_as_it_went(message: Sent) -> None:
    """Both sides of the wall read the same in a frame."""
    assert same(back(to_bytes(message)), message)


@given(messages, st.data())
def test_a_mutated_message_is_a_message_or_a_protocol_error(message: Sent, data: st.DataObject) -> None:
    """One byte exchanged; a short read of the buffers counts as a ProtocolError here."""
    raw = bytearray(to_bytes(message))
    raw[data.draw(st.integers(LENGTH.size, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ProtocolError):
        back(bytes(raw))


#: what may stand in a header, or nearly: every tag, numbers at the edges, moments and exact numbers that are none
_PARTS: list[Any] = [
    *(None, True, 0, -1, 2**31, 10**11, "", "x", "\ud800", "1" * 25, "inf", "0x1.0p+1", "sNaN", "1E+999", [], [[]], {}),
    *(
        ["none"],
        ["array", 0],
        ["array", 1],
        ["int", "1"],
        ["dict", []],
        ["set", [["list", []]]],
        ["bytes", ["array", 0]],
    ),
    *(["timedelta", 10**11, 0, 0], ["timedelta", 999999999, 86399, 999999], ["datetime", "0001-01-01T00:00:00+23:59"]),
    *(
        ["date", "0000-01-01"],
        ["decimal", "1E+30"],
        ["decimal", "sNaN"],
        ["fraction", "1", "0"],
        ["fraction", "1", "-3"],
    ),
    *(
        ["formula", "x**9**9**9"],
        ["record", "x", ["dict", []]],
        ["named", "P", ["_x"], [["none"]]],
        ["handle", "x", []],
    ),
    *(["table", "frame", [], [], [], []], ["numbers", "int64", ["array", 0], ["none"]], "<f8", "<M8[ns]", "category"),
]


def _places(node: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all parts of a header, its own the first."""
    yield way
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, part in entries:
        yield from _places(part, (*way, key))


def _at(node: Any, way: Iterable[Any]) -> Any:
    for key in way:
        node = node[key]
    return node


@given(messages, st.data())
def test_a_header_with_any_part_exchanged_is_a_message_or_a_protocol_error(message: Sent, data: st.DataObject) -> None:
    """For one of its own, one of every kind that there is, or none; what is taken for a message can be said again."""
    raw = to_bytes(message)
    (length,) = LENGTH.unpack(raw[: LENGTH.size])
    fields = json.loads(raw[LENGTH.size : LENGTH.size + length])
    for _ in range(data.draw(st.integers(1, 3))):
        ways = [way for way in _places(fields) if way]
        *way, last = data.draw(st.sampled_from(ways))
        part = data.draw(st.sampled_from(_PARTS) | st.sampled_from(ways).map(partial(_at, fields)))
        _at(fields, way)[last] = json.loads(json.dumps(part))
    text = json.dumps(fields).encode()
    with contextlib.suppress(ProtocolError):
        back(to_bytes(back(LENGTH.pack(len(text)) + text + raw[LENGTH.size + length :] + bytes(64))))


ERROR = ["ValueError", "no", 1, 2, None, ["ValueError"], None, None]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"is": "verdict", "points": 100}, id="no kind of ours"),
        pytest.param({"is": "returned", "id": 1}, id="no value"),
        pytest.param({"is": "returned", "id": "1", "value": ["none"], "after": None}, id="id as text"),
        pytest.param({"is": "returned", "id": 1, "value": ["none"], "after": {}}, id="arguments that are no list"),
        pytest.param({"is": "returned", "id": 1, "value": {"score": 1}, "after": None}, id="value that is none"),
        pytest.param({"is": "raised", "id": 1, "error": "boom"}, id="error as text"),
        pytest.param({"is": "raised", "id": 1, "error": ERROR[:4]}, id="error too short"),
        pytest.param({"is": "raised", "id": 1, "error": [1, *ERROR[1:]]}, id="error type that is no text"),
        pytest.param({"is": "unsupported", "id": 1, "what": None}, id="unsupported nothing"),
        pytest.param({"is": "unsupported", "id": 1, "what": ["prose", ["text", "A hint."]]}, id="prose of a course"),
        pytest.param({"is": "unsupported", "id": 1, "what": ["odd_key", ["what", ["raised"]]]}, id="words of ours"),
        pytest.param(
            {"is": "opened", "failures": [], "target": 1, "notices": [], "told": 0}, id="target type as number"
        ),
        pytest.param(
            {"is": "opened", "failures": [], "target": None, "notices": [1], "told": 0}, id="notice as number"
        ),
        pytest.param(
            {"is": "opened", "failures": [["0", *ERROR]], "target": None, "notices": [], "told": 0}, id="failure number"
        ),
        pytest.param({"is": "opened", "failures": [], "target": None, "notices": [], "told": "1"}, id="told as text"),
        pytest.param({"is": "leave", "answered": None}, id="leave without a count"),
        pytest.param({"is": "describe", "id": 1, "target": "m", "inputs": ["none"]}, id="inputs that are no array"),
        pytest.param(
            {"is": "job", "target": "f", "seed": 0, "most": 1, "run": [[1, 1, "x", "boss", True]], "files": {}},
            id="a role we do not have",
        ),
    ],
)
def test_a_frame_that_is_no_message_is_refused(fields: dict[str, object]) -> None:
    """A room cannot say anything but the few things the protocol has words for."""
    with pytest.raises(ProtocolError):
        back(header(fields))


def test_a_long_error_text_is_cut() -> None:
    """An exception text of a gigabyte would fill the report; the cut is marked."""
    raised = back(
        header({"is": "raised", "id": 1, "error": ["E" * 999, "x" * 9_999, None, None, "n" * 999, [], None, None]})
    )
    assert isinstance(raised, Raised)
    assert len(raised.error.text) == MAX_ERROR_TEXT
    assert raised.error.text.endswith("\N{HORIZONTAL ELLIPSIS}")
    assert [len(raised.error.type), len(raised.error.missing or "")] == [MAX_NAME, MAX_NAME]


def test_a_flood_of_failures_and_notices_is_cut() -> None:
    """A report stays readable whatever a room claims."""
    said = {"failures": [[0, *ERROR]] * 1500, "target": "t" * 999, "notices": [["n"]] * 150, "told": 0}
    opened = back(header({"is": "opened", **said}))
    assert isinstance(opened, Opened)
    assert [len(opened.failures), len(opened.notices), len(opened.target_type or "")] == [1000, 100, MAX_NAME]


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(Raised(id=0, error=StudentError(type="\ud800", text="\udfff", missing="\ud800")), id="error"),
        pytest.param(Unsupported(id=0, what=say("object", type="\ud800")), id="unsupported"),
        pytest.param(Opened(failures=(), target_type="\ud800", notices=(literal("\ud800"),)), id="opened"),
        pytest.param(Returned(id=0, value=["\ud800", {"\ud800": None}, frozenset({"\ud800"})]), id="values"),
    ],
)
def test_no_text_arrives_that_a_report_cannot_hold(message: Sent) -> None:
    """Half characters (lone surrogates) cannot be written as UTF-8: they are replaced or refused at the wall."""
    try:
        arrived = back(to_bytes(message))
    except ProtocolError:
        return
    assert repr(arrived).isascii()
    assert "\\ud" not in repr(arrived)


def test_the_largest_notebook_fits_into_a_job() -> None:
    """Whatever the notebook limits accept, a room can be told: our own caps never fail a student."""
    source = "#" + "\N{SNOWMAN}" * (NotebookLimits().code_characters - 1)
    job = Job(
        statements=(Statement(cell=1, line=1, source=source, role="cell"),),
        target="f",
        seed=0,
        files={},
        answer_bytes=1,
    )
    arrived = from_reader(BytesIO(to_bytes(job)).read, max_bytes=MAX_QUESTION, max_header=MAX_QUESTION)
    assert arrived == job


def test_questions_share_no_memory_with_their_bytes() -> None:
    """An argument that was sent cannot change under way."""
    call = back(to_bytes(Call(id=1, target="f", args=(array([1.0]),))))
    assert isinstance(call, Call)
    assert isinstance(call.args[0], Array)
    assert not call.args[0].data.flags.writeable
