"""A regrade set that waits is put in place: checked against what lies there by now, drawn, and applied as a whole."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from grader.classes.crew import usable_cores
from grader.classes.export.stored import read_class, read_report
from grader.classes.judged import course_files, digest_of_course, read_judged
from grader.classes.marks import FILE as MARKS
from grader.classes.marks import Marks, markable_in, read_marks, right
from grader.classes.regrade_sets import (
    RegradeSet,
    SetRecord,
    apply,
    sha256,
)
from grader.classes.regrading.applying import Applied, because, files
from grader.classes.regrading.request import AFTER, DIFFERENCES, RegradeRequest
from grader.classes.writing import bytes_there
from grader.course.assignment import Assignment
from grader.course.folder import find_course
from grader.errors import UsageError
from grader.grading.revisions import Revision
from grader.messages import ENGLISH, terminal
from grader.report.class_report import ClassReport
from grader.report.differences import GAINS, Differences, WorkDifference
from grader.report.marking import marked
from grader.report.report import Report


def put_in_place(request: RegradeRequest, chosen: RegradeSet, now: datetime) -> int:
    """Put the set in place. Raises UsageError where it no longer fits what lies there."""
    record = chosen.record
    found = Differences.model_validate_json(bytes_there(chosen.home / DIFFERENCES) or b"")
    works = _chosen(found, request)
    if not works:
        terminal.say(ENGLISH.say("regrade_nobody_gains"))
        return 0
    when, reason = now.isoformat(timespec="seconds"), request.reason.strip()
    revision = _revision(record, found.assignment.id, request.folder)
    every = {path: _unchanged(request.folder, path, digest) for path, digest in record.made_of.items()}
    before = read_class(request.folder)
    marks = _marks(request.folder, before, revision.assignment)
    reports = {
        work.report_before: because(
            marked(read_report(chosen.home / AFTER / work.report_before), marks.of(work.who)), reason, when
        )
        for work in works
    }
    judged = read_judged(request.folder)
    applied = Applied(
        words=revision.course.words(revision.assignment.id, request.language or record.language),
        revision=revision,
        note=record.revision,
        before=before,
        reports=reports,
        others={path: each for path, each in every.items() if path not in reports},
        marked=marks.exercises,
        noted=None if judged is None else judged.noted,
        workers=request.workers or usable_cores(),
    )
    said = bytes_there(request.folder / MARKS)
    terms = {"reason": reason, "only_gains": request.only_gains, "when": when, "marks": said and sha256(said)}
    apply(
        chosen,
        record.model_copy(update=terms),
        course_files(request.folder, revision) | files(applied),
    )
    reports_said = ENGLISH.counted(len(reports), "report")
    terminal.say(ENGLISH.say("regrade_applied", reports=reports_said, folder=str(request.folder)))
    return 0


def _chosen(found: Differences, request: RegradeRequest) -> tuple[WorkDifference, ...]:
    if not request.only_gains:
        return found.works
    for work in found.works:
        if work.before is not None and work.now is not None and work.before.possible != work.now.possible:
            before, now = work.before.possible, work.now.possible  # a class of two totals could not be compared
            raise UsageError(ENGLISH.say("regrade_gains_of_points", before=before, now=now))
    return found.of(*GAINS)


def _revision(record: SetRecord, assignment: str, folder: Path) -> Revision:
    """By what the set judges. Raises UsageError if the course is another one by now."""
    course = find_course(Path(record.course), near=Path.cwd(), graded=[folder])
    asked = course.assignment(assignment)
    if digest_of_course(course, asked) != record.revision.course:
        raise UsageError(ENGLISH.say("regrade_course_since", course=record.course))
    return Revision(course=course, assignment=asked, seed=record.revision.seed, environment=record.revision.environment)


def _unchanged(folder: Path, path: str, digest: str) -> Report:
    """The report that the set was made of. Raises UsageError if another one lies there by now."""
    data = bytes_there(folder / path)
    if data is None or sha256(data) != digest:
        raise UsageError(ENGLISH.say("regrade_report_since", file=str(folder / path)))
    return Report.model_validate_json(data)


def _marks(folder: Path, report: ClassReport, assignment: Assignment) -> Marks:
    """The marks as they stand, held to what the exercises are worth now. Raises UsageError for a line that is wrong."""
    students = {row.student for row in report.students if row.report is not None}
    found = read_marks(folder / MARKS, students=students, exercises=markable_in(assignment))
    return right(found, file=folder / MARKS, partial=False, warn=terminal.warn)
