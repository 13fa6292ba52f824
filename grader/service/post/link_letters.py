"""What a mail says that brings a link: to sign in, or into a course. The link is made here, for this mail, and stands
in it alone."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.messages import LANGUAGES, Message, Words, counted, say
from grader.messages.visible import one_line
from grader.service.people.accounts import INVITATION_LASTS, LINK_LASTS, invite, sign_in_link
from grader.service.people.members import TEACHERS
from grader.service.post.letters import Letter
from grader.service.site import Site
from grader.service.store.mail_tables import LinkMail
from grader.service.store.tables import Course, Membership, Person

_SIGN_IN: Final = say("mail_subject_link")


def link_letter(session: Session, site: Site, mail: LinkMail) -> Letter | None:
    """The mail; None where the address is no longer theirs, or whoever invites may not do so any more."""
    if mail.person_id is not None:
        return _signs_in(session, site, mail, session.get_one(Person, mail.person_id))
    course = None if mail.course_id is None else session.get(Course, mail.course_id)
    return None if course is None or not _invites(session, mail) else _into(session, site, mail, course)


def _signs_in(session: Session, site: Site, mail: LinkMail, person: Person) -> Letter | None:
    if person.email != mail.email or person.owns_site or person.forgotten_at is not None:
        return None
    secret = sign_in_link(session, person.id, site.now(), mailed_to=mail.email)
    line = say("mail_link", minutes=counted(int(LINK_LASTS.total_seconds()) // 60, "minute"))
    return _letter(site, mail, secret, name=person.name, subject=_SIGN_IN, line=line, text="mail_link_open")


def _into(session: Session, site: Site, mail: LinkMail, course: Course) -> Letter | None:
    if mail.role is None or mail.by_id is None:
        return None
    secret = invite(
        session,
        course_id=course.id,
        role=mail.role,
        by_id=mail.by_id,
        section_id=mail.section_id,
        now=site.now(),
        mailed_to=mail.email,
    )
    title = one_line(course.title, most=120)
    line = say("mail_invited", course=title, days=counted(INVITATION_LASTS.days, "day"))
    subject = say("mail_subject_invited", course=title)
    return _letter(site, mail, secret, name=None, subject=subject, line=line, text="mail_invited_open")


def _invites(session: Session, mail: LinkMail) -> bool:
    """Whether whoever asked for it still teaches there, or owns the site."""
    person = None if mail.by_id is None else session.get(Person, mail.by_id)
    if person is None or person.forgotten_at is not None:
        return False
    asked = select(Membership).where(Membership.course_id == mail.course_id, Membership.person_id == person.id)
    found = session.scalar(asked)
    teaches = found is not None and found.left_at is None and found.role in TEACHERS
    return person.owns_site or teaches


def _letter(
    site: Site, mail: LinkMail, secret: str, *, name: str | None, subject: Message, line: Message, text: str
) -> Letter:
    words = Words(next((each for each in LANGUAGES if each == mail.language), LANGUAGES[0]))
    greeting = "mail_greeting_nobody" if name is None else "mail_greeting"
    named = {} if name is None else {"name": one_line(name, most=120)}
    why = "mail_link_why" if mail.person_id is not None else "mail_invited_why"
    return Letter(
        name=name or "",
        address=mail.email,
        language=words.language,
        subject=one_line(words.text(subject), most=200),
        greeting=words.say(greeting, **named),
        lines=(words.text(line),),
        link=f"{site.address}/link/{secret}",
        link_text=words.say(text),
        why=words.say(why, site=urlsplit(site.address).netloc),
    )
