"""Where candidates are graded: in the rooms and by the judge that students get. Says what came of them, no more."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from grader.assignment import Exercise
from grader.checks.function import hurried
from grader.course import Course
from grader.desk import Desk
from grader.errors import CourseError
from grader.interview import interview
from grader.notebook import from_script
from grader.provenance import WallClock
from grader.quality.candidates import Candidate, Role
from grader.quality.redrawn import redrawn, seeds_apart
from grader.reference import answer_key
from grader.report import CheckResult, ExerciseResult, Verdict
from grader.sandbox import Sandbox
from grader.sandbox.backends import open_sandbox
from grader.submission import Answer, Plan, Submission, extract

#: answer keys that one worker keeps; candidates come sorted by assignment and seeds
KEPT_DESKS = 4
#: candidates that one worker takes at once, unless they were drawn for: then it takes all, since drawing takes longer
BATCH = 32

_Draws: TypeAlias = tuple[str, int | None, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of one exercise of a candidate: points, the checks asked, those not passed, the hints that were given.

    `seed` None: with the inputs of the assignment itself.
    """

    exercise: str
    seed: int | None
    earned: int
    possible: int
    asked: tuple[str, ...]
    lost: tuple[str, ...]
    hints: tuple[str, ...]
    message: str

    @property
    def full(self) -> bool:
        """Whether nothing was lost."""
        return self.earned == self.possible and not self.lost


@dataclass(frozen=True, slots=True)
class Unprepared:
    """What came of a batch whose answer key could not be made: the reference is at fault."""

    fault: str


Batch: TypeAlias = tuple[Candidate, ...]
Outcome: TypeAlias = tuple[tuple[Tried, ...], ...] | Unprepared


def batches(candidates: Sequence[Candidate]) -> Iterator[Batch]:
    """The candidates in batches that share an answer key."""
    for (_, seed, seeds), group in groupby(candidates, key=_draws):
        alike = list(group)
        size = BATCH if seed is None and not seeds else len(alike)
        yield from (tuple(alike[start : start + size]) for start in range(0, len(alike), size))


@dataclass(frozen=True, slots=True)
class TrialBench:
    """The bench of one worker: a sandbox for each runtime, opened at need, and an answer key for each seed."""

    course: Path
    sandbox: str

    @contextmanager
    def open(self) -> Iterator[Callable[[Batch], Outcome]]:
        """See `Bench.open`."""
        with ExitStack() as stack:
            yield _Seat(Course(self.course), self.sandbox, stack).try_out


class _Seat:
    """The bench when a worker sits at it."""

    def __init__(self, course: Course, sandbox: str, stack: ExitStack) -> None:
        self._course = course
        self._sandbox = sandbox
        self._stack = stack
        self._sandboxes: dict[str, Sandbox] = {}
        self._desks: OrderedDict[_Draws, Desk] = OrderedDict()

    def try_out(self, batch: Batch) -> Outcome:
        """What comes of each candidate of a batch."""
        try:
            desk = self._desk(_draws(batch[0]))
        except CourseError as error:
            return Unprepared(str(error))
        return tuple(tried(candidate, _for_verdicts(desk, candidate)) for candidate in batch)

    def _desk(self, draws: _Draws) -> Desk:
        """The desk for such candidates; the one not used for longest makes room."""
        if draws not in self._desks:
            while len(self._desks) >= KEPT_DESKS:
                _, old = self._desks.popitem(last=False)
                old.key.lender.close()
            self._desks[draws] = self._new_desk(*draws)
        self._desks.move_to_end(draws)
        return self._desks[draws]

    def _new_desk(self, name: str, seed: int | None, seeds: tuple[int, ...]) -> Desk:
        assignment = self._course.assignment(name)
        if seeds:
            assignment = redrawn(assignment, seeds)
        key = answer_key(self._course, assignment, seed=seed)
        self._stack.callback(key.lender.close)
        return Desk(
            course=self._course,
            assignment=assignment,
            key=key,
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
    if candidate.role is Role.MUTANT or candidate.redrawn:
        references = {answer.exercise: answer for answer in _reference(desk).answers}
        answers = {name: _without_loans(answer, references) for name, answer in answers.items()}
    results = (
        interview(_brief(exercise, candidate.cpu_seconds), answers[exercise.id], submission, desk) for exercise in asked
    )
    return tuple(each for result in results for each in _in_short(result, candidate))


def _without_loans(plan: Answer, references: Mapping[str, Answer]) -> Answer:
    """The plan with the references it borrows as statements of its own, which is well for scripts of ours: a loan costs
    as much as many calls. As students do, the solutions borrow when they are tried with the assignment's own inputs."""
    if not isinstance(plan, Plan):
        return plan
    lent = (references[each.exercise] for each in plan.borrowed)
    needed = (each for one in lent if isinstance(one, Plan) for each in one.own or one.statements if each.needed)
    return replace(plan, statements=(*dict.fromkeys(needed), *plan.statements), borrowed=())


def _reference(desk: Desk) -> Submission:
    solution = desk.course.solution(desk.assignment.id).read_text(encoding="utf-8")
    return extract(from_script(solution), desk.assignment)


def _draws(candidate: Candidate) -> _Draws:
    return candidate.assignment, candidate.seed, candidate.redrawn


def _for_verdicts(desk: Desk, candidate: Candidate) -> Desk:
    """The desk without what makes a report worth reading; a wrong solution has to earn its hint, but once."""
    hints = candidate.role is Role.WRONG and not candidate.redrawn
    prepared = {name: hurried(each, hints=hints) for name, each in desk.key.prepared.items()}
    return replace(desk, key=replace(desk.key, prepared=prepared))


def _brief(exercise: Exercise, cpu_seconds: int | None) -> Exercise:
    if cpu_seconds is None:
        return exercise
    return exercise.model_copy(update={"limits": replace(exercise.limits, cpu_seconds=cpu_seconds)})


def _in_short(result: ExerciseResult, candidate: Candidate) -> Iterator[Tried]:
    """For each seed that was asked with, what came of the exercise."""
    if not candidate.redrawn:
        yield _tried(result, candidate.seed, result.checks)
    for seed, checks in seeds_apart(result.checks, candidate.redrawn):
        yield _tried(result, seed, checks)


def _tried(result: ExerciseResult, seed: int | None, checks: Sequence[CheckResult]) -> Tried:
    return Tried(
        exercise=result.id,
        seed=seed,
        earned=sum(check.earned for check in checks),
        possible=sum(check.possible for check in checks),
        asked=tuple(check.id for check in checks),
        lost=tuple(check.id for check in checks if check.verdict is not Verdict.PASSED),
        hints=tuple(check.hint for check in checks if check.hint is not None),
        message=next((check.message for check in checks if check.verdict is not Verdict.PASSED), result.message),
    )
