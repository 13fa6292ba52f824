"""What a cell hears of a work, in order: noted of the reference, asked of a student's work, told the cell again.

A cell does what its text and the answers make of it. Work that answers all that the reference was asked as the
reference did brings it through as well, so no room has to run it. Up to its first answer that is another, the cell
would have asked just that, one after the other: so it is told that when it then runs. Beyond that answer only such
cells ask by what the reference was asked as ask the same of every work, see `judging/cells/foreseen.py`: all at once,
as every other check does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import takewhile
from typing import Final

from grader.judging.examination import Ask
from grader.limits import MEGABYTE
from grader.wall.message_frames import from_reader, to_bytes, whole
from grader.wall.protocol import Answer, Call, Ended, Outcome, Question, Raised, Read, Returned, Sent, Unsupported
from grader.wall.values import AS_SENT, Expression, LentFunction, Value, identical

#: frames of all that one cell asked and heard of the reference; a cell that took more is run every time
MOST_BYTES: Final = 4 * MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exchange:
    """One question that a cell asked, and what it heard."""

    question: Question
    answer: Answer

    def is_alike(self, answer: Answer) -> bool:
        """Whether the cell would be told the same by this answer: of an exception that is its type and its text."""
        match self.answer, answer:
            case Returned() as one, Returned() as other:
                return identical(one.value, other.value) and identical(one.arguments, other.arguments)
            case Raised(error=one), Raised(error=other):
                return (one.type, one.text) == (other.type, other.text)
            case Unsupported(what=one), Unsupported(what=other):
                return one == other
            case _:
                return False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rehearsal:
    """How a cell went through with the reference: whether by far within its limits, and what it asked and heard in
    order, None if that is too much to keep. `foreseen`: it asks that of every work."""

    by_far: bool
    exchanges: tuple[Exchange, ...] | None
    foreseen: bool = False


class AskedAhead(Exception):
    """A work was asked more than the cell asked, and ended at that, or it was asked something else: what its room would
    say now may be another's fault."""


class Noting:
    """Asks `ask`, and notes all that is heard as frames, as long as there is space for it."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._frames = bytearray()

    @property
    def frames(self) -> bytes | None:
        """What `exchanges_of` reads; None if it is too much to keep."""
        return bytes(self._frames) if len(self._frames) <= MOST_BYTES else None

    def answers(self, questions: Sequence[Question]) -> Sequence[Answer]:
        """See `Ask`."""
        answers = self._ask(questions)
        for question, answer in zip(questions, answers, strict=True):
            if len(self._frames) <= MOST_BYTES and isinstance(answer, Returned | Raised | Unsupported):
                self._frames += to_bytes(question) + to_bytes(_without_functions(answer))
        return answers


class Retold:
    """Answers what a cell asks by what its work has `heard` and said already, and by `ask` from there on."""

    def __init__(self, heard: Sequence[Exchange], ask: Ask) -> None:
        self._heard = deque(heard)
        self._ask = ask
        self._strayed = False  # whether something else was asked than what was heard
        self._at_the_end = False  # whether it was told that the work's room ended

    @property
    def left(self) -> tuple[Exchange, ...]:
        """What was heard and not told yet."""
        return tuple(self._heard)

    @property
    def too_much(self) -> bool:
        """Whether the work was asked something else than the cell asked, or ended at what the cell did not come to."""
        ended = any(isinstance(each.answer, Ended) for each in self._heard)
        return self._strayed or (ended and not self._at_the_end)

    def answers(self, questions: Sequence[Question]) -> Sequence[Answer]:
        """See `Ask`."""
        known = [self._heard.popleft().answer for each in questions if self._is_next(each)]
        self._at_the_end |= any(isinstance(each, Ended) for each in known)
        asked = questions[len(known) :]
        return [*known, *(self._ask(asked) if asked else ())]

    def _is_next(self, question: Question) -> bool:
        if self._heard and _is_the_same(self._heard[0].question, question):
            return True
        self._strayed |= bool(self._heard)
        self._heard.clear()  # a cell that draws its own chance asks for something else each time
        return False


def _is_the_same(heard: Question, question: Question) -> bool:
    match heard, question:
        case Call() as one, Call() as other if _are(one.args, other.args) and _are(one.named, other.named):
            return (one.target, one.without, one.keeps) == (other.target, other.without, other.keeps)
        case _:
            return to_bytes(heard) == to_bytes(question)


def _are(ones: Iterable[Value] | Mapping[str, Value], others: Iterable[Value] | Mapping[str, Value]) -> bool:
    """Whether these are the very same values."""
    if isinstance(ones, Mapping) and isinstance(others, Mapping):
        return [*ones] == [*others] and _are(ones.values(), others.values())
    return [id(each) for each in ones] == [id(each) for each in others]


def exchanges_of(frames: bytes) -> tuple[Exchange, ...]:
    """The exchanges whose frames these are. Raises ProtocolError for anything else."""
    messages = _messages(frames)
    return tuple(
        Exchange(question=question, answer=_with_functions(answer, question))  # type: ignore[arg-type]  # as `Noting` wrote them
        for question, answer in zip(messages, messages, strict=True)
    )


def _without_functions(answer: Outcome) -> Outcome:
    """What a frame of an answer may hold: a function that was passed is as it was sent."""
    if not isinstance(answer, Returned) or answer.arguments is None:
        return answer
    functions = (Expression, LentFunction)
    return replace(
        answer, arguments=tuple(AS_SENT if isinstance(each, functions) else each for each in answer.arguments)
    )


def _with_functions(answer: Sent, question: Sent) -> Sent:
    return whole(answer, question) if isinstance(answer, Returned) and isinstance(question, Call) else answer


def asked_alike(rehearsal: Rehearsal, ask: Ask, *, ahead: bool = True) -> tuple[list[Exchange], bool]:
    """What a work answers to what the reference was asked; whether all of it is alike. What is not foreseen is asked up
    to the first answer that is another; so is everything unless work may be asked `ahead`."""
    exchanges = rehearsal.exchanges or ()
    heard = _asked_at_once(tuple(takewhile(lambda each: isinstance(each.question, Read), exchanges)), ask)
    left = exchanges[len(heard) :]
    if not all(each.is_alike(own.answer) for each, own in zip(exchanges, heard, strict=False)):
        return heard, False
    if rehearsal.foreseen and ahead:
        heard += _asked_at_once(left, ask)
        return heard, all(each.is_alike(own.answer) for each, own in zip(exchanges, heard, strict=True))
    for each in left:
        heard += _asked_at_once([each], ask)
        if not each.is_alike(heard[-1].answer):
            return heard, False
    return heard, True


def _asked_at_once(exchanges: Sequence[Exchange], ask: Ask) -> list[Exchange]:
    answers = ask([each.question for each in exchanges]) if exchanges else ()
    return [replace(each, answer=answer) for each, answer in zip(exchanges, answers, strict=True)]


def _messages(frames: bytes) -> Iterator[Sent]:
    stream = BytesIO(frames)
    while stream.tell() < len(frames):
        yield from_reader(stream.read, max_bytes=len(frames), max_header=len(frames))
