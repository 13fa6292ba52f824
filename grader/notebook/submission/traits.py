"""What kind of statement one is: an import, a test, something slow, or an answer that is still blank."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from grader.notebook.submission.library import only_shows
from grader.notebook.submission.names import COSTLY_METHODS
from grader.notebook.submission.scopes import imported_names, own_nodes, parameters, stored_names

Def: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

_TEST_NAME: Final = re.compile(r"(?:^|_)tests?(?:_|$)", re.IGNORECASE)
_WAITING: Final = frozenset({"input", "sleep"})
_MODEL_CLASSES: Final = ("Sequential", "Model")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """Facts about one statement. `function` and `model` are the name that it binds to a function or a Keras model."""

    imports: bool  # nothing but imports, perhaps guarded by try, if or with
    future: bool  # `from __future__ import ...`
    imported: frozenset[str]  # names that it binds by importing, and in no other way
    function: str | None
    model: str | None
    blank: frozenset[str]  # names it binds whose value is still what the template left there
    deletes: frozenset[str]  # names it deletes
    costly: bool  # trains, evaluates, predicts or prints a summary when it runs
    tests: bool  # nothing but a call of a test
    shows: bool  # nothing but calls that print or draw something
    waits: bool  # nothing but a call that waits for a person or for time to pass
    compiles: bool  # nothing but `model.compile(...)`
    trains: frozenset[str]  # names of the models it calls `fit` of


def traits_of(node: ast.stmt) -> Traits:
    """The traits of one top-level statement."""
    return Traits(
        imports=_only_imports(node),
        future=isinstance(node, ast.ImportFrom) and node.module == "__future__",
        imported=frozenset(_imported_names(node)),
        function=node.name if isinstance(node, Def) else None,
        model=_model_name(node),
        blank=frozenset(_blank_names(node)),
        deletes=frozenset(_deleted_names(node)),
        costly=_is_costly(node),
        tests=_TEST_NAME.search(_called_name(node)) is not None,
        shows=_only_shows(node),
        waits=_called_name(node) in _WAITING,
        compiles=_called_name(node) == "compile",
        trains=frozenset(_trained_names(node)),
    )


def _only_imports(node: ast.stmt) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Try(body=body, orelse=orelse) | ast.If(body=body, orelse=orelse):
            return _all_imports(body) and (not orelse or _all_imports(orelse))
        case ast.With(body=body):
            return _all_imports(body)
        case _:
            return False


def _all_imports(body: list[ast.stmt]) -> bool:
    found = [each for each in body if not isinstance(each, ast.Pass)]
    return bool(found) and all(map(_only_imports, found))


def _imported_names(node: ast.stmt) -> Iterator[str]:
    imports = [each for each in own_nodes([node]) if isinstance(each, ast.Import | ast.ImportFrom)]
    bound = Counter(stored_names([node])) if imports else Counter[str]()
    by_import = Counter(name for each in imports for name in imported_names(each.names))
    yield from (name for name in by_import if by_import[name] == bound[name])


def _called_name(node: ast.stmt) -> str:
    """The last name of what an expression statement calls, as "compile" of `model.compile(...)`; else ""."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name))):
            return name
        case _:
            return ""


def _only_shows(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Constant() | ast.Name()):
            return True
        case ast.Expr():
            return only_shows(_called_name(node))
        case ast.For(body=body) | ast.With(body=body) | ast.If(body=body, orelse=[]):
            return all(map(_only_shows, body))
        case _:
            return False


def _is_costly(node: ast.stmt) -> bool:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return any(isinstance(func, ast.Attribute) and func.attr in COSTLY_METHODS for func in calls)


def _trained_names(node: ast.stmt) -> Iterator[str]:
    """What `fit` is called of; and of a statement that works slopes out, as a loop with torch does, what it calls."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    called = [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]
    backwards = any(isinstance(func, ast.Attribute) and func.attr == "backward" for func in called)
    for func in called:
        match func:
            case ast.Attribute(value=ast.Name(id=name), attr="fit"):
                yield name
            case ast.Name(id=name) if backwards:
                yield name


def _deleted_names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Delete):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _assigned(node: ast.stmt) -> tuple[str, ast.expr] | None:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return name, value
        case _:
            return None


def _model_name(node: ast.stmt) -> str | None:
    assigned = _assigned(node)
    return assigned[0] if assigned and _is_model_call(assigned[1]) else None


def _is_model_call(value: ast.expr) -> bool:
    match value:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name.endswith(_MODEL_CLASSES)
        case _:
            return False


def _blank_names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, Def):
        if _is_blank_function(node):
            yield node.name
    elif (assigned := _assigned(node)) and _is_blank_value(assigned[1]):
        yield assigned[0]


def _is_blank_value(value: ast.expr) -> bool:
    match value:
        case ast.Constant(value=constant):
            return constant is None or constant is ...
        case ast.Call(args=[] | [ast.List(elts=[])] | [ast.Tuple(elts=[])], keywords=keywords):
            return _is_model_call(value) and all(keyword.arg == "name" for keyword in keywords)
        case _:
            return False


def _is_blank_function(node: Def) -> bool:
    """Whether the body is as handed out: nothing but placeholders, or a result that is still None."""
    body = [each for each in node.body if not _is_text(each)]
    if all(map(_is_placeholder, body)):
        return not set(_returned_names(body)) & {arg.arg for arg in parameters(node.args)}
    return _returns_what_is_still_none(node)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_placeholder(node: ast.stmt) -> bool:
    match node:
        case ast.Pass() | ast.Raise():
            return _raises_not_implemented(node) if isinstance(node, ast.Raise) else True
        case ast.Return(value=None | ast.Name()):
            return True
        case ast.Return(value=ast.Constant() as value):
            return _is_blank_value(value)
        case ast.Return(value=ast.Tuple(elts=parts)):
            return all(isinstance(part, ast.Name) for part in parts)
        case ast.Assign(value=value):
            return _is_blank_value(value)
        case _:
            return False


def _raises_not_implemented(node: ast.Raise) -> bool:
    match node.exc:
        case ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError")):
            return True
        case _:
            return False


def _returns_what_is_still_none(node: Def) -> bool:
    own = [each for each in own_nodes(node.body) if isinstance(each, ast.stmt)]
    left_none = Counter(name for each in own for name in _none_names(each))
    stored = Counter(stored_names(node.body))
    return any(name in left_none and stored[name] == left_none[name] for name in _returned_names(own))


def _none_names(node: ast.stmt) -> Iterator[str]:
    assigned = _assigned(node)
    if assigned and _is_blank_value(assigned[1]):
        yield assigned[0]


def _returned_names(body: Iterable[ast.stmt]) -> Iterator[str]:
    for each in body:
        match each:
            case ast.Return(value=ast.Name(id=name)):
                yield name
            case ast.Return(value=ast.Tuple(elts=parts)):
                yield from (part.id for part in parts if isinstance(part, ast.Name))
