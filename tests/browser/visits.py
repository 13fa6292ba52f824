"""Visits to pages that lie in a file: what they ask for, how wide they are, what axe finds. No test lives here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

Theme: TypeAlias = Literal["light", "dark"]
WIDTHS: Final = (360, 768, 1440)
#: of what axe finds, barriers: to describe every place where all is well took it a third of its time. No sound to load
BARRIERS: Final[dict[str, Any]] = {"resultTypes": ["violations"], "preload": False}
#: what axe looks at in each theme: a page in the dark is the same page in other colours
RULES: Final[dict[Theme, dict[str, Any]]] = {
    "light": BARRIERS,
    "dark": BARRIERS | {"runOnly": ["color-contrast", "link-in-text-block"]},
}


class Visit:
    """A page opened from a file, and everything it asked for or complained about."""

    def __init__(self, tab: Page, file: Path, *, width: int = 768, theme: Theme = "light") -> None:
        self.page = tab
        self.requests: list[str] = []
        self.complaints: list[str] = []
        tab.goto("about:blank")
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=theme, media="null")
        self._listeners: dict[str, Callable[[Any], None]] = {
            "request": lambda request: self.requests.append(request.url),
            "console": lambda message: self.complaints.append(message.text),
            "pageerror": lambda error: self.complaints.append(str(error)),
            "dialog": self._dismiss,
        }
        for event, heard in self._listeners.items():
            tab.on(event, heard)  # type: ignore[call-overload]  # events by their names
        tab.goto(file.as_uri())

    def needs(self) -> dict[int, int]:
        """How wide the page is in windows of these widths, from the width of a phone up."""
        before, needed = self.page.viewport_size, {}
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            needed[width] = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(before or {"width": 768, "height": 900})
        return needed

    def elsewhere(self) -> list[str]:
        """What it asked for besides itself."""
        return [url for url in self.requests if not url.startswith("data:") and url != self.page.url]

    def leave(self) -> None:
        """The tab is the next one's."""
        for event, heard in self._listeners.items():
            self.page.remove_listener(event, heard)

    def _dismiss(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()


Open: TypeAlias = Callable[..., Visit]


def barriers(seen: Visit, axe: str) -> list[str]:
    """What axe finds with everything unfolded; in the dark only what colours can change."""
    found: list[tuple[Theme, Any]] = []
    seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    seen.page.evaluate(axe)
    for theme, rules in RULES.items():
        seen.page.emulate_media(color_scheme=theme)
        found += [(theme, each) for each in seen.page.evaluate("rules => axe.run(rules)", rules)["violations"]]
    return [f"{theme}, {each['id']}: {json.dumps([node['html'] for node in each['nodes']])}" for theme, each in found]
