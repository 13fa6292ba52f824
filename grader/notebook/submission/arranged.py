"""Code as it is compared with that of others: its signs, in an order that is the same however the lines were shuffled.

Left out is what does nothing: comments, docstrings, annotations, imports, prints, lines whose result nobody reads or
that nobody comes to. Names say nothing, but for Python's own; attributes, keywords and constants do.
Statements of a block that do not need each other are put in an order of their own. Nothing is compared here.
"""

from __future__ import annotations

import ast
import builtins
import heapq
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from grader.notebook.submission import foreign
from grader.notebook.submission.scopes import root

_BUILTINS: Final = frozenset(dir(builtins))
_SHOWS: Final = frozenset({"print", "display"})
#: fields that say nothing of the steps, or are names of the code's own
_LEFT_OUT: Final = frozenset(
    {"ctx", "annotation", "returns", "type_comment", "kind", "simple", "type_params", "asname", "rest"}
)
_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_LEAVES: Final = (ast.Return, ast.Raise, ast.Break, ast.Continue)
_HOLDS: Final = (ast.If, ast.For, ast.While, ast.With)
#: rounds of leaving out what only served what was left out before
_ROUNDS: Final = 5
#: what all statements with an effect beyond their names are taken to change
_OUTSIDE: Final = "<outside>"


@dataclass(frozen=True, slots=True)
class Placed:
    """One sign of the code as a number, and the line it stands on, counted from 1."""

    sign: int
    line: int


def arranged(source: str) -> tuple[Placed, ...] | None:
    """All signs of the code, arranged; None if it is no Python. Only for a process with a bound on time and memory, as
    `reading.py` has it."""
    read = foreign.tree(source)
    if isinstance(read, foreign.Refused):
        return None
    for _ in range(_ROUNDS):
        loaded = frozenset(_loaded([read]))
        read.body = _of_use(read.body, loaded, inside=False)
        if frozenset(_loaded([read])) == loaded:
            break
    own = frozenset(each.attr for each in ast.walk(read) if isinstance(each, ast.Attribute) and _is_bound(each))
    return tuple(_block(read.body, own))


def _is_bound(node: ast.Attribute) -> bool:
    """Whether the code gives the attribute its name."""
    return isinstance(node.ctx, ast.Store)


def _loaded(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        yield from (each.id for each in ast.walk(node) if isinstance(each, ast.Name) and _is_read(each))


def _is_read(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Load)


def _of_use(block: Sequence[ast.stmt], loaded: frozenset[str], *, inside: bool) -> list[ast.stmt]:
    """The statements that do something; `inside` a function, those whose names are `loaded` somewhere."""
    kept: list[ast.stmt] = []
    for each in block:
        within = inside or isinstance(each, _FUNCTIONS)
        for name in ("body", "orelse", "finalbody"):
            if isinstance(held := getattr(each, name, None), list):
                setattr(each, name, _of_use(held, loaded, inside=within))
        if not _is_idle(each, loaded, inside=inside):
            kept.append(each)
        if isinstance(each, _LEAVES):
            break
    return kept


def _is_idle(each: ast.stmt, loaded: frozenset[str], *, inside: bool) -> bool:
    match each:
        case ast.Pass() | ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))):
            return name in _SHOWS
        case ast.Assign(targets=targets):
            return inside and _unread(targets, loaded)
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            return inside and _unread([target], loaded)
        case ast.If(test=ast.Constant(value=value), orelse=[]) | ast.While(test=ast.Constant(value=value)) if not value:
            return True
    return isinstance(each, _HOLDS) and not each.body and not getattr(each, "orelse", None)


def _unread(targets: Sequence[ast.expr], loaded: frozenset[str]) -> bool:
    return all(isinstance(each, ast.Name) and each.id not in loaded for each in targets)


def _block(block: Sequence[ast.stmt], own: frozenset[str]) -> Iterator[Placed]:
    told = [tuple(_statement(each, own)) for each in block]
    for at in _order(block, told):
        yield from told[at]


def _statement(statement: ast.stmt, own: frozenset[str]) -> Iterator[Placed]:
    """The signs of a statement; of what is within it, the blocks arranged."""
    stack: list[tuple[ast.AST | tuple[Placed, ...], int]] = [(statement, statement.lineno)]
    while stack:
        node, line = stack.pop()
        if isinstance(node, tuple):
            yield from node
            continue
        line = getattr(node, "lineno", line)
        yield Placed(zlib.crc32(_told(node, own).encode("utf-8", "surrogatepass")), line)
        stack.extend((child, line) for child in reversed(list(_children(node, own))))


def _children(node: ast.AST, own: frozenset[str]) -> Iterator[ast.AST | tuple[Placed, ...]]:
    """What stands in a node, a block of statements as its signs."""
    for name, value in ast.iter_fields(node):
        if name in _LEFT_OUT:
            continue
        if isinstance(value, ast.AST):
            yield value
        elif isinstance(value, list) and value and isinstance(value[0], ast.stmt):
            yield tuple(_block(value, own))
        elif isinstance(value, list):
            yield from (each for each in value if isinstance(each, ast.AST))


def _told(node: ast.AST, own: frozenset[str]) -> str:
    """The kind of a node and what of it says something."""
    match node:
        case ast.Name(id=name):
            return f"Name {name}" if name in _BUILTINS else "Name"
        case ast.Attribute(attr=name):
            return "Attribute" if name in own else f"Attribute {name}"
        case ast.keyword(arg=name):
            return f"keyword {name}"
        case ast.Constant(value=value):
            return f"Constant {_value(value)}"
        case ast.AnnAssign():
            return "Assign"
    return type(node).__name__


def _value(value: Any) -> str:
    """As text; a whole number the same however it is written, and in hexadecimal: it may have too many digits."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return hex(value) if isinstance(value, int) and not isinstance(value, bool) else repr(value)


@dataclass(slots=True)
class _Uses:
    """The names that a statement reads, and those that it changes."""

    reads: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)


def _uses(statement: ast.stmt) -> _Uses:
    found = _Uses()
    if isinstance(statement, (*_FUNCTIONS, ast.ClassDef)):  # what its body uses is used when it is called
        found.changes.add(statement.name)
        found.reads.update(_loaded(statement.decorator_list))
        return found
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                found.reads.add(name)
            case ast.Name(id=name):
                found.changes.add(name)
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                found.changes.add(root(node) or _OUTSIDE)
            case ast.Expr():  # a call for its effect
                found.changes.update([_OUTSIDE, *_loaded([node])])
            case ast.Return() | ast.Raise() | ast.Break() | ast.Continue() | ast.Assert():
                found.changes.add(_OUTSIDE)
    return found


def _order(block: Sequence[ast.stmt], told: Sequence[Sequence[Placed]]) -> Iterator[int]:
    """The places of the statements: each after those that it needs, else by how they read."""
    after, waits = _needs(block)
    ranks = [zlib.crc32(b"".join(each.sign.to_bytes(4, "big") for each in signs)) for signs in told]
    ready = [(ranks[at], at) for at in range(len(block)) if not waits[at]]
    heapq.heapify(ready)
    while ready:
        _, at = heapq.heappop(ready)
        yield at
        for later in after[at]:
            waits[later] -= 1
            if not waits[later]:
                heapq.heappush(ready, (ranks[later], later))


def _needs(block: Sequence[ast.stmt]) -> tuple[Mapping[int, set[int]], list[int]]:
    """For each statement which later ones wait for it, and for how many it waits itself."""
    after: defaultdict[int, set[int]] = defaultdict(set)
    changed: dict[str, int] = {}
    read: defaultdict[str, list[int]] = defaultdict(list)
    for at, statement in enumerate(block):
        uses = _uses(statement)
        earlier = {changed[name] for name in uses.reads | uses.changes if name in changed}
        earlier.update(other for name in uses.changes for other in read[name])
        if isinstance(statement, _LEAVES):
            earlier.update(range(at))
        for other in earlier - {at}:
            after[other].add(at)
        for name in uses.changes:
            changed[name], read[name] = at, []
        for name in uses.reads:
            read[name].append(at)
    waits = [0] * len(block)
    for later in after.values():
        for each in later:
            waits[each] += 1
    return after, waits
