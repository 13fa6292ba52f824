"""A regrade set in a real browser: no barrier on its pages, and decided on by keyboard."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.report.report import Report
from grader.service.web.app import make_app
from tests.browser.onlooker import Onlooker
from tests.browser.served import Served, a_site, served
from tests.service.classroom import furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded, two
from tests.service.staff import attempt_of
from tests.service.test_regrading import gaining, judged, the_set

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """A course in which Bob would gain."""
    with a_site(tmp_path, StoppedClock()) as site:
        room = furnish(site)
        graded(room, "ada", two(40, 10))
        graded(room, "bob", two(20, 40))
        with served(make_app(site)) as url:
            yield Served(url, room, site)


@pytest.fixture
def waiting(own: Served) -> uuid.UUID:
    """A set that is judged and waits for its instructor."""
    set_id = the_set(own.room)
    judged(own.room, lambda report: titled(gaining(report)))
    return set_id


def titled(report: Report) -> Report:
    """Each exercise called otherwise, as in every lab."""
    named = (each.model_copy(update={"title": each.id}) for each in report.exercises)
    return report.model_copy(update={"exercises": tuple(named)})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_pages_have_no_barrier_and_fit(
    onlooker: Callable[[str], Onlooker], own: Served, waiting: uuid.UUID, language: str
) -> None:
    """The set, and one of its reports; on a phone and a wide screen, light and dark."""
    regrade_set = f"/courses/ml/regrades/{waiting}"
    report = f"{regrade_set}/reports/{attempt_of(own.room, 'bob').id}/now"
    for path in (regrade_set, report):
        assert onlooker(language).finds(own, "ines", path) == []


def test_it_is_applied_and_undone_by_keyboard(browser: Browser, own: Served, waiting: uuid.UUID) -> None:
    """Reason, button, and back."""
    context = own.as_(browser, "ines")
    page = context.new_page()
    page.goto(f"/courses/ml/regrades/{waiting}")
    page.get_by_label("Reason").focus()
    page.keyboard.type("Too strict.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".badge", has_text="Applied").wait_for()
    page.get_by_text("Undo").first.click()
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    page.locator(".badge", has_text="Undone").wait_for()
    context.close()
