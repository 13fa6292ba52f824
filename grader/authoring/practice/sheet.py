"""The practice sheet: what students may try by themselves, as the data of one file. Neither made nor judged here.

It holds calls and the values expected of them, never code: no reference, no claim of an assignment, no hidden check.
Values travel as the frames in which they cross the wall, written as text.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final, Literal

from pydantic import ValidationError

from grader.course.assignment import CallShape
from grader.errors import ProtocolError, UsageError
from grader.judging.aspects import AspectName
from grader.judging.rules import Demand
from grader.report.report import AssignmentReference, Record
from grader.wall.frames import decode, encode
from grader.wall.value_frames import Unpacker, pack
from grader.wall.values import Array, Value

#: what the file is called in the student package
FILE_NAME: Final = "grader_practice.json"
_MOST_BYTES: Final = 64 * 1024 * 1024
_UNREADABLE: Final = (
    f"{FILE_NAME} cannot be read: it is damaged, or does not belong to the folder `grader` beside it. "
    "Download the files of the assignment again."
)


class Said(Record):
    """A visible check, and what is said of it."""

    id: str
    title: str
    points: int
    passed: str
    failed: str
    hint: str | None
    needs: tuple[str, ...]


class CallCheck(Said):
    """A check of a function. `cases` are the calls, simplest first; each is written by `written`.

    `drawn`: nobody chose them by hand. With `other_forms`, the grader also accepts values of another form than the
    reference's; what these are stands in code, which is not handed out.
    """

    demand: Demand
    twice: bool
    relative: float
    absolute: float
    scalar: bool
    more_keys: bool = False
    parts: tuple[str, ...] = ()
    each_entry: bool = False
    other_forms: bool
    drawn: bool
    cases: tuple[str, ...]


class AspectCheck(Said):
    """A check of a model."""

    aspect: AspectName
    hints: dict[str, str]


class FunctionTask(Record):
    """A function to try. `own` names earlier functions that it calls; `later` are titles of checks for the grader."""

    kind: Literal["function"] = "function"
    id: str
    title: str
    target: str
    shapes: tuple[CallShape, ...]
    own: tuple[str, ...]
    checks: tuple[CallCheck, ...]
    later: tuple[str, ...]


class ModelTask(Record):
    """A model to look at: what it is asked to be, as plain data."""

    kind: Literal["model"] = "model"
    id: str
    title: str
    target: str
    features: int | tuple[int, ...]
    layers: tuple[dict[str, Any], ...]
    compiled: dict[str, Any]
    checks: tuple[AspectCheck, ...]


class GradedOnly(Record):
    """An exercise that only the grader can look at."""

    kind: Literal["graded_only"] = "graded_only"
    id: str
    title: str
    target: str


Task = FunctionTask | ModelTask | GradedOnly


class Sheet(Record):
    """Everything that may be tried of one assignment. `seed` decides what is drawn at home."""

    practice: Literal[1] = 1
    assignment: AssignmentReference
    seed: int
    tasks: tuple[Task, ...]


def read_sheet(data: bytes) -> Sheet:
    """The sheet in a file. Raises UsageError if it is none, or one of another version."""
    try:
        return Sheet.model_validate_json(data)
    except ValidationError as error:
        raise UsageError(_UNREADABLE) from error


def written(values: Iterable[Value]) -> str:
    """Values as text: one frame in base64. The same values make the same text."""
    arrays: list[Array] = []
    header = {"values": [pack(value, arrays) for value in values]}
    return base64.b64encode(encode(header, arrays)).decode("ascii")


def unwritten(text: str) -> tuple[Value, ...]:
    """What `written` wrote. Raises UsageError for any other text."""
    try:
        data = base64.b64decode(text, validate=True)
        frame = decode(BytesIO(data).read, max_bytes=_MOST_BYTES)
        values = Unpacker(frame.arrays, asks=True)
        return tuple(values.take(node) for node in frame.header["values"])
    except (ProtocolError, binascii.Error, LookupError, TypeError, ValueError) as error:
        raise UsageError(_UNREADABLE) from error
