"""One sentence in all languages: its fields, filling it in, and reading it backwards. No sentence stands here.

A field is written `{name:kind}` in the English text and `{name}` in the others. The kind says what may stand there, and
what becomes of it in another language:

    text        anything, kept as it is: a value, a file name, what Python said. The kind of a field without one
    word        one word without blanks, kept: a name, a class
    number      digits, with commas or a point, kept
    quoted      a text in quotes, as `repr` writes it, kept
    phrase      a piece from the table of phrases, translated
    sentences   whole sentences, translated

Reading backwards looks for the fixed parts in order, twice at most and without trying again, so its time grows with the
text and no faster, whatever the text is.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias, get_args

Language: TypeAlias = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_KINDS = {
    "text": re.compile(r".*", re.DOTALL),
    "word": re.compile(r"[^\s`]{1,200}"),
    "number": re.compile(r"[0-9][0-9,.]{0,30}"),
    "quoted": re.compile(r"'.*'|\".*\"", re.DOTALL),
    "phrase": re.compile(r".+", re.DOTALL),
    "sentences": re.compile(r".+", re.DOTALL),
}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z0-9`'\[(]")


@dataclass(frozen=True, slots=True)
class Field:
    """A place in a sentence that is filled in."""

    name: str
    kind: str


@dataclass(frozen=True)
class Sentence:
    """What is said, in English and in Simplified Chinese. Frozen; not slotted, since its parts are cached."""

    en: str
    zh: str

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the English text in order. Raises ValueError for a kind that does not exist."""
        return tuple(field for _, field in _parts(self.en) if field is not None)

    @cached_property
    def literals(self) -> tuple[str, ...]:
        """The fixed parts around the fields: always one more than there are fields, some of them empty."""
        parts = list(_parts(self.en))
        ends_fixed = parts[-1][1] is None
        return tuple(literal for literal, _ in parts) + (() if ends_fixed else ("",))

    @cached_property
    def weight(self) -> int:
        """How many characters are fixed: of two sentences that fit a text, the one with more of them is meant."""
        return sum(map(len, self.literals))

    def filled(self, language: Language, fields: Mapping[str, str | int]) -> str:
        """The sentence with its fields. Raises TypeError unless exactly its own fields are given."""
        if set(fields) != {field.name for field in self.fields}:
            raise TypeError(f"{self.en!r} takes {[f.name for f in self.fields]}, not {list(fields)}")
        if language == "en":
            return "".join(_strewn(self.en, fields))
        return _spaced(_strewn(self.zh, fields))

    def found_in(self, text: str) -> dict[str, str] | None:
        """The fields with which the English sentence is exactly `text`; None if it is another."""
        literals = self.literals
        if not text.startswith(literals[0]) or not text.endswith(literals[-1]) or len(text) < self.weight:
            return None
        if len(literals) == 1:
            return {} if text == literals[0] else None
        inner = text[len(literals[0]) : len(text) - len(literals[-1])]
        for pieces in (_split_from_left(inner, literals[1:-1]), _split_from_right(inner, literals[1:-1])):
            if pieces is not None and all(map(_may_stand, self.fields, pieces)):
                return {field.name: piece for field, piece in zip(self.fields, pieces, strict=True)}
        return None


def _parts(template: str) -> Iterator[tuple[str, Field | None]]:
    for literal, name, kind, _ in string.Formatter().parse(template):
        if kind and kind not in _KINDS:
            raise ValueError(f"{template!r}: there is no kind of field called {kind!r}")
        yield literal, None if name is None else Field(name, kind or "text")


def _strewn(template: str, fields: Mapping[str, str | int]) -> Iterator[str]:
    for literal, field in _parts(template):
        yield literal
        if field is not None:
            yield str(fields[field.name])


def _spaced(pieces: Iterable[str]) -> str:
    """The pieces joined, with a blank where a Chinese character meets a Latin one, as Chinese typesetting has it."""
    text = ""
    for piece in pieces:
        meet = (_HAN.match(text[-1:]) and _LATIN.match(piece)) or (_LATIN.match(text[-1:]) and _HAN.match(piece))
        text += f" {piece}" if meet else piece
    return text


def _may_stand(field: Field, piece: str) -> bool:
    return _KINDS[field.kind].fullmatch(piece) is not None


def _split_from_left(text: str, between: tuple[str, ...]) -> list[str] | None:
    pieces = []
    for literal in between:
        piece, found, text = text.partition(literal)
        if not found:
            return None
        pieces.append(piece)
    return [*pieces, text]


def _split_from_right(text: str, between: tuple[str, ...]) -> list[str] | None:
    pieces = []
    for literal in reversed(between):
        text, found, piece = text.rpartition(literal)
        if not found:
            return None
        pieces.append(piece)
    return [text, *reversed(pieces)]
