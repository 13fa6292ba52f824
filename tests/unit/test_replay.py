"""Recording a room and replaying it: the same words again, without a process."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest

from grader.errors import SandboxError
from grader.limits import RoomLimits
from grader.messages import Message, literal, prose
from grader.wall.protocol import Answer, Borrow, Call, Ended, Job, Leave, NotLent, Opened, Question, Returned
from grader.wall.sandbox import Lend, Room, Sandbox
from grader.wall.values import array
from tests.replay import Recorder, Replay

JOB = Job(statements=(), target="f", seed=0, files={}, answer_bytes=1)
WARNING = prose("It only counts.")
OPENED = Opened(failures=(), target_type="a function", notices=())
ENDED = Ended(reason="crashed", message=literal("Gone."))
LEFT = Leave()
LIMITS = RoomLimits()


def call(number: int, argument: float = 1.0) -> Call:
    """The question with that number: f([argument])."""
    return Call(id=number, target="f", args=(array([argument]),))


@dataclass
class CountingRoom:
    """Answers every question with how many there were before, and leaves as it was told."""

    left: Leave | Ended
    printed: str = "hello"
    seconds: float = 0.5
    computed: float | None = None
    asked: int = 0

    def open(self, job: Job, lend: Lend | None = None) -> Opened | Ended:
        for number, name in enumerate(job.borrows):
            assert lend is not None
            lend(Borrow(id=number, name=name, args=(), named={}))
        return OPENED

    def ask(self, questions: Sequence[Question]) -> Sequence[Answer]:
        answers = [Returned(id=question.id, value=self.asked + n) for n, question in enumerate(questions)]
        self.asked += len(questions)
        return answers

    def leave(self) -> Leave | Ended:
        return self.left


@dataclass
class CountingSandbox:
    """Gives counting rooms."""

    left: Leave | Ended = LEFT
    name: str = "counting"
    warning: Message | None = WARNING

    @contextlib.contextmanager
    def room(self, _: RoomLimits) -> Iterator[Room]:
        yield CountingRoom(self.left)


def heard(answers: Sequence[Answer]) -> list[object]:
    """The numbers and values of answers."""
    return [(a.id, a.value) if isinstance(a, Returned) else a for a in answers]


def recorded(*rounds: list[Question], left: Leave | Ended = LEFT) -> Replay:
    """A replay of one room that was asked `rounds`."""
    recorder = Recorder(CountingSandbox(left=left))
    with recorder.room(LIMITS) as room:
        room.open(JOB)
        for questions in rounds:
            room.ask(questions)
        room.leave()
    return Replay(recorder.recordings)


def test_recording_changes_nothing() -> None:
    """Whoever asks through a recorder hears what the room says."""
    recorder: Sandbox = Recorder(CountingSandbox())
    assert (recorder.name, recorder.warning) == ("counting", WARNING)
    with recorder.room(LIMITS) as room:
        assert room.open(JOB) == OPENED
        assert heard(room.ask([call(0), call(1)])) == [(0, 0), (1, 1)]
        assert (room.printed, room.leave()) == ("hello", Leave())


def test_a_replayed_room_says_what_the_recorded_one_in_english() -> None:
    """How it opened, every answer, what it printed, how it left."""
    with recorded([call(0), call(1, 2.0)], left=ENDED).room(LIMITS) as room:
        assert room.open(JOB) == OPENED
        assert heard(room.ask([call(0), call(1, 2.0)])) == [(0, 0), (1, 1)]
        assert (room.printed, room.leave()) == ("hello", ENDED)


def test_answers_are_found_by_what_was_asked_not_by_its_number() -> None:
    """Other checks in between do not invalidate a recording."""
    with recorded([call(0), call(1, 2.0)]).room(LIMITS) as room:
        room.open(JOB)
        assert heard(room.ask([call(7, 2.0)])) == [(7, 1)]


def test_the_same_question_twice_gets_both_answers_in_order() -> None:
    """A function that counts its calls stays caught."""
    with recorded([call(0), call(1)]).room(LIMITS) as room:
        room.open(JOB)
        assert heard([*room.ask([call(0)]), *room.ask([call(1)])]) == [(0, 0), (1, 1)]


def test_every_replayed_room_begins_anew() -> None:
    """A recording may be judged any number of times."""
    replay = recorded([call(0)])
    for _ in range(2):
        with replay.room(LIMITS) as room:
            room.open(JOB)
            assert heard(room.ask([call(0)])) == [(0, 0)]


def test_what_was_lent_is_recorded_and_need_not_be_lent_again() -> None:
    """A recording shows what its answers rest on; replayed, nobody is asked."""
    recorder, job = Recorder(CountingSandbox()), replace(JOB, borrows=("g", "h"))
    with recorder.room(LIMITS) as room:
        room.open(job, lambda borrow: NotLent(id=borrow.id, type="ValueError", text=borrow.name))
    with Replay(recorder.recordings).room(LIMITS) as replayed:
        assert replayed.open(job) == OPENED
    said = [(each.asked.name, each.said) for each in recorder.recordings[0].borrowings]
    assert said == [(n, NotLent(id=i, type="ValueError", text=n)) for i, n in enumerate(job.borrows)]


def test_an_unknown_job_is_our_failure() -> None:
    """No recording, no verdict."""
    with recorded().room(LIMITS) as room, pytest.raises(SandboxError, match="this job was not recorded"):
        room.open(replace(JOB, seed=1))


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(call(0, 9.0), id="another argument"),
        pytest.param(replace(call(0), target="g"), id="another target"),
    ],
)
def test_an_unknown_question_is_our_failure(question: Call) -> None:
    """An answer is never made up."""
    with recorded([call(0)]).room(LIMITS) as room:
        room.open(JOB)
        with pytest.raises(SandboxError, match="this question was not recorded"):
            room.ask([question])


def test_nothing_can_be_asked_before_the_job() -> None:
    """A room that was not opened has nothing to say."""
    with recorded([call(0)]).room(LIMITS) as room, pytest.raises(SandboxError, match="not recorded"):
        room.ask([call(0)])
