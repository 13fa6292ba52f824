"""The harness of a cell room: what an instructor's cell is run with. Zygotes have it loaded; no student's room uses it.

Each assert of the cell was made a call of one of these, see `judging/cells/asserts.py`; what does not hold is told in
the text of the exception, by value. It imports nothing of the grader.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

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

    def __init__(self, use: Callable[..., Any], number: int, kind: str = "") -> None:
        object.__setattr__(self, "__grader__", (use, number, kind))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__array"):  # what NumPy looks for in all that it meets
            raise AttributeError(name)
        return _taken(self, "attribute", name)

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
        return iter(_data(self, _asked(self, "__iter__")))

    def __len__(self) -> Any:
        return _data(self, _asked(self, "__len__"))

    def __str__(self) -> Any:
        return _data(self, _asked(self, "__str__"))

    def __repr__(self) -> Any:
        return _data(self, _asked(self, "__repr__"))

    def __bool__(self) -> bool:
        return _needs_data(self)

    def __eq__(self, other: object) -> Any:
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


def _inside(thing: Any) -> tuple[Callable[..., Any], int, str]:
    return object.__getattribute__(thing, "__grader__")  # type: ignore[no-any-return]  # as it was put there


def _taken(
    thing: Thing, does: str, name: Any = "", args: Sequence[Any] = (), named: dict[str, Any] | None = None
) -> Any:
    use, number, _ = _inside(thing)
    sent = {key: _sent(value) for key, value in (named or {}).items()}
    is_thing, *told = use(does, number, name, list(map(_sent, args)), sent)
    return Thing(use, *told) if is_thing else told[0]


def _sent(value: Any) -> tuple[bool, Any]:
    return (True, _inside(value)[1]) if isinstance(value, Thing) else (False, value)


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
    return NotImplemented if isinstance(told, Thing) and _inside(told)[2].endswith(".NotImplementedType") else told


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
    import contextlib
    import doctest  # loads much, and few cells are doctests
    import io
    import traceback

    checker = doctest.OutputChecker()
    form = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    for each in doctest.DocTestParser().get_examples(text):
        printed, raised = io.StringIO(), ""
        with contextlib.redirect_stdout(printed):
            try:
                exec(compile(each.source, "<cell 1>", "single"), names)  # noqa: S102  # the instructor's own text
            except Exception as error:
                if each.exc_msg is None:
                    raise
                raised = "".join(traceback.format_exception_only(error))
        want, got = (each.want, printed.getvalue()) if each.exc_msg is None else (each.exc_msg, raised)
        if not checker.check_output(want, got, form):
            _refuse(f"{each.source.strip()} -> {want.strip()}", (), got.strip)


def _shown(value: Any) -> str:
    """As Python writes it; an object of the student's is not asked, which may raise."""
    return f"<{_inside(value)[2].removeprefix('__main__.')}>" if isinstance(value, Thing) else repr(value)


def _refuse(text: str, values: Sequence[Any], said: Callable[[], Any] | None) -> NoReturn:
    told = "" if said is None else str(said())
    shown = [" ".join(_shown(each).split())[:MOST_VALUE] for each in values[:MOST_VALUES]]
    what = {"text": text[:MOST_TEXT], "values": shown, "said": told[:MOST_TEXT]}
    raise Unfulfilled(json.dumps(what, ensure_ascii=False))
