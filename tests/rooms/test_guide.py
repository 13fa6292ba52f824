"""The labs of assignments/README.md with every other question and rule, graded as they stand there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.messages import english
from grader.report.report import Report
from tests.guide import labs_shown
from tests.notebooks import code, notebook

SOLUTION = """
import numpy as np
import sympy as sp
from collections import namedtuple

Summary = namedtuple("Summary", ["least", "mean"])


def normalise(x):
    return x / np.sum(x)


def summary(x):
    return Summary(x.min(), x.mean())


def slope(expression):
    return sp.diff(expression, sp.Symbol("x"))


def loss(w):
    return np.sum(np.square(w - 1))


def least(f, candidates):
    return min(candidates, key=f)


def fit(points, labels):
    w, b = np.zeros(1), 0.0
    for _ in range(200):
        error = 1 / (1 + np.exp(-(points @ w + b))) - labels
        w, b = w - points.T @ error / len(points), b - np.mean(error)
    return {"w": w, "b": b}


errors = np.array([0.5, -0.25, 0.0])
answers = {"q1": "a"}
"""
#: in place of something right, what a student may write, and what the report says of it
WRONG = {
    ("x / np.sum(x)", "np.array([sum([each / t] * 40) / 40 for t in [np.sum(x)] for each in x])"): (
        "It took more than 20 times as long as it takes the reference."
    ),
    ('["least", "mean"]', '["low", "middle"]'): "Its fields are low, middle; least, mean were asked for.",
    ("sp.diff(expression, sp.Symbol", "sp.integrate(expression, sp.Symbol"): "was asked for.",
    ("range(200)", "range(0)"): "loss",
    ("0.0])", "2.0])"): "1 of 3 entries differs.",
}
MODELS = """
import numpy as np
import tensorflow as tf

def made():
    return tf.keras.Sequential([
        tf.keras.Input(shape=(3,)), tf.keras.layers.Dense(4, "relu"), tf.keras.layers.Dense(1, "sigmoid")
    ])

model = made()
trained = made()
labels = np.arange(200) % 2
trained.compile(tf.keras.optimizers.Adam(0.05), "binary_crossentropy")
trained.fit(np.random.normal(size=(200, 3)) + 4.0 * labels[:, None] - 2.0, labels, epochs=10, verbose=0)
"""


@contextmanager
def opened(folder: Path, name: str, solution: str) -> Iterator[Grader]:
    """A lab of the guide, with its reference."""
    for path, text in (("assignments", labs_shown()[name]), ("reference", solution)):
        home = folder / path / name
        home.mkdir(parents=True)
        (home / ("assignment.py" if path == "assignments" else "solution.py")).write_text(text, encoding="utf-8")
    course = Course(folder)
    with Grader(course, course.assignment(name), sandbox="none") as grader:
        yield grader


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """The one without models."""
    pytest.importorskip("sympy", reason="SymPy is not installed")
    with opened(tmp_path_factory.mktemp("course"), "others", SOLUTION) as grader:
        yield grader


def graded(lab: Grader, source: str) -> tuple[Report, str]:
    """The report on a notebook of one cell, and what it says of checks that have not passed."""
    report = lab.grade("a.ipynb", notebook(code(source)))
    checks = [each for exercise in report.exercises for each in exercise.checks]
    return report, " ".join(english(each.message) for each in checks if each.earned != each.possible)


def test_every_other_question_and_rule_accepts_what_is_right(lab: Grader) -> None:
    """Whoever copies the example has a lab that works."""
    report, told = graded(lab, SOLUTION)

    assert (told, report.score and report.score.earned) == ("", 18)


@pytest.mark.parametrize("change", WRONG, ids=[right for right, _ in WRONG])
def test_each_of_them_refuses_what_is_wrong_and_says_what(lab: Grader, change: tuple[str, str]) -> None:
    """Too slow, other names, another formula, nothing learned, another value."""
    right, wrong = change
    report, told = graded(lab, SOLUTION.replace(right, wrong))

    assert right in SOLUTION
    assert WRONG[change] in told
    assert report.score is not None
    assert report.score.earned in range(12, 18)


def test_cells_of_asserts_are_passed_as_the_guide_writes_them(tmp_path: Path) -> None:
    """Asserts, a doctest, and a hidden cell."""
    squares = (
        "def squares(n):\n    if n < 0:\n        raise ValueError('n')\n    return [k * k for k in range(1, n + 1)]\n"
    )
    with opened(tmp_path, "sums", squares) as lab:
        report, told = graded(lab, squares)

    assert (told, report.score and report.score.earned) == ("", 10)


@pytest.mark.skipif(find_spec("tensorflow") is None, reason="TensorFlow is not installed")
def test_models_are_accepted_as_the_guide_asks_for_them(tmp_path: Path) -> None:
    """The lab of models is whole, too."""
    with opened(tmp_path, "models", MODELS) as lab:
        report, told = graded(lab, MODELS)

    assert (told, report.score and report.score.earned) == ("", 4)
