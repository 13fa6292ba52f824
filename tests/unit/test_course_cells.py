"""Instructors' cells as text: the names they take, the asserts in them, what cannot be done from outside."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from grader.grading.cell_faults import fault_of
from grader.grading.cell_work import Work
from grader.judging.cells import unfit
from grader.judging.cells.asserts import apart, asserting, telling
from grader.lab import cell, check, session, work
from grader.wall.message_frames import MAX_FAILURES
from grader.wall.protocol import Failure, Opened, Statement, StudentError


@pytest.mark.parametrize(
    ("source", "setup", "names"),
    [
        pytest.param("assert squares(1) == [1]", "", ("squares",), id="a function"),
        pytest.param(
            "np.testing.assert_equal(a, b)", "import numpy as np\nb = 1", ("a",), id="less what the setup binds"
        ),
        pytest.param("def test():\n    assert f(x)\nx = 1\ntest()", "", ("f",), id="within a function, bound later"),
        pytest.param("total += f(1)", "", ("f", "total"), id="read before it is bound"),
        pytest.param("assert f(1)", "def help():\n    return g(1)", ("f", "g"), id="what a helper calls"),
    ],
)
def test_a_cell_takes_from_the_notebook_what_it_does_not_bind(source: str, setup: str, names: tuple[str, ...]) -> None:
    """All other names are the instructor's own."""
    assert cell(source, setup=setup).names == names


def test_an_exercise_runs_whatever_its_cells_ask_for() -> None:
    """Beside the target, what gives the other names their values runs as well."""
    exercise = work("f", "F").checks(
        check("a", "A", 1, cell("assert f(data) == g(1)")), check("b", "B", 1, session(">>> h"))
    )

    assert exercise.also_asked == ("data", "g", "h")


def test_asserts_keep_their_lines() -> None:
    """So that whatever else fails is told at its place."""
    source = "a = 1\nassert (\n    a  # comment\n    == 1\n), 'no'\nassert a and a\nassert max(a, 2) == 2\nb = 2\n"

    told = ast.parse(telling(source))

    assert [node.lineno for node in told.body] == [1, 2, 6, 7, 8]
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(told))
    assert asserting(source) == (False, True, True, True, False)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        pytest.param("g = f\ndel f\nf = g", "g = f\ndel f; taken('f')\nf = g; given('f')", id="and given back"),
        pytest.param("if f:\n    del f, x", "if f:\n    del f, x; taken('f')", id="one of two"),
        pytest.param("f = f(1)", "f = f(1)", id="bound and never taken"),
        pytest.param("def t():\n    del f\nf()", "def t():\n    del f\nf()", id="of a function's own"),
    ],
)
def test_a_cell_says_what_it_takes_away(source: str, told: str) -> None:
    """So that the student's code does not find it either."""
    assert telling(source, ("f",)).replace("__grader_", "").replace("__(", "(") == told


UNFIT = {
    "del f": "takes nothing away",  # and nothing else asks for it
    "np.sum = None": "what it patches",
    "mock.patch('f')": "what it patches",
    "import sys\nsys.setrecursionlimit(10)": "looks into",
    "import time\ntime.time()": "measures time",
    "%%time\nf(1)": "a line for Jupyter",
    "f(1)\ndef f(x): return x": "does not see the `f`",
    "import matplotlib.pyplot as plt\nassert plt.gca().lines": "a figure or axes that they name",
    "with redirect_stdout(out):\n    f(1)": "prints does not reach",
    "assert (": "no Python",
}


@pytest.mark.parametrize("source", UNFIT)
def test_what_needs_the_students_process_is_named(source: str) -> None:
    """With the reason, for the author."""
    assert UNFIT[source] in unfit(cell(source))[0].reason


def test_an_ordinary_cell_is_fit() -> None:
    """Nothing is said of it, nor of what it sets on what it makes itself."""
    assert unfit(cell("class T:\n    def set_up(self):\n        self.x = f(lambda n: n)\na = A()\na.b = 1")) == ()
    assert unfit(cell("x = f(1)\nassert x == 1\nbox = {}\nbox['a'] = x", setup="import numpy as np")) == ()


def test_the_example_of_the_guide_is_an_assignment() -> None:
    """As assignments/README.md shows it."""
    guide = (Path(__file__).parents[2] / "assignments" / "README.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(guide.partition("## Cells of asserts")[2].partition("```python\n")[2].partition("```")[0], names)

    assert names["ASSIGNMENT"].points == 10


def test_what_a_room_does_not_tell_of_earns_nothing() -> None:
    """It tells of so many failures and no more: an assert that is not known to hold does not."""
    line = "assert answer == 0"
    asked = cell(f"{line}\n" * (MAX_FAILURES + 200), apart=True)
    script = [Statement(cell=1, line=n, source=line, role="cell") for n in range(1, MAX_FAILURES + 201)]
    error = StudentError(type="Unfulfilled", text="", cell=1, line=1)
    failures = tuple(Failure(statement=n, error=error) for n in range(MAX_FAILURES))

    fault = fault_of(
        asked,
        script,
        Work(lambda _: [], (), most_calls=1),
        Opened(failures=failures, target_type=None, notices=()),
    )

    assert fault is not None
    assert fault.share == 0


def test_only_what_checks_is_worth_a_share() -> None:
    """Whatever the work is like, a seed is set and a list is filled."""
    lines = "np.random.seed(0)\nbox.append(f(1))\nprint(box)\nassert box\nnp.testing.assert_equal(box, 1)\ncheck_all(f)"

    assert asserting(lines) == (False, False, False, True, True, True)


def test_statements_of_one_line_are_apart_as_well() -> None:
    """Each is told and earns by itself; a decorator goes with what it decorates."""
    source = "assert é(1); assert f(\n    2)\n@once\ndef g(): pass"

    assert apart(source) == [(1, "assert é(1)"), (1, "assert f(\n    2)"), (3, "@once\ndef g(): pass")]
