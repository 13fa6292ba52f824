"""Everybody who may ask something of a site, and what the rules of access promise each. No test lives here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from fastapi import FastAPI
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from grader.policy.scopes import Scope
from grader.service.people.sessions import begin_session
from grader.service.people.tokens import new_token
from grader.service.site import Site
from grader.service.store.tables import Membership, Person, Role
from grader.service.web.access import (
    RANK,
    Anybody,
    CalendarAddress,
    Member,
    Operator,
    OwnAccount,
    OwnAttempt,
    SignedIn,
    SiteOwner,
    Unasked,
)
from tests.service.classroom import Classroom, browser, enrol, furnish
from tests.service.grading import graded, two

HERE, THERE = "ml", "other"
#: every rule that there is; a new one needs a promise below
RULES: Final = (Unasked, Anybody, Operator, SignedIn, OwnAccount, SiteOwner, Member, OwnAttempt, CalendarAddress)
ALLOWED: Final = 418


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Who asks: as whom, what they are in each course, and with a cookie (no `scopes`) or a token."""

    person: str | None = None
    roles: Mapping[str, Role] = field(default_factory=dict)
    owns_site: bool = False
    scopes: frozenset[Scope] | None = None
    only_course: str | None = None
    is_good: bool = True

    def rank(self, course: str) -> int:
        """How much they may do there; 0 for nothing at all."""
        if self.only_course not in (None, course):
            return 0
        if self.owns_site:
            return RANK[Role.OWNER]
        return RANK[self.roles[course]] if course in self.roles else 0


def _with(person: str, roles: Mapping[str, Role], *scopes: Scope, **more: bool | str) -> Somebody:
    return Somebody(person=person, roles=roles, scopes=frozenset(scopes), **more)  # type: ignore[arg-type]  # a table


_INES: Final = {HERE: Role.INSTRUCTOR}
EVERYBODY: Final = {
    "nobody": Somebody(),
    "the student whose it is": Somebody(person="ada", roles={HERE: Role.STUDENT}),
    "another student of the course": Somebody(person="bob", roles={HERE: Role.STUDENT}),
    "a student of another course": Somebody(person="eve", roles={THERE: Role.STUDENT}),
    "a student who left": Somebody(person="lena"),
    "a grader": Somebody(person="greta", roles={HERE: Role.GRADER}),
    "an instructor": Somebody(person="ines", roles=_INES),
    "an instructor of another course": Somebody(person="otto", roles={THERE: Role.INSTRUCTOR}),
    "an owner of the site": Somebody(person="olga", owns_site=True),
    "a program that hands in": _with("robo", {HERE: Role.CI}, Scope.READ, Scope.SUBMIT, only_course=HERE),
    **{f"a token that may {scope}": _with("ines", _INES, scope) for scope in Scope},
    "an owner's token": _with("olga", {}, *Scope, owns_site=True),
    "an owner's token that may read": _with("olga", {}, Scope.READ, owns_site=True),
    "an owner's token for another course": _with("olga", {}, *Scope, owns_site=True, only_course=THERE),
    "a student's token for everything": _with("ada", {HERE: Role.STUDENT}, *Scope),
    "a token that was revoked": _with("ines", _INES, *Scope, is_good=False),
    "a token that is over": _with("ines", _INES, *Scope, is_good=False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Two courses and their people. `attempts`: one of a student's in each."""

    site: Site
    here: Classroom
    attempts: Mapping[str, uuid.UUID]
    secrets: Mapping[str, str]

    def client(self, app: FastAPI, who: str) -> TestClient:
        """Their browser or program."""
        somebody = EVERYBODY[who]
        if somebody.scopes is None:
            return browser(app, self.secrets.get(who))
        headers = {"Authorization": f"Bearer {self.secrets[who]}"}
        return TestClient(app, headers=headers, follow_redirects=False, raise_server_exceptions=False)


def populated(site: Site) -> World:
    """The world of these tests."""
    here = furnish(site)
    there = furnish(site, slug=THERE, people={"otto": Role.INSTRUCTOR, "eve": Role.STUDENT})
    attempts = {HERE: graded(here, "ada", two(40, 10)), THERE: graded(there, "eve", two(40, 10))}
    with site.database.begin() as session:
        people = here.people | there.people
        people["olga"] = _somebody(session, site, "olga", owns_site=True)
        people["lena"] = enrol(session, site, here.course_id, "lena", Role.STUDENT)
        people["robo"] = enrol(session, site, here.course_id, "robo", Role.CI)
        session.query(Membership).where(Membership.person_id == people["lena"]).update({"left_at": site.now()})
        courses = {HERE: here.course_id, THERE: there.course_id}
        secrets = {who: _secret(session, site, who, people, courses) for who in EVERYBODY if who != "nobody"}
    return World(site=site, here=here, attempts=attempts, secrets=secrets)


def _somebody(session: Session, site: Site, name: str, *, owns_site: bool) -> int:
    person = Person(name=name.title(), email=f"{name}@example.org", owns_site=owns_site, created_at=site.now())
    session.add(person)
    session.flush()
    return person.id


def _secret(session: Session, site: Site, who: str, people: Mapping[str, int], courses: Mapping[str, int]) -> str:
    somebody = EVERYBODY[who]
    person_id = people[somebody.person or ""]
    if somebody.scopes is None:
        return begin_session(session, person_id, agent="tests", now=site.now())
    row, secret = new_token(
        session,
        person_id=person_id,
        name=who,
        scopes=somebody.scopes,
        course_id=courses.get(somebody.only_course or ""),
        now=site.now(),
    )
    if who == "a token that was revoked":
        row.revoked_at = site.now()
    if who == "a token that is over":
        row.expires_at = site.now() - timedelta(seconds=1)
    return secret


def promised(rule: object, who: str, course: str) -> int:
    """The status that the rule promises somebody who asks for a thing of that course: `ALLOWED`, 401, 403 or 404."""
    somebody = EVERYBODY[who]
    has_all = frozenset(Scope) if somebody.scopes is None else somebody.scopes
    is_known = somebody.person is not None and somebody.is_good
    if isinstance(rule, Unasked | Anybody):
        return ALLOWED
    if isinstance(rule, CalendarAddress):
        return 404  # whoever they are: nobody here has an address
    if isinstance(rule, Operator):
        is_owner = somebody.owns_site and somebody.only_course is None
        return ALLOWED if is_known and is_owner and Scope.METRICS in has_all else 403
    if not is_known:
        return 401
    if isinstance(rule, OwnAccount):
        return ALLOWED if somebody.scopes is None else 403
    if isinstance(rule, SiteOwner):
        is_owner = somebody.owns_site and somebody.only_course is None
        return ALLOWED if is_owner and Scope.SITE in has_all else 403
    assert isinstance(rule, SignedIn | Member | OwnAttempt)
    if rule.scope not in has_all:
        return 403
    if isinstance(rule, SignedIn):
        return ALLOWED
    rank = somebody.rank(course)
    if isinstance(rule, Member):
        return 404 if rank == 0 else ALLOWED if rank >= RANK[rule.least] else 403
    owner = {HERE: "ada", THERE: "eve"}[course]
    if rank == 0 or (somebody.person != owner and rank < RANK[Role.GRADER]):
        return 404
    return ALLOWED if (rule.own and somebody.person == owner) or rank >= RANK[rule.staff] else 403
