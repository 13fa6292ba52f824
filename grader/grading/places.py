"""In which of several notebooks an exercise was found, put into its result: cells are counted in each from 1."""

from __future__ import annotations

from grader.messages import Message, say
from grader.messages.visible import in_cell
from grader.report.report import ExerciseResult

#: what is seen of a file's name
_LONGEST = 80


def about_place(notebook: str) -> tuple[Message, ...]:
    """That all cells which are named are of this notebook; nothing where only one was handed in, which has no name."""
    return (say("cells_are_of", notebook=in_cell(notebook, most=_LONGEST)),) if notebook else ()


def placed(result: ExerciseResult, notebook: str) -> ExerciseResult:
    """The result, which says so."""
    if not notebook:
        return result
    cell = None if result.cell is None else result.cell.model_copy(update={"notebook": notebook})
    return result.model_copy(update={"cell": cell, "notices": (*about_place(notebook), *result.notices)})
