"""The API on points: the gradebook of a course, of one assignment, and its statistics. For staff alone."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from grader.classes.handing_back.forms import Carrier
from grader.course.assignment import Visibility
from grader.messages import Words
from grader.policy.totals import Total
from grader.policy.totals_told import told
from grader.render import check_table
from grader.report.check_figures import AssignmentFigures
from grader.service.attempts.all_tries import figures_of
from grader.service.attempts.check_statistics import AssignmentNumbers, CheckNumbers, numbers
from grader.service.attempts.exporting import Exported, ExportFormat, export_course, export_opening
from grader.service.attempts.gradebook import Gradebook, GradebookCell, StudentLine, gradebook
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.shapes import AssignmentId, Line, Shape
from grader.service.web.blind import blind_in
from grader.service.web.handing_back import feedback_zip
from grader.service.web.named import the_opening
from grader.service.web.pages import language_of

router = noun("gradebook")
SEES: Final = Member(Role.GRADER)
CSV: Final = "text/csv"
FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "As JSON, or as the file that is named.", "content": {CSV: {"schema": {"type": "string"}}}}
}


class CourseFormat(StrEnum):
    """What a course's gradebook comes as."""

    JSON = "json"
    CSV = "csv"


class OpeningFormat(StrEnum):
    """What the grades of one assignment come as: also as Canvas and Moodle import them."""

    JSON = "json"
    CSV = "csv"
    CANVAS = "canvas"
    MOODLE = "moodle"


class ColumnShape(Shape):
    """An assignment, and what it is worth."""

    assignment: str
    title: dict[str, str]
    possible: int
    published: bool


class CellShape(Shape):
    """Where a student stands with an assignment, after marking and deductions; `earned` is null where nothing counts
    yet. `to_mark`: points on top that wait for a person."""

    assignment: str
    attempt: uuid.UUID | None
    attempts: int
    waiting: int
    earned: float | None
    possible: int | None
    late: bool
    to_mark: int


class GradeShape(Shape):
    """What the course's rule makes of all assignments: percent as a decimal, null while nothing counts. `open`: what is
    left out for want of evidence, which is no zero; `dropped`: the lowest, which do not count."""

    percent: str | None
    letter: str | None
    open: tuple[str, ...]
    dropped: tuple[str, ...]


class LineShape(Shape):
    """A student; there is a cell for each assignment that something was handed in for."""

    person: int
    name: str
    email: str | None
    number: str | None
    section: str | None
    left: bool
    cells: tuple[CellShape, ...]
    total: float
    grade: GradeShape | None


class GradebookShape(Shape):
    """Students by assignments. `rule`: how they become one grade, in words; empty where the course does not say."""

    columns: tuple[ColumnShape, ...]
    lines: tuple[LineShape, ...]
    possible: int
    rule: tuple[str, ...]


class CheckShape(Shape):
    """A check: how many students tried it, and how many passed."""

    id: str
    title: str
    visibility: Visibility | None
    tried: int
    passed: int
    common: tuple[str, ...]


class ExerciseShape(Shape):
    """An exercise with its checks, and the known mistakes that were made in it, by name. `common`: what several checks
    said of the same student; the checks leave it out."""

    id: str
    common: tuple[str, ...]
    checks: tuple[CheckShape, ...]
    mistakes: dict[str, int]


class StatisticsShape(Shape):
    """What a class can do: of each student the latest graded attempt. `histogram`: by percent, 0-9, ... 90-99, 100."""

    students: int
    histogram: tuple[int, ...]
    exercises: tuple[ExerciseShape, ...]


@router.get("/courses/{slug}/gradebook", operation_id="getGradebook", response_model=GradebookShape, responses=FILES)
def course_book(
    request: Request,
    format: Annotated[CourseFormat, Query(description="JSON, or a table.")] = CourseFormat.JSON,
    course: InCourse = Depends(SEES),
) -> Response:
    """All students of a course by all its assignments."""
    site = site_of(request)
    words = Words(language_of(request, course.caller))
    with site.database.read() as session:
        blind = blind_in(session, request, course)
        if format is CourseFormat.CSV:
            return _file(export_course(session, course.course_id, now=site.now(), blind=blind))
        book = _book(gradebook(session, course.course_id, now=site.now(), blind=blind), words)
    return JSONResponse(book.model_dump(mode="json"))


@router.get(
    "/courses/{slug}/assignments/{assignment}/gradebook",
    operation_id="getAssignmentGradebook",
    response_model=GradebookShape,
    responses=FILES,
)
def opening_book(
    request: Request,
    assignment: AssignmentId,
    format: Annotated[OpeningFormat, Query(description="JSON, or whose table.")] = OpeningFormat.JSON,
    column: Annotated[
        Line | None,
        Query(max_length=200, description="What the assignment is called in Canvas's or Moodle's gradebook."),
    ] = None,
    course: InCourse = Depends(SEES),
) -> Response:
    """The grades of one assignment."""
    words = Words(language_of(request, course.caller))
    site = site_of(request)
    now = site.now()
    with site.database.read() as session:
        opening_id = the_opening(session, course, assignment).id
        blind = blind_in(session, request, course)
        if format is not OpeningFormat.JSON:
            kind = ExportFormat(format.value)
            return _file(export_opening(session, opening_id, kind, column=column, words=words, blind=blind))
        book = _book(gradebook(session, course.course_id, now=now, blind=blind), words, only=assignment)
    return JSONResponse(book.model_dump(mode="json"))


@router.get("/courses/{slug}/assignments/{assignment}/statistics", operation_id="getStatistics")
def statistics(request: Request, assignment: AssignmentId, course: InCourse = Depends(SEES)) -> StatisticsShape:
    """How the class did with each check."""
    words = Words(language_of(request, course.caller))
    with site_of(request).database.read() as session:
        blind = blind_in(session, request, course)
        return _statistics(numbers(session, the_opening(session, course, assignment).id, blind), words)


@router.get(
    "/courses/{slug}/assignments/{assignment}/statistics/checks",
    operation_id="getCheckFigures",
    response_model=AssignmentFigures,
    responses=FILES,
)
def checks(
    request: Request,
    assignment: AssignmentId,
    format: Annotated[CourseFormat, Query(description="JSON, or a table.")] = CourseFormat.JSON,
    course: InCourse = Depends(SEES),
) -> Response:
    """Each check by attempt: who passes it, when first, before it was judged again; and where mistakes lead."""
    with site_of(request).database.read() as session:
        found = figures_of(session, the_opening(session, course, assignment))
    if format is CourseFormat.JSON:
        return JSONResponse(found.model_dump(mode="json"))
    return _file(Exported(text=check_table.as_csv(found), filename=f"{assignment}-checks.csv"))


@router.get(
    "/courses/{slug}/assignments/{assignment}/feedback",
    operation_id="getFeedback",
    response_class=Response,
    responses={
        200: {"description": "A zip with a file for each student.", "content": {"application/zip": {}}},
        409: problem("Nobody would get anything: nothing is published, or no name or address fits."),
    },
)
def feedback(
    request: Request,
    assignment: AssignmentId,
    carrier: Annotated[Carrier, Query(alias="for", description="Who carries it to students.")] = Carrier.MAIL,
    course: InCourse = Depends(Member(Role.INSTRUCTOR)),
) -> Response:
    """Feedback for each student, what they may see now and no more. Who gets none is named in `left-out.txt`."""
    return feedback_zip(request, course, assignment, carrier)


def _file(made: Exported) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{made.filename}"', "Cache-Control": "no-store"}
    return Response(made.text, media_type=made.media_type, headers=headers)


def _book(book: Gradebook, words: Words, *, only: str | None = None) -> GradebookShape:
    """Of one assignment `only`, there is no grade of the course."""
    rule = book.rule if only is None else None
    places = [n for n, each in enumerate(book.columns) if only in (None, each.assignment)]
    names = {n: book.columns[n].assignment for n in places}
    return GradebookShape(
        columns=tuple(ColumnShape.of(book.columns[n], title=dict(book.columns[n].title)) for n in places),
        lines=tuple(_line(line, names, grade=line.grade if only is None else None) for line in book.lines),
        possible=sum(book.columns[n].possible for n in places),
        rule=() if rule is None else tuple(words.text(each) for each in told(rule)),
    )


def _grade(grade: Total) -> GradeShape:
    return GradeShape.of(grade, percent=None if grade.shown is None else str(grade.shown))


def _line(line: StudentLine, names: dict[int, str], *, grade: Total | None) -> LineShape:
    cells = {name: cell for n, name in names.items() if (cell := line.cells[n]) is not None}
    return LineShape.of(
        line,
        person=line.person_id,
        cells=tuple(_cell(name, cell) for name, cell in cells.items()),
        total=float(sum(each.earned for each in cells.values() if each.earned is not None)),
        grade=None if grade is None else _grade(grade),
    )


def _cell(assignment: str, cell: GradebookCell) -> CellShape:
    earned = None if cell.earned is None else float(cell.earned)
    return CellShape.of(cell, assignment=assignment, attempt=cell.attempt_id, earned=earned)


def _statistics(found: AssignmentNumbers, words: Words) -> StatisticsShape:
    return StatisticsShape(
        students=found.students,
        histogram=found.histogram,
        exercises=tuple(
            ExerciseShape(
                id=each.id,
                common=tuple(words.text(one.message) for one in each.common),
                checks=tuple(_check(check, words) for check in each.checks),
                mistakes=dict(each.mistakes),
            )
            for each in found.exercises
        ),
    )


def _check(check: CheckNumbers, words: Words) -> CheckShape:
    return CheckShape.of(check, common=tuple(words.text(each.message) for each in check.common))
