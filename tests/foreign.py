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
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}  # otter tells languages by it
    content = {"cells": list(cells), "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
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


def larger_otter_cells() -> list[Node]:
    """A homework for otter with each kind of its tests: doctests, cells, several to a question, hidden, all or nothing,
    of values, lists, errors, arrays and tables."""
    head = [
        node("raw", "# ASSIGNMENT CONFIG\ninit_cell: false\nexport_cell: false\ngenerate: true"),
        node("code", "import numpy as np\nimport pandas as pd"),
    ]
    return [
        *head,
        *(cell for name, settings, solution, tests in _QUESTIONS for cell in _asked(name, settings, solution, tests)),
    ]


def _asked(name: str, settings: str, solution: str, tests: list[Node]) -> list[Node]:
    """One question."""
    return [
        node("raw", f"# BEGIN QUESTION\nname: {name}\n{settings}"),
        node("markdown", f"## {name.capitalize()}"),
        node("raw", "# BEGIN SOLUTION"),
        node("code", solution),
        node("raw", "# END SOLUTION"),
        node("raw", "# BEGIN TESTS"),
        *tests,
        node("raw", "# END TESTS"),
        node("raw", "# END QUESTION"),
    ]


MODE = """\
def mode(words):
    # BEGIN SOLUTION
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return max(counts, key=counts.get)
    # END SOLUTION"""
ROOT = """\
def root(x):
    # BEGIN SOLUTION
    if x < 0:
        raise ValueError("no root")
    return x ** 0.5
    # END SOLUTION"""
SCALED = "def scaled(x):\n    return (x - x.min()) / (x.max() - x.min())  # SOLUTION"
_QUESTIONS: list[tuple[str, str, str, list[Node]]] = [
    (
        "evens",
        "points: 3",
        "def evens(n):\n    return [k for k in range(n) if k % 2 == 0]  # SOLUTION",
        [node("code", "evens(5)", "[0, 2, 4]"), node("code", "# HIDDEN\nlen(evens(100)) == 50", "True")],
    ),
    (
        "mode",
        "points: 2\nall_or_nothing: true",
        MODE,
        [node("code", "mode(['a', 'b', 'b'])", "'b'"), node("code", "assert mode(['x']) == 'x'")],
    ),
    (
        "scaled",
        "points: 2",
        SCALED,
        [
            node("code", "assert np.allclose(scaled(np.array([1.0, 2.0, 3.0])), [0, 0.5, 1])"),
            node("code", "bool(scaled(np.array([4.0, 8.0])).max() == 1)", "True"),
        ],
    ),
    ("answer", "points: 1", "answer = 6 * 7  # SOLUTION", [node("code", "answer == 42", "True")]),
    (
        "adults",
        "points: 2",
        "def adults(people):\n    return people[people['age'] >= 18]  # SOLUTION",
        [
            node("code", "ages = pd.DataFrame({'age': [3, 18, 40]})\nassert list(adults(ages)['age']) == [18, 40]"),
            node("code", "len(adults(pd.DataFrame({'age': [1, 2]})))", "0"),
        ],
    ),
    (
        "root",
        "points: 1",
        ROOT,
        [node("code", "try:\n    root(-1)\n    assert False\nexcept ValueError:\n    pass\nassert root(9) == 3")],
    ),
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
