"""Steps: what is done to objects that stay in their room, and what is told of them. Data only; exists in the room too.

An object that cannot cross is made, asked and forgotten within one question, and other steps of it call it by number:
so no handle outlives its room or is taken for one of another room. Only an instructor's cell has objects kept between
questions, under numbers that the judge gives: a room cannot name one. What is told is a claim, as every answer is.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias, get_args

#: call the object itself, or a method of it; take an attribute of it, or an item; keep it under a number; take one kept
Deed: TypeAlias = Literal["call", "method", "attribute", "item", "keep", "kept"]
#: what is told of the outcome of a step: nothing, its value, what kind of object it is, what was printed or drawn
#: meanwhile, or its value if it is plain data and else what kind of object it is
Gives: TypeAlias = Literal["nothing", "value", "kind", "printed", "figure", "either"]
DEEDS: Final = get_args(Deed)
GIVES: Final = get_args(Gives)
MAX_STEPS: Final = 200
MAX_KINDS: Final = 40
MAX_KIND: Final = 200  # characters
TARGET: Final = -1


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Step:
    """One step: what is done to the object that the step numbered `on` made, `TARGET` being what the student wrote.

    `name` is that of the method or attribute, the key of the item, or the number of what is kept. An argument may be an
    `Earlier` object.
    """

    does: Deed
    on: int = TARGET
    name: Any = ""
    args: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)
    gives: Gives = "nothing"

    @property
    def values(self) -> Iterator[Any]:
        """All that is sent along."""
        yield from self.args
        yield from self.named.values()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Steps:
    """Steps in order, numbered from 0. What they tell comes as one answer: a value, or a tuple if several tell one."""

    steps: tuple[Step, ...]

    def form_of(self, form: Any) -> Hashable:
        """The steps as a key; `form` is that of a value."""
        return tuple(
            (each.does, each.on, form(each.name), tuple(map(form, each.args)), form(each.named), each.gives)
            for each in self.steps
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An argument: the object that an earlier step made."""

    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """An argument: what a Python expression of the course's gives in the room, such as a function. It is no secret, and
    it is never evaluated anywhere else."""

    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LentFunction:
    """An argument: the function of that name as the room has it. One of a student's borrows it, so each call of it is
    asked over the wall; one of the course's has it."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """What is told of an object that stays in its room: its type and all kinds it is of, by the names under which the
    libraries that the room has loaded know them. A class that merely bears such a name is one of `__main__`."""

    type: str
    kinds: tuple[str, ...]
