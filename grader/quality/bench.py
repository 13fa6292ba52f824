"""Where candidates are graded: in the rooms and by the judge that students get. Says what came of them, no more."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from grader.assignment import Exercise
from grader.checks.function import hurried
from grader.course import Course
from grader.desk import Desk
from grader.interview import interview
from grader.provenance import WallClock
from grader.quality.candidates import Candidate
from grader.reference import answer_key
from grader.report import ExerciseResult, Verdict
from grader.sandbox import Sandbox
from grader.sandbox.backends import open_sandbox
from grader.submission import extract

#: answer keys that one worker keeps; candidates come sorted by assignment and seed
KEPT_DESKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of one exercise of a candidate: points, the checks not passed, the hints that were given."""

    exercise: str
    earned: int
    possible: int
    lost: tuple[str, ...]
    hints: tuple[str, ...]
    message: str

    @property
    def full(self) -> bool:
        """Whether nothing was lost."""
        return self.earned == self.possible and not self.lost


@dataclass(frozen=True, slots=True)
class TrialBench:
    """The bench of one worker: a sandbox for each runtime, opened at need, and an answer key for each seed."""

    course: Path
    sandbox: str

    @contextmanager
    def open(self) -> Iterator[Callable[[Candidate], tuple[Tried, ...]]]:
        """See `Bench.open`."""
        with ExitStack() as stack:
            seat = _Seat(Course(self.course), self.sandbox, stack)
            yield lambda candidate: tried(candidate, seat.desk(candidate.assignment, candidate.seed))


class _Seat:
    """The bench when a worker sits at it."""

    def __init__(self, course: Course, sandbox: str, stack: ExitStack) -> None:
        self._course = course
        self._sandbox = sandbox
        self._stack = stack
        self._sandboxes: dict[str, Sandbox] = {}
        self._desks: OrderedDict[tuple[str, int | None], Desk] = OrderedDict()

    def desk(self, name: str, seed: int | None) -> Desk:
        """The desk for that assignment and seed; the one not used for longest makes room."""
        if (name, seed) not in self._desks:
            while len(self._desks) >= KEPT_DESKS:
                _, old = self._desks.popitem(last=False)
                old.key.lender.close()
            self._desks[name, seed] = self._new_desk(name, seed)
        self._desks.move_to_end((name, seed))
        return self._desks[name, seed]

    def _new_desk(self, name: str, seed: int | None) -> Desk:
        assignment = self._course.assignment(name)
        key = answer_key(self._course, assignment, seed=seed)
        self._stack.callback(key.lender.close)
        return Desk(
            course=self._course,
            assignment=assignment,
            key=replace(key, prepared={name: hurried(each) for name, each in key.prepared.items()}),
            files=self._course.files(name),
            sandbox=self._sandbox_for(assignment.runtime),
            clock=WallClock(),
        )

    def _sandbox_for(self, runtime: str) -> Sandbox:
        if runtime not in self._sandboxes:
            sandbox = open_sandbox(self._sandbox, runtime)
            self._stack.enter_context(sandbox)
            self._sandboxes[runtime] = sandbox
        return self._sandboxes[runtime]


def tried(candidate: Candidate, desk: Desk) -> tuple[Tried, ...]:
    """Grade the exercises that the candidate is about. Raises SandboxError as the interview does."""
    submission = extract(candidate.notebook, desk.assignment)
    asked = [exercise for exercise in desk.assignment.exercises if exercise.id in candidate.exercises]
    answers = {answer.exercise: answer for answer in submission.answers}
    return tuple(
        _in_short(interview(_brief(exercise, candidate.cpu_seconds), answers[exercise.id], submission, desk))
        for exercise in asked
    )


def _brief(exercise: Exercise, cpu_seconds: int | None) -> Exercise:
    if cpu_seconds is None:
        return exercise
    return exercise.model_copy(update={"limits": replace(exercise.limits, cpu_seconds=cpu_seconds)})


def _in_short(result: ExerciseResult) -> Tried:
    return Tried(
        exercise=result.id,
        earned=result.earned or 0,
        possible=result.possible,
        lost=tuple(check.id for check in result.checks if check.verdict is not Verdict.PASSED),
        hints=tuple(check.hint for check in result.checks if check.hint is not None),
        message=result.message,
    )
