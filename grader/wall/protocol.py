"""What crosses the wall: the job, the questions, the outcomes. Nothing else does.

The judge sends one `Job`, the room answers `Opened`; then any number of questions, each answered by one outcome with
the same id; then `Leave`. An outcome is a claim by a process that runs student code: it carries data and never a
verdict. Until it leaves, the room may ask as well: each `Borrow` is a call of a function that the judge keeps for it,
answered by `Lent` or `NotLent`. How each becomes bytes is `message_frames.py`. Exists in the room too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, get_args

from grader.message import Message, say
from grader.wall.values import Array, Steps, Value

Role = Literal["import", "definition", "cell"]
ROLES: Final = get_args(Role)
MAX_ERROR_TEXT: Final = 2_000
MAX_NAME: Final = 200
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
    it was asked before. `told` are loans that the judge knows already, in order: frames of a `Borrow` numbered 0 and of
    what it gets. As long as the room borrows just that, it need not ask.
    """

    statements: tuple[Statement, ...]
    target: str
    seed: int
    files: dict[str, bytes]
    answer_bytes: int
    borrows: tuple[str, ...] = ()
    reseeds: bool = False
    told: tuple[tuple[bytes, bytes], ...] = ()


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
    """The plan has run: what failed on the way, the type of the target (None: it was never bound), what was adapted;
    how many of the loans that it was told of were taken."""

    failures: tuple[Failure, ...]
    target_type: str | None
    notices: tuple[Message, ...]
    told: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Call `target` with fresh copies of `args` and of those `named`; `arguments` of the outcome are those copies
    afterwards, the named ones last. The names `without` are not there meanwhile. An outcome that is no plain data is
    kept in the room as number `keeps`, if that is given, and a `Handle` is its value."""

    id: int
    target: str
    args: tuple[Value, ...]
    named: dict[str, Value] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    keeps: int | None = None


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
    """Asked by the room: call the function `name` with these arguments. Ids count from 0, and with them those loans
    that the room was told of."""

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


def asked_with(args: tuple[Value, ...], *, id: int, target: str) -> Call | Follow:
    """The question that arguments are for: a call with them, or steps to follow if they are these."""
    match args:
        case [Steps() as steps, *_]:
            return Follow(id=id, target=target, steps=steps)
        case _:
            return Call(id=id, target=target, args=args)
