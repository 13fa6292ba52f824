"""The harness of a cell room: what an instructor's cell is run with. Zygotes have it loaded; no student's room uses it.

Each assert of the cell was made a call of one of these, see `judging/cells/asserts.py`; what does not hold is told in
the text of the exception, by value. Of the grader it imports nothing but what rooms have.
"""

from __future__ import annotations

import contextlib
import io
import json
import operator
import random
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn

import numpy as np

from grader.wall.room import passed
from grader.wall.room.borrowing import NotSendableError

MOST_OBJECTS = 1_000  # that are gone through one by one
MOST_VALUES = 4
MOST_VALUE = 160  # characters; all of it has to fit into the text of an exception
MOST_TEXT = 300
OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda left, right: left in right,
    "not in": lambda left, right: left not in right,
    "is": operator.is_,
    "is not": operator.is_not,
}


class Thing:
    """An object of the student's, which stays in its room; what is done with it is asked there.

    Only plain data reaches an assert: where an object would have to answer for its truth, or for how it compares with
    plain data, the cell ends. Nor is such data sent along, which is what the instructor knows. `in` compares here.
    """

    __slots__ = ("__grader__",)
    __hash__ = None  # type: ignore[assignment]  # its equality is another's word

    def __init__(self, use: Callable[..., Any], number: int, kinds: tuple[str, ...] = ("",)) -> None:
        object.__setattr__(self, "__grader__", (use, number, kinds))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__array"):  # what NumPy looks for in all that it meets
            raise AttributeError(name)
        return _taken(self, "attribute", name)

    @property
    def __class__(self) -> Any:
        """The library's class that its room says it is of, so that `isinstance` knows it; else the student's."""
        known = next((found for kind in _inside(self)[2] if (found := _loaded(kind)) is not None), None)
        return Thing if known is None or known is object else known

    @__class__.setter
    def __class__(self, value: Any) -> None:
        _taken(self, "method", "__setattr__", ("__class__", value))

    def __setattr__(self, name: str, value: Any) -> None:
        _taken(self, "method", "__setattr__", (name, value))

    def __delattr__(self, name: str) -> None:
        _taken(self, "method", "__delattr__", (name,))

    def __call__(self, *args: Any, **named: Any) -> Any:
        return _taken(self, "call", "", args, named)

    def __getitem__(self, key: Any) -> Any:
        return _taken(self, "item", key)

    def __setitem__(self, key: Any, value: Any) -> None:
        _asked(self, "__setitem__", key, value)

    def __delitem__(self, key: Any) -> None:
        _asked(self, "__delitem__", key)

    def __iter__(self) -> Any:
        told = _asked(self, "__iter__")
        if not isinstance(told, Thing):
            return iter(told)
        return (told[each] for each in range(len(told))) if len(told) <= MOST_OBJECTS else _needs_data(told)

    def __next__(self) -> Any:
        try:
            return _asked(self, "__next__")
        except RuntimeError as error:
            if str(error).startswith("StopIteration"):
                raise StopIteration from None
            raise

    def __dir__(self) -> Any:
        return _data(self, _asked(self, "__dir__"))

    def __format__(self, form: str) -> Any:
        return _data(self, _asked(self, "__format__", form))

    def __len__(self) -> Any:
        return _data(self, _asked(self, "__len__"))

    def __str__(self) -> Any:
        return _data(self, _asked(self, "__str__"))

    def __repr__(self) -> Any:
        return _data(self, _asked(self, "__repr__"))

    def __bool__(self) -> bool:
        return _needs_data(self)

    def __eq__(self, other: object) -> Any:
        if "type" in _inside(self)[2] and isinstance(other, Thing):
            return _asked(_taken(self, "attribute", "__class__"), "__eq__", self, other) is True
        told = _both(self, "__eq__", other)
        return _inside(self)[1] == _inside(other)[1] if told is NotImplemented else told

    def __ne__(self, other: object) -> Any:
        return not self == other

    def __instancecheck__(self, other: object) -> bool:
        return isinstance(other, Thing) and _asked(self, "__instancecheck__", other) is True

    def __subclasscheck__(self, other: object) -> bool:
        return isinstance(other, Thing) and _asked(self, "__subclasscheck__", other) is True


def _operator(name: str) -> Callable[[Any, Any], Any]:
    return lambda thing, other: _both(thing, name, other)


def _alone(name: str) -> Callable[[Any], Any]:
    return lambda thing: _asked(thing, name)


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor"):
    for _form in (f"__{_name}__", f"__r{_name}__"):
        setattr(Thing, _form, _operator(_form))
for _name in ("lt", "le", "gt", "ge"):
    setattr(Thing, f"__{_name}__", _operator(f"__{_name}__"))
for _name in ("neg", "pos", "abs", "invert", "float", "int"):
    setattr(Thing, f"__{_name}__", _alone(f"__{_name}__"))


class Function:
    """A function of the student's. A call of it is made there, and what it changes of its arguments is changed here."""

    def __init__(self, use: Callable[..., Any], name: str) -> None:
        self._use = use
        self.__name__ = self.__qualname__ = name
        self.__module__ = "__main__"

    @property
    def __doc__(self) -> Any:  # type: ignore[override]  # that of the student's
        return self.__getattr__("__doc__")

    @property  # type: ignore[misc]  # nobody sets it
    def __class__(self) -> Any:
        return types.FunctionType

    def __getattr__(self, name: str) -> Any:
        if name in ("__wrapped__", "__signature__"):  # what `inspect` looks for in all that it meets
            raise AttributeError(name)
        return _come_of(self._use, self.__name__, "of function", self.__name__, name, [], {})

    def __call__(self, *args: Any, **named: Any) -> Any:
        sent = {key: _sent(value) for key, value in named.items()}
        return _come_of(self._use, self.__name__, "function", self.__name__, "", list(map(_sent, args)), sent)


def begin(use: Callable[..., Any], texts: tuple[str, ...], names: dict[str, Any]) -> None:
    """What a cell finds that is not as elsewhere: it may pass functions that stand in these `texts`, its seeds are the
    work's too, and built-in functions know objects that stay in their room."""
    passed.begin(texts, Function, Thing)
    names.update(type=_Kind, hasattr=_has, callable=_callable, vars=_vars)
    for library in (random, np.random):
        _share_seed(use, library)


def _share_seed(use: Callable[..., Any], library: Any) -> None:
    own = library.seed

    def seed(*args: Any, **named: Any) -> Any:
        own(*args, **named)
        given = [*args, *named.values()]
        if len(given) == 1 and isinstance(given[0], int | np.integer):
            use("seeded", library.__name__, int(given[0]))

    library.seed = seed


class _OfKinds(type):
    def __call__(cls, thing: Any, *more: Any) -> Any:
        if more or type(thing) is not Thing:
            return type(thing, *more)
        known = thing.__class__
        return _taken(thing, "attribute", "__class__") if known is Thing else known

    def __instancecheck__(cls, thing: Any) -> bool:
        return isinstance(thing, type)

    def __eq__(cls, other: object) -> bool:
        return other is type or other is cls

    def __hash__(cls) -> int:
        return hash(type)


class _Kind(metaclass=_OfKinds):
    """`type`, which knows of which class an object of the student's is."""


def _has(thing: Any, name: str) -> bool:
    if type(thing) is not Thing:
        return hasattr(thing, name)
    try:
        _taken(thing, "attribute", name)
    except AttributeError:
        return False
    return True


def _callable(thing: Any) -> bool:
    return _has(thing, "__call__") if type(thing) is Thing else callable(thing)


def _vars(thing: Any) -> Any:
    return _taken(thing, "attribute", "__dict__") if type(thing) is Thing else vars(thing)


#: classes of Python's that it has no name for, such as that of functions, by what they are called
_OF_PYTHON = {kind.__name__: kind for kind in vars(types).values() if isinstance(kind, type)}


def _loaded(kind: str) -> type | None:
    """The class of that name, if it is a library's that is loaded here."""
    module, _, name = kind.rpartition(".")
    found = None if module == "__main__" else getattr(sys.modules.get(module or "builtins"), name, None)
    found = _OF_PYTHON.get(name) if found is None and not module else found
    return found if isinstance(found, type) else None


def _inside(thing: Any) -> tuple[Callable[..., Any], int, tuple[str, ...]]:
    return object.__getattribute__(thing, "__grader__")  # type: ignore[no-any-return]  # as it was put there


def _taken(
    thing: Thing, does: str, name: Any = "", args: Sequence[Any] = (), named: dict[str, Any] | None = None
) -> Any:
    use, number, _ = _inside(thing)
    sent = {key: _sent(value) for key, value in (named or {}).items()}
    return _come_of(use, str(name), does, number, name, list(map(_sent, args)), sent)


def _come_of(use: Callable[..., Any], name: str, *wish: Any) -> Any:
    """What comes of a wish; `name` is that of what is called, as the instructor knows it."""
    try:
        is_thing, *what = use(*wish)
    except NotSendableError as error:
        raise NotSendableError(str(error).replace(use.__name__, name or "it")) from None
    return Thing(use, *what) if is_thing else what[0]


def _sent(value: Any) -> tuple[Any, ...]:
    if type(value) is Thing:
        return True, _inside(value)[1]
    if type(value) is Function:
        return "name", value.__name__
    if callable(value) and (text := passed.source_of(value)):
        return "source", text, passed.shown(value)
    return False, value


def _asked(thing: Thing, name: str, *args: Any) -> Any:
    """What a method that Python calls by itself gives."""
    try:
        return _taken(thing, "method", name, args)
    except AttributeError as error:
        raise TypeError(str(error)) from None


def _both(thing: Thing, name: str, other: object) -> Any:
    """What an operator makes of two objects; plain data is not for the student's code to look at."""
    if not isinstance(other, Thing):
        _needs_data(thing)
    told = _asked(thing, name, other)
    return NotImplemented if isinstance(told, Thing) and _inside(told)[2][0].endswith("NotImplementedType") else told


def _data(thing: Thing, told: Any) -> Any:
    return _needs_data(thing) if isinstance(told, Thing) else told


def _needs_data(thing: Thing) -> NoReturn:
    use, number, _ = _inside(thing)
    use("refuse", number, "", [], {})
    raise TypeError("an object where plain data is needed")


class Unfulfilled(AssertionError):
    """What did not hold, as JSON."""


def compared(text: str, how: str, left: Any, right: Any, said: Callable[[], Any] | None = None) -> None:
    """`assert left == right, said` and the like."""
    if not OPERATORS[how](left, right):
        _refuse(text, (left, right), said)


def called(
    text: str,
    function: Callable[..., Any],
    args: tuple[Any, ...],
    named: dict[str, Any],
    said: Callable[[], Any] | None = None,
) -> None:
    """`assert function(*args, **named), said`."""
    if not function(*args, **named):
        _refuse(text, args, said)


def held(text: str, value: Any, said: Callable[[], Any] | None = None) -> None:
    """Any other assert."""
    if not value:
        _refuse(text, (), said)


def examples(text: str, names: dict[str, Any]) -> None:
    """Run the examples of a doctest one after the other, each compared as `doctest` does."""
    import doctest  # loads much, and few cells are doctests
    import traceback

    checker = doctest.OutputChecker()
    form = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    for each in doctest.DocTestParser().get_examples(text):
        printed, raised = _Printed(), ""
        with contextlib.redirect_stdout(printed), printed.showing():
            try:
                exec(compile(each.source, "<cell 1>", "single"), names)  # noqa: S102  # the instructor's own text
            except Exception as error:
                if each.exc_msg is None:
                    raise
                raised = "".join(traceback.format_exception_only(error))
        want, got = (each.want, printed.getvalue()) if each.exc_msg is None else (each.exc_msg, raised)
        if not any(checker.check_output(want, text, form) for text in (got, raised or printed.older.getvalue())):
            _refuse(f"{each.source.strip()} -> {want.strip()}", (), got.strip)


class _Printed(io.StringIO):
    """What an example prints; and `older`, the same with values as NumPy wrote them before version 2: who made the
    test of a doctest meant the value."""

    def __init__(self) -> None:
        super().__init__()
        self.older = io.StringIO()

    def write(self, text: str) -> int:
        self.older.write(text)
        return super().write(text)

    @contextlib.contextmanager
    def showing(self) -> Iterator[None]:
        """Meanwhile what an example comes to is shown here."""
        before, sys.displayhook = sys.displayhook, self._shown
        try:
            yield
        finally:
            sys.displayhook = before

    def _shown(self, value: Any) -> None:
        if value is not None:
            super().write(f"{value!r}\n")
            with np.printoptions(legacy="1.25"):
                self.older.write(f"{value!r}\n")


def _shown(value: Any) -> str:
    """As Python writes it; an object of the student's is not asked, which may raise."""
    return f"<{_inside(value)[2][0].removeprefix('__main__.')}>" if isinstance(value, Thing) else repr(value)


def _refuse(text: str, values: Sequence[Any], said: Callable[[], Any] | None) -> NoReturn:
    told = "" if said is None else str(said())
    shown = [" ".join(_shown(each).split())[:MOST_VALUE] for each in values[:MOST_VALUES]]
    what = {"text": text[:MOST_TEXT], "values": shown, "said": told[:MOST_TEXT]}
    raise Unfulfilled(json.dumps(what, ensure_ascii=False))
