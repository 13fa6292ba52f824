"""What a command ends with: one rule for one notebook, a class and a platform."""

from __future__ import annotations

import pytest

from grader.report.class_report import RowStatus
from grader.report.exit_codes import exit_code
from grader.report.report import Score, Status

HALF = Score(earned=5, possible=10, percent=50)
OPEN = Score(earned=None, possible=10, percent=None)

OUTCOMES = [
    pytest.param([Status.GRADED], [HALF], 0, id="graded"),
    pytest.param([Status.GRADED], [Score(earned=4, possible=10, percent=40)], 1, id="below"),
    pytest.param([RowStatus.NEVER_SUBMITTED, RowStatus.GRADED], [None, HALF], 0, id="somebody handed in nothing"),
    pytest.param([Status.UNREADABLE], [None], 4, id="unreadable"),
    pytest.param([Status.NOT_GRADED], [OPEN], 3, id="not graded"),
    pytest.param([RowStatus.UNREADABLE, RowStatus.NOT_GRADED], [None, OPEN], 3, id="of several the first of 3, 4, 1"),
    pytest.param([], [], 0, id="nothing"),
]


@pytest.mark.parametrize(("statuses", "scores", "code"), OUTCOMES)
def test_of_several_reasons_the_first_of_the_readmes_table_counts(
    statuses: list[Status | RowStatus], scores: list[Score | None], code: int
) -> None:
    """A score that is not known is below nothing."""
    assert exit_code(statuses, scores, fail_under=50) == code
