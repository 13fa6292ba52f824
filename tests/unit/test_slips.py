"""What the text of an answer shows of its slips: a name that is almost another, `^` for a power."""

from __future__ import annotations

import pytest

from grader.grading.slips import power_line, with_meant
from grader.wall.protocol import StudentError
from tests.exercises import SOFTMAX, plan
from tests.notebooks import code

BODY = "def my_softmax(z):\n    expo_z = np.exp(z)\n    total = {}\n    return expo_z / total"
MEANT = [
    pytest.param("exp_z", "expo_z", id="a letter"),
    pytest.param("Expo_Z", "expo_z", id="capitals"),
    pytest.param("epsilom", "epsilon", id="of another cell"),
    pytest.param("hidden_nam", None, id="local to another function"),
    pytest.param("hidden_name", None, id="nothing near"),
    pytest.param("my_softmx", None, id="an answer does not mean to call itself"),
    pytest.param("expo_z", None, id="it is there, but not yet"),
    pytest.param("b", None, id="too short to tell"),
]


@pytest.mark.parametrize(("missing", "meant"), MEANT)
def test_a_near_name_is_the_one_that_was_meant(missing: str, meant: str | None) -> None:
    """Names of the function that raised, and those at the top of the notebook."""
    other = code("epsilon = 1e-9\ndef helper(x):\n    hidden_name = x\n    return hidden_name")
    found = plan(SOFTMAX, other, code(BODY.format(f"{missing} + epsilon + helper(z)")))
    error = StudentError(type="NameError", text="", cell=2, line=3, missing=missing)
    assert with_meant(error, found).meant == meant


def test_other_errors_mean_nothing_else() -> None:
    """Only a missing name is looked for, and only one that could be a name."""
    found = plan(SOFTMAX, code(BODY.format("1")))
    for error in (StudentError(type="ValueError", text="", missing="exp_z"), StudentError(type="NameError", text="")):
        assert with_meant(error, found) == error


POWERS = [
    pytest.param("np.sum(expo_z ^ 2)", 4, id="of an array"),
    pytest.param("2 ^ 3", 4, id="of numbers"),
    pytest.param("(z > 0) ^ (z < 1)", None, id="of truths"),
    pytest.param("'^'", None, id="in a text"),
    pytest.param("z ** 2", None, id="a power"),
]


@pytest.mark.parametrize(("source", "line"), POWERS)
def test_a_hat_between_numbers_is_found_with_its_line(source: str, line: int | None) -> None:
    """Python computes something with it, without a word."""
    assert power_line(plan(SOFTMAX, code("# GRADED FUNCTION: my_softmax\n" + BODY.format(source)))) == line
