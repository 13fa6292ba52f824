"""The gradebook as files for elsewhere: our own table, and an opening's grades as Canvas and Moodle import them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.classes.statistics import AskedExercise, summed_up
from grader.messages import ENGLISH, Message, Words, say
from grader.policy.counting import Counted
from grader.policy.totals import Total
from grader.render import gradebook as tables
from grader.report.class_report import ClassReport, ClassRun, ExerciseRow, RowStatus, StudentRow
from grader.report.report import AssignmentReference, Score, Status, Verdict
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.attempts.gradebook import Gradebook, StudentLine, gradebook
from grader.service.attempts.standing import Reckoned, what_counts
from grader.service.attempts.tried import Tried
from grader.service.courses.current import current_assignments
from grader.service.store.outline import AssignmentOutline, GradedExercise
from grader.service.store.tables import Course, Opening


class ExportFormat(StrEnum):
    """Whose table it is."""

    CSV = "csv"
    CANVAS = "canvas"
    MOODLE = "moodle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file to be taken away."""

    filename: str
    text: str
    media_type: str = "text/csv; charset=utf-8"


def export_course(
    session: Session, course_id: int, *, now: datetime | None = None, blind: Blind = SEES_ALL
) -> Exported:
    """All openings side by side, a row for each student, as CSV; with what the course's rule makes of them."""
    slug = session.scalars(select(Course.slug).where(Course.id == course_id)).one()
    return Exported(
        filename=f"{slug}.csv", text=tables.table(_wide(gradebook(session, course_id, now=now, blind=blind)))
    )


def export_opening(
    session: Session,
    opening_id: int,
    format: ExportFormat,
    *,
    column: str | None = None,
    words: Words = ENGLISH,
    blind: Blind = SEES_ALL,
) -> Exported:
    """The grades of one opening. `column`: what the assignment is called in Canvas's or Moodle's gradebook, where that
    is not its title. An answer whose mark its reader may not see waits for one. Raises NoResultFound."""
    opening = session.scalars(select(Opening).where(Opening.id == opening_id)).one()
    reckoned = {each.person_id: each for each in what_counts(session, opening_id, blind=blind)}
    people = [each for each in gradebook(session, opening.course_id).lines if not each.left]
    report = _class(_outline(session, opening), people, reckoned, column)
    lacking = {row.student for row in report.students if row.lacks_marks(report.possible)}
    names = {_name(each): each.person_id for each in people}
    grades = {name: None if name in lacking else _earned(reckoned.get(person)) for name, person in names.items()}
    match format:
        case ExportFormat.CSV:
            text = tables.render(report, words=words, grades=grades)
        case ExportFormat.CANVAS:
            text = tables.render_canvas(report, grades=grades)
        case ExportFormat.MOODLE:
            text = tables.render_moodle(report, words=words, grades=grades)
    return Exported(filename=f"{opening.assignment}-{format}.csv", text=text)


def _wide(book: Gradebook) -> Iterator[list[str]]:
    more = [] if book.rule is None else ["percent", "letter", "open", "dropped"]
    yield ["name", "email", "number", "section", *(each.assignment for each in book.columns), "total", *more]
    possible = [str(each.possible) for each in book.columns]
    yield ["possible", "", "", "", *possible, str(book.possible), *([""] * len(more))]
    for line in book.lines:
        cells = [tables.decimal(None if each is None else each.earned) for each in line.cells]
        who = [line.name, line.email or "", line.number or "", line.section or ""]
        yield [*who, *cells, tables.decimal(line.total), *_grade(line.grade)]


def _grade(grade: Total | None) -> list[str]:
    """What the rule makes of it, with what is left out; nothing where there is no rule."""
    if grade is None:
        return []
    percent = "" if grade.shown is None else str(grade.shown)
    return [percent, grade.letter or "", " ".join(grade.open), " ".join(grade.dropped)]


def _outline(session: Session, opening: Opening) -> AssignmentOutline:
    nothing = AssignmentOutline(id=opening.assignment, title={})
    return current_assignments(session, opening.course_id).get(opening.assignment, nothing)


def _class(
    outline: AssignmentOutline, people: Sequence[StudentLine], reckoned: Mapping[int, Reckoned], column: str | None
) -> ClassReport:
    """What people mark counts for the class as soon as anybody has it, also where the course's newest revision was
    added by a version that did not outline it."""
    rows = [_row(each, reckoned.get(each.person_id)) for each in people]
    marked = {name: found for row in rows for name, found in row.exercises.items() if found.mark is not None}
    asked = [
        AskedExercise(id=each.id, title=each.title.get("en", each.id), possible=each.points)
        for each in outline.exercises
        if not each.by_person or each.id in marked
    ]
    unknown = marked.keys() - {each.id for each in outline.exercises} if outline.exercises else frozenset[str]()
    asked += [AskedExercise(id=name, title=name, possible=marked[name].possible) for name in sorted(unknown)]
    return summed_up(
        AssignmentReference(id=outline.id, title=outline.title.get("en", outline.id), version=""),
        asked,
        rows=rows,
        troubles=(),
        run=ClassRun(started="", seconds=0.0, host="", graded=0, from_journal=0, slowest={}),
        column=column,
    )


def _row(line: StudentLine, of: Reckoned | None) -> StudentRow:
    counted = None if of is None else of.counted
    return StudentRow(
        student=_name(line),
        name=line.name,
        email=line.email or "",
        columns={
            "sis user id": line.number or "",
            "sis login id": line.email or "",
            "idnumber": line.number or "",
            "section": line.section or "",
        },
        file=None if of is None else "",
        status=_status(of),
        score=None if counted is None else _score(counted),
        exercises={} if of is None or counted is None else dict(_exercises(of.attempts, counted)),
        report=None,
        notes=tuple(_notes(of)),
    )


def _name(line: StudentLine) -> str:
    """What tells people apart in a table: their address, else their number on the site."""
    return line.email or str(line.person_id)


def _status(of: Reckoned | None) -> RowStatus:
    if of is None:
        return RowStatus.NEVER_SUBMITTED
    if of.counted is not None:
        return RowStatus.GRADED
    unread = all(each.status is Status.UNREADABLE for each in of.attempts)
    return RowStatus.UNREADABLE if unread else RowStatus.NOT_GRADED


def _score(counted: Counted) -> Score:
    """Whole points and percent, rounded down; what counts exactly is handed over beside it."""
    earned = counted.earned.numerator // counted.earned.denominator
    return Score(
        earned=earned,
        possible=counted.possible,
        percent=100 * earned // counted.possible if counted.possible else 0,
        to_mark=counted.to_mark,
    )


def _exercises(attempts: Sequence[Tried], counted: Counted) -> Iterator[tuple[str, ExerciseRow]]:
    """Each exercise as the attempt has it that counts for it; deductions are of the whole."""
    outlines = {each.id: _by_id(each) for each in attempts}
    for name, attempt_id in counted.by_exercise.items():
        found = outlines[attempt_id][name]
        yield (
            name,
            ExerciseRow(
                verdict=Verdict(found.verdict),
                earned=found.earned,
                possible=found.possible,
                misconception=found.misconception,
                mark=found.mark,
            ),
        )


def _by_id(attempt: Tried) -> dict[str, GradedExercise]:
    return {} if attempt.outline is None else {each.id: each for each in attempt.outline.exercises}


def _earned(of: Reckoned | None) -> Fraction | None:
    return None if of is None or of.counted is None else of.counted.earned


def _notes(of: Reckoned | None) -> Iterator[Message]:
    if of is not None and of.counted is not None and of.counted.late:
        yield say("handed_in_late")
