"""The API on the site itself: its description, its keys, its audit, and who is asking."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeAlias

from fastapi import APIRouter, Depends, Query, Request

from grader.policy.scopes import Scope
from grader.service.attempts.receipts import SiteKeys
from grader.service.attempts.signing_keys import FACT, public_keys
from grader.service.courses.joined import courses_of
from grader.service.people import audit_log
from grader.service.store.tables import Role, SiteFact
from grader.service.web.access import Anybody, Caller, InCourse, Member, SignedIn, SiteOwner, site_of
from grader.service.web.api.document import document, noun
from grader.service.web.api.paging import Page, Paging, paging
from grader.service.web.api.shapes import Line, Shape

router = noun("site")
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
        mine = [MyCourse.of(each.course, role=each.role) for each in found if each.role is not None]
    return Me.of(
        caller,
        id=caller.person_id,
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
    before = None if page.after is None else page.number
    with site_of(request).database.read() as session:
        found = audit_log.changes(session, course_id=course_id, action=action, before=before, most=page.limit + 1)
    return page.page(found, key=lambda each: (each.change.id,), shown=_change)


def _change(each: audit_log.Entry) -> Change:
    return Change.of(each.change, actor=each.change.actor_id, name=each.actor)
