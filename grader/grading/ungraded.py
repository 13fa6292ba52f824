"""Reports of submissions that nobody judged: the bytes are no notebook, or we did not come through."""

from __future__ import annotations

import hashlib

from grader.course.assignment import Assignment, Exercise
from grader.messages import Message, say
from grader.report.report import (
    AssignmentReference,
    ExerciseResult,
    Provenance,
    Report,
    Run,
    Status,
    SubmissionReference,
    Verdict,
)
from grader.report.sums import score
from grader.wall.value_frames import encodable


def identified(name: str, data: bytes) -> SubmissionReference:
    """How a report names the file with these bytes."""
    return SubmissionReference(name=encodable(name), sha256=hashlib.sha256(data).hexdigest())


def without_bytes(name: str) -> SubmissionReference:
    """How a report names a file that could not be read."""
    return SubmissionReference(name=encodable(name), sha256=None)


def unreadable(
    submission: SubmissionReference, reason: Message, *, assignment: Assignment, provenance: Provenance, run: Run
) -> Report:
    """The report of bytes that are no notebook: nothing is graded, and nothing is a zero."""
    return Report(
        status=Status.UNREADABLE,
        assignment=AssignmentReference.to(assignment),
        submission=submission,
        score=None,
        exercises=(),
        notices=(reason,),
        provenance=provenance,
        run=run,
    )


def not_graded(
    submission: SubmissionReference, reason: Message, *, assignment: Assignment, provenance: Provenance, run: Run
) -> Report:
    """The report of a submission that we did not come through, for `reason`, which is ours."""
    results = tuple(not_examined(exercise, reason) for exercise in assignment.exercises)
    return Report(
        status=Status.NOT_GRADED,
        assignment=AssignmentReference.to(assignment),
        submission=submission,
        score=score(results),
        exercises=results,
        provenance=provenance,
        run=run,
    )


def not_examined(exercise: Exercise, reason: Message) -> ExerciseResult:
    """The result of one exercise that we did not come through, for `reason`, which is ours."""
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
