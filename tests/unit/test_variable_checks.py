"""Variable exercises, judged without a room."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from grader.course.assignment import Check, Exercise
from grader.errors import CourseError
from grader.judging import Examination, Misconception, Solutions, Subject, examine, prepare
from grader.judging.compare import Tolerance
from grader.judging.rules import Rule
from grader.judging.value import BoundValue, Equals, IsTrue, Shaped
from grader.messages import literal
from grader.report.report import CheckResult, Verdict
from grader.wall.protocol import Answer, Ended, Question, Read, Returned, Unsupported
from grader.wall.values import Value, array, freeze
from tests.english import spoken
from tests.mistaken import mistaken
from tests.unit.strategies import values

GRADIENT = {"dW": np.array([[1.0, 2.0], [3.0, 4.0]]), "db": 0.5}


ASKED = BoundValue(), BoundValue(reveal=True)


def check(name: str = "right", rule: Rule | None = None, *, reveal: bool = False, **more: Any) -> Check:
    """A check worth ten points."""
    said: dict[str, Any] = {"passed": "Right.", "failed": "J is wrong.", "hint": "Look."} | more
    return Check(id=name, title=name, points=10, question=ASKED[reveal], rule=rule or Equals(), **said)


def examined(answer: Answer, expected: Any, *checks: Check, wrong: tuple[Misconception, ...] = ()) -> Examination:
    """What comes of the answer, where the reference has `expected`."""
    exercise = Exercise(id="cost", title="Cost", target="J", checks=checks or (check(),))
    key = prepare(exercise, Solutions(value=expected, misconceptions=wrong), 0)
    return examine(exercise, key, Subject(target="J"), lambda _: [answer])


def judged(value: Any, expected: Any, *checks: Check, wrong: tuple[Misconception, ...] = ()) -> Examination:
    """What comes of J being `value`."""
    return examined(Returned(id=0, value=freeze(value)), expected, *checks, wrong=wrong)


def only(examination: Examination) -> CheckResult:
    """The one check of an examination."""
    (result,) = examination.checks
    return result


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(2.0, 2, id="a real number for a whole one"),
        pytest.param(2, 2.0, id="a whole number for a real one"),
        pytest.param(np.float32(2), 2.0, id="float32"),
        pytest.param(np.array(2.0), 2.0, id="no dimensions"),
        pytest.param([1, 2], np.array([1.0, 2.0]), id="a list"),
        pytest.param({"db": 0.5, "dW": GRADIENT["dW"]}, GRADIENT, id="a dictionary in another order"),
        pytest.param((1.0, [2, 3]), (1, np.array([2, 3])), id="a tuple"),
        pytest.param("relu", "relu", id="a text"),
        pytest.param(True, True, id="a truth"),
        pytest.param(None, None, id="None"),
    ],
)
def test_a_right_value_earns_every_point(value: Any, expected: Any) -> None:
    """However its numbers are spelled."""
    result = only(judged(value, expected))
    assert (result.verdict, result.earned, spoken(result.message), spoken(result.hint)) == (
        Verdict.PASSED,
        10,
        "Right.",
        None,
    )


@pytest.mark.parametrize(
    ("value", "expected", "detail"),
    [
        pytest.param(3.0, 2.0, "The number differs.", id="another number"),
        pytest.param([1.0, 9.0], np.ones(2), "1 of 2 entries differs.", id="another entry"),
        pytest.param(np.ones(3), 2.0, "It is an array of shape (3,); a single number was looked for.", id="an array"),
        pytest.param(2.0, np.ones(3), "It is a single number; an array of shape (3,) was looked for.", id="a number"),
        pytest.param(None, 2.0, "It is None; a single number was looked for.", id="None"),
        pytest.param("2", 2.0, "It is a text; a single number was looked for.", id="a text"),
        pytest.param(2.0, GRADIENT, "It is a single number; a dict of 2 values was looked for.", id="no dictionary"),
        pytest.param({"dW": 1}, GRADIENT, "The dictionary has no key 'db'. Wrong as well: 'dW'.", id="a key too few"),
        pytest.param(
            {**GRADIENT, "J": 1}, GRADIENT, "The dictionary has a key that was not asked for, 'J'.", id="a key too many"
        ),
        pytest.param(27_565_390, 27_565_386, "The number differs.", id="a count that is nearly right"),
        pytest.param(np.nan, 2.0, "There is a NaN or an infinity where a number should be.", id="NaN"),
        pytest.param("relu", "tanh", "It is a text, but not the right one.", id="another text"),
    ],
)
def test_a_wrong_value_says_in_what_it_differs(value: Any, expected: Any, detail: str) -> None:
    """The check's own sentence first, then what was found."""
    result = only(judged(value, expected))
    assert (result.verdict, result.earned, spoken(result.hint)) == (Verdict.FAILED, 0, "Look.")
    assert spoken(result.message) == f"J is wrong. {detail}"


@pytest.mark.parametrize("reveal", [False, True])
def test_the_right_value_is_shown_only_where_the_author_says_so(reveal: bool) -> None:
    """What was found is always shown; what was looked for is the answer itself."""
    example = only(judged(3.0, 2.0, check(reveal=reveal))).counterexample
    assert example is not None
    assert example.got is not None
    assert (example.call, example.got.text) == ("J", "3")
    assert (None if example.expected is None else example.expected.text) == ("2" if reveal else None)


@pytest.mark.parametrize(
    ("value", "rule", "passes"),
    [
        pytest.param(2.01, Equals(Tolerance(relative=0.01)), True, id="near enough"),
        pytest.param(2.03, Equals(Tolerance(relative=0.01)), False, id="not near enough"),
        pytest.param(np.ones((1, 1)) * 2, Equals(scalar=True), True, id="one entry for a number"),
        pytest.param(np.ones((1, 1)) * 2, Equals(), False, id="one entry is no number"),
        pytest.param("2", Equals(reading=float), True, id="a reading"),
        pytest.param("two", Equals(reading=float), False, id="a reading that raises"),
        pytest.param([1.0, 5.0], IsTrue(lambda w: bool(w.sum() == 6)), True, id="a claim on numbers"),
        pytest.param([1.0, 6.0], IsTrue(lambda w: bool(w.sum() == 6)), False, id="a claim that is not true"),
        pytest.param({"k": 1}, IsTrue(lambda d: d["k"] == 1), True, id="a claim on a dictionary"),
        pytest.param(None, IsTrue(lambda d: d["k"] == 1), False, id="a claim that raises"),
        pytest.param(np.ones((3, 2)), Shaped((3, 2)), True, id="a shape"),
        pytest.param(np.ones((3, 2)), Shaped((None, 2)), True, id="any length"),
        pytest.param(np.ones((3, 2)), Shaped((2, 3)), False, id="another shape"),
        pytest.param(np.ones((3, 2)), Shaped((3,)), False, id="another number of dimensions"),
        pytest.param([True], Shaped((1,)), False, id="no numbers"),
    ],
)
def test_a_check_keeps_its_rule(value: Any, rule: Rule, passes: bool) -> None:
    """Agreement within a tolerance, a claim, or a form."""
    assert (only(judged(value, 2.0, check(rule=rule))).verdict is Verdict.PASSED) == passes


def test_a_claim_cannot_change_what_the_next_check_sees() -> None:
    """Each gets the value as it came."""
    emptied = IsTrue(lambda w: w.fill(0) is None)
    whole = IsTrue(lambda w: w[0] == 5)
    results = judged([5.0], [5.0], check("first", rule=emptied), check("second", rule=whole)).checks
    assert [r.verdict for r in results] == [Verdict.PASSED, Verdict.PASSED]


def raising() -> Any:
    """A wrong solution without a value."""
    raise ZeroDivisionError


NO_HALF = mistaken("no_half", "Where is the half?", lambda: 4.0)
BROKEN = mistaken("broken", "?", raising)
ODD = mistaken("odd", "?", lambda: print)


@pytest.mark.parametrize(
    ("value", "hint", "name"),
    [
        pytest.param(4.0, "Where is the half?", "no_half", id="the known mistake"),
        pytest.param(5.0, "Look.", None, id="an unknown mistake"),
        pytest.param(2.0, None, None, id="no mistake"),
    ],
)
def test_a_known_mistake_earns_its_own_hint(value: float, hint: str | None, name: str | None) -> None:
    """A wrong solution that binds the same value says what to look at."""
    seen = judged(value, 2.0, wrong=(BROKEN, ODD, NO_HALF))
    assert (spoken(only(seen).hint), seen.misconception) == (hint, name)


UNBOUND = mistaken("unbound", "?", lambda: None)


@pytest.mark.parametrize(
    ("value", "checks"),
    [
        pytest.param(4.0, (check(rule=IsTrue(lambda _: True)),), id="full points"),
        pytest.param(None, (check(),), id="a None left as it was"),
    ],
)
def test_nothing_is_called_a_mistake_without_evidence(value: Any, checks: tuple[Check, ...]) -> None:
    """Full points are no mistake, and a task not yet begun is none that anybody knows."""
    assert judged(value, 2.0, *checks, wrong=(NO_HALF, UNBOUND)).misconception is None


@pytest.mark.parametrize(
    ("answer", "verdict", "message"),
    [
        pytest.param(
            Unsupported(id=0, what=literal("a function")),
            Verdict.FAILED,
            "`J` is a function. Numbers, text, dates, arrays, tables of pandas, formulas of SymPy, and lists or "
            "dictionaries of these can be compared.",
            id="a function",
        ),
        pytest.param(
            Ended(reason="over_limit", message=literal("Big.")), Verdict.OVER_LIMIT, "Big.", id="over a limit"
        ),
    ],
)
def test_what_is_no_value_fails_every_check(answer: Answer, verdict: Verdict, message: str) -> None:
    """And says what came instead."""
    result = only(examined(answer, 2.0))
    assert (result.verdict, spoken(result.message)) == (verdict, message)


def test_the_name_is_read_once() -> None:
    """Under the name that the student's cell has it."""
    exercise = Exercise(id="cost", title="Cost", target="J", checks=(check("a"), check("b")))
    asked: list[Question] = []
    key = prepare(exercise, Solutions(value=1), 0)
    examine(exercise, key, Subject(target="K"), lambda qs: [asked.extend(qs) or Returned(id=0, value=1)])  # type: ignore[func-returns-value]  # keeps what was asked
    assert asked == [Read(id=0, target="K")]


def test_a_reference_that_cannot_be_compared_is_the_courses_fault() -> None:
    """Said before a student is graded."""
    with pytest.raises(CourseError, match="the reference binds a function to J"):
        judged(1, print)


@given(values)
def test_whatever_was_bound_gets_a_verdict(value: Value) -> None:
    """Odd values fail a check on numbers, and never bring the judge down."""
    result = only(examined(Returned(id=0, value=value), GRADIENT, check(rule=Equals())))
    assert result.verdict in (Verdict.PASSED, Verdict.FAILED)


def test_an_array_that_says_what_it_was_counts_as_its_numbers() -> None:
    """A TensorFlow variable with the right number is right."""
    assert only(examined(Returned(id=0, value=array(2.0, "variable")), 2.0)).verdict is Verdict.PASSED


@pytest.mark.parametrize("rule_of", [lambda look: Equals(reading=look), IsTrue], ids=["a reading", "a claim"])
def test_no_code_of_the_course_looks_at_a_value_out_of_all_proportion(rule_of: Any) -> None:
    """It is wrong whatever it holds."""
    looks: list[object] = []
    result = only(judged(np.zeros(2_000_000), 2.0, check(rule=rule_of(looks.append))))
    assert (result.verdict, looks) == (Verdict.FAILED, [])
