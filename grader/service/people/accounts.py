"""People's accounts: made, signed in by password, by link, by invitation. Who may do it to whom is `web/`'s business.

Where somebody fails to sign in, the answer is the same and takes as long whatever the reason is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from grader.errors import UsageError
from grader.service.people import audit
from grader.service.people.passwords import Passwords
from grader.service.people.secrets import digest, new_secret
from grader.service.people.sessions import end_sessions
from grader.service.site import Site
from grader.service.store.tables import Identity, Membership, Person, Role, Section, SignInLink

PASSWORDS: Final = Passwords()
#: how long a link that signs somebody in is good, and the one that a starting site prints
LINK_LASTS: Final = timedelta(minutes=30)
OWNER_LINK_LASTS: Final = timedelta(minutes=60)
INVITATION_LASTS: Final = timedelta(days=14)
LONGEST_EMAIL: Final = 320
_EMAIL: Final = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")
#: cannot be seen, and belong to the spelling of names
_JOINERS: Final = "\u200c\u200d"
#: whom the site belongs to, until they say their own name
OWNER_NAME: Final = "Owner"


class Joining(StrEnum):
    """What an invitation came to, for somebody who used it."""

    JOINED = "joined"
    ALREADY_IN = "already_in"
    HAD_LEFT = "had_left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What an invitation offers."""

    course_id: int
    role: Role
    section_id: int | None
    by_id: int | None
    mailed_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignsIn:
    """Whom a link signs in; `mailed_to`: whoever has it reads mail there."""

    person_id: int
    mailed_to: str | None = None


def normal_email(email: str | None) -> str | None:
    """An address as it is kept and compared: without case, and letters in one form, so that wide or ligated ones are no
    other address; None for none."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email or "").casefold()).strip() or None


def is_email(text: str) -> bool:
    """Whether it looks like an address, and hides nothing; whether anybody reads what is sent there is another
    question."""
    kept = normal_email(text) or ""
    return max(len(text), len(kept)) <= LONGEST_EMAIL and kept.isprintable() and _EMAIL.fullmatch(kept) is not None


def plain_name(text: str) -> str:
    """A name as it is kept: without what cannot be seen, or turns the direction of what stands after it."""
    return "".join(each for each in text if each.isprintable() or each in _JOINERS).strip()[:300]


def new_person(
    session: Session,
    *,
    name: str,
    email: str | None,
    now: datetime,
    owns_site: bool = False,
    language: str | None = None,
) -> Person:
    """Somebody new. Raises IntegrityError (at flush) where the address is taken."""
    person = Person(
        name=plain_name(name), email=normal_email(email), owns_site=owns_site, language=language, created_at=now
    )
    session.add(person)
    session.flush()
    return person


def person_by_email(session: Session, email: str) -> Person | None:
    """Whose address it is. What is no address is nobody's, and need not be one that a database takes."""
    if not is_email(email):
        return None
    return session.scalar(select(Person).where(Person.email == normal_email(email), Person.forgotten_at.is_(None)))


def came_by_link_alone(session: Session, person_id: int) -> bool:
    """Whether they have neither a password nor an account elsewhere, so that they could not sign in once more."""
    elsewhere = select(Identity.id).where(Identity.person_id == Person.id).exists()
    return (
        session.scalar(select(Person.id).where(Person.id == person_id, Person.password.is_(None), ~elsewhere))
        is not None
    )


def set_password(session: Session, person_id: int, kept: str, *, now: datetime, but: str | None = None) -> None:
    """Give somebody a new password, and sign them out everywhere; `but`: not where they are with that secret.

    `kept` is what `PASSWORDS.kept` made of it, before the transaction: that is slow, and nobody else should wait.
    """
    session.execute(update(Person).where(Person.id == person_id).values(password=kept))
    end_sessions(session, person_id, but=but)
    audit.record(session, actor_id=person_id, action="password.set", subject=f"person:{person_id}", now=now)


def check_password(site: Site, email: str, password: str, *, by: Passwords = PASSWORDS) -> int | None:
    """The id of whoever has this address and this password. What was kept with old parameters is kept anew."""
    with site.database.read() as session:
        person = person_by_email(session, email)
    kept = None if person is None else person.password
    if not by.agree(kept, password) or person is None or kept is None:
        return None
    if by.is_outdated(kept):
        anew = by.kept(password)
        with site.database.begin() as session:
            same = update(Person).where(Person.id == person.id, Person.password == kept)
            session.execute(same.values(password=anew))
    return person.id


def sign_in_link(
    session: Session,
    person_id: int,
    now: datetime,
    *,
    lasts: timedelta = LINK_LASTS,
    by_id: int | None = None,
    mailed_to: str | None = None,
) -> str:
    """The secret of a link that signs somebody in, once. Whoever makes it answers for who gets it."""
    row = SignInLink(person_id=person_id, by_id=by_id, uses=1, mailed_to=mailed_to)
    return _new_link(session, row, now=now, lasts=lasts)


def owner_link(session: Session, site: Site, now: datetime) -> str:
    """The address that signs the owner of the site in, once; where nobody owns the site, an owner is made."""
    asked = select(Person).where(Person.owns_site, Person.forgotten_at.is_(None)).order_by(Person.id).limit(1)
    owner = session.scalar(asked) or new_person(session, name=OWNER_NAME, email=None, owns_site=True, now=now)
    return f"{site.address}/link/{sign_in_link(session, owner.id, now, lasts=OWNER_LINK_LASTS)}"


def invite(
    session: Session,
    *,
    course_id: int,
    role: Role,
    by_id: int,
    now: datetime,
    section_id: int | None = None,
    uses: int = 1,
    lasts: timedelta = INVITATION_LASTS,
    mailed_to: str | None = None,
) -> str:
    """The secret of a link by which `uses` people join a course. Raises UsageError: nobody becomes an owner by a link,
    and a section is one of the course's."""
    if role is Role.OWNER:
        raise UsageError("Nobody becomes an owner by a link.")
    section = None if section_id is None else session.get(Section, section_id)
    if section_id is not None and (section is None or section.course_id != course_id):
        raise UsageError("There is no such section in the course.")
    row = SignInLink(course_id=course_id, role=role, section_id=section_id, by_id=by_id, uses=max(uses, 1))
    row.mailed_to = mailed_to
    return _new_link(session, row, now=now, lasts=lasts)


def what_link(session: Session, secret: str, *, now: datetime) -> SignsIn | Invitation | None:
    """What a link is good for, without using it: programs that look into mail open links."""
    row = session.get(SignInLink, digest(secret))
    return None if row is None or row.uses < 1 or row.expires_at <= now else _meant(row)


def use_link(session: Session, secret: str, *, now: datetime) -> SignsIn | Invitation | None:
    """Use a link up, once: of two who do at the same moment, one gets None where only one use was left."""
    row = session.get(SignInLink, digest(secret))
    used = session.execute(
        update(SignInLink)
        .where(SignInLink.digest == digest(secret), SignInLink.uses > 0, SignInLink.expires_at > now)
        .values(uses=SignInLink.uses - 1)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(used, CursorResult)
    return None if row is None or used.rowcount != 1 else _meant(row)


def join(session: Session, invitation: Invitation, person_id: int, *, now: datetime) -> Joining:
    """Take somebody into the course they are invited to. Whoever is in it already stays what they are, and whoever was
    taken out of it stays out: an invitation is nobody's promotion."""
    asked = select(Membership).where(Membership.course_id == invitation.course_id, Membership.person_id == person_id)
    if (found := session.scalar(asked)) is not None:
        return Joining.ALREADY_IN if found.left_at is None else Joining.HAD_LEFT
    row = Membership(
        course_id=invitation.course_id,
        person_id=person_id,
        role=invitation.role,
        section_id=invitation.section_id,
        joined_at=now,
    )
    session.add(row)
    audit.record(
        session,
        actor_id=person_id,
        course_id=invitation.course_id,
        action="member.joined",
        subject=f"person:{person_id}",
        details={"role": invitation.role, "invited_by": invitation.by_id},
        now=now,
    )
    return Joining.JOINED


def _new_link(session: Session, row: SignInLink, *, now: datetime, lasts: timedelta) -> str:
    session.execute(delete(SignInLink).where(SignInLink.expires_at <= now))
    secret = new_secret()
    row.digest, row.created_at, row.expires_at = digest(secret), now, now + lasts
    session.add(row)
    audit.record(
        session,
        actor_id=row.by_id,
        course_id=row.course_id,
        action="link.made",
        subject=f"person:{row.person_id}" if row.person_id else f"course:{row.course_id}",
        details={"role": row.role, "uses": row.uses},
        now=now,
    )
    return secret


def _meant(row: SignInLink) -> SignsIn | Invitation | None:
    if row.person_id is not None:
        return SignsIn(person_id=row.person_id, mailed_to=row.mailed_to)
    if row.course_id is None or row.role is None:
        return None
    return Invitation(
        course_id=row.course_id,
        role=row.role,
        section_id=row.section_id,
        by_id=row.by_id,
        mailed_to=row.mailed_to,
    )
