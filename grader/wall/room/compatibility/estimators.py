"""Calls of scikit-learn that were right in older versions: arguments of estimators, their values. Lives in the room."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterator
from typing import Any

from grader.wall.room.compatibility.gone import Note
from grader.wall.room.compatibility.learning_tables import (
    ESTIMATOR_ARGUMENTS,
    ESTIMATOR_VALUES,
    FEATURE_NAMES,
    ROOT_OF_ERROR,
)
from grader.wall.room.compatibility.numpy_calls import renamed
from grader.wall.room.compatibility.wrapping import Options, Positional, replace_function, wrap_init


def adapt_base(base: Any, note: Note) -> None:
    """Have every estimator of the library take the arguments of the tables, those that are loaded later too."""
    root = base.BaseEstimator

    def adapted(kind: Any) -> None:
        if kind.__module__.startswith("sklearn.") and "__init__" in vars(kind):
            wrap_init(kind, functools.partial(_of_estimator, kind.__name__, note))

    def init_subclass(kind: Any, /, **named: Any) -> None:
        super(root, kind).__init_subclass__(**named)
        adapted(kind)

    root.__init_subclass__ = classmethod(init_subclass)
    for kind in _all_below(root):
        adapted(kind)
    root.get_feature_names = property(functools.partial(_feature_names, note))


def adapt_metrics(metrics: Any, note: Note) -> None:
    """Have the mean squared error be its root where that was asked for."""
    replace_function(metrics, "mean_squared_error", functools.partial(_or_root, metrics, note))


def _all_below(kind: Any) -> Iterator[Any]:
    for below in kind.__subclasses__():
        yield below
        yield from _all_below(below)


def _of_estimator(
    kind: str, note: Note, parameters: tuple[str, ...], args: Positional, named: Options
) -> tuple[Positional, Options]:
    named = renamed(named, ESTIMATOR_ARGUMENTS, note, takes=parameters.__contains__)
    for ending, row in ESTIMATOR_VALUES:
        argument, old = _read(row.old)
        if not kind.endswith(ending) or argument not in named or not _same(named[argument], old):
            continue
        if row.new:
            named = {**named, argument: _read(row.new)[1]}
        elif argument in parameters:
            continue
        else:
            named = {name: value for name, value in named.items() if name != argument}
        note(row.notice)
    return args, named


def _read(written: str) -> tuple[str, Any]:
    """The name and the value of an argument as it stands in a table."""
    name, _, value = written.partition("=")
    return name, ast.literal_eval(value)


def _same(value: Any, old: Any) -> bool:
    return type(value) is type(old) and bool(value == old)


def _feature_names(note: Note, estimator: Any) -> Callable[..., Any]:
    names = estimator.get_feature_names_out  # an AttributeError where there are none, as it should be

    def get_feature_names(*args: Any) -> list[str]:
        note(FEATURE_NAMES.notice)
        return list(names(*args))

    return get_feature_names


def _or_root(metrics: Any, note: Note, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def lenient(*args: Any, squared: bool = True, **named: Any) -> Any:
        if squared:
            return function(*args, **named)
        note(ROOT_OF_ERROR.notice)
        return metrics.root_mean_squared_error(*args, **named)

    return lenient
