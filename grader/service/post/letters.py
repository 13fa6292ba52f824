"""What a mail tells, in its reader's language, by what they may see at the moment when it is sent: never points,
nothing that is not open to them, and no word that somebody wrote. All else stands on the page that it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.messages import LANGUAGES, Language, Words
from grader.messages.visible import one_line
from grader.policy.mail import About
from grader.policy.moments import told
from grader.service.attempts.offered import Offered, opening_of
from grader.service.courses.titles import Titles
from grader.service.people.mail_choices import choices, key_of, leaving
from grader.service.site import Site
from grader.service.store.mail_tables import Mail
from grader.service.store.tables import Course, Membership, Opening, Person, Role

#: the subject and the sentence of each
_SUBJECTS: Final = {
    About.GRADED: "mail_subject_graded",
    About.PUBLISHED: "mail_subject_published",
    About.REGRADED: "mail_subject_regraded",
    About.ANSWERED: "mail_subject_answered",
    About.EXTENDED: "mail_subject_extended",
}
_SENTENCES: Final = {
    About.GRADED: "mail_graded",
    About.PUBLISHED: "mail_published",
    About.REGRADED: "mail_regraded",
    About.ANSWERED: "mail_answered",
    About.EXTENDED: "mail_extended",
}
#: of these nothing is told before points may be seen
_OF_POINTS: Final = frozenset({About.GRADED, About.PUBLISHED, About.REGRADED, About.ANSWERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail in words. `link`: where it leads, `off`: the address that turns its kind off, if it can be."""

    name: str
    address: str
    language: Language
    subject: str
    greeting: str
    lines: tuple[str, ...]
    link: str
    link_text: str
    why: str
    off: str | None = None
    off_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotBefore:
    """There is something to tell, from that moment on."""

    at: datetime


def letter(session: Session, site: Site, mail: Mail) -> Letter | NotBefore | None:
    """What it tells now; None where there is nothing to tell: its reader left the course, has no address that somebody
    is known to read, wants no such mail, or may not see what it is about."""
    person, opening = session.get_one(Person, mail.person_id), session.get_one(Opening, mail.opening_id)
    if person.email is None or person.email_unproven or not _is_student(session, person.id, opening.course_id):
        return None
    if not choices(session, person.id)[mail.about]:
        return None
    now = site.now()
    offered = opening_of(session, opening.course_id, opening.assignment, person.id, now)
    if offered is None or (mail.about in _OF_POINTS and not offered.sight.points):
        return None
    if offered.left.opens_at is not None and offered.left.opens_at > now:
        return NotBefore(at=offered.left.opens_at)
    return _letter(session, site, mail, person=person, course=session.get_one(Course, opening.course_id), now=offered)


def _letter(session: Session, site: Site, mail: Mail, *, person: Person, course: Course, now: Offered) -> Letter:
    words = Words(next((each for each in LANGUAGES if each == person.language), LANGUAGES[0]))
    title = one_line(Titles(assignment=now.assignment, outline=now.outline).title(words), most=120)
    named = {"assignment": title, "course": one_line(course.title, most=120)}
    path = f"attempts/{mail.attempt_id}" if mail.attempt_id else f"courses/{course.slug}/{now.assignment}"
    token = leaving(key_of(session), person.id, mail.about)
    return Letter(
        name=person.name,
        address=person.email or "",
        language=words.language,
        subject=one_line(words.say(_SUBJECTS[mail.about], **named), most=200),
        greeting=words.say("mail_greeting", name=one_line(person.name, most=120)),
        lines=(words.say(_SENTENCES[mail.about], **named), *_dates(mail.about, now, words)),
        link=f"{site.address}/{path}",
        link_text=words.say("mail_open"),
        why=words.say("mail_why", course=named["course"]),
        off=f"{site.address}/mail/off/{token}",
        off_text=words.say("mail_off"),
    )


def _dates(about: About, now: Offered, words: Words) -> tuple[str, ...]:
    """Of an extension: the dates that hold now, which another one may have moved since."""
    if about is not About.EXTENDED:
        return ()
    left = now.left
    moments = [("mail_due", left.due), ("mail_closes", left.closes_at if left.closes_at != left.due else None)]
    return tuple(words.say(key, when=told(at, now.zone)) for key, at in moments if at is not None)


def _is_student(session: Session, person_id: int, course_id: int) -> bool:
    theirs = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.course_id == course_id,
        Membership.role == Role.STUDENT,
        Membership.left_at.is_(None),
    )
    return session.scalar(theirs) is not None
