"""Scopes: which names of a piece of code are its own, and which it takes from the notebook around it.

Everything is walked with a stack of our own, since a student's code may nest deeper than ours may recurse.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias, TypeVar

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
Hidden: TypeAlias = frozenset[str]
T = TypeVar("T")

FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def free_names(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, bool]]:
    """Names read by `nodes` that are not local to a function, comprehension or class in them; True if read later."""
    nothing: Hidden = frozenset()
    stack: list[tuple[ast.AST, Hidden, Hidden, bool]] = [(node, nothing, nothing, False) for node in nodes]
    while stack:
        node, hidden, in_class, later = stack.pop()
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load) and node.id not in hidden and node.id not in in_class:
                yield node.id, later
        elif isinstance(node, ast.Import) and later:
            yield from ((package, True) for package in _packages(node))
        elif isinstance(node, FUNCTIONS):
            locals_, shared = locals_of(node)
            yield from ((name, True) for name in shared - hidden)
            stack.extend((part, hidden, in_class, later) for part in _outside_body(node))
            stack.extend((part, hidden | locals_, nothing, True) for part in _body(node))
        elif isinstance(node, COMPREHENSIONS):
            inner = hidden | frozenset(stored_names([each.target for each in node.generators]))
            stack.append((node.generators[0].iter, hidden, in_class, later))
            stack.extend((part, inner, in_class, later) for part in _comprehension_parts(node))
        elif isinstance(node, ast.ClassDef):
            stack.extend((part, hidden, in_class, later) for part in _class_head(node))
            own = frozenset(stored_names(node.body))
            stack.extend((part, hidden, in_class | own, later) for part in node.body)
        else:
            stack.extend((child, hidden, in_class, later) for child in ast.iter_child_nodes(node))


def _packages(node: ast.Import) -> Iterator[str]:
    """Packages that a function imports for itself: what the notebook imported of them is there in the function too."""
    for package, dot, _ in (alias.name.partition(".") for alias in node.names if alias.asname is None):
        if dot and package not in sys.stdlib_module_names:
            yield package


def stored_names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in own_nodes(nodes):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.NamedExpr(target=ast.Name(id=name)):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                yield from imported_names(aliases)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.MatchMapping(rest=str(name)):
                yield name


def walrus_names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in own_nodes(nodes):
        if isinstance(node, ast.NamedExpr):
            yield node.target.id


def imported_names(aliases: Iterable[ast.alias]) -> list[str]:
    """The names that the aliases of an import statement bind; a star binds none that we can know."""
    return [alias.asname or alias.name.partition(".")[0] for alias in aliases if alias.name != "*"]


def root(node: ast.expr) -> str | None:
    """The name at the root of `a.b[0].c(...)`, here "a"."""
    while True:
        match node:
            case ast.Name(id=name):
                return name
            case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Starred(value=inner):
                node = inner
            case ast.Call(func=inner):
                node = inner
            case _:
                return None


def leaves(target: ast.expr) -> Iterator[ast.expr]:
    stack = [target]
    while stack:
        node = stack.pop()
        match node:
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                stack.extend(reversed(parts))
            case ast.Starred(value=inner):
                stack.append(inner)
            case _:
                yield node


def present(value: T | None) -> list[T]:
    return [] if value is None else [value]


def locals_of(node: Function) -> tuple[Hidden, Hidden]:
    """The names local to a function, and those it shares with the notebook by `global`."""
    own = {arg.arg for arg in parameters(node.args)}
    if isinstance(node, ast.Lambda):
        return frozenset(own | set(walrus_names([node.body]))), frozenset()
    elsewhere = [part for part in own_nodes(node.body) if isinstance(part, ast.Global | ast.Nonlocal)]
    shared = {name for part in elsewhere if isinstance(part, ast.Global) for name in part.names}
    excluded = {name for part in elsewhere for name in part.names}
    return frozenset((own | set(stored_names(node.body))) - excluded), frozenset(shared)


def parameters(args: ast.arguments) -> list[ast.arg]:
    return [*args.posonlyargs, *args.args, *args.kwonlyargs, *present(args.vararg), *present(args.kwarg)]


def _outside_body(node: Function) -> list[ast.AST]:
    """The parts of a function that are evaluated where it stands."""
    defaults: list[ast.AST] = [*node.args.defaults, *[each for each in node.args.kw_defaults if each]]
    if isinstance(node, ast.Lambda):
        return defaults
    return [*node.decorator_list, *defaults]


def _body(node: Function) -> Sequence[ast.AST]:
    return [node.body] if isinstance(node, ast.Lambda) else node.body


def _class_head(node: ast.ClassDef) -> list[ast.AST]:
    return [*node.decorator_list, *node.bases, *node.keywords]


def _comprehension_parts(node: Comprehension) -> Iterator[ast.AST]:
    yield from [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    for position, each in enumerate(node.generators):
        yield from each.ifs
        if position:
            yield each.iter


def own_nodes(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All nodes below `nodes` that belong to the same scope; nested scopes are named but not entered.

    Of a comprehension only what `:=` binds belongs to the scope around it.
    """
    stack = [(node, False) for node in nodes]
    while stack:
        node, in_comprehension = stack.pop()
        if not in_comprehension or isinstance(node, ast.NamedExpr):
            yield node
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            inside = in_comprehension or isinstance(node, COMPREHENSIONS)
            stack.extend((child, inside) for child in ast.iter_child_nodes(node))
