"""Calls of SciPy that were right in older versions: arguments, `mode`, a start with two axes. Lives in the room."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.wall.room.compatibility.gone import Note, by_notebook
from grader.wall.room.compatibility.numpy_calls import renaming
from grader.wall.room.compatibility.scipy_tables import (
    ARGUMENTS,
    CONFIDENCE,
    MODE_OF_TEXTS,
    ONE_MODE,
    ONE_START,
    SPARSE_METHODS,
)
from grader.wall.room.compatibility.wrapping import give_back, replace_function


def adapt_functions(module: Any, note: Note) -> None:
    """Have the functions of a module take the arguments of the tables."""
    for (home, name), rows in ARGUMENTS.items():
        if home == module.__name__ and hasattr(module, name):
            replace_function(module, name, functools.partial(renaming, rows, note))


def adapt_optimize(optimize: Any, note: Note) -> None:
    """Have `minimize` start from a column."""
    replace_function(optimize, "minimize", functools.partial(_from_column, note))


def adapt_sparse(sparse: Any, note: Note) -> None:
    """Have matrices answer for what they lost."""
    give_back(sparse.spmatrix, SPARSE_METHODS, note)


def adapt_stats(stats: Any, note: Note) -> None:
    """Have `mode` and intervals take and give what they did."""
    adapt_functions(stats, note)
    replace_function(stats, "mode", functools.partial(_mode, note))
    distributions = importlib.import_module("scipy.stats._distn_infrastructure")
    for kind in (distributions.rv_generic, distributions.rv_frozen):
        kind.interval = _interval(note, kind.interval)


def _from_column(note: Note, minimize: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(minimize)
    def lenient(fun: Any, x0: Any, *args: Any, **named: Any) -> Any:
        if np.ndim(x0) > 1 and by_notebook(sys._getframe(1)):
            note(ONE_START.notice)
            x0 = np.atleast_1d(np.squeeze(x0))
        return minimize(fun, x0, *args, **named)

    return lenient


def _interval(note: Note, interval: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(interval)
    def lenient(self: Any, *args: Any, **named: Any) -> Any:
        if not args and "alpha" in named and "confidence" not in named:
            note(CONFIDENCE.notice)
            named = {"confidence" if name == "alpha" else name: value for name, value in named.items()}
        return interval(self, *args, **named)

    return lenient


def _mode(note: Note, mode: Callable[..., Any]) -> Callable[..., Any]:
    """One mode of all may be asked for as the first of one; and texts have one."""

    @functools.wraps(mode)
    def lenient(a: Any, *args: Any, **named: Any) -> Any:
        if not by_notebook(sys._getframe(1)):
            return mode(a, *args, **named)
        try:
            found = mode(a, *args, **named)
        except TypeError:
            if args or named or np.asarray(a).dtype.kind not in "UO":
                raise
            note(MODE_OF_TEXTS.notice)
            values, counts = np.unique(np.asarray(a), return_counts=True)
            most = counts.argmax()
            return type(mode([0]))(values[most : most + 1], counts[most : most + 1])
        return type(found)(*(_alone(each, note) for each in found))

    return lenient


def _alone(value: Any, note: Note) -> Any:
    """A number that gives itself where the first of its kind is asked for."""
    if not isinstance(value, np.generic):
        return value
    kind = type(value)

    def first(self: Any, key: Any) -> Any:
        if key not in (0, -1):
            raise IndexError("invalid index to scalar variable.")
        note(ONE_MODE.notice)
        return kind(self)

    return type(kind.__name__, (kind,), {"__getitem__": first})(value)
