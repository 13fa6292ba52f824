"""The digits course keeps its promises: sample, starter, reference and every wrong solution, graded in real rooms."""

from __future__ import annotations

import pytest

from grader.course import Course
from grader.desk import Desk
from grader.reference import WrongSolution, wrong_solutions
from grader.report import Verdict
from tests.end_to_end.conftest import Grade, exercise
from tests.end_to_end.digits import IMPORTS, MODEL, ROOT, SAMPLE, SOFTMAX, STARTER, code

COURSE = Course(ROOT)
WRONG = wrong_solutions(COURSE, COURSE.assignment("digits"))
RIGHT = {"my_softmax": SOFTMAX, "model": MODEL}


def test_the_sample_earns_everything(grade: Grade) -> None:
    """The finished notebook is right."""
    score = grade(SAMPLE.read_bytes()).score

    assert score is not None
    assert (score.earned, score.possible) == (100, 100)


def test_the_starter_earns_nothing(grade: Grade) -> None:
    """There are no free points."""
    score = grade(STARTER.read_bytes()).score

    assert score is not None
    assert score.earned == 0


def test_the_reference_is_a_submission_that_is_right(grade: Grade) -> None:
    """It is graded like any other, and earns full marks."""
    score = grade(code(COURSE.solution("digits").read_text(encoding="utf-8"))).score

    assert score is not None
    assert score.percent == 100


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.exercise}-{wrong.name}")
def test_a_wrong_solution_loses_what_it_names_and_nothing_else(grade: Grade, wrong: WrongSolution) -> None:
    """Its checks fail, its hint is given, and the other exercise keeps its points."""
    other = next(name for name in RIGHT if name != wrong.exercise)
    report = grade(code("import numpy as np", wrong.path.read_text(encoding="utf-8"), _imports(other) + RIGHT[other]))
    result = exercise(report, wrong.exercise)

    assert tuple(check.id for check in result.checks if check.verdict is not Verdict.PASSED) == wrong.loses
    assert wrong.hint in {check.hint for check in result.checks}
    assert exercise(report, other).earned == 50


def test_every_softmax_mistake_is_shown_with_a_small_counterexample(desk: Desk, grade: Grade) -> None:
    """At most three entries, small whole numbers."""
    sources = [w.path.read_text(encoding="utf-8") for w in WRONG if w.exercise == "my_softmax" and "drawn" in w.loses]
    results = [exercise(grade(code(source)), "my_softmax") for source in sources]
    shown = [check.counterexample for r in results for check in r.checks if check.id == "drawn"]
    entries = [example.inputs[0].data for example in shown if example is not None]

    assert len(entries) == len(sources)
    assert all(data is not None and len(data) <= 3 and all(float(x).is_integer() for x in data) for data in entries)


def _imports(name: str) -> str:
    return "import numpy as np\n" if name == "my_softmax" else IMPORTS
