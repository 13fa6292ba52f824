"""Asserts that tell what they compared: a cell's text with each of them made a call of the harness in its room.

Lines stay where they are. What the harness then says of one that does not hold is read back here. Nothing runs here.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

#: the harness's functions, and the exception in which it says what did not hold; see `wall/room/cell_harness.py`
COMPARED, CALLED, HELD = "__grader_compared__", "__grader_called__", "__grader_held__"
EXAMPLES: Final = "__grader_examples__"
UNFULFILLED: Final = "Unfulfilled"
#: what looks at the place it is called from, so that calling it elsewhere would be something else
_LOOK_AROUND: Final = frozenset({"locals", "globals", "vars", "dir", "eval", "exec", "super"})
_OPERATORS: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfulfilled:
    """What did not hold: its text, the values on which it depended as text, and what the author says of it."""

    text: str
    values: tuple[str, ...] = ()
    said: str = ""


def telling(source: str) -> str:
    """The cell with asserts that tell their values; as it is where it is no Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return source
    found = sorted((each for each in ast.walk(tree) if isinstance(each, ast.Assert)), key=_place, reverse=True)
    for each in found:  # the last first, so that places before it stay
        source = _replaced(source, each)
    return source


def asserting(source: str) -> tuple[bool, ...]:
    """For each top-level statement, whether an assert is in it, or a call alone, which may be one of a library's."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return (True,)
    return tuple(any(isinstance(each, ast.Assert) for each in ast.walk(one)) or _is_call(one) for one in body)


def apart(source: str) -> list[tuple[int, str]]:
    """The top-level statements, each with its line counted from 1; the whole where it is no Python."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return [(1, source)]
    lines = source.split("\n")
    return [(_first(one), "\n".join(lines[_first(one) - 1 : one.end_lineno])) for one in body]


def read(text: str) -> Unfulfilled:
    """What the harness said in its exception."""
    try:
        told = json.loads(text)
        values = tuple(str(each) for each in told["values"])
        return Unfulfilled(text=str(told["text"]), values=values, said=str(told["said"]))
    except (ValueError, KeyError, TypeError):
        return Unfulfilled(text=text)


def line_of(source: str, line: int | None) -> str:
    """The top-level statement that stands on `line`, in one line; empty if none does."""
    for first, text in apart(source):
        if line is not None and first <= line < first + text.count("\n") + 1:
            return " ".join(text.split())
    return ""


def _is_call(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)


def _first(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])


def _place(node: ast.Assert) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _replaced(source: str, node: ast.Assert) -> str:
    old = ast.get_source_segment(source, node)
    if old is None or any(isinstance(each, ast.Await | ast.NamedExpr) for each in ast.walk(node)):
        return source
    text = f"assert {ast.unparse(node.test)}"
    said = "" if node.msg is None else f", said=lambda: ({_segment(source, node.msg)})"
    new = f"{_call(source, node.test, text)}{said})"
    new = f"{new[:-1]}{chr(10) * (old.count(chr(10)) - new.count(chr(10)))})"
    lines = source.split("\n")
    before, after = lines[: node.lineno - 1], lines[(node.end_lineno or node.lineno) :]
    first, last = lines[node.lineno - 1].encode(), lines[(node.end_lineno or node.lineno) - 1].encode()
    middle = first[: node.col_offset].decode() + new + last[node.end_col_offset :].decode()
    return "\n".join([*before, middle, *after])


def _call(source: str, test: ast.expr, text: str) -> str:
    """The beginning of the harness's call for one assert, up to its last argument."""
    match test:
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in _OPERATORS:
            sides = f"({_segment(source, left)}), ({_segment(source, right)})"
            return f"{COMPARED}({text!r}, {_OPERATORS[type(operator)]!r}, {sides}"
        case ast.Call(func=function) if not (isinstance(function, ast.Name) and function.id in _LOOK_AROUND):
            passed = [each.strip() for each in _arguments(source, test)]
            return f"{CALLED}({text!r}, ({_segment(source, function)}), ({_tuple(passed)}), {_named(source, test)}"
        case _:
            return f"{HELD}({text!r}, ({_segment(source, test)})"


def _arguments(source: str, call: ast.Call) -> Iterator[str]:
    for each in call.args:
        if isinstance(each, ast.Starred):
            yield f"*({_segment(source, each.value)})"
        else:
            yield f"({_segment(source, each)})"


def _named(source: str, call: ast.Call) -> str:
    pairs = (
        f"**({_segment(source, each.value)})" if each.arg is None else f"{each.arg!r}: ({_segment(source, each.value)})"
        for each in call.keywords
    )
    return "{" + ", ".join(pairs) + "}"


def _tuple(parts: Sequence[str]) -> str:
    return "".join(f"{each}, " for each in parts)


def _segment(source: str, node: ast.expr) -> str:
    return ast.get_source_segment(source, node) or ast.unparse(node)
