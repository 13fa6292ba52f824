"""A real browser for real pages: Debian's Chromium, driven by Playwright, and axe-core to look for barriers.

`CI=true sh .ci/setup` installs both. Where one is missing the tests skip, but not in CI: there a skip would hide a page
that nobody looked at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
AXE = Path(os.environ.get("AXE_CORE", ROOT / ".venv/node/node_modules/axe-core/axe.min.js"))
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
    path = shutil.which("chromium")
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
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        missing("axe-core")
    return AXE.read_text(encoding="utf-8")


def missing(what: str) -> NoReturn:
    """Skip for want of `what`; in CI, fail."""
    reason = f"{what} is not installed; run: CI=true sh .ci/setup"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
