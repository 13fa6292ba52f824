"""Names that `from numpy import *` no longer brings, since NumPy lost them, and that a notebook reads. In the room.

A star takes the names that a module lists, and asks for no other. So those that stand in the tables are looked for in
the statements, where they are read and never given a value of the notebook's own.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Sequence
from typing import Any

from grader.wall.room.compatibility.gone import Gone

_STAR = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]*\(?[ \t]*\*", re.MULTILINE)
#: what gives out the names of NumPy as its own
_AS_NUMPY = frozenset({"pylab", "matplotlib.pylab"})


def brought_by_stars(sources: Sequence[str], gone: Gone) -> dict[str, Any]:
    """The lost names that are read, with what stands for them; each is noted."""
    homes = {"numpy" if name in _AS_NUMPY else name for source in sources for name in _STAR.findall(source)}
    read = _read(sources) - set(dir(builtins)) if homes else set()
    found = {name: gone.listed(home, name) for home in sorted(homes) for name in sorted(read)}
    return {name: value[0] for name, value in found.items() if value is not None}


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
