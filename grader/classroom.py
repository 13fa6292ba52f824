"""Grading a class from the command line: find assignment and students, grade them all, write the files, say what came.

One notebook alone is `single.py`'s business.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from grader.assignment import Assignment
from grader.batch import Office, Settled, grade_all
from grader.class_report import ClassReport, ClassRun, RowStatus, StudentRow, Trouble
from grader.course import Course, find_course
from grader.crew import usable_cores
from grader.errors import UnreadableSubmission, UsageError
from grader.fingerprint import context_key
from grader.intake import HandIn, Intake
from grader.intake.collect import collect
from grader.intake.contents import read_bytes
from grader.intake.roster import read_roster
from grader.journal import Journal
from grader.limits import MEGABYTE, IntakeLimits, NotebookLimits
from grader.notebook import Notebook, parse
from grader.progress import Watching, watching
from grader.provenance import WallClock, provenance
from grader.recognition import recognition
from grader.render import class_text
from grader.render.classes import CLASS_RENDERERS
from grader.report import Audience, Provenance, Report, Run
from grader.report_files import ReportFolder, write_text
from grader.sandbox.backends import open_sandbox
from grader.settings import Settings
from grader.statistics import class_report, student_row
from grader.troubles import about_files, about_row, about_stops, notes_without_notebook
from grader.wording import Language, Words
from grader.workbench import Workbench

DEFAULT_OUT = Path("reports")
#: each file that is made of the whole class, and the name of its renderer
CLASS_FILES: dict[str, str] = {
    "class.json": "json",
    "class.html": "html",
    "class.csv": "csv",
    "junit.xml": "junit",
    "canvas.csv": "canvas",
    "moodle.csv": "moodle",
}
SLOWEST: Final = 5
#: notebooks that are asked which assignment they answer, and what is too large to ask
ASKED: Final = 9
ASKED_BYTES: Final = 4 * MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRequest:
    """The command line of `grade` for a class, as given."""

    paths: tuple[Path, ...]
    assignment: str | None
    course: Path | None
    json: Path | None
    out: Path | None
    roster: Path | None
    format: str
    language: Language
    audience: str
    seed: int | None
    sandbox: str
    workers: int | None
    cache: bool
    fail_under: float | None
    quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Class:
    """What is graded, by which course, and where everything is written."""

    course: Course
    assignment: Assignment
    intake: Intake
    folder: ReportFolder
    words: Words


def grade_class(
    request: ClassRequest, *, environment: Mapping[str, str], watch: Watching = watching, now: datetime | None = None
) -> int:
    """Grade, write all files, and return the exit code; `watch` makes whoever looks on.

    `now` decides what a student may see yet; without it the due date has not passed.

    Raises UsageError, CourseError, SandboxUnavailable, and Interrupted on Ctrl-C.
    """
    if request.format not in CLASS_RENDERERS:
        raise UsageError(f"--format {request.format} is for one notebook. For a class: {', '.join(CLASS_RENDERERS)}.")
    settings = Settings.from_environment(environment)
    graded = _found(request, find_course(request.course or settings.course, near=Path.cwd()))
    report = _graded(graded, request, settings, watch, now)
    for name, renderer in CLASS_FILES.items():
        made = CLASS_RENDERERS[renderer](report, _stored(report, graded.folder), words=graded.words)
        write_text(graded.folder.output / name, made)
    _show(report, request, settings, graded.folder, graded.words)
    return exit_code(report, request.fail_under)


def exit_code(report: ClassReport, fail_under: float | None) -> int:
    """The README's table: of several reasons the first of 3, 4, 1 that applies; else 0."""
    statuses = {row.status for row in report.students}
    if RowStatus.NOT_GRADED in statuses:
        return 3
    if RowStatus.UNREADABLE in statuses:
        return 4
    return int(any(_is_below(row, fail_under or 0) for row in report.students))


def _is_below(row: StudentRow, percent: float) -> bool:
    score = row.score
    return score is not None and score.earned is not None and 100 * score.earned < percent * score.possible


def _found(request: ClassRequest, course: Course) -> _Class:
    folder = ReportFolder(request.out or DEFAULT_OUT)
    if folder.output.resolve() in {path.resolve() for path in request.paths}:
        raise UsageError(f"{folder.output} holds what was handed in. Name another folder with --out.")
    roster = None if request.roster is None else read_roster(request.roster)
    intake = collect(request.paths, assignment=request.assignment, roster=roster, limits=IntakeLimits())
    assignment = _assignment(request, course, intake.hand_ins)
    words = course.words(assignment.id, request.language)
    return _Class(course=course, assignment=assignment, intake=intake, folder=folder, words=words)


def _assignment(request: ClassRequest, course: Course, hand_ins: Sequence[HandIn]) -> Assignment:
    """The named one, else the one that most of the first notebooks answer."""
    if request.assignment is not None:
        return course.assignment(request.assignment)
    known = recognition(course)
    asked = list(_first_readable(hand_ins))
    if not asked and len(course.ids) == 1:
        return known.assignments[0]  # their reports say why they cannot be read
    for warning in known.warnings:
        _say(f"warning: {warning}")
    best = (known.detect(notebook).best for notebook in asked)
    votes = Counter(fits[0].assignment for fits in best if len(fits) == 1).most_common(2)
    if not votes:
        raise UsageError(
            f"The first notebooks fit no assignment of {course.folder}, or several alike. Say which is meant with "
            f"--assignment: {', '.join(course.ids)}."
        )
    if len(votes) == 2 and votes[0][1] == votes[1][1]:
        raise UsageError(f"As many notebooks fit {votes[0][0]} as {votes[1][0]}. Say which is meant with --assignment.")
    return known.assignment(votes[0][0])


def _first_readable(hand_ins: Sequence[HandIn]) -> Iterator[Notebook]:
    found = 0
    for hand_in in hand_ins[: 4 * ASKED]:
        try:
            notebook = parse(read_bytes(hand_in, ASKED_BYTES), NotebookLimits())
        except UnreadableSubmission:
            continue
        yield notebook
        found += 1
        if found == ASKED:
            return


def _graded(
    graded: _Class, request: ClassRequest, settings: Settings, watch: Watching, now: datetime | None
) -> ClassReport:
    assignment, hand_ins, folder = graded.assignment, graded.intake.hand_ins, graded.folder
    sandbox = open_sandbox(request.sandbox, assignment.runtime)  # for its name; the workers open their own
    origin = provenance(sandbox, assignment.seed if request.seed is None else request.seed)
    workers = min(request.workers or usable_cores(), max(len(hand_ins), 1))
    if not request.quiet:
        _announce(graded, workers)
    if sandbox.warning:
        _say(f"warning: {graded.words.text(sandbox.warning)}")
    timer = WallClock().start()
    with (
        Journal(folder.output, warn=lambda text: _say(f"warning: {text}")) as journal,
        watch(sys.stderr, total=len(hand_ins), quiet=request.quiet, colour=settings.colour) as watcher,
    ):
        office = Office(
            assignment=assignment,
            bench=replace(_bench(graded, request, origin, journal), now=now),
            journal=journal,
            folder=folder,
            watcher=watcher,
            clock=WallClock(),
            workers=workers,
            remembers=request.cache,
        )
        settled = grade_all(hand_ins, graded.intake.set_aside, office)
    return _summed_up(graded, settled, timer.stop())


def _announce(graded: _Class, workers: int) -> None:
    words = graded.words
    begins = words.say(
        "summary_begins",
        title=words.text(graded.assignment.title),
        notebooks=words.counted(len(graded.intake.hand_ins), "notebook"),
        workers=words.counted(workers, "worker"),
        folder=str(graded.folder.output),
    )
    _say(begins)
    for passed_over in graded.intake.outputs:
        _say(words.say("summary_own_output", folder=passed_over))


def _bench(graded: _Class, request: ClassRequest, origin: Provenance, journal: Journal) -> Workbench:
    return Workbench(
        course=graded.course.folder,
        assignment=graded.assignment.id,
        provenance=origin,
        sandbox=request.sandbox,
        audience=Audience(request.audience),
        words=graded.words,
        context=context_key(graded.course, graded.assignment, origin, NotebookLimits()),
        journal=journal.path if request.cache else None,
    )


def _summed_up(graded: _Class, settled: Sequence[Settled], run: Run) -> ClassReport:
    rows = sorted([*(each.row for each in settled), *_rows_without_work(graded.intake)], key=lambda row: row.student)
    slowest = sorted(settled, key=lambda each: (-each.seconds, each.row.student))[:SLOWEST]
    return class_report(
        assignment=graded.assignment,
        rows=rows,
        troubles=list(_troubles(graded.intake, settled)),
        run=ClassRun(
            started=run.started,
            seconds=run.seconds,
            host=run.host,
            graded=sum(not each.from_journal for each in settled),
            from_journal=sum(each.from_journal for each in settled),
            slowest={each.row.student: each.seconds for each in slowest},
        ),
    )


def _rows_without_work(intake: Intake) -> Iterator[StudentRow]:
    for student in intake.without_notebook:
        where = next((each.where for each in intake.set_aside if each.student == student.id), student.id)
        notes = notes_without_notebook(student, intake.set_aside)
        yield student_row(student=student, file=where, report=None, report_path=None, notes=notes)
    for student in intake.absent:
        yield student_row(student=student, file=None, report=None, report_path=None, notes=())


def _troubles(intake: Intake, settled: Sequence[Settled]) -> Iterator[Trouble]:
    """What keeps somebody from a grade comes first: a terminal shows the first few alone."""
    for each in settled:
        yield from about_row(each.row, each.looks_like)
    yield from about_files(intake)
    for each in settled:
        yield from about_stops(each.row, each.stops)


def _stored(report: ClassReport, folder: ReportFolder) -> Iterator[Report]:
    return folder.stored(row.report for row in report.students if row.report is not None)


def _show(report: ClassReport, request: ClassRequest, settings: Settings, folder: ReportFolder, words: Words) -> None:
    if request.json is not None and str(request.json) != "-":
        write_text(request.json, CLASS_RENDERERS["json"](report, ()))
    if request.quiet:
        return
    shown = "json" if str(request.json) == "-" else request.format
    if shown != "text":
        sys.stdout.write(CLASS_RENDERERS[shown](report, _stored(report, folder), words=words))
        return
    terminal = sys.stdout.isatty()
    width = min(shutil.get_terminal_size((88, 24)).columns, 100) if terminal else 88
    sys.stdout.write(class_text.render(report, words=words, width=width, colour=terminal and settings.colour))


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
