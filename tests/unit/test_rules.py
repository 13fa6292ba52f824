"""Rules: each looks at one reaction and finds a fault, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.judging.question import Reaction
from grader.judging.rules import Agrees, AgreesIn, Holds, HoldsOfAll, LeavesArguments, Repeats, Rule
from grader.messages import literal
from grader.wall.protocol import Answer, Ended, Raised, Returned, StudentError
from grader.wall.values import Value, array
from tests.english import spoken

Z = array([1.0, 2.0])
#: what a row and a column make of each other has an entry for each pair
ABOVE = Holds(lambda a, z: bool(np.all(a > z)))
POSITIVE = Holds(lambda a, _: bool(np.all(a > 0)))
LIKE_INPUT = Holds(lambda a, z: bool(np.all(a == z)))


def fault(
    rule: Rule, value: Value, *, after: tuple[Value, ...] | None = (Z,), again: Answer | None = None
) -> str | None:
    """What `rule` says when `f(Z)` returned `value` where Z was expected."""
    returned = Returned(id=0, value=value, arguments=after)
    return detail(rule, Reaction(args=(Z,), expected=Z, answer=returned, again=again, seen=returned))


def detail(rule: Rule, reaction: Reaction) -> str | None:
    """What is wrong, in a sentence that may be empty; None if nothing is."""
    found = rule.fault(reaction)
    return None if found is None else spoken(found.detail)


def test_agreeing_means_to_return_what_the_reference_returns() -> None:
    """The words of a difference are those of the comparison."""
    assert fault(Agrees(), Z) is None
    assert fault(Agrees(), array([1.0, 9.0])) == "1 of 2 entries differs."


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


def from_keys(value: Any, z: Any) -> Any:
    """The form of one template: entry by entry, by the number of the entry."""
    return np.array([value[str(number)] for number in range(z.size)])


@pytest.mark.parametrize(
    ("value", "agrees"),
    [
        pytest.param({"0": 1.0, "1": 2.0}, True, id="that form, right"),
        pytest.param({"0": 1.0, "1": 9.0}, False, id="that form, wrong"),
        pytest.param({"0": 1.0}, False, id="neither form"),
        pytest.param(Z, True, id="the reference's own form"),
        pytest.param(array([1.0, 9.0]), False, id="the reference's own form, wrong"),
    ],
)
def test_a_reading_brings_other_templates_into_the_references_form(value: Value, agrees: bool) -> None:
    """Where it cannot, the value is compared as it is: an odd value is wrong, and no error of ours."""
    assert (fault(Agrees(reading=from_keys), value) is None) is agrees


@pytest.mark.parametrize(
    ("value", "expected", "agrees"),
    [
        pytest.param(2.0, 2.0, True, id="float"),
        pytest.param(array(2.0, "scalar"), 2.0, True, id="np.float64"),
        pytest.param(array(2.0), 2.0, True, id="no dimensions"),
        pytest.param(array([[2.0]]), 2.0, True, id="1 by 1"),
        pytest.param(array([[3.0]]), 2.0, False, id="another number"),
        pytest.param(array([2.0, 2.0]), 2.0, False, id="two entries"),
        pytest.param(array([2.0]), array([[2.0]]), False, id="where an array is asked for"),
        pytest.param({"db": array([2.0])}, {"db": 2.0}, True, id="in a dictionary"),
        pytest.param((array([1.0]), array([2.0])), (array([1.0]), array(2.0)), True, id="in a tuple"),
    ],
)
def test_a_single_number_may_come_as_an_array_of_one_entry(value: Value, expected: Value, agrees: bool) -> None:
    """Where the exercise says so; `np.squeeze` and sums with `keepdims` leave all of these."""
    returned = Returned(id=0, value=value)
    reaction = Reaction(args=(), expected=expected, answer=returned, seen=returned)
    assert (Agrees(scalar=True).fault(reaction) is None) is agrees


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
        pytest.param(Ended(reason="crashed", message=literal("")), "The second call did not return.", id="ended"),
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


@pytest.mark.parametrize("rule", [ABOVE, HoldsOfAll(ABOVE.claim)], ids=["Holds", "HoldsOfAll"])
def test_an_answer_that_spreads_over_all_memory_makes_no_claim_true(rule: Rule) -> None:
    """A column of answers beside a row of inputs is a table of gigabytes; it fails, and the judge goes on."""
    inputs, column = array(np.zeros(40_000)), array(np.ones((40_000, 1)))
    returned = Returned(id=0, value=column)
    asked = Reaction(args=(inputs,), expected=None, answer=returned, seen=returned)

    assert detail(rule, asked) == ""


@pytest.mark.parametrize(
    ("value", "found"),
    [
        pytest.param((array([1.0]), 0.5), None, id="the rest is another"),
        pytest.param((array([2.0]), 0.1), "The one entry differs.", id="wrong part"),
        pytest.param(7.0, "It returned a single number where 2 values were asked for.", id="no such part"),
    ],
)
def test_a_part_agrees_whatever_the_rest_is(value: Value, found: str | None) -> None:
    """What a gradient is worth does not depend on the cost beside it; a value without the part is compared whole."""
    returned = Returned(id=0, value=value)
    asked = Reaction(args=(), expected=(array([1.0]), 0.1), answer=returned, seen=returned)

    assert detail(AgreesIn(part=lambda pair: pair[0]), asked) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        pytest.param({"W": array([1.0])}, None, id="true"),
        pytest.param({"W": array([-1.0])}, "", id="false"),
        pytest.param({"V": array([1.0])}, "The dictionary has no key 'W'.", id="no such key"),
        pytest.param(3.0, "", id="no dictionary"),
    ],
)
def test_a_claim_may_be_about_a_whole_dictionary(value: Value, found: str | None) -> None:
    """Random parameters have no right value, and yet a form."""
    assert fault(HoldsOfAll(lambda parameters, *_: bool(np.all(parameters["W"] > 0))), value) == found


def _counted(looks: list[object]) -> Any:
    def look(value: Any, *_: Any) -> Any:
        looks.append(value)
        return value

    return look


@pytest.mark.parametrize(
    ("rule_of", "found"),
    [
        pytest.param(lambda look: Agrees(reading=look), "It returned an array of shape (2000000,)", id="a reading"),
        pytest.param(lambda look: AgreesIn(part=look), "It returned an array of shape (2000000,)", id="a part"),
        pytest.param(Holds, "It returned far more numbers than", id="a claim"),
        pytest.param(HoldsOfAll, "It returned far more numbers than", id="a claim on all"),
    ],
)
def test_no_code_of_the_course_looks_at_an_answer_out_of_all_proportion(
    rule_of: Callable[[Any], Rule], found: str
) -> None:
    """A million times as large as what was asked is wrong, and costs nothing to say so."""
    looks: list[object] = []
    returned = Returned(id=0, value=array(np.zeros(2_000_000)))
    asked = Reaction(args=(array(np.zeros(3)),), expected=array(np.zeros(3)), answer=returned, seen=returned)

    assert (detail(rule_of(_counted(looks)), asked) or "").startswith(found)
    assert looks == []
