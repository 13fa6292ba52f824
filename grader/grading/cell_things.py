"""Objects of a student's that an instructor's cell holds: which there are, and how the cell's wishes become steps.

They stay in the student's room, under numbers that are given here and mean something to this cell alone: one that was
not given is refused. Who asks is `cell_work.py`; what the cell has in its hands is in `wall/room/cell_harness.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from grader.judging.showing import call_text
from grader.wall.protocol import Borrow, Follow
from grader.wall.steps import TARGET, Earlier, Expression, Gives, Handle, Step, Steps
from grader.wall.values import Value

#: by it a cell room asks for what is to be done with an object
USE: Final = "__grader_use__"
#: the wish of a cell that met an object where it needs plain data
REFUSE: Final = "refuse"
#: those to take names away from the student's code, and to give them back
WITHOUT: Final = "without"
WITH: Final = "with"
_MOST_TEXT: Final = 200
_PARTS: Final = 5


class UnknownThing(LookupError):
    """A cell room asked for an object that it was not given, or in a form that the harness does not write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One object: how a report shows it, of which type its room says it is, and whether it is a class."""

    text: str
    type: str
    is_class: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One wish of a cell's: the steps that fulfil it, under which number an object that comes of it is kept, and how a
    report shows it."""

    question: Follow
    number: int
    text: str


@dataclass(slots=True)
class Things:
    """The objects of one cell by number, from 0; `target` is a name that the student's room has bound."""

    target: str
    _things: list[Thing] = field(default_factory=list)

    def met(self, name: str) -> Use:
        """How the object that a name stands for is asked what it is, and kept."""
        keep = Step(does="keep", on=TARGET, name=len(self._things), gives="kind")
        question = Follow(id=0, target=name, steps=Steps(steps=(keep,)))
        return Use(question=question, number=len(self._things), text=name)

    def keep(self, use: Use, handle: Handle) -> int:
        """The number of what came of `use`, which is an object."""
        self._things.append(Thing(text=use.text, type=handle.type, is_class="type" in handle.kinds))
        return use.number

    def of(self, borrow: Borrow) -> Thing:
        """The object that is asked for. Raises UnknownThing."""
        number = borrow.args[1] if len(borrow.args) == _PARTS else None
        if type(number) is not int or not 0 <= number < len(self._things):
            raise UnknownThing
        return self._things[number]

    def wished(self, borrow: Borrow) -> Use:
        """What the cell room asks for as steps. Raises UnknownThing."""
        thing = self.of(borrow)
        match borrow.args:
            case ("call" | "method" | "attribute" | "item" as does, int(number), name, list(args), dict(by)):
                given = [*args, *by.values()]
            case _:
                raise UnknownThing
        held = dict.fromkeys([number, *(self._number(each) for each in given if _is_thing(each))])
        at = {each: place for place, each in enumerate(held)}
        kept = [Step(does="kept", name=each) for each in held]

        def argument(each: Value) -> Value:
            return Earlier(step=at[self._number(each)]) if _is_thing(each) else _plain(each)

        done = Step(
            does=does,  # type: ignore[arg-type]  # one of these four, which mypy loses among values
            on=at[number],
            name=name,
            args=tuple(map(argument, args)),
            named={key: argument(each) for key, each in by.items()},
        )
        gives: Gives = "kind" if does == "call" and thing.is_class else "either"
        keep = Step(does="keep", on=len(kept), name=len(self._things), gives=gives)
        question = Follow(id=0, target=self.target, steps=Steps(steps=(*kept, done, keep)))
        return Use(question=question, number=len(self._things), text=self._text(thing, done, given, list(by)))

    def _number(self, sent: Value) -> int:
        match sent:
            case (True, int() as number) if 0 <= number < len(self._things):
                return number
            case _:
                raise UnknownThing

    def _text(self, thing: Thing, done: Step, given: Sequence[Value], names: Sequence[str]) -> str:
        texts = tuple(Expression(source=self._shown(each)) for each in given)
        first = len(texts) - len(names)
        named = (Expression(source=f"{name}={each.source}") for name, each in zip(names, texts[first:], strict=True))
        args = (*texts[:first], *named)
        match done.does:
            case "call":
                text = call_text(thing.text, args)
            case "method":
                text = call_text(f"{thing.text}.{done.name}", args)
            case "item":
                text = f"{thing.text}[{call_text('', (done.name,))[1:-1]}]"
            case _:
                text = f"{thing.text}.{done.name}"
        return text[:_MOST_TEXT]

    def _shown(self, sent: Value) -> str:
        return self._things[self._number(sent)].text if _is_thing(sent) else call_text("", (_plain(sent),))[1:-1]


def _is_thing(sent: Value) -> bool:
    return isinstance(sent, tuple) and len(sent) == 2 and sent[0] is True  # whether it is one, and it


def _plain(sent: Value) -> Value:
    match sent:
        case (False, value):
            return value
        case _:
            raise UnknownThing
