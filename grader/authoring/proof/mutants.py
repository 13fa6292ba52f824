"""Mutants of a reference: its source with one small mistake each. What they are worth is found out elsewhere.

Only the statements that bind the target are touched: earlier functions have exercises of their own.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.authoring.proof.operators import OPERATORS

#: characters of the statement that a mutant's name shows on both sides of what was changed
CONTEXT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A script with one mistake in it: the operator that made it, the line, that statement before and after."""

    operator: str
    line: int
    was: str
    becomes: str
    source: str

    @property
    def name(self) -> str:
        """One line that tells a reader what was changed: the statement with a mark around what differs."""
        start = _alike(self.was, self.becomes)
        ending = _alike(self.was[start:][::-1], self.becomes[start:][::-1])
        before, after = (text[: len(text) - ending][start:] for text in (self.was, self.becomes))
        context = self.was[max(0, start - CONTEXT) : start]
        rest = self.was[len(self.was) - ending :][:CONTEXT]
        return f"line {self.line}, {self.operator}: {context}[{before} -> {after}]{rest}"


def mutants(source: str, target: str) -> tuple[Mutant, ...]:
    """All distinct mutants of the statements in `source` that bind `target`, in the order of the lines."""
    tree = ast.parse(source)
    seen = {"\n".join(map(ast.unparse, tree.body))}
    found = []
    for mutant in _all(tree, target):
        if mutant.source not in seen and _compiles(mutant.source):
            seen.add(mutant.source)
            found.append(mutant)
    return tuple(sorted(found, key=lambda each: each.line))


def _all(tree: ast.Module, target: str) -> Iterator[Mutant]:
    texts = [ast.unparse(statement) for statement in tree.body]
    for position, statement in enumerate(tree.body):
        if not _binds(statement, target):
            continue
        before, after = texts[:position], texts[position + 1 :]
        for place in _places(statement):
            for operator, replace in OPERATORS.items():
                for new in replace(place.node):
                    changed = _replaced(statement, place.path, copy.deepcopy(new))
                    yield _mutant(statement, changed, place, operator, around=(before, after))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A node, how to get to it from its top-level statement, and the innermost statement around it."""

    node: ast.AST
    path: tuple[tuple[str, int | None], ...]
    statement: int  # how many steps of the path lead to the innermost statement


def _places(statement: ast.stmt) -> Iterator[_Place]:
    """Every node below the statement, but annotations, docstrings, decorators and what is printed or raised."""
    waiting = [_Place(node=statement, path=(), statement=0)]
    while waiting:
        place = waiting.pop()
        yield place
        waiting.extend(reversed([below for below in _below(place) if not _is_talk(below.node)]))


def _below(place: _Place) -> Iterator[_Place]:
    for field, value in ast.iter_fields(place.node):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        items: list[tuple[int | None, Any]] = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for index, child in items:
            if isinstance(child, ast.AST):
                path = (*place.path, (field, index))
                inner = len(path) if isinstance(child, ast.stmt) else place.statement
                yield _Place(node=child, path=path, statement=inner)


def _is_talk(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Assert():
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
        case _:
            return False


def _mutant(
    statement: ast.stmt, changed: ast.stmt, place: _Place, operator: str, *, around: tuple[list[str], list[str]]
) -> Mutant:
    ast.fix_missing_locations(changed)
    was, becomes = (_at(each, place.path[: place.statement]) for each in (statement, changed))
    return Mutant(
        operator=operator,
        line=getattr(was, "lineno", 1),
        was=_first_line(was),
        becomes=_first_line(becomes),
        source="\n".join([*around[0], ast.unparse(changed), *around[1]]),
    )


def _replaced(node: Any, path: tuple[tuple[str, int | None], ...], new: ast.AST) -> Any:
    """A copy of `node` in which the node at the end of `path` is `new`; what is not on the way is shared."""
    if not path:
        return new
    (field, index), rest = path[0], path[1:]
    changed = copy.copy(node)
    if index is None:
        setattr(changed, field, _replaced(getattr(node, field), rest, new))
    else:
        items = list(getattr(node, field))
        items[index] = _replaced(items[index], rest, new)
        setattr(changed, field, items)
    return changed


def _at(node: Any, path: tuple[tuple[str, int | None], ...]) -> Any:
    for field, index in path:
        node = getattr(node, field) if index is None else getattr(node, field)[index]
    return node


def _first_line(statement: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(statement)).partition("\n")[0]


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _binds(statement: ast.stmt, target: str) -> bool:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name == target
        case ast.Assign(targets=targets):
            return any(isinstance(each, ast.Name) and each.id == target for each in targets)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
            return name == target
        case _:
            return False


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True
