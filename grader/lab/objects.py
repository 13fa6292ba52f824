"""Steps as an author writes them: what is made, what is done to it, and what of that is told.

    examples(history(make(k=1), does("fit", X, y), asks("predict", Z)))

makes an object of the class that is asked for, fits it, and compares what its `predict` returns. The object never
leaves its room. A step is about the last object that was made, or the target itself where none was; `on` names another,
and `called` gives a name. Where one step tells something, the answer is that; where several do, a tuple of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from grader.wall.steps import TARGET, Deed, Earlier, Expression, Gives, LentFunction, Step, Steps
from grader.wall.values import freeze


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A step before its objects are numbered."""

    does: Deed
    name: Any = ""
    args: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)
    gives: Gives = "nothing"
    about: str | None = None
    made: bool = False
    known_as: str | None = None

    def on(self, name: str) -> Move:
        """About the object of that name; "target" is what the student wrote."""
        return replace(self, about=name)

    def called(self, name: str) -> Move:
        """With a name for what comes of it."""
        return replace(self, known_as=name)


@dataclass(frozen=True, slots=True)
class that:  # noqa: N801  # reads as a word where it stands: does("update", that("other"))
    """An argument: the object of that name."""

    name: str


def make(*args: Any, **named: Any) -> Move:
    """Call what the student wrote, a class or a function, for an object that further steps are about."""
    return Move(does="call", args=args, named=named, about="target", made=True)


def gives(*args: Any, **named: Any) -> Move:
    """Call what the student wrote, and tell what it returns: arguments by name can be given so."""
    return Move(does="call", args=args, named=named, about="target", gives="value")


def prints(*args: Any, **named: Any) -> Move:
    """Call what the student wrote, and tell what it prints."""
    return Move(does="call", args=args, named=named, about="target", gives="printed")


def draws(*args: Any, **named: Any) -> Move:
    """Call what the student wrote, and tell what it drew with matplotlib: the figure that it returns, or else the last
    one that it drew in. Goes with the rule `figure`."""
    return Move(does="call", args=args, named=named, about="target", gives="figure")


def does(method: str, *args: Any, **named: Any) -> Move:
    """Call a method, and tell nothing."""
    return Move(does="method", name=method, args=args, named=named)


def asks(method: str, *args: Any, **named: Any) -> Move:
    """Call a method, and tell what it returns."""
    return Move(does="method", name=method, args=args, named=named, gives="value")


def reads(attribute: str) -> Move:
    """Tell the value of an attribute."""
    return Move(does="attribute", name=attribute, gives="value")


def item(key: Any) -> Move:
    """Tell the item at a key."""
    return Move(does="item", name=key, gives="value")


def silently(move: Move) -> Move:
    """The same, and what comes of it is not told: an object that further steps are about, mostly."""
    return replace(move, gives="nothing")


def kind(move: Move) -> Move:
    """The same, and told is what kind of object comes of it; see the rule `IsA`."""
    return replace(move, gives="kind")


def expression(source: str) -> Expression:
    """An argument that is no data, such as a function: `expression("lambda x: x ** 2")`. Student code may look at it.

    It is evaluated in the room, where `np`, `math` and `pd` stand for what is loaded of NumPy, math and pandas. Raises
    SyntaxError if it is none.
    """
    compile(source, "<expression>", "eval")
    return Expression(source=source)


def lent(name: str) -> LentFunction:
    """An argument: the reference's function of that name, the target of an exercise that this one depends on. Student
    code calls it as any other; each call is answered by the reference, in a room of its own.

    It stands for an argument by itself, not within a list. Raises ValueError for what is no name.
    """
    if not name.isidentifier():
        raise ValueError(f"lent: {name!r} is no name of a function")
    return LentFunction(name=name)


def history(*moves: Move) -> tuple[Steps]:
    """The arguments of a question that takes these steps. Raises ValueError if none tells anything, and for a name that
    no earlier step gave."""
    if all(each.gives == "nothing" for each in moves):
        raise ValueError("history: no step of it tells anything; ask for something with `asks`, `gives` or `reads`")
    known, last = {"target": TARGET}, TARGET
    made: list[Step] = []
    for number, move in enumerate(moves):
        on = last if move.about is None else _number(known, move.about)
        args = tuple(_argument(each, known) for each in move.args)
        named = {name: _argument(each, known) for name, each in move.named.items()}
        name = freeze(move.name)
        made.append(Step(does=move.does, on=on, name=name, args=args, named=named, gives=move.gives))
        last = number if move.made else last
        known |= {} if move.known_as is None else {move.known_as: number}
    return (Steps(steps=tuple(made)),)


def _argument(given: Any, known: Mapping[str, int]) -> Any:
    return Earlier(step=_number(known, given.name)) if isinstance(given, that) else freeze(given)


def _number(known: Mapping[str, int], name: str) -> int:
    if name not in known:
        raise ValueError(f"history: no earlier step is called {name!r}; there are {', '.join(known)}")
    return known[name]
