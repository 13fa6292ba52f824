"""What a slot's process does: it keeps graders warm and grades one submission after the other. It knows no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from grader.classes.batch import seconds_for_one
from grader.course.assignment import Assignment, Exercise
from grader.course.folder import Course
from grader.errors import CourseError
from grader.grading.grader import Grader
from grader.messages import english, say
from grader.report.report import Status
from grader.service.store.outline import Stage
from grader.service.worker.job import Allowed, Answer, Graded, Job, Told, Ungraded
from grader.service.worker.tied import end_with_the_parent
from grader.service.worker.warm import Warm, memory_of_tree


class _Which(NamedTuple):
    folder: Path
    assignment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingWork:
    """How every slot's process grades. `private`: what no room may read; `keys`: where answer keys are kept; `told`:
    where it says how far it has come; `most` and `memory`: of the graders that stay warm."""

    sandbox: str
    private: tuple[Path, ...]
    keys: Path | None
    told: Connection
    most: int
    memory: int

    @contextmanager
    def open(self) -> Iterator[Callable[[Job], Answer]]:
        """See `crew.Work`. Raises SandboxUnavailable from a job where this machine gives no room."""
        end_with_the_parent()
        with Warm(self._grader, most=self.most, memory=self.memory, used=memory_of_tree) as warm:
            yield _OneByOne(warm, self.told).grade

    def _grader(self, which: _Which) -> Grader:
        course = Course(which.folder)
        assignment = course.assignment(which.assignment)
        return Grader(
            course,
            assignment,
            sandbox=self.sandbox,
            private=self.private,
            keys=self.keys,
            began=_Stages(assignment, self.told).began,
        )


class _OneByOne:
    def __init__(self, warm: Warm[_Which, Grader], told: Connection) -> None:
        self._warm = warm
        self._told = told

    def grade(self, job: Job) -> Answer:
        """Grade it with a grader that is warm, or will be. Raises SandboxUnavailable."""
        which = _Which(job.folder, job.assignment)
        try:
            grader = self._warm.get(which)
            _tell(self._told, Allowed(seconds_for_one(grader.assignment)))
            report = grader.grade(job.name, job.data)
        except CourseError as error:
            said = english(error.message).replace(f"{job.folder}/", "").replace(str(job.folder), ".")
            return Ungraded(say("attempt_course_fault", error=said))
        if report.status is Status.NOT_GRADED:  # perhaps its rooms are spent; if the machine gives none, it says so
            grader.try_a_room()
            self._warm.drop(which)
        self._warm.trim()
        return Graded(report.model_dump_json())


class _Stages:
    """Tells of each exercise as it begins."""

    def __init__(self, assignment: Assignment, told: Connection) -> None:
        self._numbers = {exercise.id: number for number, exercise in enumerate(assignment.exercises, start=1)}
        self._told = told

    def began(self, exercise: Exercise) -> None:
        number = self._numbers[exercise.id]
        _tell(self._told, Stage(exercise=number, exercises=len(self._numbers), title=exercise.title))


def _tell(connection: Connection, what: Told) -> None:
    with suppress(OSError):  # nobody listens any more: that is noticed at the pipe of the jobs
        connection.send(what)
