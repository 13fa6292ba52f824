"""A course that is linked from a platform's, as launches would have left it, and a worker's post to that platform over
no network. No test lives here."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
from joserfc.jwk import KeySet, RSAKey
from sqlalchemy import select

from grader.service.lti.keys import keys_of, published
from grader.service.lti.sending.post import Post
from grader.service.lti.services.answers import ServiceBounds
from grader.service.lti.services.calls import Calls
from grader.service.site import Site
from grader.service.store.lti_score_tables import LtiScore, LtiSender
from grader.service.store.lti_tables import (
    LtiContext,
    LtiDeployment,
    LtiKey,
    LtiLink,
    LtiMember,
    LtiPlatform,
    lti_people,
)
from grader.service.store.tables import Identity, Role
from tests.lti_platform.services import ALL, Person, Services
from tests.service.classroom import Classroom

PRIVATE = RSAKey.generate_key(2048).as_pem(private=True).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A course of ours and the platform's services; the column for its opening is called as the assignment is."""

    room: Classroom
    services: Services
    platform_id: int
    context_id: int
    link_id: int
    seconds: float = 10.0

    @property
    def site(self) -> Site:
        return self.room.site

    def post(self) -> None:
        """A worker tells all there is to tell now."""
        told(self.site, self.services, seconds=self.seconds)

    def row(self, name: str) -> LtiScore | None:
        """What there is to tell of that person."""
        with self.site.database.read() as session:
            return session.get(LtiScore, (self.link_id, self.room.people[name]))

    def sender(self) -> LtiSender:
        """Who tells it."""
        with self.site.database.read() as session:
            return session.get_one(LtiSender, self.link_id)

    def has(self, name: str) -> float | None:
        """The points out of 100 that the platform has of that person."""
        return self.services.has(name, self.room.assignment)

    def sent(self, name: str) -> list[dict[str, object]]:
        """All that the platform took of that person, in order."""
        return [said for _, said in self.services.posts if said["userId"] == name]


def told(site: Site, *services: Services, seconds: float = 10.0, worker: str = "w") -> None:
    """A worker of that site tells those platforms all there is to tell; in a thread of its own, as a browser's driver
    has a loop in this one."""

    def tell() -> None:
        asyncio.run(post_to(site, *services, seconds=seconds, worker=worker).once())

    with ThreadPoolExecutor(1) as thread:
        thread.submit(tell).result()


def post_to(site: Site, *services: Services, seconds: float = 10.0, worker: str = "w") -> Post:
    """The post of a worker, from which each platform is reached by its origin."""
    return Post(site, worker=worker, calls=calls_to(site, *services, seconds=seconds))


def calls_to(site: Site, *services: Services, seconds: float = 10.0) -> Calls:
    """How those platforms are asked."""
    mounts = {each.origin: httpx.ASGITransport(each.app) for each in services}
    return Calls(httpx.AsyncClient(mounts=mounts), now=site.now, bounds=ServiceBounds(seconds=seconds))


def linked(room: Classroom, services: Services | None = None, *, seconds: float = 10.0) -> Linked:
    """The course as a platform has it, whose students are in it there, by their names. Launches left this behind."""
    site = room.site
    services = services or Services()
    known_by(site, services)
    services.people += [Person(user_id=name, name=name.title()) for name in room.people]
    services.item(room.assignment)
    with site.database.begin() as session:
        made = LtiPlatform(
            title="School",
            issuer=services.origin,
            client_id="grader",
            people=lti_people(services.origin, "grader"),
            auth_url=f"{services.origin}/auth",
            token_url=services.token_url,
            jwks_url=f"{services.origin}/jwks",
            created_at=site.now(),
        )
        session.add(made)
        session.flush()
        deployment = LtiDeployment(platform_id=made.id, deployment="1", created_at=site.now())
        session.add(deployment)
        session.flush()
        context = LtiContext(
            deployment_id=deployment.id,
            context=services.context,
            course_id=room.course_id,
            memberships_url=services.members_url,
            seen_at=site.now(),
        )
        session.add(context)
        session.flush()
        for name, person_id in room.people.items():
            session.add(Identity(person_id=person_id, issuer=made.people, subject=name))
            role = Role.INSTRUCTOR if name in ("ines", "greta") else Role.STUDENT
            session.add(LtiMember(context_id=context.id, person_id=person_id, role=role, seen_at=site.now()))
        ids = made.id, context.id
    link_id = link(room, services, ids[1])
    return Linked(room=room, services=services, platform_id=ids[0], context_id=ids[1], link_id=link_id, seconds=seconds)


def link(room: Classroom, services: Services, context_id: int, *, url: str | None = None) -> int:
    """A link in that course at the platform to the opening of this one."""
    with room.site.database.begin() as session:
        made = LtiLink(
            context_id=context_id,
            resource_link=f"link-{room.opening_id}",
            title=room.assignment,
            opening_id=room.opening_id,
            line_items_url=services.line_items_url,
            line_item_url=url or services.url_of(room.assignment),
            scopes=sorted(ALL),
            seen_at=room.site.now(),
        )
        session.add(made)
        session.flush()
        return made.id


def known_by(site: Site, services: Services) -> None:
    """The platform knows the site's keys, of which there is one already: making one takes a while."""
    with site.database.begin() as session:
        if not keys_of(session):
            session.add(LtiKey(kid="tests", private=PRIVATE, created_at=site.now()))

    def keys() -> KeySet:
        with site.database.begin() as session:
            return KeySet.import_key_set(published(session, now=site.now()))  # type: ignore[arg-type]  # as JSON has it

    services.keys["grader"] = keys


def rows(site: Site) -> Sequence[LtiScore]:
    """All there is to tell."""
    with site.database.read() as session:
        return session.scalars(select(LtiScore).order_by(LtiScore.link_id, LtiScore.person_id)).all()
