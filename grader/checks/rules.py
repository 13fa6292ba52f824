"""The rules a function's answers are held to. A rule looks at one reaction and says what is wrong with it, or nothing.

A new rule is one class with these two members. Rules are pure and run in the trusted process on plain data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

import numpy.typing as npt

from grader.checks.compare import Tolerance, as_numbers, difference, single_numbers
from grader.checks.memory import at_most
from grader.protocol import Answer, Returned
from grader.values import Value, freeze, identical, thaw
from grader.wording import say

#: brings what a function returned into the form in which the reference returns it; see `Agrees`
Reading: TypeAlias = Callable[..., Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reaction:
    """One call and what came of it: canonical arguments, the reference's value, the first answer, and a later second.

    `passed` are the arguments of the call itself, if its shape passes other ones than all canonical ones in order.
    """

    args: tuple[Value, ...]
    expected: Value
    answer: Answer
    again: Answer | None = None
    passed: tuple[Value, ...] | None = None

    @property
    def sent(self) -> tuple[Value, ...]:
        """The arguments of the call as it was made."""
        return self.args if self.passed is None else self.passed


class Rule(Protocol):
    """What a check demands of every reaction that returned a value."""

    @property
    def twice(self) -> bool:
        """Whether the rule needs each call made a second time."""

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        """What is wrong, in one sentence for the student; None if nothing is. An empty text adds nothing to say."""


@dataclass(frozen=True, slots=True)
class Agrees:
    """The value agrees with the reference's.

    With `scalar`, an array of one entry is right wherever the reference gives a single number. A `reading` brings the
    forms that several templates return into the reference's: `reading(value, *args)` gets the value as plain Python and
    NumPy objects, and the canonical arguments. If it raises, it found no such form, and the value is compared as it is.
    """

    tolerance: Tolerance = field(default_factory=Tolerance)
    twice: bool = False
    reading: Reading | None = None
    scalar: bool = False

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        try:
            value = self.read(returned.value, reaction.args, reaction.expected)
        except Exception:  # the reading is the course's, the value the student's: an odd one, mostly
            value = returned.value
        return difference(value, reaction.expected, self.tolerance)

    def read(self, value: Value, args: tuple[Value, ...], expected: Value) -> Value:
        """The value in the form in which it is compared. Raises whatever `reading` does."""
        read = value
        if self.reading is not None:
            with at_most():
                read = freeze(self.reading(thaw(value), *map(thaw, args)))
        return single_numbers(read, expected) if self.scalar else read


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreesIn(Agrees):
    """A part of the value agrees with the same part of the reference's, whatever the rest is; read as `Agrees` says.

    `part(value)` gets the value as plain Python and NumPy objects. A value that has no such part is compared whole, so
    that the student reads what is missing.
    """

    part: Callable[[Any], Any]

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        expected = freeze(self.part(thaw(reaction.expected)))
        try:
            mine = self._part_of(self._in_form(reaction, returned))
        except Exception:  # the value is the student's, and may be anything
            return Agrees.fault(self, reaction, returned) or ""
        return difference(single_numbers(mine, expected) if self.scalar else mine, expected, self.tolerance)

    def _in_form(self, reaction: Reaction, returned: Returned) -> Value:
        try:
            return self.read(returned.value, reaction.args, reaction.expected)
        except Exception:  # as in `Agrees`
            return returned.value

    def _part_of(self, value: Value) -> Value:
        with at_most():
            return freeze(self.part(thaw(value)))


@dataclass(frozen=True, slots=True)
class Holds:
    """`claim(value, *args)` is true of the returned numbers (an ndarray) and the arguments; no reference is asked."""

    claim: Callable[..., bool]
    twice: bool = False

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        numbers: npt.NDArray[Any] | None = as_numbers(returned.value)
        if numbers is None or numbers.dtype.kind not in "iuf":
            return say("returned_no_numbers_at_all")
        try:
            with at_most():
                return None if bool(self.claim(numbers, *map(thaw, reaction.args))) else ""
        except Exception:  # an answer of another shape, mostly: the claim is not true of it
            return ""


@dataclass(frozen=True, slots=True)
class HoldsOfAll:
    """`claim(value, *args)` is true of the whole answer as plain objects, a dictionary say; no reference is asked."""

    claim: Callable[..., bool]
    twice: bool = False

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        try:
            with at_most():
                return None if bool(self.claim(thaw(returned.value), *map(thaw, reaction.args))) else ""
        except KeyError as error:
            return say("no_key", key=repr(error.args[0]))
        except Exception:  # an answer of another form: the claim is not true of it
            return ""


@dataclass(frozen=True, slots=True)
class LeavesArguments:
    """The arguments are the same after the call as before, bit for bit."""

    twice: bool = False

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        after = returned.arguments
        same = after is not None and len(after) == len(reaction.sent) and all(map(identical, after, reaction.sent))
        return None if same else ""


@dataclass(frozen=True, slots=True)
class Repeats:
    """The same call gives the same value a second time."""

    tolerance: Tolerance = field(default_factory=Tolerance)
    twice: bool = True

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        if not isinstance(reaction.again, Returned):
            return say("second_call")
        return None if difference(reaction.again.value, returned.value, self.tolerance) is None else ""
