"""Functions of the reference that student code is given as arguments: asked over the wall, and nowhere to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.errors import CourseError
from grader.grading.grader import Grader
from grader.report.report import Verdict
from grader.wall.sandbox import Sandbox
from tests.notebooks import code, notebook

ASSIGNMENT = """\
from grader.lab import *

ASSIGNMENT = lab("lent", "Lent",
    function("loss", "A loss").checks(check("some").examples((2.0,))),
    function("least", "The least"{depends}).checks(check("finds").examples((lent("loss"), [3.0, 0.5, -1.0]))),
    total=2,
)
"""
REFERENCE = """\
OFFSET = 1234.5


def loss(w):
    return (w - 1) ** 2 + OFFSET


def least(f, candidates):
    return min(candidates, key=f)
"""
MISTAKES = """\
[least.largest]
says = "Takes the largest."
hint = "Is this the least?"
loses = ["finds"]
was = "min("
becomes = "max("
"""
OWN = "def loss(w):\n    return -w\n\n\n"


def grader_of(folder: Path, sandbox: Sandbox, depends: str = ', depends_on=("loss",)') -> Grader:
    """The grader of the assignment, which depends on these."""
    for name, text in (
        ("assignments/lent/assignment.py", ASSIGNMENT.replace("{depends}", depends)),
        ("reference/lent/solution.py", REFERENCE),
        ("reference/lent/mistakes.toml", MISTAKES),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    course = Course(folder)
    return Grader(course, course.assignment("lent"), sandbox=sandbox)


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Grader]:
    with grader_of(tmp_path_factory.mktemp("course"), sandbox) as opened:
        yield opened


@pytest.mark.parametrize(
    ("least", "verdict", "misconception"),
    [
        pytest.param("return min(candidates, key=f)", Verdict.PASSED, None, id="it is called"),
        pytest.param("return min(candidates, key=loss)", Verdict.PASSED, None, id="by its name it is lent, too"),
        pytest.param("return max(candidates, key=f)", Verdict.FAILED, "largest", id="a known mistake"),
        pytest.param("return 0.5 if '1234' in str(f.__code__.co_consts) else 7.0", Verdict.FAILED, None, id="a look"),
        pytest.param("return 0.5 if 'OFFSET' in f.__globals__ else 7.0", Verdict.FAILED, None, id="another look"),
        pytest.param("return f('nothing')", Verdict.RAISED, None, id="called with what it cannot take"),
    ],
)
def test_a_function_that_is_lent_is_the_references_and_only_asked(
    grader: Grader, least: str, verdict: Verdict, misconception: str | None
) -> None:
    """Whatever the student's own function of that name does."""
    report = grader.grade("a.ipynb", notebook(code(f"{OWN}def least(f, candidates):\n    {least}\n")))

    assert report.exercises[1].checks[0].verdict is verdict
    assert report.exercises[1].misconception == misconception


def test_a_function_of_an_exercise_that_nothing_depends_on_is_not_lent(tmp_path: Path, sandbox: Sandbox) -> None:
    """The author reads what to write."""
    with (
        grader_of(tmp_path, sandbox, "") as opened,
        pytest.raises(CourseError, match="Name that exercise in depends_on"),
    ):
        opened.grade("a.ipynb", notebook(code(OWN)))
