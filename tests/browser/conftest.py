"""A real browser for real pages: Debian's Chromium, driven by Playwright, and axe-core to look for barriers.

The program without windows comes first: the other one draws a window of its own around each page of ours.

`CI=true sh .ci/setup` installs both. Where one is missing the tests skip, but not in CI: there a skip would hide a page
that nobody looked at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from tests.browser.onlooker import Onlooker
from tests.browser.visits import Open, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
AXE = Path(os.environ.get("AXE_CORE", ROOT / ".venv/node/node_modules/axe-core/axe.min.js"))
#: the first of these that is installed
PROGRAMS = ("chromium-headless-shell", "chromium")
#: a browser that asks nobody for anything, and runs as root too
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests of a worker."""
    path = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if path is None:
        missing("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all pages that lie in a file: they remember nothing, and a window costs more than most of them."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def visit_html(tab: Page, tmp_path: Path) -> Iterator[Open]:
    """`visit_html(text, width=..., theme=...)` opens the page that has this source; one at a time."""
    opened: list[Visit] = []

    def visit(text: str, **how: Any) -> Visit:
        while opened:
            opened.pop().leave()
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        opened.append(Visit(tab, tmp_path / "page.html", **how))
        return opened[0]

    yield visit
    while opened:
        opened.pop().leave()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        missing("axe-core")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def onlooker(browser: Browser, axe: str) -> Callable[[str], Onlooker]:
    """`onlooker("zh").finds(site, "ada", "/")`: one reader of each language for all pages of sites."""
    return cache(partial(Onlooker, browser, axe))


def missing(what: str) -> NoReturn:
    """Skip for want of `what`; in CI, fail."""
    reason = f"{what} is not installed; run: CI=true sh .ci/setup"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
