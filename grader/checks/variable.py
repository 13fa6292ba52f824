"""The exercise kind `variable`: the value that the notebook binds to a name, compared with the reference's or held to a
claim.

The right value is the one that `reference/<id>/solution.py` binds to the same name:

    VariableExercise(
        id="cost", title="The cost at w = 3", target="J", markers=("cost",),
        checks=(VariableCheck(id="value", title="J", points=6, passed="J is right.", failed="J is not right."),),
    )

`rule=Agrees(Tolerance(relative=1e-3))` sets how near is near enough. `rule=Holds(lambda w: ...)` asks no reference and
gets numbers as an array, anything else as plain Python. `rule=Shaped((25, 4))` speaks of the form alone. Numbers count
alike however they are spelled: 3 and 3.0, a NumPy or SymPy number, an array of no dimensions.

Several values are asked for as one tuple or dictionary, or as one exercise each. A report shows what was found and in
what it differs. It shows the right value only with `reveal=True`, since here that is the answer itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from pydantic import Field

from grader.assignment import Check, Exercise
from grader.checks.compare import Numbers, as_numbers, describe, difference
from grader.checks.detectors import Trial, hint_on_value
from grader.checks.examination import (
    Ask,
    Examination,
    Fault,
    Kind,
    Misconception,
    Solutions,
    Subject,
    judge_in_order,
    nothing_read,
)
from grader.checks.memory import at_most
from grader.checks.rules import Agrees, Holds
from grader.checks.showing import shown
from grader.errors import CourseError
from grader.protocol import Answer, Read, Returned
from grader.report import Counterexample
from grader.values import Array, UnsupportedValueError, Value, array, freeze, thaw
from grader.wording import say


@dataclass(frozen=True, slots=True)
class Shaped:
    """The value is an array of real or whole numbers of this shape; () is a single number, None any length."""

    shape: tuple[int | None, ...]

    def fits(self, value: Value) -> bool:
        """Whether `value` is or spells such an array."""
        numbers = as_numbers(value)
        if numbers is None or numbers.dtype.kind not in "iuf" or numbers.ndim != len(self.shape):
            return False
        return all(asked in (None, found) for asked, found in zip(self.shape, numbers.shape, strict=True))


class VariableCheck(Check):
    """A check on the value. `reveal` lets a report show the right one beside it."""

    rule: Agrees | Holds | Shaped = Field(default_factory=Agrees)
    reveal: bool = False


class VariableExercise(Exercise):
    """A value the student computes. What `Agrees` compares with stands in `reference/<id>/solution.py`."""

    kind: ClassVar[str] = "variable"

    checks: tuple[VariableCheck, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableKey:
    """The right value, and the wrong solutions, whose `solve` gives theirs."""

    expected: Value
    misconceptions: tuple[Misconception, ...]


def prepare(exercise: VariableExercise, solutions: Solutions, seed: int) -> VariableKey:
    """Freeze the reference's value. Raises CourseError if it is of a kind that cannot be compared."""
    del seed
    try:
        expected = freeze(solutions.value)
    except UnsupportedValueError as error:
        raise CourseError(
            f"exercise {exercise.id}: the reference binds {error} to {exercise.target}, which cannot be compared; bind "
            "numbers, text, or a list, tuple or dictionary of them in solution.py"
        ) from error
    return VariableKey(expected=expected, misconceptions=solutions.misconceptions)


def examine(exercise: VariableExercise, key: VariableKey, subject: Subject, ask: Ask) -> Examination:
    """Read the value once and hold it to every check."""
    (answer,) = ask([Read(id=0, target=subject.target)])
    known = _misconception(exercise, key, answer)

    def fault_of(check: VariableCheck) -> Fault | None:
        if not isinstance(answer, Returned):
            return nothing_read(answer, subject.target)
        detail = _detail(check.rule, answer.value, key.expected)
        if detail is None:
            return None
        return Fault(
            detail=detail,
            hint=known.hint if known else _hint(check.rule, answer.value, key.expected),
            counterexample=_beside(check, subject.target, answer.value, key.expected),
        )

    return Examination(checks=judge_in_order(exercise.checks, fault_of), misconception=known.name if known else None)


KIND = Kind(prepare=prepare, examine=examine, solutions="value")


def _beside(check: VariableCheck, target: str, got: Value, expected: Value) -> Counterexample:
    comparable = check.reveal and isinstance(check.rule, Agrees)
    return Counterexample(call=target, inputs=(), got=shown(got), expected=shown(expected) if comparable else None)


def _detail(rule: Agrees | Holds | Shaped, got: Value, expected: Value) -> str | None:
    match rule:
        case Agrees():
            return _disagreement(got, expected, rule)
        case Holds():
            return None if _is_true(rule.claim, got) else ""
        case Shaped():
            return None if rule.fits(got) else say("is_value", got=describe(got))


def _hint(rule: Agrees | Holds | Shaped, got: Value, expected: Value) -> str | None:
    """What is wrong with the form of a value that is compared; it never tells the value."""
    if not isinstance(rule, Agrees):
        return None
    return hint_on_value(Trial(args=(), asked=_real(expected), given=_real(got), right=False))


def _is_true(claim: Callable[..., bool], value: Value) -> bool:
    numbers = as_numbers(value)
    try:
        with at_most():
            return bool(claim(thaw(value) if numbers is None else numbers.copy()))
    except Exception:  # a value of another form, mostly: the claim is not true of it
        return False


def _disagreement(got: Value, expected: Value, rule: Agrees) -> str | None:
    try:
        got = rule.read(got, (), expected)
    except Exception:  # a reading is the course's, the value the student's: it has no such form
        return say("is_value", got=describe(got))
    mine, asked = _real(got), _real(expected)
    if isinstance(asked, Array) and isinstance(mine, Array):
        if mine.data.shape != asked.data.shape:
            return say("is_other_value", got=describe(mine), asked=describe(asked))
        if not _as_finite(mine.data, asked.data):
            return say("is_not_finite")
    elif type(mine) is not type(asked) and not (isinstance(mine, list | tuple) and isinstance(asked, list | tuple)):
        return say("is_other_value", got=describe(got), asked=describe(expected))
    elif not isinstance(asked, list | tuple | dict):
        return None if mine == asked else say("is_another", what=describe(mine))
    return difference(mine, asked, rule.tolerance)


def _as_finite(mine: Numbers, asked: Numbers) -> bool:
    return "b" in (mine.dtype.kind, asked.dtype.kind) or bool(np.all(np.isfinite(mine) | ~np.isfinite(asked)))


def _real(value: Value) -> Value:
    """Whatever spells numbers as an array, whole ones as real ones: what is computed on the way is not asked here."""
    numbers = as_numbers(value)
    if numbers is not None:
        return array(numbers.astype(np.float64) if numbers.dtype.kind in "iuf" else numbers)
    match value:
        case list() | tuple():
            return [_real(item) for item in value]
        case dict():
            return {key: _real(item) for key, item in value.items()}
        case _:
            return value


def _misconception(exercise: VariableExercise, key: VariableKey, answer: Answer) -> Misconception | None:
    """The wrong solution with the same value; None for a right one and for an unknown mistake."""
    rules = [check.rule for check in exercise.checks if isinstance(check.rule, Agrees)] or [Agrees()]
    if not isinstance(answer, Returned) or all(_disagreement(answer.value, key.expected, r) is None for r in rules):
        return None
    return next((m for m in key.misconceptions if _has_value(m, answer.value, rules[0])), None)


def _has_value(misconception: Misconception, value: Value, rule: Agrees) -> bool:
    try:
        wrong = freeze(misconception.solve())
    except Exception:  # a wrong solution may raise, or bind what cannot be compared
        return False
    return _disagreement(value, wrong, rule) is None
