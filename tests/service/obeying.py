"""Grading for tests of the queue: what becomes of a submission is written in its name, and nothing is opened.

`die`, `hang`, `stop` and `fault` do so; `wait` goes on until `go` lies in the folder; with ` once` they do so until
their mark lies there. `prepare` is nobody's submission, and only leaves its mark. Every other name is graded at once:
as many points as it has letters; of `large` the report is. Marks hold the pids of who graded, so that a test can end
them.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from grader.classes.graded import Graded
from grader.errors import SandboxUnavailable
from grader.grading.ungraded import identified
from grader.messages import say
from grader.report.report import ExerciseResult, Provenance, Report, Run, Verdict
from grader.report.sums import score, status
from grader.service.store.outline import Stage
from grader.service.worker.job import Allowed, JobAnswer, Prepared, Ungraded
from grader.service.worker.tied import end_with_the_parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a process is told: not a claim, which would have it load a database's library."""

    attempt: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Obeying:
    """Work that does what a submission's name says. `folder` is where it leaves marks."""

    folder: Path
    told: Connection
    allowed: float = 60.0

    @contextmanager
    def open(self) -> Iterator[Callable[[Order], JobAnswer]]:
        """See `crew.Work`."""
        end_with_the_parent()
        yield self._obey

    def _obey(self, order: Order) -> JobAnswer:
        self.told.send(Allowed(self.allowed))
        self.told.send(Stage(exercise=1, exercises=2, title="Softmax"))
        word, _, once = order.name.partition(" ")
        mark = self.folder / f"{word}-{order.attempt}"
        before = mark.exists()
        with mark.open("a", encoding="ascii") as file:
            file.write(f"{os.getpid()} ")
        if once and before:
            return Graded(report=made_report(word).model_dump_json())
        return self._done(word)

    def _done(self, word: str) -> JobAnswer:
        match word:
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "hang":
                time.sleep(600)
            case "stop":
                raise SandboxUnavailable("no room here")
            case "prepare":
                return Prepared()
            case "fault":
                return Ungraded(say("attempt_course_fault", error="assignments/digits/assignment.py"))
            case "wait":
                while not (self.folder / "go").exists():
                    time.sleep(0.01)
        return Graded(report=made_report(word).model_dump_json())


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """Makes it for each process of a slot."""

    folder: Path
    allowed: float = 60.0

    def __call__(self, told: Connection) -> Obeying:
        """The work of one process."""
        return Obeying(folder=self.folder, told=told, allowed=self.allowed)


def made_report(word: str, *, graded: bool = True) -> Report:
    """A complete report of two exercises; without `graded` we did not come through the second."""
    title = os.urandom(200_000).hex() if word == "large" else "my_softmax"
    exercises = (_exercise("my_softmax", len(word), title=title), _exercise("model", 10 if graded else None))
    return Report(
        status=status(exercises),
        assignment=None,
        submission=identified("digits.ipynb", word.encode()),
        score=score(exercises),
        exercises=exercises,
        provenance=Provenance(grader="0", python="3", numpy="2", tensorflow=None, keras=None, sandbox="none"),
        run=Run(started="2026-11-29T12:00:00+00:00", seconds=0.25, host="test"),
    )


def _exercise(name: str, earned: int | None, *, title: str = "") -> ExerciseResult:
    return ExerciseResult(
        id=name,
        title=title or name,
        verdict=Verdict.NOT_GRADED if earned is None else Verdict.PARTIAL,
        earned=earned,
        possible=50,
        message=say("not_there"),
        cell=None,
        checks=(),
    )
