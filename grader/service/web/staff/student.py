"""One person of a course: where they stand with each opening, their attempts, their extensions, what they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from grader.messages import Message, say
from grader.policy.decision import Refused
from grader.policy.scopes import Scope
from grader.service.attempts.extensions import extensions_for
from grader.service.attempts.opened import opened
from grader.service.attempts.openings import Whom, grant
from grader.service.attempts.overview import last_attempts, standings_of
from grader.service.courses.current import current_assignments
from grader.service.courses.titles import titles_in
from grader.service.people.members import GIVEN, sections
from grader.service.store.tables import Membership, Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.blind import blind_in
from grader.service.web.named import the_member
from grader.service.web.staff.frame import Done, back, course_page, role_choices, words_for
from grader.service.web.staff.relief_form import ReliefForm, read_relief
from grader.service.web.staff.terms_form import Faults
from grader.service.web.staff.typed import PathId, plain
from grader.service.web.trail import actor_of

router = APIRouter()
PATH = "/courses/{slug}/people/{person_id}"
MOST_ATTEMPTS = 200


@router.get(PATH)
def student(request: Request, person_id: PathId, course: InCourse = Depends(Member(Role.GRADER))) -> HTMLResponse:
    """Somebody of the course, whoever left included."""
    with site_of(request).database.read() as session:
        return _drawn(request, course, session, the_member(session, course, person_id), form=ReliefForm())


@router.post(f"{PATH}/extensions")
def grant_here(
    request: Request,
    person_id: PathId,
    form: Annotated[ReliefForm, Form()],
    course: InCourse = Depends(Member(Role.INSTRUCTOR, Scope.TEACH)),
) -> Response:
    """Grant this person an extension; `who` is the id of the opening."""
    site = site_of(request)
    with site.database.begin() as session:
        found = the_member(session, course, person_id)
        opening = {str(each.id): each for each in opened(session, course.course_id)}.get(form.who)
        relief = read_relief(form, course.zone)
        errors = dict(relief.errors) if isinstance(relief, Faults) else {}
        if opening is None:
            errors["who"] = say("staff_no_choice")
        if isinstance(relief, Faults) or opening is None:
            return _drawn(request, course, session, found, form=form, errors=errors, http_status=422)
        granted = grant(
            session,
            opening.id,
            Whom(person_id=person_id),
            relief,
            reason=plain(form.reason),
            actor=actor_of(request, course),
            now=site.now(),
        )
        if isinstance(granted, Refused):
            errors = {"who": granted.message}
            return _drawn(request, course, session, found, form=form, errors=errors, http_status=422)
    return back(f"/courses/{course.slug}/people/{person_id}", Done.GRANTED)


def _drawn(
    request: Request,
    course: InCourse,
    session: Session,
    found: Membership,
    *,
    form: ReliefForm,
    errors: Mapping[str, Message] | None = None,
    http_status: int = 200,
) -> HTMLResponse:
    words, blind = words_for(request, course.caller), blind_in(session, request, course)
    assignments, openings = current_assignments(session, course.course_id), opened(session, course.course_id)
    return course_page(
        request,
        "staff/student.html.j2",
        course,
        tab="people",
        http_status=http_status,
        member=found,
        openings=openings,
        standings=standings_of(session, course.course_id, found.person_id),
        hidden=frozenset(opening_id for opening_id, whose in blind.standings if whose == found.person_id),
        attempts=last_attempts(session, course.course_id, most=MOST_ATTEMPTS, person_id=found.person_id, blind=blind),
        extensions=extensions_for(session, course.course_id, found.person_id, found.section_id),
        assignments=assignments,
        sections=sections(session, course.course_id),
        role_choices=role_choices(words, GIVEN),
        opening_choices=[
            (each.id, titles_in(tuple(assignments.values()), each.assignment).title(words)) for each in openings
        ],
        form=form,
        errors=errors or {},
    )
