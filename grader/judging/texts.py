"""The rules for a text that somebody wrote: how long it is, and what it names. What it says, a person marks.

Words are counted as they are written with blanks between them; in scripts without blanks, each character is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from grader.judging.examination import Fault
from grader.judging.question import Reaction
from grader.judging.rules import Rule
from grader.messages import say

_UNSPACED: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD: Final = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+")


@dataclass(frozen=True, slots=True)
class HasWords(Rule):
    """The text has at least so many words."""

    least: int

    def fault(self, reaction: Reaction) -> Fault | None:
        text = reaction.seen.value
        if not isinstance(text, str):
            return Fault(detail=say("text_none"))
        found = len(_WORD.findall(text))
        return None if found >= self.least else Fault(detail=say("text_words", found=found, asked=self.least))


@dataclass(frozen=True, slots=True)
class Mentions(Rule):
    """The text names these terms, each in one of its spellings, and each for its share of the points.

    Capitals do not matter, and a term is no part of a longer word. Which terms are lacking is not told.
    """

    terms: tuple[tuple[str, ...], ...]

    def fault(self, reaction: Reaction) -> Fault | None:
        text = reaction.seen.value
        if not isinstance(text, str):
            return Fault(detail=say("text_none"))
        plain = " ".join(text.split()).casefold()
        found = sum(any(_is_in(spelling, plain) for spelling in term) for term in self.terms)
        if found == len(self.terms):
            return None
        detail = say("text_terms", found=found, asked=len(self.terms))
        return Fault(detail=detail, share=Fraction(found, len(self.terms)))


def mentions(*terms: str | tuple[str, ...]) -> Mentions:
    """The text names each of these, a term or a tuple of its spellings: `mentions("slope", ("minimum", "minima"))`.

    Raises ValueError if there is none, or an empty one.
    """
    spelled = tuple((term,) if isinstance(term, str) else tuple(term) for term in terms)
    if not spelled or not all(term and all(spelling.strip() for spelling in term) for term in spelled):
        raise ValueError("mentions: it names no term, or an empty one; say which words count")
    return Mentions(spelled)


def _is_in(spelling: str, text: str) -> bool:
    """Whether it stands in the text for itself; scripts that write no blanks have no such borders."""
    words = re.escape(" ".join(spelling.split()).casefold())
    return re.search(rf"(?<![a-z0-9_]){words}(?![a-z0-9_])", text) is not None
