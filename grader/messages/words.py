"""How a reader is spoken to: messages drawn in a language. What is said is not decided here.

A sentence that a language lacks is drawn in English, and so is one whose fields do not fit; nothing here raises, since
a report is worth more than a perfect word.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from grader.message import PROSE, SENTENCES, TEXT, Field, Message, counted
from grader.messages.catalogue import Language, sentence, stock

_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_LATIN: Final = re.compile(r"[A-Za-z0-9`'\[(]")
_WIDE_ENDS: Final = tuple("。？！：；，）")  # after these no blank is written


@dataclass(frozen=True, slots=True)
class Words:
    """The language, and a course's own texts in it by their English."""

    language: Language = "en"
    course: Mapping[str, str] = field(default_factory=dict)

    def text(self, message: Message) -> str:
        """The message as this reader reads it."""
        if message.key == PROSE:
            return self.prose(str(message.fields.get("text", "")))
        if message.key == TEXT:
            return str(message.fields.get("text", ""))
        if message.key == SENTENCES:
            return self.joined(map(self.text, message.parts))
        filled = self._filled(message, self.language)
        return filled or self._filled(message, "en") or sentence("en", message.key) or message.key

    def say(self, key: str, /, **fields: Field) -> str:
        """As `text`, of the message with this key and these fields."""
        return self.text(Message(key, fields))

    def counted(self, number: int, noun: str) -> str:
        """As `text`, of a number with its noun."""
        return self.text(counted(number, noun))

    def prose(self, english: str) -> str:
        """What a course says, in this language: in its own words, else in those that every lab has; else as it is."""
        return self.course.get(english) or stock(self.language).get(english, english)

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences in a row: one blank between them, none after Chinese punctuation."""
        pieces = list(sentences)
        spaced = (piece if piece.endswith(_WIDE_ENDS) else f"{piece} " for piece in pieces[:-1])
        return "".join([*spaced, *pieces[-1:]])

    def listed(self, things: Iterable[str]) -> str:
        """Things in a row, with this language's comma between them."""
        return (", " if self.language == "en" else "、").join(things)

    def _filled(self, message: Message, language: Language) -> str | None:
        """The sentence of that language with its fields; None if it has none, or one that these do not fit."""
        number = message.fields.get("n")
        template = sentence(language, message.key, number if isinstance(number, int) else None)
        if template is None:
            return None
        try:
            pieces = list(self._strewn(template, message.fields))
        except (LookupError, ValueError):  # a field that is not there, or not a number
            return None
        return "".join(pieces) if language == "en" else _spaced(pieces)

    def _strewn(self, template: str, fields: Mapping[str, Field]) -> Iterator[str]:
        for fixed, name, form, _ in string.Formatter().parse(template):
            yield fixed
            if name is not None:
                yield self._field(fields[name], form or "")

    def _field(self, value: Field, form: str) -> str:
        match value:
            case Message():
                return self.text(value)
            case tuple():
                return self.listed(map(self.text, value))
            case _:
                return format(value, form)


ENGLISH: Final = Words()


def english(message: Message) -> str:
    """The message in English, as programs, logs and the terminal's own errors say it."""
    return ENGLISH.text(message)


def _spaced(pieces: Iterable[str]) -> str:
    """The pieces joined, with a blank where a Chinese character meets a Latin one, as Chinese typesetting has it."""
    text = ""
    for piece in pieces:
        meet = (_HAN.match(text[-1:]) and _LATIN.match(piece)) or (_LATIN.match(text[-1:]) and _HAN.match(piece))
        text += f" {piece}" if meet else piece
    return text
