"""A report in numbers, for overviews that never open the report itself."""

from __future__ import annotations

from grader.report.report import CheckResult, Report
from grader.service.store.outline import CheckOutline, GradedExercise, ResultOutline


def outlined(report: Report) -> ResultOutline:
    """The numbers of a complete report."""
    return ResultOutline(
        exercises=tuple(
            GradedExercise(
                id=exercise.id,
                verdict=exercise.verdict,
                earned=exercise.earned,
                possible=exercise.possible,
                checks=tuple(map(_check, exercise.checks)),
                misconception=exercise.misconception,
                to_mark=exercise.to_mark,
                mark=exercise.mark,
            )
            for exercise in report.exercises
        ),
        earned=None if report.score is None else report.score.earned,
        possible=None if report.score is None else report.score.possible,
        seconds=report.run.seconds,
        titles_shown=report.assignment is not None and report.assignment.show_hidden_titles,
    )


def _check(check: CheckResult) -> CheckOutline:
    return CheckOutline(
        id=check.id,
        verdict=check.verdict,
        visibility=check.visibility,
        earned=check.earned,
        possible=check.possible,
    )
