"""What is to stand in a class folder once a regrade set applies: every file, drawn, by its path. Nothing is written.

A file is drawn as `grade` draws it; a report says why it was judged again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.classes.classroom import CLASS_FILES
from grader.classes.intake import Student
from grader.classes.judged import FILE, JudgedBy, ReportNote, RevisionNote, text_of
from grader.classes.regrade_sets import sha256
from grader.classes.regrading.drawing import drawn
from grader.classes.statistics import class_report, student_row
from grader.classes.troubles import about_marks, about_row, about_stops, stops_in
from grader.course.mistakes import read_mistakes
from grader.grading.revisions import Revision
from grader.messages import Message, Words, say
from grader.render.classes import CLASS_RENDERERS
from grader.report.class_report import ClassReport, StudentRow, Trouble
from grader.report.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What applies: the reports that are replaced, by their path below the folder, with marks and reason; all others
    stay as they are in `others`."""

    words: Words
    revision: Revision
    note: RevisionNote
    before: ClassReport
    reports: Mapping[str, Report]
    others: Mapping[str, Report]
    #: exercises for which somebody has a mark
    marked: frozenset[str]
    noted: JudgedBy | None
    #: processes that draw
    workers: int


def because(report: Report, reason: str, when: str) -> Report:
    """The report with why, and when, it was judged again."""
    said = say("regraded", when=when, reason=reason)
    return report.model_copy(update={"notices": (*report.notices, said)})


def files(applied: Applied) -> dict[str, bytes]:
    """Every file that is written, by its path below the folder."""
    made = drawn(applied.reports, applied.words, workers=applied.workers)
    together, known = _class(applied), {**applied.others, **applied.reports}
    for name, renderer in CLASS_FILES.items():
        reports = (known[row.report] for row in together.students if row.report is not None)
        made[name] = CLASS_RENDERERS[renderer](together, reports, words=applied.words).encode()
    made[FILE] = text_of(_noted(applied, made)).encode()
    return made


def _class(applied: Applied) -> ClassReport:
    rows = [_row(row, applied.reports.get(row.report or "")) for row in applied.before.students]
    now = class_report(
        assignment=applied.revision.assignment,
        rows=rows,
        troubles=(),
        run=applied.before.run,
        column=applied.before.column,
        marked=applied.marked,
    )
    troubles = tuple(_troubles(applied, rows, now.possible))
    made = {name for each in now.statistics.exercises.values() for name in each.misconceptions}
    wrong = read_mistakes(applied.revision.course, applied.revision.assignment) if made else ()
    known = applied.before.mistakes | {each.name: each.hint for each in wrong}
    mistakes = {name: hint for name, hint in known.items() if name in made}
    return now.model_copy(update={"troubles": troubles, "mistakes": mistakes})


def _row(row: StudentRow, report: Report | None) -> StudentRow:
    """The row with what the report says by now; what was noted of the file stays, but for why it was not graded."""
    if report is None:
        return row
    reasons = {"not_graded_because", "newer_python", "every_attempt_failed"}
    kept: tuple[Message, ...] = tuple(note for note in row.notes if note.key not in reasons)
    student = Student(id=row.student, name=row.name, email=row.email, columns=row.columns)
    return student_row(student=student, file=row.file, report=report, report_path=row.report, notes=kept)


def _troubles(applied: Applied, rows: Sequence[StudentRow], possible: int) -> Iterator[Trouble]:
    """Those of rows that are judged again are found out anew; all others stay."""
    again = {f"{row.student}: {row.file}": row for row in rows if row.report in applied.reports}
    yield from (trouble for trouble in applied.before.troubles if trouble.what not in again)
    for row in again.values():
        yield from about_row(row, None)
        yield from about_marks(row, possible)
        yield from about_stops(row, stops_in(applied.reports[row.report or ""]))


def _noted(applied: Applied, made: Mapping[str, bytes]) -> JudgedBy:
    """By what each report is judged from now on."""
    old = applied.noted or JudgedBy(
        assignment=applied.revision.assignment.id, language=applied.words.language, revisions=()
    )
    revisions = (*old.revisions, applied.note)
    again = {path: ReportNote(sha256=sha256(made[path]), revision=len(old.revisions)) for path in applied.reports}
    return old.model_copy(update={"revisions": revisions, "reports": old.reports | again})
