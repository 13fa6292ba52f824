"""What kind of object something is, as the library knows it that has the class. Lives in the room."""

from __future__ import annotations

import sys
from typing import Any

from grader.wall.steps import MAX_KIND, MAX_KINDS, Handle

#: of a class that code made; Python's own have no such flag, and not all of them a name there: that of None has none
_MADE_BY_CODE = 1 << 9


def handle(thing: object) -> Handle:
    """What kind of object it is, whatever it says of itself: `__class__` and `__module__` are for anybody to set."""
    kinds = kinds_of(type(thing))
    return Handle(type=kinds[0], kinds=kinds)


def kinds_of(kind: type) -> tuple[str, ...]:
    """A class and all it is derived from, by the names under which their libraries know them."""
    return tuple(map(known_as, type.__dict__["__mro__"].__get__(kind)[:MAX_KINDS]))


def known_as(kind: type) -> str:
    """The public name of a class, if the module that it names has it: `sklearn.pipeline.Pipeline`."""
    name, module = kind.__qualname__, kind.__module__
    if module == "builtins" and not type.__dict__["__flags__"].__get__(kind) & _MADE_BY_CODE:
        return name[:MAX_KIND]
    found: Any = sys.modules.get(module) if isinstance(module, str) else None
    for part in name.split("."):
        found = getattr(found, part, None)
    if found is not kind or module == "__main__":
        return f"__main__.{name}"[:MAX_KIND]
    if module == "builtins":
        return name[:MAX_KIND]
    public = ".".join(part for part in module.split(".") if not part.startswith("_"))
    return f"{public}.{name}"[:MAX_KIND]


def nearest_of(library: str, kind: type) -> type | None:
    """The class itself or the nearest that it is derived from that is one of the library's; None if none is."""
    mro: tuple[type, ...] = type.__dict__["__mro__"].__get__(kind)
    return next((each for each in mro if known_as(each).partition(".")[0] == library), None)
