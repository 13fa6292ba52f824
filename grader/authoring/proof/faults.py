"""Faults of an assignment that show on paper, before anything runs: file, field and cure, all of them at once."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from grader.authoring.proof.candidates import equivalents_file
from grader.authoring.proof.equivalents import read_equivalents
from grader.authoring.proof.room_code import faults_of_room_code
from grader.course.assignment import Assignment, Visibility
from grader.course.edits import Script
from grader.course.folder import UNFINISHED, Course
from grader.course.mistakes import MISTAKES, read_mistakes, read_variants, solution_of
from grader.errors import CourseError
from grader.judging.cells import CourseCell, unfit
from grader.limits import NotebookLimits
from grader.notebook.notebook import parse
from grader.notebook.submission.texts import answer_below

#: libraries that take long to load, and what an assignment says to have them ready
SLOW = {
    "sympy": 'runtime="sympy"',
    "keras": 'runtime="tensorflow"',
    "tensorflow": 'runtime="tensorflow"',
    "torch": 'runtime="torch"',
    **{name: f'uses=("{name}",)' for name in ("pandas", "scipy", "sklearn", "seaborn")},
}


def faults_on_paper(course: Course, name: str) -> tuple[str, ...]:
    """Everything that is wrong with the files of one assignment, in words; empty if nothing is."""
    try:
        assignment = course.assignment(name)
    except CourseError as error:
        return (str(error), *_unreadable_solution(course, name))
    return tuple(_faults(course, assignment))  # what the reference raises, if it does, is found when it is asked


def _faults(course: Course, assignment: Assignment) -> Iterator[str]:
    home = course.folder / "assignments" / assignment.id
    if assignment.points != assignment.total:
        yield (
            f"{home / 'assignment.py'}, points: its checks add up to {assignment.points}, and {assignment.total} are "
            "asked. Change the points of a check, or `total`."
        )
    for needed in (*_notebooks(course, assignment), home / "README.md"):
        if not needed.is_file():
            yield f"{needed} is missing. `grader new` shows what belongs into an assignment."
    yield from course.unfinished(assignment.id)
    yield from _about_cells(home / "assignment.py", assignment)
    yield from _about_times(home / "assignment.py", assignment)
    yield from _about_prompts(course, assignment)
    yield from faults_of_room_code(course, assignment)
    yield from _loaded_anew(course, assignment)
    unreadable = tuple(_unreadable_solution(course, assignment.id))
    yield from unreadable or _about_mistakes(course, assignment)
    yield from _raised(partial(read_equivalents, equivalents_file(course, assignment.id)))


def _about_cells(file: Path, assignment: Assignment) -> Iterator[str]:
    """What an instructor's own cells do that cannot be done from outside the student's process."""
    for exercise in assignment.exercises:
        for check in exercise.checks:
            for each in unfit(check.question) if isinstance(check.question, CourseCell) else ():
                yield (
                    f"{file}, exercise {exercise.id}, check {check.id}, line {each.line} of the cell: {each.reason}. "
                    "Ask for what the function returns instead."
                )


def _about_times(file: Path, assignment: Assignment) -> Iterator[str]:
    """Checks on time whose inputs students can know: an answer that is looked up takes none."""
    for exercise in assignment.exercises:
        for check in exercise.checks:
            timed = check.rule is not None and check.rule.timed is not None
            if timed and check.visibility is Visibility.VISIBLE and not check.question.drawn:
                yield (
                    f"{file}, exercise {exercise.id}, check {check.id}: it asks for time on inputs that are written "
                    "down, so answers to them can be written down as well. Draw them, with `calls`."
                )


def _notebooks(course: Course, assignment: Assignment) -> Iterator[Path]:
    """Where they should lie: one of each kind, or as many as the assignment names."""
    home = course.folder / "assignments" / assignment.id
    for kind in ("starter", "sample"):
        yield from [home / kind / f"{each}.ipynb" for each in assignment.notebooks] or [home / f"{kind}.ipynb"]


def _about_prompts(course: Course, assignment: Assignment) -> Iterator[str]:
    """Texts that would not be found: no cell below such a line, where students start from."""
    file = course.folder / "assignments" / assignment.id / "assignment.py"
    starters = {each.stem: each for each in course.notebooks(assignment.id, "starter")}
    asked = [(f"to_mark {each.id}", each.notebook, each.prompt) for each in assignment.to_mark]
    asked += [(f"exercise {each.id}", each.notebook, each.prompt) for each in assignment.exercises if each.prompt]
    for which, notebook, prompt in asked:
        starter = starters.get(notebook or "starter")
        if starter is None or not starter.is_file():
            continue
        if answer_below(parse(starter.read_bytes(), NotebookLimits()), prompt) is None:
            yield (
                f"{file}, {which}: no cell of {starter.name} has the line {prompt!r} "
                "with a cell below it. Write the line as it stands there."
            )


def _loaded_anew(course: Course, assignment: Assignment) -> Iterator[str]:
    """A library that takes seconds to load, in an assignment whose rooms do not have it ready."""
    if any(_unreadable_solution(course, assignment.id)):
        return
    imported = _imported(solution_of(course, assignment.id)) - assignment.libraries.names
    if slow := sorted(SLOW.keys() & imported):
        yield (
            f"{course.folder / 'assignments' / assignment.id / 'assignment.py'}, runtime: solution.py imports "
            f"{slow[-1]}, and its rooms load it anew for every exercise, which takes up to seconds. "
            f"Add {SLOW[slow[-1]]} to the `lab`."
        )


def _imported(script: Script) -> set[str]:
    """The top-level modules that a script imports, anywhere in it."""
    found = set[str]()
    for node in ast.walk(ast.parse(script.source)):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.add(node.module.partition(".")[0])
    return found


def _about_mistakes(course: Course, assignment: Assignment) -> Iterator[str]:
    """Mistakes and variants that cannot be read or say nothing, and exercises nobody gets wrong."""
    try:
        mistakes, variants = read_mistakes(course, assignment), read_variants(course, assignment)
    except CourseError as error:
        yield from error.lines
        return
    solution = ast.dump(ast.parse(solution_of(course, assignment.id).source))
    for each in (*mistakes, *variants):
        if UNFINISHED in each.script.source:
            continue  # said already, of its file
        yield from _unparsable(each.script)
        if not _unparsable(each.script) and ast.dump(ast.parse(each.script.source)) == solution:
            yield f"{each.script.name}: it changes a comment or the layout, and nothing that Python sees. Take it out."
    caught = {each.exercise for each in mistakes}
    for exercise in assignment.exercises:
        if exercise.id not in caught and exercise.answered_by is not None:
            yield (
                f"{course.solution(assignment.id).parent / MISTAKES}: no mistake is about {exercise.id}, so nothing "
                "shows that its checks catch any."
            )


def _unreadable_solution(course: Course, name: str) -> Iterator[str]:
    try:
        yield from _unparsable(solution_of(course, name))
    except CourseError as error:
        yield from error.lines


def _unparsable(script: Script) -> tuple[str, ...]:
    try:
        ast.parse(script.source)
    except (SyntaxError, ValueError) as error:
        return (f"{script.name} cannot be read as Python ({error}). Correct it.",)
    return ()


def _raised(attempt: Callable[[], object]) -> tuple[str, ...]:
    try:
        attempt()
    except CourseError as error:
        return error.lines
    return ()
