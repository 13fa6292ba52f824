"""The API on points: the gradebook of a course, of one assignment, and its statistics. For staff alone."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from grader.course.assignment import Visibility
from grader.messages import Words
from grader.render import check_table
from grader.report.check_figures import AssignmentFigures
from grader.service.attempts.all_tries import figures_of
from grader.service.attempts.check_statistics import AssignmentNumbers, CheckNumbers, numbers
from grader.service.attempts.exporting import Exported, ExportFormat, export_course, export_opening
from grader.service.attempts.gradebook import Cell, Gradebook, StudentLine, gradebook
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.shapes import AssignmentId, Line, Shape
from grader.service.web.named import the_opening
from grader.service.web.pages import language_of

router = APIRouter(tags=["gradebook"])
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


class GradebookShape(Shape):
    """Students by assignments."""

    columns: tuple[ColumnShape, ...]
    lines: tuple[LineShape, ...]
    possible: int


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
    with site_of(request).database.read() as session:
        if format is CourseFormat.CSV:
            return _file(export_course(session, course.course_id))
        return JSONResponse(_book(gradebook(session, course.course_id)).model_dump(mode="json"))


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
    with site_of(request).database.read() as session:
        opening_id = the_opening(session, course, assignment).id
        if format is not OpeningFormat.JSON:
            made = export_opening(session, opening_id, ExportFormat(format.value), column=column, words=words)
            return _file(made)
        book = _book(gradebook(session, course.course_id), only=assignment)
    return JSONResponse(book.model_dump(mode="json"))


@router.get("/courses/{slug}/assignments/{assignment}/statistics", operation_id="getStatistics")
def statistics(request: Request, assignment: AssignmentId, course: InCourse = Depends(SEES)) -> StatisticsShape:
    """How the class did with each check."""
    words = Words(language_of(request, course.caller))
    with site_of(request).database.read() as session:
        return _statistics(numbers(session, the_opening(session, course, assignment).id), words)


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


def _file(made: Exported) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{made.filename}"', "Cache-Control": "no-store"}
    return Response(made.text, media_type=made.media_type, headers=headers)


def _book(book: Gradebook, *, only: str | None = None) -> GradebookShape:
    places = [n for n, each in enumerate(book.columns) if only in (None, each.assignment)]
    names = {n: book.columns[n].assignment for n in places}
    return GradebookShape(
        columns=tuple(
            ColumnShape(
                assignment=each.assignment, title=dict(each.title), possible=each.possible, published=each.published
            )
            for each in (book.columns[n] for n in places)
        ),
        lines=tuple(_line(line, names) for line in book.lines),
        possible=sum(book.columns[n].possible for n in places),
    )


def _line(line: StudentLine, names: dict[int, str]) -> LineShape:
    cells = {name: cell for n, name in names.items() if (cell := line.cells[n]) is not None}
    return LineShape(
        person=line.person_id,
        name=line.name,
        email=line.email,
        number=line.number,
        section=line.section,
        left=line.left,
        cells=tuple(_cell(name, cell) for name, cell in cells.items()),
        total=float(sum(each.earned for each in cells.values() if each.earned is not None)),
    )


def _cell(assignment: str, cell: Cell) -> CellShape:
    return CellShape(
        assignment=assignment,
        attempt=cell.attempt_id,
        attempts=cell.attempts,
        waiting=cell.waiting,
        earned=None if cell.earned is None else float(cell.earned),
        possible=cell.possible,
        late=cell.late,
        to_mark=cell.to_mark,
    )


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
    return CheckShape(
        id=check.id,
        title=check.title,
        visibility=check.visibility,
        tried=check.tried,
        passed=check.passed,
        common=tuple(words.text(each.message) for each in check.common),
    )
