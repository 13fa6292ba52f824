"""Judging: exercise kinds, the rules they hold answers to, and the words for what is wrong. Trusted side only.

A new kind is one file with a `KIND`, and one row here.
"""

from grader.assignment import Exercise
from grader.checks import choice, function, model, training, variable
from grader.checks.examination import Ask, Examination, Kind, Misconception, Solutions, Subject

KINDS: dict[str, Kind] = {
    "function": function.KIND,
    "model": model.KIND,
    "choice": choice.KIND,
    "variable": variable.KIND,
    "training": training.KIND,
}

__all__ = ["KINDS", "Ask", "Examination", "Kind", "Misconception", "Solutions", "Subject", "kind_of"]


def kind_of(exercise: Exercise) -> Kind:
    """The kind an exercise is of."""
    return KINDS[exercise.kind]
