"""Functions that an instructor's cell passes to the student's: each as an expression that makes it there.

That is its text, with the values of the names that it takes from around it; or the name under which a library has it.
What cannot be written so has none. Lives in the cell's room.
"""

from __future__ import annotations

import ast
import builtins
import sys
import types
from collections.abc import Iterator
from typing import Any

import numpy as np

MOST_NAMES = 20
MOST_DEPTH = 4
MOST_ENTRIES = 1_000
MOST_TEXT = 8_000
MOST_SHOWN = 80
#: what is in place of built-in functions in a cell, and is not for others
_OURS = "grader.wall.room.cell_harness"
_HERE: dict[str, Any] = {"texts": (), "functions": (), "objects": ()}


def begin(texts: tuple[str, ...], functions: type, objects: type) -> None:
    """The texts in which functions may stand, and of which classes the student's functions and objects are here."""
    _HERE.update(texts=texts, functions=functions, objects=objects)


def source_of(function: Any) -> str:
    """The expression that makes it; empty if there is none."""
    try:
        text = _expression(function, MOST_DEPTH)
    except (ValueError, SyntaxError, RecursionError):
        return ""
    return text if len(text) <= MOST_TEXT else ""


def shown(function: Any) -> str:
    """How a report shows it: a lambda as it stands, any other by its name."""
    found = _node(function) if isinstance(function, types.FunctionType) else None
    text = ast.unparse(found) if isinstance(found, ast.Lambda) else getattr(function, "__name__", "a function")
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}..."


def _expression(value: Any, depth: int) -> str:
    """Raises ValueError for what none makes."""
    if not depth or type(value) is _HERE["objects"]:
        raise ValueError
    if type(value) is _HERE["functions"]:
        return f"vars(__import__('sys').modules['__main__'])[{value.__name__!r}]"
    if isinstance(value, types.ModuleType):
        return f"__import__('importlib').import_module({value.__name__!r})"
    if isinstance(value, np.ndarray):
        return _array(value)
    if named := _of_a_library(value):
        return named
    return _written(value, depth) if isinstance(value, types.FunctionType) else _literal(value)


def _array(value: np.ndarray[Any, Any]) -> str:
    if value.size > MOST_ENTRIES or value.dtype.kind not in "biuf" or not np.isfinite(value).all():
        raise ValueError
    return f"__import__('numpy').array({value.tolist()!r}, dtype={value.dtype.str!r}).reshape({value.shape!r})"


def _literal(value: Any) -> str:
    text = repr(value)
    ast.literal_eval(text)  # raises for what is no plain data
    return text


def _of_a_library(value: Any) -> str:
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    if not isinstance(name, str) or not callable(value):
        return ""
    module = getattr(value, "__module__", None) or ("numpy" if isinstance(value, np.ufunc) else "builtins")
    found: Any = sys.modules.get(module) if module != "__main__" else None
    for part in name.split("."):
        found = getattr(found, part, None)
    return f"__import__('operator').attrgetter({name!r})(__import__('importlib').import_module({module!r}))" * (
        found is not None and found == value
    )


def _written(function: types.FunctionType, depth: int) -> str:
    node = _node(function)
    if node is None:
        raise ValueError
    around = dict(_around(function, node))
    if len(around) > MOST_NAMES:
        raise ValueError
    if isinstance(node, ast.FunctionDef):
        node.decorator_list = []  # which are given it as it is
    name = "it" if isinstance(node, ast.Lambda) else function.__code__.co_name
    text = f"it = {ast.unparse(node)}" if isinstance(node, ast.Lambda) else ast.unparse(node)
    held = ", ".join(
        f"{key!r}: {_expression(value, depth - 1)}" for key, value in around.items() if value is not function
    )
    return f"(lambda around: (exec({text!r}, around), around[{name!r}])[1])({{{held}}})"


def _around(function: types.FunctionType, node: ast.AST) -> Iterator[tuple[str, Any]]:
    """The names that it takes from where it stands, each with what it stands for."""
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
    read = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}
    for name in sorted(read):
        if name in cells:
            yield name, cells[name].cell_contents
        elif name in function.__globals__ and (name in _names(function.__code__) or _is_default(node, name)):
            value = function.__globals__[name]
            if not (hasattr(builtins, name) and getattr(value, "__module__", "") == _OURS):
                yield name, value


def _is_default(node: ast.AST, name: str) -> bool:
    found = getattr(node, "args", None)
    given = [*found.defaults, *filter(None, found.kw_defaults)] if isinstance(found, ast.arguments) else []
    return any(isinstance(each, ast.Name) and each.id == name for one in given for each in ast.walk(one))


def _names(code: types.CodeType) -> set[str]:
    inner = (each for each in code.co_consts if isinstance(each, types.CodeType))
    return {*code.co_names}.union(*map(_names, inner))


def _node(function: types.FunctionType) -> ast.Lambda | ast.FunctionDef | None:
    """Where it stands in one of the texts, on its line if several are alike."""
    for text in _HERE["texts"]:
        try:
            written = (each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Lambda | ast.FunctionDef))
            found = [each for each in written if _is_of(function.__code__, each)]
        except (SyntaxError, ValueError):
            continue
        if found:
            return min(found, key=lambda each: each.lineno != function.__code__.co_firstlineno)
    return None


def _is_of(code: types.CodeType, node: ast.Lambda | ast.FunctionDef) -> bool:
    if isinstance(node, ast.FunctionDef):
        return node.name == code.co_name
    compiled = compile(ast.unparse(node), "<passed>", "eval").co_consts
    made = [each for each in compiled if isinstance(each, types.CodeType)]  # those of its defaults come before it
    return code.co_name == "<lambda>" and _alike(made[-1], code)


def _alike(one: Any, other: types.CodeType) -> bool:
    """Of two lambdas on one line; free variables are global ones where it is compiled alone."""
    arguments = one.co_varnames[: one.co_argcount] == other.co_varnames[: other.co_argcount]
    plain = [[each for each in code.co_consts if not isinstance(each, types.CodeType)] for code in (one, other)]
    names = {*one.co_names} == {*other.co_names, *other.co_freevars}
    return arguments and names and plain[0] == plain[1] and (other.co_freevars != () or one.co_code == other.co_code)
