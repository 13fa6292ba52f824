"""How what crosses the wall becomes a frame and comes back, and what of it is believed.

Exists in the room too; reading is written for hostile bytes: whatever comes in, the answer is a message or
`ProtocolError`.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any, Final

from grader.errors import ProtocolError
from grader.message import Field, Message
from grader.wall.frames import MAX_HEADER, Frame, Header, Reader, decode, encode
from grader.wall.protocol import (
    MAX_ERROR_TEXT,
    MAX_NAME,
    ROLES,
    TOO_LARGE,
    Borrow,
    Call,
    Describe,
    Failure,
    Follow,
    Job,
    Leave,
    Lent,
    NotLent,
    Opened,
    Question,
    Raised,
    Read,
    Returned,
    Sent,
    Statement,
    StudentError,
    Unsupported,
)
from grader.wall.steps import MAX_KINDS
from grader.wall.value_frames import Unpacker, encodable, pack
from grader.wall.values import UNSUPPORTED, Array, AsSent, Steps, Value, array

MAX_NOTICES: Final = 100
MAX_FAILURES: Final = 1_000  # of statements; what comes after them is not told
MAX_SAID: Final = 4  # messages within messages
NONE_OF_OURS: Final = "a frame that is no message of ours"


def to_bytes(message: Sent) -> bytes:
    """The frame that says `message`."""
    arrays: list[Array] = []
    return encode(_header(message, arrays), arrays)


def from_reader(read: Reader, *, max_bytes: int, max_header: int = MAX_HEADER) -> Sent:
    """The next message. Raises ProtocolError for bytes that are none; what `read` raises passes through."""
    return _message(decode(read, max_bytes=max_bytes, max_header=max_header))


def whole(answer: Returned, question: Question) -> Returned:
    """The answer with every argument in it, those as well that were left alone and did not come back.

    Raises ProtocolError where it tells of others than were sent.
    """
    if not any(isinstance(each, AsSent) for each in answer.arguments or ()):
        return answer
    sent = (*question.args, *question.named.values()) if isinstance(question, Call) else ()
    if answer.arguments is None or len(answer.arguments) != len(sent):
        raise ProtocolError("arguments that were not sent")
    after = (old if isinstance(new, AsSent) else new for old, new in zip(sent, answer.arguments, strict=True))
    return replace(answer, arguments=tuple(after))


def _header(message: Sent, arrays: list[Array]) -> Header:
    match message:
        case Job():
            files = {name: pack(array(bytearray(data)), arrays) for name, data in message.files.items()}
            statements = [[s.cell, s.line, s.source, s.role, s.needed] for s in message.statements]
            return {
                "is": "job",
                "target": message.target,
                "seed": message.seed,
                "most": message.answer_bytes,
                "run": statements,
                "files": files,
                "borrows": list(message.borrows),
                "reseeds": message.reseeds,
                "told": [[len(asked), len(lent)] for asked, lent in message.told],
                "frames": pack(array(bytearray(b"".join(map(b"".join, message.told)))), arrays),
            }
        case Opened():
            failures = [[f.statement, *_error_row(f.error)] for f in message.failures]
            notices = list(map(_said_row, message.notices))
            about = {"target": message.target_type, "notices": notices, "told": message.told}
            return {"is": "opened", "failures": failures, **about}
        case Call():
            args = [pack(arg, arrays) for arg in message.args]
            named, without = pack(message.named, arrays), list(message.without)
            asked = _asked("call", message)
            return {**asked, "args": args, "named": named, "without": without, "keeps": message.keeps}
        case Follow():
            return {**_asked("follow", message), "steps": pack(message.steps, arrays)}
        case Read():
            return _asked("read", message)
        case Describe():
            return {**_asked("describe", message), "inputs": pack(message.inputs, arrays)}
        case Returned():
            return {"is": "returned", "id": message.id, **_returned(message, arrays)}
        case Raised():
            return {"is": "raised", "id": message.id, "error": _error_row(message.error)}
        case Unsupported():
            return {"is": "unsupported", "id": message.id, "what": _said_row(message.what)}
        case Borrow():
            sent, named = pack(message.args, arrays), pack(message.named, arrays)
            return {"is": "borrow", "id": message.id, "name": message.name, "args": sent, "named": named}
        case Lent():
            return {"is": "lent", "id": message.id, **_returned(message, arrays)}
        case NotLent():
            return {"is": "not lent", "id": message.id, "type": message.type, "text": message.text}
        case Leave():
            return {"is": "leave", "answered": message.answered, "notices": list(map(_said_row, message.notices))}


def _message(frame: Frame) -> Sent:
    asks = frame.header.get("is") in ("call", "follow")
    values = Unpacker(frame.arrays, asks=asks)  # takes arrays in the order in which `_header` put them
    match frame.header:
        case {"is": "job"}:
            return _job(frame.header, values)
        case {"is": "opened"}:
            return _opened(frame.header)
        case {"is": "call"}:
            return _call(frame.header, values)
        case {"is": "follow", "id": int(id), "target": str(target), "steps": node}:
            return Follow(id=id, target=target, steps=_steps(values.take(node)))
        case {"is": "read", "id": int(id), "target": str(target)}:
            return Read(id=id, target=target)
        case {"is": "describe", "id": int(id), "target": str(target), "inputs": node}:
            return Describe(id=id, target=target, inputs=_array(values.take(node)))
        case {"is": "returned", "id": int(id), "value": node, "after": (None | list()) as after}:
            value = values.take(node)
            arguments = None if after is None else tuple(map(values.take_argument, after))
            return Returned(id=id, value=value, arguments=arguments)
        case {"is": "raised", "id": int(id), "error": list(row)}:
            return Raised(id=id, error=_error(row))
        case {"is": "unsupported", "id": int(id), "what": what}:
            return Unsupported(id=id, what=_kind(what))
        case {"is": "borrow", "id": int(id), "name": str(name), "args": args, "named": named}:
            return _borrow(id, name, values.take(args), values.take(named))
        case {"is": "lent", "id": int(id), "value": node, "after": (None | list()) as after}:
            value = values.take(node)
            return Lent(id=id, value=value, arguments=None if after is None else tuple(map(values.take, after)))
        case {"is": "not lent", "id": int(id), "type": str(type), "text": str(text)}:
            return NotLent(id=id, type=_bounded(type, MAX_NAME), text=_bounded(text, MAX_ERROR_TEXT))
        case {"is": "leave", "answered": int(answered), "notices": list(notices)}:
            return Leave(answered=answered, notices=_notices(notices))
        case _:
            raise ProtocolError(NONE_OF_OURS)


def _job(header: Header, values: Unpacker) -> Job:
    match header:
        case {
            "target": str(target),
            "seed": int(seed),
            "most": int(most),
            "run": list(rows),
            "files": dict(files),
            "borrows": list(borrows),
            "reseeds": bool(reseeds),
            "told": list(lengths),
            "frames": frames,
        }:
            return Job(
                statements=tuple(map(_statement, rows)),
                target=target,
                seed=seed,
                files={str(name): _bytes(values.take(node)) for name, node in files.items()},
                answer_bytes=most,
                borrows=tuple(map(str, borrows)),
                reseeds=reseeds,
                told=_in_pairs(_bytes(values.take(frames)), lengths),
            )
        case _:
            raise ProtocolError(NONE_OF_OURS)


def _opened(header: Header) -> Opened:
    match header:
        case {
            "failures": list(rows),
            "target": (None | str()) as target,
            "notices": list(notices),
            "told": int(told),
        }:
            return Opened(
                failures=tuple(map(_failure, rows[:MAX_FAILURES])),
                target_type=target and _bounded(target, MAX_NAME),
                notices=_notices(notices),
                told=told,
            )
        case _:
            raise ProtocolError(NONE_OF_OURS)


def _call(header: Header, values: Unpacker) -> Call:
    match header:
        case {
            "id": int(id),
            "target": str(target),
            "args": list(args),
            "named": named,
            "without": list(without),
            "keeps": (None | int()) as keeps,
        }:
            given = tuple(map(values.take, args))
            by_name = _by_name(values.take(named))
            gone = tuple(map(str, without))
            return Call(id=id, target=target, args=given, named=by_name, without=gone, keeps=keeps)
        case _:
            raise ProtocolError(NONE_OF_OURS)


def _asked(kind: str, question: Question) -> Header:
    return {"is": kind, "id": question.id, "target": question.target}


def _returned(message: Returned | Lent, arrays: list[Array]) -> Header:
    value, after = pack(message.value, arrays), message.arguments
    return {"value": value, "after": None if after is None else [pack(arg, arrays) for arg in after]}


def _borrow(id: int, name: str, args: Value, named: Value) -> Borrow:
    if not isinstance(args, tuple):
        raise ProtocolError("arguments that are none")
    return Borrow(id=id, name=_bounded(name, MAX_NAME), args=args, named=_by_name(named))


def _by_name(named: Value) -> dict[str, Value]:
    if not isinstance(named, dict) or not all(isinstance(name, str) for name in named):
        raise ProtocolError("arguments by name that are none")
    return named


def _error_row(error: StudentError) -> list[Any]:
    place = [error.file, error.file_line]
    return [error.type, error.text, error.cell, error.line, error.missing, list(error.kinds), *place]


def _error(row: object) -> StudentError:
    match row:
        case [
            str(type),
            str(text),
            (None | int()) as cell,
            (None | int()) as line,
            (None | str()) as missing,
            list(kinds),
            (None | str()) as file,
            (None | int()) as file_line,
        ]:
            name, message = _bounded(type, MAX_NAME), _bounded(text, MAX_ERROR_TEXT)
            return StudentError(
                type=name,
                text=message,
                cell=cell,
                line=line,
                missing=missing and _bounded(missing, MAX_NAME),
                kinds=tuple(_bounded(each, MAX_NAME) for each in kinds[:MAX_KINDS]),
                file=file and _bounded(file, MAX_NAME),
                file_line=file_line,
            )
        case _:
            raise ProtocolError("an error that is no error of ours")


def _failure(row: object) -> Failure:
    match row:
        case [int(statement), *rest]:
            return Failure(statement=statement, error=_error(rest))
        case _:
            raise ProtocolError("a failure that is no failure of ours")


def _statement(row: object) -> Statement:
    match row:
        case [int(cell), int(line), str(source), str(role), bool(needed)] if role in ROLES:
            return Statement(cell=cell, line=line, source=source, role=role, needed=needed)  # type: ignore[arg-type]  # checked by the guard
        case _:
            raise ProtocolError("a statement that is no statement of ours")


def _notices(rows: list[Any]) -> tuple[Message, ...]:
    return tuple(map(_said, rows[:MAX_NOTICES]))


def _said_row(message: Message) -> list[Any]:
    """As the wire has it: the key, then pairs of a name and a text, a number or another such row."""
    pairs = message.fields.items()
    return [message.key, *([name, _said_row(v) if isinstance(v, Message) else v] for name, v in pairs)]


def _said(row: object, depth: int = MAX_SAID) -> Message:
    match row:
        case [str(key), *pairs] if depth and len(pairs) <= MAX_SAID:
            return Message(_bounded(key, MAX_NAME), dict(_said_field(pair, depth) for pair in pairs))
        case _:
            raise ProtocolError("a message that is none of ours")


def _kind(row: object) -> Message:
    """What cannot cross, which our own sentences are told about: in words that a room has, and no other of ours."""
    what = _said(row)
    if not all(each == TOO_LARGE or each.key in UNSUPPORTED for each in what.everything):
        raise ProtocolError("a kind of answer that is none of ours")
    return what


def _said_field(pair: object, depth: int) -> tuple[str, Field]:
    match pair:
        case [str(name), (str() | int()) as value]:
            return _bounded(name, MAX_NAME), _bounded(value, MAX_ERROR_TEXT) if isinstance(value, str) else value
        case [str(name), list(inner)]:
            return _bounded(name, MAX_NAME), _said(inner, depth - 1)
        case _:
            raise ProtocolError("a message that is none of ours")


def _steps(value: Value) -> Steps:
    if not isinstance(value, Steps):
        raise ProtocolError("steps were expected here")
    return value


def _array(value: Value) -> Array:
    if not isinstance(value, Array):
        raise ProtocolError("an array was expected here")
    return value


def _bytes(value: Value) -> bytes:
    return _array(value).data.tobytes()


def _in_pairs(frames: bytes, lengths: list[Any]) -> tuple[tuple[bytes, bytes], ...]:
    stream = BytesIO(frames)
    return tuple((stream.read(_length(asked)), stream.read(_length(lent))) for asked, lent in map(_pair, lengths))


def _pair(row: object) -> list[Any]:
    if not isinstance(row, list) or len(row) != 2:
        raise ProtocolError("a loan that is none")
    return row


def _length(count: object) -> int:
    if not isinstance(count, int) or count < 0:
        raise ProtocolError("a loan that has no length")
    return count


def _bounded(text: object, most: int) -> str:
    if not isinstance(text, str):
        raise ProtocolError("a text was expected here")
    return encodable(text if len(text) <= most else text[: most - 1] + "\N{HORIZONTAL ELLIPSIS}")
