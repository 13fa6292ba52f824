"""What a person marks: the cell that answers it, and how many points are open. Nothing runs or is decided here."""

from __future__ import annotations

from collections.abc import Iterator

from grader.course.assignment import Assignment, ToMark
from grader.messages import counted, say
from grader.notebook.notebook import Cell, Notebook
from grader.notebook.submission.texts import answer_below
from grader.report.report import CellReference, ExerciseResult, Verdict

#: characters of an answer that a report keeps
MOST_ANSWER = 20_000


def left_to_people(assignment: Assignment, notebook: Notebook) -> Iterator[ExerciseResult]:
    """The results of all that waits for a person, in the assignment's order."""
    for each in assignment.to_mark:
        yield _waiting(each, answer_below(notebook, each.prompt))


def _waiting(asked: ToMark, answer: Cell | None) -> ExerciseResult:
    points = counted(asked.points, "point")
    found = say("to_mark", points=points) if answer is not None else say("to_mark_not_found", points=points)
    cell = None
    if answer is not None:
        cell = CellReference(index=answer.index, found_by="marker", source=answer.source[:MOST_ANSWER])
    return ExerciseResult(
        id=asked.id,
        title=asked.title,
        verdict=Verdict.TO_MARK,
        earned=0,
        possible=0,
        message=found,
        cell=cell,
        checks=(),
        to_mark=asked.points,
        rubric=asked.rubric,
    )
