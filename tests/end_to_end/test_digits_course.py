"""What the digits lab promises beyond `test_assignments.py`: small counterexamples."""

from __future__ import annotations

from grader.course.folder import Course
from grader.course.mistakes import read_mistakes
from tests.end_to_end.conftest import Grade, exercise
from tests.end_to_end.digits import ROOT, code

COURSE = Course(ROOT)
WRONG = read_mistakes(COURSE, COURSE.assignment("digits"))


def test_every_softmax_mistake_is_shown_with_a_small_counterexample(grade: Grade) -> None:
    """At most three entries, small whole numbers."""
    sources = [w.script.source for w in WRONG if w.exercise == "my_softmax" and "drawn" in w.loses]
    results = [exercise(grade(code(source)), "my_softmax") for source in sources]
    shown = [check.counterexample for r in results for check in r.checks if check.id == "drawn"]
    entries = [example.inputs[0].data for example in shown if example is not None]

    assert len(entries) == len(sources)
    assert all(data is not None and len(data) <= 3 and all(float(x).is_integer() for x in data) for data in entries)
