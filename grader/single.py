"""Grading one notebook from the command line: find course and assignment, open the sandbox, grade, write, exit code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader.assignment import Assignment
from grader.course import Course, find_course
from grader.desk import Desk
from grader.errors import UnreadableSubmission, UsageError
from grader.limits import NotebookLimits
from grader.notebook import parse, read
from grader.pipeline import grade
from grader.provenance import WallClock
from grader.recognition import recognition
from grader.reference import answer_key
from grader.render import RENDERERS, annotated, html, text
from grader.report import Audience, Report, Status
from grader.sandbox.backends import open_sandbox
from grader.sandbox.warm import Warm
from grader.settings import Settings
from grader.wording import ENGLISH, Language, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The command line of `grade`, as given."""

    path: Path
    assignment: str | None
    course: Path | None
    json: Path | None
    html: Path | None
    notebook: Path | None
    format: str
    language: Language
    audience: str
    seed: int | None
    sandbox: str
    fail_under: float | None
    quiet: bool
    keep_warm: float | None


def grade_one(request: Request, *, environment: Mapping[str, str], now: datetime | None = None) -> int:
    """Grade, write what was asked for, and return the exit code. Raises UsageError and SandboxUnavailable.

    `now` decides what a student may see yet; without it the due date has not passed.
    """
    settings = Settings.from_environment(environment)
    if request.format not in RENDERERS:
        raise UsageError(f"--format {request.format} is for a class. For one notebook: {', '.join(RENDERERS)}.")
    if not os.path.lexists(request.path):
        raise UsageError(f"{request.path} does not exist. Name a notebook, for example submission.ipynb.")
    for path in (request.json, request.html, request.notebook):
        if path is not None and not path.absolute().parent.is_dir():
            raise UsageError(f"{path} cannot be written: there is no folder {path.parent}. Make it first.")
    course = find_course(request.course or settings.course, near=Path.cwd())
    warm = Warm(folder=settings.runtime_folder, keep_seconds=request.keep_warm)
    report = _graded(request, course, warm).seen_by(Audience(request.audience), now=now)
    words = ENGLISH if report.assignment is None else course.words(report.assignment.id, request.language)
    _write(report, request, settings, words)
    return exit_code(report, request.fail_under)


def exit_code(report: Report, fail_under: float | None) -> int:
    """The README's table: of several reasons the first of 3, 4, 1 that applies; else 0."""
    if report.status is Status.NOT_GRADED:
        return 3
    if report.status is Status.UNREADABLE:
        return 4
    score = report.score
    below = score is not None and score.earned is not None and 100 * score.earned < (fail_under or 0) * score.possible
    return 1 if below else 0


def _graded(request: Request, course: Course, warm: Warm) -> Report:
    assignment = _assignment(request, course)
    with open_sandbox(request.sandbox, assignment.runtime, warm) as sandbox:  # which loads its libraries meanwhile
        if sandbox.warning:
            words = course.words(assignment.id, request.language)
            sys.stderr.write(f"warning: {words.text(sandbox.warning)}\n")
        desk = Desk(
            course=course,
            assignment=assignment,
            key=answer_key(course, assignment, seed=request.seed),
            files=course.files(assignment.id),
            sandbox=sandbox,
            clock=WallClock(),
        )
        return grade(request.path, desk)


def _assignment(request: Request, course: Course) -> Assignment:
    if request.assignment is not None:
        return course.assignment(request.assignment)
    known = recognition(course)
    try:
        notebook = parse(read(request.path, NotebookLimits()), NotebookLimits())
    except UnreadableSubmission:
        if len(course.ids) == 1:
            return known.assignments[0]  # its report says why it cannot be read
        raise
    for warning in known.warnings:
        sys.stderr.write(f"warning: {warning}\n")
    return known.chosen(notebook, request.path.name)


def _write(report: Report, request: Request, settings: Settings, words: Words) -> None:
    if request.notebook is not None:
        _annotate(report, request.path, request.notebook, words)
    if request.html is not None:
        _save(request.html, html.render(report, words=words), option="--html")
    if request.json is not None and str(request.json) != "-":
        _save(request.json, RENDERERS["json"](report), option="--json")
    if request.quiet:
        return
    shown = "json" if str(request.json) == "-" else request.format
    if shown != "text":
        sys.stdout.write(RENDERERS[shown](report, words=words))
        return
    terminal = sys.stdout.isatty()
    width = min(shutil.get_terminal_size((88, 24)).columns, 100) if terminal else 88
    sys.stdout.write(text.render(report, words=words, width=width, colour=terminal and settings.colour))


def _annotate(report: Report, submission: Path, target: Path, words: Words) -> None:
    """Write the notebook with feedback: as a page if `target` ends so, else as a notebook."""
    try:
        notebook = parse(read(submission, NotebookLimits()), NotebookLimits())
    except UnreadableSubmission:
        sys.stderr.write(f"{target} was not written: there are no cells to put feedback under.\n")
        return
    if target.suffix in (".html", ".htm"):
        made = annotated.render_html(notebook, report, words=words)
    else:
        made = annotated.render(notebook, report, words=words).decode()
    _save(target, made, option="--notebook")


def _save(path: Path, text: str, *, option: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}). Name another file with {option}.") from error
