"""How classes and functions of a library are made to take older calls: around their `__init__`, and in every module;
and how objects are made to answer for what they lost.

Which calls, and what is made of them, is for `keras_calls.py`, `estimators.py`, `frames.py`, `drawing.py`. In the room.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterable
from typing import Any

from grader.wall.room.compatibility.gone import Note, by_notebook, value_of
from grader.wall.room.compatibility.spelling import Spelling

Options = dict[str, Any]
Positional = tuple[Any, ...]
#: adapts the arguments of a call, given the names of the parameters
Adapt = Callable[[tuple[str, ...], Positional, Options], tuple[Positional, Options]]


def wrap_init(kind: Any, adapt: Adapt) -> None:
    """Have the class adapt the arguments with which a notebook, not a library, makes an object of it."""
    original = kind.__init__
    parameters = [each for each in inspect.signature(original).parameters.values() if each.name != "self"]
    names = tuple(each.name for each in parameters if each.kind is not each.VAR_KEYWORD)

    @functools.wraps(original)
    def lenient(self: Any, *args: Any, **named: Any) -> None:
        if by_notebook(sys._getframe(1)):
            args, named = adapt(names, args, named)
        original(self, *args, **named)

    lenient.__signature__ = inspect.signature(original)  # type: ignore[attr-defined]  # libraries read argument names off it
    kind.__init__ = lenient


def replace_function(home: Any, name: str, adapt: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Put what `adapt` makes of a function into every module that holds it."""
    function = getattr(home, name)
    lenient = adapt(function)
    for module in list(sys.modules.values()):
        if getattr(module, "__dict__", {}).get(name) is function:
            setattr(module, name, lenient)


def by_name(parameters: Iterable[inspect.Parameter], args: Positional, named: Options) -> tuple[Positional, Options]:
    """The arguments, those named that are no longer taken by their position, in the order of today's signature."""
    parameters = list(parameters)
    if any(each.kind is each.VAR_POSITIONAL for each in parameters):
        return args, named
    taken = sum(each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD) for each in parameters)
    more = [each.name for each in parameters if each.kind is each.KEYWORD_ONLY]
    if not taken < len(args) <= taken + len(more):
        return args, named
    return args[:taken], {**dict(zip(more, args[taken:], strict=False)), **named}


def give_back(kind: Any, rows: Iterable[Spelling], note: Note) -> None:
    """Have objects of a class answer for methods and properties that they lost; what they have goes first."""
    above = getattr(kind, "__getattr__", object.__getattribute__)  # what a class above was given comes with it
    lost = {**getattr(above, "lost", {}), **{row.name: row for row in rows}}
    otherwise = getattr(above, "otherwise", above)

    def answer(thing: Any, wanted: str) -> Any:
        try:
            return otherwise(thing, wanted)
        except AttributeError:
            row = lost.get(wanted)
            if row is None or not by_notebook(sys._getframe(1)):
                raise
        method = functools.partial(value_of(row.method(row.old.partition(".")[0])), thing)
        value = method if "(" in row.old else method()  # an AttributeError where it never was, as it should be
        note(row.notice)
        return value

    answer.lost, answer.otherwise = lost, otherwise  # type: ignore[attr-defined]
    kind.__getattr__ = answer
