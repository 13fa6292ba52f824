"""The trusted answers of a course: reference and wrong solutions, and the answer key made from them.

Reference and wrong solutions are plain scripts, read like a notebook of one cell: for a function, only the statements
it needs are executed here, so a reference model costs no TensorFlow import. Nothing of this ever enters a room.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.assignment import Assignment, Exercise
from grader.checks import Misconception, Solutions, kind_of
from grader.course import Course
from grader.errors import CourseError
from grader.notebook import from_script
from grader.submission import Plan, extract


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKey:
    """What one class is judged with: per exercise, what its kind prepared from reference and seed."""

    seed: int
    prepared: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongSolution:
    """A named mistake: the exercise it is about, the checks it must not pass, and the hint it earns."""

    name: str
    exercise: str
    loses: tuple[str, ...]
    hint: str
    path: Path


def answer_key(course: Course, assignment: Assignment, *, seed: int | None = None) -> AnswerKey:
    """Draw all inputs and answer them with the reference. Raises CourseError if the reference cannot."""
    chosen = assignment.seed if seed is None else seed
    wrong = wrong_solutions(course, assignment)
    path = course.solution(assignment.id)

    def solutions(exercise: Exercise) -> Solutions:
        if exercise.kind != "function":
            return Solutions(reference=None)
        misconceptions = (w for w in wrong if w.exercise == exercise.id)
        return Solutions(
            reference=_function(path, assignment, exercise),
            misconceptions=tuple(
                Misconception(name=w.name, hint=w.hint, solve=_when_called(w.path, assignment, exercise))
                for w in misconceptions
            ),
        )

    prepared = {e.id: kind_of(e).prepare(e, solutions(e), chosen) for e in assignment.exercises}
    return AnswerKey(seed=chosen, prepared=prepared)


def wrong_solutions(course: Course, assignment: Assignment) -> tuple[WrongSolution, ...]:
    """The assignment's wrong solutions. Raises CourseError for a file without its three constants."""
    return tuple(_wrong_solution(path) for path in course.wrong_solutions(assignment.id))


def _wrong_solution(path: Path) -> WrongSolution:
    constants: dict[str, Any] = {}
    try:
        for node in ast.parse(_source(path)).body:
            match node:
                case ast.Assign(targets=[ast.Name(id=("EXERCISE" | "LOSES" | "HINT") as name)], value=value):
                    constants[name] = ast.literal_eval(value)
                case _:
                    pass
        return WrongSolution(
            name=path.stem,
            exercise=constants["EXERCISE"],
            loses=tuple(constants["LOSES"]),
            hint=constants["HINT"],
            path=path,
        )
    except (KeyError, ValueError, SyntaxError) as error:
        raise CourseError(f"{path}: it must bind EXERCISE, LOSES and HINT to literals ({error}).") from error


def _function(path: Path, assignment: Assignment, exercise: Exercise) -> Callable[..., Any]:
    """Execute the statements that `exercise.target` needs, and nothing else of the script."""
    submission = extract(from_script(_source(path)), assignment)
    plan = next(answer for answer in submission.answers if answer.exercise == exercise.id)
    if not isinstance(plan, Plan):
        raise CourseError(f"{path} defines no {exercise.target}. Add it, since exercise {exercise.id} is judged by it.")
    namespace: dict[str, Any] = {"__name__": path.stem}
    for statement in plan.statements:
        if statement.needed:
            padded = "\n" * (statement.line - 1) + statement.source
            try:
                exec(compile(padded, str(path), "exec"), namespace)  # noqa: S102  # the course's own code
            except Exception as error:
                raise CourseError(f"{path}, line {statement.line}: {type(error).__name__}: {error}") from error
    found = namespace.get(plan.target)
    if not callable(found):
        raise CourseError(f"{path}: {exercise.target} is not a function.")
    return _quiet(found)


def _when_called(path: Path, assignment: Assignment, exercise: Exercise) -> Callable[..., Any]:
    """As `_function`, but the script is read at the first call: only a wrong answer is held against wrong solutions."""

    @functools.cache
    def loaded() -> Callable[..., Any]:
        return _function(path, assignment, exercise)

    def solve(*args: Any) -> Any:
        return loaded()(*args)

    return solve


def _quiet(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function without its prints: a wrong solution may print, and our standard output is the report."""

    @functools.wraps(function)
    def silent(*args: Any) -> Any:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
            return function(*args)

    return silent


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(
            f"{path} cannot be read ({error.strerror}). Every assignment needs a reference there."
        ) from error
