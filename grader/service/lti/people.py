"""Who somebody from a platform is here: by what it calls them, never by an address alone; and what they are in the
course that a course of the platform is connected with.

Whoever is not known gets an account of their own. Only somebody whom a roster of that very course made, who has no way
in at all, is taken for them, where address and the school's number both agree. Addresses are kept where the site's
owner says that the platform vouches for them: elsewhere students may write what they like there.

The platform says who is in the course and as what, and a membership follows it, until somebody changes it by hand.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from grader.service.lti.refusals import LaunchRefused, Reason
from grader.service.people import accounts, audit
from grader.service.people.invitations import take_back_of
from grader.service.people.members import GIVEN, TEACHERS
from grader.service.people.sessions import renew_soon
from grader.service.store.lti_tables import LtiContext, LtiMember, LtiPlatform
from grader.service.store.putting import insert_into
from grader.service.store.tables import Identity, Membership, Person, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Whom a platform speaks of. `number`: what the school's records call them. Empty is unknown."""

    subject: str
    name: str = ""
    email: str = ""
    number: str = ""
    language: str | None = None


def known_person(session: Session, platform: LtiPlatform, subject: str) -> int | None:
    """Who that is here, if they were here before."""
    asked = select(Identity.person_id).where(Identity.issuer == platform.people, Identity.subject == subject)
    return session.scalar(asked)


def person_of(session: Session, platform: LtiPlatform, who: Somebody, *, course_id: int | None, now: datetime) -> int:
    """Who that is here, found or made. Of two launches at once, one makes them."""
    if (known := known_person(session, platform, who.subject)) is not None:
        _say_name(session, known, who)
        return known
    found = None if course_id is None else _on_roster(session, course_id, who)
    person_id = found if found is not None else _new(session, platform, who, now)
    put = insert_into(session, Identity).values(person_id=person_id, issuer=platform.people, subject=who.subject)
    if session.scalar(put.on_conflict_do_nothing().returning(Identity.id)) is None:
        if found is None:
            session.delete(session.get_one(Person, person_id))
        there = known_person(session, platform, who.subject)
        assert there is not None
        return there
    subject = f"person:{person_id}"
    audit.record(
        session,
        actor_id=person_id,
        action="identity.linked",
        subject=subject,
        details={"platform": platform.id},
        now=now,
    )
    return person_id


def follow(session: Session, context: LtiContext, person_id: int, role: Role, *, now: datetime) -> None:
    """Let somebody be in the connected course what the platform says they are. Raises LaunchRefused for whoever was
    taken out of it here."""
    assert context.course_id is not None
    before = session.get(LtiMember, (context.id, person_id))
    asked = select(Membership).where(Membership.course_id == context.course_id, Membership.person_id == person_id)
    found = session.scalar(asked)
    if found is None:
        _join(session, context, person_id, role, now)
    elif found.left_at is not None:
        if before is None or before.left_at is None:
            raise LaunchRefused(Reason.HAD_LEFT, person_id=person_id)
        found.left_at, found.role = None, role
        _note(session, "member.returned", context, person_id, role, now)
    elif before is not None and before.role is found.role and found.role is not role and found.role in GIVEN:
        found.role = role
        if role not in TEACHERS:
            take_back_of(session, found.course_id, person_id)
        renew_soon(session, person_id, now=now)
        _note(session, "member.changed", context, person_id, role, now)
    if before is None:
        put = insert_into(session, LtiMember).values(
            context_id=context.id, person_id=person_id, role=role, seen_at=now, left_at=None
        )
        session.execute(put.on_conflict_do_nothing())
    else:
        before.role, before.seen_at, before.left_at = role, now, None


def is_vouched(platform: LtiPlatform, email: str) -> bool:
    """Whether the platform speaks for this address, by what the site's owner says."""
    return accounts.is_email(email) and _domain(email) in {each.casefold() for each in platform.emails_of}


def _domain(email: str) -> str:
    return (accounts.normal_email(email) or "").rpartition("@")[2]


def _on_roster(session: Session, course_id: int, who: Somebody) -> int | None:
    email = accounts.normal_email(who.email)
    if email is None or not who.number:
        return None
    asked = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.course_id == course_id,
            Membership.number == who.number,
            Person.email == email,
            Person.password.is_(None),
            Person.owns_site.is_(False),
            Person.forgotten_at.is_(None),
            ~exists().where(Identity.person_id == Person.id),
        )
    )
    return session.scalar(asked)


def _new(session: Session, platform: LtiPlatform, who: Somebody, now: datetime) -> int:
    email = who.email if is_vouched(platform, who.email) else None
    if email is not None and accounts.person_by_email(session, email) is not None:
        email = None
    name = accounts.plain_name(who.name) or _without_name(who)
    return accounts.new_person(session, name=name, email=email, now=now, language=who.language).id


def _without_name(who: Somebody) -> str:
    """What a school keeps to itself is not asked for: staff tell such people apart by the end of what it calls them."""
    return accounts.plain_name(who.email) or f"#{accounts.plain_name(who.subject)[-8:]}"


def _say_name(session: Session, person_id: int, who: Somebody) -> None:
    """A name that the platform told later stands in place of none."""
    person = session.get_one(Person, person_id)
    if person.forgotten_at is None and person.name.startswith("#") and accounts.plain_name(who.name):
        person.name = accounts.plain_name(who.name)


def _join(session: Session, context: LtiContext, person_id: int, role: Role, now: datetime) -> None:
    assert context.course_id is not None
    put = insert_into(session, Membership).values(
        course_id=context.course_id, person_id=person_id, role=role, joined_at=now
    )
    session.execute(put.on_conflict_do_nothing())
    _note(session, "member.joined", context, person_id, role, now)


def _note(session: Session, action: str, context: LtiContext, person_id: int, role: Role, now: datetime) -> None:
    audit.record(
        session,
        actor_id=person_id,
        course_id=context.course_id,
        action=action,
        subject=f"person:{person_id}",
        details={"role": role, "context": context.id},
        now=now,
    )


def roles_told(said: Collection[str]) -> str:
    """The roles that somebody came with, short, for whoever asks why they were nobody."""
    return ", ".join(sorted(each.rpartition("/")[2] for each in said))[:200] or "none"
