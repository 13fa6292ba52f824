"""What a slot's process does: it keeps graders warm and grades one submission after the other. It knows no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from grader.classes.fingerprint import context_key
from grader.classes.graded import Graded
from grader.classes.one_file import OneByOne
from grader.classes.workforce import seconds_for_one
from grader.course.assignment import Assignment, Exercise
from grader.course.folder import Course
from grader.errors import CourseError, GraderError
from grader.grading.grader import Grader
from grader.grading.provenance import installed
from grader.grading.regrading import Regrade, Started, in_rooms, on_paper, started
from grader.grading.revisions import Revision
from grader.limits import NotebookLimits
from grader.messages import english, say
from grader.report.report import Provenance, Report, Status
from grader.service.store.outline import Stage
from grader.service.worker.job import (
    Allowed,
    FileJob,
    Job,
    JobAnswer,
    Preparation,
    Prepared,
    RegradeJob,
    Told,
    Ungraded,
)
from grader.service.worker.warm import Warm, memory_of_tree


class _Which(NamedTuple):
    """`seed`: of a class; without one it is the assignment's own."""

    folder: Path
    assignment: str
    seed: int | None


@contextmanager
def warm_graders(
    *, sandbox: str, private: tuple[Path, ...], keys: Path | None, told: Connection, most: int, memory: int
) -> Iterator[Callable[[Job | Preparation], JobAnswer]]:
    """Grade one after the other, until this is left. What each word means, `work.py` says."""

    @contextmanager
    def opened(which: _Which) -> Iterator[_Opened]:
        course = Course(which.folder)
        assignment = course.assignment(which.assignment)
        with Grader(
            course,
            assignment,
            sandbox=sandbox,
            private=private,
            seed=which.seed,
            keys=keys,
            began=_Stages(assignment, told).began,
        ) as grader:
            yield _Opened(grader)

    with Warm(opened, most=most, memory=memory, used=memory_of_tree) as warm:
        yield _OneByOne(warm, told).do


class _Opened:
    """A grader that is warm, and what a class takes beside it, which is made when the first file of one comes."""

    def __init__(self, grader: Grader) -> None:
        self.grader = grader
        self._hoped = grader.provenance  # before a room is opened
        self._regrades: dict[tuple[Path, int | None, str], Regrade] = {}

    @cached_property
    def of_class(self) -> OneByOne:
        course, assignment = self.grader.course, self.grader.assignment
        context = context_key(course, assignment, self._hoped, NotebookLimits(), installed())
        return OneByOne(self.grader, self._hoped, context)

    def begun(self, report: Report, folder: Path) -> Started:
        """What of a report that the course in `folder` judged needs no room here."""
        assignment, origin = self.grader.assignment, report.provenance
        judged = (folder, origin.seed, _environment(origin))
        if judged not in self._regrades:
            now = Revision(
                course=self.grader.course,
                assignment=assignment,
                seed=assignment.seed,
                environment=_environment(self._hoped),
            )
            self._regrades[judged] = Regrade.between(_revision(assignment.id, *judged), now)
        return started(report, self._regrades[judged])


def _environment(origin: Provenance) -> str:
    """What judged, but for course, seed and sandbox."""
    return origin.model_dump_json(exclude={"seed", "sandbox"})


def _revision(assignment: str, folder: Path, seed: int | None, environment: str) -> Revision | None:
    """By what a report was judged; None if that course cannot be read any more."""
    course = Course(folder)
    try:
        found = course.assignment(assignment)
    except CourseError:
        return None
    return Revision(course=course, assignment=found, seed=found.seed if seed is None else seed, environment=environment)


class _OneByOne:
    def __init__(self, warm: Warm[_Which, _Opened], told: Connection) -> None:
        self._warm = warm
        self._told = told

    def do(self, job: Job | Preparation) -> JobAnswer:
        """What one job asks for. Raises as `grade`."""
        return self.prepare(job) if isinstance(job, Preparation) else self.grade(job)

    def prepare(self, what: Preparation) -> Prepared:
        """Begin its rooms, and make its answer key if there is none yet. Whatever is wrong shows again, to whom it
        matters."""
        which = _Which(what.folder, what.assignment, None)
        with suppress(GraderError):
            _ = self._warm.get(which).grader.materials
        return Prepared()

    def grade(self, job: Job) -> JobAnswer:
        """Grade it with a grader that is warm, or will be. Raises SandboxUnavailable, and RuntimeError if this process
        is spent."""
        which = _Which(job.folder, job.assignment, job.seed if isinstance(job, FileJob) else None)
        try:
            opened = self._warm.get(which)
            _tell(self._told, Allowed(seconds_for_one(opened.grader.assignment)))
            graded = self._graded(job, which, opened)
        except CourseError as error:
            said = english(error.message).replace(f"{job.folder}/", "").replace(str(job.folder), ".")
            return Ungraded(say("attempt_course_fault", error=said))
        self._warm.trim()
        return graded

    def _graded(self, job: Job, which: _Which, opened: _Opened) -> JobAnswer:
        if isinstance(job, FileJob):
            return opened.of_class.grade_bytes(job.name, job.data)
        if isinstance(job, RegradeJob):
            before = Report.model_validate_json(job.report)
            begun = opened.begun(before, job.before)
            if before.status is Status.UNREADABLE or not begun.asked_again:
                return Graded(report=on_paper(before, begun, opened.grader.assignment).model_dump_json(), was_kept=True)
            if not job.is_there:
                return Ungraded(say("regrade_forgotten"))
            report = in_rooms(opened.grader, job.data, before, begun)
        else:
            report = opened.grader.grade(job.name, job.data)
        if report.status is Status.NOT_GRADED:  # perhaps its rooms are spent; if the machine gives none, it says so
            opened.grader.try_a_room()
            self._warm.drop(which)
        return Graded(report=report.model_dump_json())


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
