"""What a person marks: the cell that answers it, and how many points are open. Nothing runs or is decided here."""

from __future__ import annotations

from collections.abc import Iterator

from grader.course.assignment import Assignment, ToMark
from grader.grading.places import about_place
from grader.messages import counted, say
from grader.notebook.notebook import Cell
from grader.notebook.submission import Submission
from grader.notebook.submission.texts import answer_below
from grader.report.report import CellReference, ExerciseResult, Verdict

#: characters of an answer that a report keeps
MOST_ANSWER = 20_000


def left_to_people(assignment: Assignment, submission: Submission) -> Iterator[ExerciseResult]:
    """The results of all that waits for a person, in the assignment's order."""
    for each in assignment.to_mark:
        notebook = submission.where(each.id)
        yield _waiting(each, answer_below(notebook, each.prompt), notebook.name)


def _waiting(asked: ToMark, answer: Cell | None, notebook: str) -> ExerciseResult:
    points = counted(asked.points, "point")
    found = say("to_mark", points=points) if answer is not None else say("to_mark_not_found", points=points)
    cell = None
    if answer is not None:
        source = answer.source[:MOST_ANSWER]
        cell = CellReference(index=answer.index, found_by="marker", source=source, prose=source, notebook=notebook)
    return ExerciseResult(
        id=asked.id,
        title=asked.title,
        verdict=Verdict.TO_MARK,
        earned=0,
        possible=0,
        message=found,
        cell=cell,
        notices=about_place(notebook),
        checks=(),
        to_mark=asked.points,
        rubric=asked.rubric,
    )
