"""Python scripts as notebooks: cells where the script marks them, else one for each group of top-level statements.

Only a script that answers something is taken for what somebody meant to hand in: one that defines a function or a
class, or that marks its cells. Nothing of it runs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

#: what editors write between cells: `# %% title [markdown]`, `#%%`, and what nbconvert does, `# In[3]:`
_MARK: Final = re.compile(r"# ?%%(?P<title>.*)|# In ?\[[ \d]*\]:?\s*")
_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_PROSE: Final = re.compile(r"\[(markdown|md|raw)\]", re.IGNORECASE)


def cells_of(text: str) -> tuple[tuple[str, bool], ...]:
    """The cells of a script, in order: their source, and whether it is code. Empty for text that is no such script."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    marks = [number for number, line in enumerate(lines) if _MARK.fullmatch(line)]
    if marks:
        cells = tuple(_marked(lines, marks))
        return cells if any(code and _says_something(source) for source, code in cells) else ()
    try:
        body = ast.parse("\n".join(map(_bare, lines))).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(_grouped(lines, body)) if any(isinstance(each, _DEFINITIONS) for each in body) else ()


def _says_something(source: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in source.split("\n"))


def _bare(line: str) -> str:
    """A line for Jupyter is no Python, and takes nothing from the lines beside it."""
    return "" if line.startswith(("%", "!")) else line


def _marked(lines: list[str], marks: list[int]) -> Iterator[tuple[str, bool]]:
    for begin, end in zip([-1, *marks], [*marks, len(lines)], strict=True):
        source = "\n".join(lines[begin + 1 : end]).strip("\n")
        found = _MARK.fullmatch(lines[begin]) if begin >= 0 else None
        if found is not None and _PROSE.search(found["title"] or ""):
            yield "\n".join(re.sub(r"^# ?", "", line) for line in source.split("\n")), False
        elif source:
            yield source, True


def _grouped(lines: list[str], body: list[ast.stmt]) -> Iterator[tuple[str, bool]]:
    """A function or class is a group, and so are other statements with no blank line among them; comments go with what
    follows."""
    begins = [0]
    for before, after in pairwise(body):
        end = before.end_lineno or before.lineno
        between = lines[end : _first(after) - 1]
        apart = not all(line.strip() for line in between) or any(
            isinstance(each, _DEFINITIONS) for each in (before, after)
        )
        if apart and end > begins[-1]:
            begins.append(end)
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        source = "\n".join(lines[begin:end]).strip("\n")
        if source.strip():
            yield source, True


def _first(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])
