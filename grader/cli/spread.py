"""Options that several commands share, typed once: a dataclass whose fields are options, as one parameter of a command.

Which dataclasses there are is not known here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from functools import wraps
from inspect import Parameter
from typing import Any


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer reads it: in the place of each parameter whose type is a dataclass stand its fields."""
    signature = inspect.signature(command, eval_str=True)
    whole = {each.name: each.annotation for each in signature.parameters.values() if _is_spread(each)}
    parameters = [one for each in signature.parameters.values() for one in _spread(each)]

    @wraps(command)
    def run(**typed: Any) -> None:
        for name, kind in whole.items():
            typed[name] = kind(**{field: typed.pop(field) for field in inspect.signature(kind).parameters})
        command(**typed)

    run.__dict__["__signature__"] = signature.replace(parameters=parameters)
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


def _is_spread(parameter: Parameter) -> bool:
    return isinstance(parameter.annotation, type) and is_dataclass(parameter.annotation)


def _spread(parameter: Parameter) -> Iterator[Parameter]:
    if not _is_spread(parameter):
        yield parameter
        return
    for field in inspect.signature(parameter.annotation, eval_str=True).parameters.values():
        yield field.replace(kind=parameter.kind)
