"""What a cell looks like that nobody has written in yet, and what one that somebody has."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.limits import NotebookLimits
from grader.notebook.notebook import parse
from grader.notebook.submission.untouched import is_untouched

ROOT = Path(__file__).parents[2]
PLACE = "def f(z):\n    m = len(z)\n    ### START CODE HERE ###\n{}\n    ### END CODE HERE ###\n    return a"
UNTOUCHED = [
    pytest.param(PLACE.format(""), id="an empty place"),
    pytest.param(PLACE.format("    # (~ 2 lines)\n"), id="a comment"),
    pytest.param(PLACE.format("    a = None   # the sum"), id="None"),
    pytest.param(PLACE.format("    a, b = None, None"), id="several"),
    pytest.param(PLACE.format("    current_cache = "), id="no value"),
    pytest.param(PLACE.format("    W['W' + str(l)] = None"), id="an entry"),
    pytest.param(
        PLACE.format("    for i in range(None):\n        a = None\n        a += None"), id="a loop of the template"
    ),
    pytest.param(PLACE.format("    return None"), id="nothing returned"),
    pytest.param(PLACE.format("    for i in range(m):"), id="a loop without a body"),
    pytest.param(PLACE.format("    A, cache = forward(None, None, act=None)"), id="a call of nothing"),
    pytest.param(PLACE.format("    dW = None\n    grads = {'dW': dW}"), id="what is made of nothing"),
    pytest.param(PLACE.format("    a = None") + "\n" + PLACE.format("    pass"), id="two functions"),
    pytest.param("model = Sequential([\n    # START CODE HERE\n\n    # END CODE HERE\n])", id="a model"),
    pytest.param(
        "def f(z):\n    '''The sum: a = z + 1.'''\n    # YOUR CODE HERE\n    raise NotImplementedError()", id="nbgrader"
    ),
    pytest.param("def f(z):\n    ...", id="dots"),
    pytest.param("@decorated\ndef f(z):\n    a = \n    return a", id="no value, no marks"),
    pytest.param("answers = {\n    'q1': None,\n    'q2': None,\n}", id="a quiz"),
]
TOUCHED = [
    pytest.param(PLACE.format("    a = z"), id="written"),
    pytest.param(PLACE.format("    a = None\n    b = z + 1"), id="in part"),
    pytest.param(PLACE.format("    a = 0"), id="a number"),
    pytest.param(PLACE.format("    a = np.sum("), id="begun"),
    pytest.param(PLACE.format("    a == None"), id="a comparison"),
    pytest.param(PLACE.format("    A = forward(z, None)"), id="a call of something"),
    pytest.param(PLACE.format("    a = None") + "\n" + PLACE.format("    a = z"), id="one of two functions"),
    pytest.param("def f(z):\n    m = len(z)\n    return m", id="no marks"),
    pytest.param("answers = {'q1': 'a', 'q2': None}", id="a quiz in part"),
    pytest.param("", id="an empty cell"),
    pytest.param("def f(z):\n    return z", id="an argument returned"),
    pytest.param("def f(z):\n    return unknown / 2", id="something returned"),
    pytest.param("def f():\n    return 1", id="a number returned"),
    pytest.param("def f(z):\n    if z: return 3", id="a line with its head"),
    pytest.param("def f(*, z) -> int: return z + 1", id="all in one line"),
]


@pytest.mark.parametrize("source", UNTOUCHED)
def test_a_cell_without_an_answer_is_known(source: str) -> None:
    """Whatever the template left in the places to fill in, Python or not."""
    assert is_untouched(source)


@pytest.mark.parametrize("source", TOUCHED)
def test_a_cell_that_somebody_wrote_in_is_no_untouched_one(source: str) -> None:
    """A first line is an attempt, and gets the hints of one."""
    assert not is_untouched(source)


@pytest.mark.parametrize("name", sorted(path.parent.name for path in ROOT.glob("assignments/*/starter.ipynb")))
def test_every_starter_is_untouched_and_no_sample_is(name: str) -> None:
    """The course's own notebooks, as students get them and as they should come back."""
    for file, expected in (("starter", True), ("sample", False)):
        notebook = parse((ROOT / "assignments" / name / f"{file}.ipynb").read_bytes(), NotebookLimits())
        graded = [cell.source for cell in notebook.code_cells if "GRADED" in cell.source]
        found = {is_untouched(source) for source in graded}
        assert found == ({expected} if graded else set())  # a lab of prose alone has no such cell
