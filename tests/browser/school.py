"""A learning platform and a site for a real browser, on two hosts, so that the site stands in a frame of somebody
else's. No test lives here."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI
from joserfc.jwk import KeySet
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.policy.terms import Publishing, Terms
from grader.service.lti.keys import published
from grader.service.lti.sending.post import Post
from grader.service.lti.services.calls import Calls, opened_client
from grader.service.site import Site
from grader.service.web.access import COOKIE
from grader.service.web.app import make_app
from tests.browser.served import a_site, served
from tests.browser.visits import RULES
from tests.lti_platform.platform import Platform, Tool
from tests.lti_platform.services import Person, Services
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.marked import with_written

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Frame, Page


@dataclass
class Later:
    """An application that is made once its address is known."""

    app: ASGIApp = field(default_factory=FastAPI)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Whatever it is by then."""
        await self.app(scope, receive, send)


@dataclass(frozen=True)
class School:
    """The platform at `localhost`, and the site at `127.0.0.1`; `here`: what answers there."""

    platform: Platform
    services: Services
    room: Classroom
    here: Later

    @property
    def site(self) -> Site:
        return self.room.site

    def signed_in(self, context: BrowserContext, secret: str) -> None:
        """Let somebody be signed in at the site itself."""
        context.add_cookies([{"name": COOKIE, "value": secret, "url": self.site.address}])

    def told(self) -> list[tuple[object, float | None]]:
        """What the platform has of Ada, after a worker told it all there is to tell."""

        async def tell() -> None:
            async with opened_client() as client:
                await Post(self.site, worker="w", calls=Calls(client, now=self.site.now, plain=True)).once()

        with ThreadPoolExecutor(1) as thread:  # this one has the loop of the browser's driver
            thread.submit(asyncio.run, tell()).result()
        return [(said["gradingProgress"], said.get("scoreGiven")) for _, said in self.services.posts]


@contextmanager
def a_school(folder: Path) -> Iterator[School]:
    """Neither knows of the other yet. Nothing of the course is seen before an instructor publishes it."""
    there, here = Later(), Later()
    with a_site(folder, StoppedClock()) as made, served(there) as platform_url, served(here) as address:  # type: ignore[arg-type]  # any application
        site = replace(made, address=address)
        url = platform_url.replace("127.0.0.1", "localhost")
        platform = Platform(address=url, issuer=url, tool=Tool(address=address), clock=lambda: site.now().timestamp())

        def tool_keys() -> KeySet:
            with site.database.begin() as session:
                return KeySet.import_key_set(published(session, now=site.now()))  # type: ignore[arg-type]  # of JSON

        platform.tool_keys = tool_keys  # type: ignore[method-assign]  # the seam of the platform
        services = Services(origin=url, context="c1", keys={platform.tool.client_id: tool_keys})
        services.people.append(Person(user_id="u-ada"))
        platform.routers.append(APIRouter(routes=[*services.routes]))
        there.app, here.app = platform.app(), make_app(site)
        room = with_written(furnish(site, terms=Terms(publishing=Publishing(by_hand=True))))
        yield School(platform=platform, services=services, room=room, here=here)


def context_of(browser: Browser, axe: str) -> BrowserContext:
    context = browser.new_context(locale="en-GB")
    context.add_init_script(axe)
    context.set_default_timeout(60_000)
    return context


def page_of(context: BrowserContext) -> Page:
    """A page in which third-party cookies are blocked, but for those that each page's frames have to themselves."""
    page, names = context.new_page(), ("enable{}Restriction", "disable{}Metadata", "disable{}Heuristics")
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCookieControls", {each.format("ThirdPartyCookie"): True for each in names})
    return page


def tool_in(page: Page) -> Frame:
    """The frame in which the site is."""
    page.wait_for_load_state()
    frame = page.frame("tool")
    assert frame is not None
    return frame


def barriers(where: Page | Frame) -> list[Any]:
    return [found["id"] for found in where.evaluate("rules => axe.run(rules)", RULES["light"])["violations"]]


@dataclass(frozen=True)
class Unpartitioned:
    """The site as a browser sees it that knows no cookies of a frame of their own."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The same answers, whose cookies are for every page alike."""

        async def said(message: Message) -> None:
            kept = [(name, value.replace(b"; Partitioned", b"")) for name, value in message.get("headers", ())]
            await send({**message, "headers": kept} if "headers" in message else message)

        await self.app(scope, receive, said)
