"""The class page as a browser shows it: sortable by keyboard, no barrier, no sideways scrolling, nothing fetched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.render.class_page import render
from grader.report.class_report import ClassReport
from tests.browser.visits import RULES, WIDTHS, Open
from tests.unit.classes import CLASS, HOSTILE_CLASS, class_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ALL = [
    pytest.param(CLASS, id="class"),
    pytest.param(HOSTILE_CLASS, id="hostile"),
    pytest.param(class_of(), id="empty"),
]


@pytest.fixture
def visit(visit_html: Open) -> Open:
    """`visit(class_report, width=..., theme=...)` opens its page."""
    return lambda shown, **how: visit_html(render(shown), **how)


@pytest.mark.parametrize("shown", ALL)
def test_a_class_page_asks_for_nothing_and_only_its_tables_scroll(visit: Open, shown: ClassReport) -> None:
    """Our script runs under the page's own policy, and no other; no request leaves. From the width of a phone up
    nothing scrolls sideways but the tables."""
    seen = visit(shown)

    assert (seen.requests.count(seen.page.url), seen.elsewhere(), seen.complaints) == (1, [], [])
    assert seen.needs() == {width: width for width in WIDTHS}


@pytest.mark.parametrize("shown", ALL)
def test_axe_finds_no_barrier(browser: Browser, tmp_path: Path, axe: str, shown: ClassReport) -> None:
    """In both themes; in the dark only what colours can change."""
    page = browser.new_page(viewport={"width": 768, "height": 900})
    # Chromium counts a script evaluated by the test as the page's own; its policy would refuse it
    page.add_init_script(axe)
    (tmp_path / "class.html").write_text(render(shown), encoding="utf-8")
    page.goto((tmp_path / "class.html").as_uri())
    found = []
    for theme, rules in RULES.items():
        page.emulate_media(color_scheme=theme)
        found += [(theme, each) for each in page.evaluate("rules => axe.run(rules)", rules)["violations"]]
    page.close()

    assert [f"{theme}, {e['id']}: {json.dumps([node['html'] for node in e['nodes']])}" for theme, e in found] == []


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
