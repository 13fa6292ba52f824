"""A crew: worker processes that take tasks one by one, and the supervisor that outlives whatever happens to them.

A worker that ends, fails or takes too long costs only its task: it is replaced, the task is tried once more by another
worker, and then it is lost, with a reason. What the work is, is not known here. One worker process is `worker.py`.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from grader.classes.crew.worker import END_SECONDS, Attempt, CrewWorker, Ready, Stop, TaskResult, Work, WorkerFailure
from grader.errors import GraderError
from grader.messages import Message, counted, english, say

__all__ = ["Crew", "Done", "Lost", "Work", "usable_cores"]

TRIES = 2
#: workers that may end in a row before they could begin, until we stop trying
FALSE_STARTS = 3
#: how often deadlines are looked at while nobody says anything
LOOK_SECONDS = 1.0
QUOTA = Path("/sys/fs/cgroup/cpu.max")

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[TaskT, ResultT]):
    """A task, and what came of it."""

    task: TaskT
    result: ResultT


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost(Generic[TaskT]):
    """A task that two workers in turn did not come through, and why the second did not."""

    task: TaskT
    reason: Message


class Crew(Generic[TaskT, ResultT]):
    """Up to `size` workers, started when there is work for them. A context manager: leaving it ends them all."""

    def __init__(
        self,
        work: Work[TaskT, ResultT],
        *,
        size: int,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`seconds`: how long a worker may take over one task, on the clock, until it is ended."""
        self._work = work
        self._size = size
        self._seconds = seconds
        self._clock = clock
        self._workers: list[CrewWorker[TaskT, ResultT]] = []
        self._again: deque[Attempt[TaskT]] = deque()
        self._false_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.dismiss(at_once=kind is not None)
        deadline = time.monotonic() + END_SECONDS
        for worker in self._workers:
            worker.bury(deadline)
        self._workers.clear()

    def work(self, tasks: Iterator[TaskT]) -> Iterator[Done[TaskT, ResultT] | Lost[TaskT]]:
        """What comes of each task, as it comes. `tasks` is asked for the next one only when a worker is free.

        Raises UsageError and SandboxUnavailable as the workers do, and GraderError if no worker can start.
        """
        self._hand_out(tasks)
        while busy := [worker for worker in self._workers if worker.attempt is not None]:
            wait([worker.connection for worker in busy], LOOK_SECONDS)
            for worker in busy:
                outcome = self._outcome(worker)
                self._hand_out(tasks)  # before the caller sees to the outcome, so that no worker waits for that
                if outcome is not None:
                    yield outcome

    def _hand_out(self, tasks: Iterator[TaskT]) -> None:
        free = [worker for worker in self._workers if worker.attempt is None]
        while free or len(self._workers) < self._size:
            attempt = self._again.popleft() if self._again else _first(tasks)
            if attempt is None:
                return
            worker = free.pop() if free else self._hired()
            worker.give(attempt, deadline=self._clock() + self._seconds)

    def _hired(self) -> CrewWorker[TaskT, ResultT]:
        worker: CrewWorker[TaskT, ResultT] = CrewWorker(self._work)
        self._workers.append(worker)
        return worker

    def _outcome(self, worker: CrewWorker[TaskT, ResultT]) -> Done[TaskT, ResultT] | Lost[TaskT] | None:
        """What became of the worker's task, if anything has."""
        assert worker.attempt is not None
        attempt = worker.attempt
        match worker.heard():
            case Ready():
                self._false_starts = 0
                return None
            case TaskResult(value=value):
                worker.attempt = None
                return Done(task=attempt.task, result=value)
            case Stop(error=error):
                raise error
            case WorkerFailure(reason=reason):
                return self._failed(worker, attempt, reason)
            case None if self._clock() >= worker.deadline:
                return self._failed(worker, attempt, say("took_longer", time=counted(round(self._seconds), "second")))
            case None:
                return None

    def _failed(
        self, worker: CrewWorker[TaskT, ResultT], attempt: Attempt[TaskT], reason: Message
    ) -> Lost[TaskT] | None:
        worker.dismiss(at_once=True)
        worker.bury(time.monotonic() + END_SECONDS)
        self._workers.remove(worker)
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts >= FALSE_STARTS:
                raise GraderError(
                    f"The processes that grade cannot start: {english(reason)}. Nobody's work was judged."
                )
        if attempt.number >= TRIES:
            return Lost(task=attempt.task, reason=reason)
        self._again.append(Attempt(task=attempt.task, number=attempt.number + 1))
        return None


def usable_cores() -> int:
    """How many processors this process may use: as many as it is bound to, or as its container's quota pays for."""
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = QUOTA.read_text("ascii").split()
        return max(1, min(bound, round(int(quota) / int(period))))
    except (OSError, ValueError):
        return bound


def _first(tasks: Iterator[TaskT]) -> Attempt[TaskT] | None:
    for task in tasks:
        return Attempt(task=task, number=1)
    return None
