"""What a cell hears of a work, in order: noted of the reference, asked of a student's work, told the cell again.

A cell does what its text and the answers make of it. Work that answers all that the reference was asked as the
reference did brings it through as well, so no room has to run it. Up to its first answer that is another, the cell
would have asked just that, one after the other: so it is told that when it then runs. Nothing is asked beyond it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

from grader.judging.examination import Ask
from grader.limits import MEGABYTE
from grader.wall.message_frames import from_reader, to_bytes
from grader.wall.protocol import Answer, Question, Raised, Returned, Sent, Unsupported
from grader.wall.values import identical

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
    order; None if that is too much to keep."""

    by_far: bool
    exchanges: tuple[Exchange, ...] | None


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
                self._frames += to_bytes(question) + to_bytes(answer)
        return answers


class Retold:
    """Answers what a cell asks by what its work has `heard` and said already, and by `ask` from there on."""

    def __init__(self, heard: Sequence[Exchange], ask: Ask) -> None:
        self._heard = deque(heard)
        self._ask = ask

    def answers(self, questions: Sequence[Question]) -> Sequence[Answer]:
        """See `Ask`."""
        known = [self._heard.popleft() for each in questions if self._is_next(each)]
        asked = questions[len(known) :]
        return [*(each.answer for each in known), *(self._ask(asked) if asked else ())]

    def _is_next(self, question: Question) -> bool:
        if self._heard and to_bytes(self._heard[0].question) == to_bytes(question):
            return True
        self._heard.clear()  # a cell that draws its own chance asks for something else each time
        return False


def exchanges_of(frames: bytes) -> tuple[Exchange, ...]:
    """The exchanges whose frames these are. Raises ProtocolError for anything else."""
    messages = _messages(frames)
    return tuple(
        Exchange(question=question, answer=answer)  # type: ignore[arg-type]  # as `Noting` wrote them
        for question, answer in zip(messages, messages, strict=True)
    )


def asked_alike(exchanges: Sequence[Exchange], ask: Ask) -> tuple[list[Exchange], bool]:
    """What a work answers to what the reference was asked, up to the first answer that is another; whether none is."""
    heard: list[Exchange] = []
    for each in exchanges:
        (answer,) = ask([each.question])
        heard.append(replace(each, answer=answer))
        if not each.is_alike(answer):
            return heard, False
    return heard, True


def _messages(frames: bytes) -> Iterator[Sent]:
    stream = BytesIO(frames)
    while stream.tell() < len(frames):
        yield from_reader(stream.read, max_bytes=len(frames), max_header=len(frames))
