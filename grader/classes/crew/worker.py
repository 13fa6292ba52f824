"""One worker process of a crew, seen from both ends of its pipe. Parent and worker trust each other.

When a worker is due, and what is tried again, is the crew's business.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Any, Generic, Protocol, TypeVar

from grader.errors import GraderError, SandboxUnavailable, UsageError
from grader.messages import Message, english, say

#: for a worker to end its rooms and leave no files behind
END_SECONDS = 5.0

TaskT = TypeVar("TaskT")
TaskT_contra = TypeVar("TaskT_contra", contravariant=True)
ResultT = TypeVar("ResultT")
ResultT_co = TypeVar("ResultT_co", covariant=True)


class Work(Protocol[TaskT_contra, ResultT_co]):
    """What a worker does. It is sent to each worker when that one starts, so it must pickle."""

    def open(self) -> AbstractContextManager[Callable[[TaskT_contra], ResultT_co]]:
        """How each task is done. Errors of this machine or course end the whole run: UsageError and
        SandboxUnavailable, here or from a task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt(Generic[TaskT]):
    """A task, and which try at it this is, counted from 1."""

    task: TaskT
    number: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The work may begin."""


@dataclass(frozen=True, slots=True)
class TaskResult(Generic[ResultT]):
    """What came of the task."""

    value: ResultT


@dataclass(frozen=True, slots=True)
class WorkerFailure:
    """The worker could not do its task, and has ended or is about to."""

    reason: Message


@dataclass(frozen=True, slots=True)
class Stop:
    """No worker can do any task."""

    error: GraderError


class CrewWorker(Generic[TaskT, ResultT]):
    """One worker as the supervisor sees it; with an `attempt` it is busy until its `deadline`."""

    def __init__(self, work: Work[TaskT, ResultT]) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would copy our threads' locks and our memory
        self.connection, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(work, theirs), daemon=True)
        with theirs, _interrupts_held():
            self.process.start()
        self.attempt: Attempt[TaskT] | None = None
        self.deadline = 0.0
        self.ready = False

    def give(self, attempt: Attempt[TaskT], *, deadline: float) -> None:
        """Hand it a task, to be done by then."""
        self.attempt, self.deadline = attempt, deadline
        with suppress(OSError):  # it has just ended: that is heard in a moment
            self.connection.send(attempt.task)

    def heard(self) -> Ready | TaskResult[ResultT] | WorkerFailure | Stop | None:
        """What it said, if anything; that it ended without a word is a failure."""
        if not self.connection.poll():
            return None
        try:
            message: Ready | TaskResult[ResultT] | WorkerFailure | Stop = self.connection.recv()
        except (EOFError, OSError):
            self.process.join(END_SECONDS)
            return WorkerFailure(_how(self.process.exitcode))
        self.ready = True if isinstance(message, Ready) else self.ready
        return message

    def dismiss(self, *, at_once: bool) -> None:
        """Let it go: when its task is done, or now."""
        if at_once:  # before the pipe is closed, at which it would begin to leave, and be disturbed in that
            self.process.terminate()
        self.connection.close()

    def bury(self, deadline: float) -> None:
        """Wait until it has ended, and end it at the deadline."""
        self.process.join(max(0.0, deadline - time.monotonic()))
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


def _how(exit_code: int | None) -> Message:
    if exit_code is None or exit_code >= 0:
        return say("process_ended")
    with suppress(ValueError):
        return say("process_ended_by", signal=signal.Signals(-exit_code).name)
    return say("process_ended_by", signal=f"signal {-exit_code}")


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A child started meanwhile holds back SIGINT until it has said what to do about it: Ctrl-C goes to all of us."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(work: Work[TaskT, object], connection: Connection) -> None:
    """The life of a worker. It does everything in its main thread: rooms end when the thread that started them does."""
    _leave_interrupts_to_the_parent()
    with suppress(BrokenPipeError, ConnectionResetError):  # the parent is gone
        try:
            with work.open() as done:
                connection.send(Ready())
                for task in _given(connection):
                    connection.send(TaskResult(done(task)))
        except (UsageError, SandboxUnavailable) as error:
            connection.send(Stop(error))
        except Exception as error:
            connection.send(WorkerFailure(_in_short(error)))


def _given(connection: Connection) -> Iterator[Any]:
    with suppress(EOFError):  # we are let go
        while True:
            yield connection.recv()


def _leave_interrupts_to_the_parent() -> None:
    # a handler, not SIG_IGN: that would be passed on to the rooms, where student code could tell
    signal.signal(signal.SIGINT, _go_on)
    signal.signal(signal.SIGTERM, _end)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _go_on(number: int, frame: FrameType | None) -> None:
    del number, frame


def _end(number: int, frame: FrameType | None) -> None:
    del number, frame
    sys.exit(0)  # by way of every context manager, so that rooms end and no file is left


def _in_short(error: Exception) -> Message:
    place = traceback.extract_tb(error.__traceback__)[-1]
    said = english(error.message) if isinstance(error, GraderError) else str(error)
    named = f"{type(error).__name__}: {said}"
    return say("grader_failed", error=named, file=Path(place.filename).name, line=place.lineno or 0)
