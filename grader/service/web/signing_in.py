"""Pages on which somebody becomes somebody: by password, by a link, by an invitation; and signs out again.

A link is used by a button alone: programs that look into mail open every address they find. Whoever signs in gets a
new secret, whatever cookie they came with, and is sent to a path of this site alone.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.background import BackgroundTask

from grader.errors import StoreUnavailable
from grader.messages import Message, say
from grader.service.people import accounts, audit
from grader.service.people.accounts import Invitation, Joining, SignsIn
from grader.service.people.mailed_links import ask_for_link, was_proven
from grader.service.people.outbox import is_sent
from grader.service.people.passwords import LONGEST, SHORTEST
from grader.service.people.sessions import (
    LEAVING,
    Through,
    begin_session,
    end_session,
    forget_ended,
    leave_session,
)
from grader.service.site import Site
from grader.service.store.tables import Course, Role
from grader.service.web.access import Anybody, Caller, cookie_name, is_encrypted, site_of
from grader.service.web.pages import Link, page
from grader.service.web.problems import Problem
from grader.service.web.refusing import request_id
from grader.service.web.security.origins import own_path
from grader.service.web.security.rates import Guard, address_of, short
from grader.service.web.security.renewing import give_session

router = APIRouter(include_in_schema=False)

#: what somebody is in a course, in words
ROLES: Final = {
    Role.OWNER: say("role_owner"),
    Role.INSTRUCTOR: say("role_instructor"),
    Role.GRADER: say("role_grader"),
    Role.STUDENT: say("role_student"),
    Role.CI: say("role_ci"),
}


class LinkOver(Problem):
    """A link that is none, was used, or is too old: the three are never told apart."""

    def __init__(self) -> None:
        super().__init__(404, "link_over", say("link_over"))


@router.get("/sign-in")
def sign_in(
    request: Request,
    next: str = "/",
    out: bool = False,
    mailed: bool = False,
    caller: Caller | None = Depends(Anybody()),
) -> Response:
    """The ways in; whoever is in goes on."""
    if caller is not None:
        return RedirectResponse(own_path(next), status_code=303)
    return _ways_in(request, next, out=out, mailed=mailed)


@router.post("/sign-in")
def sign_in_by_password(
    request: Request,
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
    caller: Caller | None = Depends(Anybody()),
) -> Response:
    """In, or the same words whatever was wrong."""
    guard, address = guard_of(request), address_of(request.scope)
    with guard.at_the_door(email):
        guard.before_password(email, address)
        person_id = accounts.check_password(site_of(request), email, password)
        if person_id is None:
            guard.wrong_password(email, address)
    if person_id is None:
        return _ways_in(request, next, email=email, error=say("sign_in_wrong"))
    site = site_of(request)
    with site.database.begin() as session:
        return signed_in(request, session, person_id, to=next, before=caller, by="password")


@router.post("/sign-in/link")
def mail_link(
    request: Request, mailed_to: Annotated[str, Form()] = "", caller: Caller | None = Depends(Anybody())
) -> Response:
    """A link by mail for whoever has that address; the same words whether anybody does, and as soon."""
    del caller
    site, guard = site_of(request), guard_of(request)
    guard.count(guard.bounds.links_by_address, "links from", address_of(request.scope))
    guard.count(guard.bounds.links_by_account, "links to", short(accounts.normal_email(mailed_to) or ""))

    def ask() -> None:
        with suppress(StoreUnavailable), site.database.begin() as session:
            ask_for_link(session, mailed_to, now=site.now())

    return RedirectResponse("/sign-in?mailed=1", status_code=303, background=BackgroundTask(ask))


@router.post("/sign-out")
def sign_out(request: Request, caller: Caller | None = Depends(Anybody())) -> Response:
    """Out, in this browser."""
    site = site_of(request)
    leaves = False
    if caller is not None and caller.secret is not None:
        with site.database.begin() as session:
            leaves = leave_session(session, caller.secret, now=site.now())
    answer = RedirectResponse("/sign-in?out=1", status_code=303)
    give_session(answer, site, "", framed=caller is not None and caller.framed_by is not None)
    if leaves and caller is not None and caller.secret is not None:
        _let_leave(answer, site, caller.secret)
    return answer


@router.get("/link/{secret}")
def link(request: Request, secret: str, caller: Caller | None = Depends(Anybody())) -> Response:
    """What a link is good for, and the button that uses it."""
    return _link_page(request, secret, caller)


@router.post("/link/{secret}")
def use_link(
    request: Request,
    secret: str,
    name: Annotated[str, Form()] = "",
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    caller: Caller | None = Depends(Anybody()),
) -> Response:
    """Signs in, or takes into a course; somebody new says who they are first."""
    site = site_of(request)
    with site.database.read() as session:
        meant = accounts.what_link(session, secret, now=site.now())
    match meant:
        case None:
            raise LinkOver
        case SignsIn():
            return _signed_in_by_link(request, secret, caller)
        case Invitation() if caller is not None:
            return _joined(request, secret, meant, caller)
        case Invitation():
            return _new_member(request, secret, name=accounts.plain_name(name), email=email.strip(), password=password)


def signed_in(
    request: Request,
    session: Session,
    person_id: int,
    *,
    to: str,
    before: Caller | None,
    by: str,
    framed_by: str | None = None,
    through: Through | None = None,
) -> RedirectResponse:
    """On to where they wanted, with a session of their own; the one that the browser had ends. `framed_by`: it is
    within a frame of a page of these origins; `through`: the provider who says who they are."""
    site = site_of(request)
    if before is not None and before.secret is not None:
        end_session(session, before.secret)
    forget_ended(session, now=site.now())
    agent = request.headers.get("User-Agent", "")
    secret = begin_session(session, person_id, agent=agent, now=site.now(), framed_by=framed_by, through=through)
    audit.record(
        session,
        actor_id=person_id,
        action="signed_in",
        subject=f"person:{person_id}",
        details={"by": by},
        now=site.now(),
        request=request_id(request),
    )
    answer = RedirectResponse(own_path(to), status_code=303)
    give_session(answer, site, secret, framed=framed_by is not None)
    return answer


def leaving_cookie(site: Site) -> str:
    """The name of the cookie by which a session that is over is known, to end it at its provider as well."""
    return f"{cookie_name(site)}_left"


def _let_leave(answer: Response, site: Site, secret: str) -> None:
    answer.set_cookie(
        leaving_cookie(site),
        secret,
        max_age=int(LEAVING.total_seconds()),
        path="/",
        secure=is_encrypted(site),
        httponly=True,
        samesite="lax",
    )


def guard_of(request: Request) -> Guard:
    """What this process counts."""
    guard: Guard = request.app.state.guard
    return guard


def new_password_fault(password: str) -> Message | None:
    """What is wrong with a password that somebody wants to have."""
    if SHORTEST <= len(password) <= LONGEST:
        return None
    return say("password_length", least=SHORTEST, most=LONGEST)


def _ways_in(
    request: Request,
    next: str,
    *,
    email: str = "",
    error: Message | None = None,
    out: bool = False,
    mailed: bool = False,
) -> Response:
    with site_of(request).database.read() as session:
        mails = is_sent(session)
    return page(
        request,
        "sign_in.html.j2",
        http_status=200 if error is None else 401,
        next=own_path(next),
        email=email,
        error=error,
        mails=mails,
        mailed=mailed and mails,
        providers=[
            Link(title=each.title, href=f"/sign-in/{each.id}?{urlencode({'next': own_path(next)})}")
            for each in request.app.state.providers.named.values()
        ],
        ways_out=[
            Link(title=each.title, href=f"/sign-out/{each.id}") for each in request.app.state.providers.named.values()
        ]
        if out
        else (),
    )


def _link_page(
    request: Request, secret: str, caller: Caller | None, *, errors: dict[str, Message] | None = None, **said: str
) -> Response:
    site = site_of(request)
    with site.database.read() as session:
        meant = accounts.what_link(session, secret, now=site.now())
        if meant is None:
            raise LinkOver
        course = session.get_one(Course, meant.course_id) if isinstance(meant, Invitation) else None
    answer = page(
        request,
        "link.html.j2",
        caller=caller,
        http_status=422 if errors else 200,
        secret=secret,
        invited_to=course,
        invited_as=ROLES[meant.role] if isinstance(meant, Invitation) else None,
        errors=errors or {},
        said={"name": "", "email": ""} | said,
    )
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _signed_in_by_link(request: Request, secret: str, caller: Caller | None) -> Response:
    site = site_of(request)
    with site.database.begin() as session:
        used = accounts.use_link(session, secret, now=site.now())
        if not isinstance(used, SignsIn):
            raise LinkOver
        if used.mailed_to is not None and not was_proven(session, used.person_id, used.mailed_to):
            raise LinkOver
        by = "link" if used.mailed_to is None else "mail"
        return signed_in(request, session, used.person_id, to="/", before=caller, by=by)


def _joined(request: Request, secret: str, meant: Invitation, caller: Caller) -> Response:
    site = site_of(request)
    with site.database.begin() as session:
        course = session.get_one(Course, meant.course_id)
        joining = accounts.join(session, meant, caller.person_id, now=site.now())
        if joining is Joining.HAD_LEFT:
            raise Problem(403, "had_left", say("link_had_left"))
        if joining is Joining.JOINED and accounts.use_link(session, secret, now=site.now()) is None:
            raise LinkOver
    return RedirectResponse(f"/courses/{course.slug}", status_code=303)


def _new_member(request: Request, secret: str, *, name: str, email: str, password: str) -> Response:
    site = site_of(request)
    faults = {
        "name": None if name else say("account_no_name"),
        "email": None if accounts.is_email(email) else say("account_no_email"),
        "password": new_password_fault(password),
    }
    errors = {field: fault for field, fault in faults.items() if fault is not None}
    kept = "" if errors else accounts.PASSWORDS.kept(password)
    with site.database.begin() as session:
        if not errors and accounts.person_by_email(session, email) is not None:
            errors["email"] = say("account_known_email")
        used = None if errors else accounts.use_link(session, secret, now=site.now())
        if isinstance(used, Invitation):
            person = accounts.new_person(session, name=name, email=email, now=site.now())
            if person.email != used.mailed_to:
                person.email_unproven = True
                session.flush()
                ask_for_link(session, email, now=site.now())
            accounts.set_password(session, person.id, kept, now=site.now())
            accounts.join(session, used, person.id, now=site.now())
            course = session.get_one(Course, used.course_id)
            return signed_in(request, session, person.id, to=f"/courses/{course.slug}", before=None, by="invitation")
    if not errors:
        raise LinkOver
    return _link_page(request, secret, None, errors=errors, name=name, email=email)
