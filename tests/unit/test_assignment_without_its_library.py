"""An assignment whose runtime is not installed here: nobody is graded, nobody loses a point, and the cure is named."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from grader.authoring.proof import check_assignments
from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.notebook.notebook import from_script
from grader.notebook.submission import extract
from grader.report.report import SubmissionReference, Verdict
from tests.english import spoken
from tests.no_rooms import NoRooms

pytestmark = pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed here")

LAB = """
from grader.lab import *

ASSIGNMENT = lab(
    "doubled",
    "Doubled",
    function("double", "Twice as much").checks(check("example", "Small", 10).examples((1.0,), (2.0,))),
    runtime="torch",
    total=10,
)
"""
ANSWER = "import torch\n\n\ndef double(x):\n    return 2 * x\n"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course of one lab, which needs what this machine has not."""
    for name, text in {
        "assignments/doubled/assignment.py": LAB,
        "assignments/doubled/README.md": "# doubled\n",
        "reference/doubled/solution.py": ANSWER,
        "reference/doubled/mistakes.toml": (
            '[double.same]\nsays = "No."\nhint = "Twice."\nwas = "2 * x"\nbecomes = "x"\n'
        ),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    for kind in ("starter", "sample"):
        (tmp_path / f"assignments/doubled/{kind}.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4}')
    return Course(tmp_path)


def test_a_submission_is_not_graded_and_the_package_is_named(course: Course) -> None:
    """No room is opened, and no reference is said to be at fault."""
    assignment = course.assignment("doubled")
    handed_in = SubmissionReference(name="anna.ipynb", sha256="0" * 64)
    with Grader(course, assignment, sandbox=NoRooms()) as grader:
        report = grader.examine(extract(from_script(ANSWER), assignment), handed_in)

    (result,) = report.exercises
    assert (result.verdict, result.earned) == (Verdict.NOT_GRADED, None)
    assert "`torch`" in spoken(result.message)


def test_a_check_of_the_course_passes_it_over(course: Course) -> None:
    """With the command that installs what is missing."""
    (proof,) = check_assignments(course, ["doubled"], progress=lambda *_: None)

    assert proof.faults == ()
    assert proof.skipped == ("not tried: torch is not installed here. Run: pip install 'notebook-grader[torch]'")
