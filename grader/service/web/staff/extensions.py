"""Extensions: of an opening, for a student or a section; granted here and on a student's page, revoked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from grader.messages import Message, say
from grader.policy.decision import Refused
from grader.policy.scopes import Scope
from grader.service.attempts.extensions import extensions_of
from grader.service.attempts.openings import Whom, grant, revoke
from grader.service.courses.current import current_assignments
from grader.service.people.members import sections
from grader.service.store.tables import Membership, Opening, Role, Section
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.named import the_extension, the_opening
from grader.service.web.staff.frame import Done, back, course_page
from grader.service.web.staff.relief_form import ReliefForm, named, read_relief
from grader.service.web.staff.terms_form import Faults
from grader.service.web.staff.typed import FormId, plain
from grader.service.web.trail import actor_of

router = APIRouter()
CHANGES = Member(Role.INSTRUCTOR, Scope.TEACH)
PATH = "/courses/{slug}/openings/{assignment}/extensions"


@router.get(PATH)
def extensions(request: Request, assignment: str, course: InCourse = Depends(Member(Role.GRADER))) -> HTMLResponse:
    """All extensions of an opening."""
    with site_of(request).database.read() as session:
        return _drawn(request, course, session, the_opening(session, course, assignment), form=ReliefForm())


@router.post(PATH)
def grant_one(
    request: Request, assignment: str, form: Annotated[ReliefForm, Form()], course: InCourse = Depends(CHANGES)
) -> Response:
    """Grant an extension to a student or a section."""
    site = site_of(request)
    with site.database.begin() as session:
        opening = the_opening(session, course, assignment)
        relief = read_relief(form, course.zone)
        target = _target(session, course, form)
        errors = dict(relief.errors) if isinstance(relief, Faults) else {}
        if isinstance(target, Message):
            errors["who"] = target
        if isinstance(relief, Faults) or isinstance(target, Message):
            return _drawn(request, course, session, opening, form=form, errors=errors, http_status=422)
        whom = Whom(person_id=target.person_id) if isinstance(target, Membership) else Whom(section_id=target.id)
        granted = grant(
            session,
            opening.id,
            whom,
            relief,
            reason=plain(form.reason),
            actor=actor_of(request, course),
            now=site.now(),
        )
        if isinstance(granted, Refused):
            errors = {"who": granted.message}
            return _drawn(request, course, session, opening, form=form, errors=errors, http_status=422)
    return back(f"/courses/{course.slug}/openings/{assignment}/extensions", Done.GRANTED)


@router.post(f"{PATH}/revoke")
def revoke_one(
    request: Request, assignment: str, extension_id: FormId, course: InCourse = Depends(CHANGES)
) -> RedirectResponse:
    """Take an extension back."""
    site = site_of(request)
    with site.database.begin() as session:
        found = the_extension(session, course, assignment, extension_id)
        revoke(session, found.id, actor=actor_of(request, course), now=site.now())
    return back(f"/courses/{course.slug}/openings/{assignment}/extensions", Done.REVOKED)


def _target(session: Session, course: InCourse, form: ReliefForm) -> Membership | Section | Message:
    """The student or the section that is named; not both."""
    if not form.section:
        return named(session, course.course_id, form.who)
    if form.who.strip():
        return say("staff_who_or_section")
    known = {str(each.id): each for each in sections(session, course.course_id)}
    return known.get(form.section) or say("staff_who_unknown")


def _drawn(
    request: Request,
    course: InCourse,
    session: Session,
    opening: Opening,
    *,
    form: ReliefForm,
    errors: Mapping[str, Message] | None = None,
    http_status: int = 200,
) -> HTMLResponse:
    there = sections(session, course.course_id)
    return course_page(
        request,
        "staff/extensions.html.j2",
        course,
        tab="openings",
        http_status=http_status,
        assignment=opening.assignment,
        outline=current_assignments(session, course.course_id).get(opening.assignment),
        extensions=extensions_of(session, opening.id),
        sections=there,
        section_choices=[("", "–"), *((each.id, each.name) for each in there)],  # noqa: RUF001
        form=form,
        errors=errors or {},
    )
