"""From the English of a report to another language, by reading the catalogue's sentences backwards.

A report is kept in English. Text that no sentence fits - a student's, Python's, a course's own without a translation -
stays as it is. The work is bounded: a text is looked at in at most `MOST_PIECES` pieces, each in time that grows with
its length.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grader.wording.catalogue import LABELS, NOUNS, PHRASES, SENTENCES
from grader.wording.sentence import Language, Sentence
from grader.words import counted

MOST_PIECES = 16
MOST_DEPTH = 4  # sentences within phrases within sentences
MOST_CHARACTERS = 200_000

_SENTENCE_END = re.compile(r"[.?!] (?=\S)")
_COUNTED = re.compile(r"([0-9][0-9,]{0,20}) (.{1,40})")
_WIDE_ENDS = tuple("。？！：；，）")  # after these no blank is written


@dataclass(frozen=True, slots=True)
class Words:
    """How a reader is spoken to: the language, and a course's own texts in it by their English."""

    language: Language = "en"
    course: Mapping[str, str] = field(default_factory=dict)

    def say(self, key: str, /, **fields: str | int) -> str:
        """A label, sentence or phrase of the catalogue in this language. Raises KeyError, or TypeError for fields."""
        table = LABELS if key in LABELS else SENTENCES if key in SENTENCES else PHRASES
        return table[key].filled(self.language, fields)

    def counted(self, number: int, noun: str) -> str:
        """A number with its noun, a key of `NOUNS`."""
        return counted(number, noun) if self.language == "en" else NOUNS[noun].format(f"{number:,}")

    def text(self, english: str) -> str:
        """`english` as this reader reads it; what is not known stays."""
        if self.language == "en" or len(english) > MOST_CHARACTERS:
            return english
        return self._sentences(english, MOST_DEPTH)

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences in a row: one blank between them, none after Chinese punctuation."""
        pieces = list(sentences)
        spaced = (piece if piece.endswith(_WIDE_ENDS) else f"{piece} " for piece in pieces[:-1])
        return "".join([*spaced, *pieces[-1:]])

    def listed(self, things: Iterable[str]) -> str:
        """Things in a row, with this language's comma between them."""
        return (", " if self.language == "en" else "、").join(things)

    def phrase(self, english: str) -> str:
        """As `text`, for a piece of a sentence, such as a value's description."""
        return english if self.language == "en" else self._phrase(english, MOST_DEPTH)

    def _sentences(self, text: str, depth: int) -> str:
        """The split into pieces that leaves the least unknown and, of those, the one with the most fixed words."""
        if text in self.course:
            return self.course[text]
        cuts = [
            0,
            *(match.end() for _, match in zip(range(MOST_PIECES - 1), _SENTENCE_END.finditer(text), strict=False)),
        ]
        cuts.append(len(text) + 1)
        best: dict[int, tuple[tuple[int, int], list[str]]] = {cuts[0]: ((0, 0), [])}
        for number, end in enumerate(cuts[1:], start=1):
            ways = []
            for start in cuts[:number]:
                (unknown, fixed), before = best[start]
                piece = text[start : end - 1]
                found = self._known(piece, depth)
                if found is None:
                    ways.append(((unknown - len(piece), fixed), [*before, piece]))
                else:
                    ways.append(((unknown, fixed + found[0]), [*before, found[1]]))
            best[end] = max(ways, key=lambda way: (way[0], -len(way[1])))
        return self.joined(best[cuts[-1]][1])

    def _known(self, piece: str, depth: int) -> tuple[int, str] | None:
        """How many characters of `piece` are fixed, and its translation; None if no sentence fits."""
        if piece in self.course:
            return len(piece), self.course[piece]
        return self._read(piece, SENTENCES, depth)

    def _read(self, text: str, table: Mapping[str, Sentence], depth: int) -> tuple[int, str] | None:
        for sentence in _heaviest_first(table is PHRASES):
            found = sentence.found_in(text) if depth else None
            if found is not None:
                kinds = {each.name: each.kind for each in sentence.fields}
                fields = {name: self._field(kinds[name], value, depth - 1) for name, value in found.items()}
                return sentence.weight, sentence.filled(self.language, fields)
        return None

    def _field(self, kind: str, text: str, depth: int) -> str:
        match kind:
            case "phrase":
                return self._phrase(text, depth)
            case "sentences":
                return self._sentences(text, depth)
            case _:
                return text

    def _phrase(self, text: str, depth: int) -> str:
        if text in self.course:
            return self.course[text]
        number = _COUNTED.fullmatch(text)
        if number is not None and (noun := _plurals().get(number[2])) is not None:
            return NOUNS[noun].format(number[1])
        found = self._read(text, PHRASES, depth)
        return text if found is None else found[1]


ENGLISH = Words()


@functools.cache
def _heaviest_first(phrases: bool) -> tuple[Sentence, ...]:
    table = PHRASES if phrases else SENTENCES
    return tuple(sorted(table.values(), key=lambda sentence: sentence.weight, reverse=True))


@functools.cache
def _plurals() -> dict[str, str]:
    return {counted(number, noun).partition(" ")[2]: noun for noun in NOUNS for number in (1, 2)}
