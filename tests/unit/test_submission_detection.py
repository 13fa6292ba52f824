"""Which assignment a notebook answers, told from its graded names."""

from __future__ import annotations

import pytest

from grader.errors import UsageError
from grader.submission import detect
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
    pytest.param([SOFTMAX, "def compute_cost(): 1"], "digits", id="the greater share"),
]


@pytest.mark.parametrize(("cells", "id"), FITS)
def test_the_assignment_with_the_greatest_share_of_its_exercises_is_chosen(cells: list[str], id: str) -> None:
    """The order of the assignments makes no difference."""
    for known in (KNOWN, KNOWN[::-1]):
        assert detect(handed_in(*map(code, cells)), known).chosen(known, "lab.ipynb").id == id


def test_a_common_name_alone_decides_nothing() -> None:
    """Half of all labs assign to `model`; the message says what was looked for and what was found."""
    with pytest.raises(UsageError) as refused:
        detect(handed_in(code("model = 1")), KNOWN).chosen(KNOWN, "lab.ipynb")
    assert str(refused.value) == (
        "'lab.ipynb' fits no assignment (digits looks for my_softmax, model: found model; network looks for "
        "initialize, compute_cost, model: found model). Say which is meant with --assignment."
    )


def test_two_assignments_that_fit_alike_are_named() -> None:
    """A tie is not decided by chance."""
    known = (assignment(exercise("f"), id="one"), assignment(exercise("f"), id="two"))
    with pytest.raises(UsageError, match="fits one and two alike"):
        detect(handed_in(code("def f(): 1")), known).chosen(known, "lab.ipynb")


def test_a_course_without_assignments_fits_nothing() -> None:
    """There is nothing to choose from."""
    with pytest.raises(UsageError, match="the course has no assignments"):
        detect(handed_in(), ()).chosen((), "lab.ipynb")
