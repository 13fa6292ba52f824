"""Where a launch leads that was believed: to an opening, to a course, or to the question which one. What the platform
says of its course and link is kept on the way, for its services."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias, TypeVar
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.messages import LANGUAGES
from grader.service.attempts.opened import opening_for
from grader.service.courses.current import course_called
from grader.service.lti.claims import DEEP_LINKING, Claims
from grader.service.lti.people import Somebody, follow, person_of, roles_told
from grader.service.lti.platforms import deployment_of
from grader.service.lti.refusals import LaunchRefused, Reason
from grader.service.lti.roles import role_of
from grader.service.store.lti_tables import LtiContext, LtiDeployment, LtiLink, LtiPlatform
from grader.service.store.putting import insert_into
from grader.service.store.tables import SLUG, Course, Opening, Role

#: a launch that names no assignment: the address that every platform is given
LAUNCH_PATH: Final = "/lti/launch"
_OPENING: Final = re.compile(
    rf"/courses/([A-Za-z0-9][A-Za-z0-9._-]{{0,{SLUG - 1}}})(?:/([A-Za-z0-9._-]{{1,{SLUG}}}))?/?"
)
#: when a course or link there was last opened is known as exactly as this
SEEN_WITHIN: Final = timedelta(hours=1)
#: what a link of ours asks the platform to say of it
RELEASE_CLAIM: Final = "grader_available_from"
DUE_CLAIM: Final = "grader_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the address of a link names: a course by its slug, an assignment in it, or neither."""

    slug: str | None = None
    assignment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPage:
    """On to that path."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToConnect:
    """An instructor has to say which course it is."""

    context_id: int
    link_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToChoose:
    """An instructor has to say which opening a link leads to, or is asked what to link. `link_id`: None for that."""

    context_id: int
    link_id: int | None


Next: TypeAlias = ToPage | ToConnect | ToChoose


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """Who came, and where they go."""

    person_id: int
    next: Next


def target_of(said: str, address: str) -> Target:
    """What a target names on the site of that address. Raises LaunchRefused for one that is not on it."""
    if not said:
        return Target()
    try:
        there, here = urlsplit(said), urlsplit(address)
        is_here = (there.scheme, there.netloc.casefold()) == (here.scheme, here.netloc.casefold())
    except ValueError:
        is_here = False
    if not is_here:
        raise LaunchRefused(Reason.TARGET, f"target {said[:200]!r} is not on this site")
    if there.path in ("", "/", LAUNCH_PATH):
        return Target()
    found = _OPENING.fullmatch(there.path)
    if found is None:
        raise LaunchRefused(Reason.TARGET, f"target {said[:200]!r} is no course and no assignment")
    return Target(slug=found[1], assignment=found[2])


def arrive(session: Session, platform: LtiPlatform, claims: Claims, *, address: str, now: datetime) -> Arrived:
    """Who came and where they go, with all of it kept. Raises LaunchRefused: then nothing is."""
    deployment = deployment_of(session, platform, claims.deployment)
    target, role = target_of(claims.target, address), role_of(claims.roles)
    if role is None:
        raise LaunchRefused(Reason.ROLE, f"roles {roles_told(claims.roles)}")
    context = _context(session, deployment, claims, now)
    link = None if claims.message_type == DEEP_LINKING else _link(session, context, claims, now)
    person_id = person_of(session, platform, _who(claims), course_id=context.course_id, now=now)
    course = None if context.course_id is None else session.get_one(Course, context.course_id)
    link_id = None if link is None else link.id
    if course is None:
        if role is not Role.INSTRUCTOR:
            raise LaunchRefused(Reason.NOT_CONNECTED, f"context {context.context!r}", person_id=person_id)
        return Arrived(person_id=person_id, next=ToConnect(context_id=context.id, link_id=link_id))
    follow(session, context, person_id, role, now=now)
    if link is None:
        if role is not Role.INSTRUCTOR:
            raise LaunchRefused(Reason.ROLE, f"roles {roles_told(claims.roles)} choose nothing", person_id=person_id)
        return Arrived(person_id=person_id, next=ToChoose(context_id=context.id, link_id=None))
    path = leads_to(session, context, course, link, target)
    if path is not None:
        return Arrived(person_id=person_id, next=ToPage(path=path))
    if role is not Role.INSTRUCTOR:
        raise LaunchRefused(Reason.NOT_LINKED, f"link {link.resource_link!r}", person_id=person_id)
    return Arrived(person_id=person_id, next=ToChoose(context_id=context.id, link_id=link.id))


def leads_to(session: Session, context: LtiContext, course: Course, link: LtiLink, target: Target) -> str | None:
    """The path that a link leads to, kept with it; None where that has yet to be said. An address that names another
    course is refused, unless this one is connected as a copy of that."""
    if target.slug is not None and target.slug != course.slug and not _is_copied_from(session, context, target.slug):
        raise LaunchRefused(Reason.OTHER_COURSE, f"the link names course {target.slug!r}, not {course.slug!r}")
    if target.slug is not None and target.assignment is None:
        link.opening_id, link.whole_course = None, True
    elif target.assignment is not None:
        opening = opening_for(session, course.id, target.assignment)
        link.opening_id, link.whole_course = (None if opening is None else opening.id), False
    if link.whole_course:
        return f"/courses/{course.slug}"
    found = None if link.opening_id is None else session.get(Opening, link.opening_id)
    if found is None or found.course_id != course.id:
        return None
    return f"/courses/{course.slug}/{found.assignment}"


def connect(
    session: Session, context: LtiContext, course: Course, *, by_id: int, copied_from_id: int | None, now: datetime
) -> None:
    """From now on that course of the platform is this course here. Links of one that it was before lead nowhere."""
    if context.course_id != course.id:
        for link in links_of(session, context.id):
            link.opening_id, link.whole_course = None, False
    context.course_id, context.copied_from_id = course.id, copied_from_id
    context.connected_at, context.connected_by_id = now, by_id


def links_of(session: Session, context_id: int) -> Sequence[LtiLink]:
    """The links of a course of a platform that somebody opened."""
    return session.scalars(select(LtiLink).where(LtiLink.context_id == context_id).order_by(LtiLink.id)).all()


def _is_copied_from(session: Session, context: LtiContext, slug: str) -> bool:
    other = course_called(session, slug)
    return other is not None and other.id == context.copied_from_id


def _who(claims: Claims) -> Somebody:
    tag = claims.locale.lower().replace("_", "-").partition("-")[0]
    return Somebody(
        subject=claims.sub,
        name=claims.called,
        email=claims.email,
        number=claims.sourced.person_sourcedid[:100],
        language=tag if tag in LANGUAGES else None,
    )


def _context(session: Session, deployment: LtiDeployment, claims: Claims, now: datetime) -> LtiContext:
    assert claims.context is not None
    which = {"deployment_id": deployment.id, "context": claims.context.id}
    found = _put(session, LtiContext, which, now)
    found.title = (claims.context.title or claims.context.label)[:300]
    _see(found, now)
    if claims.roster is not None:
        found.memberships_url = claims.roster.context_memberships_url
    return found


def _link(session: Session, context: LtiContext, claims: Claims, now: datetime) -> LtiLink:
    assert claims.link is not None
    found = _put(session, LtiLink, {"context_id": context.id, "resource_link": claims.link.id}, now)
    found.title = claims.link.title[:300]
    _see(found, now)
    if claims.grades is not None:
        found.line_items_url, found.scopes = claims.grades.lineitems, list(claims.grades.scope)
        found.line_item_url = claims.grades.lineitem
    found.available_from = _moment(claims.custom.get(RELEASE_CLAIM)) or found.available_from
    found.due_at = _moment(claims.custom.get(DUE_CLAIM)) or found.due_at
    return found


RowT = TypeVar("RowT", LtiContext, LtiLink)


def _put(session: Session, table: type[RowT], which: dict[str, Any], now: datetime) -> RowT:
    asked = select(table).filter_by(**which)
    if (found := session.scalar(asked)) is None:
        put = insert_into(session, table).values(**which, seen_at=now).on_conflict_do_nothing()
        session.execute(put)
        found = session.scalars(asked).one()
    return found


def _see(found: LtiContext | LtiLink, now: datetime) -> None:
    """Note the time, though not at each launch: a class that comes at once would wait for one row in turn."""
    if now >= found.seen_at + SEEN_WITHIN:
        found.seen_at = now


def _moment(said: object) -> datetime | None:
    """A moment that a platform states; a name that it did not put anything in place of is none."""
    try:
        at = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return at if at.tzinfo is not None and 1990 <= at.year <= 2200 else None
