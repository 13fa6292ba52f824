"""What an object of a course is, as plain data: equal portraits, equal behaviour. Code counts by what it does, so that
a moved line or a comment is no change. Nothing is run; what exercises are made of is known elsewhere.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import re
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydantic import BaseModel

#: code objects may hold others; deeper than this nobody writes
DEEPEST: Final = 60


class NotPortrayable(Exception):
    """Something of which we cannot say whether it is what it was."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Painter:
    """Portrays what belongs to the course in `home`; all that was imported from elsewhere counts by its name, since
    versions of libraries are compared by whoever asks.

    `apart` portrays what is no plain object, and gives None for all other. `without` are names of fields that do not
    count, of the objects whose class has them.
    """

    home: Path
    apart: Callable[[object], Any] = lambda _: None
    without: AbstractSet[str] = frozenset()

    def portrait(self, thing: object) -> Any:
        """Lists, numbers, text and None. Raises NotPortrayable."""
        return self._of(thing, ())

    def _of(self, thing: object, around: tuple[int, ...]) -> Any:
        if id(thing) in around:
            return ["again", len(around) - around.index(id(thing))]
        if len(around) > DEEPEST:
            raise NotPortrayable("nested too deep")
        if (special := self.apart(thing)) is not None:
            return special
        inner = (*around, id(thing))
        match thing:
            case Enum():
                return [_name(type(thing)), thing.name]
            case bool():
                return ["bool", str(thing)]  # or True would be 1
            case None | int() | str():
                return thing
            case float() | complex() | Fraction() | range() | slice():
                return [type(thing).__name__, repr(thing)]
            case bytes() | bytearray():
                return ["bytes", hashlib.sha256(thing).hexdigest()]
            case np.ndarray() | np.generic():
                return self._of_array(np.asarray(thing), inner)
            case np.dtype() | Path():
                return [type(thing).__name__, str(thing)]
            case re.Pattern():
                return ["pattern", thing.pattern, thing.flags]
            case list() | tuple():
                return [type(thing).__name__, *(self._of(each, inner) for each in thing)]
            case AbstractSet():
                return ["set", *sorted((self._of(each, inner) for each in thing), key=repr)]
            case Mapping():
                return ["mapping", *([self._of(key, inner), self._of(each, inner)] for key, each in thing.items())]
            case _:
                return self._of_object(thing, inner)

    def _of_array(self, array: np.ndarray[Any, Any], inner: tuple[int, ...]) -> Any:
        if array.dtype.hasobject:
            return ["array", array.shape, [self._of(each, inner) for each in array.ravel().tolist()]]
        data = hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()
        return ["array", str(array.dtype), list(array.shape), data]

    def _of_object(self, thing: object, inner: tuple[int, ...]) -> Any:
        match thing:
            case types.FunctionType():
                return self._of_function(thing, inner)
            case types.MethodType():
                return ["method", self._of(thing.__func__, inner), self._of(thing.__self__, inner)]
            case functools.partial():
                return ["partial", *(self._of(each, inner) for each in (thing.func, thing.args, thing.keywords))]
            case type():
                return self._of_class(thing, inner)
            case types.ModuleType():
                return ["module", thing.__name__]
            case types.CodeType():
                return self._of_code(thing, inner)
            case property():
                return ["property", *(self._of(each, inner) for each in (thing.fget, thing.fset))]
            case staticmethod() | classmethod():
                return [type(thing).__name__, self._of(thing.__func__, inner)]
            case _ if (named := _imported(thing)) is not None:
                return ["imported", named]
            case _:
                return self._of_fields(thing, inner)

    def _of_fields(self, thing: object, inner: tuple[int, ...]) -> Any:
        if isinstance(thing, BaseModel):
            names = list(type(thing).model_fields)
        elif dataclasses.is_dataclass(thing):
            names = [each.name for each in dataclasses.fields(thing)]
        else:
            raise NotPortrayable(_name(type(thing)))
        known = [[name, self._of(getattr(thing, name), inner)] for name in names if name not in self.without]
        return ["object", self._of(type(thing), inner), known]

    def _of_function(self, function: types.FunctionType, inner: tuple[int, ...]) -> Any:
        if not self._is_ours(function.__code__.co_filename):
            return ["function", function.__module__, function.__qualname__, self._closed_over(function, inner)]
        named = {name: function.__globals__[name] for name in _names(function.__code__) if name in function.__globals__}
        return [
            "function",
            self._of_code(function.__code__, inner),
            self._of(function.__defaults__, inner),
            self._of(function.__kwdefaults__, inner),
            self._closed_over(function, inner),
            [[name, self._of(each, inner)] for name, each in sorted(named.items())],
        ]

    def _closed_over(self, function: types.FunctionType, inner: tuple[int, ...]) -> Any:
        try:
            return [self._of(cell.cell_contents, inner) for cell in function.__closure__ or ()]
        except ValueError:  # an empty cell
            raise NotPortrayable(function.__qualname__) from None

    def _of_code(self, code: types.CodeType, inner: tuple[int, ...]) -> Any:
        """All that decides what it does; not where it stands."""
        return [
            "code",
            hashlib.sha256(code.co_code).hexdigest(),
            [self._of(each, inner) for each in code.co_consts],
            [list(names) for names in (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)],
            [code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags],
        ]

    def _of_class(self, made: type, inner: tuple[int, ...]) -> Any:
        own = [each for each in vars(made).values() if isinstance(each, types.FunctionType)]
        if not any(self._is_ours(each.__code__.co_filename) for each in own):
            return ["class", _name(made)]
        held = {name: each for name, each in vars(made).items() if _counts(name, each)}
        return [
            "class",
            made.__qualname__,
            [self._of(each, inner) for each in made.__bases__],
            [[name, self._of(each, inner)] for name, each in sorted(held.items())],
        ]

    def _is_ours(self, file: str) -> bool:
        return Path(file).is_relative_to(self.home)


def _counts(name: str, held: object) -> bool:
    """What a class holds by itself: its functions, and what is plain; not what Python puts there."""
    kinds = (types.FunctionType, property, staticmethod, classmethod, str, int, float, tuple, bool)
    return isinstance(held, kinds) and name not in ("__module__", "__doc__", "__qualname__", "__firstlineno__")


def _imported(thing: object) -> str | None:
    """How something of a library is called that is found there by its name, whatever it is made of."""
    module, name = getattr(thing, "__module__", None) or "numpy", getattr(thing, "__name__", None)
    if isinstance(module, str) and isinstance(name, str) and getattr(sys.modules.get(module), name, None) is thing:
        return f"{module}.{name}"
    return None


def _names(code: types.CodeType) -> Iterator[str]:
    """Every name that the code, or code within it, may look up."""
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, types.CodeType):
            yield from _names(each)


def _name(made: type) -> str:
    return f"{made.__module__}.{made.__qualname__}"
