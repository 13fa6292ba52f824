"""The class page as a browser shows it: sortable by keyboard, no barrier, no sideways scrolling, nothing fetched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grader.render.class_page import render
from grader.report.class_report import ClassReport
from tests.browser.test_report_pages import WIDTHS, Visit
from tests.unit.classes import CLASS, HOSTILE_CLASS, class_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ALL = [
    pytest.param(CLASS, id="class"),
    pytest.param(HOSTILE_CLASS, id="hostile"),
    pytest.param(class_of(), id="empty"),
]
Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """`visit(class_report, width=..., theme=...)` opens its page."""
    opened: list[Visit] = []

    def open_page(shown: ClassReport, **how: Any) -> Visit:
        file = tmp_path / "class.html"
        file.write_text(render(shown), encoding="utf-8")
        opened.append(Visit(browser, file, **how))
        return opened[-1]

    yield open_page
    for one in opened:
        one.page.close()


@pytest.mark.parametrize("shown", ALL)
def test_a_class_page_asks_for_nothing_but_itself(visit: Open, shown: ClassReport) -> None:
    """Our script runs under the page's own policy, and no other; no request leaves."""
    seen = visit(shown)

    assert [url for url in seen.requests if not url.startswith("data:")] == [seen.page.url]
    assert seen.complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("shown", ALL)
def test_axe_finds_no_barrier(visit: Open, axe: str, shown: ClassReport, theme: str) -> None:
    """In both themes."""
    page = visit(shown, theme=theme).page
    # Chromium counts a script evaluated by the test as the page's own; its policy would refuse it
    page.context.add_init_script(axe)
    page.reload()
    found = page.evaluate("axe.run()")["violations"]

    assert [f"{each['id']}: {json.dumps([node['html'] for node in each['nodes']])}" for each in found] == []


@pytest.mark.parametrize("shown", ALL)
def test_nothing_scrolls_sideways_but_the_tables(visit: Open, shown: ClassReport) -> None:
    """From the width of a phone up."""
    page = visit(shown).page
    needed = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        needed[width] = page.evaluate("document.documentElement.scrollWidth")

    assert needed == {width: width for width in WIDTHS}


def test_a_heading_sorts_by_its_column_from_the_keyboard(visit: Open) -> None:
    """Enter sorts upwards, Enter again downwards; a screen reader hears which."""
    page = visit(CLASS).page
    page.get_by_role("button", name="Percent").focus()
    seen = []
    for _ in range(2):
        page.keyboard.press("Enter")
        first = page.locator("[data-sort] tbody tr").first.locator("th").inner_text()
        last = page.locator("[data-sort] tbody tr").last.locator("th").inner_text()
        seen.append((page.locator("th[aria-sort]").get_attribute("aria-sort"), first, last))

    assert seen == [("ascending", "cem", "anna"), ("descending", "anna", "finn")]
