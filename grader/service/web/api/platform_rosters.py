"""The API on rosters at learning platforms: which there are, what taking one would change, and that change made."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request

from grader.messages import Message, Words
from grader.policy.scopes import Scope
from grader.service.lti.rostering import apply as take
from grader.service.lti.rostering import fetched, preview, rosters_of
from grader.service.people.roster import RosterRefused
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.document import noun, problem
from grader.service.web.api.paging import Page
from grader.service.web.api.people import STALE, RosterShape, roster_shape
from grader.service.web.api.shapes import Id, Shape
from grader.service.web.pages import language_of
from grader.service.web.problems import NotThere, Problem

router = noun("people")
AWAY: Final[dict[int | str, dict[str, Any]]] = {
    409: STALE,
    502: problem("The platform does not tell us who its people are; the title says why."),
}


class PlatformRosterShape(Shape):
    """A course at a platform that is connected with this one, and whose people we may ask for."""

    id: int
    title: str
    platform: str


@router.get("/courses/{slug}/platform-rosters", operation_id="listPlatformRosters")
def rosters(request: Request, course: InCourse = Depends(Member(Role.INSTRUCTOR))) -> Page[PlatformRosterShape]:
    """Rosters that may be taken from platforms."""
    with site_of(request).database.read() as session:
        found = rosters_of(session, course.course_id)
    return Page(items=tuple(PlatformRosterShape.of(each, id=each.context_id) for each in found), next=None)


@router.post("/courses/{slug}/platform-rosters/{roster_id}/import", operation_id="importPlatformRoster", responses=AWAY)
def import_roster(
    request: Request,
    roster_id: Id,
    apply: Annotated[
        str | None, Query(pattern=r"^[0-9a-f]{64}$", description="The digest of the change that is to be made.")
    ] = None,
    course: InCourse = Depends(Member(Role.INSTRUCTOR, Scope.TEACH)),
) -> RosterShape:
    """What the platform's roster would change, and nothing is changed; or with `apply` exactly that change, if it is
    still the same. Nobody is deleted: whoever the platform does not name any more leaves, and keeps all they handed
    in."""
    site, words = site_of(request), Words(language_of(request, course.caller))
    with site.database.read() as session:
        found = next((each for each in rosters_of(session, course.course_id) if each.context_id == roster_id), None)
    if found is None:
        raise NotThere
    people = fetched(site, found, calls=request.app.state.platform_calls)
    if isinstance(people, Message):
        raise Problem(502, "platform", people)
    if apply is None:
        with site.database.read() as session:
            return roster_shape(preview(session, roster_id, people), words, applied=False)
    with site.database.begin() as session:
        done = take(session, roster_id, people, digest=apply, by_id=course.caller.person_id, now=site.now())
    if isinstance(done, RosterRefused):
        raise Problem(409, "stale", done.message)
    return roster_shape(done, words, applied=True)
