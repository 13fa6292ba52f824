"""What a command that grades ends with, from what became of the submissions: one, a class, or a platform's."""

from __future__ import annotations

from collections.abc import Iterable

from grader.errors import SandboxError, UnreadableSubmission
from grader.report.class_report import RowStatus
from grader.report.report import Score, Status

BELOW = 1


def exit_code(
    statuses: Iterable[Status | RowStatus], scores: Iterable[Score | None] = (), *, fail_under: float | None = None
) -> int:
    """The README's table: of several reasons the first of 3, 4, 1 that applies; else 0.

    The scores are complete ones, whoever reads the reports; one that is not known is below nothing.
    """
    found = {status.value for status in statuses}
    if Status.NOT_GRADED.value in found:
        return SandboxError.exit_code
    if Status.UNREADABLE.value in found:
        return UnreadableSubmission.exit_code
    below = any(score is not None and score.is_below(fail_under or 0) for score in scores)
    return BELOW if below else 0
