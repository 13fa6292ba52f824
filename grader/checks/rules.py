"""The rules a function's answers are held to. A rule looks at one reaction and says what is wrong with it, or nothing.

A new rule is one class with these two members. Rules are pure and run in the trusted process on plain data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy.typing as npt

from grader.checks.compare import Tolerance, as_numbers, difference
from grader.protocol import Answer, Returned
from grader.values import Value, identical, thaw


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reaction:
    """One call and what came of it: its arguments, the reference's value, the first answer, and a later second one."""

    args: tuple[Value, ...]
    expected: Value
    answer: Answer
    again: Answer | None = None


class Rule(Protocol):
    """What a check demands of every reaction that returned a value."""

    @property
    def twice(self) -> bool:
        """Whether the rule needs each call made a second time."""

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        """What is wrong, in one sentence for the student; None if nothing is. An empty text adds nothing to say."""


@dataclass(frozen=True, slots=True)
class Agrees:
    """The value agrees with the reference's."""

    tolerance: Tolerance = field(default_factory=Tolerance)
    twice: bool = False

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        return difference(returned.value, reaction.expected, self.tolerance)


@dataclass(frozen=True, slots=True)
class Holds:
    """`claim(value, *args)` is true of the returned numbers (an ndarray) and the arguments; no reference is asked."""

    claim: Callable[..., bool]
    twice: bool = False

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        numbers: npt.NDArray[Any] | None = as_numbers(returned.value)
        if numbers is None or numbers.dtype.kind not in "iuf":
            return "It did not return numbers."
        try:
            return None if bool(self.claim(numbers, *map(thaw, reaction.args))) else ""
        except Exception:  # an answer of another shape, mostly: the claim is not true of it
            return ""


@dataclass(frozen=True, slots=True)
class LeavesArguments:
    """The arguments are the same after the call as before, bit for bit."""

    twice: bool = False

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        after = returned.arguments
        same = after is not None and len(after) == len(reaction.args) and all(map(identical, after, reaction.args))
        return None if same else ""


@dataclass(frozen=True, slots=True)
class Repeats:
    """The same call gives the same value a second time."""

    tolerance: Tolerance = field(default_factory=Tolerance)
    twice: bool = True

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        if not isinstance(reaction.again, Returned):
            return "The second call did not return."
        return None if difference(reaction.again.value, returned.value, self.tolerance) is None else ""
