"""Somebody at a browser who uses a site: what they open and press, and whether any page they meet has barriers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.browser.visits import RULES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: longer than anything takes on a machine that does much else
PATIENCE_MS = 120_000


class Somebody:
    """One person's browser. What it complains about, and what axe finds on the pages they look at, is kept; without
    `axe` they only look."""

    def __init__(self, browser: Browser, address: str, axe: str | None) -> None:
        self.context = browser.new_context(base_url=address, accept_downloads=True, locale="en-GB")
        self.context.set_default_timeout(PATIENCE_MS)
        self._looks_closely = axe is not None
        if axe is not None:
            self.context.add_init_script(axe)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.barriers: list[str] = []
        self.met: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(f"{said.location.get('url')}: {said.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def goes_to(self, path: str) -> None:
        """Open a page, and look at it."""
        self.page.goto(path)
        self.looks()

    def follows(self, name: str) -> None:
        """Press the link of that name, and look at where it leads."""
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.looks()

    def presses(self, name: str) -> None:
        """Press the button of that name, and look at what comes."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        self.looks()

    def unfolds(self, name: str) -> None:
        """Open what lies behind a summary."""
        self.page.locator("summary").get_by_text(name, exact=True).first.click()

    def sees(self, text: str) -> None:
        """Wait until it is there."""
        self.page.get_by_text(text).filter(visible=True).first.wait_for()

    def looks(self) -> None:
        """Let axe look at the page in both themes, and at a phone's width whether it scrolls sideways."""
        self.met.append(self.page.url)
        if not self._looks_closely:
            return
        for theme, rules in RULES.items():
            self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found: list[Any] = self.page.evaluate("rules => axe.run(rules).then(found => found.violations)", rules)
            for each in found:
                nodes = json.dumps([node["html"] for node in each["nodes"]])[:600]
                self.barriers.append(f"{self.page.url}, {theme}, {each['id']}: {nodes}")
        self.page.set_viewport_size({"width": 360, "height": 900})
        if (width := self.page.evaluate("document.documentElement.scrollWidth")) > 360:
            self.barriers.append(f"{self.page.url} is {width} wide on a phone")
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def leaves(self) -> None:
        """Close the browser."""
        self.context.close()
