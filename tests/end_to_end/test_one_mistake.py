"""One mistake in a lab whose functions call each other is charged once; the report says how the others were judged."""

from __future__ import annotations

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.report.report import ExerciseResult, Verdict
from tests.end_to_end.digits import ROOT
from tests.english import all_spoken

LAB = "deep_network"
SAMPLE = ROOT / "assignments" / LAB / "sample.ipynb"
RIGHT, WRONG = "dW = np.dot(dZ, A_prev.T) / m", "dW = np.dot(dZ, A_prev.T)"


def graded(notebook: bytes) -> dict[str, ExerciseResult]:
    """Every exercise of the deep network, as a student's."""
    course = Course(ROOT)
    with Grader(course, course.assignment(LAB)) as grader:
        report = grader.grade("submission.ipynb", notebook)
    return {exercise.id: exercise for exercise in report.exercises}


def test_a_wrong_linear_backward_costs_its_own_points_and_no_others() -> None:
    """The derivatives that build on it are judged with the reference in its place, and say so."""
    sample = SAMPLE.read_text(encoding="utf-8")
    assert sample.count(RIGHT) == 1

    found = graded(sample.replace(RIGHT, WRONG).encode())

    assert {name for name, each in found.items() if each.verdict is not Verdict.PASSED} == {"linear_backward"}
    built_on_it = {
        name for name, each in found.items() if any("linear_backward" in said for said in all_spoken(each.notices))
    }
    assert built_on_it == {"linear_activation_backward", "l_model_backward"}
    assert any(
        "Judged with a correct linear_backward" in said for said in all_spoken(found["l_model_backward"].notices)
    )
