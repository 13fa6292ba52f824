"""Arrays of one entry where a number is wanted, and methods that arrays lost. What `rewriting.py` leads here.

NumPy 2.4 and newer refuse to take such an array for a number, older versions did not. Each function does what Python
does, and steps in only where that fails.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.message import say
from grader.wall.room.compatibility.gone import Note, value_of
from grader.wall.room.compatibility.spelling import Spelling

ONE_ELEMENT = say("one_element")
_NUMBERS = (float, int, complex)


class Arrays:
    """`note` is told what was adapted."""

    def __init__(self, methods: tuple[Spelling, ...], note: Note) -> None:
        self._note = note
        self._methods = {each.name: each for each in methods}

    def entries(self, container: Any) -> Any:
        """What stands for `container` where an entry of it is given a value."""
        return _Entries(container, self._note) if isinstance(container, np.ndarray) else container

    def number_of(self, kind: Any, thing: Any) -> Any:
        """`kind(thing)`, as `float(a)`."""
        return kind(self._plain(thing) if kind in _NUMBERS else thing)

    def number_function(self, kind: Any) -> Any:
        """`kind` where it is given to `map`."""
        return functools.partial(self.number_of, kind) if kind in _NUMBERS else kind

    def filled_in(self, text: Any, values: Any) -> Any:
        """`text % values`."""
        try:
            return text % values
        except TypeError:
            plain = tuple(map(self._plain, values)) if isinstance(values, tuple) else self._plain(values)
            return text % plain

    def method(self, thing: Any, name: str) -> Any:
        """`thing.name`, where arrays may have lost it."""
        lost = self._methods.get(name) if type(thing) is np.ndarray and not hasattr(thing, name) else None
        if lost is None:
            return getattr(thing, name)
        self._note(lost.notice)
        return functools.partial(value_of(lost.method("a")), thing)

    def install(self) -> None:
        """Have Python's own functions of numbers take such arrays."""
        for name, function in vars(math).items():
            if callable(function) and not name.startswith("_"):
                setattr(math, name, self._lenient(function))

    def _lenient(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def lenient(*numbers: Any, **options: Any) -> Any:
            try:
                return function(*numbers, **options)
            except TypeError:
                if not any(map(_is_one_element, numbers)):
                    raise
                return function(*map(self._plain, numbers), **options)

        return lenient

    def _plain(self, thing: Any) -> Any:
        if not _is_one_element(thing):
            return thing
        self._note(ONE_ELEMENT)
        return thing.item()


class _Entries:
    """An array whose entries take arrays of one element. It lives as long as one statement."""

    __slots__ = ("_array", "_note")

    def __init__(self, array: Any, note: Note) -> None:
        self._array = array
        self._note = note

    def __getitem__(self, key: Any) -> Any:
        return self._array[key]

    def __setitem__(self, key: Any, value: Any) -> None:
        try:
            self._array[key] = value
        except (TypeError, ValueError):
            if not _is_one_element(value) or value.dtype.kind not in "iuf":
                raise
            self._array[key] = value.item()
            self._note(ONE_ELEMENT)


def _is_one_element(thing: Any) -> bool:
    return isinstance(thing, np.ndarray) and thing.ndim > 0 and thing.size == 1
