"""Faults of an assignment that show on paper, before anything runs: file, field and cure, all of them at once."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from grader.assignment import Assignment
from grader.checks import kind_of
from grader.course import Course
from grader.errors import CourseError
from grader.quality.candidates import equivalents_file
from grader.quality.equivalents import read_equivalents
from grader.reference import answer_key, right_variant, wrong_solution

#: libraries that take long to load, and the runtime whose rooms have them ready
SLOW = {"sympy": "sympy", "keras": "tensorflow", "tensorflow": "tensorflow"}


def faults_on_paper(course: Course, name: str) -> tuple[str, ...]:
    """Everything that is wrong with the files of one assignment, in words; empty if nothing is."""
    try:
        assignment = course.assignment(name)
    except CourseError as error:
        return (str(error), *_unreadable_scripts(course, name))
    if not (found := tuple(_faults(course, assignment))):
        return ()  # what the reference raises, if it does, is found when it is asked
    if any(_unreadable_scripts(course, name)):
        return found
    return (*found, *_raised(partial(answer_key, course, assignment)))


def _faults(course: Course, assignment: Assignment) -> Iterator[str]:
    home = course.folder / "assignments" / assignment.id
    if assignment.points != assignment.total:
        yield (
            f"{home / 'assignment.py'}, points: its checks add up to {assignment.points}, and {assignment.total} are "
            "asked. Change the points of a check, or `total`."
        )
    for needed in (home / "starter.ipynb", home / "sample.ipynb", home / "README.md"):
        if not needed.is_file():
            yield f"{needed} is missing. `grader new` shows what belongs into an assignment."
    yield from course.unfinished(assignment.id)
    yield from _loaded_anew(course, assignment)
    scripts = tuple(_unreadable_scripts(course, assignment.id))
    yield from scripts
    if not scripts:
        yield from _misplaced(course, assignment)
    yield from _raised(partial(read_equivalents, equivalents_file(course, assignment.id)))


def _loaded_anew(course: Course, assignment: Assignment) -> Iterator[str]:
    """A library that takes seconds to load, in an assignment whose rooms do not have it ready."""
    solution = course.solution(assignment.id)
    if assignment.runtime != "numpy" or not solution.is_file() or _unparsable(solution):
        return
    if slow := sorted(SLOW.keys() & _imported(solution)):
        yield (
            f"{course.folder / 'assignments' / assignment.id / 'assignment.py'}, runtime: solution.py imports "
            f"{slow[-1]}, and rooms of the runtime numpy load it anew for every exercise, which takes up to seconds. "
            f'Add runtime="{SLOW[slow[-1]]}" to the Assignment.'
        )


def _imported(script: Path) -> set[str]:
    """The top-level modules that a script imports, anywhere in it."""
    found = set[str]()
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.add(node.module.partition(".")[0])
    return found


def _misplaced(course: Course, assignment: Assignment) -> Iterator[str]:
    """Solutions about exercises or checks that do not exist, and exercises nobody gets wrong."""
    checks = {exercise.id: {check.id for check in exercise.checks} for exercise in assignment.exercises}
    caught = dict.fromkeys(checks, 0)
    for path in course.wrong_solutions(assignment.id):
        wrong = wrong_solution(path)
        if wrong.exercise not in checks:
            yield f"{path}, EXERCISE: there is no exercise {wrong.exercise!r}. There are {', '.join(checks)}."
            continue
        caught[wrong.exercise] += 1
        if not wrong.loses:
            yield f"{path}, LOSES: it names no check. A wrong solution that nothing catches needs a check that does."
        for unknown in (each for each in wrong.loses if each not in checks[wrong.exercise]):
            yield f"{path}, LOSES: exercise {wrong.exercise} has no check {unknown!r}."
    for path in course.right_variants(assignment.id):
        if (about := right_variant(path).exercise) not in checks:
            yield f"{path}, EXERCISE: there is no exercise {about!r}. There are {', '.join(checks)}."
    folder = course.folder / "reference" / assignment.id / "wrong"
    for exercise in assignment.exercises:
        if not caught[exercise.id] and kind_of(exercise).solutions != "none":
            yield f"{folder}: no wrong solution is about {exercise.id}, so nothing shows that its checks catch any."


def _unreadable_scripts(course: Course, name: str) -> Iterator[str]:
    solution = course.solution(name)
    if not solution.is_file():
        yield f"{solution} is missing. Every assignment needs a reference there."
    else:
        yield from _unparsable(solution)
    for path in course.wrong_solutions(name):
        yield from _unparsable(path) or _raised(partial(wrong_solution, path))
    for path in course.right_variants(name):
        yield from _unparsable(path) or _raised(partial(right_variant, path))


def _unparsable(path: Path) -> tuple[str, ...]:
    try:
        ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError) as error:
        return (f"{path} cannot be read as Python ({error}). Correct it.",)
    return ()


def _raised(attempt: Callable[[], object]) -> tuple[str, ...]:
    try:
        attempt()
    except CourseError as error:
        return (str(error),)
    return ()
