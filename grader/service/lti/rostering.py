"""The roster as a platform has it, against a course's people: first what would change, then exactly that. Whoever left
there leaves here, and keeps all they handed in.

A person is who the platform says they are by its own name for them, never by an address. The roster makes students, and
only students: whoever teaches comes by a launch. Who never was of this course at the platform is left alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from grader.message import Message
from grader.messages import say
from grader.service.lti.keys import sign
from grader.service.lti.people import Somebody, follow, is_vouched, person_of
from grader.service.lti.roles import role_of
from grader.service.lti.services.answers import Failed
from grader.service.lti.services.people_there import MemberStatus, PlatformMember
from grader.service.lti.services.platform_client import PlatformClient
from grader.service.people import audit
from grader.service.people.accounts import plain_name
from grader.service.people.roster import (
    Added,
    Changed,
    Difference,
    Entry,
    Fault,
    Left,
    RosterChange,
    RosterRefused,
    What,
)
from grader.service.site import Site
from grader.service.store.lti_tables import LtiContext, LtiDeployment, LtiMember, LtiPlatform
from grader.service.store.putting import put
from grader.service.store.tables import Course, Identity, Membership, Person, Role

if TYPE_CHECKING:
    from grader.service.lti.services.calls import Calls


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A course at a platform whose people we may ask for."""

    context_id: int
    title: str
    platform: str
    url: str
    client: PlatformClient


def rosters_of(session: Session, course_id: int) -> list[Roster]:
    """Those that are connected with that course."""
    asked = (
        select(LtiContext, LtiPlatform)
        .join(LtiDeployment, LtiDeployment.id == LtiContext.deployment_id)
        .join(LtiPlatform, LtiPlatform.id == LtiDeployment.platform_id)
        .where(
            LtiContext.course_id == course_id,
            LtiContext.memberships_url.is_not(None),
            LtiPlatform.removed_at.is_(None),
        )
        .order_by(LtiContext.id)
    )
    return [_roster(context, platform) for context, platform in session.execute(asked)]


def _roster(context: LtiContext, platform: LtiPlatform) -> Roster:
    audience = platform.token_audience or platform.token_url
    return Roster(
        context_id=context.id,
        title=context.title,
        platform=platform.title,
        url=context.memberships_url or "",
        client=PlatformClient(client_id=platform.client_id, token_url=platform.token_url, audience=audience),
    )


def fetched(site: Site, roster: Roster, *, calls: Calls | None = None) -> Sequence[PlatformMember] | Message:
    """Everybody of that course, as the platform has them now; or why they cannot be had."""
    return asyncio.run(_fetched(site, roster, calls))


async def _fetched(site: Site, roster: Roster, calls: Calls | None) -> Sequence[PlatformMember] | Message:
    from grader.service.lti.services.access import Access  # heavy: httpx, and pages import this module
    from grader.service.lti.services.calls import Calls as Asking
    from grader.service.lti.services.calls import opened_client
    from grader.service.lti.services.roster import members

    def signs(claims: Mapping[str, object]) -> str:
        with site.database.begin() as session:
            return sign(session, claims, now=site.now())

    async with opened_client() as client:
        access = Access(calls or Asking(client, now=site.now), signs)
        found = await members(access, roster.client, roster.url)
    return found.message if isinstance(found, Failed) else found.members


def preview(session: Session, context_id: int, members: Sequence[PlatformMember]) -> RosterChange:
    """What would change; nothing does."""
    context = session.get_one(LtiContext, context_id)
    platform = context.deployment.platform
    here = {each.person_id: each for each in _memberships(session, context.course_id)}
    elsewhere = _elsewhere(session, context.course_id)
    known = _known(session, platform, members)
    change = RosterChange()
    for line, each in enumerate(_students(members), start=1):
        change = _with(change, _Told(member=each, line=line, platform=platform), known, here, elsewhere)
    named = {known[each.user_id].id for each in _active(members) if each.user_id in known}
    gone = tuple(_left(row) for row in _gone(session, context, named, here))
    return replace(change, left=gone, faults=_faults(members))


def apply(
    session: Session, context_id: int, members: Sequence[PlatformMember], *, digest: str, by_id: int, now: datetime
) -> RosterChange | RosterRefused:
    """Make the change that was previewed with this digest; if platform or course are others by now, none."""
    context = session.get_one(LtiContext, context_id)
    session.execute(select(Course.id).where(Course.id == context.course_id).with_for_update(key_share=True))
    change = preview(session, context_id, members)
    if change.digest != digest:
        return RosterRefused(message=say("roster_stale"))
    platform = context.deployment.platform
    joining = {each.entry.line for each in change.added}
    known = _known(session, platform, members)
    for line, each in enumerate(_students(members), start=1):
        if line in joining:
            _join(session, context, platform, each, now)
        else:
            _seen(session, context_id, known[each.user_id].id, now)
    names = {each.person_id: one.after for each in change.changed for one in each.differences if one.what is What.NAME}
    for person_id, name in names.items():
        session.get_one(Person, person_id).name = name or ""
    gone = [each.person_id for each in change.left]
    session.execute(
        update(Membership).where(Membership.id.in_([x.membership_id for x in change.left])).values(left_at=now)
    )
    of_these = (LtiMember.context_id == context_id, LtiMember.person_id.in_(gone))
    session.execute(update(LtiMember).where(*of_these).values(left_at=now, seen_at=now))
    audit.record(
        session,
        actor_id=by_id,
        course_id=context.course_id,
        action="roster.applied",
        subject=f"course:{context.course_id}",
        details={
            "platform": platform.id,
            "added": len(change.added),
            "changed": len(change.changed),
            "left": len(change.left),
        },
        now=now,
    )
    return change


def _active(members: Sequence[PlatformMember]) -> list[PlatformMember]:
    return [each for each in members if each.status is MemberStatus.ACTIVE]


def _students(members: Sequence[PlatformMember]) -> list[PlatformMember]:
    """In an order that is the same however the platform tells of them."""
    found = [each for each in _active(members) if role_of(each.roles) is Role.STUDENT]
    return sorted(found, key=lambda each: each.user_id)


def _known(session: Session, platform: LtiPlatform, members: Sequence[PlatformMember]) -> dict[str, Person]:
    asked = (
        select(Identity.subject, Person)
        .join(Person, Person.id == Identity.person_id)
        .where(Identity.issuer == platform.people)
    )
    wanted = {each.user_id for each in members}
    return {subject: person for subject, person in session.execute(asked) if subject in wanted}


def _memberships(session: Session, course_id: int | None) -> Sequence[Membership]:
    asked = select(Membership).where(Membership.course_id == course_id).options(joinedload(Membership.person))
    return session.scalars(asked.order_by(Membership.id)).all()


def _elsewhere(session: Session, course_id: int | None) -> frozenset[int]:
    """Who of the course is somebody beyond it: a name is the account's, and not one course's to change."""
    here = select(Membership.person_id).where(Membership.course_id == course_id)
    others = select(Membership.person_id).where(Membership.course_id != course_id, Membership.person_id.in_(here))
    return frozenset(session.scalars(others.union(select(Person.id).where(Person.owns_site))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Somebody as a platform tells of them, in the order of all."""

    member: PlatformMember
    line: int
    platform: LtiPlatform


def _with(
    change: RosterChange,
    of: _Told,
    known: Mapping[str, Person],
    here: Mapping[int, Membership],
    elsewhere: Collection[int],
) -> RosterChange:
    """The change with what that one adds to it."""
    told = of.member
    person = known.get(told.user_id)
    membership = None if person is None else here.get(person.id)
    if membership is None or membership.left_at is not None:
        added = Added(
            entry=_entry(told, of.line, of.platform),
            person_id=None if person is None else person.id,
            membership_id=None if membership is None else membership.id,
        )
        return replace(change, added=(*change.added, added))
    name = plain_name(told.full_name)
    is_same = not name or name == membership.person.name or membership.person_id in elsewhere
    if membership.role is not Role.STUDENT or is_same:
        return replace(change, untouched=change.untouched + 1)
    difference = Difference(what=What.NAME, before=membership.person.name, after=name)
    altered = Changed(
        membership_id=membership.id,
        person_id=membership.person_id,
        name=membership.person.name,
        differences=(difference,),
    )
    return replace(change, changed=(*change.changed, altered))


def _entry(told: PlatformMember, line: int, platform: LtiPlatform) -> Entry:
    email = told.email if told.email and is_vouched(platform, told.email) else None
    name = plain_name(told.full_name) or email or f"#{told.user_id[-8:]}"
    return Entry(line=line, name=name, email=email, number=None, section=None)


def _faults(members: Sequence[PlatformMember]) -> tuple[Fault, ...]:
    """Who is active there, and nobody whom we know a role for."""
    strange = sum(role_of(each.roles) is None for each in _active(members))
    return (Fault(lines=(), message=say("platform_roster_strangers", number=strange)),) if strange else ()


def _gone(session: Session, context: LtiContext, named: set[int], here: Mapping[int, Membership]) -> list[Membership]:
    """Students whom the platform had in this course and does not name any more, nor has in another one that is the same
    course here."""
    asked = (
        select(LtiMember.person_id, LtiMember.context_id)
        .join(LtiContext, LtiContext.id == LtiMember.context_id)
        .where(LtiContext.course_id == context.course_id, LtiMember.left_at.is_(None))
    )
    contexts: dict[int, set[int]] = {}
    for person_id, context_id in session.execute(asked):
        contexts.setdefault(person_id, set()).add(context_id)
    only_here = {person_id for person_id, of in contexts.items() if of == {context.id}}
    found = (here[each] for each in sorted(only_here - named) if each in here)
    return [each for each in found if each.role is Role.STUDENT and each.left_at is None]


def _left(row: Membership) -> Left:
    return Left(
        membership_id=row.id,
        person_id=row.person_id,
        name=row.person.name,
        email=row.person.email,
        number=row.number,
    )


def _join(session: Session, context: LtiContext, platform: LtiPlatform, told: PlatformMember, now: datetime) -> None:
    """As a launch of theirs would: whoever an instructor took out comes back by the roster, which is shown before. Also
    one who once taught here comes back as the student that they were shown to be."""
    who = Somebody(subject=told.user_id, name=told.full_name, email=told.email or "")
    person_id = person_of(session, platform, who, course_id=context.course_id, now=now)
    mine = (Membership.course_id == context.course_id, Membership.person_id == person_id)
    back = update(Membership).where(*mine, Membership.left_at.is_not(None))
    session.execute(back.values(left_at=None, role=Role.STUDENT))
    session.flush()
    follow(session, context, person_id, Role.STUDENT, now=now)


def _seen(session: Session, context_id: int, person_id: int, now: datetime) -> None:
    """The platform has them as a student of this course of its."""
    told = {"role": Role.STUDENT, "seen_at": now, "left_at": None}
    put(session, LtiMember, {"context_id": context_id, "person_id": person_id}, told)
