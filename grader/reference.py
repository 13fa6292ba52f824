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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.assignment import Assignment, Exercise
from grader.checks import Misconception, Solutions, kind_of
from grader.checks.function import FunctionExercise
from grader.checks.shapes import shape_for
from grader.course import Course
from grader.errors import CourseError
from grader.lender import Lendable, Lender
from grader.notebook import from_script
from grader.submission import Answer, Parameters, Plan, extract


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKey:
    """What one class is judged with: per exercise, what its kind prepared from reference and seed.

    The lender calls the references that others depend on. It starts its process when a room first asks.
    """

    seed: int
    prepared: dict[str, Any]
    lender: Lender = field(default_factory=lambda: Lender(()))


@dataclass(frozen=True, slots=True, kw_only=True)
class RightVariant:
    """Another right implementation of one exercise, and in a sentence what is different about it, if it says so."""

    name: str
    exercise: str
    says: str
    path: Path


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
    scripts = Scripts(assignment, course.solution(assignment.id))
    lender = Lender(_lendables(assignment, scripts), seed=chosen)
    prepared = {e.id: kind_of(e).prepare(e, _solutions(e, scripts, wrong), chosen) for e in assignment.exercises}
    return AnswerKey(seed=chosen, prepared=prepared, lender=lender)


def _solutions(exercise: Exercise, scripts: Scripts, wrong: tuple[WrongSolution, ...]) -> Solutions:
    needs = kind_of(exercise).solutions
    if needs == "none":
        return Solutions(reference=None)
    read = scripts.function if needs == "function" else scripts.value_of
    misconceptions = tuple(
        Misconception(name=w.name, hint=w.hint, solve=_when_called(functools.partial(read, exercise, w.path)))
        for w in wrong
        if w.exercise == exercise.id
    )
    right = read(exercise, scripts.solution)
    if needs == "value":
        return Solutions(reference=None, value=right(), misconceptions=misconceptions)
    return Solutions(reference=right, misconceptions=misconceptions)


def _lendables(assignment: Assignment, scripts: Scripts) -> tuple[Lendable, ...]:
    """The references that others depend on. Raises CourseError for one that is no function."""
    found = []
    for exercise in assignment.exercises:
        users = [other.id for other in assignment.exercises if exercise.id in other.depends_on]
        if not users:
            continue
        if kind_of(exercise).solutions != "function":
            raise CourseError(
                f"assignment {assignment.id}: exercise {users[0]} depends on {exercise.id}, which is no function "
                "and so cannot be called in the student's place. Take it out of depends_on in assignment.py."
            )
        found.append(scripts.lendable(exercise))
    return tuple(found)


def wrong_solutions(course: Course, assignment: Assignment) -> tuple[WrongSolution, ...]:
    """The assignment's wrong solutions. Raises CourseError for a file without its three constants."""
    return tuple(wrong_solution(path) for path in course.wrong_solutions(assignment.id))


def right_variants(course: Course, assignment: Assignment) -> tuple[RightVariant, ...]:
    """The assignment's other right implementations. Raises CourseError for a file that does not bind EXERCISE."""
    return tuple(right_variant(path) for path in course.right_variants(assignment.id))


def right_variant(path: Path) -> RightVariant:
    """Read one of them. Raises CourseError as `right_variants` does."""
    exercise = _constants(path, "EXERCISE")["EXERCISE"]
    says = ast.get_docstring(ast.parse(_source(path))) or ""
    return RightVariant(name=path.stem, exercise=exercise, says=says, path=path)


def wrong_solution(path: Path) -> WrongSolution:
    """Read one of them. Raises CourseError as `wrong_solutions` does."""
    constants = _constants(path, "EXERCISE", "LOSES", "HINT")
    return WrongSolution(
        name=path.stem,
        exercise=constants["EXERCISE"],
        loses=tuple(constants["LOSES"]),
        hint=constants["HINT"],
        path=path,
    )


def _constants(path: Path, *names: str) -> dict[str, Any]:
    """The literals that a solution script binds to the names by which it is filed. Raises CourseError if one is not."""
    constants: dict[str, Any] = {}
    try:
        for node in ast.parse(_source(path)).body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in names:
                    constants[name] = ast.literal_eval(value)
                case _:
                    pass
    except (ValueError, SyntaxError) as error:
        raise CourseError(
            f"{path}: what {' and '.join(names)} are bound to has to be literals ({error}). Write them out."
        ) from error
    if missing := [name for name in names if name not in constants]:
        raise CourseError(
            f"{path}: {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing. "
            "Bind each of these names to a literal, above the code; `grader new` shows where."
        )
    return constants


class Scripts:
    """The scripts of one assignment's solutions, each read once. What an exercise depends on is always the reference's,
    as it is in a room."""

    def __init__(self, assignment: Assignment, solution: Path) -> None:
        self.assignment = assignment
        self.solution = solution
        self._plans: dict[Path, dict[str, Answer]] = {}
        self._references: dict[str, Callable[..., Any]] = {}

    def function(self, exercise: Exercise, path: Path) -> Callable[..., Any]:
        """The function of that exercise in the script; it takes the canonical arguments, whatever its own shape is."""
        found = self._bound(exercise, path)
        if not callable(found):
            raise CourseError(f"{path}: {exercise.target} is not a function.")
        return _taking_all(_quiet(found), exercise, self._plan(exercise, path).parameters)

    def value_of(self, exercise: Exercise, path: Path) -> Callable[[], Any]:
        """The value that the script binds to the exercise's target, as a function without arguments."""
        value = self._bound(exercise, path)
        return lambda: value

    def lendable(self, exercise: Exercise) -> Lendable:
        """The reference of that exercise as the lender runs it."""
        plan = self._plan(exercise, self.solution)
        shapes = exercise.shapes if isinstance(exercise, FunctionExercise) else ()
        return Lendable(
            exercise=exercise.id,
            target=plan.target,
            statements=tuple(each for each in plan.own or plan.statements if each.needed),
            parameters=plan.parameters.names if plan.parameters is not None else (),
            shapes=tuple(shape.places for shape in shapes),
        )

    def _bound(self, exercise: Exercise, path: Path) -> Any:
        """What the script binds to the target, after the statements which that needs, and no others, have run."""
        plan = self._plan(exercise, path)
        lent = {each.name: self._reference(each.exercise) for each in plan.borrowed}
        namespace: dict[str, Any] = {"__name__": path.stem, **lent}
        for statement in plan.statements:
            if statement.needed:
                padded = "\n" * (statement.line - 1) + statement.source
                try:
                    with _silence():
                        exec(compile(padded, str(path), "exec"), namespace)  # noqa: S102  # the course's own code
                except Exception as error:
                    raise CourseError(f"{path}, line {statement.line}: {type(error).__name__}: {error}") from error
                namespace.update(lent)
        return namespace.get(plan.target)

    def _reference(self, name: str) -> Callable[..., Any]:
        if name not in self._references:
            exercise = next(each for each in self.assignment.exercises if each.id == name)
            found = self._bound(exercise, self.solution)
            if not callable(found):
                raise CourseError(f"{self.solution}: {exercise.target} is not a function.")
            self._references[name] = found
        return self._references[name]

    def _plan(self, exercise: Exercise, path: Path) -> Plan:
        if path not in self._plans:
            submission = extract(from_script(_source(path)), self.assignment)
            self._plans[path] = {answer.exercise: answer for answer in submission.answers}
        plan = self._plans[path][exercise.id]
        if not isinstance(plan, Plan):
            raise CourseError(
                f"{path} defines no {exercise.target}. Add it, since exercise {exercise.id} is judged by it."
            )
        return plan


def _taking_all(function: Callable[..., Any], exercise: Exercise, parameters: Parameters | None) -> Callable[..., Any]:
    """The function as one of all canonical arguments, of which it is passed those that its definition asks for."""
    shape = shape_for(exercise.shapes, parameters) if isinstance(exercise, FunctionExercise) else None
    if shape is None or parameters is None:
        return function

    @functools.wraps(function)
    def called(*args: Any) -> Any:
        return function(*(args if parameters.take(len(args)) else shape.pick(args)))

    return called


def _when_called(read: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
    """What `read` gives, but read at the first call: only a wrong answer is held against wrong solutions."""
    loaded = functools.cache(read)

    def solve(*args: Any) -> Any:
        return loaded()(*args)

    return solve


def _quiet(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function without its prints: a wrong solution may print, and our standard output is the report."""

    @functools.wraps(function)
    def silent(*args: Any) -> Any:
        with _silence():
            return function(*args)

    return silent


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
        yield


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(
            f"{path} cannot be read ({error.strerror}). Every assignment needs a reference there."
        ) from error
