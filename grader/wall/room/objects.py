"""What values are to student code: tables are objects of pandas there, formulas of SymPy, tensors of torch, and
arguments are copies that it may change.

Lives in the room, and where students practise.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy.typing as npt

from grader.wall.pandas_table import pandas_of
from grader.wall.sympy_formula import sympy_of
from grader.wall.values import (
    AS_SENT,
    Expression,
    Formula,
    LentFunction,
    Table,
    UnsupportedValueError,
    Value,
    freeze,
    identical,
    thaw,
)


def thaw_here(value: Value) -> Any:
    """A fresh copy of `value` as the objects that student code works with. Raises ImportError for a table if pandas is
    not installed, for a formula if SymPy is not."""
    if isinstance(value, Expression):
        return _evaluated(value)
    if isinstance(value, LentFunction):
        return _function(value.name)
    return thaw(value, _of_a_library, _torch)


def _function(name: str) -> Any:
    """What the notebook has under that name: where it is lent, that which the judge answers."""
    found = vars(sys.modules["__main__"])
    if name not in found:
        raise NameError(f"name {name!r} is not defined", name=name)
    return found[name]


def _evaluated(expression: Expression) -> Any:
    names = {name: sys.modules[module] for name, module in _NAMES.items() if module in sys.modules}
    return eval(expression.source, names)  # noqa: S307  # the course's own text


#: what an expression may build on, where it is loaded
_NAMES = {"np": "numpy", "math": "math", "pd": "pandas", "torch": "torch"}


def _of_a_library(value: Table | Formula) -> Any:
    return sympy_of(value) if isinstance(value, Formula) else pandas_of(value, thaw_here)


def _torch(data: npt.NDArray[Any]) -> Any:
    """A tensor where torch is the library that a room works with; a lent tensor of TensorFlow is an array."""
    torch = sys.modules.get("torch")
    return data if torch is None or "tensorflow" in sys.modules else torch.from_numpy(data)


class Arguments:
    """Fresh copies of what a call is made with, and what becomes of them."""

    def __init__(self, args: Sequence[Value], named: Mapping[str, Value]) -> None:
        self.by_place = [thaw_here(each) for each in args]
        self.by_name = {name: thaw_here(each) for name, each in named.items()}
        self._sent = (*args, *named.values())

    def afterwards(self) -> tuple[Value, ...]:
        """What they are by now, those by name last; `AS_SENT` where that is what was sent."""
        return tuple(map(_after, (*self.by_place, *self.by_name.values()), self._sent))


def _after(here: Any, sent: Value) -> Value:
    """What became of an argument; one that can no longer cross has certainly changed.

    The pandas that is installed here may spell a dtype otherwise than the judge does, and SymPy a formula: what is as
    it was here, made of the same once more, is as it was sent.
    """
    if isinstance(sent, Expression | LentFunction):
        return AS_SENT  # most often a function, which cannot be told to be the same
    try:
        after = freeze(here)
    except UnsupportedValueError:
        return "changed beyond recognition"
    if identical(after, sent) or (isinstance(sent, Table | Formula) and identical(after, freeze(thaw_here(sent)))):
        return AS_SENT
    return after
