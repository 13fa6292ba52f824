"""What a statement does besides binding names: what it calls and with what, what it defines, what it imports.

Pure syntax, one walk with a stack of our own. What of it changes which names is for `effects` to say, which knows the
whole notebook.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from grader.notebook.submission.scopes import (
    COMPREHENSIONS,
    FUNCTIONS,
    Function,
    Hidden,
    leaves,
    parameters,
    stored_names,
)

Def: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

#: calls whose result holds their arguments, not copies of them
_PASSING_ON: Final = frozenset({"zip", "enumerate", "iter", "reversed", "list", "tuple", "sorted", "map", "filter"})
#: methods whose result is a part of what they are called of, or another view of it
_VIEWS: Final = frozenset({"items", "values", "get", "setdefault", "reshape", "ravel", "view", "squeeze", "transpose"})
MAX_FILE_NAME: Final = 200
MAX_CALLS: Final = 120  # different ones, of one statement or function; what is known of a class's statements is kept
MAX_CHAIN: Final = 50  # a.b[0].c(...).d; of a longer one only the end is looked at
MAX_ALIASES: Final = 5  # a = b; b = c; ... within one function


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """One call. `path` is what is called, as ("np", "random", "seed"), and begins with "" where no name is its root.

    `given` are the names at the roots of its arguments, `files` the arguments that may say where a file is. `alone`:
    its result is not used. `in_place`: it is told to change what it is called of.
    """

    path: tuple[str, ...]
    given: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    alone: bool = False
    in_place: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A function that the notebook defines, seen from outside: `stores` and `calls` name only its parameters and what
    is not its own; `binds` are the names it binds by `global`, `imports` the packages it imports itself. A `method`
    takes its object first."""

    name: str
    method: bool
    parameters: tuple[str, ...]
    binds: frozenset[str]
    stores: frozenset[str]
    calls: tuple[Called, ...]
    imports: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`name` is bound to something that comes of `root`; `same`: to it, a part or a view of it, not to a new thing."""

    name: str
    root: str
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """The deeds of one statement. `imports` are names and what they stand for, as ("plt", "matplotlib.pyplot"), `stars`
    the modules of which it imports everything. `simple`: it holds no other statements, so all of it runs."""

    simple: bool = True
    calls: tuple[Called, ...] = ()
    routines: tuple[Routine, ...] = ()
    sources: tuple[Source, ...] = ()
    imports: tuple[tuple[str, str], ...] = ()
    stars: tuple[str, ...] = ()


def deeds_of(statement: ast.stmt) -> Deeds:
    """The deeds of one top-level statement when it runs; of functions in it only what a call of them would do."""
    walk = _Walk()
    walk.run([statement])
    return Deeds(
        simple=not any(hasattr(statement, part) for part in ("body", "cases")),
        calls=_distinct(walk.calls),
        routines=tuple(walk.routines),
        sources=tuple(dict.fromkeys(walk.sources)),
        imports=tuple(dict.fromkeys(walk.imports)),
        stars=tuple(walk.stars),
    )


def _distinct(calls: Iterable[Called]) -> tuple[Called, ...]:
    return tuple(islice(dict.fromkeys(calls), MAX_CALLS))


def path_of(node: ast.expr) -> tuple[str, ...]:
    """The names of `a.b[0].c`, here a, b and c; "" for the first where there is none."""
    names: list[str] = []
    for _ in range(MAX_CHAIN):
        match node:
            case ast.Name(id=name):
                return (name, *reversed(names))
            case ast.Attribute(value=inner, attr=name):
                names.append(name)
                node = inner
            case ast.Subscript(value=inner) | ast.Starred(value=inner) | ast.Call(func=inner):
                node = inner
            case _:
                break
    return ("", *reversed(names))


def roots_of(node: ast.expr) -> Iterator[Source]:
    """What the value of an expression comes of, as sources without a name."""
    stack = [node]
    while stack:
        match stack.pop():
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                stack.extend(parts)
            case ast.Dict(values=parts):
                stack.extend(parts)
            case ast.IfExp(body=body, orelse=orelse):
                stack.extend((body, orelse))
            case ast.NamedExpr(value=value) | ast.Await(value=value) | ast.Starred(value=value):
                stack.append(value)
            case ast.Call(func=ast.Name(id=name), args=args) if name in _PASSING_ON:
                stack.extend(args)
            case ast.Name() | ast.Attribute() | ast.Subscript() | ast.Call() as part if root := path_of(part)[0]:
                yield Source(name="", root=root, same=not _is_new(part))


def _is_new(node: ast.expr) -> bool:
    """Whether a call made it: of a function, or of a method that gives no part of its object."""
    for _ in range(MAX_CHAIN):
        match node:
            case ast.Name():
                return False
            case ast.Call(func=ast.Attribute(value=inner, attr=name)) if name in _VIEWS:
                node = inner
            case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Starred(value=inner):
                node = inner
            case _:
                break
    return True


def _called(node: ast.Call, alone: bool) -> Called:
    arguments = [*node.args, *[each.value for each in node.keywords]]
    given = [source.root for each in arguments for source in roots_of(each) if source.same]
    out = [each.value.id for each in node.keywords if each.arg == "out" and isinstance(each.value, ast.Name)]
    return Called(
        path=path_of(node.func),
        given=tuple(dict.fromkeys([*out, *given])),
        files=tuple(_files(arguments)),
        alone=alone,
        in_place=bool(out) or any(map(_is_in_place, node.keywords)),
    )


def _files(arguments: Iterable[ast.expr]) -> Iterator[str]:
    for each in arguments:
        match each:
            case ast.Constant(value=str(text)) if 0 < len(text) <= MAX_FILE_NAME and not text.isspace():
                yield text
            case ast.Name(id=name):
                yield f"${name}"


def _is_in_place(keyword: ast.keyword) -> bool:
    return keyword.arg == "inplace" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True


class _Walk:
    """One walk over what runs where it stands. Bodies of functions are described by a `Routine`, not entered."""

    def __init__(self) -> None:
        self.calls: list[Called] = []
        self.routines: list[Routine] = []
        self.sources: list[Source] = []
        self.imports: list[tuple[str, str]] = []
        self.stars: list[str] = []
        self._stack: list[tuple[ast.AST, Hidden]] = []

    def run(self, nodes: Sequence[ast.AST]) -> None:
        self._stack = [(node, frozenset()) for node in reversed(nodes)]
        alone: set[int] = set()
        while self._stack:
            node, hidden = self._stack.pop()
            match node:
                case ast.Expr(value=value):
                    alone.add(id(value.value if isinstance(value, ast.Await) else value))
                case ast.Call():
                    self._note(_called(node, id(node) in alone), hidden)
                case ast.Import() | ast.ImportFrom():
                    self._import(node)
                case _:
                    self._bind(node)
            self._enter(node, hidden)

    def _note(self, called: Called, hidden: Hidden) -> None:
        if not hidden:
            self.calls.append(called)
            return
        path = ("", *called.path[1:]) if called.path[0] in hidden else called.path
        given = tuple(name for name in called.given if name not in hidden)
        self.calls.append(
            Called(path=path, given=given, files=called.files, alone=called.alone, in_place=called.in_place)
        )

    def _decorate(self, node: Def | ast.ClassDef, hidden: Hidden) -> None:
        """A decorator is called with what it decorates; one that is a call itself is met as such."""
        for each in node.decorator_list:
            if not isinstance(each, ast.Call):
                self._note(Called(path=path_of(each), given=(node.name,)), hidden)

    def _enter(self, node: ast.AST, hidden: Hidden) -> None:
        if isinstance(node, FUNCTIONS):
            outside: list[ast.AST] = [*node.args.defaults, *[each for each in node.args.kw_defaults if each]]
            if not isinstance(node, ast.Lambda):
                self.routines.append(_routine(node, node.name, method=False))
                self._decorate(node, hidden)
                outside += node.decorator_list
            self._stack.extend((each, hidden) for each in outside)
            return
        if isinstance(node, COMPREHENSIONS):
            hidden |= frozenset(stored_names([each.target for each in node.generators]))
        if isinstance(node, ast.ClassDef):
            self._decorate(node, hidden)
            methods = [each for each in node.body if isinstance(each, Def)]
            self.routines.extend(_methods(node.name, methods))
            rest = [each for each in ast.iter_child_nodes(node) if not isinstance(each, Def)]
            self._stack.extend((each, hidden) for each in reversed(rest))
            return
        self._stack.extend((each, hidden) for each in reversed(list(ast.iter_child_nodes(node))))

    def _bind(self, node: ast.AST) -> None:
        match node:
            case ast.Assign(targets=targets, value=ast.Lambda() as function):
                names = [target.id for target in targets if isinstance(target, ast.Name)]
                self.routines.extend(_routine(function, name, method=False) for name in names)
            case _:
                self.sources.extend(_sources(node))

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        for alias in node.names:
            if alias.name == "*":
                self.stars.append(module)
            elif isinstance(node, ast.ImportFrom):
                self.imports.append((alias.asname or alias.name, f"{module}.{alias.name}"))
            else:
                first = alias.name.partition(".")[0]
                self.imports.append((alias.asname, alias.name) if alias.asname else (first, first))


def _sources(node: ast.AST) -> Iterator[Source]:
    match node:
        case ast.Assign(targets=targets, value=value):
            pairs = [(target, value) for target in targets]
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
            pairs = [(target, value)]
        case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
            pairs = [(target, value)]
        case ast.withitem(optional_vars=ast.expr() as target, context_expr=value):
            pairs = [(target, value)]
        case _:
            pairs = []
    for target, value in pairs:
        roots = list(roots_of(value))
        for leaf in leaves(target):
            if isinstance(leaf, ast.Name):
                yield from (Source(name=leaf.id, root=each.root, same=each.same) for each in roots)


def _methods(of: str, methods: Iterable[Def]) -> Iterator[Routine]:
    for each in methods:
        yield _routine(each, each.name, method=True)
        if each.name in ("__init__", "__call__"):
            yield _routine(each, of if each.name == "__init__" else each.name, method=each.name != "__init__")


def _routine(node: Function, name: str, *, method: bool) -> Routine:
    """What the body of a function may do to what is not its own; what functions within it do is taken as its own."""
    body: Sequence[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else node.body
    inside = _Inside(body)
    names = tuple(each.arg for each in parameters(node.args))
    outer = inside.outer(frozenset(names))
    calls = (
        Called(
            path=(outer(call.path[0]), *call.path[1:]),
            given=tuple(dict.fromkeys(found for each in call.given if (found := outer(each)))),
            files=call.files,
            alone=call.alone,
            in_place=call.in_place,
        )
        for call in inside.calls
    )
    return Routine(
        name=name,
        method=method,
        parameters=names,
        binds=frozenset(inside.shared & inside.stored),
        stores=frozenset(found for each in inside.stores if (found := outer(each))),
        calls=_distinct(calls),
        imports=frozenset(inside.imports),
    )


class _Inside:
    """All that stands in the body of a function, without regard to order."""

    def __init__(self, body: Sequence[ast.AST]) -> None:
        self.stored: set[str] = set()
        self.shared: set[str] = set()  # by `global`
        self.stores: set[str] = set()
        self.calls: list[Called] = []
        self.imports: set[str] = set()
        self._same: dict[str, str] = {}
        alone: set[int] = set()
        stack = list(reversed(body))
        while stack:
            node = stack.pop()
            match node:
                case ast.Global(names=names):
                    self.shared.update(names)
                case ast.Name(id=name, ctx=ast.Store()) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    self.stored.add(name)
                case ast.Subscript(ctx=ast.Store() | ast.Del()) | ast.Attribute(ctx=ast.Store() | ast.Del()):
                    self.stores.add(path_of(node)[0])
                case ast.AugAssign(target=ast.Name(id=name)):
                    self.stores.add(name)
                case ast.Expr(value=value):
                    alone.add(id(value))
                case ast.Import(names=aliases):
                    self.imports.update(each.name.partition(".")[0] for each in aliases)
                case ast.ImportFrom(module=str(module)):
                    self.imports.add(module.partition(".")[0])
                case ast.Call():
                    self.calls.append(_called(node, id(node) in alone))
            for source in _sources(node):
                if source.same:
                    self._same.setdefault(source.name, source.root)
            stack.extend(reversed(list(ast.iter_child_nodes(node))))

    def outer(self, parameters: frozenset[str]) -> _Outer:
        return _Outer(parameters, frozenset(self.stored - self.shared) - parameters, self._same)


class _Outer:
    """Says which parameter, or which name of the notebook, stands behind a name in a function; "" for none."""

    def __init__(self, parameters: frozenset[str], own: frozenset[str], same: dict[str, str]) -> None:
        self._parameters = parameters
        self._own = own
        self._same = same

    def __call__(self, name: str) -> str:
        for _ in range(MAX_ALIASES):
            if name not in self._own:
                return name
            name = self._same.get(name, "")
        return ""
