"""The page on which somebody keeps their own account: name, language, password, tokens, where they are signed in.

All of it is for browsers: a token changes nothing here.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.messages import LANGUAGES, Message, say
from grader.policy.scopes import OF_THE_SITE, Scope
from grader.service.courses.joined import courses_of
from grader.service.people import accounts, sessions, tokens
from grader.service.people.secrets import digest
from grader.service.store.tables import Course, Identity, Person
from grader.service.web.access import Caller, OwnAccount, site_of
from grader.service.web.pages import Link, page
from grader.service.web.problems import NotThere
from grader.service.web.providers import linking
from grader.service.web.security.rates import address_of
from grader.service.web.signing_in import guard_of, new_password_fault
from grader.service.web.trail import note

router = APIRouter(prefix="/account", include_in_schema=False)

DAYS: Final = (7, 30, 90, 180, 365)
#: what each scope is good for, in words
SCOPES: Final = {
    Scope.READ: say("scope_read"),
    Scope.SUBMIT: say("scope_submit"),
    Scope.TEACH: say("scope_teach"),
    Scope.SITE: say("scope_site"),
    Scope.METRICS: say("scope_metrics"),
}


@router.get("")
def account(request: Request, saved: bool = False, caller: Caller = Depends(OwnAccount())) -> Response:
    """The page."""
    return _page(request, caller, saved=saved)


@router.post("")
def change_account(
    request: Request,
    name: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
    email: Annotated[str, Form()] = "",
    caller: Caller = Depends(OwnAccount()),
) -> Response:
    """Another name, another language; an owner of the site who has no address yet says one."""
    site = site_of(request)
    name = accounts.plain_name(name)
    if not name:
        return _page(request, caller, errors={"name": say("account_no_name")})
    with site.database.begin() as session:
        person = session.get_one(Person, caller.person_id)
        if email.strip() and _may_say_email(person):
            fault = _email_fault(session, email)
            if fault is not None:
                return _page(request, caller, errors={"email": fault})
            person.email = accounts.normal_email(email)
            note(session, request, caller, "email.said", f"person:{caller.person_id}")
        person.language = language if language in LANGUAGES else None
        if person.name != name:
            person.name = name
            note(session, request, caller, "name.changed", f"person:{caller.person_id}")
    return _saved()


@router.post("/password")
def change_password(
    request: Request,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    caller: Caller = Depends(OwnAccount()),
) -> Response:
    """Another password, for whoever knows the one before; everybody else with it is signed out."""
    site, guard, address = site_of(request), guard_of(request), address_of(request.scope)
    with site.database.read() as session:
        person = session.get_one(Person, caller.person_id)
    if person.password is not None:
        with guard.at_the_door(f"{person.id}"):
            guard.before_password(f"{person.id}", address)
            if not (is_right := accounts.PASSWORDS.agree(person.password, old)):
                guard.wrong_password(f"{person.id}", address)
        if not is_right:
            return _page(request, caller, errors={"old": say("account_wrong_password")})
    if person.email is None:
        fault: Message | None = say("account_email_first" if _may_say_email(person) else "account_needs_email")
    else:
        fault = new_password_fault(new)
    if fault is not None:
        return _page(request, caller, errors={"new": fault})
    kept = accounts.PASSWORDS.kept(new)
    with site.database.begin() as session:
        accounts.set_password(session, caller.person_id, kept, now=site.now(), but=caller.secret)
        sessions.renew_soon(session, caller.person_id, now=site.now())
    return _saved()


@router.post("/tokens")
def make_token(
    request: Request,
    name: Annotated[str, Form()] = "",
    scopes: Annotated[list[str] | None, Form()] = None,
    course: Annotated[str, Form(pattern=r"^[A-Za-z0-9._-]*$")] = "",
    days: Annotated[int, Form(ge=1, le=366)] = 90,
    caller: Caller = Depends(OwnAccount()),
) -> Response:
    """A new token, shown on this answer and never again."""
    site, now = site_of(request), site_of(request).now()
    wanted = [scope for scope in _scopes(caller) if scope in (scopes or ())]
    name = accounts.plain_name(name)
    if not wanted or not name:
        return _page(request, caller, errors={"token": say("account_token_incomplete")})
    with site.database.begin() as session:
        if len(tokens.tokens_of(session, caller.person_id, now=now)) >= tokens.MOST:
            return _page(request, caller, errors={"token": say("account_token_many", most=tokens.MOST)})
        course_id = None
        if course:
            course_id = next((each.id for each in _courses(session, caller) if each.slug == course), None)
            if course_id is None:
                raise NotThere
        _, secret = tokens.new_token(
            session,
            person_id=caller.person_id,
            name=name,
            scopes=wanted,
            course_id=course_id,
            lasts=timedelta(days=days),
            now=now,
        )
    return _page(request, caller, secret=secret)


@router.post("/tokens/{token_id}/revoke")
def revoke_token(request: Request, token_id: int, caller: Caller = Depends(OwnAccount())) -> Response:
    """End one of one's own."""
    site = site_of(request)
    with site.database.begin() as session:
        own = caller.person_id
        if not tokens.revoke(session, token_id, now=site.now(), by_id=own, person_id=own):
            raise NotThere
    return _saved()


@router.post("/sessions/end")
def end_sessions(
    request: Request,
    session_digest: Annotated[str, Form(pattern=r"^[0-9a-f]*$")] = "",
    caller: Caller = Depends(OwnAccount()),
) -> Response:
    """Sign out in one other browser, or, where none is named, in all others."""
    with site_of(request).database.begin() as session:
        sessions.end_sessions(session, caller.person_id, but=caller.secret, of=session_digest or None)
    return _saved()


def _saved() -> Response:
    return RedirectResponse("/account?saved=1", status_code=303)


def _scopes(caller: Caller) -> list[Scope]:
    return [scope for scope in Scope if scope not in OF_THE_SITE or caller.owns_site]


def _may_say_email(person: Person) -> bool:
    """The first owner is made without an address, and nobody is there to ask. Others are on rosters by theirs."""
    return person.owns_site and person.email is None


def _email_fault(session: Session, email: str) -> Message | None:
    if not accounts.is_email(email):
        return say("account_no_email")
    return None if accounts.person_by_email(session, email) is None else say("account_known_email")


def _courses(session: Session, caller: Caller) -> list[Course]:
    """Those that a token may be for."""
    found = courses_of(session, caller.person_id, every=caller.owns_site)
    return [each.course for each in found if each.course.archived_at is None]


def _page(
    request: Request,
    caller: Caller,
    *,
    saved: bool = False,
    errors: dict[str, Message] | None = None,
    secret: str | None = None,
) -> Response:
    site = site_of(request)
    with site.database.read() as session:
        person = session.get_one(Person, caller.person_id)
        return page(
            request,
            "account.html.j2",
            caller=caller,
            http_status=422 if errors else 200,
            person=person,
            says_email=_may_say_email(person),
            courses_of=_courses(session, caller),
            tokens=tokens.tokens_of(session, caller.person_id, now=site.now()),
            sessions=sessions.sessions_of(session, caller.person_id, now=site.now()),
            providers=[
                Link(
                    title=each.title,
                    href=f"/sign-in/{each.id}?{urlencode({'next': '/account', 'link': linking(caller)})}",
                )
                for each in request.app.state.providers.named.values()
            ],
            identities=session.scalars(select(Identity).where(Identity.person_id == caller.person_id)).all(),
            here=digest(caller.secret or ""),
            scopes=[(scope, SCOPES[scope]) for scope in _scopes(caller)],
            days=DAYS,
            saved=saved,
            errors=errors or {},
            secret=secret,
        )
