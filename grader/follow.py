"""Follow-through: an exercise that calls earlier ones is judged with the reference in their place. Who lends what to a
room, and what a student is told about it. Nothing is called here.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.assignment import Assignment, Visibility
from grader.checks.function import FunctionExercise
from grader.checks.shapes import shape_for
from grader.lender import Offer
from grader.report import ExerciseResult, Verdict
from grader.submission import Borrowed
from grader.wording import say


def offers(borrowed: Sequence[Borrowed], assignment: Assignment) -> dict[str, Offer]:
    """What a room may borrow, by the names under which its code may call it."""
    exercises = {exercise.id: exercise for exercise in assignment.exercises}
    found: dict[str, Offer] = {}
    for each in borrowed:
        exercise = exercises[each.exercise]
        shapes = exercise.shapes if isinstance(exercise, FunctionExercise) else ()
        shape = shape_for(shapes, each.parameters)
        found[each.name] = Offer(exercise=exercise.id, shape=None if shape is None else shape.places)
    return found


def has_visible_fault(result: ExerciseResult) -> bool:
    """Whether a check that students see has not passed. What a hidden check found, no notice may tell."""
    shown = (check for check in result.checks if check.visibility is Visibility.VISIBLE)
    return result.earned is not None and any(check.verdict is not Verdict.PASSED for check in shown)


def about_reference(names: Sequence[str]) -> str:
    """That the reference stood in for these functions."""
    if len(names) == 1:
        return say("judged_with", name=names[0])
    return say("judged_with_several", names=", ".join(names))


def about_own(names: Sequence[str], *, works: bool) -> str:
    """How the same code does with the student's own functions of these names."""
    return say("own_works" if works else "own_does_not_work", names=", ".join(names))
