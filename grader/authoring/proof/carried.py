"""What the functions that an instructor's cell passes carry into the student's room, as the reference was asked: names
of the cell's data and functions, for its author to know. No fault, and no values.

It is read from the expressions that make them there, in the form in which `wall/room/passed.py` writes them.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from grader.course.assignment import Exercise
from grader.grading.cell_rehearsals import CellRehearsals
from grader.judging.cells import CourseCell
from grader.wall.protocol import Call, Follow, Question
from grader.wall.steps import Expression

#: what it takes to have a module, something of a library's or of the student's again: none of the cell's
_OF_OTHERS = frozenset({"import_module", "attrgetter", "modules"})


def remarks_on(exercise: Exercise, cells: CellRehearsals) -> Iterator[str]:
    """A sentence for each function that carries something; none of a cell that the reference does not get through,
    or that asks more than is kept. Raises SandboxError as `CellRehearsals.of` does."""
    for check in exercise.checks:
        if not isinstance(check.question, CourseCell):
            continue
        rehearsal = cells.of(exercise, check.question)
        names = defaultdict[str, set[str]](set)
        for each in (rehearsal and rehearsal.exchanges) or ():
            for source in _passed(each.question):
                names[_function(source)] |= set(_carried(source))
        for function, carried in names.items():
            if carried:
                listed = ", ".join(f"`{name}`" for name in sorted(carried))
                yield (
                    f"exercise {exercise.id}, check {check.id}: {function}, which the cell passes, carries {listed} "
                    "into the student's room, where the student's code can read it. That is no fault unless it gives "
                    "an answer away."
                )


def _passed(question: Question) -> Iterator[str]:
    """The expressions among what is sent."""
    match question:
        case Call(args=args, named=named):
            sent = [*args, *named.values()]
        case Follow(steps=steps):
            sent = [value for step in steps.steps for value in step.values]
        case _:
            return
    yield from (each.source for each in sent if isinstance(each, Expression))


def _function(source: str) -> str:
    """How the author knows it."""
    for node in ast.walk(ast.parse(source)):  # the outermost comes first
        match node:
            case ast.Call(func=ast.Name(id="exec"), args=[ast.Constant(value=str(text)), _]):
                made = ast.parse(text).body[0]
                return f"`{made.name}`" if isinstance(made, ast.FunctionDef) else "a lambda"
            case _:
                pass
    return "a function of a library"


def _carried(source: str) -> Iterator[str]:
    """The names of the cell's that it is given, and those that they are given in turn."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Lambda(), args=[ast.Dict(keys=keys, values=values)]):
                for key, value in zip(keys, values, strict=True):
                    if isinstance(key, ast.Constant) and not _is_of_others(value):
                        yield str(key.value)
            case _:
                pass


def _is_of_others(value: ast.expr) -> bool:
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Lambda):
        return False
    return any(isinstance(each, ast.Attribute) and each.attr in _OF_OTHERS for each in ast.walk(value))
