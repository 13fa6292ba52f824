"""The story of one submission: read, parse, extract, ask in a room, judge, add up. Each line of `grade` is one hop.

What can go wrong on the student's side is a value in the report. What goes wrong on ours is `not_graded` for that
exercise, or an exception when nothing can be graded at all.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from grader.assignment import Assignment, Exercise
from grader.desk import Desk
from grader.errors import SandboxError, UnreadableSubmission
from grader.frames import whole
from grader.interview import interview
from grader.notebook import Notebook, parse, read
from grader.provenance import provenance
from grader.report import (
    AssignmentReference,
    ExerciseResult,
    Provenance,
    Report,
    Run,
    Status,
    SubmissionReference,
    Verdict,
    score,
)
from grader.sandbox import Sandbox
from grader.sandbox.patience import Patience
from grader.submission import Submission, extract
from grader.wording import say


def grade(path: Path, desk: Desk) -> Report:
    """Grade one submission. Whatever is in the file, the answer is a report.

    Raises CourseError if the assignment itself is at fault.
    """
    try:
        data = read(path, desk.limits)
        return grade_bytes(path.name, data, desk)
    except UnreadableSubmission as error:
        handed_in = SubmissionReference(name=whole(path.name), sha256=None)
        return _without_reading(handed_in, str(error), desk)


def grade_bytes(name: str, data: bytes, desk: Desk) -> Report:
    """Grade the bytes of one submission, handed in under `name`."""
    handed_in = reference_to(name, data)
    try:
        notebook = parse(data, desk.limits)
    except UnreadableSubmission as error:
        return _without_reading(handed_in, str(error), desk)
    return grade_notebook(notebook, handed_in, desk)


def grade_notebook(notebook: Notebook, handed_in: SubmissionReference, desk: Desk) -> Report:
    """Grade a notebook that has been read."""
    timer = desk.clock.start()
    submission = extract(notebook, desk.assignment)
    results = _all_examined(submission, _with_patience(desk))
    return Report(
        status=_status(results),
        assignment=AssignmentReference.to(desk.assignment),
        submission=handed_in,
        score=score(results),
        exercises=results,
        notices=_notices(notebook, submission, desk.sandbox),
        provenance=provenance(desk.sandbox, desk.key.seed),
        run=timer.stop(),
    )


def reference_to(name: str, data: bytes) -> SubmissionReference:
    """How a report names the file with these bytes."""
    return SubmissionReference(name=whole(name), sha256=hashlib.sha256(data).hexdigest())


def unreadable(
    handed_in: SubmissionReference, reason: str, *, assignment: Assignment, provenance: Provenance, run: Run
) -> Report:
    """The report of bytes that are no notebook: nothing is graded, and nothing is a zero."""
    return Report(
        status=Status.UNREADABLE,
        assignment=AssignmentReference.to(assignment),
        submission=handed_in,
        score=None,
        exercises=(),
        notices=(reason,),
        provenance=provenance,
        run=run,
    )


def not_graded(
    handed_in: SubmissionReference, reason: str, *, assignment: Assignment, provenance: Provenance, run: Run
) -> Report:
    """The report of a submission that we did not come through, for `reason`, which is ours."""
    results = tuple(_not_graded(exercise, reason) for exercise in assignment.exercises)
    return Report(
        status=Status.NOT_GRADED,
        assignment=AssignmentReference.to(assignment),
        submission=handed_in,
        score=score(results),
        exercises=results,
        provenance=provenance,
        run=run,
    )


def _without_reading(handed_in: SubmissionReference, reason: str, desk: Desk) -> Report:
    return unreadable(
        handed_in,
        reason,
        assignment=desk.assignment,
        provenance=provenance(desk.sandbox, desk.key.seed),
        run=desk.clock.start().stop(),
    )


def _all_examined(submission: Submission, desk: Desk) -> tuple[ExerciseResult, ...]:
    """One result after the other: what came of an earlier exercise is told to those that depend on it."""
    results: dict[str, ExerciseResult] = {}
    for exercise in desk.assignment.exercises:
        earlier = tuple(results[name] for name in exercise.depends_on)
        results[exercise.id] = _examined(exercise, submission, earlier, desk)
    return tuple(results.values())


def _with_patience(desk: Desk) -> Desk:
    """One submission may take what its exercises may compute together, however many rooms each of them needs."""
    seconds = sum(exercise.limits.cpu_seconds for exercise in desk.assignment.exercises)
    return replace(desk, sandbox=Patience(desk.sandbox, seconds=seconds))


def _examined(
    exercise: Exercise, submission: Submission, earlier: tuple[ExerciseResult, ...], desk: Desk
) -> ExerciseResult:
    answer = next(answer for answer in submission.answers if answer.exercise == exercise.id)
    try:
        return interview(exercise, answer, submission, desk, earlier=earlier)
    except SandboxError as error:
        return _not_graded(exercise, str(error))


def _not_graded(exercise: Exercise, reason: str) -> ExerciseResult:
    return ExerciseResult(
        id=exercise.id,
        title=exercise.title,
        verdict=Verdict.NOT_GRADED,
        earned=None,
        possible=exercise.points,
        message=say("not_graded_because", reason=reason),
        cell=None,
        depends_on=exercise.depends_on,
        checks=(),
    )


def _status(results: tuple[ExerciseResult, ...]) -> Status:
    return Status.NOT_GRADED if any(result.earned is None for result in results) else Status.GRADED


def _notices(notebook: Notebook, submission: Submission, sandbox: Sandbox) -> tuple[str, ...]:
    warning = () if sandbox.warning is None else (sandbox.warning,)
    return (*notebook.notices, *submission.notices, *warning)
