"""The API on what people mark: read, given, taken back, imported. Students read marks in their reports alone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import Depends, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field

from grader.messages import Words
from grader.policy.marking import MOST_COMMENT, MOST_ITEMS, MOST_REASON, NotSaved, StandingMark, Way, Why
from grader.policy.scopes import Scope
from grader.report.marking import Given
from grader.report.report import Mark, RubricItem
from grader.service.marking.history import Change, CheckChange, changes_of, marks_in
from grader.service.marking.saving import Decided, save
from grader.service.marking.table import NAME, marks_table, take
from grader.service.store.tables import Attempt, Role, StoredReport
from grader.service.web.access import InCourse, Member, OnAttempt, OwnAttempt, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.paging import Page
from grader.service.web.api.shapes import MOST, AssignmentId, Shape, Storable
from grader.service.web.api.uploads import described_table, table_of
from grader.service.web.blind import blind_in
from grader.service.web.kept_files import as_file
from grader.service.web.named import the_opening
from grader.service.web.pages import language_of
from grader.service.web.problems import NotThere, Problem, status_of
from grader.service.web.trail import actor_of

router = noun("marks")
SEES: Final = OwnAttempt(own=False, staff=Role.GRADER)
MARKS: Final = OwnAttempt(Scope.TEACH, own=False, staff=Role.GRADER)
Exercise = Annotated[str, Path(min_length=1, max_length=200, examples=["my_softmax"])]
Check = Annotated[str, Path(min_length=1, max_length=200, examples=["sums_to_one"])]
CHECK: Final = "/attempts/{attempt_id}/exercises/{exercise}/checks/{check}/mark"
CHANGED: Final[dict[int | str, dict[str, Any]]] = {
    409: problem("Somebody decided otherwise meanwhile: look at the mark again, and send its `version`.")
}


class MarksFormat(StrEnum):
    """What the marks of an assignment come as; the table also has a line for each answer that waits."""

    JSON = "json"
    CSV = "csv"


class MarkWanted(Shape):
    """What is given. `version`: of the mark that stands, 0 where there is none; `reason` is for staff. With `items` of
    the rubric, the points are on top of theirs, and may be negative."""

    points: int = Field(ge=-MOST, le=MOST, examples=[15])
    items: tuple[Annotated[int, Field(ge=1, le=MOST)], ...] = Field(default=(), max_length=MOST_ITEMS)
    comment: Annotated[Storable, Field(max_length=MOST_COMMENT)] = ""
    reason: Annotated[Storable, Field(max_length=MOST_REASON)] = ""
    version: int = Field(ge=0, le=MOST)


class CheckMarkWanted(Shape):
    """What is given for one check, in the place of the machine's points. `version`: of the mark of its exercise that
    stands, 0 where there is none; `reason` is for staff."""

    points: int = Field(ge=0, le=MOST, examples=[5])
    comment: Annotated[Storable, Field(max_length=MOST_COMMENT)] = ""
    reason: Annotated[Storable, Field(max_length=MOST_REASON)] = ""
    version: int = Field(ge=0, le=MOST)


class CheckMarkShape(Shape):
    """Points for one check. `counts`: the exercise has it, as it was graded last."""

    check: str
    points: int
    comment: str
    counts: bool


class MarkShape(Shape):
    """A mark that stands. `version` counts the decisions; `points` are those of the `items` and all others. With
    `checks` it is of these alone, and `points` are what the exercise is worth with them."""

    exercise: str
    points: int
    items: tuple[RubricItem, ...]
    checks: tuple[CheckMarkShape, ...]
    comment: str
    version: int
    by: str | None
    at: datetime


class CheckChangeShape(Shape):
    """What became of one check; `points` is null where its mark was taken back."""

    check: str
    points: int | None
    comment: str


class MarkChangeShape(Shape):
    """One decision; `points` is null where the mark was taken back, and where it was of the `checks` alone."""

    exercise: str
    version: int
    points: int | None
    comment: str
    checks: tuple[CheckChangeShape, ...]
    reason: str
    way: Way
    by: str | None
    at: datetime


class AttemptMarks(Shape):
    """The marks of an attempt as they stand, and every decision, the newest first."""

    marks: tuple[MarkShape, ...]
    history: tuple[MarkChangeShape, ...]


class OpeningMark(MarkShape):
    """A mark that stands, and on which attempt of whom."""

    person: int
    attempt: uuid.UUID
    number: int


class TakenTable(Shape):
    """What became of a table; `faults`: what is wrong, line by line, and was left out."""

    changed: int
    unchanged: int
    faults: tuple[str, ...]


@router.get("/attempts/{attempt_id}/marks", operation_id="getMarks")
def marks(request: Request, asked: OnAttempt = Depends(SEES)) -> AttemptMarks:
    """What people gave for an attempt, and how it came to be."""
    with site_of(request).database.read() as session:
        attempt, blind = session.get_one(Attempt, asked.attempt_id), blind_in(session, request, asked.course)
        standing = {} if attempt.report is None else blind.marks(attempt.id, attempt.report.marks)
        counts = {} if attempt.report is None else {each.id: each.mark for each in attempt.report.outline.exercises}
        changes = changes_of(session, asked.attempt_id, blind)
    last = {name: of[0].by for name, of in changes.items()}
    shown = (_mark(name, each, counts.get(name), last.get(name)) for name, each in sorted(standing.items()))
    history = [each for of in changes.values() for each in of]
    return AttemptMarks(
        marks=tuple(each for each in shown if each is not None),
        history=tuple(
            _change(each) for each in sorted(history, key=lambda each: (each.row.at, each.row.version), reverse=True)
        ),
    )


@router.put("/attempts/{attempt_id}/exercises/{exercise}/mark", operation_id="putMark", responses=CHANGED)
def put(request: Request, wanted: MarkWanted, exercise: Exercise, asked: OnAttempt = Depends(MARKS)) -> MarkShape:
    """Give points for an exercise: they count in the place of the machine's, until they are taken back."""
    given = Given(points=wanted.points, comment=wanted.comment)
    made = _save(request, asked, exercise, given, wanted)
    return _saved(exercise, made, asked)


@router.delete(
    "/attempts/{attempt_id}/exercises/{exercise}/mark", operation_id="deleteMark", status_code=204, responses=CHANGED
)
def delete(
    request: Request,
    exercise: Exercise,
    version: Annotated[int, Query(ge=0, le=MOST, description="Of the mark that stands.")],
    asked: OnAttempt = Depends(MARKS),
) -> None:
    """Take a mark back: what the machine says counts again."""
    _save(request, asked, exercise, None, MarkWanted(points=0, version=version))


@router.put(CHECK, operation_id="putCheckMark", responses=CHANGED)
def put_check(
    request: Request, wanted: CheckMarkWanted, exercise: Exercise, check: Check, asked: OnAttempt = Depends(MARKS)
) -> MarkShape:
    """Give points for one check of an exercise: they count in the place of the machine's, the other checks as they
    are."""
    given = Given(points=wanted.points, comment=wanted.comment)
    return _saved(exercise, _save(request, asked, exercise, given, wanted, check=check), asked)


@router.delete(CHECK, operation_id="deleteCheckMark", status_code=204, responses=CHANGED)
def delete_check(
    request: Request,
    exercise: Exercise,
    check: Check,
    version: Annotated[int, Query(ge=0, le=MOST, description="Of the mark of the exercise that stands.")],
    asked: OnAttempt = Depends(MARKS),
) -> None:
    """Take the mark of one check back: what the machine says of it counts again."""
    _save(request, asked, exercise, None, CheckMarkWanted(points=0, version=version), check=check)


@router.get(
    "/courses/{slug}/assignments/{assignment}/marks",
    operation_id="listMarks",
    response_model=Page[OpeningMark],
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def all_marks(
    request: Request,
    assignment: AssignmentId,
    format: Annotated[MarksFormat, Query(description="JSON, or `marks.csv`.")] = MarksFormat.JSON,
    course: InCourse = Depends(Member(Role.GRADER)),
) -> Response:
    """All marks of an assignment, or `marks.csv` with those that count, as `grader marks` reads it."""
    with site_of(request).database.read() as session:
        opening_id = the_opening(session, course, assignment).id
        if format is MarksFormat.CSV:
            table = marks_table(session, opening_id, blind_in(session, request, course))
            return Response(table, media_type="text/csv; charset=utf-8", headers=as_file(NAME))
        found = marks_in(session, opening_id, blind_in(session, request, course))
    shown = [
        OpeningMark(**shape.model_dump(), person=each.person_id, attempt=each.attempt_id, number=each.number)
        for each in found
        if (shape := _mark(each.exercise, each.standing, each.counts, each.by)) is not None
    ]
    page = Page[OpeningMark](items=tuple(shown), next=None)
    return Response(page.model_dump_json(), media_type="application/json", headers={"Cache-Control": "no-store"})


@router.put(
    "/courses/{slug}/assignments/{assignment}/marks",
    operation_id="importMarks",
    openapi_extra=described_table(NAME),
    responses={422: problem("A line is wrong, so nothing was applied; `errors` names each.")},
)
async def import_marks(
    request: Request,
    assignment: AssignmentId,
    partial: Annotated[bool, Query(description="Apply the right lines, though others are wrong.")] = False,
    course: InCourse = Depends(Member(Role.INSTRUCTOR, Scope.TEACH)),
) -> TakenTable:
    """Take `marks.csv`: each line gives points for an exercise of the attempt that counts."""
    data = await table_of(request)
    return await run_in_threadpool(_imported, request, course, assignment, data, partial=partial)


def _imported(request: Request, course: InCourse, assignment: str, data: bytes, *, partial: bool) -> TakenTable:
    site, words = site_of(request), Words(language_of(request, course.caller))
    with site.database.begin() as session:
        opening_id = the_opening(session, course, assignment).id
        actor = actor_of(request, course)
        done = take(session, opening_id, data, actor=actor, now=site.now(), partial=partial)
    if isinstance(done, NotSaved):
        errors = [{"where": NAME, "what": words.text(each)} for each in done.faults]
        raise Problem(422, done.why.value, done.message, errors=errors)
    return TakenTable(
        changed=done.changed, unchanged=done.unchanged, faults=tuple(words.text(each) for each in done.faults)
    )


def _save(
    request: Request,
    asked: OnAttempt,
    exercise: str,
    given: Given | None,
    wanted: MarkWanted | CheckMarkWanted,
    *,
    check: str | None = None,
) -> _Saved:
    """Raises NotThere and Problem."""
    site = site_of(request)
    decided = Decided(
        attempt_id=asked.attempt_id,
        exercise=exercise,
        given=given,
        version=wanted.version,
        way=Way.API,
        reason=wanted.reason,
        items=wanted.items if isinstance(wanted, MarkWanted) else (),
        check=check,
    )
    with site.database.begin() as session:
        made = save(session, decided, actor=actor_of(request, asked.course), now=site.now())
        row = session.get(StoredReport, asked.attempt_id)
        graded = () if row is None else row.outline.exercises
    if not isinstance(made, NotSaved):
        return _Saved(standing=made, counts=next((each.mark for each in graded if each.id == exercise), None))
    if made.why in (Why.NO_EXERCISE, Why.NO_CHECK):
        raise NotThere
    standing = made.standing
    raise Problem(status_of(made), made.why.value, made.message, version=0 if standing is None else standing.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saved:
    """What stands since, and as it counts."""

    standing: StandingMark
    counts: Mark | None


def _saved(exercise: str, made: _Saved, asked: OnAttempt) -> MarkShape:
    shown = _mark(exercise, made.standing, made.counts, asked.course.caller.name)
    assert shown is not None
    return shown


def _change(each: Change) -> MarkChangeShape:
    given = each.row.given
    return MarkChangeShape.of(
        each.row,
        points=None if given is None or given.checks else given.points,
        comment="" if given is None else given.comment,
        checks=tuple(_check_change(one) for one in each.checks),
        by=each.by,
    )


def _check_change(one: CheckChange) -> CheckChangeShape:
    given = one.given
    return CheckChangeShape(
        check=one.check, points=None if given is None else given.points, comment="" if given is None else given.comment
    )


def _mark(exercise: str, standing: StandingMark, counts: Mark | None, by: str | None) -> MarkShape | None:
    given = standing.given
    if given is None:
        return None
    there = {each.check for each in counts.checks if each.verdict is not None} if counts is not None else set[str]()
    return MarkShape.of(
        given,
        points=counts.points if counts is not None and given.checks else given.points,
        checks=tuple(CheckMarkShape.of(each, counts=each.check in there) for each in given.checks),
        exercise=exercise,
        version=standing.version,
        by=by,
        at=standing.at,
    )
