"""The cells about practice in the notebook that students get: what it is, and `check(...)` below each graded cell.

They are added when a notebook is released: starters stay as their authors wrote them, and no name is written twice.
What can be practised is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from grader.authoring.filling import filled
from grader.authoring.notebooks import NewCell, with_cells
from grader.authoring.student_package import practised
from grader.course.assignment import Assignment, Exercise
from grader.limits import NotebookLimits
from grader.notebook.notebook import Notebook, parse
from grader.notebook.submission import Missing, extract
from grader.notebook.submission.cells import read_cells

#: the one name that these cells bind
_NAME: Final = "check"


def with_practice(notebook: bytes, assignment: Assignment) -> bytes:
    """The notebook with the cells about practice; as it is, if none of its cells answers what can be practised.

    One that binds the name `check` itself is left alone too: its author has placed practice, or means something else.
    """
    read = parse(notebook, NotebookLimits())
    places = _places(read, assignment)
    if not places or _binds_our_name(read):
        return notebook
    example = practice_call(places[min(places)][0])
    opening = (
        NewCell(kind="markdown", source=filled("practice.md.jinja", call=example).strip()),
        NewCell(kind="code", source=filled("practice.py.jinja").strip()),
    )
    head = 1 if read.cells[0].kind == "markdown" else 0
    return with_cells(notebook, {head: opening, **{at: [*map(_trying, found)] for at, found in places.items()}})


def practice_call(exercise: Exercise) -> str:
    """What a student runs to practise the exercise; only functions tell their own name."""
    name = exercise.target
    return f"{_NAME}({name})" if exercise.asks_for == "function" else f'{_NAME}("{name}", {name})'


def _trying(exercise: Exercise) -> NewCell:
    return NewCell(kind="code", source=practice_call(exercise))


def _places(read: Notebook, assignment: Assignment) -> Mapping[int, list[Exercise]]:
    """By the number of a cell: the exercises answered in it that can be practised."""
    answers = {answer.exercise: answer for answer in extract(read, assignment).answers}
    places: dict[int, list[Exercise]] = {}
    for exercise in practised(assignment):
        answer = answers[exercise.id]
        if not isinstance(answer, Missing):
            places.setdefault(answer.cell, []).append(exercise)
    return places


def _binds_our_name(read: Notebook) -> bool:
    statements = (statement for cell in read_cells(read.code_cells) for statement in cell.statements)
    return any(_NAME in statement.names.all_bound for statement in statements)
