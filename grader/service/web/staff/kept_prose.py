"""Prose of students that was drawn, kept by its text for as long as the process lives: drawing takes a process of
its own, and whoever marks waits for the next answer after every key. No page stands here."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

from markupsafe import Markup

from grader.render.prose import Drawing, drawn

#: texts, the last used ones
MOST: Final = 300


class KeptProse:
    """Draws each text once. What could not be drawn is None, and stays so: the text itself is shown."""

    def __init__(self, drawing: Drawing = drawn, *, most: int = MOST) -> None:
        self._drawing = drawing
        self._most = most
        self._kept: OrderedDict[str, Markup | None] = OrderedDict()
        self._lock = threading.Lock()

    def html(self, text: str) -> Markup | None:
        """The text as HTML that a page may hold."""
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
                return self._kept[text]
        (made,) = self._drawing([text])
        with self._lock:
            self._kept[text] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
