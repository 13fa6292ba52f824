"""What shows on paper of an assignment's `room.py`: that it gives what is asked of it, and none of the answers.

It lies where students' code runs, so whatever it holds any student may read. What a text can hide is not found here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.course.text_files import text_of
from grader.errors import CourseError
from grader.notebook.submission.names import names_of

#: modules that hold answers or judge them
_SECRET: Final = frozenset({"solution", "reference", "mistakes", "variants", "grader", "assignment", "assignments"})
#: words that name where answers lie, in a path that is written out
_PLACES: Final = ("reference/", "solution.py", "mistakes.toml", "variants.toml", "assignment.py")


def faults_of_room_code(course: Course, assignment: Assignment) -> Iterator[str]:
    """All that is wrong with it, in words."""
    file = course.room_code(assignment.id)
    if not file.is_file():
        if assignment.from_room:
            yield f"{file} is missing, and from_room asks it for {assignment.from_room[0]}. Write it, or take that out."
        return
    try:
        course.room_files(assignment.id)
        tree = ast.parse(text_of(file))
    except CourseError as error:
        yield from error.lines
    except (SyntaxError, ValueError) as error:
        yield f"{file} cannot be read as Python ({error}). Correct it."
    else:
        given = {name for each in tree.body for name in names_of(each).all_bound}
        for name in assignment.from_room:
            if name not in given:
                yield f"{file} binds no {name}, which from_room asks it for. Bind it, or take it out of from_room."
        for line, what in dict.fromkeys(_answers_in(tree, assignment, _answers(course, assignment))):
            yield f"{file}, line {line}: {what}, and students' code can read it. Take it out: it must hold no answer."


def _answers(course: Course, assignment: Assignment) -> frozenset[str]:
    """What the functions of the reference that are asked for do, as they are read."""
    try:
        body = ast.parse(text_of(course.solution(assignment.id))).body
    except (CourseError, SyntaxError, ValueError):
        return frozenset()
    targets = {each.target for each in assignment.exercises}
    return frozenset(_work(each) for each in body if isinstance(each, ast.FunctionDef) and each.name in targets)


def _answers_in(tree: ast.Module, assignment: Assignment, answers: frozenset[str]) -> Iterator[tuple[int, str]]:
    targets = {each.target for each in assignment.exercises}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                modules = [each.name for each in names]
            case ast.ImportFrom(module=str(module)):
                modules = [module]
            case ast.FunctionDef(name=name) if _work(node) in answers:
                yield node.lineno, f"{name} does what an answer of solution.py does, word for word"
                continue
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) if name in targets:
                yield node.lineno, f"it defines {name}, which students write"
                continue
            case ast.Constant(value=str(text)) if any(each in text for each in _PLACES):
                yield node.lineno, "it names a file in which answers lie"
                continue
            case _:
                continue
        for module in modules:
            if not _SECRET.isdisjoint(module.split(".")):
                yield node.lineno, f"it imports {module}"


def _work(function: ast.FunctionDef) -> str:
    """Its parameters and statements, without what documents it."""
    has_text = ast.get_docstring(function, clean=False) is not None
    return "\n".join(map(ast.dump, (function.args, *function.body[has_text:])))
