"""The lab that assignments/README.md shows for models and what they have learned, graded as it stands there."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.judging.aspects import ASPECTS
from grader.messages import english
from grader.report.report import Report
from grader.wall.sandbox import Sandbox
from tests.notebooks import code, notebook

pytestmark = pytest.mark.skipif(importlib.util.find_spec("tensorflow") is None, reason="TensorFlow is not installed")

GUIDE = (Path(__file__).parents[2] / "assignments" / "README.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## Models, and what they have learned")[2].partition("\n## ")[0]
LAB = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)[0]
SOLUTION = """
import numpy as np
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.losses import SparseCategoricalCrossentropy
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.regularizers import l2

y = np.random.default_rng(5).integers(0, 2, 200)
X = np.random.default_rng(6).normal(4.0 * y[:, None] - 2, 1, (200, 2))

net = Sequential([Dense(8, "relu", kernel_regularizer=l2(0.001)), Dense(2)])
net.compile(Adam(0.01), SparseCategoricalCrossentropy(from_logits=True))
net.fit(X, y, epochs=20, verbose=0)
"""
#: in place of something right, what a student may write, and what the report says of it
WRONG = {
    ("Dense(2)", 'Dense(2), Dense(2, "softmax")'): "It has 3 layers instead of 2.",
    ("l2(0.001)", "l2(0.1)"): "Layer 1: its kernel has L2(0.1); L2(0.001) was asked for.",
    ("Adam(0.01)", "Adam()"): "Its learning rate is 0.001; 0.01 was asked for.",
    ("from_logits=True", ""): "Its loss takes the outputs for probabilities; `from_logits=True` was asked for.",
    ("net.fit(", "print("): "it gets",
}


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory, tensorflow: Sandbox) -> Iterator[Grader]:
    """The lab of the guide, with a reference."""
    home = tmp_path_factory.mktemp("course")
    for path, text in (
        ("assignments/clouds/assignment.py", LAB),
        ("reference/clouds/solution.py", SOLUTION),
    ):
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text, encoding="utf-8")
    course = Course(home)
    with Grader(course, course.assignment("clouds"), sandbox=tensorflow) as grader:
        yield grader


def graded(grader: Grader, source: str) -> Report:
    """The report of a notebook of one cell."""
    return grader.grade("clouds.ipynb", notebook(code(source)))


def test_the_lab_of_the_guide_grades_what_is_right(grader: Grader) -> None:
    """As it stands on the page."""
    score = graded(grader, SOLUTION).score
    assert score is not None
    assert score.earned == 10


def test_the_lab_of_the_guide_tells_what_is_wrong(grader: Grader) -> None:
    """What differs, and what was asked; the other checks are as they were."""
    for (right, wrong), said in WRONG.items():
        (net,) = graded(grader, SOLUTION.replace(right, wrong)).exercises
        assert (net.earned or 0) < 10, wrong
        assert any(said in english(check.message) for check in net.checks), (
            wrong,
            [english(c.message) for c in net.checks],
        )


def test_every_aspect_is_explained() -> None:
    """By its name, in the table of the page."""
    assert [name for name in ASPECTS if f"`{name}`" not in SECTION] == []
