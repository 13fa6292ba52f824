"""Invitations to a course: made, and shown once; listed, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from grader.messages import Message, say
from grader.policy.scopes import Scope
from grader.service.people.invitations import open_invitations, take_back
from grader.service.people.inviting import MOST_DAYS, MOST_USES, Inviting, invite_to
from grader.service.people.mailed_links import addresses_in, invite_by_mail
from grader.service.people.members import GIVEN, Unchanged, sections
from grader.service.people.outbox import is_sent
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.problems import NotAllowed, NotThere
from grader.service.web.staff.frame import Done, back, course_page, role_choices, words_for
from grader.service.web.staff.typed import plain
from grader.service.web.trail import actor_of

router = APIRouter()
#: words that are no addresses, shown again
NAMED = 20
CHANGES = Member(Role.INSTRUCTOR, Scope.TEACH)


@router.get("/courses/{slug}/people/invitations")
def invitations(request: Request, course: InCourse = Depends(Member(Role.INSTRUCTOR))) -> HTMLResponse:
    """Invitations that are still good."""
    return _drawn(request, course, made="")


@router.post("/courses/{slug}/people/invitations")
def make(
    request: Request,
    role: Annotated[Role, Form()] = Role.STUDENT,
    section: Annotated[str, Form(max_length=200)] = "",
    uses: Annotated[int, Form(ge=1, le=MOST_USES)] = 1,
    days: Annotated[int, Form(ge=1, le=MOST_DAYS)] = 14,
    course: InCourse = Depends(CHANGES),
) -> HTMLResponse:
    """Make an invitation. Its link stands in this answer and nowhere else."""
    site = site_of(request)
    wanted = Inviting(role=role, section=plain(section), uses=uses, days=days)
    with site.database.begin() as session:
        secret = invite_to(session, course.course_id, wanted, by_id=course.caller.person_id, now=site.now())
    if isinstance(secret, Unchanged):
        raise NotAllowed
    return _drawn(request, course, made=f"{site.address}/link/{secret}")


@router.post("/courses/{slug}/people/invitations/mail")
def mail(
    request: Request,
    emails: Annotated[str, Form(max_length=100_000)] = "",
    role: Annotated[Role, Form()] = Role.STUDENT,
    section: Annotated[str, Form(max_length=200)] = "",
    course: InCourse = Depends(CHANGES),
) -> HTMLResponse:
    """Mail an invitation of their own to each of these addresses; those that are none are named."""
    site = site_of(request)
    good, wrong = addresses_in(plain(emails))
    wanted = Inviting(role=role, section=plain(section))
    language = words_for(request, course.caller).language
    with site.database.begin() as session:
        sent = invite_by_mail(
            session,
            course.course_id,
            wanted,
            good,
            by_id=course.caller.person_id,
            language=language,
            now=site.now(),
        )
    if isinstance(sent, Unchanged):
        raise NotAllowed
    told = say("staff_invited_by_mail", number=sent)
    left = [*wrong, *list(dict.fromkeys(good))[sent:]]
    return _drawn(request, course, made="", told=told, left=left[:NAMED])


@router.post("/courses/{slug}/people/invitations/revoke")
def revoke(
    request: Request, digest: Annotated[str, Form(max_length=64)], course: InCourse = Depends(CHANGES)
) -> RedirectResponse:
    """Take an invitation back."""
    site = site_of(request)
    with site.database.begin() as session:
        actor = actor_of(request, course)
        if not take_back(session, course.course_id, plain(digest), actor=actor, now=site.now()):
            raise NotThere
    return back(f"/courses/{course.slug}/people/invitations", Done.REVOKED)


def _drawn(
    request: Request, course: InCourse, *, made: str, told: Message | None = None, left: Sequence[str] = ()
) -> HTMLResponse:
    site = site_of(request)
    with site.database.read() as session:
        drawn = course_page(
            request,
            "staff/invitations.html.j2",
            course,
            tab="people",
            made=made,
            told=told,
            left=left,
            mails=is_sent(session),
            open=open_invitations(session, course.course_id, now=site.now()),
            role_choices=role_choices(words_for(request, course.caller), GIVEN),
            sections=sections(session, course.course_id),
        )
    drawn.headers["Cache-Control"] = "no-store"
    return drawn
