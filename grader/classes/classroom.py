"""Grading a class from the command line: find assignment and students, grade them all, write the files, say what came.

One notebook alone is `single.py`'s business.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Final

from grader.classes.admission import OR_GO_ON, answers_to, assignment_of, hardly_listed, rivals
from grader.classes.batch import GradingRun, Settled, grade_all
from grader.classes.crew import usable_cores
from grader.classes.fingerprint import context_key, environment_key
from grader.classes.intake import HandIn, Intake
from grader.classes.intake.collect import gather
from grader.classes.intake.contents import read_bytes
from grader.classes.intake.roster import read_roster
from grader.classes.journal import Journal
from grader.classes.judged import note_judged
from grader.classes.marks import FILE, Marks, markable_in, read_marks, right
from grader.classes.one_file import Grading
from grader.classes.progress import Watching, watching
from grader.classes.regrade_sets import finish, last_applied
from grader.classes.report_files import OTHERWISE, Readership, ReportFolder
from grader.classes.request import GradeRequest
from grader.classes.statistics import class_report, student_row
from grader.classes.troubles import about_files, about_marks, about_row, about_stops, no_column, notes_without_notebook
from grader.classes.workforce import Hiring, OnThisMachine
from grader.classes.writing import write_whole
from grader.course.assignment import Assignment
from grader.course.folder import Course, find_course
from grader.course.mistakes import read_mistakes
from grader.errors import UnreadableSubmission, UsageError
from grader.grading.grader import Grader
from grader.grading.key_store import one_for_all
from grader.grading.provenance import WallClock, installed
from grader.grading.revisions import Revision
from grader.limits import IntakeLimits, NotebookLimits
from grader.messages import Message, Words, say, terminal
from grader.render import class_text
from grader.render.classes import CLASS_RENDERERS
from grader.render.gradebook import canvas_column
from grader.report.class_report import ClassReport, ClassRun, StudentRow, Trouble
from grader.report.exit_codes import exit_code
from grader.report.report import Audience, Provenance, Report, Run
from grader.settings import Settings

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
#: of these, what tells of this run, and so of each run anew; all other is drawn from reports alone
TELLS_OF_THE_RUN: Final = frozenset({"class.json", "class.html"})
SLOWEST: Final = 5
#: notebooks that may be looked into before grading without a word
SILENTLY: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Class:
    """What is graded, by which course, where everything is written, and in which words."""

    course: Course
    assignment: Assignment
    intake: Intake
    output: Path
    words: Words
    marks: Marks
    #: what the assignment is called in gradebooks, if it was said
    column: str | None
    #: what the gradebook lacks, if anything
    no_column: Message | None = None


def grade_class(
    request: GradeRequest,
    *,
    environment: Mapping[str, str],
    watch: Watching = watching,
    now: datetime | None = None,
    hire: Hiring | None = None,
) -> int:
    """Grade, write all files, and return the exit code; `watch` makes whoever looks on.

    `now` decides what a student may see yet; without it the due date has not passed. `hire` finds those who grade;
    without it they are processes of this machine.

    Raises UsageError, CourseError, SandboxUnavailable, StoreUnavailable, and Interrupted on Ctrl-C.
    """
    if request.format not in CLASS_RENDERERS:
        raise UsageError(f"--format {request.format} is for one notebook. For a class: {', '.join(CLASS_RENDERERS)}.")
    settings = Settings.from_environment(environment)
    course = find_course(request.course or settings.course, near=Path.cwd(), graded=request.paths)
    graded = _found(request, course)
    workers = min(request.workers or usable_cores(), max(len(graded.intake.hand_ins), 1))
    if not request.quiet:
        _announce(graded, None if hire else workers)
    reader = Readership(audience=Audience(request.audience), words=graded.words, now=now)
    with Journal(graded.output, warn=terminal.warn) as journal, one_for_all(settings.keys_folder) as keys:
        _heed_regrades(graded)
        run = _run(graded, request, keys, journal, reader, hire or OnThisMachine(workers=workers))
        timer = run.clock.start()
        total, colour = len(run.hand_ins), settings.colour
        with watch(terminal.progress(), total=total, quiet=request.quiet, colour=colour) as watcher:
            settled = grade_all(run, watcher)
        report = _summed_up(graded, settled, timer.stop())
        write_class(report, run.folder, graded.words)
        if reader.audience is Audience.INSTRUCTOR:  # what a student may see is not all that was judged
            _note_judged(graded, request, run.grading.provenance, report)
    _show(report, request, settings, run.folder, graded.words)
    return exit_code(
        (row.status for row in report.students), (row.score for row in report.students), fail_under=request.fail_under
    )


def write_class(report: ClassReport, folder: ReportFolder, words: Words) -> None:
    """Bring the files of the class up to date, once its reports are shown. Raises UsageError."""
    said = report.model_dump_json(exclude={"run"})
    for name, renderer in CLASS_FILES.items():
        draw = partial(_drawn, renderer, report, folder, words)
        folder.write(name, draw, made_of=report.model_dump_json() if name in TELLS_OF_THE_RUN else said)


def _drawn(renderer: str, report: ClassReport, folder: ReportFolder, words: Words) -> str:
    return CLASS_RENDERERS[renderer](report, _stored(report, folder), words=words)


def _heed_regrades(graded: _Class) -> None:
    """Finish a regrade set that was stopped half-way, and say if one is applied that grading will replace."""
    finish(graded.output)
    if (applied := last_applied(graded.output)) is not None:
        record = applied.record
        terminal.warn(graded.words.say("regrade_graded_over", when=record.when, reason=record.reason))


def _note_judged(graded: _Class, request: GradeRequest, origin: Provenance, report: ClassReport) -> None:
    note_judged(
        graded.output,
        Revision(
            course=graded.course,
            assignment=graded.assignment,
            seed=graded.assignment.seed if origin.seed is None else origin.seed,
            environment=environment_key(NotebookLimits(), installed()),
        ),
        reports=[row.report for row in report.students if row.report is not None],
        submissions=request.paths,
        language=graded.words.language,
    )


def _found(request: GradeRequest, course: Course) -> _Class:
    output = request.out or DEFAULT_OUT
    if output.resolve() in {path.resolve() for path in request.paths}:
        raise UsageError(f"{output} holds what was handed in. Name another folder with --out.")
    roster = None if request.roster is None else read_roster(request.roster)
    gathered = gather(request.paths, assignment=request.assignment, roster=roster, limits=IntakeLimits())
    if roster is not None and (mixed_up := hardly_listed(gathered, roster, named=request.roster)):
        if not request.allow_unlisted:
            raise UsageError(f"{mixed_up} Nothing was graded. {OR_GO_ON}")
        terminal.warn(mixed_up)
    assignment = assignment_of(gathered, course, named=request.assignment, warn=terminal.warn)
    words = course.words(assignment.id, request.language)
    headings = roster.headings if roster else ()
    lacking = no_column(assignment.title, request.column, headings)
    if lacking:
        terminal.warn(words.joined((words.text(lacking), words.say("name_column"))))
    if not request.quiet and (several := rivals(gathered)) > SILENTLY:
        terminal.say(words.say("summary_looks_into", notebooks=words.counted(several, "notebook")))
    intake = gathered.settled(assignment.id, answers_to(assignment), notebooks=assignment.notebooks)
    marks = _marks(output / FILE, intake, assignment, words, partial=request.partial)
    column = request.column and canvas_column(assignment.title, request.column, headings).heading
    return _Class(
        course=course,
        assignment=assignment,
        intake=intake,
        output=output,
        words=words,
        marks=marks,
        column=column,
        no_column=lacking,
    )


def _marks(file: Path, intake: Intake, assignment: Assignment, words: Words, *, partial: bool) -> Marks:
    hand_ins = {hand_in.student.id: hand_in for hand_in in intake.hand_ins}
    sha256 = cache(lambda student: _sha256(hand_ins[student]))
    found = read_marks(
        file, students=hand_ins.keys(), exercises=markable_in(assignment), files=lambda student, _: sha256(student)
    )
    return right(found, file=file, partial=partial, warn=terminal.warn, words=words)


def _sha256(hand_in: HandIn) -> str | None:
    """Of the file that counts; None where it cannot be read."""
    try:
        return hashlib.sha256(read_bytes(hand_in, NotebookLimits().file_bytes)).hexdigest()
    except UnreadableSubmission:
        return None


def _announce(graded: _Class, workers: int | None) -> None:
    """`workers`: of this machine, None where a site's grade."""
    words = graded.words
    begins = words.say(
        "summary_begins",
        title=words.prose(graded.assignment.title),
        notebooks=words.counted(len(graded.intake.hand_ins), "notebook"),
        workers=words.say("summary_workers_of_a_site") if workers is None else words.counted(workers, "worker"),
        folder=str(graded.output),
    )
    terminal.say(begins)
    for passed_over in graded.intake.outputs:
        terminal.say(words.say("summary_own_output", folder=passed_over))


def _private(graded: _Class, request: GradeRequest) -> tuple[Path, ...]:
    """Everybody's work and everybody's reports, wherever they lie."""
    folders = (path if path.is_dir() else path.absolute().parent for path in request.paths)
    return (*request.paths, *folders, graded.output)


def _run(
    graded: _Class, request: GradeRequest, keys: Path, journal: Journal, reader: Readership, hire: Hiring
) -> GradingRun:
    grading = _grading(graded, request, keys, journal)
    return GradingRun(
        hand_ins=graded.intake.hand_ins,
        set_aside=graded.intake.set_aside,
        assignment=graded.assignment,
        grading=grading,
        store=journal,
        folder=ReportFolder(graded.output, reader=reader, notes=journal, edition=grading.context, warn=terminal.warn),
        clock=WallClock(),
        hire=hire,
        remembers=request.cache,
        marks=graded.marks,
    )


def _grading(graded: _Class, request: GradeRequest, keys: Path, journal: Journal) -> Grading:
    """What workers are told. The sandbox is the one to hope for: each worker opens its own when it needs rooms."""
    course, assignment, private = graded.course, graded.assignment, _private(graded, request)
    hoped = Grader(course, assignment, sandbox=request.sandbox, private=private, seed=request.seed)
    if hoped.warning:
        terminal.warn(graded.words.text(hoped.warning))
    return Grading(
        course=course.folder,
        assignment=assignment.id,
        provenance=hoped.provenance,
        sandbox=request.sandbox,
        private=private,
        keys=keys,
        context=context_key(course, assignment, hoped.provenance, NotebookLimits(), installed()),
        journal=journal.path if request.cache else None,
    )


def _summed_up(graded: _Class, settled: Sequence[Settled], run: Run) -> ClassReport:
    rows = sorted([*(each.row for each in settled), *_rows_without_work(graded.intake)], key=lambda row: row.student)
    slowest = sorted(settled, key=lambda each: (-each.seconds, each.row.student))[:SLOWEST]
    report = class_report(
        assignment=graded.assignment,
        rows=rows,
        troubles=list(_troubles(graded, settled)),
        column=graded.column,
        marked=graded.marks.exercises,
        run=ClassRun(
            started=run.started,
            seconds=run.seconds,
            host=run.host,
            graded=sum(not each.was_kept for each in settled),
            from_journal=sum(each.was_kept for each in settled),
            slowest={each.row.student: each.seconds for each in slowest},
        ),
    )
    made = {name for exercise in report.statistics.exercises.values() for name in exercise.misconceptions}
    wrong = read_mistakes(graded.course, graded.assignment) if made else ()
    return report.model_copy(update={"mistakes": {each.name: each.hint for each in wrong if each.name in made}})


def _rows_without_work(intake: Intake) -> Iterator[StudentRow]:
    for student in intake.without_notebook:
        where = next((each.where for each in intake.set_aside if each.student == student.id), student.id)
        notes = notes_without_notebook(student, intake.set_aside)
        yield student_row(student=student, file=where, report=None, report_path=None, notes=notes)
    for student in intake.absent:
        yield student_row(student=student, file=None, report=None, report_path=None, notes=())


def _troubles(graded: _Class, settled: Sequence[Settled]) -> Iterator[Trouble]:
    """What keeps somebody from a grade comes first: a terminal shows the first few alone."""
    for each in settled:
        yield from about_row(each.row, each.looks_like)
        yield from about_marks(each.row, _possible(graded))
    if graded.no_column is not None:
        yield Trouble(what="canvas.csv", happened=graded.no_column, to_do=say("name_column"))
    yield from about_files(graded.intake)
    for each in settled:
        yield from about_stops(each.row, each.stops)


def _possible(graded: _Class) -> int:
    """The points that count for the class: those of a person as soon as somebody has them."""
    by_people = sum(each.points for each in graded.assignment.to_mark if each.id in graded.marks.exercises)
    return sum(each.points for each in graded.assignment.exercises) + by_people


def _stored(report: ClassReport, folder: ReportFolder) -> Iterator[Report]:
    return folder.stored(row.report for row in report.students if row.report is not None)


def _show(report: ClassReport, request: GradeRequest, settings: Settings, folder: ReportFolder, words: Words) -> None:
    if request.json is not None and str(request.json) != "-":
        write_whole(request.json, CLASS_RENDERERS["json"](report, ()), otherwise=OTHERWISE)
    if request.quiet:
        return
    shown = "json" if str(request.json) == "-" else request.format
    if shown != "text":
        terminal.hand_over(CLASS_RENDERERS[shown](report, _stored(report, folder), words=words))
        return
    colour = terminal.is_watched() and settings.colour
    terminal.show(class_text.render(report, words=words, width=terminal.width(most=100), colour=colour))
