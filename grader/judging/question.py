"""What a question is: cases made beforehand from the reference, what crosses the wall for each, and what came of it.

A new question is a class in a file of its own and a row in `judging/__init__.py`. Nothing is asked or judged here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias

from grader.course.assignment import Check, Exercise, Thing
from grader.judging.examination import Subject, nothing_read
from grader.messages import Message
from grader.report.report import Counterexample, Curve, LayerRow
from grader.wall import protocol
from grader.wall.protocol import Answer, Returned
from grader.wall.values import Value

Args: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """A named mistake and the hint for a student who answers as it does.

    `answer` tells what it answered to a call with these canonical arguments, which are None in the answer if it left
    them as they were. For an exercise about a value there are none, and the answer is the wrong one. `source` is its
    code, in which an error's line is looked up.
    """

    name: str
    hint: str
    answer: Callable[[Args], Answer]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solutions:
    """What the course knows about one exercise: the right function, and the wrong ones. Trusted code, trusted side.

    `reference` takes the canonical arguments. Of an exercise about a value, `value` is the right one.
    """

    reference: Callable[..., Any] | None = None
    misconceptions: tuple[Misconception, ...] = ()
    value: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing to ask: its arguments, and what the reference has for them. What is not `judged` is asked to be drawn
    in the report alone."""

    args: Args = ()
    expected: Value = None
    judged: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reaction:
    """One case and what came of it: canonical arguments, the reference's value, the first answer, and a later second.

    `passed` are the arguments of the call itself, if its shape passes other ones than all canonical ones in order.
    `seen` is what the question makes of the answer for rules to look at, or the fault of one that holds nothing.
    """

    args: Args
    expected: Value
    answer: Answer
    again: Answer | None = None
    passed: Args | None = None
    seen: Any = None
    judged: bool = True

    @property
    def sent(self) -> Args:
        """The arguments of the call as it was made."""
        return self.args if self.passed is None else self.passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a report shows beside the checks of one question; none of it decides anything."""

    notices: tuple[Message, ...] = ()
    layers: tuple[LayerRow, ...] = ()
    curve: Curve | None = None


class Question(ABC):
    """What is asked of the code, once for every case. The class says what that is, its fields what in particular.

    `once`: checks that share the question share what came of it, too. The other properties are explained where an
    assignment asks for them, in `course/assignment.py:WhatIsAsked`.
    """

    asks_for: ClassVar[Thing] = "value"
    trained: ClassVar[bool] = False
    answered_by: ClassVar[Thing | None] = None
    drawn: ClassVar[bool] = False
    once: ClassVar[bool] = True
    practised_as: ClassVar[Literal["calls", "model"] | None] = None

    @abstractmethod
    def cases(self, exercise: Exercise, solutions: Solutions, seed: int, asked_by: str) -> tuple[Case, ...]:
        """What to ask, made once for a class; what a function of the reference answers to it is filled in later.

        Raises CourseError, which names `asked_by`, if that cannot be made.
        """

    @abstractmethod
    def put(self, args: Args, *, id: int, target: str) -> protocol.Question:
        """The question as it crosses the wall."""

    def seen(self, reaction: Reaction, target: str) -> Any:
        """What rules look at: the answer, unless it holds no value, which is a Fault."""
        answer = reaction.answer
        return answer if isinstance(answer, Returned) else nothing_read(answer, target)

    def more_cases(self) -> tuple[Case, ...]:
        """What else may be shown where an answer is wrong, the smallest first; filled in as `cases` are."""
        return ()

    def example(self, check: Check, reaction: Reaction, target: str) -> Counterexample | None:
        """How a report shows a reaction that breaks the rule."""
        del check, reaction, target
        return None

    def known(
        self, mistakes: Sequence[Misconception], asked: Sequence[Asked], subject: Subject
    ) -> Misconception | None:
        """The known mistake that answers all that was `asked` as the student does."""
        del mistakes, asked, subject
        return None

    def in_common(self, check: Check, asked: Sequence[Asked]) -> Message | None:
        """A hint at what all the answers have in common, for a check that has failed."""
        del check, asked
        return None

    def accepted(self, asked: Sequence[Asked], target: str) -> tuple[Message, ...]:
        """What was put up with in right answers, said where all points were earned."""
        del asked, target
        return ()

    def beside(self, asked: Sequence[Asked], names: frozenset[str]) -> Beside:
        """What is shown beside its checks; `names` are the ids of all checks of the exercise, hidden ones too."""
        del asked, names
        return Beside()


#: a check, and one reaction to its question
Asked: TypeAlias = tuple[Check, Reaction]
