"""The question about a value: what the notebook binds to a name, compared with the reference's or held to a claim.

The right value is the one that `reference/<id>/solution.py` binds to the same name. `Equals(Tolerance(relative=1e-3))`
sets how near is near enough. `IsTrue(lambda w: ...)` asks no reference and gets numbers as an array, anything else as
plain Python. `Shaped((25, 4))` speaks of the form alone. Numbers count alike however they are spelled: 3 and 3.0, a
NumPy or SymPy number, an array of no dimensions.

A report shows what was found and in what it differs. It shows the right value only with `reveal`, since here that is
the answer itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from grader.course.assignment import Check, Exercise, Thing
from grader.errors import CourseError
from grader.judging.bounds import at_most
from grader.judging.compare import Numbers, as_numbers, describe, other_fields
from grader.judging.detectors import Trial, hint_on_value
from grader.judging.examination import Fault, Subject
from grader.judging.question import Args, Asked, Case, Misconception, Question, Reaction, Solutions
from grader.judging.rules import Agrees, Rule, differing, is_out_of_proportion, told
from grader.judging.showing import shown
from grader.messages import Message, joined, say
from grader.report.report import Counterexample
from grader.wall.protocol import Read, Returned, Unsupported
from grader.wall.values import Array, Formula, UnsupportedValueError, Value, array, freeze, thaw


@dataclass(frozen=True, slots=True)
class BoundValue(Question):
    """The value that the target is bound to. With `reveal`, a report shows the right one beside it."""

    answered_by: ClassVar[Thing | None] = "value"

    reveal: bool = False

    def cases(self, exercise: Exercise, solutions: Solutions, seed: int, asked_by: str) -> tuple[Case, ...]:
        """The one case. Raises CourseError if the reference's value is of a kind that cannot be compared."""
        del seed, asked_by
        try:
            return (Case(expected=freeze(solutions.value)),)
        except UnsupportedValueError as error:
            raise CourseError(
                f"exercise {exercise.id}: the reference binds {error} to {exercise.target}, which cannot be compared; "
                "bind numbers, text, or a list, tuple or dictionary of them in solution.py"
            ) from error

    def put(self, args: Args, *, id: int, target: str) -> Read:
        del args
        return Read(id=id, target=target)

    def seen(self, reaction: Reaction, target: str) -> Any:
        found = Question.seen(self, reaction, target)
        if not isinstance(reaction.answer, Unsupported) or not isinstance(found, Fault):
            return found
        return replace(found, detail=joined(found.detail, say("can_be_compared")))

    def example(self, check: Check, reaction: Reaction, target: str) -> Counterexample | None:
        if not isinstance(reaction.answer, Returned):
            return None
        expected = shown(reaction.expected) if self.reveal and isinstance(check.rule, Equals) else None
        return Counterexample(call=target, inputs=(), got=shown(reaction.answer.value), expected=expected)

    def known(
        self, mistakes: Sequence[Misconception], asked: Sequence[Asked], subject: Subject
    ) -> Misconception | None:
        """The known mistake with the same value; None for a right one, an unknown mistake, and a None left alone."""
        del subject
        reaction = asked[0][1]
        answer = reaction.answer
        if not isinstance(answer, Returned) or answer.value is None:
            return None
        if is_out_of_proportion(answer.value, reaction.expected):
            return None
        rules = [check.rule for check, _ in asked if isinstance(check.rule, Equals)] or [Equals()]
        if all(rule.disagreement(answer.value, reaction.expected) is None for rule in rules):
            return None
        return next((each for each in mistakes if _has_value(each, answer.value, rules[0])), None)

    def in_common(self, check: Check, asked: Sequence[Asked]) -> Message | None:
        """What is wrong with the form of a value that is compared; it never tells the value."""
        reaction = asked[0][1]
        got = reaction.answer
        if not isinstance(check.rule, Equals) or not isinstance(got, Returned):
            return None
        if is_out_of_proportion(got.value, reaction.expected):
            return None
        return hint_on_value(Trial(args=(), asked=_real(reaction.expected), given=_real(got.value), right=False))


@dataclass(frozen=True, slots=True)
class Equals(Agrees):
    """The value is the reference's: numbers as near as `tolerance` says, everything else the same."""

    def fault(self, reaction: Reaction) -> Fault | None:
        got = reaction.seen.value
        if is_out_of_proportion(got, reaction.expected):
            return Fault(detail=say("is_value", got=describe(got)))
        return self.disagreement(got, reaction.expected)

    def disagreement(self, got: Value, expected: Value) -> Fault | None:
        """In what the two differ; None if they agree."""
        try:
            got = self.read(got, (), expected)
        except Exception:  # a reading is the course's, the value the student's: it has no such form
            return told(say("is_value", got=describe(got)))
        if (detail := other_fields(got, expected)) is not None:
            return told(detail)
        mine, asked = _real(got), _real(expected)
        if isinstance(asked, Array) and isinstance(mine, Array):
            if mine.data.shape != asked.data.shape:
                return told(say("is_other_value", got=describe(mine), asked=describe(asked)))
            if not _as_finite(mine.data, asked.data):
                return told(say("is_not_finite"))
        elif not _are_of_one_kind(mine, asked):
            return told(say("is_other_value", got=describe(got), asked=describe(expected)))
        elif not isinstance(asked, list | tuple | dict | Formula):
            return None if mine == asked else told(say("is_another", what=describe(mine)))
        return differing(mine, asked, replace(self.manner, tells=False))


@dataclass(frozen=True, slots=True)
class IsTrue(Rule):
    """`claim(value)` is true of the value, numbers as an ndarray, anything else as plain Python; nobody is asked."""

    claim: Callable[..., bool]

    def fault(self, reaction: Reaction) -> Fault | None:
        got = reaction.seen.value
        if is_out_of_proportion(got, reaction.expected):
            return Fault(detail=say("is_value", got=describe(got)))
        numbers = as_numbers(got)
        try:
            with at_most():
                return None if bool(self.claim(thaw(got) if numbers is None else numbers.copy())) else Fault()
        except Exception:  # a value of another form, mostly: the claim is not true of it
            return Fault()


@dataclass(frozen=True, slots=True)
class Shaped(Rule):
    """The value is an array of real or whole numbers of this shape; () is a single number, None any length."""

    shape: tuple[int | None, ...]

    def fault(self, reaction: Reaction) -> Fault | None:
        got = reaction.seen.value
        return None if self.fits(got) else Fault(detail=say("is_value", got=describe(got)))

    def fits(self, value: Value) -> bool:
        """Whether `value` is or spells such an array."""
        numbers = as_numbers(value)
        if numbers is None or numbers.dtype.kind not in "iuf" or numbers.ndim != len(self.shape):
            return False
        return all(asked in (None, found) for asked, found in zip(self.shape, numbers.shape, strict=True))


def _are_of_one_kind(mine: Value, asked: Value) -> bool:
    listed = isinstance(mine, list | tuple) and isinstance(asked, list | tuple)
    return listed or isinstance(asked, Formula) or type(mine) is type(asked)


def _as_finite(mine: Numbers, asked: Numbers) -> bool:
    return "b" in (mine.dtype.kind, asked.dtype.kind) or bool(np.all(np.isfinite(mine) | ~np.isfinite(asked)))


def _real(value: Value) -> Value:
    """Whatever spells numbers as an array, real ones in full: what is computed on the way is not asked here."""
    numbers = as_numbers(value)
    if numbers is not None:
        return array(numbers.astype(np.float64) if numbers.dtype.kind == "f" else numbers)
    match value:
        case list() | tuple():
            return [_real(item) for item in value]
        case dict():
            return {key: _real(item) for key, item in value.items()}
        case _:
            return value


def _has_value(misconception: Misconception, value: Value, rule: Equals) -> bool:
    wrong = misconception.answer(())
    return isinstance(wrong, Returned) and rule.disagreement(value, wrong.value) is None
