"""The API on what the caller is sent by mail."""

from __future__ import annotations

from fastapi import Depends, Request

from grader.policy.mail import About
from grader.policy.scopes import Scope
from grader.service.people.mail_choices import choices, choose
from grader.service.people.outbox import is_sent
from grader.service.web.access import Caller, SignedIn, site_of
from grader.service.web.api.document import noun
from grader.service.web.api.shapes import Shape

router = noun("people")
PATH = "/mail"


class MailShape(Shape):
    """Of each kind, whether the caller wants it. `sent`: whether the site sends mail at all."""

    wanted: dict[About, bool]
    sent: bool


class WantedMail(Shape):
    """What is to change; kinds that are not named stay."""

    wanted: dict[About, bool]


@router.get(PATH, operation_id="showMail")
def show(request: Request, caller: Caller = Depends(SignedIn())) -> MailShape:
    """What the caller is sent."""
    with site_of(request).database.read() as session:
        return MailShape(wanted=dict(choices(session, caller.person_id)), sent=is_sent(session))


@router.put(PATH, operation_id="chooseMail")
def change(request: Request, wanted: WantedMail, caller: Caller = Depends(SignedIn(Scope.SUBMIT))) -> MailShape:
    """Want some, and others not."""
    with site_of(request).database.begin() as session:
        choose(session, caller.person_id, wanted.wanted)
        return MailShape(wanted=dict(choices(session, caller.person_id)), sent=is_sent(session))
