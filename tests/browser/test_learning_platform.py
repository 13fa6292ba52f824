"""A learning platform and a site in a real browser, on two hosts, so that the site is in a frame of somebody else's:
from the registration to the report that a student reads within their course."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI
from joserfc.jwk import KeySet
from sqlalchemy import select
from starlette.types import ASGIApp, Receive, Scope, Send

from grader.service.lti.keys import published
from grader.service.people.accounts import new_person
from grader.service.people.sessions import begin_session
from grader.service.site import Site
from grader.service.store.tables import Attempt
from grader.service.web.access import COOKIE
from grader.service.web.app import make_app
from tests.browser.served import a_site, secret_of, served
from tests.browser.visits import RULES
from tests.lti_platform.platform import Platform, Tool
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import reported
from tests.service.scenes import about_digits

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Frame, Page

NOTEBOOK = {"name": "digits.ipynb", "mimeType": "application/json", "buffer": b'{"cells": []}'}


@dataclass
class Later:
    """An application that is made once its address is known."""

    app: ASGIApp = field(default_factory=FastAPI)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Whatever it is by then."""
        await self.app(scope, receive, send)


@dataclass(frozen=True)
class School:
    """The platform at `localhost`, and the site at `127.0.0.1`."""

    platform: Platform
    room: Classroom
    site: Site

    def signed_in(self, context: BrowserContext, secret: str) -> None:
        """Let somebody be signed in at the site itself."""
        context.add_cookies([{"name": COOKIE, "value": secret, "url": self.site.address}])


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """Neither knows of the other yet."""
    there, here = Later(), Later()
    with a_site(tmp_path, StoppedClock()) as made, served(there) as platform_url, served(here) as address:  # type: ignore[arg-type]  # any application
        site = replace(made, address=address)
        url = platform_url.replace("127.0.0.1", "localhost")
        platform = Platform(address=url, issuer=url, tool=Tool(address=address), clock=lambda: site.now().timestamp())

        def tool_keys() -> KeySet:
            with site.database.begin() as session:
                return KeySet.import_key_set(published(session, now=site.now()))  # type: ignore[arg-type]  # of JSON

        platform.tool_keys = tool_keys  # type: ignore[method-assign]  # the seam of the platform
        there.app, here.app = platform.app(), make_app(site)
        yield School(platform=platform, room=furnish(site), site=site)


def context_of(browser: Browser, axe: str) -> BrowserContext:
    context = browser.new_context(locale="en-GB")
    context.add_init_script(axe)
    context.set_default_timeout(60_000)
    return context


def tool_in(page: Page) -> Frame:
    """The frame in which the site is."""
    page.wait_for_load_state()
    frame = page.frame("tool")
    assert frame is not None
    return frame


def barriers(where: Page | Frame) -> list[Any]:
    return [found["id"] for found in where.evaluate("rules => axe.run(rules)", RULES["light"])["violations"]]


def test_a_course_of_a_platform_from_its_registration_to_a_report(school: School, browser: Browser, axe: str) -> None:
    """The owner registers the platform, the instructor connects the course and links digits into it, the student opens
    the link, hands in and reads the report, all within the course's page."""
    platform, found = school.platform, list[Any]()
    owner = context_of(browser, axe)
    with school.site.database.begin() as session:
        olga = new_person(session, name="Olga", email=None, owns_site=True, now=school.site.now())
        school.signed_in(owner, begin_session(session, olga.id, agent="t", now=school.site.now()))
    page = owner.new_page()
    page.goto(f"{school.site.address}/site/platforms")
    for label, value in {
        "Title": "School",
        "Issuer": platform.issuer,
        "Client id": platform.tool.client_id,
        "Authentication request URL": f"{platform.address}/auth",
        "Access token URL": f"{platform.address}/token",
        "Public keys URL (JWKS)": f"{platform.address}/jwks",
        "Deployment ids": "d1",
    }.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("rowheader", name="School").wait_for()
    found += barriers(page)
    owner.close()

    teacher = context_of(browser, axe)
    school.signed_in(teacher, secret_of(school.room, "ines"))
    page = teacher.new_page()
    page.goto(f"{platform.address}/courses/c1/deep/u-ines")
    frame = page.frame_locator("[name=tool]")
    with teacher.expect_page() as opened:
        frame.get_by_role("link", name="Connect it with that account").click()
    found += barriers(tool_in(page)) + barriers(opened.value)
    opened.value.get_by_role("button", name="Connect", exact=True).click()
    opened.value.get_by_role("heading", name="Connected").wait_for()
    page.goto(f"{platform.address}/courses/c1/deep/u-ines")
    frame.get_by_label(re.compile("Handwritten digits")).check()
    found += barriers(tool_in(page))
    frame.get_by_role("button", name="Link", exact=True).click()
    frame.get_by_role("heading", name="Linked", exact=True).wait_for()
    assert [each["title"] for each in platform.returned] == ["Handwritten digits"]
    teacher.close()

    student = context_of(browser, axe)
    page = student.new_page()
    page.goto(f"{platform.address}/courses/c1/l1/u-ada")
    frame = page.frame_locator("[name=tool]")
    frame.locator("input[type=file]").set_input_files(NOTEBOOK)  # type: ignore[arg-type]  # a file in memory
    found += barriers(tool_in(page))
    frame.get_by_role("button", name="Hand in").first.click()
    frame.locator("[data-events]").wait_for(state="attached")
    with school.site.database.read() as session:
        attempt_id = session.scalars(select(Attempt.id)).one()
    reported(school.room, attempt_id, about_digits(40, 10))
    frame.locator(".report .big").wait_for()
    found += barriers(tool_in(page))
    assert page.url.startswith(platform.address)
    student.close()
    assert found == []
