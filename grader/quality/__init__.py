"""Proof that an assignment's checks are right: what `grader check` tries, and what it concludes. Nothing of students.

`check_assignments` tries reference, starter, sample, wrong solutions, right variants, other seeds and mutants in the
rooms that students get. An assignment that cannot be read is a fault among the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from grader.assignment import Assignment
from grader.course import Course
from grader.crew import Crew, Lost
from grader.errors import CourseError, UnreadableSubmission
from grader.quality.bench import Batch, Outcome, TrialBench, Tried, Unprepared, batches
from grader.quality.candidates import Candidate
from grader.quality.faults import faults_on_paper
from grader.quality.proof import Part, Proof, Trials, prove, trials

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
    progress: Progress,
) -> list[Proof]:
    """The proof of each assignment, in the order of `ids`. Raises SandboxUnavailable if nothing can be run here."""
    on_paper = {name: faults_on_paper(course, name) for name in ids}
    ready: dict[str, tuple[Assignment, Trials]] = {}
    for name in ids:
        if not on_paper[name]:
            try:
                assignment = course.assignment(name)
                ready[name] = (assignment, trials(course, assignment, parts))
            except (CourseError, UnreadableSubmission) as error:
                on_paper[name] = (str(error),)
    outcomes = _tried_out(course, [tried for _, tried in ready.values()], sandbox, workers, progress)
    return [
        prove(course, *ready[name], outcomes.of[name])
        if name in ready and name not in outcomes.unprepared
        else _unread(name, on_paper[name] or tuple(outcomes.unprepared[name]))
        for name in ids
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcomes:
    """By assignment: what came of its candidates, and why there was no answer key to judge them by."""

    of: dict[str, list[tuple[Candidate, Sequence[Tried]]]]
    unprepared: dict[str, dict[str, None]]


def _tried_out(course: Course, work: Sequence[Trials], sandbox: str, workers: int, progress: Progress) -> _Outcomes:
    candidates = [candidate for each in work for candidate in each.candidates]
    found = _Outcomes(of=defaultdict(list), unprepared=defaultdict(dict))
    crew: Crew[Batch, Outcome] = Crew(
        TrialBench(course=course.folder, sandbox=sandbox), size=workers, seconds=BATCH_SECONDS
    )
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


def _unread(name: str, faults: tuple[str, ...]) -> Proof:
    return Proof(assignment=name, title="", exercises=0, points=0, faults=faults)
