"""Notebooks as staff write them: cleared of what running left in them, or made from cells. None of a student's."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal

import nbformat
from nbconvert.preprocessors import ClearOutputPreprocessor
from nbformat.reader import NotJSONError

from grader.errors import CourseError


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCell:
    """One cell to be written."""

    kind: Literal["code", "markdown"]
    source: str


def cleared(path: Path) -> bytes:
    """The notebook at `path` without outputs, counts and the state of widgets; the same bytes for the same file.

    Raises CourseError if it is no valid notebook of format 4.
    """
    notebook = _opened(path)
    notebook, _ = ClearOutputPreprocessor().preprocess(notebook, {})  # type: ignore[no-untyped-call]  # untyped library
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)  # the times at which it ran
    return _written(notebook)


def made(cells: Sequence[NewCell]) -> bytes:
    """A notebook of these cells, for Python 3."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nodes = [_node(cell, f"cell-{number:02}") for number, cell in enumerate(cells, start=1)]
    content = {"cells": nodes, "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}}}
    return _written(nbformat.from_dict({**content, "nbformat": 4, "nbformat_minor": 5}))  # type: ignore[no-untyped-call]  # as above


def with_cells(notebook: bytes, added: Mapping[int, Sequence[NewCell]]) -> bytes:
    """The notebook with new cells after those of these numbers, counted from 1; 0 is the top."""
    read = nbformat.reads(notebook.decode(), as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]  # as above
    taken = {cell.get("id") for cell in read["cells"]}
    free = (name for number in count(1) if (name := f"practice-{number:02}") not in taken)
    cells = [_node(cell, next(free)) for cell in added.get(0, ())]
    for number, old in enumerate(read["cells"], start=1):
        cells += [old, *(_node(cell, next(free)) for cell in added.get(number, ()))]
    if (read["nbformat"], read["nbformat_minor"]) < (4, 5):
        cells = [{part: value for part, value in cell.items() if part != "id"} for cell in cells]
    return _written(nbformat.from_dict({**read, "cells": cells}))  # type: ignore[no-untyped-call]  # as above


def imported(notebook: bytes) -> Iterator[str]:
    """The top-level modules that the code cells import, with repetitions."""
    read = nbformat.reads(notebook.decode(), as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]  # as above
    for cell in read["cells"]:
        if cell["cell_type"] == "code":
            yield from imports_in(cell["source"])


def imports_in(source: str) -> Iterator[str]:
    """The top-level modules that `source` imports; none if it is not Python, lines for Jupyter itself aside."""
    lines = ("" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines())
    try:
        nodes = list(ast.walk(ast.parse("\n".join(lines))))
    except (SyntaxError, ValueError):
        return
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _opened(path: Path) -> Any:
    try:
        if path.exists() and not path.is_file():
            raise ValueError("no regular file")  # which would be waited for
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]  # as above
        nbformat.validate(notebook)
    except FileNotFoundError as error:
        raise CourseError(f"{path} is missing. It is what students get; `grader new` shows how one looks.") from error
    except (OSError, ValueError, NotJSONError, nbformat.ValidationError) as error:
        reason = str(error).partition("\n")[0]
        raise CourseError(f"{path} is no valid notebook ({reason}). Open it in Jupyter and save it.") from error
    if notebook["nbformat"] != 4:
        raise CourseError(f"{path} is a notebook of an old format. Open it in Jupyter and save it.")
    return notebook


def _node(cell: NewCell, name: str) -> dict[str, Any]:
    node = {"cell_type": cell.kind, "id": name, "metadata": {}, "source": cell.source}
    return node if cell.kind == "markdown" else {**node, "execution_count": None, "outputs": []}


def _written(notebook: Any) -> bytes:
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]  # as above
    return f"{text.rstrip()}\n".encode()
