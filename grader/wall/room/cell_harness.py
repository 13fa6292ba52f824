"""The harness of a cell room: its text runs there, before an instructor's cell, and never in a student's room.

Each assert of the cell was made a call of one of these, see `judging/cells/asserts.py`; what does not hold is told in
the text of the exception, by value. Nothing of the grader is imported: nothing of it is there.
"""

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


def _refuse(text: str, values: Sequence[Any], said: Callable[[], Any] | None) -> NoReturn:
    told = "" if said is None else str(said())
    shown = [" ".join(repr(each).split())[:MOST_VALUE] for each in values[:MOST_VALUES]]
    what = {"text": text[:MOST_TEXT], "values": shown, "said": told[:MOST_TEXT]}
    raise Unfulfilled(json.dumps(what, ensure_ascii=False))
