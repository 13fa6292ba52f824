"""A room that stands before another. What a particular one changes on the way is where it is needed, not here."""

from __future__ import annotations

from collections.abc import Sequence

from grader.wall.protocol import Answer, Ended, Job, Leave, Opened, Question
from grader.wall.sandbox import Lend, Room


class PassingRoom:
    """Passes everything on to `room`, and back; a subclass says what it does otherwise."""

    def __init__(self, room: Room) -> None:
        self._room = room

    @property
    def printed(self) -> str:
        """See `Room.printed`."""
        return self._room.printed

    @property
    def seconds(self) -> float:
        """See `Room.seconds`."""
        return self._room.seconds

    @property
    def computed(self) -> float | None:
        """See `Room.computed`."""
        return self._room.computed

    def open(self, job: Job, lend: Lend | None = None) -> Opened | Ended:
        """See `Room.open`."""
        return self._room.open(job, lend)

    def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        """See `Room.ask`."""
        return self._room.ask(questions)

    def leave(self) -> Leave | Ended:
        """See `Room.leave`."""
        return self._room.leave()
