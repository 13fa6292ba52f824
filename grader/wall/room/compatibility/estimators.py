"""Calls of scikit-learn that were right in older versions: arguments of estimators, their values. Lives in the room."""

from __future__ import annotations

import ast
import functools
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from grader.wall.room.compatibility.gone import Note, by_notebook
from grader.wall.room.compatibility.learning_tables import (
    ATTRIBUTES,
    BY_POSITION,
    ESTIMATOR_ARGUMENTS,
    ESTIMATOR_VALUES,
    FEATURE_NAMES,
    FUNCTION_ARGUMENTS,
    NEGATED,
    OF_A_MATRIX,
    ROOT_OF_ERROR,
    SET_OF_WORDS,
    UNUSED_CHANCE,
    WHOLE_STEPS,
)
from grader.wall.room.compatibility.numpy_calls import renamed
from grader.wall.room.compatibility.spelling import Spelling
from grader.wall.room.compatibility.wrapping import (
    Options,
    Positional,
    by_name,
    give_back,
    replace_function,
    wrap_init,
)


def adapt_base(base: Any, note: Note) -> None:
    """Have every estimator of the library take the arguments of the tables, those that are loaded later too."""
    root = base.BaseEstimator

    def adapted(kind: Any) -> None:
        if kind.__module__.startswith("sklearn.") and "__init__" in vars(kind):
            in_order = list(inspect.signature(kind.__init__).parameters.values())[1:]
            wrap_init(kind, functools.partial(_of_estimator, kind.__name__, in_order, note))

    def init_subclass(kind: Any, /, **named: Any) -> None:
        super(root, kind).__init_subclass__(**named)
        adapted(kind)

    root.__init_subclass__ = classmethod(init_subclass)
    for kind in _all_below(root):
        adapted(kind)
    root.get_feature_names = property(functools.partial(_feature_names, note))
    give_back(root, ATTRIBUTES, note)


def adapt_metrics(metrics: Any, note: Note) -> None:
    """Have the mean squared error be its root where that was asked for; and functions take older arguments."""
    adapt_functions(metrics, note)
    for name in ("mean_squared_error", "mean_squared_log_error"):
        replace_function(metrics, name, functools.partial(_or_root, getattr(metrics, f"root_{name}"), note))


def adapt_splitters(selection: Any, note: Note) -> None:
    """Have what splits data take older arguments; and the functions beside it."""
    adapt_functions(selection, note)
    for name in ("KFold", "StratifiedKFold", "ShuffleSplit", "StratifiedShuffleSplit"):
        kind = getattr(selection, name)
        in_order = list(inspect.signature(kind.__init__).parameters.values())[1:]
        wrap_init(kind, functools.partial(_of_splitter, in_order, note))


def adapt_functions(module: Any, note: Note) -> None:
    """Have the functions that a module gives out take arguments by their place, and under older names."""
    for name, function in list(vars(module).items()):
        if not name.startswith("_") and inspect.isfunction(function) and function.__module__.startswith("sklearn."):
            setattr(module, name, _lenient(function, FUNCTION_ARGUMENTS.get(name, ()), note))


def _lenient(function: Callable[..., Any], rows: Iterable[Spelling], note: Note) -> Callable[..., Any]:
    in_order = list(inspect.signature(function).parameters.values())
    names = {each.name for each in in_order}
    if not rows and not any(each.kind is each.KEYWORD_ONLY for each in in_order):
        return function
    olds = {row.name for row in rows} - names

    @functools.wraps(function)
    def lenient(*args: Any, **named: Any) -> Any:
        if by_notebook(sys._getframe(1)):
            args, named = _named(in_order, args, named, note)
            named = _with_values(renamed(named, rows, note, takes=lambda argument: argument not in olds), note)
        return function(*args, **named)

    return lenient


def _named(
    in_order: list[inspect.Parameter], args: Positional, named: Options, note: Note
) -> tuple[Positional, Options]:
    after = by_name(in_order, args, named)
    if len(after[0]) < len(args):
        note(BY_POSITION.notice)
    return after


def _of_splitter(
    in_order: list[inspect.Parameter],
    note: Note,
    parameters: tuple[str, ...],
    args: Positional,
    named: Options,
) -> tuple[Positional, Options]:
    args, named = _named(in_order, args, named, note)
    named = renamed(named, ESTIMATOR_ARGUMENTS, note, takes=parameters.__contains__)
    if "shuffle" in parameters and not named.get("shuffle") and named.get("random_state") is not None:
        note(UNUSED_CHANCE.notice)
        named = {**named, "random_state": None}
    return args, named


def _all_below(kind: Any) -> Iterator[Any]:
    for below in kind.__subclasses__():
        yield below
        yield from _all_below(below)


def _of_estimator(
    kind: str,
    in_order: list[inspect.Parameter],
    note: Note,
    parameters: tuple[str, ...],
    args: Positional,
    named: Options,
) -> tuple[Positional, Options]:
    args, named = _named(in_order, args, named, note)
    named = _with_values(renamed(named, ESTIMATOR_ARGUMENTS, note, takes=parameters.__contains__), note)
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


def _with_values(named: Options, note: Note) -> Options:
    """The arguments, with values of the kind and the name that they have today."""
    found = dict(named)
    steps, words, score = named.get("max_iter"), named.get("stop_words"), named.get("scoring")
    if isinstance(steps, float) and steps.is_integer():
        note(WHOLE_STEPS.notice)
        found["max_iter"] = int(steps)
    if isinstance(words, set | frozenset):
        note(SET_OF_WORDS.notice)
        found["stop_words"] = sorted(words)
    if isinstance(score, str) and score in NEGATED:
        note(NEGATED[score].notice)
        found["scoring"] = f"neg_{score}"
    return found


def adapt_checks(validation: Any, note: Note) -> None:
    """Have matrices be the arrays that they are; and functions take older arguments."""
    adapt_functions(validation, note)
    replace_function(validation, "check_array", functools.partial(_of_matrix, note))


def _of_matrix(note: Note, check_array: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(check_array)
    def lenient(array: Any, *args: Any, **named: Any) -> Any:
        if isinstance(array, np.matrix):
            note(OF_A_MATRIX.notice)
            array = np.asarray(array)
        return check_array(array, *args, **named)

    return lenient


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


def _or_root(root: Callable[..., Any], note: Note, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def lenient(*args: Any, squared: bool = True, **named: Any) -> Any:
        if squared:
            return function(*args, **named)
        note(ROOT_OF_ERROR.notice)
        return root(*args, **named)

    return lenient
