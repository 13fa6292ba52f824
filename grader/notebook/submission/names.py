"""Which names one top-level statement reads, binds and changes. Pure syntax: nothing is looked up and nothing runs."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Final

from grader.notebook.submission.scopes import (
    Hidden,
    free_names,
    imported_names,
    leaves,
    present,
    root,
    stored_names,
    walrus_names,
)

# Methods that train, judge or print an object: grading needs none of them, and they are what is slow.
COSTLY_METHODS: Final = frozenset({"fit", "evaluate", "predict", "summary"})

MAX_STEPS: Final = 1_000  # statements within one, functions not counted; the time grows with its square


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of a statement, seen from the notebook's top level.

    A name in both `reads` and `binds` is read first. `passing` are those bound only in passing, as a loop variable
    or by `with ... as`.
    """

    reads: frozenset[str]
    reads_later: frozenset[str]  # by functions it defines, when they are called
    binds: frozenset[str]
    may_bind: frozenset[str]
    passing: frozenset[str]
    stores_into: frozenset[str]  # p["W"] = ..., model.name = ..., x += 1
    calls_method_of: frozenset[str]  # model.add(...) as a statement
    defines: frozenset[str]  # those of `binds` and `may_bind` bound by def or class
    may_change: frozenset[str] = frozenset()  # init(params): what only the whole notebook can tell, see `effects`

    @property
    def all_bound(self) -> frozenset[str]:
        """Every name it binds on some path."""
        return self.binds | self.may_bind


def names_of(statement: ast.stmt) -> Names:
    """The names of one top-level statement. Raises RecursionError or ValueError for absurdly deep or long ones."""
    flow = _Flow()
    bound = flow.run([statement], frozenset())
    return Names(
        reads=frozenset(flow.reads),
        reads_later=frozenset(flow.reads_later),
        binds=bound,
        may_bind=frozenset(flow.bound - bound),
        passing=frozenset(flow.passing - flow.assigned),
        stores_into=frozenset(flow.stores_into),
        calls_method_of=frozenset(flow.calls_method_of),
        defines=frozenset(flow.defines),
    )


class _Flow:
    """Follows statements in order, so that what a statement binds before it reads is not taken as a read."""

    def __init__(self) -> None:
        self.steps = 0
        self.reads: set[str] = set()
        self.reads_later: set[str] = set()
        self.bound: set[str] = set()
        self.assigned: set[str] = set()
        self.passing: set[str] = set()
        self.stores_into: set[str] = set()
        self.calls_method_of: set[str] = set()
        self.defines: set[str] = set()

    def run(self, statements: Sequence[ast.stmt], bound: Hidden) -> Hidden:
        """What is surely bound after `statements`, given what was before."""
        self.steps += len(statements)
        if self.steps > MAX_STEPS:
            raise ValueError(f"one statement holds more than {MAX_STEPS:,} others")
        for statement in statements:
            bound = self._step(statement, bound)
        return bound

    def _step(self, node: ast.stmt, bound: Hidden) -> Hidden:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                self._read([node], bound)
                self.defines.add(name)
                return self._bind([name], bound)
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                return self._bind(imported_names(aliases), bound)
            case ast.Assign(targets=targets, value=value):
                return self._assign(targets, self._read([value], bound))
            case ast.AugAssign(target=target, value=value):
                bound = self._read([value, _as_load(target)], bound)
                return self._assign([target], bound)
            case ast.AnnAssign(target=target, annotation=annotation, value=value):
                bound = self._read([annotation, *present(value)], bound)
                return self._assign([target], bound) if value else bound
            case ast.Expr(value=value):
                self._note_call(value)
                return self._read([value], bound)
            case ast.Delete(targets=targets):
                stored = [target for target in targets if not isinstance(target, ast.Name)]
                return self._assign(stored, bound)
            case ast.If() | ast.For() | ast.AsyncFor() | ast.While():
                return self._branch(node, bound)
            case ast.With() | ast.AsyncWith() | ast.Try() | ast.TryStar() | ast.Match():
                return self._block(node, bound)
            case _:  # assert, raise, and what a newer Python may add
                return self._bind(stored_names([node]), self._read([node], bound))

    def _branch(self, node: ast.If | ast.For | ast.AsyncFor | ast.While, bound: Hidden) -> Hidden:
        match node:
            case ast.If(test=test, body=body, orelse=orelse):
                bound = self._read([test], bound)
                return self.run(body, bound) & self.run(orelse, bound)
            case (
                ast.For(target=target, iter=iter, body=body, orelse=orelse)
                | ast.AsyncFor(target=target, iter=iter, body=body, orelse=orelse)
            ):
                bound = self._read([iter], bound)
                self.run(body, self._assign([target], bound, passing=True))
            case ast.While(test=test, body=body, orelse=orelse):
                bound = self._read([test], bound)
                self.run(body, bound)
        self.run(orelse, bound)
        return bound

    def _block(self, node: ast.With | ast.AsyncWith | ast.Try | ast.TryStar | ast.Match, bound: Hidden) -> Hidden:
        match node:
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                now = set(bound)
                for item in items:
                    now.update(self._note_read([item.context_expr], now))
                    for target in present(item.optional_vars):
                        self._assign_into(target, now, passing=True)
                return self.run(body, frozenset(now))
            case ast.Match(subject=subject, cases=cases):
                bound = self._read([subject], bound)
                for case in cases:
                    inside = self._bind(stored_names([case.pattern]), self._read([case.pattern], bound))
                    self.run(case.body, self._read(present(case.guard), inside))
                return bound
            case ast.Try() | ast.TryStar():
                return self._try(node, bound)

    def _try(self, node: ast.Try | ast.TryStar, bound: Hidden) -> Hidden:
        after = self.run(node.orelse, self.run(node.body, bound))
        for handler in node.handlers:
            caught = frozenset(present(handler.name))
            inside = self._read(present(handler.type), bound)
            after &= self.run(handler.body, inside | caught) - caught
        return self.run(node.finalbody, after | bound)

    def _assign(self, targets: Iterable[ast.expr], bound: Hidden, *, passing: bool = False) -> Hidden:
        now = set(bound)  # grown in place: a tuple of 50,000 names must not be copied 50,000 times
        for target in targets:
            self._assign_into(target, now, passing=passing)
        return frozenset(now)

    def _assign_into(self, target: ast.expr, now: set[str], *, passing: bool = False) -> None:
        """Adds what `target` binds to `now`, which holds what is bound already."""
        for leaf in leaves(target):
            if name := _name_of(leaf):
                now.update(self._note_bound([name], passing=passing))
            else:  # x[i] = ... or x.a = ...: changes what x holds
                now.update(self._note_read([leaf], now))
                self.stores_into.update(present(root(leaf)))

    def _bind(self, names: Iterable[str], bound: Hidden) -> Hidden:
        fresh = self._note_bound(names)
        return bound | fresh if fresh else bound

    def _note_bound(self, names: Iterable[str], *, passing: bool = False) -> Hidden:
        fresh = frozenset(names)
        self.bound |= fresh
        (self.passing if passing else self.assigned).update(fresh)
        return fresh

    def _note_call(self, value: ast.expr) -> None:
        match value:
            case ast.Call(func=ast.Attribute(attr=method) as func) if method not in COSTLY_METHODS:
                self.calls_method_of.update(present(root(func)))

    def _read(self, nodes: Sequence[ast.AST], bound: Hidden) -> Hidden:
        """Notes the names that `nodes` read, and binds those that `:=` binds in them."""
        fresh = self._note_read(nodes, bound)
        return bound | fresh if fresh else bound

    def _note_read(self, nodes: Sequence[ast.AST], bound: Set[str]) -> Hidden:
        walrus = frozenset(walrus_names(nodes))
        for name, later in free_names(nodes):
            if later:
                self.reads_later.add(name)
            elif name not in bound and name not in walrus:
                self.reads.add(name)
        return self._note_bound(walrus)


def _as_load(target: ast.expr) -> ast.expr:
    return ast.Name(id=target.id, ctx=ast.Load()) if isinstance(target, ast.Name) else target


def _name_of(leaf: ast.expr) -> str | None:
    """The name of the notebook that a target binds, if it binds one."""
    match leaf:
        case ast.Name(id=name):
            return name
        case ast.Subscript(
            value=ast.Call(func=ast.Name(id="globals" | "locals" | "vars"), args=[], keywords=[]),
            slice=ast.Constant(value=str(name)),
        ):
            return name
        case _:
            return None
