"""How classes and functions of a library are made to take older calls: around their `__init__`, and in every module.

Which calls, and what is made of them, is for `keras_calls.py`, `estimators.py` and `frames.py`. Lives in the room.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from typing import Any

from grader.wall.room.compatibility.gone import is_library

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
        if not is_library(sys._getframe(1)):
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
