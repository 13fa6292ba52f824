"""Where candidates are graded: in the rooms and by the judge that students get. Says what came of them, no more."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from grader.authoring.proof.candidates import Candidate, Role
from grader.authoring.proof.carried import remarks_on
from grader.authoring.proof.redrawn import redrawn, seeds_apart
from grader.course.assignment import Exercise
from grader.course.folder import Course
from grader.course.text_files import text_of
from grader.errors import CourseError
from grader.grading.grader import Grader
from grader.grading.interview import interview
from grader.grading.key_store import KeyStore
from grader.grading.materials import Materials
from grader.grading.reference import answer_key
from grader.messages import Message, english
from grader.notebook.notebook import from_script
from grader.notebook.submission import Answer, Plan, Submission, extract
from grader.report.report import CheckResult, ExerciseResult, Verdict
from grader.report.sums import earned
from grader.wall.room.preloaded import Libraries
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.forked import choose_sandbox

#: answer keys that one worker keeps; candidates come sorted by assignment and seeds
KEPT_KEYS = 4
#: candidates that one worker takes at once, unless they were drawn for: then it takes all, since drawing takes longer
BATCH = 32

_Draws: TypeAlias = tuple[str, int | None, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedExercise:
    """What came of one exercise of a candidate: points, the checks asked, those not passed, the hints that were given.

    `seed` None: with the inputs of the assignment itself. `remarks`: what its author has to know of the exercise.
    """

    exercise: str
    seed: int | None
    earned: int
    possible: int
    asked: tuple[str, ...]
    lost: tuple[str, ...]
    hints: tuple[Message, ...]
    message: str
    remarks: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """Whether nothing was lost."""
        return self.earned == self.possible and not self.lost


@dataclass(frozen=True, slots=True)
class Unprepared:
    """What came of a batch whose answer key could not be made: the reference is at fault."""

    fault: str


Batch: TypeAlias = tuple[Candidate, ...]
Outcome: TypeAlias = tuple[tuple[TriedExercise, ...], ...] | Unprepared


def batches(candidates: Sequence[Candidate]) -> Iterator[Batch]:
    """The candidates in batches that share an answer key."""
    for (_, seed, seeds), group in groupby(candidates, key=_draws):
        alike = list(group)
        size = BATCH if seed is None and not seeds else len(alike)
        yield from (tuple(alike[start : start + size]) for start in range(0, len(alike), size))


@dataclass(frozen=True, slots=True)
class TryingOut:
    """What a worker has at hand: sandboxes by what they have loaded, opened at need, and answer keys by seed."""

    course: Path
    sandbox: str
    keys: Path | None = None

    @contextmanager
    def open(self) -> Iterator[Callable[[Batch], Outcome]]:
        """See `crew.Work.open`."""
        with ExitStack() as stack:
            yield _AtHand(Course(self.course), self.sandbox, self.keys, stack).try_out


class _AtHand:
    """What one worker has at hand meanwhile."""

    def __init__(self, course: Course, sandbox: str, keys: Path | None, stack: ExitStack) -> None:
        self._course = course
        self._sandbox = sandbox
        self._keys = keys
        self._stack = stack
        self._sandboxes: dict[Libraries, Sandbox] = {}
        self._graders: OrderedDict[_Draws, tuple[Grader, ExitStack]] = OrderedDict()

    def try_out(self, batch: Batch) -> Outcome:
        """What comes of each candidate of a batch."""
        try:
            materials = self._grader(_draws(batch[0])).materials
        except CourseError as error:
            return Unprepared(str(error))
        return tuple(tried(candidate, _for_verdicts(materials, candidate)) for candidate in batch)

    def _grader(self, draws: _Draws) -> Grader:
        """The grader for such candidates; the one not used for longest makes room."""
        if draws not in self._graders:
            while len(self._graders) >= KEPT_KEYS:
                _, (_, old) = self._graders.popitem(last=False)
                old.close()
            with ExitStack() as closing:
                grader = self._new_grader(*draws, closing)
                self._graders[draws] = grader, self._stack.enter_context(closing.pop_all())
        self._graders.move_to_end(draws)
        return self._graders[draws][0]

    def _new_grader(self, name: str, seed: int | None, seeds: tuple[int, ...], closing: ExitStack) -> Grader:
        assignment = self._course.assignment(name)
        if seeds:
            assignment = redrawn(assignment, seeds)
        sandbox = self._sandbox_for(assignment.libraries)
        store = KeyStore(None if seeds else self._keys)  # what was drawn anew is asked but once
        known = () if seeds else None  # no hint is looked for, and its checks are not those that mistakes name
        key = answer_key(self._course, assignment, sandbox, store=store, seed=seed, room_seed=seed, mistakes=known)
        return closing.enter_context(Grader(self._course, assignment, sandbox=sandbox, key=key))

    @property
    def _private(self) -> tuple[Path, ...]:
        return (self._course.folder, *([] if self._keys is None else [self._keys]))

    def _sandbox_for(self, libraries: Libraries) -> Sandbox:
        if libraries not in self._sandboxes:
            sandbox = choose_sandbox(self._sandbox, libraries.runtime, uses=libraries.uses, private=self._private)
            self._stack.enter_context(sandbox)
            self._sandboxes[libraries] = sandbox
        return self._sandboxes[libraries]


def tried(candidate: Candidate, materials: Materials) -> tuple[TriedExercise, ...]:
    """Grade the exercises that the candidate is about. Raises SandboxError as the interview does."""
    submission = extract(candidate.notebook, materials.assignment)
    asked = [exercise for exercise in materials.assignment.exercises if exercise.id in candidate.exercises]
    answers = {answer.exercise: answer for answer in submission.answers}
    if candidate.role is Role.MUTANT or candidate.redrawn:
        answers = {name: _without_loans(answers[name], materials) for name in candidate.exercises}
    results = [
        interview(_brief(exercise, candidate.cpu_seconds), answers[exercise.id], submission, materials)
        for exercise in asked
    ]
    tried_out = tuple(each for result in results for each in _in_short(result, candidate))
    if candidate.role is not Role.REFERENCE or candidate.seeds:
        return tried_out
    remarks = (tuple(remarks_on(exercise, materials.key.cells)) for exercise in asked)
    return tuple(replace(each, remarks=said) for each, said in zip(tried_out, remarks, strict=True))


def _without_loans(plan: Answer, materials: Materials) -> Answer:
    """The plan with the references it borrows as statements of its own, which is well for scripts of ours: a loan costs
    as much as many calls. As students do, the solutions borrow when they are tried with the assignment's own inputs."""
    if not isinstance(plan, Plan) or not plan.borrowed:
        return plan
    references = {answer.exercise: answer for answer in _reference(materials).answers}
    lent = (references[each.exercise] for each in plan.borrowed)
    needed = (each for one in lent if isinstance(one, Plan) for each in one.own or one.statements if each.needed)
    return replace(plan, statements=(*dict.fromkeys(needed), *plan.statements), borrowed=())


def _reference(materials: Materials) -> Submission:
    solution = text_of(materials.course.solution(materials.assignment.id))
    return extract(from_script(solution), materials.assignment)


def _draws(candidate: Candidate) -> _Draws:
    return candidate.assignment, candidate.seed, candidate.redrawn


def _for_verdicts(materials: Materials, candidate: Candidate) -> Materials:
    """The materials without what makes a report worth reading; a mistake has to earn its hint, but once."""
    hints = candidate.role is Role.WRONG and not candidate.redrawn
    prepared = {name: each.hurried(hints=hints) for name, each in materials.key.prepared.items()}
    return replace(materials, key=replace(materials.key, prepared=prepared))


def _brief(exercise: Exercise, cpu_seconds: int | None) -> Exercise:
    if cpu_seconds is None:
        return exercise
    return exercise.model_copy(update={"limits": replace(exercise.limits, cpu_seconds=cpu_seconds)})


def _in_short(result: ExerciseResult, candidate: Candidate) -> Iterator[TriedExercise]:
    """For each seed that was asked with, what came of the exercise."""
    if not candidate.redrawn:
        yield _tried(result, candidate.seed, result.checks)
    for seed, checks in seeds_apart(result.checks, candidate.redrawn):
        yield _tried(result, seed, checks)


def _tried(result: ExerciseResult, seed: int | None, checks: Sequence[CheckResult]) -> TriedExercise:
    return TriedExercise(
        exercise=result.id,
        seed=seed,
        earned=earned(checks) or 0,
        possible=sum(check.possible for check in checks),
        asked=tuple(check.id for check in checks),
        lost=tuple(check.id for check in checks if check.verdict is not Verdict.PASSED),
        hints=tuple(check.hint for check in checks if check.hint is not None),
        message=english(
            next((check.message for check in checks if check.verdict is not Verdict.PASSED), result.message)
        ),
    )
