"""The process of a slot, with the pipe on which it says how far it has come beside the one of `crew`."""

from __future__ import annotations

import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Generic, TypeAlias, TypeVar

from grader.classes.crew.worker import (
    END_SECONDS,
    Attempt,
    CrewWorker,
    Ready,
    Stop,
    TaskResult,
    Work,
    WorkerFailure,
)
from grader.messages import Message, counted, say
from grader.service.store.outline import Stage
from grader.service.worker.job import Allowed, JobAnswer

#: for a course to be loaded, until the process says what the job itself may take
BEGIN_SECONDS: Final = 300.0

JobT = TypeVar("JobT")
#: how each process works, given the end of the pipe on which it tells
Making: TypeAlias = Callable[[Connection], Work[JobT, JobAnswer]]


class Hired(Generic[JobT]):
    """One process. It serves until it is let go, or does not come through a job."""

    def __init__(self, making: Making[JobT]) -> None:
        self._told, theirs = get_context("spawn").Pipe(duplex=False)
        with theirs:
            self._worker: CrewWorker[JobT, JobAnswer] = CrewWorker(making(theirs))
        self._waited: list[Connection[Any, Any]] = [self._worker.connection, self._told]
        self._deadline = 0.0
        self._allowed = BEGIN_SECONDS
        self.stage: Stage | None = None

    def give(self, job: JobT) -> None:
        """Hand it a job."""
        self.stage = None
        self._allow(BEGIN_SECONDS)
        self._worker.give(Attempt(task=job, number=1), deadline=self._deadline)

    def heard(self, seconds: float) -> JobAnswer | Ready | Message | None:
        """What it says within that time: that it can begin, or what came of its job; a Message is why it did not come
        through, and then it is of no use any more. Raises what no process of this machine would come through."""
        wait(self._waited, seconds)
        self._hear_stages()
        match self._worker.heard():
            case Ready() as ready:
                return ready
            case TaskResult(value=value):
                return value
            case Stop(error=error):
                raise error
            case WorkerFailure(reason=reason):
                return reason
            case None if time.monotonic() >= self._deadline:
                return say("took_longer", time=counted(round(self._allowed), "second"))
            case None:
                return None

    def end(self, *, at_once: bool) -> None:
        """Let it go, and wait until it has gone."""
        self._worker.dismiss(at_once=at_once)
        self._worker.bury(time.monotonic() + END_SECONDS)
        self._told.close()

    def begin(self) -> None:
        """From now on it is waited for."""
        self._allow(BEGIN_SECONDS)

    def _allow(self, seconds: float) -> None:
        self._allowed = seconds
        self._deadline = time.monotonic() + seconds

    def _hear_stages(self) -> None:
        try:
            while self._told in self._waited and self._told.poll():
                match self._told.recv():
                    case Allowed(seconds=seconds):
                        self._allow(seconds)
                    case Stage() as stage:
                        self.stage = stage
        except (EOFError, OSError):  # it has ended, as the other pipe says in a moment
            self._waited.remove(self._told)
