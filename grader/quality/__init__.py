"""Proof that an assignment's checks are right: what `grader check` tries, and what it concludes. Nothing of students.

`check_assignments` tries reference, starter, sample, wrong solutions, right variants, other seeds and mutants in the
rooms that students get. An assignment that cannot be read is a fault among the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from grader.assignment import Assignment
from grader.course import Course
from grader.crew import Crew, Done, Lost
from grader.errors import CourseError, UnreadableSubmission
from grader.quality.bench import TrialBench, Tried
from grader.quality.candidates import Candidate
from grader.quality.faults import faults_on_paper
from grader.quality.proof import Part, Proof, Trials, prove, trials

__all__ = ["Part", "Proof", "check_assignments"]

#: is told how many candidates are done, of how many
Progress: TypeAlias = Callable[[int, int], None]
Outcomes: TypeAlias = dict[str, list[tuple[Candidate, Sequence[Tried]]]]

#: for one candidate on the clock, retries included; a room ends long before
CANDIDATE_SECONDS = 300.0


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
        prove(course, *ready[name], outcomes[name]) if name in ready else _unread(name, on_paper[name]) for name in ids
    ]


def _tried_out(course: Course, work: Sequence[Trials], sandbox: str, workers: int, progress: Progress) -> Outcomes:
    total = sum(len(each.candidates) for each in work)
    outcomes: Outcomes = defaultdict(list)
    if not total:
        return outcomes
    bench = TrialBench(course=course.folder, sandbox=sandbox)
    crew: Crew[Candidate, tuple[Tried, ...]] = Crew(bench, size=workers, seconds=CANDIDATE_SECONDS)
    with crew:
        for number, outcome in enumerate(crew.work(_candidates(work)), start=1):
            progress(number, total)
            match outcome:
                case Done(task=candidate, result=results):
                    outcomes[candidate.assignment].append((candidate, results))
                case Lost(task=candidate, reason=reason):
                    raise CourseError(f"{candidate.assignment}, {candidate.name}: could not be graded: {reason}")
    return outcomes


def _candidates(work: Sequence[Trials]) -> Iterator[Candidate]:
    for each in work:
        yield from each.candidates


def _unread(name: str, faults: tuple[str, ...]) -> Proof:
    return Proof(assignment=name, title="", exercises=0, points=0, faults=faults)
