"""The question that calls a function: for each case its arguments, answered by the reference's function.

Where the calls come from stands in `inputs.py`; here is what of them is compared, shown and explained.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from grader.course.assignment import Check, Exercise, Thing
from grader.errors import CourseError
from grader.judging.detectors import Trial, hint_on_calls
from grader.judging.examination import Subject, no_value
from grader.judging.mistakes import known_mistake, read_by
from grader.judging.question import Args, Asked, Case, Misconception, Question, Reaction, Solutions
from grader.judging.rules import Agrees, Holds, is_too_large
from grader.judging.showing import call_text, shown
from grader.messages import Message, say
from grader.report.report import Counterexample
from grader.wall.protocol import Call, Follow, NoOutcome, Raised, Returned, asked_with
from grader.wall.values import Array, Steps


class Calls(Question):
    """Calls of the target. `written`: somebody chose them by hand, and wants these shown and no smaller ones."""

    asks_for: ClassVar[Thing] = "function"
    answered_by: ClassVar[Thing | None] = "function"
    practised_as: ClassVar[Literal["calls", "model"] | None] = "calls"
    once: ClassVar[bool] = False  # each call is one more chance to go wrong
    written: ClassVar[bool] = False

    @abstractmethod
    def draw(self, seed: int) -> list[Args]:
        """The arguments of each call."""

    @abstractmethod
    def small(self) -> list[Args]:
        """Small calls that may be shown where a drawn one fails, the smallest first."""

    def cases(self, exercise: Exercise, solutions: Solutions, seed: int, asked_by: str) -> tuple[Case, ...]:
        del solutions
        where = f"exercise {exercise.id}, {asked_by}"
        try:
            calls = self.draw(seed)
        except Exception as error:
            raise CourseError(
                f"{where}: its inputs cannot be drawn ({type(error).__name__}: {error}). Correct them in assignment.py."
            ) from error
        self.count_them(calls, where)
        return tuple(Case(args=args) for args in calls)

    def count_them(self, calls: Sequence[Args], where: str) -> None:
        """Raises CourseError if there are fewer than were asked for: a check must not say that it tried more."""

    def more_cases(self) -> tuple[Case, ...]:
        return tuple(Case(args=args) for args in self.small())

    def put(self, args: Args, *, id: int, target: str) -> Call | Follow:
        return asked_with(args, id=id, target=target)

    def seen(self, reaction: Reaction, target: str) -> Any:
        answer = reaction.answer
        return answer if isinstance(answer, Returned) else no_value(answer, target)

    def example(self, check: Check, reaction: Reaction, target: str) -> Counterexample:
        got = shown(reaction.answer.value) if isinstance(reaction.answer, Returned) else None
        return Counterexample(
            call=call_text(target, reaction.sent),
            inputs=() if any(isinstance(each, Steps) for each in reaction.sent) else tuple(map(shown, reaction.sent)),
            got=got,
            expected=shown(reaction.expected) if isinstance(check.rule, Agrees) else None,
        )

    def known(
        self, mistakes: Sequence[Misconception], asked: Sequence[Asked], subject: Subject
    ) -> Misconception | None:
        pairs = [(check.rule, reaction) for check, reaction in asked]
        telling = [(rule, r) for rule, r in pairs if not (rule.judges_errors and isinstance(r.answer, Raised))]
        return known_mistake(mistakes, telling, subject)  # how an exception is put into words tells nothing

    def in_common(self, check: Check, asked: Sequence[Asked]) -> Message | None:
        if not isinstance(check.rule, Agrees | Holds):
            return None
        compared = [(c, r) for c, r in asked if isinstance(c.rule, Agrees) and not isinstance(r.answer, NoOutcome)]
        return hint_on_calls([_trial(c, r) for c, r in compared if not is_too_large(r)])

    def accepted(self, asked: Sequence[Asked], target: str) -> tuple[Message, ...]:
        values = [r.answer.value for _, r in asked if isinstance(r.answer, Returned)]
        listed = any(isinstance(value, list) for value in values)
        wanted = any(isinstance(reaction.expected, list) for _, reaction in asked)
        tensor = any(map(_is_tensor, values)) and not any(_is_tensor(reaction.expected) for _, reaction in asked)
        said = (("list_accepted", listed and not wanted), ("tensor_accepted", tensor))
        return tuple(say(key, target=target) for key, so in said if so)


def _is_tensor(value: object) -> bool:
    return isinstance(value, Array) and value.kind in ("tensor", "variable")


def _trial(check: Check, reaction: Reaction) -> Trial:
    returned = reaction.answer if isinstance(reaction.answer, Returned) else None
    return Trial(
        args=reaction.args,
        asked=reaction.expected,
        given=None if returned is None else read_by(check.rule, reaction, returned),
        returned=returned is not None,
        right=returned is not None and check.rule.fault(reaction) is None,
        example=isinstance(check.question, Calls) and check.question.written,
    )
