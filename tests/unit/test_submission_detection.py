"""Which assignment a notebook answers, told from its graded names."""

from __future__ import annotations

import pytest

from grader.errors import UsageError
from grader.notebook.submission import detect
from tests.exercises import DIGITS, assignment, exercise, handed_in
from tests.notebooks import code

NETWORK = assignment(exercise("initialize", "initialize"), exercise("compute_cost"), exercise("model"), id="network")
KNOWN = (NETWORK, DIGITS)
SOFTMAX = "def my_softmax(z): return z"

FITS = [
    pytest.param([SOFTMAX, "model = 1"], "digits", id="all exercises"),
    pytest.param([SOFTMAX], "digits", id="one exercise"),
    pytest.param(["# GRADED CELL: my_softmax\nx = "], "digits", id="a broken marked cell"),
    pytest.param(["def my_softmax(z:"], "digits", id="a broken definition"),
    pytest.param(["# GRADED CELL: Sequential model\nmodel = 1"], "digits", id="a marked binding"),
    pytest.param(["def initialize(): 1", "def compute_cost(): 1", "model = 1"], "network", id="the other"),
    pytest.param(
        ["# GRADED CELL: my_softmax\n" + SOFTMAX, "def compute_cost(): 1"], "digits", id="a mark beside another's name"
    ),
]


@pytest.mark.parametrize(("cells", "id"), FITS)
def test_the_assignment_with_the_greatest_share_of_its_exercises_is_chosen(cells: list[str], id: str) -> None:
    """The order of the assignments makes no difference."""
    for known in (KNOWN, KNOWN[::-1]):
        assert detect(handed_in(*map(code, cells)), known).chosen(known, "lab.ipynb").id == id


UNCLEAR = [
    pytest.param(["model = 1"], ["digits: model found; my_softmax missing"], id="a common name"),
    pytest.param([SOFTMAX, "def compute_cost(): 1"], ["digits: my_softmax found", "network: compute_cost"], id="a tie"),
    pytest.param([SOFTMAX, "model = 1", "cost = 1"], ["digits: my_softmax, model found", "costs: cost"], id="a doubt"),
    pytest.param(["def initialize(): 1"], ["network: initialize found; compute_cost, model missing"], id="a third"),
    pytest.param(["x = 1"], ["nothing that one of the course's 3 assignments asks for"], id="nothing"),
]


@pytest.mark.parametrize(("cells", "reasons"), UNCLEAR)
def test_where_it_is_not_clear_the_likely_ones_are_named(cells: list[str], reasons: list[str]) -> None:
    """With what fits and what is missing: to be asked costs less than to be graded by the wrong one."""
    known = (*KNOWN, assignment(exercise("cost"), id="costs"))
    with pytest.raises(UsageError, match=r"not clear which assignment 'lab\.ipynb' answers") as refused:
        detect(handed_in(*map(code, cells)), known).chosen(known, "lab.ipynb")
    *likely, to_do = map(str, refused.value.lines)
    assert [reason for reason in reasons if reason not in "\n".join(likely)] == []
    assert "--assignment" in to_do


def test_no_more_is_said_than_one_reads() -> None:
    """Three assignments of many, and a few names of each."""
    names = [f"step{number}" for number in range(12)]
    known = tuple(assignment(*map(exercise, names), id=f"lab{number}") for number in range(26))
    with pytest.raises(UsageError) as refused:
        detect(handed_in(*(code(f"def {name}(): 1") for name in names[:7])), known).chosen(known, "lab.ipynb")
    assert len(refused.value.lines) == 5
    assert "step0, step1, step2, step3, step4 and 2 more found; step7, step8" in str(refused.value.lines[1])


def test_two_assignments_that_fit_alike_are_named() -> None:
    """A tie is not decided by chance."""
    known = (assignment(exercise("f"), id="one"), assignment(exercise("f"), id="two"))
    with pytest.raises(UsageError, match=r"(?s)one: f found.*two: f found"):
        detect(handed_in(code("def f(): 1")), known).chosen(known, "lab.ipynb")


def test_a_course_without_assignments_fits_nothing() -> None:
    """There is nothing to choose from."""
    with pytest.raises(UsageError, match="course's 0 assignments"):
        detect(handed_in(), ()).chosen((), "lab.ipynb")
