"""What an instructor's cell does that cannot be done from outside the student's process, as its text shows.

Whoever checks or imports a course names it: cell, line and reason. Nothing runs here, and nothing is decided.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from grader.judging.cells.names import UNREADABLE, as_plain
from grader.judging.cells.question import CourseCell
from grader.notebook.submission.names import names_of

_TIMING: Final = "it measures time, which outside the student's process is that of the journey"
_PRINTED: Final = "what the student's code prints does not reach it"
_DRAWN: Final = "what the student's code draws does not reach it; ask for a figure or axes that they name"
_INSIDE: Final = "it looks into the student's process, of which it sees nothing"
#: calls by the names they end with, and what is wrong with each
_CALLS: Final = {
    "setrecursionlimit": _INSIDE,
    "settrace": _INSIDE,
    "setprofile": _INSIDE,
    "getsource": _INSIDE,
    "signature": _INSIDE,
    "get_objects": _INSIDE,
    "get_ipython": _INSIDE,
    "perf_counter": _TIMING,
    "process_time": _TIMING,
    "timeit": _TIMING,
    "redirect_stdout": _PRINTED,
    "gcf": _DRAWN,
    "gca": _DRAWN,
    "get_fignums": _DRAWN,
    "capture_output": _PRINTED,
}
_PATCHES: Final = frozenset({"patch", "setattr", "delattr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """A line of a cell, counted from 1, and why it does not do there what it did."""

    line: int
    reason: str


def unfit(cell: CourseCell) -> tuple[Unfit, ...]:
    """All that is seen to need the student's process, by line."""
    source = as_plain(cell.source) if cell.form == "examples" else cell.source
    try:
        tree = ast.parse(source)
    except UNREADABLE as error:
        return (_no_python(source, error),)
    found = {(each.line, each.reason): each for each in _all(tree, frozenset(cell.names))}
    return tuple(found[key] for key in sorted(found))


def _no_python(source: str, error: Exception) -> Unfit:
    for number, line in enumerate(source.split("\n"), start=1):
        if line.lstrip().startswith(("%", "!")):
            return Unfit(line=number, reason=f"`{line.strip()[:60]}` is a line for Jupyter, and no Python")
    return Unfit(line=getattr(error, "lineno", None) or 1, reason=f"it is no Python ({error})")


def _all(tree: ast.Module, students: frozenset[str]) -> Iterator[Unfit]:
    own = {name for statement in tree.body for name in names_of(statement).all_bound} - students
    made = _made(tree) - students
    for statement in tree.body:
        for name in sorted(names_of(statement).defines & students):
            yield Unfit(line=statement.lineno, reason=f"the student's code does not see the `{name}` that it defines")
    for node in ast.walk(tree):
        match node:
            case ast.Delete(targets=targets, lineno=line):
                for name in (
                    each.id for each in targets if isinstance(each, ast.Name) and each.id not in own | students
                ):
                    yield Unfit(line=line, reason=f"`del {name}` takes nothing away from the student's code")
            case ast.Assign(targets=targets, lineno=line):
                for each in targets:
                    if isinstance(each, ast.Attribute) and _root(each) not in {None, *made}:
                        yield _patched(ast.unparse(each), line)
            case ast.Call(lineno=line):
                yield from _about_call(node)
            case _:
                pass


def _made(tree: ast.Module) -> frozenset[str]:
    """The names that stand for what the cell makes itself: what it sets there, nobody else has."""
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    given = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return frozenset((stored | given) - imported)


def _root(node: ast.expr) -> str | None:
    """The name of which something is an attribute; None if it is one of what a call gives."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _about_call(call: ast.Call) -> Iterator[Unfit]:
    name = ast.unparse(call.func)
    last = name.rpartition(".")[2]
    if last in _CALLS:
        yield Unfit(line=call.lineno, reason=f"`{name}`: {_CALLS[last]}")
    elif name == "time.time":
        yield Unfit(line=call.lineno, reason=f"`{name}`: {_TIMING}")
    elif last in _PATCHES:
        yield _patched(name, call.lineno)


def _patched(name: str, line: int) -> Unfit:
    return Unfit(line=line, reason=f"`{name}`: what it patches is not what the student's code uses")
