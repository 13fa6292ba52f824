"""Objects of a student's that an instructor's cell holds: which there are, and how the cell's wishes become steps.

They stay in the student's room, under numbers that are given here and mean something to this cell alone: one that was
not given is refused. Who asks is `cell_work.py`; what the cell has in its hands is in `wall/room/cell_harness.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from grader.judging.showing import call_text
from grader.wall.protocol import Borrow, Call, Follow
from grader.wall.steps import TARGET, Deed, Earlier, Expression, Gives, Handle, LentFunction, Step, Steps
from grader.wall.values import Value

#: by it a cell room asks for what is to be done with an object
USE: Final = "__grader_use__"
#: the wish of a cell that met an object where it needs plain data
REFUSE: Final = "refuse"
#: that to seed what the work draws from
SEEDED: Final = "seeded"
#: those to take names away from the student's code, and to give them back
WITHOUT: Final = "without"
WITH: Final = "with"
#: what one types for methods that Python calls by itself
_CALLED_BY_PYTHON: Final = {
    f"__{name}__": name for name in ("len", "str", "repr", "iter", "next", "dir", "abs", "int", "float")
}
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
    """One wish of a cell's: the question that fulfils it, how a report shows it, and what it is done to."""

    question: Call | Follow
    text: str
    name: str


@dataclass(slots=True)
class Things:
    """The objects of one cell by number, from 0; `target` is a name that the student's room has bound."""

    target: str
    _things: list[Thing] = field(default_factory=list)

    def met(self, name: str) -> Use:
        """How the object that a name stands for is asked what it is, and kept."""
        keep = Step(does="keep", on=TARGET, name=len(self._things), gives="kind")
        question = Follow(id=0, target=name, steps=Steps(steps=(keep,)))
        return Use(question=question, text=name, name=name)

    @property
    def next(self) -> int:
        """The number that the next object gets."""
        return len(self._things)

    def keep(self, text: str, handle: Handle) -> int:
        """The number of an object that came about, by how it did."""
        self._things.append(Thing(text=text[:_MOST_TEXT], type=handle.type, is_class="type" in handle.kinds))
        return len(self._things) - 1

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
                deed = cast("Deed", does)  # mypy loses it among values
                return self._use(thing, deed, name, args, by, [number, *self._numbers(given)])
            case _:
                raise UnknownThing

    def called(self, name: str, args: Sequence[Value], by: Mapping[str, Value]) -> Use:
        """A call of the work's function `name` with objects among what it is given. Raises UnknownThing."""
        numbers = self._numbers([*args, *by.values()])
        return self._use(Thing(text=name, type="function", is_class=False), "call", "", args, by, numbers, target=name)

    def of_function(self, name: str, attribute: str) -> Use:
        """An attribute of the work's function `name`."""
        thing = Thing(text=name, type="function", is_class=False)
        return self._use(thing, "attribute", attribute, (), {}, (), target=name)

    def _numbers(self, given: Sequence[Value]) -> list[int]:
        return [self._number(each) for each in given if _is_thing(each)]

    def _use(
        self,
        thing: Thing,
        does: Deed,
        name: Value,
        args: Sequence[Value],
        by: Mapping[str, Value],
        numbers: Sequence[int],
        *,
        target: str = "",
    ) -> Use:
        """`numbers` are those of all objects in it: first that on which it is done, unless that is a `target`."""
        held = dict.fromkeys(numbers)
        at = {each: place for place, each in enumerate(held)}
        kept = [Step(does="kept", name=each) for each in held]

        def argument(each: Value) -> Value:
            return Earlier(step=at[self._number(each)]) if _is_thing(each) else plain_of(each)

        done = Step(
            does=does,
            on=TARGET if target else at[numbers[0]],
            name=name,
            args=tuple(map(argument, args)),
            named={key: argument(each) for key, each in by.items()},
        )
        gives: Gives = "kind" if does == "call" and thing.is_class else "either"
        keep = Step(does="keep", on=len(kept), name=len(self._things), gives=gives)
        question = Follow(id=0, target=target or self.target, steps=Steps(steps=(*kept, done, keep)))
        text = self._text(thing, done, [*args, *by.values()], list(by))
        return Use(question=question, text=text, name=target or text)

    def _number(self, sent: Value) -> int:
        match sent:
            case (True, int() as number) if 0 <= number < len(self._things):
                return number
            case _:
                raise UnknownThing

    def _text(self, thing: Thing, done: Step, given: Sequence[Value], names: Sequence[str]) -> str:
        texts = tuple(Expression(source=self.shown(each)) for each in given)
        first = len(texts) - len(names)
        named = (Expression(source=f"{name}={each.source}") for name, each in zip(names, texts[first:], strict=True))
        args = (*texts[:first], *named)
        match done.does:
            case "call":
                text = call_text(thing.text, args)
            case "method" if done.name in _CALLED_BY_PYTHON and not args:
                text = f"{_CALLED_BY_PYTHON[done.name]}({thing.text})"
            case "method":
                text = call_text(f"{thing.text}.{done.name}", args)
            case "item":
                text = f"{thing.text}[{call_text('', (done.name,))[1:-1]}]"
            case _:
                text = f"{thing.text}.{done.name}"
        return text[:_MOST_TEXT]

    def shown(self, sent: Value) -> str:
        """An argument as one would type it. Raises UnknownThing."""
        match sent:
            case ("source", str(), str(shown)):
                return shown
            case _ if _is_thing(sent):
                return self._things[self._number(sent)].text
            case _:
                return call_text("", (plain_of(sent),))[1:-1]


def has_thing(sent: Sequence[Value]) -> bool:
    """Whether an object is among these arguments."""
    return any(map(_is_thing, sent))


def _is_thing(sent: Value) -> bool:
    return isinstance(sent, tuple) and len(sent) == 2 and sent[0] is True  # whether it is one, and it


def plain_of(sent: Value) -> Value:
    """An argument that is no object: data, a function of the work's by its name, one of the cell's by its text. Raises
    UnknownThing."""
    match sent:
        case (False, value):
            return value
        case ("name", str(name)):
            return LentFunction(name=name)
        case ("source", str(source), str()):
            return Expression(source=source)
        case _:
            raise UnknownThing
