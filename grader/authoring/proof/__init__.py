"""Proof that an assignment's checks are right: what `grader check` tries, and what it concludes. Nothing of students.

`check_assignments` tries reference, starter, sample, mistakes, right variants, other seeds and mutants in the
rooms that students get. An assignment that cannot be read is a fault among the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from grader.authoring.proof.candidates import Candidate
from grader.authoring.proof.faults import faults_on_paper
from grader.authoring.proof.proofs import Part, Proof, Trials, prove, trials
from grader.authoring.proof.proving import Batch, Outcome, TriedExercise, TryingOut, Unprepared, batches
from grader.authoring.proof.repeated import faults_of_repetition
from grader.classes.crew import Crew, Lost
from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.errors import CourseError, UnreadableSubmission
from grader.grading.lacking import lacking_libraries
from grader.messages import english

__all__ = ["Part", "Proof", "check_assignments"]

#: is told how many candidates are done, of how many
Progress: TypeAlias = Callable[[int, int], None]

#: for one batch on the clock; its rooms end long before
BATCH_SECONDS = 3_600.0


def check_assignments(
    course: Course,
    ids: Sequence[str],
    *,
    parts: Sequence[Part] = tuple(Part),
    sandbox: str = "auto",
    workers: int = 1,
    keys: Path | None = None,
    progress: Progress,
) -> list[Proof]:
    """The proof of each assignment, in the order of `ids`. Answer keys are kept in the folder `keys`.

    Raises SandboxUnavailable if nothing can be run here.
    """
    on_paper = {name: faults_on_paper(course, name) for name in ids}
    skipped = {name: why for name in ids if not on_paper[name] and (why := _not_runnable(course.assignment(name)))}
    ready: dict[str, tuple[Assignment, Trials]] = {}
    for name in ids:
        if not on_paper[name] and name not in skipped:
            try:
                assignment = course.assignment(name)
                ready[name] = (assignment, trials(course, assignment, parts))
            except (CourseError, UnreadableSubmission) as error:
                on_paper[name] = (english(error.message),)
    trying = TryingOut(course=course.folder, sandbox=sandbox, keys=keys)
    outcomes = _tried_out(trying, [each for _, each in ready.values()], workers, progress)
    tried = [name for name in ids if name in ready and name not in outcomes.unprepared]
    differing = faults_of_repetition(course, tried, sandbox) if Part.SEEDS in parts and tried else {}
    proofs = []
    for name in ids:
        if name in skipped:
            proofs.append(_named(course.assignment(name)).model_copy(update={"skipped": skipped[name]}))
            continue
        if name not in tried:
            proofs.append(_unread(name, on_paper[name] or tuple(outcomes.unprepared[name])))
            continue
        proof = prove(course, *ready[name], outcomes.of[name])
        proofs.append(proof.model_copy(update={"faults": (*proof.faults, *differing.get(name, ()))}))
    return proofs


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcomes:
    """By assignment: what came of its candidates, and why there was no answer key to judge them by."""

    of: dict[str, list[tuple[Candidate, Sequence[TriedExercise]]]]
    unprepared: dict[str, dict[str, None]]


def _tried_out(trying: TryingOut, work: Sequence[Trials], workers: int, progress: Progress) -> _Outcomes:
    candidates = [candidate for each in work for candidate in each.candidates]
    found = _Outcomes(of=defaultdict(list), unprepared=defaultdict(dict))
    crew: Crew[Batch, Outcome] = Crew(trying, size=workers, seconds=BATCH_SECONDS)
    done = 0
    with crew:
        for outcome in crew.work(batches(candidates)):
            done += len(outcome.task)
            progress(done, len(candidates))
            assignment = outcome.task[0].assignment
            if isinstance(outcome, Lost):
                raise CourseError(f"{assignment}, {outcome.task[0].name}: could not be graded: {outcome.reason}")
            if isinstance(outcome.result, Unprepared):
                found.unprepared[assignment][outcome.result.fault] = None
            else:
                found.of[assignment].extend(zip(outcome.task, outcome.result, strict=True))
    return found


def _not_runnable(assignment: Assignment) -> str:
    """Why nothing of an assignment can be run here, and the cure; empty if it can."""
    lacking = lacking_libraries(assignment.libraries)
    if not lacking:
        return ""
    package = "'notebook-grader[torch]'" if lacking == ("torch",) else lacking[0]
    return f"not tried: {lacking[0]} is not installed here. Run: pip install {package}"


def _named(assignment: Assignment) -> Proof:
    exercises, points = len(assignment.exercises), assignment.points
    return Proof(assignment=assignment.id, title=assignment.title, exercises=exercises, points=points)


def _unread(name: str, faults: tuple[str, ...]) -> Proof:
    return Proof(assignment=name, title="", exercises=0, points=0, faults=faults)
