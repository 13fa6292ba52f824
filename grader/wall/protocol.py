"""What crosses the wall: the job, the questions, the outcomes. Nothing else does.

The judge sends one `Job`, the room answers `Opened`; then any number of questions, each answered by one outcome with
the same id; then `Leave`. An outcome is a claim by a process that runs student code: it carries data and never a
verdict. Until it leaves, the room may ask as well: each `Borrow` is a call of a function that the judge keeps for it,
answered by `Lent` or `NotLent`. Exists in the room too; imports only errors, values and frames.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypeAlias, get_args

from grader.errors import ProtocolError
from grader.message import Field, Message, say
from grader.wall.frames import MAX_HEADER, Frame, Header, Reader, Unpacker, decode, encodable, encode, pack
from grader.wall.steps import MAX_KINDS
from grader.wall.values import UNSUPPORTED, Array, AsSent, Steps, Value, array

Role = Literal["import", "definition", "cell"]
ROLES: Final = get_args(Role)
MAX_ERROR_TEXT: Final = 2_000
MAX_NAME: Final = 200
MAX_NOTICES: Final = 100
MAX_FAILURES: Final = 1_000  # of statements; what comes after them is not told
MAX_SAID: Final = 4  # messages within messages
#: what a room says of an answer that is beyond what the judge reads
TOO_LARGE: Final = say("beyond_limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One top-level statement of the notebook, as it will run.

    `cell` counts the notebook's cells from 1, `line` the lines of that cell from 1. A statement that is
    not `needed` may fail at no cost: the names it binds were not asked for.
    """

    cell: int
    line: int
    source: str
    role: Role
    needed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """All a room is told: what to run, in order, the files beside it, the seed of its random generators, how large one
    answer may be, and the names of the functions that it borrows from the judge instead of having its own.

    With `reseeds`, each call begins with the generators as the seed leaves them: so a reference answers alike whatever
    it was asked before.
    """

    statements: tuple[Statement, ...]
    target: str
    seed: int
    files: dict[str, bytes]
    answer_bytes: int
    borrows: tuple[str, ...] = ()
    reseeds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentError:
    """An exception in student code: class name, bounded text, and the deepest line that is the student's own.

    `missing` is the name or module that was not there, for NameError and ModuleNotFoundError. `meant` is what the judge
    found beside it; no room sends it. `kinds` are its class and those it is derived from, as libraries know them.
    `file` and `file_line` say where in a file beside the notebook it was raised, if that line called such a one.
    """

    type: str
    text: str
    cell: int | None = None
    line: int | None = None
    missing: str | None = None
    meant: str | None = None
    kinds: tuple[str, ...] = field(default=(), compare=False)
    file: str | None = field(default=None, compare=False)
    file_line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Statement number `statement` of the job raised."""

    statement: int
    error: StudentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The plan has run: what failed on the way, the type of the target (None: it was never bound), what was adapted."""

    failures: tuple[Failure, ...]
    target_type: str | None
    notices: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Call `target` with fresh copies of `args` and of those `named`; `arguments` of the outcome are those copies
    afterwards, the named ones last. The names `without` are not there meanwhile."""

    id: int
    target: str
    args: tuple[Value, ...]
    named: dict[str, Value] = field(default_factory=dict)
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Follow:
    """Take `steps` with `target` and with what they make of it, and tell what they tell."""

    id: int
    target: str
    steps: Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Read the value of the name `target`."""

    id: int
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Describe:
    """Describe the Keras model `target`: layers, weight buffers, and its predictions for `inputs` (m, ...) float32."""

    id: int
    target: str
    inputs: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Returned:
    """The value of the answer; for a Call, also what became of its arguments. On its way, those that were left alone
    are `AS_SENT`."""

    id: int
    value: Value
    arguments: tuple[Value, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """The student's code raised."""

    id: int
    error: StudentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported:
    """The answer is of a kind that cannot cross; `what` says what it was."""

    id: int
    what: Message


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Borrow:
    """Asked by the room: call the function `name` with these arguments. Ids count from 0."""

    id: int
    name: str
    args: tuple[Value, ...]
    named: dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lent:
    """What the borrowed function returned, and its arguments afterwards, those by name last; None if it left them."""

    id: int
    value: Value
    arguments: tuple[Value, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotLent:
    """The borrowed function raised: the name of a built-in exception, and its text."""

    id: int
    type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The judge has no more questions. The room says how many it answered and what it adapted meanwhile, and ends."""

    answered: int = 0
    notices: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Seen from outside, never sent: the room ended before it answered, and why, as a student may read it."""

    reason: Literal["timed_out", "over_limit", "crashed", "forged"]
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class OverLimit:
    """Seen from outside, never sent: this one answer took more than a limit allows, as a student may read it. The room
    lives and answers on."""

    id: int
    message: Message


Question: TypeAlias = Call | Follow | Read | Describe
Outcome: TypeAlias = Returned | Raised | Unsupported
#: why there is no outcome: of one question, or of every one from here on
NoOutcome: TypeAlias = OverLimit | Ended
#: what the judge has in hand after asking
Answer: TypeAlias = Outcome | NoOutcome
Loan: TypeAlias = Lent | NotLent
Sent: TypeAlias = Job | Opened | Question | Outcome | Borrow | Loan | Leave


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
            }
        case Opened():
            failures = [[f.statement, *_error_row(f.error)] for f in message.failures]
            notices = list(map(_said_row, message.notices))
            return {"is": "opened", "failures": failures, "target": message.target_type, "notices": notices}
        case Call():
            args = [pack(arg, arrays) for arg in message.args]
            named, without = pack(message.named, arrays), list(message.without)
            return {**_asked("call", message), "args": args, "named": named, "without": without}
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
        case {
            "is": "job",
            "target": str(target),
            "seed": int(seed),
            "most": int(most),
            "run": list(rows),
            "files": dict(files),
            "borrows": list(borrows),
            "reseeds": bool(reseeds),
        }:
            data = {str(name): _bytes(values.take(node)) for name, node in files.items()}
            return Job(
                statements=tuple(map(_statement, rows)),
                target=target,
                seed=seed,
                files=data,
                answer_bytes=most,
                borrows=tuple(map(str, borrows)),
                reseeds=reseeds,
            )
        case {
            "is": "opened",
            "failures": list(rows),
            "target": (None | str()) as target,
            "notices": list(notices),
        }:
            return Opened(
                failures=tuple(map(_failure, rows[:MAX_FAILURES])),
                target_type=target and _bounded(target, MAX_NAME),
                notices=_notices(notices),
            )
        case {
            "is": "call",
            "id": int(id),
            "target": str(target),
            "args": list(args),
            "named": named,
            "without": list(without),
        }:
            given = tuple(map(values.take, args))
            by_name = _by_name(values.take(named))
            return Call(id=id, target=target, args=given, named=by_name, without=tuple(map(str, without)))
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
            raise ProtocolError("a frame that is no message of ours")


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


def asked_with(args: tuple[Value, ...], *, id: int, target: str) -> Call | Follow:
    """The question that arguments are for: a call with them, or steps to follow if they are these."""
    match args:
        case [Steps() as steps, *_]:
            return Follow(id=id, target=target, steps=steps)
        case _:
            return Call(id=id, target=target, args=args)


def _array(value: Value) -> Array:
    if not isinstance(value, Array):
        raise ProtocolError("an array was expected here")
    return value


def _bytes(value: Value) -> bytes:
    return _array(value).data.tobytes()


def _bounded(text: object, most: int) -> str:
    if not isinstance(text, str):
        raise ProtocolError("a text was expected here")
    return encodable(text if len(text) <= most else text[: most - 1] + "\N{HORIZONTAL ELLIPSIS}")
