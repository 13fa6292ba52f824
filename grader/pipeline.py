"""The story of one submission: read, parse, extract, ask in a room, judge, add up. Each line of `grade` is one hop.

What can go wrong on the student's side is a value in the report. What goes wrong on ours is `not_graded` for that
exercise, or an exception when nothing can be graded at all.
"""

from __future__ import annotations

import hashlib
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
    Report,
    Status,
    SubmissionReference,
    Verdict,
    score,
)
from grader.sandbox import Sandbox
from grader.submission import Submission, extract


def grade(path: Path, desk: Desk) -> Report:
    """Grade one submission. Whatever is in the file, the answer is a report.

    Raises CourseError if the assignment itself is at fault.
    """
    try:
        data = read(path, desk.limits)
        return grade_bytes(path.name, data, desk)
    except UnreadableSubmission as error:
        return unreadable(SubmissionReference(name=whole(path.name), sha256=None), str(error), desk)


def grade_bytes(name: str, data: bytes, desk: Desk) -> Report:
    """Grade the bytes of one submission, handed in under `name`."""
    handed_in = SubmissionReference(name=whole(name), sha256=hashlib.sha256(data).hexdigest())
    timer = desk.clock.start()
    try:
        notebook = parse(data, desk.limits)
    except UnreadableSubmission as error:
        return unreadable(handed_in, str(error), desk)
    submission = extract(notebook, desk.assignment)
    results = tuple(_examined(exercise, submission, desk) for exercise in desk.assignment.exercises)
    return Report(
        status=_status(results),
        assignment=_reference_to(desk.assignment),
        submission=handed_in,
        score=score(results),
        exercises=results,
        notices=_notices(notebook, submission, desk.sandbox),
        provenance=provenance(desk.sandbox, desk.key.seed),
        run=timer.stop(),
    )


def unreadable(handed_in: SubmissionReference, reason: str, desk: Desk) -> Report:
    """The report of bytes that are no notebook: nothing is graded, and nothing is a zero."""
    return Report(
        status=Status.UNREADABLE,
        assignment=_reference_to(desk.assignment),
        submission=handed_in,
        score=None,
        exercises=(),
        notices=(reason,),
        provenance=provenance(desk.sandbox, desk.key.seed),
        run=desk.clock.start().stop(),
    )


def _examined(exercise: Exercise, submission: Submission, desk: Desk) -> ExerciseResult:
    answer = next(answer for answer in submission.answers if answer.exercise == exercise.id)
    try:
        return interview(exercise, answer, submission, desk)
    except SandboxError as error:
        return ExerciseResult(
            id=exercise.id,
            title=exercise.title,
            verdict=Verdict.NOT_GRADED,
            earned=None,
            possible=exercise.points,
            message=f"This exercise was not graded, for a reason that is not yours: {error}",
            cell=None,
            checks=(),
        )


def _status(results: tuple[ExerciseResult, ...]) -> Status:
    return Status.NOT_GRADED if any(result.earned is None for result in results) else Status.GRADED


def _notices(notebook: Notebook, submission: Submission, sandbox: Sandbox) -> tuple[str, ...]:
    warning = () if sandbox.warning is None else (sandbox.warning,)
    return (*notebook.notices, *submission.notices, *warning)


def _reference_to(assignment: Assignment) -> AssignmentReference:
    return AssignmentReference(id=assignment.id, title=assignment.title, version=assignment.version)
