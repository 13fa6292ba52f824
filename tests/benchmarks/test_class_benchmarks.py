"""What the benchmarks of whole classes grade is what they say."""

from __future__ import annotations

import ast
import doctest
import json
import runpy
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks import made_class
from tests.benchmarks.peer_courses import CHECKS, write_nbgrader, write_otter
from tests.benchmarks.table import Standing, at_least


@pytest.mark.parametrize("make", [made_class.digits, made_class.arrays])
def test_no_two_submissions_are_alike(make: made_class.Make) -> None:
    """Else the journal would know the second."""
    assert make(1) == make(1) != make(2)


@pytest.mark.parametrize(
    ("figure", "standing"),
    [
        pytest.param(99.9, Standing.NOT_REACHED, id="below"),
        pytest.param(100.0, Standing.REACHED, id="exactly there"),
        pytest.param(100.1, Standing.REACHED, id="above"),
    ],
)
def test_a_ratio_is_held_to_its_reach(figure: float, standing: Standing) -> None:
    """Here a reach is the least that a figure may be."""
    assert at_least("faster", figure, reach=100, unit=" x").standing is standing


def test_nbgrader_is_given_an_answer_and_a_check_for_each_exercise(tmp_path: Path) -> None:
    """Alike in the source and in what students handed in: nbgrader matches cells by their ids."""
    write_nbgrader(tmp_path / "course", 2)
    paths = sorted((tmp_path / "course").rglob("*.ipynb"))
    ids = [
        [cell["metadata"]["nbgrader"]["grade_id"] for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
        for notebook in (json.loads(path.read_text(encoding="utf-8")) for path in paths)
    ]

    assert len(paths) == 3
    assert ids == [["UNQ_C1_answer", "UNQ_C1", "UNQ_C2_answer", "UNQ_C2"]] * 3


def test_otter_is_given_the_same_checks(tmp_path: Path) -> None:
    """As doctests that are the same statements."""
    write_otter(tmp_path / "course")
    for mark, source in CHECKS.items():
        test = runpy.run_path(str(tmp_path / "course" / "tests" / f"{mark}.py"))["test"]
        (example,) = doctest.DocTestParser().get_examples(test["suites"][0]["cases"][0]["code"])[:1]
        assert ast.dump(ast.parse(example.source)) == ast.dump(ast.Module(ast.parse(source).body[:1], []))


def test_the_check_of_softmax_passes_a_right_answer_and_no_other() -> None:
    """The peers check something, too."""
    exec(CHECKS["UNQ_C1"], {"np": np, "my_softmax": lambda z: np.exp(z) / np.exp(z).sum()})
    with pytest.raises(AssertionError):
        exec(CHECKS["UNQ_C1"], {"np": np, "my_softmax": np.exp})
