"""From a notebook to what will run of it: find each graded cell, slice what it needs, say why. Nothing runs here.

Test cells, stored outputs, metadata and START/END lines are never believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from grader.assignment import Assignment, Exercise
from grader.notebook import Notebook
from grader.submission.detection import Detection, Fit, detect
from grader.submission.find import hidden_answer, search
from grader.submission.listing import Listing, list_statements
from grader.submission.newer import is_older_than
from grader.submission.parameters import parameters_of
from grader.submission.plan import Answer, Borrowed, FoundBy, Missing, Parameters, Plan, Submission, Unparsable
from grader.submission.slice import everything_before, slice_for
from grader.submission.words import about_hidden, about_unread, notices_for, why_missing

__all__ = [
    "Answer",
    "Borrowed",
    "Detection",
    "Fit",
    "FoundBy",
    "Missing",
    "Parameters",
    "Plan",
    "Submission",
    "Unparsable",
    "detect",
    "extract",
    "widen",
]


def extract(notebook: Notebook, assignment: Assignment) -> Submission:
    """What of `notebook` will run for each exercise of `assignment`, or why nothing will."""
    listing = list_statements(notebook)
    answers: dict[str, Answer] = {}
    for exercise in assignment.exercises:
        answers[exercise.id] = _answer(notebook, listing, exercise, assignment, answers)
    return Submission(answers=tuple(answers.values()), notebook=notebook, notices=tuple(about_unread(listing.cells)))


def _borrowed(exercise: Exercise, assignment: Assignment, earlier: Mapping[str, Answer]) -> Iterator[Borrowed]:
    """What `exercise` depends on, by the name it is asked under, and by the one the student gave it."""
    for other in assignment.exercises:
        if other.id in exercise.depends_on:
            answer = earlier[other.id]
            known = answer.parameters if isinstance(answer, Plan) else None
            names = (other.target, answer.target) if isinstance(answer, Plan) else (other.target,)
            yield from (Borrowed(name=name, exercise=other.id, parameters=known) for name in dict.fromkeys(names))


def widen(submission: Submission, plan: Plan) -> Plan:
    """The plan with every statement of every cell before the graded one, for a name that was missing at run time."""
    imports = [each for each in plan.statements if each.role == "import"]
    before = everything_before(list_statements(submission.notebook), plan.cell)
    later = [each for each in plan.statements if each.role == "definition" and each.cell > plan.cell]
    cell = [each for each in plan.statements if each.role == "cell"]
    return replace(plan, statements=(*imports, *before, *later, *cell))


def _answer(
    notebook: Notebook, listing: Listing, exercise: Exercise, assignment: Assignment, earlier: Mapping[str, Answer]
) -> Answer:
    listing = listing.training(exercise.target) if exercise.trained else listing
    found = search(listing, exercise, assignment)
    hidden = hidden_answer(notebook, exercise)
    best = found.best
    if best is None:
        return Missing(exercise=exercise.id, message=why_missing(found, hidden))
    if best.cell.error is not None:
        newer = best.cell.newer_syntax and is_older_than(notebook.python)
        return Unparsable(
            exercise=exercise.id,
            cell=best.cell.index,
            found_by=best.found_by,
            error=best.cell.error,
            newer_python=newer,
        )
    borrowed = tuple(each for each in _borrowed(exercise, assignment, earlier) if each.name != best.name)
    notices = [*notices_for(found, best, listing), *([about_hidden(hidden, exercise.target)] if hidden else [])]
    return Plan(
        exercise=exercise.id,
        target=best.name,
        cell=best.cell.index,
        found_by=best.found_by,
        statements=slice_for(listing, best, lent=frozenset(each.name for each in borrowed)),
        borrowed=borrowed,
        own=slice_for(listing, best) if borrowed else (),
        parameters=parameters_of(listing, best.position, best.name),
        notices=tuple(notices),
    )
