"""What somebody is sent by mail: chosen on their account, or turned off by the link in a mail, without signing in."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from grader.messages import Message, say
from grader.policy.mail import About
from grader.service.people.mail_choices import choices, choose, key_of, left_by
from grader.service.people.outbox import is_sent
from grader.service.store.tables import Person
from grader.service.web.access import Anybody, Caller, OwnAccount, site_of
from grader.service.web.pages import Link, page, words_of
from grader.service.web.problems import NotThere
from grader.service.web.trail import note

router = APIRouter(include_in_schema=False)

#: each kind, in words
KINDS: Final[dict[About, Message]] = {
    About.PUBLISHED: say("mail_kind_published"),
    About.GRADED: say("mail_kind_graded"),
    About.REGRADED: say("mail_kind_regraded"),
    About.ANSWERED: say("mail_kind_answered"),
    About.EXTENDED: say("mail_kind_extended"),
}


@router.get("/account/mail")
def mail(request: Request, saved: bool = False, caller: Caller = Depends(OwnAccount())) -> HTMLResponse:
    """What the caller is sent."""
    with site_of(request).database.read() as session:
        person = session.get_one(Person, caller.person_id)
        chosen, sends = choices(session, caller.person_id), is_sent(session)
    words = words_of(request, caller)
    return page(
        request,
        "mail.html.j2",
        caller=caller,
        crumbs=[
            Link(title=words.say("site_account"), href="/account"),
            Link(title=words.say("mail_title"), href="/account/mail", current=True),
        ],
        kinds=[(about, KINDS[about], chosen[about]) for about in KINDS],
        email=person.email,
        sends=sends,
        saved=saved,
    )


@router.post("/account/mail")
def change(
    request: Request,
    wanted: Annotated[list[About] | None, Form()] = None,
    caller: Caller = Depends(OwnAccount()),
) -> Response:
    """Those kinds and no others from now on."""
    with site_of(request).database.begin() as session:
        choose(session, caller.person_id, {about: about in (wanted or ()) for about in About})
        note(session, request, caller, "mail.chosen", f"person:{caller.person_id}")
    return RedirectResponse("/account/mail?saved=1", status_code=303)


@router.get("/mail/off/{token}")
def leave(request: Request, token: str, caller: Caller | None = Depends(Anybody())) -> HTMLResponse:
    """The button that turns a kind off: programs that look into mail open every address they find."""
    _, about = _meant(request, token)
    return _left(request, caller, token, about, done=False)


@router.post("/mail/off/{token}")
def left(request: Request, token: str, caller: Caller | None = Depends(Anybody())) -> HTMLResponse:
    """Off, by that button or by a mailbox for its reader."""
    person_id, about = _meant(request, token)
    with site_of(request).database.begin() as session:
        choose(session, person_id, {about: False})
    return _left(request, caller, token, about, done=True)


def _meant(request: Request, token: str) -> tuple[int, About]:
    with site_of(request).database.begin() as session:  # a new site's key is made here
        found = left_by(key_of(session), token)
        if found is None or session.get(Person, found[0]) is None:
            raise NotThere
    return found


def _left(request: Request, caller: Caller | None, token: str, about: About, *, done: bool) -> HTMLResponse:
    drawn = page(request, "mail_off.html.j2", caller=caller, token=token, kind=KINDS[about], done=done)
    drawn.headers["Referrer-Policy"] = "no-referrer"
    return drawn
