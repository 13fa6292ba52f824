"""Prose of students that was drawn, kept by its text for as long as the process lives: drawing takes a process of
its own, and whoever marks waits for the next answer after every key. No page stands here."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from grader.render.prose import Drawing, drawn

#: texts, the last used ones
MOST: Final = 300


class KeptProse:
    """Draws each text once. What could not be drawn is None, and stays so: the text itself is shown."""

    def __init__(self, drawing: Drawing = drawn, *, most: int = MOST) -> None:
        self._draws = drawing
        self._most = most
        self._kept: OrderedDict[str, Markup | None] = OrderedDict()
        self._at_work: set[str] = set()
        self._changed = threading.Condition()

    def html(self, text: str) -> Markup | None:
        """The text as HTML that a page may hold. One that is being drawn already is waited for."""
        with self._changed:
            self._changed.wait_for(lambda: text not in self._at_work)
            if text in self._kept:
                self._kept.move_to_end(text)
                return self._kept[text]
            self._at_work.add(text)
        (made,) = self._drawn([text])
        return made

    def has(self, text: str) -> bool:
        """Whether it is drawn, or about to be."""
        with self._changed:
            return text in self._kept or text in self._at_work

    def draw_ahead(self, texts: Iterable[str]) -> None:
        """Draw those that are not drawn yet, by one process: it takes as long for ten as for one."""
        with self._changed:
            new = [text for text in dict.fromkeys(texts) if text not in self._kept and text not in self._at_work]
            self._at_work.update(new)
        if new:
            self._drawn(new)

    def _drawn(self, texts: Sequence[str]) -> Sequence[Markup | None]:
        """Of several, one that takes too long leaves those behind it as texts: they are tried again by themselves."""
        made: Sequence[Markup | None] = ()
        try:
            made = self._draws(texts)
            return made
        finally:
            with self._changed:
                self._kept |= {
                    text: html for text, html in zip(texts, made, strict=False) if html is not None or len(texts) == 1
                }
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
                self._at_work.difference_update(texts)
                self._changed.notify_all()
