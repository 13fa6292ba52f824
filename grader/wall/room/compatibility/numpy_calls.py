"""Calls of NumPy that were right once: other names of arguments, generators, `copy=False`. Lives in the room.

A call is made as it was written; only where NumPy refuses it, it is made once more in today's spelling.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from grader.wall.room.compatibility.data_tables import TEXT_IS_OBJECT
from grader.wall.room.compatibility.gone import Note, by_notebook, value_of
from grader.wall.room.compatibility.spelling import Spelling
from grader.wall.room.compatibility.tables import (
    COPY_IF_NEEDED,
    FROM_BYTES,
    NUMPY_ARGUMENTS,
    STACK_OF_GENERATOR,
    SUM_OF_GENERATOR,
    UNEVEN,
)

#: makes the call anew, as (positional, named) arguments and the function; None if there is nothing to adapt
Again = Callable[[tuple[Any, ...], dict[str, Any]], Callable[[], Any] | None]

STACKING = ("vstack", "hstack", "dstack", "column_stack", "stack", "concatenate")


def install(note: Note) -> None:
    """Have NumPy's functions take the calls of the tables."""
    for names, rows in NUMPY_ARGUMENTS.items():
        for name in names:
            _adapt(name, functools.partial(_renamed, getattr(np, name), rows, note))
    for name in STACKING:
        _adapt(name, functools.partial(_of_generator, getattr(np, name), note))
    _adapt("sum", functools.partial(_sum_of_generator, note))
    _adapt("array", functools.partial(_copied_if_needed, np.array, note))
    for name in ("array", "asarray", "asanyarray"):
        _adapt(name, functools.partial(_of_uneven_rows, getattr(np, name), note))
    _adapt("fromstring", functools.partial(_of_bytes, note))
    _adapt("issubdtype", functools.partial(_of_texts, note))


def _adapt(name: str, again: Again) -> None:
    function = getattr(np, name)

    @functools.wraps(function)
    def lenient(*args: Any, **named: Any) -> Any:
        try:
            return function(*args, **named)
        except (TypeError, ValueError):
            other = again(args, named)
            if other is None:
                raise
            return other()

    setattr(np, name, lenient)


def renamed(
    named: dict[str, Any], rows: Iterable[Spelling], note: Note, *, takes: Callable[[str], bool]
) -> dict[str, Any]:
    """The named arguments in today's spelling: what the function does not take under its old name.

    In the expression of a row, `value` is what was given.
    """
    for row in rows:
        if row.name not in named or takes(row.name):
            continue
        new = row.new.rstrip("=")
        if new and not takes(new):
            continue
        kept = {name: value for name, value in named.items() if name != row.name}
        value = value_of(f"lambda value: {row.by}")(named[row.name]) if row.by else named[row.name]
        named = {**kept, new: value} if new else kept
        note(row.notice)
    return named


def renaming(rows: tuple[Spelling, ...], note: Note, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, taking the arguments of these rows under their old names as well."""

    @functools.wraps(function)
    def lenient(*args: Any, **named: Any) -> Any:
        def takes(name: str) -> bool:
            return name in inspect.signature(function).parameters

        return function(*args, **renamed(named, rows, note, takes=takes))

    return lenient


def _renamed(
    function: Callable[..., Any], rows: tuple[Spelling, ...], note: Note, args: tuple[Any, ...], named: dict[str, Any]
) -> Callable[[], Any] | None:
    today = renamed(named, rows, note, takes=lambda name: name not in {row.name for row in rows})
    return None if today is named else functools.partial(function, *args, **today)


def _of_generator(
    function: Callable[..., Any], note: Note, args: tuple[Any, ...], named: dict[str, Any]
) -> Callable[[], Any] | None:
    if not args or not hasattr(args[0], "__next__"):
        return None
    note(STACK_OF_GENERATOR.notice)
    return functools.partial(function, list(args[0]), *args[1:], **named)


def _sum_of_generator(note: Note, args: tuple[Any, ...], named: dict[str, Any]) -> Callable[[], Any] | None:
    if len(args) != 1 or named or not hasattr(args[0], "__next__"):
        return None
    note(SUM_OF_GENERATOR.notice)
    return functools.partial(sum, args[0])


def _copied_if_needed(
    function: Callable[..., Any], note: Note, args: tuple[Any, ...], named: dict[str, Any]
) -> Callable[[], Any] | None:
    if named.get("copy", True) is not False:
        return None
    note(COPY_IF_NEEDED.notice)
    return functools.partial(function, *args, **{**named, "copy": None})


def _of_uneven_rows(
    function: Callable[..., Any], note: Note, args: tuple[Any, ...], named: dict[str, Any]
) -> Callable[[], Any] | None:
    """Rows of unequal lengths were an array of objects, if no other type was asked for."""
    if len(args) != 1 or named.get("dtype") is not None or not by_notebook(sys._getframe(1)):
        return None

    def made() -> Any:
        array = function(*args, **{**named, "dtype": object})
        note(UNEVEN.notice)
        return array

    return made


def _of_texts(note: Note, args: tuple[Any, ...], named: dict[str, Any]) -> Callable[[], Any] | None:
    """Columns of texts were columns of objects before pandas 3."""
    if not args or named or type(args[0]).__name__ != "StringDtype":
        return None
    note(TEXT_IS_OBJECT.notice)
    return functools.partial(np.issubdtype, object, *args[1:])


def _of_bytes(note: Note, args: tuple[Any, ...], named: dict[str, Any]) -> Callable[[], Any] | None:
    if not args or not isinstance(args[0], bytes) or named.get("sep"):
        return None
    note(FROM_BYTES.notice)
    kept = {name: value for name, value in named.items() if name in ("dtype", "count")}
    return lambda: np.frombuffer(args[0], *args[1:3], **kept).copy()
