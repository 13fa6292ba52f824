"""The sandbox `replay`: recorded outcomes instead of a process, to judge once more what a room once said.

`Recorder` wraps another sandbox and keeps what every room said; `Replay` says it again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from grader.errors import SandboxError
from grader.limits import RoomLimits
from grader.messages import Message
from grader.wall.message_frames import to_bytes
from grader.wall.protocol import Answer, Borrow, Ended, Job, Leave, Loan, Opened, Question
from grader.wall.sandbox import Lend, Room, Sandbox
from grader.wall.sandbox.passing import PassingRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrowing:
    """One call of a borrowed function, and what the judge said to it."""

    asked: Borrow
    said: Loan | Ended | None


@dataclass(slots=True, kw_only=True)
class Recording:
    """What one room said: how its job went, the answer to each question, what it printed, and how it left.

    `borrowings` are for whoever wants to know what an answer rests on; to say it again, nobody has to lend again.
    """

    job: bytes
    opened: Opened | Ended
    answers: dict[bytes, list[Answer]] = field(default_factory=dict)
    printed: str = ""
    left: Leave | Ended = field(default_factory=Leave)
    borrowings: list[Borrowing] = field(default_factory=list)


class Replay:
    """A sandbox whose rooms repeat recordings, found by their job. A room for an unknown job is a SandboxError."""

    name = "replay"
    warning = None

    def __init__(self, recordings: Sequence[Recording]) -> None:
        self._by_job = {recording.job: recording for recording in recordings}

    @contextlib.contextmanager
    def room(self, limits: RoomLimits) -> Iterator[Room]:
        """See `Sandbox.room`; the limits were those of the recorded room."""
        del limits
        yield _ReplayedRoom(self._by_job)


class _ReplayedRoom:
    seconds = 0.0
    computed = None

    def __init__(self, by_job: dict[bytes, Recording]) -> None:
        self._by_job = by_job
        self._recording: Recording | None = None
        self._heard: dict[bytes, int] = {}

    @property
    def printed(self) -> str:
        return self._recording.printed if self._recording else ""

    def open(self, job: Job, lend: Lend | None = None) -> Opened | Ended:
        del lend  # what was lent is in the answers already
        if (recording := self._by_job.get(to_bytes(job))) is None:
            raise SandboxError("this job was not recorded, so it cannot be replayed. Grade it in a real sandbox.")
        self._recording = recording
        return recording.opened

    def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        return [self._answer(question) for question in questions]

    def leave(self) -> Leave | Ended:
        return self._recording.left if self._recording else Leave()

    def _answer(self, question: Question) -> Answer:
        key = _without_id(question)
        answers = self._recording.answers.get(key, []) if self._recording else []
        turn = self._heard.get(key, 0)
        if turn >= len(answers):
            raise SandboxError("this question was not recorded, so it cannot be replayed. Grade it in a real sandbox.")
        self._heard[key] = turn + 1
        answer = answers[turn]
        return answer if isinstance(answer, Ended) else replace(answer, id=question.id)


class Recorder:
    """Passes everything on to `sandbox` and keeps it in `recordings`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.recordings: list[Recording] = []
        self._sandbox = sandbox

    @property
    def name(self) -> str:
        """See `Sandbox.name`."""
        return self._sandbox.name

    @property
    def warning(self) -> Message | None:
        """See `Sandbox.warning`."""
        return self._sandbox.warning

    @contextlib.contextmanager
    def room(self, limits: RoomLimits) -> Iterator[Room]:
        """See `Sandbox.room`."""
        with self._sandbox.room(limits) as room:
            yield _RecordedRoom(room, self.recordings)


class _RecordedRoom(PassingRoom):
    def __init__(self, room: Room, recordings: list[Recording]) -> None:
        super().__init__(room)
        self._recordings = recordings

    def open(self, job: Job, lend: Lend | None = None) -> Opened | Ended:
        borrowings: list[Borrowing] = []

        def noted(borrow: Borrow) -> Loan | Ended | None:
            assert lend is not None
            said = lend(borrow)
            borrowings.append(Borrowing(asked=borrow, said=said))
            return said

        opened = self._room.open(job, lend and noted)
        printed = self._room.printed
        self._recordings.append(Recording(job=to_bytes(job), opened=opened, printed=printed, borrowings=borrowings))
        return opened

    def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        answers = self._room.ask(questions)
        for question, answer in zip(questions, answers, strict=True):
            self._recordings[-1].answers.setdefault(_without_id(question), []).append(answer)
        return answers

    def leave(self) -> Leave | Ended:
        self._recordings[-1].left = left = self._room.leave()
        return left


def _without_id(question: Question) -> bytes:
    return to_bytes(replace(question, id=0))
