"""Asserts that tell what they compared: a cell's text with each of them made a call of the harness in its room.

Lines stay where they are. What the harness then says of one that does not hold is read back here. Nothing runs here.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeGuard

#: the harness's functions, and the exception in which it says what did not hold; see `wall/room/cell_harness.py`
COMPARED, CALLED, HELD = "__grader_compared__", "__grader_called__", "__grader_held__"
EXAMPLES: Final = "__grader_examples__"
TAKEN, GIVEN = "__grader_taken__", "__grader_given__"
UNFULFILLED: Final = "Unfulfilled"
#: what looks at the place it is called from, so that calling it elsewhere would be something else
_LOOK_AROUND: Final = frozenset({"locals", "globals", "vars", "dir", "eval", "exec", "super"})
#: how names begin of what fails where something does not hold
_CHECKS: Final = ("assert", "test", "check", "verify", "compare", "expect")
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


@lru_cache(maxsize=256)
def telling(source: str, names: tuple[str, ...] = ()) -> str:
    """The cell with asserts that tell their values, and which says when it takes one of the student's `names` away and
    gives it back; as it is where it is no Python. The same for a whole class."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return source
    text = _Text(source)
    found: list[ast.stmt] = [each for each in ast.walk(tree) if isinstance(each, ast.Assert)]
    moved = dict(_moves(tree, names))
    for each in sorted([*found, *moved], key=_place, reverse=True):  # the last first, so that places before it stay
        if each in moved:
            text.replace(each, f"{text.of(each)}; {moved[each]}")
        elif isinstance(each, ast.Assert) and not any(
            isinstance(part, ast.Await | ast.NamedExpr) for part in ast.walk(each)
        ):
            text.replace(each, _told(text, each))
    return text.whole


def asserting(source: str) -> tuple[bool, ...]:
    """For each top-level statement, whether an assert is in it, or it calls what by its name is one of a library's or a
    helper of the cell's: nobody earns a share by a call that asks for nothing, as one that seeds."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return (True,)
    return tuple(any(isinstance(each, ast.Assert) for each in ast.walk(one)) or _checks(one) for one in body)


def apart(source: str) -> list[tuple[int, str]]:
    """The top-level statements, each with its line counted from 1; the whole where it is no Python."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return [(1, source)]
    text = _Text(source)
    lines = source.split("\n")
    return [
        (first, text.of(one) if first == one.lineno else "\n".join(lines[first - 1 : one.end_lineno]))
        for one, first in zip(body, map(_first, body), strict=True)
    ]


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


def _checks(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name))):
            return name.lstrip("_").lower().startswith(_CHECKS)
        case _:
            return False


def _first(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])


def _moves(tree: ast.Module, names: tuple[str, ...]) -> Iterator[tuple[ast.stmt, str]]:
    """The statements that take one of these names from all that see it, or bind one that was taken, each with what is
    to be said; within a function they do so to a name of its own."""
    statements = list(_outside_functions(tree))
    taken: dict[ast.stmt, list[str]] = {
        each: [one.id for one in each.targets if _is_of(one, names)]
        for each in statements
        if isinstance(each, ast.Delete)
    }
    missing = tuple(name for each in taken.values() for name in each)
    for statement in statements:
        gone = taken.get(statement, [])
        bound = statement.targets if isinstance(statement, ast.Assign) else []
        back = [each.id for each in bound if _is_of(each, missing)]
        if gone or back:
            yield statement, f"{TAKEN if gone else GIVEN}({', '.join(map(repr, gone or back))})"


def _outside_functions(node: ast.AST) -> Iterator[ast.stmt]:
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.stmt):
            yield each
        if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield from _outside_functions(each)


def _is_of(node: ast.expr, names: tuple[str, ...]) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and node.id in names


def _place(node: ast.stmt) -> tuple[int, int]:
    return node.lineno, node.col_offset


class _Text:
    """A cell by its lines, in bytes, since places in a tree are counted so."""

    def __init__(self, source: str) -> None:
        self._lines = source.encode().split(b"\n")

    @property
    def whole(self) -> str:
        return b"\n".join(self._lines).decode()

    def of(self, node: ast.expr | ast.stmt) -> str:
        """The text of a node."""
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        if first == last:
            return self._lines[first][node.col_offset : node.end_col_offset].decode()
        parts = [self._lines[first][node.col_offset :], *self._lines[first + 1 : last]]
        return b"\n".join([*parts, self._lines[last][: node.end_col_offset]]).decode()

    def replace(self, node: ast.stmt, new: str) -> None:
        """Put `new`, which ends with a parenthesis, in the place of a statement, on as many lines."""
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        missing = b"\n" * (last - first - new.count("\n"))
        new_bytes = new[:-1].encode() + missing + b")"
        middle = self._lines[first][: node.col_offset] + new_bytes + self._lines[last][node.end_col_offset :]
        self._lines[first : last + 1] = middle.split(b"\n")


def _told(text: _Text, node: ast.Assert) -> str:
    """The harness's call in the place of one assert."""
    said = "" if node.msg is None else f", said=lambda: ({text.of(node.msg)})"
    shown = repr(f"assert {ast.unparse(node.test)}")
    match node.test:
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if type(operator) in _OPERATORS:
            how = repr(_OPERATORS[type(operator)])
            return f"{COMPARED}({shown}, {how}, ({text.of(left)}), ({text.of(right)}){said})"
        case ast.Call(func=function) as call if not (isinstance(function, ast.Name) and function.id in _LOOK_AROUND):
            passed = "".join(f"{each}, " for each in _arguments(text, call))
            return f"{CALLED}({shown}, ({text.of(function)}), ({passed}), {_named(text, call)}{said})"
        case _:
            return f"{HELD}({shown}, ({text.of(node.test)}){said})"


def _arguments(text: _Text, call: ast.Call) -> Iterator[str]:
    for each in call.args:
        yield f"*({text.of(each.value)})" if isinstance(each, ast.Starred) else f"({text.of(each)})"


def _named(text: _Text, call: ast.Call) -> str:
    pairs = (
        f"**({text.of(each.value)})" if each.arg is None else f"{each.arg!r}: ({text.of(each.value)})"
        for each in call.keywords
    )
    return "{" + ", ".join(pairs) + "}"
