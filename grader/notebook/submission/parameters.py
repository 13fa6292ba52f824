"""What the definition of a name takes, read off its text. Pure syntax: nothing is looked up at run time."""

from __future__ import annotations

import ast
from typing import Final

from grader.notebook.submission.foreign import Refused, tree
from grader.notebook.submission.listing import Listing
from grader.notebook.submission.plan import Parameters
from grader.notebook.submission.scopes import own_nodes

MAX_ALIASES: Final = 5  # f = g; g = h; ...


def parameters_of(listing: Listing, position: int, name: str) -> Parameters | None:
    """The parameters of the function that the statement at `position` binds to `name`.

    An alias leads on to the definition before it. None for anything that shows no parameters, as a `partial`.
    """
    for _ in range(MAX_ALIASES):
        found = _bound(listing.statements[position].source, name)
        match found:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                return _taken(found.args)
            case ast.Name(id=other):
                before = [at for at in listing.binding(other) if at < position]
                if not before:
                    return None
                position, name = before[-1], other
            case _:
                return None
    return None


def _bound(source: str, name: str) -> ast.AST | None:
    """What a top-level statement last binds to `name`: a definition, or the expression assigned."""
    found: ast.AST | None = None
    for node in sorted(own_nodes(_body(source)), key=lambda each: getattr(each, "lineno", 0)):
        match node:
            case ast.FunctionDef(name=bound) | ast.AsyncFunctionDef(name=bound) if bound == name:
                found = node
            case ast.Assign(targets=targets, value=value) if name in _plain_names(targets):
                found = value
            case ast.AnnAssign(target=ast.Name(id=bound), value=ast.expr() as value) if bound == name:
                found = value
    return found


def _body(source: str) -> list[ast.stmt]:
    read = tree(source)
    return [] if isinstance(read, Refused) else read.body


def _plain_names(targets: list[ast.expr]) -> set[str]:
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _taken(args: ast.arguments) -> Parameters | None:
    if any(default is None for default in args.kw_defaults):
        return None  # by position alone it cannot be called at all
    names = tuple(each.arg for each in (*args.posonlyargs, *args.args))
    return Parameters(names=names, needed=len(names) - len(args.defaults), any_more=args.vararg is not None)
