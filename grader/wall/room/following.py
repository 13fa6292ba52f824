"""Steps as a room takes them, and what it tells of an object that stays in it. Lives in the room."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from grader.wall.room import figures
from grader.wall.room.kinds import handle
from grader.wall.room.objects import thaw_here
from grader.wall.steps import Earlier, Handle, Step, Steps
from grader.wall.values import MAX_NODES, Record, UnsupportedValueError, Value, freeze, gives_values


def follow(
    target: Any,
    steps: Steps,
    finish: Callable[[Any], Any] = lambda given: given,
    kept: dict[Any, Any] | None = None,
) -> Value:
    """Take the steps, and tell what they tell. Raises whatever one of them does; `finish` waits for a promise, `kept`
    holds the objects that are there for as long as the room is, by number."""
    made: list[Any] = []
    held = {} if kept is None else kept
    told: list[Value] = []
    for step in steps.steps:
        printed = io.StringIO()
        if step.gives == "figure":
            figures.clear()
        with contextlib.redirect_stdout(printed) if step.gives == "printed" else contextlib.nullcontext():
            made.append(finish(_taken(step, target if step.on < 0 else made[step.on], made, held)))
        match step.gives:
            case "value":
                told.append(freeze(made[-1]))  # at once: a later step may change it
            case "kind":
                told.append(handle(made[-1]))
            case "either":
                told.append(_value_or_kind(made[-1]))
            case "printed":
                told.append(freeze(printed.getvalue()))
            case "figure":
                told.append(figures.figure_of(made[-1]))
    return told[0] if len(told) == 1 else tuple(told)


def value_or_kept(thing: Any, number: int, kept: dict[Any, Any]) -> Value | Handle:
    """The value of a thing that is plain data; of any other what kind it is, and it is kept. What is gone through once
    is no list, and stays what it is."""
    told = handle(thing) if gives_values(type(thing)) else _value_or_kind(thing)
    if isinstance(told, Handle):
        kept[number] = thing
    return told


def _value_or_kind(thing: Any) -> Value | Handle:
    """Fields alone are not the object that has them: a dataclass has methods as well."""
    try:
        value = freeze(thing)
    except UnsupportedValueError:
        return handle(thing)
    return handle(thing) if isinstance(value, Record) else value


def _taken(step: Step, thing: Any, made: list[Any], kept: dict[Any, Any]) -> Any:
    args = [_argument(each, made) for each in step.args]
    named = {name: _argument(each, made) for name, each in step.named.items()}
    match step.does:
        case "call":
            return thing(*args, **named)
        case "method":
            return getattr(thing, step.name)(*args, **named)
        case "attribute":
            return getattr(thing, step.name)
        case "item":
            return thing[thaw_here(step.name)]
        case "keep":
            kept[step.name] = _gone_through(thing) if gives_values(type(thing)) and step.gives == "either" else thing
            return kept[step.name]
        case "kept":
            return kept[step.name]


def _gone_through(thing: Iterator[Any]) -> list[Any]:
    """Looking at it would take from it: so what it gives is taken once, up to one more than a value may have."""
    return list(islice(thing, MAX_NODES + 1))


def _argument(value: Any, made: list[Any]) -> Any:
    return made[value.step] if isinstance(value, Earlier) else thaw_here(value)
