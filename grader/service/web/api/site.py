"""The API on the site itself: its description, its keys, its audit, and who is asking."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeAlias

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy import select

from grader.service.attempts.receipts import SiteKeys
from grader.service.attempts.signing_keys import FACT, public_keys
from grader.service.courses.joined import courses_of
from grader.service.policy.scopes import Scope
from grader.service.store.tables import Audit, Person, Role, SiteFact
from grader.service.web.access import Anybody, Caller, InCourse, Member, SignedIn, SiteOwner, site_of
from grader.service.web.api.document import document
from grader.service.web.api.paging import Page, Paging, paging
from grader.service.web.api.shapes import Line, Shape

router = APIRouter(tags=["site"])
#: where programs look for it that know nothing of the API
well_known = APIRouter()
Action: TypeAlias = Annotated[Line, Query(max_length=64, description="With this action alone.")]


class MyCourse(Shape):
    """A course that the caller is in, and as what."""

    slug: str
    title: str
    role: Role


class Me(Shape):
    """Who is asking, and what they may ask."""

    id: int
    name: str
    language: str | None
    owns_site: bool
    scopes: tuple[Scope, ...]
    courses: tuple[MyCourse, ...]


@router.get("/openapi.json", operation_id="getDocument", openapi_extra={"security": []})
def openapi(request: Request, _: Caller | None = Depends(Anybody())) -> dict[str, Any]:
    """This document."""
    state = request.app.state
    if not hasattr(state, "document"):
        state.document = document(request.app)
    made: dict[str, Any] = state.document
    return made


@router.get("/me", operation_id="getMe")
def me(request: Request, caller: Caller = Depends(SignedIn())) -> Me:
    """Who is asking: for a token, whose it is and what it is good for."""
    with site_of(request).database.read() as session:
        found = courses_of(session, caller.person_id, only=caller.course_id)
        mine = [
            MyCourse(slug=each.course.slug, title=each.course.title, role=each.role)
            for each in found
            if each.role is not None
        ]
    return Me(
        id=caller.person_id,
        name=caller.name,
        language=caller.language,
        owns_site=caller.owns_site,
        scopes=tuple(sorted(caller.scopes)),
        courses=tuple(sorted(mine, key=lambda each: each.slug)),
    )


class Change(Shape):
    """Who did what to what, when: null for the site itself."""

    id: int
    at: datetime
    actor: int | None
    name: str | None
    action: str
    subject: str
    details: dict[str, Any]
    request: str | None


@router.get("/keys", operation_id="getKeys", openapi_extra={"security": []})
def keys(request: Request, _: Caller | None = Depends(Anybody())) -> SiteKeys:
    """The public keys that receipts are verified with, also at /.well-known/grader-keys.json."""
    site = site_of(request)
    with site.database.read() as session:
        if session.get(SiteFact, FACT) is not None:
            return public_keys(session, site, now=site.now())
    with site.database.begin() as session:  # whoever asks first has the first key made
        return public_keys(session, site, now=site.now())


@well_known.get("/.well-known/grader-keys.json", include_in_schema=False)
def well_known_keys(request: Request, caller: Caller | None = Depends(Anybody())) -> SiteKeys:
    """As the API's `keys`."""
    return keys(request, caller)


@router.get("/audit", operation_id="listChanges")
def changes(
    request: Request, action: Action = "", page: Paging = Depends(paging), _: Caller = Depends(SiteOwner())
) -> Page[Change]:
    """The changes of all courses and of the site, the newest first."""
    return _changes(request, page, action, None)


@router.get("/courses/{slug}/audit", operation_id="listCourseChanges")
def course_changes(
    request: Request,
    action: Action = "",
    page: Paging = Depends(paging),
    course: InCourse = Depends(Member(Role.INSTRUCTOR)),
) -> Page[Change]:
    """The changes of a course, the newest first."""
    return _changes(request, page, action, course.course_id)


def _changes(request: Request, page: Paging, action: str, course_id: int | None) -> Page[Change]:
    asked = select(Audit, Person.name).outerjoin(Person, Person.id == Audit.actor_id).order_by(Audit.id.desc())
    if course_id is not None:
        asked = asked.where(Audit.course_id == course_id)
    if action:
        asked = asked.where(Audit.action == action)
    if page.after is not None:
        asked = asked.where(Audit.id < page.number)
    with site_of(request).database.read() as session:
        rows = [(row, name) for row, name in session.execute(asked.limit(page.limit + 1))]
    return page.page(rows, key=lambda each: (each[0].id,), shown=lambda each: _change(*each))


def _change(row: Audit, name: str | None) -> Change:
    return Change(
        id=row.id,
        at=row.at,
        actor=row.actor_id,
        name=name,
        action=row.action,
        subject=row.subject,
        details=row.details,
        request=row.request,
    )
