"""Slips of the pen that the text of an answer shows: a name spelled almost as another, `^` where a power is meant.

Only words follow from this. The text was read before, so it is Python; what is looked at is bounded all the same.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from grader.notebook.submission import Plan
from grader.wall.protocol import Statement, StudentError

MAX_SOURCE: Final = 20_000  # characters of one statement
MAX_NAMES: Final = 300
MAX_STATEMENTS: Final = 1_000  # of a plan; real ones hold tens, and every error looks through them
LIKE: Final = 0.76  # `exp_z` and `expo_z` are alike, `dW1` and `dW2` are not


def with_meant(error: StudentError, plan: Plan) -> StudentError:
    """The error of a missing name, with the name of the notebook that was probably meant."""
    if error.type != "NameError" or not error.missing or not error.missing.isidentifier():
        return error
    others = [name for name in _names_around(error, plan) if name != plan.target]  # no answer means to call itself
    return replace(error, meant=_nearest(error.missing, others))


def power_line(plan: Plan) -> int | None:
    """The line of the answer's own definition on which `^` stands between numbers, if one does."""
    for statement in plan.statements:
        if statement.role == "cell" and statement.line == plan.line:
            found = (each.lineno for each in _nodes(statement) if isinstance(each, ast.BinOp) and _is_power(each))
            return next((statement.line + line - 1 for line in found), None)
    return None


def _is_power(node: ast.BinOp) -> bool:
    """Whether it may be one: `x ^ 2`, and not the exclusive or of comparisons and truth values."""
    return isinstance(node.op, ast.BitXor) and not any(
        isinstance(side, ast.Compare | ast.BoolOp) for side in (node.left, node.right)
    )


def _nearest(missing: str, names: list[str]) -> str | None:
    if missing in names:  # it exists, but not there
        return None
    alike = next((name for name in names if name.casefold() == missing.casefold()), None)
    return alike or next(iter(difflib.get_close_matches(missing, names, n=1, cutoff=LIKE)), None)


def _names_around(error: StudentError, plan: Plan) -> Iterator[str]:
    """Names that the statement which raised binds anywhere in it, then those that the others bind at the top."""
    seen: dict[str, None] = {}
    for statement in sorted(plan.statements, key=lambda each: not _holds(each, error))[:MAX_STATEMENTS]:
        if len(seen) > MAX_NAMES:
            break
        nodes = _nodes(statement) if _holds(statement, error) else _top(statement)
        seen.update((name, None) for node in nodes for name in _bound(node))
    seen.update((each.name, None) for each in plan.borrowed)
    yield from list(seen)[:MAX_NAMES]


def _holds(statement: Statement, error: StudentError) -> bool:
    last = statement.line + statement.source.count("\n")
    return statement.cell == error.cell and error.line is not None and statement.line <= error.line <= last


def _nodes(statement: Statement) -> Iterator[ast.AST]:
    yield from (node for tree in _top(statement) for node in ast.walk(tree))


def _top(statement: Statement) -> list[ast.stmt]:
    if len(statement.source) > MAX_SOURCE:
        return []
    try:
        return ast.parse(statement.source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (each.id for each in targets if isinstance(each, ast.Name))
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in aliases if alias.name != "*")
