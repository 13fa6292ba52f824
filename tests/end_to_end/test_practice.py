"""Practice as a student has it: a Jupyter kernel in a folder with nothing but the released files, and no network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from grader.authoring.notebooks import cleared
from grader.authoring.practice_cells import with_practice
from grader.authoring.release import package
from grader.course.folder import Course
from grader.report.report import Report, Verdict
from tests.end_to_end.conftest import Grade, exercise
from tests.end_to_end.digits import IMPORTS, MODEL, ROOT, SAMPLE, SOFTMAX, STARTER, code
from tests.notebooks import code as cell
from tests.notebooks import notebook

DIGITS = Course(ROOT).assignment("digits")
#: from here on a connection to anywhere is an error, and so is every library that a plain Jupyter may lack
CUT_OFF = """\
import sys
for name in ("hypothesis", "nbformat", "nbconvert", "typer", "nh3", "sympy", *({missing})):
    sys.modules[name] = None

def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise OSError("no network here")

sys.addaudithook(refuse)
import grader
print(grader.__file__)
from grader import check
"""
WITHOUT_KERAS = CUT_OFF.format(missing='"tensorflow", "keras"')
WITH_KERAS = CUT_OFF.format(missing="")
SQUEEZED = """\
import numpy as np

def my_softmax(z):
    e = np.exp(z)
    return np.squeeze(e / e.sum())
"""
RAISES = "def my_softmax(z):\n    total = 0\n    return z / undefined\n"


@pytest.fixture
def released(tmp_path: Path) -> Path:
    course = Course(ROOT)
    for path, data in package(course, course.assignment("digits")).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path


def ran(folder: Path, *sources: str) -> list[list[Any]]:
    """The outputs of these cells, run in a kernel of that folder."""
    book = nbformat.reads(notebook(*map(cell, sources)).decode(), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
    NotebookClient(book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return [each.outputs for each in book.cells]


def test_a_function_is_practised_from_the_released_folder_alone(released: Path) -> None:
    """Without TensorFlow, the course or a network: the card as HTML and as text, with the mistake and its hint."""
    start, _, wrong, _, raised = ran(
        released, WITHOUT_KERAS, SQUEEZED, "check(my_softmax)", RAISES, "check(my_softmax)"
    )
    card, text = wrong[0].data["text/html"], wrong[0].data["text/plain"]

    assert start[0].text.strip() == str(released / "grader/__init__.py")
    assert [len(wrong), len(raised)] == [1, 1]  # nothing but the card
    assert "Practice, not a grade" in card
    assert "Practice, not a grade" in text
    assert "call      my_softmax(np.array([0.]))" in text
    assert "NameError: name &#39;undefined&#39; is not defined (cell 4, line 3)" in raised[0].data["text/html"]
    assert "the error came from this line" in raised[0].data["text/html"]


def test_a_model_is_practised_where_keras_is(released: Path) -> None:
    """All that the layers are asked for, and the layers side by side where one is another."""
    *_, right, _, wrong = ran(
        released,
        WITH_KERAS,
        IMPORTS,
        MODEL,
        'check("model", model)',
        MODEL.replace("15", "16"),
        'check("model", model)',
    )

    assert "FAILED" not in right[0].data["text/plain"]
    assert "10,575 parameters" in right[0].data["text/plain"]
    assert "asked: 15" in wrong[0].data["text/html"]


def test_a_notebook_that_practised_is_graded_as_if_it_had_not(grade: Grade) -> None:
    """The line costs neither a point nor a word, wherever it stands, right or wrong."""
    practising = "from grader import check\n"
    good = grade(code(IMPORTS + practising, f"{SOFTMAX}\ncheck(my_softmax)", MODEL, 'check("model", model)'))
    bad = grade(code(IMPORTS + practising, f"{SQUEEZED}\ncheck(my_softmax)", MODEL))

    assert good.score is not None
    assert good.score.percent == 100
    assert exercise(bad, "my_softmax").notices == ()


@pytest.mark.parametrize("path", [SAMPLE, STARTER], ids=["sample", "starter"])
def test_the_lines_of_a_released_notebook_cost_nothing(grade: Grade, path: Path) -> None:
    """Handed in with them, work gets the same points and verdicts, and nothing is said of them."""
    plain, offered = (grade(data) for data in (cleared(path), with_practice(cleared(path), DIGITS)))

    assert (offered.score, offered.notices) == (plain.score, plain.notices)
    assert judged(offered) == judged(plain)


def judged(report: Report) -> list[tuple[object, ...]]:
    """All but the words, which name cells by their number."""
    return [
        (check.id, check.verdict, check.earned, each.notices, each.printed)
        for each in report.exercises
        for check in each.checks
    ]


def test_the_lines_may_run_where_the_whole_notebook_must(grade: Grade) -> None:
    """An answer that needs a name which only running everything finds is right all the same."""
    hidden = "for name in ['np']:\n    globals()['numbers'] = globals()[name]"
    softmax = SOFTMAX.replace("np.", "numbers.")
    found = grade(with_practice(code(IMPORTS, MODEL, hidden, softmax), DIGITS))

    assert exercise(found, "my_softmax").verdict is Verdict.PASSED
