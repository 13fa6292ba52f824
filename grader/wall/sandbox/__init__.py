"""Sandboxes: where student code runs. This file is the seam.

A sandbox hands out rooms. A room runs one job and answers questions; what the student's code does there is a value,
never an exception. `forked.py` is the way to keep it; a new way to lock rooms in is a class and a row in `tiers.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeAlias

from grader.limits import RoomLimits
from grader.messages import Message
from grader.wall.protocol import Answer, Borrow, Ended, Job, Leave, Loan, Opened, Question

#: what the judge says to a room that borrows a function: a loan, the end of the room, or None for a request that no
#: honest room makes. Raises SandboxError for what is our fault
Lend: TypeAlias = Callable[[Borrow], Loan | Ended | None]


class Room(Protocol):
    """One single-use room. After it ended, for whatever reason, every further answer is `Ended`."""

    def open(self, job: Job, lend: Lend | None = None) -> Opened | Ended:
        """Run the job's statements. Raises SandboxError if the room was lost through no fault of the student.

        From now on `lend` answers whatever the room borrows; without it, a room that borrows is forged.
        """

    def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        """One answer per question, in order. Raises SandboxError as `open` does."""

    def leave(self) -> Leave | Ended:
        """Let the room go and hear its last word. `Ended` as "forged" if it had said more than it was asked: then none
        of its answers counts."""

    @property
    def printed(self) -> str:
        """What the job's statements printed, capped; what is printed while questions are answered is dropped."""

    @property
    def seconds(self) -> float:
        """Its own time: computing, or sleeping while we waited. Not what the machine, the judge or a loan took."""

    @property
    def computed(self) -> float | None:
        """Processor time of its process so far, as the kernel counts it; None where that cannot be told."""


class Sandbox(Protocol):
    """Gives rooms. Used as a context manager: leaving it ends every room and every process it started."""

    @property
    def name(self) -> str:
        """As the report's provenance names it."""

    @property
    def warning(self) -> Message | None:
        """What an instructor must know about it: said on stderr and in every report."""

    def room(self, limits: RoomLimits) -> AbstractContextManager[Room]:
        """A new room under `limits`. Raises SandboxError if there is none to be had."""
