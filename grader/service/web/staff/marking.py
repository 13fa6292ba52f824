"""Marking, as far as it has come: a course's openings, an opening's exercises; marks taken from a table and written to
one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from grader.messages import Message
from grader.policy.marking import NotSaved
from grader.policy.scopes import Scope
from grader.service.attempts.opened import opened
from grader.service.courses.current import current_assignments
from grader.service.courses.titles import Titles
from grader.service.marking.progress import awaited_in, marked_in
from grader.service.marking.table import NAME, Taken, marks_table, take
from grader.service.store.tables import Opening, Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.blind import blind_in
from grader.service.web.kept_files import as_file
from grader.service.web.named import the_opening
from grader.service.web.staff.frame import course_page, words_for
from grader.service.web.trail import actor_of

router = APIRouter()
SEES = Member(Role.GRADER)
CHANGES = Member(Role.INSTRUCTOR, Scope.TEACH)
PATH = "/courses/{slug}/openings/{assignment}/marking"


@router.get("/courses/{slug}/marking")
def overview(request: Request, course: InCourse = Depends(SEES)) -> HTMLResponse:
    """All openings of a course, and what waits for people in each."""
    with site_of(request).database.read() as session:
        return course_page(
            request,
            "staff/marking.html.j2",
            course,
            tab="marking",
            openings=opened(session, course.course_id),
            awaited=awaited_in(session, course.course_id),
            assignments=current_assignments(session, course.course_id),
        )


@router.get(PATH)
def opening(request: Request, assignment: str, course: InCourse = Depends(SEES)) -> HTMLResponse:
    """The exercises of an opening, and how many answers of each are marked."""
    with site_of(request).database.read() as session:
        return _drawn(request, course, session, the_opening(session, course, assignment))


@router.get(f"{PATH}/{NAME}")
def export(request: Request, assignment: str, course: InCourse = Depends(SEES)) -> Response:
    """The marks as a table, with a line for each answer that waits."""
    with site_of(request).database.read() as session:
        table = marks_table(session, the_opening(session, course, assignment).id, blind_in(session, request, course))
    return Response(table, media_type="text/csv; charset=utf-8", headers=as_file(NAME))


@router.post(PATH)
def import_table(
    request: Request,
    assignment: str,
    table: UploadFile,
    partial: Annotated[str, Form(max_length=10)] = "",
    course: InCourse = Depends(CHANGES),
) -> HTMLResponse:
    """Take such a table: all of it, or, if that is wanted, its right lines."""
    site, data = site_of(request), table.file.read()
    with site.database.begin() as session:
        there = the_opening(session, course, assignment)
        actor = actor_of(request, course)
        done = take(session, there.id, data, actor=actor, now=site.now(), partial=partial == "yes")
        return _drawn(request, course, session, there, done=done)


def _drawn(
    request: Request, course: InCourse, session: Session, opening: Opening, *, done: Taken | NotSaved | None = None
) -> HTMLResponse:
    words = words_for(request, course.caller)
    outline = current_assignments(session, course.course_id).get(opening.assignment)
    titles = Titles(assignment=opening.assignment, outline=outline)
    faults: tuple[Message, ...] = () if done is None else done.faults
    return course_page(
        request,
        "staff/marking_opening.html.j2",
        course,
        tab="marking",
        http_status=422 if isinstance(done, NotSaved) else 200,
        opening=opening,
        outline=outline,
        exercises=marked_in(session, opening.id),
        named=lambda exercise: titles.by_id(exercise, words),
        refused_table=done.message if isinstance(done, NotSaved) else None,
        taken=done if isinstance(done, Taken) else None,
        faults=faults,
    )
