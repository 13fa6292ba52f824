"""A site with a learning platform in this process, and a browser that goes from one to the other. No test is here."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from http.cookiejar import DefaultCookiePolicy
from typing import Final
from urllib.parse import parse_qs, urlsplit

import httpx2
from fastapi import FastAPI
from httpx2 import Response
from joserfc.jwk import KeySet
from starlette.testclient import TestClient

from grader.service.lti.arriving import connect
from grader.service.lti.keys import published
from grader.service.lti.platform_keys import PlatformKeys
from grader.service.lti.platforms import Registration, put_platform
from grader.service.people.audit import Actor
from grader.service.people.sessions import begin_session
from grader.service.site import Site
from grader.service.store.lti_tables import LtiContext, LtiDeployment, LtiPlatform
from grader.service.store.tables import Course as OurCourse
from grader.service.web.access import cookie_name
from grader.service.web.app import make_app
from tests.lti_platform.platform import Course, Link, Platform, Tool, User
from tests.service.classroom import Classroom

OWNER: Final = Actor(person_id=None)
#: a browser that keeps nothing
NO_COOKIES: Final = DefaultCookiePolicy(allowed_domains=())


@dataclass
class Launching:
    """The site, the platform that is registered with it, and the application of the site. `asked_keys`: each time that
    the platform's keys were fetched; `clock`: what their age is told by."""

    room: Classroom
    platform: Platform
    app: FastAPI
    platform_id: int
    asked_keys: list[str]
    clock: list[float]

    def browser(self, *, framed: bool = True) -> Browser:
        """A browser of somebody's, with the tool in a frame of the platform's page."""
        client = TestClient(self.app, base_url=self.room.site.address, follow_redirects=False)
        return Browser(launching=self, client=client, framed=framed)

    def browser_of(self, name: str, room: Classroom | None = None) -> Browser:
        """A browser in which somebody of the course is signed in as ever."""
        made, site = self.browser(framed=False), self.room.site
        with site.database.begin() as session:
            person_id = (room or self.room).people[name]
            made.client.cookies[cookie_name(site)] = begin_session(session, person_id, agent="t", now=site.now())
        return made


@dataclass
class Browser:
    """Cookies, and whether the tool is in a frame."""

    launching: Launching
    client: TestClient
    framed: bool

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Sec-Fetch-Site": "cross-site",
            "Sec-Fetch-Dest": "iframe" if self.framed else "document",
            "Sec-Fetch-Mode": "navigate",
        }

    def login(self, user: User, course: Course, link: Link | None = None) -> dict[str, str]:
        """The authentication request that the platform gets."""
        self.launching.platform.users[user.sub] = user
        said = self.launching.platform.login(user, course, link)
        answer = self.client.get("/lti/login", params=said, headers=self.headers)
        while answer.status_code == 303 and answer.headers["Location"].startswith("/lti/login"):
            answer = self.client.get(answer.headers["Location"], headers=self.headers)
        assert answer.status_code == 303, answer.text
        assert answer.headers["Location"].startswith(f"{self.launching.platform.address}/auth?")
        return asked_of(answer.headers["Location"])

    def first_page(self, user: User, course: Course, link: Link) -> Response:
        """What a frame shows that keeps no cookie."""
        answer = self.client.get("/lti/login", params=self.launching.platform.login(user, course, link))
        return self.client.get(answer.headers["Location"], headers=self.headers)

    def post(self, posted: dict[str, str]) -> Response:
        """What the platform sends back."""
        return self.client.post("/lti/launch", data=posted, headers=self.headers)

    def launch(self, user: User, course: Course, link: Link | None = None) -> Response:
        """All of it."""
        return self.post(self.launching.platform.answer(self.login(user, course, link)))

    def get(self, path: str) -> Response:
        """A page, in the same frame."""
        return self.client.get(path, headers=self.headers | {"Sec-Fetch-Site": "same-origin"})

    def send(self, path: str, **form: object) -> Response:
        """A form of one of our pages."""
        return self.client.post(path, data=form, headers=self.headers | {"Sec-Fetch-Site": "same-origin"})


def launching(room: Classroom, *, is_connected: bool = True, platform: Platform | None = None) -> Launching:
    """The platform is registered; its course `c1` is connected with the classroom's, and has a link `l1` to digits."""
    site = room.site
    made = platform or Platform(tool=Tool(address=site.address), clock=lambda: site.now().timestamp())
    course = made.courses["c1"]
    course.links.setdefault("l1", Link(id="l1", target=f"{site.address}/courses/ml/digits", title="Digits"))
    with site.database.begin() as session:
        row = put_platform(session, registration(made), actor=OWNER, now=site.now())
        assert isinstance(row, LtiPlatform)
        platform_id = row.id
        if is_connected:
            deployment = session.query(LtiDeployment).filter_by(platform_id=row.id).one()
            context = LtiContext(deployment_id=deployment.id, context="c1", seen_at=site.now())
            session.add(context)
            session.flush()
            ours = session.get_one(OurCourse, room.course_id)
            connect(session, context, ours, by_id=room.people["ines"], copied_from_id=None, now=site.now())

    def tool_keys() -> KeySet:
        with site.database.begin() as session:
            return KeySet.import_key_set(published(session, now=site.now()))  # type: ignore[arg-type]  # of JSON

    made.tool_keys = tool_keys  # type: ignore[method-assign]  # the seam of the platform
    asked: list[str] = []

    def answered(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(200, json={"keys": [each.as_dict(private=False) for each in made.keys]})

    clock = [0.0]
    keys = PlatformKeys(transport=httpx2.MockTransport(answered), clock=lambda: clock[0])
    app = make_app(site, platform_keys=keys)
    return Launching(room=room, platform=made, app=app, platform_id=platform_id, asked_keys=asked, clock=clock)


def asked_of(url: str) -> dict[str, str]:
    """What an address asks, by name."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def choice_of(url: str) -> str:
    """What an instructor was sealed, from the address they are sent to."""
    return asked_of(url)["choice"]


def by_https(site: Site) -> Site:
    """The site as it has to be reached: browsers keep nothing within a frame without encryption."""
    return replace(site, address="https://grader.example")


def registration(platform: Platform) -> Registration:
    """What the site's owner types."""
    return Registration(
        title="School",
        issuer=platform.issuer,
        client_id=platform.tool.client_id,
        auth_url=f"{platform.address}/auth",
        token_url=f"{platform.address}/token",
        jwks_url=f"{platform.address}/jwks",
        deployments=platform.tool.deployments,
    )


def attribute(text: str, name: str) -> str:
    """The value of an attribute of a page."""
    found = re.search(rf'{name}="([^"]*)"', text)
    assert found is not None, text
    return html.unescape(found[1])


def hidden(text: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found is not None, text
    return found[1]
