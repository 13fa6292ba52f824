"""Report pages as a browser shows them: nothing fetched or run, no barrier, no sideways scrolling, good on paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from grader.messages import Words
from grader.render.html import render
from grader.report.report import Report
from tests.unit.gallery import GALLERY, MODELS, RAISED
from tests.unit.markup import parsed
from tests.unit.test_page_safety import PROBES, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Theme = Literal["light", "dark"]
ALL = [pytest.param(shown, id=name) for name, shown in GALLERY.items()]
WIDTHS = [360, 768, 1440]
THEMES: tuple[Theme, ...] = ("light", "dark")


class Visit:
    """A page opened from a file, and everything it asked for or complained about."""

    def __init__(self, browser: Browser, file: Path, *, width: int = 768, theme: Theme = "light") -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page: Page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.goto(file.as_uri())


Open = Callable[..., Visit]


def barriers(seen: Visit, axe: str) -> list[str]:
    """What axe finds in either theme, with everything unfolded."""
    found: list[tuple[Theme, Any]] = []
    seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    seen.page.evaluate(axe)
    for theme in THEMES:
        seen.page.emulate_media(color_scheme=theme)
        found += [(theme, each) for each in seen.page.evaluate("axe.run()")["violations"]]
    return [f"{theme}, {each['id']}: {json.dumps([node['html'] for node in each['nodes']])}" for theme, each in found]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """`visit(report, width=..., theme=..., words=...)` opens the report's page."""
    opened: list[Visit] = []

    def open_page(shown: Report, *, words: Words | None = None, **how: Any) -> Visit:
        file = tmp_path / "report.html"
        file.write_text(render(shown, words=words or Words()), encoding="utf-8")
        opened.append(Visit(browser, file, **how))
        return opened[-1]

    yield open_page
    for one in opened:
        one.page.close()


@pytest.mark.parametrize("shown", ALL)
def test_a_page_asks_for_nothing_but_itself(visit: Open, shown: Report) -> None:
    """No request leaves, and the browser has nothing to complain about."""
    seen = visit(shown)
    assert [url for url in seen.requests if not url.startswith("data:")] == [seen.page.url]
    assert seen.complaints == []


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in PROBES.items()])
def test_a_browser_sees_our_elements_only(visit: Open, text: str) -> None:
    """What a student writes runs nowhere and makes no element, by the browser's own parser."""
    seen = visit(written(text, source=text))
    names = set(seen.page.evaluate("[...document.querySelectorAll('*')].map(e => e.localName)"))
    ours = parsed(render(written("word", source="'word' # word"))).tags

    assert names - {"tbody"} <= ours
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith("data:")] == [seen.page.url]


@pytest.mark.parametrize("shown", ALL)
def test_axe_finds_no_barrier(visit: Open, axe: str, shown: Report) -> None:
    """WCAG 2.2 AA and axe's best practices, contrast too, in both themes, with everything unfolded."""
    assert barriers(visit(shown), axe) == []


@pytest.mark.parametrize("shown", ALL)
def test_nothing_scrolls_sideways(visit: Open, shown: Report) -> None:
    """From the width of a phone up, whatever the words are; long code scrolls inside its own frame."""
    page = visit(shown).page
    needed = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        needed[width] = page.evaluate("document.documentElement.scrollWidth")

    assert needed == {width: width for width in WIDTHS}


def test_the_keyboard_reaches_everything_in_reading_order(visit: Open) -> None:
    """First the way past the head, then the exercises, then what unfolds and scrolls, from top to bottom."""
    page = visit(RAISED).page
    reached = []
    for _ in range(9):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim().split('\\n')[0]"))

    assert reached == [
        "Skip to the report",
        "Softmax in NumPy",
        "One reason",
        "Your code, cell 4",
        "# GRADED CELL: my_softmax",
        "What your code printed",
        "Your code, cell 5",
        "def one(:",
        "About this report",
    ]


def test_what_has_the_focus_is_seen(visit: Open) -> None:
    """The link past the head comes into view when the keyboard reaches it, with a frame around it."""
    page = visit(RAISED).page
    page.keyboard.press("Tab")
    link = page.locator(".skip")

    assert (link.bounding_box() or {"x": -1.0})["x"] >= 0
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_everything_is_on_paper(visit: Open) -> None:
    """Printed, what was folded is open and what scrolled is whole."""
    page = visit(RAISED).page
    page.emulate_media(media="print")

    assert page.locator(".printed").first.evaluate("e => e.getBoundingClientRect().height") > 0
    assert page.locator("pre").first.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert not page.locator(".skip").is_visible()


def test_a_dark_page_is_printed_on_white(visit: Open) -> None:
    """Nobody pays for black paper."""
    page = visit(MODELS, theme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_theme_changes_the_ground(visit: Open) -> None:
    """Dark where the reader's system is dark."""
    grounds = {
        visit(MODELS, theme=theme).page.evaluate("getComputedStyle(document.body).backgroundColor")
        for theme in ("light", "dark")
    }
    assert len(grounds) == 2


def test_code_is_copied_as_it_was_written(visit: Open) -> None:
    """Without line numbers, one line for one line."""
    page = visit(RAISED).page
    copied = page.evaluate(
        "(() => { getSelection().selectAllChildren(document.querySelectorAll('.code')[1]);"
        " return getSelection().toString(); })()"
    )
    assert copied.rstrip() == "def one(:\n    return 1"


def test_a_page_reads_well_in_chinese(visit: Open, axe: str) -> None:
    """The same frame, on a phone too."""
    seen = visit(RAISED, words=Words("zh"), width=360)
    seen.page.evaluate(axe)

    assert seen.page.evaluate("axe.run()")["violations"] == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
