"""Report pages as a browser shows them: nothing fetched or run, no barrier, no sideways scrolling, good on paper."""

from __future__ import annotations

import pytest

from grader.messages import Words
from grader.render.html import render
from grader.report.report import Report
from tests.browser.visits import WIDTHS, Open, barriers
from tests.unit.gallery import GALLERY, MODELS, RAISED
from tests.unit.markup import parsed
from tests.unit.test_page_safety import PROBES, written

ALL = [pytest.param(shown, id=name) for name, shown in GALLERY.items()]


@pytest.fixture
def visit(visit_html: Open) -> Open:
    """`visit(report, width=..., theme=..., words=...)` opens the report's page."""
    return lambda shown, words=None, **how: visit_html(render(shown, words=words or Words()), **how)


@pytest.mark.parametrize("shown", ALL)
def test_a_page_asks_for_nothing_scrolls_nowhere_and_has_no_barrier(visit: Open, axe: str, shown: Report) -> None:
    """No request leaves, and the browser has nothing to complain about. Nothing is wider than the window, whatever the
    words are: long code scrolls inside its own frame. WCAG 2.2 AA and axe's best practices, with everything unfolded,
    and contrast in both themes."""
    seen = visit(shown)

    assert (seen.requests.count(seen.page.url), seen.elsewhere(), seen.complaints) == (1, [], [])
    assert seen.needs() == {width: width for width in WIDTHS}
    assert barriers(seen, axe) == []


def test_a_browser_sees_our_elements_only(visit: Open) -> None:
    """What a student writes runs nowhere and makes no element, by the browser's own parser."""
    ours = parsed(render(written("word", source="'word' # word"))).tags | {"tbody"}
    found = {}
    for name, text in PROBES.items():
        seen = visit(written(text, source=text))
        names = set(seen.page.evaluate("[...document.querySelectorAll('*')].map(e => e.localName)"))
        found[name] = (names - ours, seen.complaints, seen.elsewhere())

    assert {name: wrong for name, wrong in found.items() if any(wrong)} == {}


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

    assert barriers(seen, axe) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
