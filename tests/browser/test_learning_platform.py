"""A course of a learning platform in a real browser that blocks third-party cookies, the site in a frame of its pages:
from the registration to a mark that arrives there; and what happens where a frame keeps no cookie at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from grader.service.people.accounts import new_person
from grader.service.people.sessions import begin_session
from grader.service.store.tables import Attempt
from tests.browser.school import School, Unpartitioned, a_school, barriers, context_of, page_of, tool_in
from tests.browser.served import secret_of
from tests.lti_platform.platform import KEEPER, Tool
from tests.service.grading import reported
from tests.service.launched import launching
from tests.service.marked import written
from tests.service.test_regrading import judged

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

NOTEBOOK = {"name": "digits.ipynb", "mimeType": "application/json", "buffer": b'{"cells": []}'}
OPENING = "/courses/ml/openings/digits"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """Neither knows of the other yet."""
    with a_school(tmp_path) as made:
        yield made


def test_a_course_of_a_platform_from_its_registration_to_a_mark(school: School, browser: Browser, axe: str) -> None:
    """The owner registers the platform, the instructor connects the course and links digits into it, the student opens
    the link, hands in and reads the report, the instructor marks it, all within the course's page. The platform has
    nothing before it is published, then the points with a comment, after the mark the new ones, and once the class is
    judged again those, with the mark."""
    found = registered(school, owner_of(school, context_of(browser, axe)))
    teacher, student = context_of(browser, axe), context_of(browser, axe)
    found += linked(school, teacher)
    assert [each["title"] for each in school.platform.returned] == ["Handwritten digits"]
    column = school.platform.courses["c1"].links["l1"].line_item
    assert column is not None
    school.services.item("l1", maximum=column["scoreMaximum"])

    found += handed_in(school, student)
    assert school.told() == []
    found += published_by(school, teacher)
    assert school.told() == [("PendingManual", 70.0)]
    found += read_by(student)
    found += marked_by(school, teacher)
    assert school.told()[1:] == [("FullyGraded", 85.0)]
    assert f"{school.site.address}/attempts/" in str(school.services.posts[-1][1]["comment"])
    found += judged_again_by(school, teacher)
    assert school.told()[2:] == [("FullyGraded", 95.0)]
    assert found == []
    for each in (teacher, student):
        assert each.pages[0].url.startswith(school.platform.address)
        each.close()


def owner_of(school: School, context: BrowserContext) -> BrowserContext:
    """The browser of the site's owner."""
    with school.site.database.begin() as session:
        olga = new_person(session, name="Olga", email=None, owns_site=True, now=school.site.now())
        school.signed_in(context, begin_session(session, olga.id, agent="t", now=school.site.now()))
    return context


def registered(school: School, owner: BrowserContext) -> list[Any]:
    """By the site's owner, who types what the platform says of itself."""
    platform, page = school.platform, page_of(owner)
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
    found = barriers(page)
    owner.close()
    return found


def linked(school: School, teacher: BrowserContext) -> list[Any]:
    """By an instructor of the platform, who is another at the site, and says there which course it is."""
    school.signed_in(teacher, secret_of(school.room, "ines"))
    page, deep = page_of(teacher), f"{school.platform.address}/courses/c1/deep/u-ines"
    page.goto(deep)
    frame = page.frame_locator("[name=tool]")
    with teacher.expect_page() as opened:
        frame.get_by_role("link", name="Connect it with that account").click()
    found = barriers(tool_in(page)) + barriers(opened.value)
    opened.value.get_by_role("button", name="Connect", exact=True).click()
    opened.value.get_by_role("heading", name="Connected").wait_for()
    opened.value.close()
    page.goto(deep)
    frame.get_by_label(re.compile("Handwritten digits")).check()
    found += barriers(tool_in(page))
    frame.get_by_role("button", name="Link", exact=True).click()
    frame.get_by_role("heading", name="Linked", exact=True).wait_for()
    return found


def handed_in(school: School, student: BrowserContext) -> list[Any]:
    """By a student who opens the link; it is graded, and they read that it is not published."""
    page = page_of(student)
    page.goto(f"{school.platform.address}/courses/c1/l1/u-ada")
    frame = page.frame_locator("[name=tool]")
    frame.locator("input[type=file]").set_input_files(NOTEBOOK)  # type: ignore[arg-type]  # a file in memory
    found = barriers(tool_in(page))
    frame.get_by_role("button", name="Hand in").first.click()
    frame.locator("[data-events]").wait_for(state="attached")
    with school.site.database.read() as session:
        attempt_id = session.scalars(select(Attempt.id)).one()
    reported(school.room, attempt_id, written(40, 30))
    frame.get_by_text("It is graded.").wait_for()
    return found + barriers(tool_in(page))


def read_by(student: BrowserContext) -> list[Any]:
    """By the student, in the frame where they handed it in."""
    frame = tool_in(student.pages[0])
    frame.goto(frame.url)
    frame.locator(".report .big").wait_for()
    return barriers(frame)


def published_by(school: School, teacher: BrowserContext) -> list[Any]:
    """By the instructor, in the frame where they linked it."""
    frame = tool_in(teacher.pages[0])
    frame.goto(f"{school.site.address}{OPENING}")
    frame.locator("summary").get_by_text("Publish", exact=True).click()
    found = barriers(frame)
    frame.get_by_role("button", name="Publish now").click()
    frame.locator("summary").get_by_text("Take publishing back", exact=True).wait_for()
    return found


def marked_by(school: School, teacher: BrowserContext) -> list[Any]:
    """With 15 of 20 points, in the same frame."""
    frame = tool_in(teacher.pages[0])
    frame.goto(f"{school.site.address}{OPENING}/marking/why")
    frame.locator("#points").fill("15")
    found = barriers(frame)
    frame.get_by_role("button", name="Save", exact=True).click()
    frame.get_by_text("The mark was saved.").wait_for()
    return found


def judged_again_by(school: School, teacher: BrowserContext) -> list[Any]:
    """By another judgement, which gives ten points more, in the same frame; nothing is told before it is applied."""
    frame = tool_in(teacher.pages[0])
    frame.goto(f"{school.site.address}{OPENING}/regrades")
    frame.get_by_role("button", name="Judge attempts again").click()
    frame.locator("progress").wait_for()
    assert judged(school.room, lambda _: written(40, 40)) == 1
    assert len(school.told()) == 2
    frame.goto(frame.url)
    frame.get_by_label("Reason").fill("Too strict.")
    found = barriers(frame)
    frame.get_by_role("button", name="Apply to all").click()
    frame.locator(".badge", has_text="Applied").wait_for()
    return found


#: where the platform says that it keeps something for us, and what then stands in the frame
KEPT: Final[dict[str | None, Literal["button", "link"]]] = {
    None: "link",
    "_parent": "button",
    KEEPER: "button",
    "nowhere": "link",
}


def test_where_a_frame_keeps_no_cookie_it_goes_on_in_a_window(school: School, browser: Browser, axe: str) -> None:
    """By what the platform's page, or a frame of it, keeps for us: the launch is believed in the frame, and its button
    opens the page. Where the platform keeps nothing, the link begins the launch again there. One that left its frame
    on the way is refused, and not asked about for ever."""
    platform, found, complaints, came = school.platform, list[Any](), list[str](), list[str]()
    school.here.app = Unpartitioned(launching(school.room, platform=platform).app)
    students = [context_of(browser, axe) for _ in KEPT]
    for student, (platform.storage, onward) in zip(students, KEPT.items(), strict=True):
        page = page_of(student)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{platform.address}/courses/c1/l1/u-ada")
        page.frame_locator("[name=tool]").get_by_role(onward, name="Open in a new window").wait_for()
        found += barriers(tool_in(page))
        with student.expect_page() as opened:
            tool_in(page).get_by_role(onward).click()
        opened.value.locator("input[type=file]").wait_for(state="attached")
        came.append(opened.value.url)
    page.goto(str(tool_in(page).locator("[data-there]").get_attribute("data-there")))
    page.get_by_role("heading", name="This could not be opened").wait_for()
    for student in students:
        student.close()
    assert came == [f"{school.site.address}/courses/ml/digits"] * len(KEPT)
    assert (found, complaints) == ([], [])


def test_a_platform_that_registered_itself_is_told_to_close(school: School, browser: Browser, axe: str) -> None:
    """Whether it opened the owner's link in a frame of its page or in a window of its own."""
    owner, platform, found = owner_of(school, context_of(browser, axe)), school.platform, list[Any]()
    for where in ("tool", "_blank"):
        platform.tool = Tool(address=school.site.address, client_id=where)
        page = page_of(owner)
        page.goto(f"{school.site.address}/site/platforms")
        page.get_by_role("button", name="Make a link").click()
        link = page.get_by_label("Registration link").input_value()
        page.goto(f"{platform.address}/tools/new?{urlencode({'link': link, 'where': where})}")
        if where == "tool":
            page.get_by_role("link", name="Add it").click()
            page.frame_locator("[name=tool]").get_by_role("button", name="Register").click()
        else:
            with owner.expect_page() as opened:
                page.get_by_role("link", name="Add it").click()
            found += barriers(opened.value)
            opened.value.get_by_role("button", name="Register").click()
        page.get_by_role("heading", name="Closed").wait_for()
    found += barriers(opened.value)
    owner.close()
    assert found == []
