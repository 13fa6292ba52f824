"""The rules that answers are held to. A rule looks at one reaction and says what is wrong with it, or nothing.

A new rule is one class, here or in a file of its own, and a row in `judging/__init__.py`. Rules are pure and run in the
trusted process on plain data.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypeAlias

import numpy.typing as npt

from grader.judging.bounds import at_most
from grader.judging.compare import Manner, Tolerance, as_numbers, difference, parts_of, single_numbers, told_apart
from grader.judging.examination import Fault
from grader.judging.question import Args, Reaction
from grader.judging.tables import Tabular
from grader.messages import Message, say
from grader.wall.protocol import Returned
from grader.wall.values import Value, entries, freeze, identical, thaw

#: an answer may hold so many times the entries of what was asked and of the call, and some more
SPACIOUS, ANYWAY = 16, 10_000

#: brings what a function returned into the form in which the reference returns it; see `Agrees`
Reading: TypeAlias = Callable[..., Any]


def is_out_of_proportion(value: Value, expected: Value, args: Args = ()) -> bool:
    """Whether a value is so large that it is wrong whatever it holds: no code of the course need look at it."""
    return entries(value) > ANYWAY + SPACIOUS * (entries(expected) + entries(args))


def is_too_large(reaction: Reaction) -> bool:
    """Whether the answer is out of proportion."""
    answer = reaction.answer
    return isinstance(answer, Returned) and is_out_of_proportion(answer.value, reaction.expected, reaction.args)


class Rule(ABC):
    """What a check demands of every reaction that holds a value.

    `twice`: each question is put a second time. `why` is said after what a check says of a right answer, and `hint`
    where a check has none of its own. `hints` are for the `cause` of a fault. With `judges_errors` it looks at answers
    that hold no value as well. Where it is `timed`, the time of each answer is taken beside the reference's, which it
    may be so many times as long as: see `timing.py`.
    """

    twice = False
    judges_errors = False
    why = ""

    @property
    def hint(self) -> Message | None:
        return None

    @property
    def hints(self) -> Mapping[str, str]:
        return {}

    @property
    def timed(self) -> float | None:
        return None

    @abstractmethod
    def fault(self, reaction: Reaction) -> Fault | None:
        """What is wrong with what was `seen`; None if nothing is."""


@dataclass(frozen=True, slots=True)
class Agrees(Rule):
    """The value agrees with the reference's. Of several values returned together that the lab's text tells apart, each
    that is right earns its share of the points: their names are the `parts`, and with `each_entry` a dictionary's keys.

    With `scalar`, an array of one entry is right wherever the reference gives a single number. A `reading` brings the
    forms that several templates return into the reference's: `reading(value, *args)` gets the value as plain Python and
    NumPy objects, and the canonical arguments. If it raises, it found no such form, and the value is compared as it is.
    With `more_keys` a dictionary may have further keys, a table further columns; what else counts of it is `tabular`.
    """

    tolerance: Tolerance = field(default_factory=Tolerance)
    twice: bool = False
    reading: Reading | None = None
    scalar: bool = False
    more_keys: bool = False
    parts: tuple[str, ...] = ()
    tabular: Tabular = field(default_factory=Tabular)
    each_entry: bool = False

    @property
    def manner(self) -> Manner:
        """How the value is compared with the reference's."""
        return Manner(
            tolerance=self.tolerance,
            more_keys=self.more_keys,
            parts=self.parts,
            tabular=self.tabular,
            each_entry=self.each_entry,
        )

    def fault(self, reaction: Reaction) -> Fault | None:
        value = reaction.seen.value
        if is_out_of_proportion(value, reaction.expected, reaction.args):
            return told(difference(value, reaction.expected, self.manner) or say("out_of_proportion"))
        return differing(self.in_form(reaction), reaction.expected, self.manner)

    def in_form(self, reaction: Reaction) -> Value:
        """What `read` gives, or the value as it is where it is of no form that can be read."""
        try:
            return self.read(reaction.seen.value, reaction.args, reaction.expected)
        except Exception:  # the reading is the course's, the value the student's: an odd one, mostly
            return reaction.seen.value  # type: ignore[no-any-return]  # `seen` is what the question made of it

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

    def fault(self, reaction: Reaction) -> Fault | None:
        if is_out_of_proportion(reaction.seen.value, reaction.expected, reaction.args):
            return Agrees.fault(self, reaction)
        expected = freeze(self.part(thaw(reaction.expected)))
        try:
            mine = self._part_of(self.in_form(reaction))
        except Exception:  # the value is the student's, and may be anything
            return Agrees.fault(self, reaction) or Fault()
        return differing(single_numbers(mine, expected) if self.scalar else mine, expected, self.manner)

    def _part_of(self, value: Value) -> Value:
        with at_most():
            return freeze(self.part(thaw(value)))


@dataclass(frozen=True, slots=True)
class Holds(Rule):
    """`claim(value, *args)` is true of the returned numbers (an ndarray) and the arguments; no reference is asked."""

    claim: Callable[..., bool]
    twice: bool = False

    def fault(self, reaction: Reaction) -> Fault | None:
        if is_out_of_proportion(reaction.seen.value, reaction.expected, reaction.args):
            return Fault(detail=say("out_of_proportion"))
        numbers: npt.NDArray[Any] | None = as_numbers(reaction.seen.value)
        if numbers is None or numbers.dtype.kind not in "iuf":
            return Fault(detail=say("returned_no_numbers_at_all"))
        try:
            with at_most():
                return None if bool(self.claim(numbers, *map(thaw, reaction.args))) else Fault()
        except Exception:  # an answer of another shape, mostly: the claim is not true of it
            return Fault()


@dataclass(frozen=True, slots=True)
class HoldsOfAll(Rule):
    """`claim(value, *args)` is true of the whole answer as plain objects, a dictionary say; no reference is asked."""

    claim: Callable[..., bool]
    twice: bool = False

    def fault(self, reaction: Reaction) -> Fault | None:
        if is_out_of_proportion(reaction.seen.value, reaction.expected, reaction.args):
            return Fault(detail=say("out_of_proportion"))
        try:
            with at_most():
                return None if bool(self.claim(thaw(reaction.seen.value), *map(thaw, reaction.args))) else Fault()
        except KeyError as error:
            return Fault(detail=say("no_key", key=repr(error.args[0])))
        except Exception:  # an answer of another form: the claim is not true of it
            return Fault()


@dataclass(frozen=True, slots=True)
class LeavesArguments(Rule):
    """The arguments are the same after the call as before, bit for bit."""

    twice: bool = False

    @property
    def hint(self) -> Message:
        return say("hint_in_place")

    def fault(self, reaction: Reaction) -> Fault | None:
        after = reaction.seen.arguments
        same = after is not None and len(after) == len(reaction.sent) and all(map(identical, after, reaction.sent))
        return None if same else Fault()


@dataclass(frozen=True, slots=True)
class Repeats(Rule):
    """The same call gives the same value a second time."""

    tolerance: Tolerance = field(default_factory=Tolerance)
    twice: bool = True

    def fault(self, reaction: Reaction) -> Fault | None:
        if not isinstance(reaction.again, Returned):
            return Fault(detail=say("second_call"))
        same = difference(reaction.again.value, reaction.seen.value, self.tolerance) is None
        return None if same else Fault()


#: rules that a practice sheet can name; all others, their subclasses among them, are code of the course
Demand: TypeAlias = Literal["agrees", "leaves_arguments", "repeats"]
DEMANDS: Final[Mapping[type[Rule], Demand]] = {
    Agrees: "agrees",
    LeavesArguments: "leaves_arguments",
    Repeats: "repeats",
}


def differing(got: Value, expected: Value, manner: Manner) -> Fault | None:
    """In what the two differ, part by part where the parts have names; None if they agree."""
    parts = parts_of(got, expected, manner)
    fault = told(told_apart(parts) if parts else difference(got, expected, manner))
    shared = manner.parts or manner.each_entry
    return replace(fault, parts=parts) if fault is not None and shared else fault


def told(what: Message | None) -> Fault | None:
    """What is wrong as a fault; None if nothing is."""
    return None if what is None else Fault(detail=what)
