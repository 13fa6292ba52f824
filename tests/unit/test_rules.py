"""Rules: each looks at one reaction and finds a fault, or none."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks.rules import Agrees, Holds, LeavesArguments, Reaction, Repeats, Rule
from grader.protocol import Answer, Ended, Raised, Returned, StudentError
from grader.values import Value, array

Z = array([1.0, 2.0])
POSITIVE = Holds(lambda a, _: bool(np.all(a > 0)))
LIKE_INPUT = Holds(lambda a, z: bool(np.all(a == z)))


def fault(
    rule: Rule, value: Value, *, after: tuple[Value, ...] | None = (Z,), again: Answer | None = None
) -> str | None:
    """What `rule` says when `f(Z)` returned `value` where Z was expected."""
    returned = Returned(id=0, value=value, arguments=after)
    return rule.fault(Reaction(args=(Z,), expected=Z, answer=returned, again=again), returned)


def test_agreeing_means_to_return_what_the_reference_returns() -> None:
    """The words of a difference are those of the comparison."""
    assert fault(Agrees(), Z) is None
    assert fault(Agrees(), array([1.0, 9.0])) == "1 of 2 entries differ."


@pytest.mark.parametrize(
    ("rule", "value", "found"),
    [
        pytest.param(POSITIVE, array([1.0]), None, id="true"),
        pytest.param(POSITIVE, array([-1.0]), "", id="false"),
        pytest.param(POSITIVE, array([float("nan")]), "", id="NaN"),
        pytest.param(POSITIVE, [1, 2], None, id="list of numbers"),
        pytest.param(LIKE_INPUT, Z, None, id="claim about the input"),
        pytest.param(POSITIVE, None, "It did not return numbers.", id="None"),
        pytest.param(POSITIVE, array([True]), "It did not return numbers.", id="booleans"),
        pytest.param(POSITIVE, array([1j]), "It did not return numbers.", id="complex numbers"),
        pytest.param(POSITIVE, "1", "It did not return numbers.", id="text"),
    ],
)
def test_a_claim_holds_for_numbers_only(rule: Rule, value: Value, found: str | None) -> None:
    """A claim sees an array of real or whole numbers, and the arguments as they were sent."""
    assert fault(rule, value) == found


def test_a_claim_that_cannot_be_worked_out_does_not_hold() -> None:
    """An answer of a shape the claim did not think of is the student's fault, not ours."""
    assert fault(LIKE_INPUT, array([1.0, 2.0, 3.0])) == ""


@pytest.mark.parametrize(
    ("after", "found"),
    [
        pytest.param((Z,), None, id="the same"),
        pytest.param((array([1.0, 2.5]),), "", id="an entry changed"),
        pytest.param((array([1, 2]),), "", id="dtype changed"),
        pytest.param((array([[1.0, 2.0]]),), "", id="shape changed"),
        pytest.param((array([1.0, -0.0]),), "", id="bits changed"),
        pytest.param(("changed beyond recognition",), "", id="no array any more"),
        pytest.param((), "", id="fewer arguments"),
        pytest.param((Z, Z), "", id="more arguments"),
        pytest.param(None, "", id="nothing said"),
    ],
)
def test_arguments_are_left_alone_bit_for_bit(after: tuple[Value, ...] | None, found: str | None) -> None:
    """No evidence that they were left alone is no pass."""
    assert fault(LeavesArguments(), Z, after=after) == found


@pytest.mark.parametrize(
    ("again", "found"),
    [
        pytest.param(Returned(id=1, value=Z), None, id="the same"),
        pytest.param(Returned(id=1, value=array([2.0, 2.0])), "", id="another value"),
        pytest.param(Returned(id=1, value=None), "", id="None"),
        pytest.param(
            Raised(id=1, error=StudentError(type="E", text="")), "The second call did not return.", id="raised"
        ),
        pytest.param(Ended(reason="crashed", text=""), "The second call did not return.", id="ended"),
        pytest.param(None, "The second call did not return.", id="never asked"),
    ],
)
def test_repeating_means_the_same_value_from_the_same_call(again: Answer | None, found: str | None) -> None:
    """The second answer is compared with the first, not with the reference."""
    assert fault(Repeats(), Z, again=again) == found


@pytest.mark.parametrize(
    ("rule", "twice"),
    [
        pytest.param(Agrees(), False, id="Agrees"),
        pytest.param(POSITIVE, False, id="Holds"),
        pytest.param(LeavesArguments(), False, id="LeavesArguments"),
        pytest.param(Repeats(), True, id="Repeats"),
    ],
)
def test_only_repeating_needs_a_second_call(rule: Rule, twice: bool) -> None:
    """Every other rule asks each question once."""
    assert rule.twice is twice
