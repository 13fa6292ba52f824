"""Grading one notebook from the command line: find course and assignment, open the sandbox, grade, write, exit code."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader.classes.intake.one_student import is_of_one_student, notebooks_of
from grader.classes.request import GradeRequest
from grader.classes.shown import show_report
from grader.classes.writing import write_whole
from grader.course.assignment import Assignment
from grader.course.folder import Course, find_course
from grader.errors import UnreadableSubmission, UsageError
from grader.grading.grader import Grader
from grader.grading.recognition import recognition
from grader.grading.ungraded import without_bytes
from grader.limits import NotebookLimits
from grader.messages import ENGLISH, Words, terminal
from grader.notebook.bundle import packed
from grader.notebook.notebook import Notebook
from grader.notebook.reading import read_notebook
from grader.render import RENDERERS, WHOLE, annotated, html
from grader.report.audience import seen_by
from grader.report.exit_codes import exit_code
from grader.report.report import Audience, Report
from grader.settings import Settings


@dataclass(frozen=True, slots=True)
class _HandedIn:
    """What was handed in, read once: its bytes, or why it has none."""

    path: Path
    data: bytes | UnreadableSubmission

    def notebook(self) -> Notebook:
        """Raises UnreadableSubmission and TooCostly."""
        if isinstance(self.data, UnreadableSubmission):
            raise self.data
        return read_notebook(self.data, NotebookLimits())


def grade_one(request: GradeRequest, *, environment: Mapping[str, str], now: datetime | None = None) -> int:
    """Grade, write what was asked for, and return the exit code. Raises UsageError and SandboxUnavailable.

    The exit code is about all points, whoever reads the report. `now` decides what a student may see yet; without it
    the due date has not passed.
    """
    settings = Settings.from_environment(environment)
    _refuse_nonsense(request)
    course = find_course(request.course or settings.course, near=Path.cwd(), graded=request.paths)
    file = _read(request.paths)
    report = _graded(request, course, file, settings)
    words = ENGLISH if report.assignment is None else course.words(report.assignment.id, request.language)
    seen = seen_by(report, Audience(request.audience), now=now)
    if request.json is not None and str(request.json) != "-":
        _save(request.json, RENDERERS["json"](seen, words=words), option="--json")
    if not request.quiet:
        whole = report if request.format in WHOLE else seen
        show_report(whole, json=request.json, format=request.format, words=words, settings=settings)
    _draw(seen, request, file, words)
    return exit_code([report.status], [report.score], fail_under=request.fail_under)


def are_one(request: GradeRequest, *, environment: Mapping[str, str]) -> bool:
    """Whether the paths are the notebooks of one student, for an assignment that asks for several. Raises CourseError
    and UsageError as `grade_one` does."""
    named = request.course or Settings.from_environment(environment).course
    course = find_course(named, near=Path.cwd(), graded=request.paths)
    return is_of_one_student(request.paths, course, request.assignment)


def _refuse_nonsense(request: GradeRequest) -> None:
    if request.format not in RENDERERS:
        raise UsageError(f"--format {request.format} is for a class. For one notebook: {', '.join(RENDERERS)}.")
    if missing := [path for path in request.paths if not os.path.lexists(path)]:
        raise UsageError(f"{missing[0]} does not exist. Name a notebook, for example submission.ipynb.")
    for target in (request.json, request.html, request.notebook):
        if target is not None and not target.absolute().parent.is_dir():
            raise UsageError(f"{target} cannot be written: there is no folder {target.parent}. Make it first.")


def _read(paths: Sequence[Path]) -> _HandedIn:
    """The one file, or what counts as one: the notebooks of one student."""
    notebooks = notebooks_of(paths)
    try:
        name, data = packed(notebooks, NotebookLimits())
        return _HandedIn(paths[0] if paths == notebooks[:1] else Path(name), data)
    except UnreadableSubmission as error:
        return _HandedIn(paths[0], error)


def _graded(request: GradeRequest, course: Course, file: _HandedIn, settings: Settings) -> Report:
    assignment = _assignment(request, course, file)
    with Grader(
        course,
        assignment,
        sandbox=request.sandbox,
        private=_folders(request),
        seed=request.seed,
        keys=settings.keys_folder,
    ) as grader:
        if grader.warning:
            words = course.words(assignment.id, request.language)
            terminal.warn(words.text(grader.warning))
        if isinstance(file.data, UnreadableSubmission):
            return grader.unreadable(without_bytes(file.path.name), file.data.message)
        return grader.grade(file.path.name, file.data)


def _folders(request: GradeRequest) -> tuple[Path, ...]:
    """Where the notebook lies, perhaps among others', and where its reports are written."""
    named = (*request.paths, request.json, request.html, request.notebook)
    return (*request.paths, *(path.absolute().parent for path in named if path is not None))


def _assignment(request: GradeRequest, course: Course, file: _HandedIn) -> Assignment:
    if request.assignment is not None:
        return course.assignment(request.assignment)
    known = recognition(course)
    try:
        notebook = file.notebook()
    except UnreadableSubmission:
        if known.only is not None:
            return known.only  # its report says why it cannot be read
        raise
    for warning in known.warnings:
        terminal.warn(*warning)
    return known.chosen(notebook, file.path.name)


def _draw(report: Report, request: GradeRequest, file: _HandedIn, words: Words) -> None:
    """The pages, when the report is safe: one that cannot be drawn is a warning, and keeps no other from being so."""
    pages: tuple[tuple[Path | None, str, Callable[[], str]], ...] = (
        (request.html, "--html", lambda: html.render(report, words=words)),
        (request.notebook, "--notebook", lambda: _annotated(report, request.notebook, file, words)),
    )
    for target, option, drawn in pages:
        if target is None:
            continue
        try:
            made = drawn()
        except UnreadableSubmission:
            terminal.say(f"{target} was not written: there are no cells to put feedback under.")
        except Exception as error:  # other people's libraries draw what other people wrote
            terminal.warn(words.say("page_not_drawn", file=str(target), error=type(error).__name__))
        else:
            _save(target, made, option=option)


def _annotated(report: Report, target: Path | None, file: _HandedIn, words: Words) -> str:
    """The notebook with feedback: as a page if its name ends so, else as a notebook. Raises UnreadableSubmission."""
    if target is not None and target.suffix in (".html", ".htm"):
        return annotated.render_html(file.notebook(), report, words=words)
    return annotated.render(file.notebook(), report, words=words).decode()


def _save(path: Path, text: str, *, option: str) -> None:
    write_whole(path, text, otherwise=f"Name another file with {option}.")
