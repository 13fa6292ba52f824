"""A submission that instructors' cells are run against, from its bytes to the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.report.audience import seen_by
from grader.report.report import Audience, Report, Verdict
from grader.wall.sandbox import Sandbox
from tests.notebooks import code, notebook

ASSIGNMENT = """\
from grader.lab import RoomLimits, Visibility, cell, cells_of, check, lab, work

ASSIGNMENT = lab("sums", "Sums",
    work("squares", "Squares").checks(
        check("small", "Small ones", 2, cell(cells_of(__file__)["small"])),
        check("long", "A long one", 3, cell("canary = 'in the cell'\\nassert len(squares(10)) == 10"),
              visibility=Visibility.HIDDEN),
    ),
    work("total", "Their sum").checks(
        check("sum", "The sum", 2, cell("assert total(most) == 14")),
        check("broken", "Broken", 3, cell("raise SystemExit")),
    ),
    work("Account", "An account", limits=RoomLimits(cpu_seconds=2)).checks(
        check("balance", "Its balance", 2, cell("a = Account(5)\\na.deposit(3)\\nassert a.balance == 8")),
    ),
    work("cubes", "Cubes by squares").checks(
        check("uses", "It uses `squares`", 2, cell(cells_of(__file__)["uses"])),
    ),
    work("grown", "Larger").checks(
        check("grows", "It grows", 2, cell("import sys\\nif grown(3) < 5:\\n    sys.exit(1)")),
    ),
    work("twice", "Twice").checks(
        check("two", "Two of them", 2, cell("assert twice(1) == 2\\nassert twice(2) == 4")),
        check("one", "One more", 2, cell("assert twice(3) == 6")),
    ),
    total=20,
)
"""
FILES = {
    "assignments/sums/assignment.py": ASSIGNMENT,
    "reference/sums/solution.py": "def squares(n):\n    return []\n\n\ndef total(n):\n    return 0\n\n\n"
    "class Account:\n    pass\n\n\ndef cubes(n):\n    return squares(n)\n\n\ndef grown(n):\n    return 2 * n\n\n\n"
    "def twice(n):\n    return 2 * n\n",
    "reference/sums/tests/uses.py": """\
kept = squares
del squares
try:
    cubes(1)
except NameError:
    assert kept(2) == [1, 4]
else:
    raise AssertionError("cubes does not use squares")
finally:
    squares = kept
assert cubes(2) == [1, 8]
""",
    "reference/sums/tests/small.py": "assert squares(1) == [1]\nassert squares(2) == [1, 4]\n",
}
SQUARES = "def squares(n):\n    return [k * k for k in range(1, n + 1)]\n"
CHEAT = """\
import builtins, gc
builtins.isinstance = lambda *_: True
class Always(list):
    def __eq__(self, other): return True
    def __len__(self): return 10
def squares(n):
    seen = [each for each in gc.get_objects() if type(each) is dict and "canary" in each]
    return Always([len(seen)])
"""


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Grader]:
    """Of an assignment of two such exercises."""
    folder = tmp_path_factory.mktemp("course")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    course = Course(Path(folder))
    with Grader(course, course.assignment("sums"), sandbox=sandbox) as opened:
        yield opened


def graded(grader: Grader, *cells: str) -> Report:
    """The report of a notebook of these cells."""
    return grader.grade("x.ipynb", notebook(*map(code, cells)))


def test_right_work_earns_its_points_and_a_broken_cell_is_open(grader: Grader) -> None:
    """What the cells ask for runs, wherever in the notebook it stands; a fault of the course's is no zero."""
    report = graded(grader, SQUARES, "most = 3", "def total(n):\n    return sum(squares(n))\n")

    first, second, *_ = report.exercises
    assert (first.verdict, first.earned) == (Verdict.PASSED, 5)
    assert [check.verdict for check in second.checks] == [Verdict.PASSED, Verdict.NOT_GRADED]
    assert second.earned is None


ACCOUNT = "class Account:\n    def __init__(self, balance):\n        self.balance = balance\n"


@pytest.mark.parametrize(
    ("deposit", "verdict"),
    [
        pytest.param("self.balance += much", Verdict.PASSED, id="right"),
        pytest.param("pass", Verdict.FAILED, id="wrong"),
        pytest.param("self.balance = type('Always', (), {'__eq__': lambda *_: True})()", Verdict.FAILED, id="a cheat"),
        pytest.param("while True: pass", Verdict.TIMED_OUT, id="a method that never returns"),
        pytest.param("self.__class__ = property", Verdict.RAISED, id="another class"),
    ],
)
def test_a_class_is_tried_in_its_room(grader: Grader, deposit: str, verdict: Verdict) -> None:
    """What is done with an instance is asked there, and plain data comes to the cell."""
    report = graded(grader, f"{ACCOUNT}\n    def deposit(self, much):\n        {deposit}\n")

    assert report.exercises[2].checks[0].verdict is verdict


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        pytest.param("return [k * s for k, s in enumerate(squares(n), 1)]", Verdict.PASSED, id="it uses the function"),
        pytest.param("return [k ** 3 for k in range(1, n + 1)]", Verdict.FAILED, id="it does not"),
    ],
)
def test_a_function_may_be_taken_away(grader: Grader, body: str, verdict: Verdict) -> None:
    """After `del squares` the student's code does not find it either, until it is bound again."""
    report = graded(grader, SQUARES, f"def cubes(n):\n    {body}\n")

    assert report.exercises[3].checks[0].verdict is verdict


def test_work_that_ends_its_room_at_what_a_failed_cell_never_asked_loses_no_other_check(grader: Grader) -> None:
    """What is asked ahead of a cell costs nobody a point: without that, the first cell ends at its first assert."""
    report = graded(grader, "import os\ndef twice(n):\n    return {1: 0, 3: 6}[n] if n != 2 else os._exit(1)\n")

    assert [check.verdict for check in report.exercises[5].checks] == [Verdict.FAILED, Verdict.PASSED]


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        pytest.param("return 3 * n", Verdict.PASSED, id="right"),
        pytest.param("return n", Verdict.FAILED, id="it never grows"),
    ],
)
def test_a_cell_that_stops_at_what_the_work_answers_is_lost(grader: Grader, body: str, verdict: Verdict) -> None:
    """With the reference it goes through, so the fault is not the cell's."""
    report = graded(grader, f"def grown(n):\n    {body}\n")

    assert report.exercises[4].checks[0].verdict is verdict


def test_a_cheat_earns_nothing_from_a_cell(grader: Grader) -> None:
    """Neither by lying objects, nor by patches, nor by looking for the cell in its process."""
    report = graded(grader, CHEAT)

    assert [check.earned for check in report.exercises[0].checks] == [0, 0]
    assert all(
        check.counterexample is None or "[0]" in str(check.counterexample.got) for check in report.exercises[0].checks
    )


def test_a_hidden_cell_stays_hidden(grader: Grader) -> None:
    """A student reads neither its text nor what came of it."""
    told = seen_by(graded(grader, "def squares(n):\n    return [1]\n"), Audience.STUDENT).model_dump_json()

    assert "squares(2) == [1, 4]" in told
    assert "squares(10)" not in told
