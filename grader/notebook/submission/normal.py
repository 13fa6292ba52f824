"""Code as it reads once names, comments and formatting are taken out: what two texts have in common that do the same in
the same steps.

Names that the code binds itself are numbered by the order in which they occur, each in its scope; names from elsewhere,
attributes and constants stay. Docstrings and annotations are left out, code that is never reached is not. The walk has
a stack of its own, as `scopes.py`'s. Nothing is compared here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

from grader.notebook.submission import foreign
from grader.notebook.submission.scopes import COMPREHENSIONS, FUNCTIONS, locals_of, stored_names

#: what says nothing of the steps: how a name is used is seen from where it stands
_LEFT_OUT: Final = frozenset({"ctx", "annotation", "returns", "type_comment", "kind", "simple", "type_params"})
#: fields that hold a name which may be the code's own
_NAMES: Final = frozenset({"id", "name", "asname", "rest"})
_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Sign:
    """One node of the code: its kind with what stays of it; the number of its own name, in which scope, or nothing;
    and how many parts its lists have."""

    kind: str
    number: str
    parts: tuple[int, ...]


@dataclass(slots=True)
class _Scope:
    """The names of one scope, numbered as they occur."""

    bound: frozenset[str]
    outer: _Scope | None = None
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> str | None:
        """Of a name, how many scopes outwards and as which of its names; None if it is from elsewhere."""
        scope: _Scope | None = self
        away = 0
        while scope is not None:
            if name in scope.bound:
                return f"{away}.{scope.numbers.setdefault(name, len(scope.numbers))}"
            scope, away = scope.outer, away + 1
        return None


def signs(source: str) -> tuple[Sign, ...]:
    """The code, from its first node to its last; nothing of what is no Python. Only for a process with a bound on time
    and memory, as `reading.py` has it."""
    read = foreign.tree(source)
    return () if isinstance(read, foreign.Refused) else tuple(_walked(read))


def digest(found: Iterable[Sign]) -> str:
    """The same for all code that reads alike."""
    made = blake2b(digest_size=_BYTES)
    for each in found:
        made.update(repr((each.kind, each.number, each.parts)).encode("utf-8", "surrogatepass"))
    return made.hexdigest()


def _walked(tree: ast.Module) -> Iterator[Sign]:
    stack: list[tuple[ast.AST, _Scope]] = [(tree, _Scope(frozenset(stored_names(tree.body))))]
    while stack:
        node, outer = stack.pop()
        scope = _scope_of(node, outer)
        kept, parts, names, children = [type(node).__name__], [], [], []
        for name, value in ast.iter_fields(node):
            if name in _LEFT_OUT:
                continue
            if isinstance(value, ast.AST):
                children.append(value)
            elif isinstance(value, list) and not (value and isinstance(value[0], str)):
                held = _without_docstring(node, value) if name == "body" else [each for each in value if each]
                parts.append(len(held))
                children += held
            elif (number := _number(node, name, value, scope if isinstance(node, ast.arg) else outer)) is not None:
                names.append(number)
            else:
                kept.append(_text(value))
        yield Sign(" ".join(kept), " ".join(names), tuple(parts))
        stack.extend((child, scope) for child in reversed(children))


def _scope_of(node: ast.AST, outer: _Scope) -> _Scope:
    """The scope of what is in `node`."""
    if isinstance(node, FUNCTIONS):
        return _Scope(locals_of(node)[0], outer)
    if isinstance(node, COMPREHENSIONS):
        return _Scope(frozenset(stored_names([each.target for each in node.generators])), outer)
    return outer


def _number(node: ast.AST, field: str, value: object, scope: _Scope) -> str | None:
    """Of a name that is the code's own."""
    is_name = field in _NAMES and not (isinstance(node, ast.alias) and field == "name")
    return scope.number(value) if isinstance(value, str) and (is_name or isinstance(node, ast.arg)) else None


def _without_docstring(node: ast.AST, body: list[Any]) -> list[Any]:
    if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        first = body[0] if body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            return body[1:]
    return body


def _text(value: object) -> str:
    """A whole number is written in hexadecimal: one with too many digits has no decimal form."""
    return hex(value) if isinstance(value, int) and not isinstance(value, bool) else repr(value)
