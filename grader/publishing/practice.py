"""What a student package carries so that students can practise: the sheet, and the modules of ours that read it.

This is the one part of the package for which the reference is run: it answers the calls of visible checks, drawn
without the seed of the class. Its answers are handed out, never its code, and of hidden checks nothing.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import grader
from grader.assignment import Assignment, Check, Exercise, Visibility
from grader.checks.function import Case, FunctionCheck, FunctionExercise, FunctionKey
from grader.checks.inputs import Drawn
from grader.checks.model import ModelExercise
from grader.checks.rules import Agrees, LeavesArguments, Repeats
from grader.course import Course
from grader.practice.sheet import (
    FILE_NAME,
    CallCheck,
    Demand,
    FunctionTask,
    GradedOnly,
    ModelTask,
    Sheet,
    Task,
    written,
)
from grader.reference import answer_key
from grader.report import AssignmentReference
from grader.values import Array, Value

#: of what the seed of practice is made, beside the assignment's id
_DOMAIN: Final = "notebook-grader: practice"
_ROOTS: Final = ("grader", "grader.practice", "grader.practice.session")
_FOR_MODELS: Final = ("grader.checks.model", "grader.room.keras_model")
_PAGES: Final = ("page.css", "parts.html.j2", "practice.html.j2")
#: rules that a sheet can name; all others are code of the course
_DEMANDS: Final[dict[type, Demand]] = {Agrees: "agrees", LeavesArguments: "leaves_arguments", Repeats: "repeats"}
_STUB: Final = '"""Part of notebook-grader, as far as practice needs it."""\n'


def practice_files(course: Course, assignment: Assignment) -> dict[str, bytes]:
    """The files by their path in the package; none if nothing of the assignment can be practised.

    Raises CourseError if the reference cannot answer.
    """
    if not practised(assignment):
        return {}
    sheet = sheet_of(course, assignment, seed=practice_seed(assignment))
    roots = (*_ROOTS, *(_FOR_MODELS if any(isinstance(task, ModelTask) for task in sheet.tasks) else ()))
    return {FILE_NAME: f"{sheet.model_dump_json(indent=1)}\n".encode(), **_modules(roots)}


def practised(assignment: Assignment) -> tuple[Exercise, ...]:
    """The exercises that can be practised."""
    return tuple(each for each in assignment.exercises if _can_be_practised(each))


def practice_seed(assignment: Assignment) -> int:
    """What practice is drawn with. It stands in the package, so nothing of the class's seed goes into it: that one is
    small, and whatever is made of it could be made again from every seed there is."""
    return int.from_bytes(hashlib.sha256(f"{_DOMAIN}: {assignment.id}".encode()).digest()[:4], "big")


def sheet_of(course: Course, assignment: Assignment, *, seed: int) -> Sheet:
    """The practice sheet. Raises CourseError if the reference cannot answer."""
    prepared: Mapping[str, object] = {}
    if any(isinstance(each, FunctionExercise) and _can_be_practised(each) for each in assignment.exercises):
        prepared = answer_key(course, assignment, seed=seed).prepared
    names = {each.id: each.target for each in assignment.exercises}
    return Sheet(
        assignment=AssignmentReference.to(assignment),
        seed=seed,
        tasks=tuple(_task(each, prepared.get(each.id), names) for each in assignment.exercises),
    )


def _task(exercise: Exercise, key: object, names: Mapping[str, str]) -> Task:
    if not _can_be_practised(exercise):
        return GradedOnly(id=exercise.id, title=exercise.title, target=exercise.target)
    if isinstance(exercise, FunctionExercise) and isinstance(key, FunctionKey):
        return _function(exercise, key, names)
    if isinstance(exercise, ModelExercise):
        asked = exercise.model_dump(mode="json", exclude={"markers", "limits", "depends_on"}, exclude_defaults=True)
        return ModelTask(id=exercise.id, title=exercise.title, target=exercise.target, asked=asked)
    return GradedOnly(id=exercise.id, title=exercise.title, target=exercise.target)


def _function(exercise: FunctionExercise, key: FunctionKey, names: Mapping[str, str]) -> FunctionTask:
    out = {check.id for check in _handed_out(exercise)}
    return FunctionTask(
        id=exercise.id,
        title=exercise.title,
        target=exercise.target,
        shapes=exercise.shapes,
        own=tuple(names[name] for name in exercise.depends_on),
        checks=tuple(_check(check, key.cases[check.id], out) for check in exercise.checks if check.id in out),
        later=tuple(check.title for check in exercise.checks if _is_visible(check) and check.id not in out),
    )


def _check(check: FunctionCheck, cases: tuple[Case, ...], handed_out: set[str]) -> CallCheck:
    rule = check.rule
    compares = isinstance(rule, Agrees)
    tolerance = Agrees().tolerance if isinstance(rule, LeavesArguments) else rule.tolerance
    drawn = isinstance(check.inputs, Drawn)
    if drawn:  # nothing can be made smaller later, so the simplest call comes first
        cases = tuple(sorted(cases, key=lambda case: sum(map(_size, case.args))))
    return CallCheck(
        id=check.id,
        title=check.title,
        points=check.points,
        passed=check.passed,
        failed=check.failed,
        hint=check.hint,
        needs=tuple(need for need in check.needs if need in handed_out),
        demand=_DEMANDS[type(rule)],
        twice=rule.twice,
        relative=tolerance.relative,
        absolute=tolerance.absolute,
        scalar=compares and rule.scalar,
        other_forms=compares and rule.reading is not None,
        drawn=drawn,
        cases=tuple(written((*case.args, case.expected if compares else None)) for case in cases),
    )


def _handed_out(exercise: FunctionExercise) -> list[FunctionCheck]:
    """Visible checks whose rule is one that a sheet can name."""
    return [check for check in exercise.checks if _is_visible(check) and type(check.rule) in _DEMANDS]


def _can_be_practised(exercise: Exercise) -> bool:
    """A function with such a check, or a model of which every check is visible: its layers are what they look at."""
    match exercise:
        case FunctionExercise():
            return bool(_handed_out(exercise))
        case ModelExercise():
            return all(map(_is_visible, exercise.checks))
        case _:
            return False


def _is_visible(check: Check) -> bool:
    return check.visibility is Visibility.VISIBLE


def _size(value: Value) -> float:
    """How much there is to look at: entries, and a little for their size."""
    match value:
        case Array(data=data):
            return data.size + float(abs(data).sum()) / 1e6 if data.dtype.kind in "iuf" else data.size
        case list() | tuple():
            return 1 + sum(map(_size, value))
        case dict():
            return 1 + sum(map(_size, value.values()))
        case _:
            return 1


def _modules(roots: tuple[str, ...]) -> dict[str, bytes]:
    """The modules that `roots` import, as they are; of packages on the way, only that they are there."""
    home = Path(grader.__file__).parent
    files: dict[str, bytes] = {}
    waiting = list(roots)
    while waiting:
        path = _file(waiting.pop())
        name = f"grader/{path.relative_to(home).as_posix()}"
        if name not in files:
            files[name] = path.read_bytes()
            waiting.extend(_imported(files[name].decode()))
    for name in list(files):
        for folder in list(Path(name).parents)[:-1]:
            files.setdefault(f"{folder.as_posix()}/__init__.py", _STUB.encode())
    for page in _PAGES:
        files[f"grader/render/pages/{page}"] = (home / "render" / "pages" / page).read_bytes()
    return dict(sorted(files.items()))


def _imported(source: str) -> Iterator[str]:
    """Our modules that a module imports when it is read; what it imports later is left to `roots`."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "grader":
            inner = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if _file(name).is_file() else str(node.module) for name in inner)


def _file(module: str) -> Path:
    path = Path(grader.__file__).parent.joinpath(*module.split(".")[1:])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
