"""Rehearsals: what the reference borrows of itself while it answers a key, asked beforehand and kept with the key.

A right submission asks the same, bit for bit, so its loans need neither a room nor a way through one. Nothing is
learned from a student's room: one that took its reference over would answer for it in all that follow. What is known is
kept apart by visibility, so that no room can tell by the time of a loan what a hidden check asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from grader.course.assignment import Exercise, Visibility
from grader.errors import SandboxError
from grader.grading.key_store import KeyStore
from grader.grading.loans import Loans, digest_of
from grader.grading.reference_rooms import ReferenceRooms
from grader.judging import Key
from grader.limits import MEGABYTE
from grader.wall.message_frames import to_bytes
from grader.wall.protocol import Answer, Call, Question, Returned
from grader.wall.sandbox import Room
from grader.wall.sandbox.passing import PassingRoom
from grader.wall.values import Value, form, identical

#: of the answers to one exercise's rehearsal; what is beyond is asked when it is needed
MOST_BYTES: Final = 32 * MEGABYTE

Known = Mapping[str, Returned]
#: the loans of one room of an exercise, whose reference room is made by what is given
LoansBy = Callable[[Callable[[AbstractContextManager[Room]], AbstractContextManager[Room]]], Loans]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsals:
    """The rehearsals of one assignment, each held when the first loan of its exercise is asked for."""

    rooms: ReferenceRooms
    prepared: Mapping[str, Key]
    store: KeyStore
    name: str
    seed: int
    _held: dict[tuple[str, Visibility], Known] = field(default_factory=dict)

    def known(self, part: Exercise, loans: LoansBy) -> Known:
        """Answers of the reference by the digests of their questions, for an exercise with checks of one visibility.

        A rehearsal that fails makes nothing wrong: whatever is asked then goes to a room.
        """
        visibility = part.checks[0].visibility
        if (part.id, visibility) not in self._held:
            name = f"{self.name}.{part.id}.{visibility.value}.{self.seed}.loans"
            try:
                known = self.store.kept(name, dict, lambda: self._rehearsed(part, loans))
            except SandboxError:
                known = {}
            self._held[part.id, visibility] = known
        return self._held[part.id, visibility]

    def _rehearsed(self, part: Exercise, loans: LoansBy) -> dict[str, Returned]:
        notes = _Notes()
        with loans(notes.taken_in) as given:
            self.rooms.rehearse(part, _calls(part, self.prepared[part.id]), given.lend, seed=self.seed)
        return notes.answers


def _calls(part: Exercise, key: Key) -> list[tuple[Value, ...]]:
    """What the checks and remarks of this part ask, each once."""
    asked = [*(key.cases[check.id] for check in part.checks), *key.remarks]
    return list({form(case.args): case.args for cases in asked for case in cases}.values())


class _Notes:
    """What a reference room answered, as long as there is space for it."""

    def __init__(self) -> None:
        self.answers: dict[str, Returned] = {}
        self._bytes = 0

    @contextmanager
    def taken_in(self, opening: AbstractContextManager[Room]) -> Iterator[Room]:
        with opening as room:
            yield _Noted(room, self)

    def take(self, call: Call, answer: Returned) -> None:
        self._bytes += len(to_bytes(answer))
        if self._bytes <= MOST_BYTES:
            same = all(map(identical, answer.arguments or (), (*call.args, *call.named.values())))
            kept = replace(answer, id=0, arguments=None if same else answer.arguments)
            self.answers[digest_of(to_bytes(replace(call, id=0)))] = kept


class _Noted(PassingRoom):
    """A reference room whose answers are noted. What it raises is asked again whenever it is wanted."""

    def __init__(self, room: Room, notes: _Notes) -> None:
        super().__init__(room)
        self._notes = notes

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        """See `Room.ask`."""
        answers = self._room.ask(questions)
        for question, answer in zip(questions, answers, strict=True):
            if isinstance(question, Call) and isinstance(answer, Returned):
                self._notes.take(question, answer)
        return list(answers)
