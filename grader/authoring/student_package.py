"""What a student package carries so that students can practise: the sheet, and the modules of ours that read it.

This is the one part of the package for which the reference is run: it answers the calls of visible checks, drawn
without the seed of the class. Its answers are handed out, never its code, and of hidden checks nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import grader
from grader.authoring.practice.sheet import (
    FILE_NAME,
    AspectCheck,
    CallCheck,
    FunctionTask,
    GradedOnly,
    ModelTask,
    Sheet,
    Task,
    written,
)
from grader.course.assignment import Assignment, Check, Exercise, Visibility
from grader.course.folder import Course
from grader.grading.reference import answer_key
from grader.judging import Key
from grader.judging.inputs import size_of
from grader.judging.model import ModelDescription
from grader.judging.question import Case
from grader.judging.rules import DEMANDS, Agrees, LeavesArguments
from grader.messages import LANGUAGES
from grader.messages.catalogue import compiled
from grader.report.report import AssignmentReference
from grader.wall.sandbox.forked import choose_sandbox

#: what is imported from the beginning; the comparison, which a page imports when it has something to compare
_ROOTS: Final = (
    "grader",
    "grader.authoring.practice",
    "grader.authoring.practice.session",
    "grader.render.comparison",
)
_FOR_MODELS: Final = ("grader.judging.model", "grader.wall.room.models")
_PAGES: Final = ("colours.css", "page.css", "parts.html.j2", "practice.html.j2")
_CATALOGUES: Final = "grader/messages/catalogues"
_STUB: Final = '"""Part of notebook-grader, as far as practice needs it."""\n'


def practice_files(course: Course, assignment: Assignment, *, sandbox: str = "auto") -> dict[str, bytes]:
    """The files by their path in the package; none if nothing of the assignment can be practised.

    Raises CourseError if the reference cannot answer, and SandboxUnavailable if it cannot be asked here.
    """
    if not practised(assignment):
        return {}
    sheet = sheet_of(course, assignment, seed=assignment.open_seed("practice"), sandbox=sandbox)
    roots = (*_ROOTS, *(_FOR_MODELS if any(isinstance(task, ModelTask) for task in sheet.tasks) else ()))
    return {FILE_NAME: f"{sheet.model_dump_json(indent=1)}\n".encode(), **_modules(roots)}


def practised(assignment: Assignment) -> tuple[Exercise, ...]:
    """The exercises that can be practised; none where rooms give what a student's computer does not have."""
    return tuple(each for each in assignment.exercises if _can_be_practised(each) and not assignment.from_room)


def sheet_of(course: Course, assignment: Assignment, *, seed: int, sandbox: str = "auto") -> Sheet:
    """The practice sheet. Raises CourseError if the reference cannot answer."""
    answered = {each.id for each in practised(assignment) if each.answered_by is not None}
    prepared: Mapping[str, Key] = {}
    if answered:
        with choose_sandbox(sandbox, assignment.runtime, uses=assignment.uses, private=(course.folder,)) as rooms:
            prepared = answer_key(course, assignment, rooms, seed=seed).prepared
    names = {each.id: each.target for each in assignment.exercises}
    return Sheet(
        assignment=AssignmentReference.to(assignment),
        seed=seed,
        tasks=tuple(
            _task(each, prepared[each.id] if each.id in answered else None, names) for each in assignment.exercises
        ),
    )


def _task(exercise: Exercise, key: Key | None, names: Mapping[str, str]) -> Task:
    if not _can_be_practised(exercise):
        return GradedOnly(id=exercise.id, title=exercise.title, target=exercise.target)
    return _model(exercise) if key is None else _function(exercise, key, names)


def _model(exercise: Exercise) -> ModelTask:
    question = exercise.checks[0].question
    assert isinstance(question, ModelDescription)
    return ModelTask(
        id=exercise.id,
        title=exercise.title,
        target=exercise.target,
        features=question.features,
        layers=tuple(layer.model_dump(mode="json", exclude_defaults=True) for layer in question.layers),
        compiled=question.compiled.model_dump(mode="json", exclude_defaults=True),
        checks=tuple(
            AspectCheck(**_said(check), needs=check.needs, aspect=check.rule.name, hints=check.rule.hints)
            for check in exercise.checks
        ),
    )


def _said(check: Check) -> dict[str, Any]:
    return {name: getattr(check, name) for name in ("id", "title", "points", "passed", "failed", "hint")}


def _function(exercise: Exercise, key: Key, names: Mapping[str, str]) -> FunctionTask:
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


def _check(check: Check, cases: tuple[Case, ...], handed_out: set[str]) -> CallCheck:
    rule = check.rule
    compares = isinstance(rule, Agrees)
    tolerance = Agrees().tolerance if isinstance(rule, LeavesArguments) else rule.tolerance
    if check.question.drawn:  # nothing can be made smaller later, so the simplest call comes first
        cases = tuple(sorted(cases, key=lambda case: size_of(case.args)))
    return CallCheck(
        **_said(check),
        needs=tuple(need for need in check.needs if need in handed_out),
        demand=DEMANDS[type(rule)],
        twice=rule.twice,
        relative=tolerance.relative,
        absolute=tolerance.absolute,
        scalar=compares and rule.scalar,
        more_keys=compares and rule.more_keys,
        parts=rule.parts if compares else (),
        each_entry=compares and rule.each_entry,
        other_forms=compares and rule.reading is not None,
        drawn=check.question.drawn,
        cases=tuple(written((*case.args, case.expected if compares else None)) for case in cases),
    )


def _handed_out(exercise: Exercise) -> list[Check]:
    """Visible checks whose rule is one that a sheet can name."""
    return [check for check in exercise.checks if _is_visible(check) and type(check.rule) in DEMANDS]


def _can_be_practised(exercise: Exercise) -> bool:
    """A function with such a check, or a model of which every check is visible: its layers are what they look at."""
    match exercise.checks[0].question.practised_as:
        case "calls":
            return bool(_handed_out(exercise))
        case "model":
            return all(_is_visible(each) and each.question.practised_as == "model" for each in exercise.checks)
        case _:
            return False


def _is_visible(check: Check) -> bool:
    return check.visibility is Visibility.VISIBLE


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
    for language in LANGUAGES:  # compiled, since a student's Python may lack what reads the sources
        files[f"{_CATALOGUES}/{language}.mo"] = compiled(language)
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
