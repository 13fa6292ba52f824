"""Who may ask what. Every route depends on exactly one rule of this file, which hands it what it may work on.

A test reads all routes from the application and tries each as every role on its own and on others' objects; a route
without a rule fails it. What is not the caller's is not there: 404, not 403, unless the caller may see it anyway. A
rule asks the database twice at most: who it is, and what they are to the thing; of a program in a course, once.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Annotated, Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from fastapi import Path, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection, Row, and_, bindparam, select

from grader.policy.scopes import Scope
from grader.service.people.secrets import digest
from grader.service.people.sessions import PERSON, signed_in_with
from grader.service.people.tokens import USED_WITHIN
from grader.service.site import Site
from grader.service.store.feed_tables import CalendarFeed
from grader.service.store.tables import SLUG, Attempt, Course, Membership, Person, Role, Source, Token
from grader.service.web.problems import NotAllowed, NotSignedIn, NotThere, Problem

COOKIE: Final = "grader_session"
#: paths that are about a course
_IN_COURSE: Final = re.compile(r"(?:/api/v1)?/courses/([^/]+)")
#: a course in a path
Slug: TypeAlias = Annotated[str, Path(max_length=SLUG, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", examples=["ml"])]
#: what proxies add to a request that they pass on
FORWARDED: Final = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")


#: what each role may do at least; a site's owner is an owner everywhere
RANK: Final = {Role.STUDENT: 1, Role.CI: 1, Role.GRADER: 2, Role.INSTRUCTOR: 3, Role.OWNER: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks. `course_id`: the only course that the token is good for; `secret`: of the browser's session;
    `framed_by`: the origins of a learning platform, in whose frame that session is."""

    person_id: int
    name: str
    language: str | None
    owns_site: bool
    scopes: frozenset[Scope]
    course_id: int | None = None
    secret: str | None = None
    framed_by: str | None = None

    @property
    def runs_site(self) -> bool:
        """Whether they ask as an owner of the site: by a token that is good for one course alone nobody does."""
        return self.owns_site and self.course_id is None


@dataclass(frozen=True, slots=True, kw_only=True)
class InCourse:
    """A course that the caller is in, and as what. `zone`: the one its dates are shown in."""

    caller: Caller
    course_id: int
    slug: str
    title: str
    role: Role
    zone: ZoneInfo

    @property
    def is_staff(self) -> bool:
        """Whether the caller sees what others handed in."""
        return RANK[self.role] >= RANK[Role.GRADER]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAttempt:
    """An attempt that the caller may see: their own, or one of a course in which they are staff."""

    course: InCourse
    attempt_id: uuid.UUID
    opening_id: int
    person_id: int

    @property
    def is_own(self) -> bool:
        """Whether it is the caller's."""
        return self.person_id == self.course.caller.person_id


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCalendar:
    """A calendar of somebody's of a course, fetched by whoever has its address. `language`: the one its owner chose."""

    feed_id: int
    person_id: int
    course_id: int
    slug: str
    title: str
    zone: str
    language: str | None
    is_staff: bool


def site_of(request: Request) -> Site:
    """The site that the application serves."""
    site: Site = request.app.state.site
    return site


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a request's cookie or token says. `is_due`: the session's secret is to be renewed; `token_id`: a token whose
    use is to be noted; `course`: the one in the path, and what whoever has the token is in it, where that was asked."""

    caller: Caller | None = None
    course: Row[*tuple[Any, ...]] | None = None
    is_due: bool = False
    token_id: int | None = None


def cookie_name(site: Site) -> str:
    """What the cookie is called: where a site is reached by https, its name lets no other host and no page without
    encryption set it."""
    return f"__Host-{COOKIE}" if is_encrypted(site) else COOKIE


def is_encrypted(site: Site) -> bool:
    """Whether people reach the site by https, whatever is between them and this process."""
    return site.address.startswith("https://")


def recognised(request: Request) -> Recognised:
    """Who asks, looked up once for each request. Raises NotThere for an address with a NUL, which no name of ours has
    and no PostgreSQL takes."""
    known: Recognised | None = getattr(request.state, "recognised", None)
    if known is None:
        if "\0" in request.url.path or "%00" in request.url.query:
            raise NotThere
        known = _recognised(request, site_of(request))
        request.state.recognised = known
    return known


async def recognised_soon(request: Request) -> Recognised:
    """The same without keeping others waiting: by a thread, unless the database is a file, of which nobody has to be
    waited for, and a look at it takes no longer than to have another thread look."""
    if site_of(request).database.kind == "sqlite":
        return recognised(request)
    return await run_in_threadpool(recognised, request)


@dataclass(frozen=True, slots=True)
class Anybody:
    """Rule: no account is needed. Hands over the caller, if there is one."""

    def __call__(self, request: Request) -> Caller | None:
        """Who asks, if they say so."""
        return recognised(request).caller


@dataclass(frozen=True, slots=True)
class Unasked:
    """Rule: everybody, and nobody looks who it is: there is no database behind it."""

    def __call__(self) -> None:
        """Nothing to hand over."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Rule: an owner's token for `metrics`; or, where the site was told so, a program on the server's own machine. To
    whatever a proxy on it passes on without saying so, everybody is on this machine: so nobody is believed unasked."""

    def __call__(self, request: Request) -> None:
        """Nothing to hand over. Raises NotAllowed: programs are not sent to sign in."""
        if request.app.state.open_metrics and _is_local(request):
            return
        caller = Anybody()(request)
        if caller is None or not caller.runs_site or Scope.METRICS not in caller.scopes:
            raise NotAllowed


def _is_local(request: Request) -> bool:
    """Whether the other end is this machine. What a proxy here passes on comes from elsewhere, and says so."""
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Rule: whoever is signed in, with that scope."""

    scope: Scope = Scope.READ

    def __call__(self, request: Request) -> Caller:
        """Who asks. Raises NotSignedIn and NotAllowed."""
        return _scoped(request, self.scope)


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """Rule: somebody in a browser, about their own account. A token changes no password and makes no other token."""

    def __call__(self, request: Request) -> Caller:
        """Who asks. Raises NotSignedIn and NotAllowed."""
        caller = _scoped(request, Scope.READ)
        if caller.secret is None:
            raise NotAllowed
        return caller


@dataclass(frozen=True, slots=True)
class SiteOwner:
    """Rule: an owner of the site; a token of theirs that is good for one course alone is none."""

    def __call__(self, request: Request) -> Caller:
        """Who asks. Raises NotSignedIn, NotAllowed."""
        caller = _scoped(request, Scope.SITE)
        if not caller.runs_site:
            raise NotAllowed
        return caller


@dataclass(frozen=True, slots=True)
class Member:
    """Rule: somebody of the course in the path (`slug`), at least as `least`."""

    least: Role = Role.STUDENT
    scope: Scope = Scope.READ

    async def __call__(self, request: Request, slug: Slug) -> InCourse:
        """The course. Raises NotSignedIn, NotThere and NotAllowed."""
        known: Recognised | None = getattr(request.state, "recognised", None)
        if known is not None and known.course is not None and known.course.slug == slug:
            return self._in_course(request, slug)  # nothing has to be asked, so no thread waits for an answer
        return await run_in_threadpool(self._in_course, request, slug)

    def _in_course(self, request: Request, slug: str) -> InCourse:
        caller = _scoped(request, self.scope)
        found = recognised(request).course
        if found is None or found.slug != slug:
            with site_of(request).database.look() as connection:
                found = connection.execute(_MEMBER, {"person": caller.person_id, "slug": slug}).one_or_none()
        if found is None:
            raise NotThere
        return _at_least(_in_course(caller, found), self.least)


@dataclass(frozen=True, slots=True)
class OwnAttempt:
    """Rule: the student whose attempt it is (`attempt_id` in the path), or staff of its course, at least as `staff`.

    `own`: whether the student may at all. A program of the course may what the student may, of what programs handed in.
    """

    scope: Scope = Scope.READ
    own: bool = True
    staff: Role = Role.GRADER

    def __call__(self, request: Request, attempt_id: uuid.UUID) -> OnAttempt:
        """The attempt. Raises NotSignedIn, NotThere and NotAllowed."""
        caller = _scoped(request, self.scope)
        asked = {"person": caller.person_id, "attempt": attempt_id}
        with site_of(request).database.look() as connection:
            found = connection.execute(_OF_ATTEMPT, asked).one_or_none()
        if found is None:
            raise NotThere
        course = _in_course(caller, found)
        by_program = course.role is Role.CI and found.source is Source.CI
        is_own = found.person_id == caller.person_id or by_program
        if not is_own and not course.is_staff:
            raise NotThere
        if not (is_own and self.own):
            _at_least(course, self.staff)
        return OnAttempt(course=course, attempt_id=attempt_id, opening_id=found.opening_id, person_id=found.person_id)


@dataclass(frozen=True, slots=True)
class CalendarAddress:
    """Rule: whoever has the address of a calendar (`secret` in the path), as long as its owner is in the course."""

    def __call__(self, request: Request, secret: str) -> OnCalendar:
        """The calendar. Raises NotThere for one that was revoked or renewed as for one that never was."""
        with site_of(request).database.look() as connection:
            found = connection.execute(_CALENDAR, {"digest": digest(secret)}).one_or_none()
        if found is None or (found.role is None and not found.owns_site):
            raise NotThere
        return OnCalendar(
            feed_id=found.feed_id,
            person_id=found.person_id,
            course_id=found.id,
            slug=found.slug,
            title=found.title,
            zone=found.zone,
            language=found.language,
            is_staff=found.owns_site or RANK[found.role] >= RANK[Role.GRADER],
        )


#: what a rule asks, put together once: that takes longer than to ask it
_COURSE: Final = (Course.id, Course.slug, Course.title, Course.zone, Membership.role)
_HERE: Final = and_(Membership.course_id == Course.id, Membership.left_at.is_(None))
_PLACE: Final = and_(_HERE, Membership.person_id == bindparam("person"))
_MEMBER: Final = (
    select(*_COURSE).select_from(Course).outerjoin(Membership, _PLACE).where(Course.slug == bindparam("slug"))
)
_OF_ATTEMPT: Final = (
    select(*_COURSE, Attempt.opening_id, Attempt.person_id, Attempt.source)
    .select_from(Attempt)
    .join(Course, Course.id == Attempt.course_id)
    .outerjoin(Membership, _PLACE)
    .where(Attempt.id == bindparam("attempt"))
)
_CALENDAR: Final = (
    select(*_COURSE, CalendarFeed.id.label("feed_id"), CalendarFeed.person_id, Person.language, Person.owns_site)
    .select_from(CalendarFeed)
    .join(Person, Person.id == CalendarFeed.person_id)
    .join(Course, Course.id == CalendarFeed.course_id)
    .outerjoin(Membership, and_(_HERE, Membership.person_id == CalendarFeed.person_id))
    .where(CalendarFeed.digest == bindparam("digest"), Person.forgotten_at.is_(None))
)
_BY_TOKEN: Final = (
    select(
        *PERSON,
        Token.id.label("token_id"),
        Token.course_id,
        Token.scopes,
        Token.used_at,
        *_COURSE,
    )
    .select_from(Token)
    .join(Person, Person.id == Token.person_id)
    .outerjoin(Course, Course.slug == bindparam("slug"))
    .outerjoin(Membership, and_(_HERE, Membership.person_id == Person.id))
    .where(
        Token.digest == bindparam("digest"),
        Token.revoked_at.is_(None),
        Token.expires_at > bindparam("now"),
        Person.forgotten_at.is_(None),
    )
)


def still_sees(request: Request, attempt_id: uuid.UUID) -> bool:
    """Whether the caller, let in to an attempt when the request came, would be let in to it now."""
    request.state.recognised = None
    try:
        OwnAttempt()(request, attempt_id)
    except Problem:
        return False
    return True


def _recognised(request: Request, site: Site) -> Recognised:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    by_token, cookie = scheme.lower() == "bearer", request.cookies.get(cookie_name(site))
    if not by_token and cookie is None:
        return Recognised()
    with site.database.look() as connection:
        if by_token:
            return _by_token(connection, secret.strip(), request.url.path, site.now())
        found = None if cookie is None else signed_in_with(connection, cookie, now=site.now())
    if found is None:
        return Recognised()
    caller = _as_caller(found.person, frozenset(Scope), secret=cookie, framed_by=found.framed_by)
    return Recognised(caller=caller, is_due=found.is_due)


def _by_token(connection: Connection, secret: str, path: str, now: datetime) -> Recognised:
    """Programs ask about one course, nearly always: what they are in it is found on the same way."""
    course = _IN_COURSE.match(path)
    asked = {"digest": digest(secret), "now": now, "slug": course.group(1) if course else ""}
    found = connection.execute(_BY_TOKEN, asked).one_or_none()
    if found is None:
        return Recognised()
    caller = _as_caller(found, found.scopes, course_id=found.course_id)
    is_noted = found.used_at is not None and now < found.used_at + USED_WITHIN
    return Recognised(
        caller=caller,
        token_id=None if is_noted else found.token_id,
        course=None if found.id is None else found,
    )


def _as_caller(
    found: Row[*tuple[Any, ...]],
    scopes: frozenset[Scope],
    *,
    course_id: int | None = None,
    secret: str | None = None,
    framed_by: str | None = None,
) -> Caller:
    return Caller(
        person_id=found.person_id,
        name=found.name,
        language=found.language,
        owns_site=found.owns_site,
        scopes=scopes,
        course_id=course_id,
        secret=secret,
        framed_by=framed_by,
    )


def _scoped(request: Request, scope: Scope) -> Caller:
    caller = recognised(request).caller
    if caller is None:
        raise NotSignedIn
    if scope not in caller.scopes:
        raise NotAllowed
    return caller


def _in_course(caller: Caller, found: Row[*tuple[Any, ...]]) -> InCourse:
    if caller.course_id not in (None, found.id) or (found.role is None and not caller.owns_site):
        raise NotThere
    is_a = Role.OWNER if found.role is None or caller.owns_site else found.role
    return InCourse(
        caller=caller, course_id=found.id, slug=found.slug, title=found.title, role=is_a, zone=ZoneInfo(found.zone)
    )


def _at_least(course: InCourse, least: Role) -> InCourse:
    if RANK[course.role] < RANK[least]:
        raise NotAllowed
    return course
