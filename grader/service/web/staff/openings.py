"""The assignments of a course: opened, their terms changed, shown as a student sees them, published by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from zoneinfo import available_timezones

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from grader.messages import Message
from grader.policy.decision import Refused
from grader.policy.scopes import Scope
from grader.policy.terms import Terms
from grader.service.attempts.opened import opened, opening_for
from grader.service.attempts.openings import publish, publish_section, put_terms, unpublish, unpublish_section
from grader.service.attempts.publication import published
from grader.service.courses.changing import set_zone
from grader.service.courses.current import current_assignments
from grader.service.people.members import sections
from grader.service.store.outline import AssignmentOutline
from grader.service.store.tables import Course, Opening, Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.named import the_opening, the_section
from grader.service.web.problems import NotThere
from grader.service.web.staff.frame import Done, back, course_page, words_for
from grader.service.web.staff.terms_form import Faults, TermsForm, read_terms, typed
from grader.service.web.staff.terms_told import told
from grader.service.web.staff.typed import PathId
from grader.service.web.trail import actor_of

router = APIRouter()
#: how many may join by the invitation that is offered beside an opening
INVITED: Final = 500
SEES = Member(Role.GRADER)
CHANGES = Member(Role.INSTRUCTOR, Scope.TEACH)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSection:
    """A section of the course, and since when an opening is published for it."""

    id: int
    name: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An assignment of a course, open or not; `outline` is None where the revision of today has none of that id."""

    id: str
    outline: AssignmentOutline | None
    opening: Opening | None
    sections: Sequence[ToSection] = ()


@router.get("/courses/{slug}/openings")
def openings(request: Request, course: InCourse = Depends(SEES)) -> HTMLResponse:
    """All assignments of a course."""
    return _listed(request, course)


@router.post("/courses/{slug}/openings")
def change_zone(
    request: Request, zone: Annotated[str, Form(max_length=64)] = "", course: InCourse = Depends(CHANGES)
) -> Response:
    """Change the zone that the course's dates are stated in. Moments stay what they are."""
    site = site_of(request)
    with site.database.begin() as session:
        row = session.get_one(Course, course.course_id)
        is_set = set_zone(session, row, zone, actor=actor_of(request, course), now=site.now())
    if not is_set:
        words = words_for(request, course.caller)
        return _listed(request, course, zone=zone, wrong=words.say("staff_no_zone"), http_status=422)
    return back(f"/courses/{course.slug}/openings", Done.SAVED)


@router.get("/courses/{slug}/openings/{assignment}")
def opening(request: Request, assignment: str, course: InCourse = Depends(Member(Role.INSTRUCTOR))) -> HTMLResponse:
    """The terms of an opening, or those that it would be opened with."""
    with site_of(request).database.read() as session:
        offered = _offered(session, course, assignment)
        form = typed(_terms(offered), course.zone)
        return _drawn(request, course, offered, form=form)


@router.post("/courses/{slug}/openings/{assignment}")
def save(
    request: Request, assignment: str, form: Annotated[TermsForm, Form()], course: InCourse = Depends(CHANGES)
) -> Response:
    """Open the assignment on these terms, or change those it is open on."""
    site = site_of(request)
    with site.database.begin() as session:
        offered = _offered(session, course, assignment)
        terms = read_terms(form, course.zone)
        if isinstance(terms, Faults):
            return _drawn(request, course, offered, form=form, errors=terms.errors, http_status=422)
        actor = actor_of(request, course)
        done = put_terms(session, course.course_id, assignment, terms, actor=actor, now=site.now())
        if isinstance(done, Refused):
            errors = {"release": done.message}
            return _drawn(request, course, offered, form=form, errors=errors, http_status=422)
    if offered.opening is None:
        return back(f"/courses/{course.slug}/openings/{assignment}", Done.OPENED)
    return back(f"/courses/{course.slug}/openings", Done.SAVED)


@router.post("/courses/{slug}/openings/{assignment}/preview")
def preview(
    request: Request, assignment: str, form: Annotated[TermsForm, Form()], course: InCourse = Depends(CHANGES)
) -> HTMLResponse:
    """What a student would read of what is typed; nothing is changed."""
    with site_of(request).database.read() as session:
        offered = _offered(session, course, assignment)
        zone = course.zone
        terms = read_terms(form, zone)
        if isinstance(terms, Faults):
            return _drawn(request, course, offered, form=form, errors=terms.errors, http_status=422)
        return _drawn(request, course, offered, form=form, preview=told(terms, zone))


@router.post("/courses/{slug}/openings/{assignment}/publish")
def publish_now(request: Request, assignment: str, course: InCourse = Depends(CHANGES)) -> RedirectResponse:
    """Let students see points and withheld checks from now on."""
    site = site_of(request)
    with site.database.begin() as session:
        there = the_opening(session, course, assignment)
        publish(session, there.id, actor=actor_of(request, course), now=site.now())
    return back(f"/courses/{course.slug}/openings/{assignment}", Done.PUBLISHED)


@router.post("/courses/{slug}/openings/{assignment}/unpublish")
def unpublish_now(request: Request, assignment: str, course: InCourse = Depends(CHANGES)) -> RedirectResponse:
    """Take that back: what the dates say holds again."""
    site = site_of(request)
    with site.database.begin() as session:
        there = the_opening(session, course, assignment)
        unpublish(session, there.id, actor=actor_of(request, course), now=site.now())
    return back(f"/courses/{course.slug}/openings/{assignment}", Done.UNPUBLISHED)


@router.post("/courses/{slug}/openings/{assignment}/sections/{section_id}/publish")
def publish_to_section(
    request: Request, assignment: str, section_id: PathId, course: InCourse = Depends(CHANGES)
) -> RedirectResponse:
    """The same for the people of one section."""
    site = site_of(request)
    with site.database.begin() as session:
        there, section = the_opening(session, course, assignment), the_section(session, course, section_id)
        publish_section(session, there.id, section.id, actor=actor_of(request, course), now=site.now())
    return back(f"/courses/{course.slug}/openings/{assignment}", Done.PUBLISHED)


@router.post("/courses/{slug}/openings/{assignment}/sections/{section_id}/unpublish")
def unpublish_to_section(
    request: Request, assignment: str, section_id: PathId, course: InCourse = Depends(CHANGES)
) -> RedirectResponse:
    """Take that back: for the section holds what holds for all."""
    site = site_of(request)
    with site.database.begin() as session:
        there, section = the_opening(session, course, assignment), the_section(session, course, section_id)
        unpublish_section(session, there.id, section.id, actor=actor_of(request, course), now=site.now())
    return back(f"/courses/{course.slug}/openings/{assignment}", Done.UNPUBLISHED)


def _terms(offered: Offered) -> Terms:
    if offered.opening is not None:
        return offered.opening.terms
    return (None if offered.outline is None else offered.outline.terms) or Terms()


def _offered(session: Session, course: InCourse, assignment: str) -> Offered:
    """The assignment of that id, if the course has it or ever opened it, and if it can be read."""
    outline = current_assignments(session, course.course_id).get(assignment)
    row = opening_for(session, course.course_id, assignment)
    if row is None and (outline is None or outline.fault is not None):
        raise NotThere
    return Offered(
        id=assignment, outline=outline, opening=row, sections=() if row is None else _to_sections(session, row)
    )


def _to_sections(session: Session, row: Opening) -> Sequence[ToSection]:
    at = published(session, row).sections
    return [ToSection(id=each.id, name=each.name, at=at.get(each.id)) for each in sections(session, row.course_id)]


def _listed(
    request: Request, course: InCourse, *, zone: str | None = None, wrong: str = "", http_status: int = 200
) -> HTMLResponse:
    with site_of(request).database.read() as session:
        known = current_assignments(session, course.course_id)
        there = {each.assignment: each for each in opened(session, course.course_id)}
        return course_page(
            request,
            "staff/openings.html.j2",
            course,
            tab="openings",
            http_status=http_status,
            assignments=[
                Offered(id=each, outline=known.get(each), opening=there.get(each))
                for each in dict.fromkeys([*known, *there])
            ],
            typed_zone=course.zone.key if zone is None else zone,
            zone_error=wrong,
            zones=sorted(available_timezones()),
        )


def _drawn(
    request: Request,
    course: InCourse,
    offered: Offered,
    *,
    form: TermsForm,
    errors: Mapping[str, Message] | None = None,
    preview: tuple[Message, ...] = (),
    http_status: int = 200,
) -> HTMLResponse:
    return course_page(
        request,
        "staff/opening.html.j2",
        course,
        tab="openings",
        http_status=http_status,
        assignment=offered.id,
        outline=offered.outline,
        opening=offered.opening,
        sections=offered.sections,
        form=form,
        errors=errors or {},
        preview=preview,
        address=f"{site_of(request).address}/courses/{course.slug}/{offered.id}",
        invited=INVITED,
    )
