"""Pages of the site's owners: courses and revisions, tokens of everybody, the queue and workers of all, the audit."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from grader.service.courses import changing
from grader.service.operations import inventory
from grader.service.people import audit_log, tokens
from grader.service.queue.looking import look
from grader.service.store.tables import Course
from grader.service.web.access import Caller, SiteOwner, site_of
from grader.service.web.problems import NotThere, there
from grader.service.web.staff.frame import Done, back, site_page
from grader.service.web.staff.typed import Before, FormId, PathId
from grader.service.web.trail import owner_of_site

router = APIRouter(prefix="/site")
OWNER = SiteOwner()


@router.get("")
def site(request: Request, caller: Caller = Depends(OWNER)) -> HTMLResponse:
    """Courses with their revisions, owners, what it all takes."""
    with site_of(request).database.read() as session:
        return site_page(
            request,
            "staff/site.html.j2",
            caller,
            tab="",
            held=inventory.courses(session),
            owners=inventory.owners(session),
            storage=inventory.storage(session),
            mail=inventory.mail(session),
        )


@router.get("/queue")
def site_queue(request: Request, caller: Caller = Depends(OWNER)) -> HTMLResponse:
    """What runs, waits and is parked in all courses, and the workers."""
    here = site_of(request)
    with here.database.read() as session:
        return site_page(request, "staff/site_queue.html.j2", caller, tab="queue", queue=look(session, now=here.now()))


@router.get("/tokens")
def site_tokens(request: Request, caller: Caller = Depends(OWNER)) -> HTMLResponse:
    """Tokens of everybody."""
    here = site_of(request)
    with here.database.read() as session:
        held = inventory.tokens(session, now=here.now())
        return site_page(request, "staff/site_tokens.html.j2", caller, tab="tokens", tokens=held)


@router.post("/tokens/revoke")
def revoke_token(request: Request, token_id: FormId, caller: Caller = Depends(OWNER)) -> RedirectResponse:
    """End somebody's token at once."""
    here = site_of(request)
    with here.database.begin() as session:
        if not tokens.revoke(session, token_id, now=here.now(), by_id=caller.person_id):
            raise NotThere
    return back("/site/tokens", Done.REVOKED)


@router.get("/audit")
def site_audit(
    request: Request,
    action: str = "",
    person: str = "",
    before: Before = None,
    caller: Caller = Depends(OWNER),
) -> HTMLResponse:
    """The changes of all courses and of the site."""
    with site_of(request).database.read() as session:
        return site_page(
            request,
            "staff/site_audit.html.j2",
            caller,
            tab="audit",
            log=audit_log.log(session, course_id=None, action=action, person=person[:200], before=before),
            actions=audit_log.actions(session, course_id=None),
            action=action,
            person=person,
        )


@router.post("/courses/{course_id}/archive")
def archive(request: Request, course_id: PathId, caller: Caller = Depends(OWNER)) -> RedirectResponse:
    """Archive a course."""
    return _changed(request, course_id, caller, changing.archive)


@router.post("/courses/{course_id}/reopen")
def reopen(request: Request, course_id: PathId, caller: Caller = Depends(OWNER)) -> RedirectResponse:
    """Take a course out of the archive."""
    return _changed(request, course_id, caller, changing.reopen)


def _changed(request: Request, course_id: int, caller: Caller, change: Callable[..., None]) -> RedirectResponse:
    here = site_of(request)
    with here.database.begin() as session:
        course = there(session.get(Course, course_id))
        change(session, course, actor=owner_of_site(request, caller), now=here.now())
    return back("/site", Done.SAVED)
