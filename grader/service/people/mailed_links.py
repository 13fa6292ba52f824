"""Links to be mailed, asked for: to sign in, by whoever says an address; into a course, by whoever teaches it. They are
written down here, made and sent by `post/`. Whether an address is known is told to nobody.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from grader.service.people.accounts import is_email, normal_email, person_by_email
from grader.service.people.inviting import Inviting
from grader.service.people.members import GIVEN, Unchanged, section_called
from grader.service.people.outbox import is_sent
from grader.service.store.mail_tables import LinkMail, MailState
from grader.service.store.tables import Course, Person, SignInLink

#: links that one person is mailed, whoever asks for them
IN_AN_HOUR: Final = 3
IN_A_DAY: Final = 10
#: people whom one course invites by mail in a day, and at once
INVITED_IN_A_DAY: Final = 1_000
INVITED_AT_ONCE: Final = 300


def ask_for_link(session: Session, email: str, *, now: datetime) -> None:
    """One to whoever has that address, if anybody does. An owner of the site gets none: a mailbox is not to be worth
    all of it, and on its machine there is another way."""
    person = person_by_email(session, email) if is_sent(session) else None
    if person is None or person.email is None or person.owns_site:
        return
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    theirs = LinkMail.person_id == person.id
    if _since(session, theirs, now - timedelta(hours=1)) >= IN_AN_HOUR:
        return
    if _since(session, theirs, now - timedelta(days=1)) >= IN_A_DAY:
        return
    session.add(_row(person.email, now, person_id=person.id, language=person.language))


def invite_by_mail(
    session: Session,
    course_id: int,
    wanted: Inviting,
    emails: Collection[str],
    *,
    by_id: int,
    language: str | None,
    now: datetime,
) -> int | Unchanged:
    """An invitation of their own to each of these addresses; how many: fewer than asked for once a day has had its
    share, none on a site without a mail server."""
    if wanted.role not in GIVEN:
        return Unchanged.NOT_ALLOWED
    if not is_sent(session):
        return 0
    session.execute(select(Course.id).where(Course.id == course_id).with_for_update(key_share=True))
    left = INVITED_IN_A_DAY - _since(session, LinkMail.course_id == course_id, now - timedelta(days=1))
    put = section_called(session, course_id, wanted.section)
    some = list(dict.fromkeys(normal_email(each) or "" for each in emails))[: max(min(left, INVITED_AT_ONCE), 0)]
    for email in some:
        row = _row(email, now, course_id=course_id, role=wanted.role, by_id=by_id, language=language)
        row.section_id = None if put is None else put.id
        session.add(row)
    return len(some)


def addresses_in(text: str) -> tuple[list[str], list[str]]:
    """The addresses that somebody typed, and the words among them that are none."""
    words = text.replace(",", " ").replace(";", " ").split()
    return [each for each in words if is_email(each)], [each for each in words if not is_email(each)]


def was_proven(session: Session, person_id: int, email: str) -> bool:
    """Somebody opened what was mailed to that address. False where it is not theirs any more. No other link that was
    mailed to them is good after that."""
    person = session.get_one(Person, person_id)
    if person.email != email:
        return False
    person.email_unproven = None
    theirs = (SignInLink.person_id == person_id, SignInLink.mailed_to.is_not(None))
    session.execute(delete(SignInLink).where(*theirs))
    return True


def _since(session: Session, which: ColumnElement[bool], then: datetime) -> int:
    asked = select(func.count()).select_from(LinkMail).where(which, LinkMail.created_at > then)
    return session.scalar(asked) or 0


def _row(email: str, now: datetime, **more: object) -> LinkMail:
    return LinkMail(email=email, created_at=now, due_at=now, state=MailState.WAITING, tries=0, **more)
