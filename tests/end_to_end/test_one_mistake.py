"""One mistake in a lab whose functions call each other is charged once; the report says how the others were judged."""

from __future__ import annotations

from grader.course import Course
from grader.desk import Desk
from grader.pipeline import grade_bytes
from grader.provenance import WallClock
from grader.reference import answer_key
from grader.report import ExerciseResult, Verdict
from grader.sandbox.backends import open_sandbox
from tests.end_to_end.digits import ROOT

LAB = "deep_network"
SAMPLE = ROOT / "assignments" / LAB / "sample.ipynb"
RIGHT, WRONG = "dW = np.dot(dZ, A_prev.T) / m", "dW = np.dot(dZ, A_prev.T)"


def graded(notebook: bytes) -> dict[str, ExerciseResult]:
    """Every exercise of the deep network, as a student's."""
    course = Course(ROOT)
    assignment = course.assignment(LAB)
    key = answer_key(course, assignment)
    with open_sandbox("auto", assignment.runtime) as sandbox:
        desk = Desk(
            course=course,
            assignment=assignment,
            key=key,
            files=course.files(LAB),
            sandbox=sandbox,
            clock=WallClock(),
        )
        try:
            report = grade_bytes("submission.ipynb", notebook, desk)
        finally:
            key.lender.close()
    return {exercise.id: exercise for exercise in report.exercises}


def test_a_wrong_linear_backward_costs_its_own_points_and_no_others() -> None:
    """The derivatives that build on it are judged with the reference in its place, and say so."""
    sample = SAMPLE.read_text(encoding="utf-8")
    assert sample.count(RIGHT) == 1

    found = graded(sample.replace(RIGHT, WRONG).encode())

    assert {name for name, each in found.items() if each.verdict is not Verdict.PASSED} == {"linear_backward"}
    built_on_it = {name for name, each in found.items() if any("linear_backward" in said for said in each.notices)}
    assert built_on_it == {"linear_activation_backward", "l_model_backward"}
    assert any("Judged with a correct linear_backward" in said for said in found["l_model_backward"].notices)
