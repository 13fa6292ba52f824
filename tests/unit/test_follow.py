"""Follow-through in words and offers: who lends what, and when a student is told."""

from __future__ import annotations

import pytest

from grader.course.assignment import Visibility
from grader.grading.follow import about_own, about_reference, has_visible_fault
from grader.messages import prose
from grader.report.report import CheckResult, ExerciseResult, Verdict
from tests.english import all_spoken

VISIBLE, HIDDEN = Visibility.VISIBLE, Visibility.HIDDEN
PASSED, FAILED = Verdict.PASSED, Verdict.FAILED


def result(*checks: tuple[Visibility, Verdict], earned: int | None = 0) -> ExerciseResult:
    """An exercise whose checks have these visibilities and verdicts."""
    judged = (
        CheckResult(id="c", title="c", verdict=verdict, earned=0, possible=0, visibility=visibility, message=prose(""))
        for visibility, verdict in checks
    )
    return ExerciseResult(
        id="e",
        title="e",
        verdict=FAILED,
        earned=earned,
        possible=0,
        message=prose(""),
        cell=None,
        checks=tuple(judged),
    )


@pytest.mark.parametrize(
    ("earlier", "told"),
    [
        pytest.param(result((VISIBLE, PASSED)), False, id="passed"),
        pytest.param(result((VISIBLE, FAILED)), True, id="failed"),
        pytest.param(result((VISIBLE, Verdict.MISSING)), True, id="missing"),
        pytest.param(result((VISIBLE, PASSED), (HIDDEN, FAILED)), False, id="failed where students do not see it"),
        pytest.param(result((VISIBLE, Verdict.NOT_GRADED), earned=None), False, id="not graded, for our reasons"),
    ],
)
def test_a_stand_in_is_mentioned_only_for_a_fault_that_the_student_may_see(earlier: ExerciseResult, told: bool) -> None:
    """A notice may not tell what a hidden check found, nor blame a student for what is ours."""
    assert has_visible_fault(earlier) is told


def test_the_sentences_name_the_functions() -> None:
    """One, or several."""
    told = about_reference(["a"]), about_reference(["a", "b"]), about_own(["a", "b"], works=True)
    assert all_spoken(told) == (
        "Judged with a correct a, so that a mistake there is charged only once.",
        "Judged with correct versions of a, b, so that a mistake there is charged only once.",
        "With your own a, b it also works.",
    )
