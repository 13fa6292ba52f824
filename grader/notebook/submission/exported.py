"""Magics as Python, the calls that IPython makes of them and that an exported script holds, as magics again.

`get_ipython().run_line_magic("run", "a.py")` is `%run a.py`. What a magic does is not known here.
"""

from __future__ import annotations

import ast
from dataclasses import replace

from grader.notebook.notebook import Cell
from grader.notebook.submission.foreign import Refused, tree

SHELL = "get_ipython()"


def in_magics(cell: Cell) -> Cell:
    """The cell with its calls of the shell as magics, line for line; but the body of a cell's magic below it."""
    if SHELL not in cell.source or cell.costly:
        return cell
    read = tree(cell.source)
    if isinstance(read, Refused):
        return cell
    lines = cell.source.split("\n")
    whole = _of_a_cell(read.body)
    if whole is not None:
        first = read.body[0].lineno
        return replace(cell, source="\n".join([*lines[: first - 1], whole]))
    for node in ast.walk(read):
        if isinstance(node, ast.Expr) and (magic := _of_a_line(node)) is not None:
            _put(lines, node, magic)
    return replace(cell, source="\n".join(lines))


def _of_a_cell(body: list[ast.stmt]) -> str | None:
    match [_called(node) for node in body]:
        case [("run_cell_magic", [name, line, text])]:
            return f"%%{name} {line}\n{text}"
    return None


def _of_a_line(node: ast.Expr) -> str | None:
    match _called(node):
        case "run_line_magic", [name, *line]:
            magic = f"%{' '.join([name, *line])}"
        case "magic", [text]:
            magic = f"%{text.removeprefix('%')}"
        case "system" | "getoutput", [command]:
            magic = f"!{command}"
        case _:
            return None
    return None if "\n" in magic else magic


def _called(node: ast.stmt) -> tuple[str, list[str]] | None:
    """The method of the shell that a statement calls, and the texts that it is given; None if it does anything else."""
    match node:
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython"), args=[]), attr=method),
                args=arguments,
                keywords=[],
            )
        ):
            texts = [each.value for each in arguments if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            return (method, texts) if len(texts) == len(arguments) else None
    return None


def _put(lines: list[str], node: ast.Expr, magic: str) -> None:
    """Puts the magic in the place of the statement, if that has its lines to itself."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    before = lines[first].encode()[: node.col_offset].decode()
    behind = lines[last].encode()[node.end_col_offset :].decode().lstrip(" ;")
    if before.strip() or (behind and not behind.startswith("#")):
        return
    lines[first : last + 1] = [f"{before}{magic}", *[""] * (last - first)]
