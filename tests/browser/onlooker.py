"""Somebody who only looks at pages of sites: one tab for all, and what is wrong with each page. No test lives here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tests.browser.served import Served
from tests.browser.visits import BARRIERS, WIDTHS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: WCAG 2.2 AA with axe's own best practices
ALL: Final[dict[str, Any]] = BARRIERS | {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}


class Onlooker:
    """Looks at one page after the other, as whoever may see it. A page neither remembers nor changes anything, and a
    browser of its own would cost as much as looking at it."""

    def __init__(self, browser: Browser, axe: str, language: str) -> None:
        self.context = browser.new_context(locale=language, reduced_motion="reduce")
        # colours that are still on their way to another theme have no contrast of their own: hence no motion
        self.context.add_init_script(axe)
        self.page: Page = self.context.new_page()
        self._said: list[str] = []
        self.page.on("console", lambda message: self._said.append(message.text))
        self.page.on("pageerror", lambda error: self._said.append(str(error)))

    def finds(self, site: Served, who: str, path: str) -> list[str]:
        """What is wrong with that page: that there is none; barriers, with everything unfolded, on a wide screen and on
        a phone in the dark; a window that it is too wide for; what the browser complains about. The site may end then:
        no page is left open that would ask it for news."""
        site.sign_in(self.context, who)
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": 1440, "height": 900})
        self._said.clear()
        answer = self.page.goto(f"{site.url}{path}")
        refused = [] if answer is not None and answer.ok else ["there is no such page"]
        wide = barriers(self.page)
        self.page.emulate_media(color_scheme="dark")
        self.page.set_viewport_size({"width": 360, "height": 800})
        narrow = barriers(self.page)
        needs = {width: needed(self.page, width) for width in WIDTHS}
        too_wide = [f"in a window of {width}: {found} wide" for width, found in needs.items() if found != width]
        wrong = [f"{path}: {each}" for each in (*refused, *wide, *narrow, *too_wide, *self._said)]
        self.page.goto("about:blank")
        return wrong


def barriers(page: Page) -> list[str]:
    """What axe, which was there before the page, finds with everything unfolded."""
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(d => d.open = true)")
    found = page.evaluate("rules => axe.run(rules).then(found => found.violations)", ALL)
    return [f"{each['id']}: {json.dumps([node['html'] for node in each['nodes']])}" for each in found]


def needed(page: Page, width: int) -> int:
    """How wide a page is in a window of that width."""
    page.set_viewport_size({"width": width, "height": 800})
    return int(page.evaluate("document.documentElement.scrollWidth"))
