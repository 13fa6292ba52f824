"""Steps as the lines of Python that take them. No judging here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from grader.wall.steps import Earlier, Step, Steps


def script(target: str, steps: Steps, literal: Callable[[Any], str]) -> str:
    """The lines, in which what later ones use has a name: `a = KNN(k=1)`, `a.fit(X, y)`. `literal` writes a value."""
    names = _names(steps)
    return "; ".join(_line(number, each, target, names, literal) for number, each in enumerate(steps.steps))


def _names(steps: Steps) -> dict[int, str]:
    """A letter for each object that a later step uses."""
    used = sorted({number for step in steps.steps for number in _uses(step) if number >= 0})
    return {number: chr(ord("a") + place) if place < 26 else f"a{place}" for place, number in enumerate(used)}


def _uses(step: Step) -> Iterator[int]:
    yield step.on
    yield from (each.step for each in step.values if isinstance(each, Earlier))


def _line(number: int, step: Step, target: str, names: dict[int, str], literal: Callable[[Any], str]) -> str:
    def argument(value: Any) -> str:
        return names[value.step] if isinstance(value, Earlier) else literal(value)

    thing = names.get(step.on, target)
    given = [*map(argument, step.args), *(f"{name}={argument(each)}" for name, each in step.named.items())]
    match step.does:
        case "call":
            done = f"{thing}({', '.join(given)})"
        case "method":
            done = f"{thing}.{step.name}({', '.join(given)})"
        case "attribute":
            done = f"{thing}.{step.name}"
        case "item":
            done = f"{thing}[{literal(step.name)}]"
        case "keep" | "kept":
            done = thing
    return f"{names[number]} = {done}" if number in names else done
