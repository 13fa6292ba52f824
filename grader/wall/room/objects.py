"""What values are to student code: tables are objects of pandas there, and arguments are copies that it may change.

Lives in the room, and where students practise.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from grader.wall.pandas_table import pandas_of
from grader.wall.values import Expression, Table, UnsupportedValueError, Value, freeze, identical, thaw


def thaw_here(value: Value) -> Any:
    """A fresh copy of `value` as the objects that student code works with. Raises ImportError for a table if pandas is
    not installed."""
    if isinstance(value, Expression):
        return _evaluated(value)
    return thaw(value, _pandas)


def _evaluated(expression: Expression) -> Any:
    names = {name: sys.modules[module] for name, module in _NAMES.items() if module in sys.modules}
    return eval(expression.source, names)  # noqa: S307  # the course's own text


#: what an expression may build on, where it is loaded
_NAMES = {"np": "numpy", "math": "math", "pd": "pandas"}


def _pandas(table: Table) -> Any:
    return pandas_of(table, thaw_here)


class Arguments:
    """Fresh copies of what a call is made with, and what becomes of them."""

    def __init__(self, args: Sequence[Value], named: Mapping[str, Value]) -> None:
        self.by_place = [thaw_here(each) for each in args]
        self.by_name = {name: thaw_here(each) for name, each in named.items()}
        self._sent = (*args, *named.values())
        self._before = [
            freeze(here) if isinstance(sent, Table) else sent for here, sent in zip(self._here, self._sent, strict=True)
        ]

    @property
    def _here(self) -> tuple[Any, ...]:
        return (*self.by_place, *self.by_name.values())

    def afterwards(self) -> tuple[Value, ...]:
        """What they are by now, those by name last."""
        return tuple(map(_after, self._here, self._before, self._sent))


def _after(here: Any, before: Value, sent: Value) -> Value:
    """What became of an argument; one that can no longer cross has certainly changed.

    The pandas that is installed here may spell a dtype otherwise than the judge does: a table that is as it was here
    is as it was sent.
    """
    if isinstance(sent, Expression):
        return sent  # most often a function, which cannot be told to be the same
    try:
        after = freeze(here)
    except UnsupportedValueError:
        return "changed beyond recognition"
    return sent if before is not sent and identical(after, before) else after
