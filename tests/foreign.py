"""Small courses of other graders, in our own words, written as their authors write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

Node = dict[str, Any]


def node(kind: str, source: str, printed: str = "", **marks: Any) -> Node:
    """A cell; `marks` are nbgrader's, if there are any."""
    cell: Node = {"cell_type": kind, "source": source, "metadata": {"nbgrader": marks} if marks else {}}
    if kind == "code":
        output = {
            "output_type": "execute_result",
            "execution_count": 1,
            "metadata": {},
            "data": {"text/plain": printed},
        }
        cell |= {"execution_count": None, "outputs": [output] if printed else []}
    return cell


def write(path: Path, *cells: Node) -> Path:
    """A notebook of these cells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path.write_text(nbformat.writes(nbformat.from_dict(content)), encoding="utf-8")  # type: ignore[no-untyped-call]
    return path


def answer(name: str, source: str, **more: Any) -> Node:
    """A solution cell of nbgrader."""
    marks = {"grade": False, "solution": True, "locked": False, "schema_version": 3, **more}
    return node("code", source, grade_id=name, **marks)


def test(name: str, points: float, source: str, **more: Any) -> Node:
    """A test cell of nbgrader."""
    marks = {"grade": True, "solution": False, "locked": True, "schema_version": 3, "points": points, **more}
    return node("code", source, grade_id=name, **marks)


ARRAYS = '''\
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: Arrays, too.
""" # END TEST CONFIG
assert np.array_equal(double(np.ones(2)), [2, 2])'''
HIDING = "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(factor) == 6\n### END HIDDEN TESTS"
DOUBLE = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"


def nbgrader_cells() -> list[Node]:
    """An assignment with everything that nbgrader marks."""
    return [
        node("markdown", "# Doubling\n\nTwice as much."),
        node("code", "%matplotlib inline\nimport numpy as np\nfactor = 3"),
        node("markdown", "## Part A"),
        answer("double", DOUBLE),
        test(
            "double_small",
            1.5,
            "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(factor) == 6\n### END HIDDEN TESTS",
        ),
        test("double_arrays", 1, "np.testing.assert_array_equal(double(np.arange(2)), [0, 2])"),
        test("double_alone", 0.5, "del double\nassert 'double' not in globals()"),
        answer("thrice", "thrice = factor * 1"),
        test("thrice_is", 1, "assert thrice == 3"),
        node("markdown", "Because.", grade=True, solution=True, grade_id="why", points=2, schema_version=3),
        node(
            "markdown",
            "## Part B\n\nLook it up.",
            grade=False,
            solution=False,
            task=True,
            grade_id="look",
            points=4,
            schema_version=3,
        ),
    ]


def otter_cells() -> list[Node]:
    """An assignment with everything that `otter assign` reads."""
    return [
        node("raw", "# ASSIGNMENT CONFIG\ninit_cell: false\ngenerate: true"),
        node("code", "import numpy as np"),
        node("raw", "# BEGIN QUESTION\nname: q1\npoints: 3"),
        node("markdown", "## Doubling"),
        node("raw", "# BEGIN SOLUTION"),
        node("code", "def double(x):\n    return 2 * x  # SOLUTION\nseen = double(4)  # SOLUTION"),
        node("raw", "# END SOLUTION"),
        node("raw", "# BEGIN TESTS"),
        node("code", "double(2)", "4"),
        node("code", ARRAYS),
        node("raw", "# END TESTS"),
        node("raw", "# END QUESTION"),
        node("raw", "# BEGIN QUESTION\nname: q2\npoints: 2\nmanual: true"),
        node("markdown", "## Why\n\nWhy is it so?"),
        node("raw", "# BEGIN SOLUTION"),
        node("markdown", "Because."),
        node("raw", "# END SOLUTION"),
        node("raw", "# END QUESTION"),
    ]


OK_TEST = """\
OK_FORMAT = True

test = {
    "name": "q1",
    "points": 2,
    "suites": [
        {
            "cases": [
                {"code": ">>> double(2) == 4\\nTrue", "hidden": False, "locked": False},
                {"code": ">>> seen\\n8", "hidden": True, "locked": False, "failure_message": "Not 8."},
            ],
            "scored": True, "setup": "", "teardown": "", "type": "doctest",
        }
    ],
}
"""
FUNCTION_TEST = """\
from otter.test_files import test_case

OK_FORMAT = False

name = "q2"
points = None


@test_case(points=1, hidden=True, failure_message="Twice.")
def test_double(double, env):
    assert double(env["seen"]) == 16
"""
