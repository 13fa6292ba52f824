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
from grader.wall.sandbox import Sandbox
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
PLAIN = """
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass
class Line:
    slope: float
    start: float


def due(begin, later):
    return begin + later


def share(number, parts):
    return number / parts


def with_tax(price, rate):
    return (price * (1 + rate)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def line(y):
    return Line(float(y[1] - y[0]), float(y[0]))
"""
#: the same of the lab of dates, exact numbers and dataclasses
WRONG_PLAIN = {
    ("begin + later", "str(begin + later)"): "It returned a text.",
    ("begin + later", "begin"): "It returned a date",
    ("number / parts", "float(number / parts)"): "an exact number of type Fraction was asked for.",
    ('Decimal("0.01")', 'Decimal("0.1")'): "The number differs",
    ("float(y[0]))", "0.0)"): "Entry 'start': The number differs. Right: 'slope'.",
    ("start: float", "begin: float"): "Its fields are slope, begin; slope, start were asked for.",
    ("Line", "Straight"): "an object of type Straight; an object of type Line was asked for.",
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
def opened(folder: Path, name: str, solution: str, sandbox: Sandbox | str = "none") -> Iterator[Grader]:
    """A lab of the guide, with its reference."""
    for path, text in (("assignments", labs_shown()[name]), ("reference", solution)):
        home = folder / path / name
        home.mkdir(parents=True)
        (home / ("assignment.py" if path == "assignments" else "solution.py")).write_text(text, encoding="utf-8")
    course = Course(folder)
    with Grader(course, course.assignment(name), sandbox=sandbox) as grader:
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


@pytest.fixture(scope="module")
def plain_lab(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Grader]:
    """The one of dates, exact numbers and dataclasses."""
    with opened(tmp_path_factory.mktemp("course"), "plain_values", PLAIN, sandbox) as grader:
        yield grader


def test_dates_exact_numbers_and_dataclasses_are_accepted(plain_lab: Grader) -> None:
    """Whichever zone tells the moment, and in whatever order the fields are named."""
    zone = "begin.astimezone(timezone(timedelta(hours=2))) if hasattr(begin, 'hour') else begin"
    turned = PLAIN.replace("    slope: float\n    start: float", "    start: float\n    slope: float")
    turned = turned.replace("float(y[1] - y[0]), float(y[0])", "float(y[0]), float(y[1] - y[0])")
    otherwise = turned.replace("begin + later", f"({zone}) + later")
    for source in (PLAIN, "from datetime import timedelta, timezone\n" + otherwise):
        report, told = graded(plain_lab, source)
        assert (told, report.score and report.score.earned) == ("", 7)


@pytest.mark.parametrize("change", WRONG_PLAIN, ids=[wrong for _, wrong in WRONG_PLAIN])
def test_what_is_nearly_such_a_value_is_wrong_and_said_to_be(plain_lab: Grader, change: tuple[str, str]) -> None:
    """A text for a date, a float for an exact number, another field."""
    right, wrong = change
    report, told = graded(plain_lab, PLAIN.replace(right, wrong))

    assert right in PLAIN
    assert report.score is not None
    assert report.score.earned in range(4, 7)
    assert WRONG_PLAIN[change] in told, told


def test_cells_of_asserts_are_passed_as_the_guide_writes_them(tmp_path: Path, sandbox: Sandbox) -> None:
    """Asserts, a doctest, and a hidden cell."""
    squares = (
        "def squares(n):\n    if n < 0:\n        raise ValueError('n')\n    return [k * k for k in range(1, n + 1)]\n"
    )
    with opened(tmp_path, "sums", squares, sandbox) as lab:
        report, told = graded(lab, squares)

    assert (told, report.score and report.score.earned) == ("", 10)


@pytest.mark.skipif(find_spec("tensorflow") is None, reason="TensorFlow is not installed")
def test_models_are_accepted_as_the_guide_asks_for_them(tmp_path: Path, tensorflow: Sandbox) -> None:
    """The lab of models is whole, too."""
    with opened(tmp_path, "models", MODELS, tensorflow) as lab:
        report, told = graded(lab, MODELS)

    assert (told, report.score and report.score.earned) == ("", 4)
