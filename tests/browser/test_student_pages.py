"""The student's pages in a real browser: no barrier, no sideways scrolling, in both themes; handing in by mouse, by
keyboard and without script; a report that comes by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from grader.policy.mail import About
from grader.policy.state import State
from grader.service.people.mail_choices import key_of, leaving
from grader.service.people.outbox import FACT
from grader.service.store.identity import fact
from grader.service.store.outline import Stage
from grader.service.store.tables import Attempt
from grader.service.web.app import make_app
from tests.browser.onlooker import Onlooker, barriers
from tests.browser.served import Served, a_site, served
from tests.service.classroom import furnish
from tests.service.clock import StoppedClock
from tests.service.grading import hand_in as handed_in
from tests.service.grading import reported, taken
from tests.service.scenes import ALONE, Scenes, about_digits, staged
from tests.service.test_student_pages import OPENING, PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOTEBOOK = {"name": "digits.ipynb", "mimeType": "application/json", "buffer": b'{"cells": []}'}


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Scenes, Served]]:
    """Everything that a page can show, to be looked at; 200 attempts at one opening."""
    clock = StoppedClock()
    with a_site(tmp_path_factory.mktemp("scenes"), clock) as site:
        made = staged(site, clock, many=200)
        with served(make_app(site)) as url:
            yield made, Served(url, made.room, site)


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Served]:
    """A course to hand in to."""
    with a_site(tmp_path, StoppedClock()) as site:
        room = furnish(site)
        with served(make_app(site)) as url:
            yield Served(url, room, site)


@pytest.fixture
def ada(browser: Browser, course: Served) -> Iterator[Page]:
    """Ada's browser, before the opening."""
    context = course.as_(browser, "ada")
    page = context.new_page()
    page.goto(OPENING)
    yield page
    context.close()


#: every page in English; in Chinese one of each template
LOOKED_AT = [*((name, "en") for name in [*PAGES, "no course"])]
LOOKED_AT += [
    (name, "zh") for name in ("home", "course", "opening", "attempt with changes", "attempt waiting", "receipt")
]


@pytest.mark.parametrize(("name", "language"), LOOKED_AT)
def test_a_page_has_no_barrier_and_fits(
    onlooker: Callable[[str], Onlooker], scenes: tuple[Scenes, Served], name: str, language: str
) -> None:
    """On a phone and a wide screen, light and dark; the browser has nothing to complain about."""
    made, site = scenes
    who, path = (ALONE, "/") if name == "no course" else ("ada", made.pages[name])
    assert onlooker(language).finds(site, who, path) == []


@pytest.mark.parametrize("path", ["/account/mail", "/mail/off/{off}", "/sign-in", "/courses/ml/people/invitations"])
def test_a_form_of_a_site_that_sends_mail_has_no_barrier_and_fits(
    onlooker: Callable[[str], Onlooker], course: Served, path: str
) -> None:
    """Where one chooses, where one turns a kind off, where a link is asked for, and where staff invite."""
    with course.site.database.begin() as session:
        fact(session, FACT, {"since": ""})
        off = leaving(key_of(session), course.room.people["ada"], About.PUBLISHED)
    who = "ines" if "people" in path else "ada"

    assert onlooker("en").finds(course, who, path.format(off=off)) == []


def test_attempts_are_read_on_a_phone_without_scrolling_sideways(
    browser: Browser, scenes: tuple[Scenes, Served]
) -> None:
    """Each stands as a block, its cells below each other beside what they are."""
    made, site = scenes
    context = site.as_(browser, "ada", viewport={"width": 380, "height": 800})
    page = context.new_page()
    page.goto(made.pages["opening late"])
    table = page.get_by_role("region", name="Your attempts")

    assert table.evaluate("region => region.scrollWidth - region.clientWidth") == 0
    assert page.get_by_role("columnheader", name="Received").count() == 1
    context.close()


def test_the_keyboard_alone_hands_in(ada: Page) -> None:
    """Past the head, to the file, to the button, to the attempt; the focus is always seen."""
    ada.on("filechooser", lambda _: None)  # from now on: what asks the browser to tell of one does not wait for it
    ada.keyboard.press("Tab")
    assert ada.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    ada.keyboard.press("Enter")
    for _ in range(5):
        ada.keyboard.press("Tab")
        if ada.evaluate("document.activeElement.type") == "file":
            break
    with ada.expect_file_chooser() as chooser:
        ada.keyboard.press("Enter")
    chooser.value.set_files(NOTEBOOK)  # type: ignore[arg-type]  # a file as data
    ada.keyboard.press("Tab")
    assert ada.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    ada.keyboard.press("Enter")
    ada.wait_for_url("**/attempts/*")


def test_without_script_a_form_is_a_form(browser: Browser, course: Served) -> None:
    """Handed in, and the page of the attempt looks again by itself."""
    context = course.as_(browser, "ada", java_script_enabled=False)
    page = context.new_page()
    page.goto(OPENING)
    page.set_input_files("input[type=file]", NOTEBOOK)  # type: ignore[arg-type]  # a file as data
    page.click("#hand-in button")
    assert "/attempts/" in page.url
    assert page.locator("meta[http-equiv=refresh]").count() == 1
    context.close()


def test_a_double_click_is_one_attempt(ada: Page, course: Served) -> None:
    """Whatever a nervous hand does."""
    ada.set_input_files("input[type=file]", NOTEBOOK)  # type: ignore[arg-type]  # a file as data
    ada.dblclick("#hand-in button")
    ada.wait_for_url("**/attempts/*")
    with course.site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_a_file_may_be_dropped(ada: Page) -> None:
    """Onto the frame around the field, which then names it."""
    transfer = ada.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['{}'], 'dropped.ipynb')); return t; }"
    )
    ada.dispatch_event(".drop", "drop", {"dataTransfer": transfer})
    assert ada.evaluate("document.querySelector('input[type=file]').files[0].name") == "dropped.ipynb"


def test_several_notebooks_are_chosen_at_once(ada: Page, course: Served) -> None:
    """They are one attempt, kept as a zip."""
    both = [{**NOTEBOOK, "name": name} for name in ("numbers.ipynb", "words.ipynb")]
    ada.set_input_files("input[type=file]", both)  # type: ignore[arg-type]  # files as data
    ada.click("#hand-in button")
    ada.wait_for_url("**/attempts/*")
    with course.site.database.read() as session:
        assert session.scalars(select(Attempt.filename)).all() == ["notebooks.zip"]


def test_what_is_refused_is_said_in_place(ada: Page, axe: str) -> None:
    """The page stays, the field has the focus and the words beside it; the next try works."""
    ada.evaluate("window.stayed = true")
    ada.set_input_files("input[type=file]", {**NOTEBOOK, "buffer": b""})  # type: ignore[arg-type]  # a file as data
    ada.click("#hand-in button")
    ada.wait_for_selector("#error-notebook")
    assert ada.evaluate("document.activeElement.name") == "notebook"
    assert ada.evaluate("window.stayed")
    ada.evaluate(axe)
    assert barriers(ada) == []
    ada.set_input_files("input[type=file]", NOTEBOOK)  # type: ignore[arg-type]  # a file as data
    ada.click("#hand-in button")
    ada.wait_for_url("**/attempts/*")


def test_what_is_far_too_large_is_not_even_sent(ada: Page) -> None:
    """Nobody waits for 300 MB to be refused."""
    sent: list[str] = []
    ada.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    ada.evaluate(
        "() => { const t = new DataTransfer(); t.items.add(new File([new Uint8Array(3e8)], 'big.ipynb'));"
        " document.querySelector('input[type=file]').files = t.files; }"
    )
    ada.click("#hand-in button")
    ada.locator("[data-said]", has_text="Clear its outputs").wait_for()
    assert [each for each in sent if "/static/icon.svg" not in each] == []  # which a browser fetches when it likes


def test_a_connection_that_is_cut_is_said_and_costs_nothing(ada: Page) -> None:
    """The button is there again."""
    ada.route(f"**{OPENING}", lambda route: route.abort())
    ada.set_input_files("input[type=file]", NOTEBOOK)  # type: ignore[arg-type]  # a file as data
    ada.click("#hand-in button")
    ada.locator("[data-said]", has_text="never counted twice").wait_for()
    assert ada.get_attribute("#hand-in button", "aria-disabled") == "false"


@pytest.mark.parametrize("events", [True, False], ids=["by events", "by asking, where there are no events"])
def test_a_report_comes_by_itself(ada: Page, course: Served, events: bool) -> None:
    """From the queue over each exercise to the report, on the same page, which is never loaded anew."""
    attempt_id = taken(handed_in(course.room, "ada")).attempt_id
    if not events:
        ada.route("**/events", lambda route: route.abort())
    ada.goto(f"/attempts/{attempt_id}")
    ada.evaluate("window.stayed = true")
    with course.site.database.begin() as session:
        attempt = session.get_one(Attempt, attempt_id)
        attempt.state, attempt.claimed_at = State.RUNNING, course.site.now()
        attempt.stage = Stage(exercise=2, exercises=2, title="The model")
    ada.wait_for_selector("text=Exercise 2 of 2")
    reported(course.room, attempt_id, about_digits(40, 10))
    ada.wait_for_selector(".report .big")

    assert ada.evaluate("window.stayed")
    assert ada.evaluate("document.activeElement.id") == "main"
    assert ada.locator("[data-events]").count() == 0
