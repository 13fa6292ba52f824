"""Answers written in prose: the cell below the line that asks for one, and its text as a value that the notebook binds.

What a student wrote stays text: it becomes a literal, so no word of it runs, and nobody renders it.
"""

from __future__ import annotations

from dataclasses import replace

from grader.course.assignment import Assignment
from grader.notebook.notebook import Cell, Notebook


def answer_below(notebook: Notebook, prompt: str) -> Cell | None:
    """The cell below the last one that has `prompt` as a line; None if there is no such cell, or nothing below it."""
    return next(iter(asked_and_answered(notebook, prompt)[1:]), None)


def asked_and_answered(notebook: Notebook, prompt: str) -> tuple[Cell, ...]:
    """The last cell that has `prompt` as a line, and the one below it, as far as they are there."""
    wanted = " ".join(prompt.split())
    asking = [at for at, cell in enumerate(notebook.cells) if _has_line(cell, wanted)]
    return notebook.cells[asking[-1] : asking[-1] + 2] if asking else ()


def with_texts(notebook: Notebook, assignment: Assignment) -> Notebook:
    """The notebook in which a cell of prose that answers a text exercise binds that text to its target."""
    for exercise in assignment.exercises:
        cell = answer_below(notebook, exercise.prompt) if exercise.prompt else None
        if cell is not None and cell.kind != "code":
            bound = replace(cell, kind="code", source=_binding(exercise.target, cell.source), prose=cell.source)
            cells = tuple(bound if each is cell else each for each in notebook.cells)
            notebook = replace(notebook, cells=cells)
    return notebook


def _binding(target: str, text: str) -> str:
    """The statement that binds a text, line for line, marked as the graded cell."""
    lines = "\n".join(f"    {line!r}" for line in text.splitlines(keepends=True)) or "    ''"
    return f"# GRADED CELL: {target}\n{target} = (\n{lines}\n)"


def _has_line(cell: Cell, wanted: str) -> bool:
    return any(" ".join(line.split()) == wanted for line in cell.source.split("\n"))
