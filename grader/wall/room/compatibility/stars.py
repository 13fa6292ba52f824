"""What `from numpy import *` brought once and no longer does, and what it left alone. Lives in the room.

A star takes the names that a module lists, and asks for no other. So the lost ones of the tables are looked for in the
statements, where they are read and never given a value of the notebook's own.
"""

from __future__ import annotations

import ast
import builtins
import functools
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from grader.wall.room.compatibility.gone import Gone, Note
from grader.wall.room.compatibility.spelling import Spelling
from grader.wall.room.compatibility.tables import BUILTINS_BEHIND_A_STAR

_STAR = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]*\(?[ \t]*\*", re.MULTILINE)
#: whose names pylab gives out as its own
_OF_PYLAB = ("numpy", "matplotlib.mlab", "matplotlib.pyplot")
_HOMES = {"pylab": _OF_PYLAB, "matplotlib.pylab": _OF_PYLAB}


def brought_by_stars(sources: Sequence[str], gone: Gone) -> dict[str, Any]:
    """The lost names that are read, with what stands for them; each is noted."""
    starred = {name for source in sources for name in _STAR.findall(source)}
    homes = {home for name in starred for home in _HOMES.get(name, (name,))}
    read = _read(sources) - set(dir(builtins)) if homes else set()
    found = [(name, gone.listed(home, name)) for home in sorted(homes) for name in sorted(read)]
    return {name: value[0] for name, value in found if value is not None}


def unshadowed(bound: dict[str, Any], note: Note) -> dict[str, Any]:
    """What stands for `max` and `min` among the names that are bound, if a star has put NumPy's in their place.

    Before NumPy 1.25 a star left Python's alone, and `max(0, x)` of two numbers was theirs. Whoever writes `np.max`
    gets NumPy's.
    """
    rows = {row.old.partition("(")[0]: row for row in BUILTINS_BEHIND_A_STAR}
    shadowed = (name for name in rows if bound.get(name) is getattr(np, name))
    return {name: _of_numbers(getattr(builtins, name), bound[name], rows[name], note) for name in shadowed}


def _of_numbers(
    pythons: Callable[..., Any], numpys: Callable[..., Any], row: Spelling, note: Note
) -> Callable[..., Any]:
    @functools.wraps(numpys)
    def either(*args: Any, **named: Any) -> Any:
        if len(args) > 1 and not named and np.ndim(args[0]) == 0:
            note(row.notice)
            return pythons(*args)
        return numpys(*args, **named)

    return either


def _read(sources: Iterable[str]) -> set[str]:
    """The names that are read somewhere, and bound nowhere."""
    nodes = [node for source in sources for node in ast.walk(_tree(source))]
    read = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    bound = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    bound |= {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
    return read - bound - {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def _tree(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # it is told when the statement is to run
        return ast.Module([], [])
