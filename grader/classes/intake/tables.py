"""A table that a platform or a spreadsheet wrote as text: from bytes of some encoding to numbered lines of cells."""

from __future__ import annotations

import csv
import io
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.classes.intake.spelling import chinese
from grader.errors import UsageError
from grader.limits import MEGABYTE

_MOST_BYTES: Final = 16 * MEGABYTE
_SEPARATORS: Final = ",;\t"
_LOOKED_AT: Final = 10  # lines from which the separator is told
_SAVE_AS: Final = "Save it as CSV with the encoding UTF-8."
#: signs that stand in lists of Western Europe; a capital with an accent within a word, which does not; nor words of
#: letters with accents alone, as Cyrillic ones become
_SIGNS: Final = frozenset(
    "\N{RIGHT SINGLE QUOTATION MARK}\u00b4\u00ba\u00aa\u00b0\u00b7\u00a0\u00ab\u00bb\u2013\u2014\u20ac"
)
_LETTER: Final = "\u00c0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e"
_ODD_LETTERS: Final = re.compile(
    rf"[a-z\u00df-\u00ff\u0153\u0161\u017e][\u00c0-\u00de\u0152\u0160\u0178\u017d]|[{_LETTER}]{{4}}"
)


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a table: its number in the file, and its cells."""

    number: int
    cells: tuple[str, ...]


def read_table(path: Path) -> list[TableLine]:
    """The lines of the table at `path` that hold anything. Raises UsageError that says what is wrong and where."""
    return parse_table(_read(path), name=str(path))


def parse_table(data: bytes, *, name: str, kind: str = "roster", headings: str = "id,name,email") -> list[TableLine]:
    """The lines of a table that came otherwise than by a path; messages call it a `kind` of this `name`, with such
    `headings`. Raises UsageError as above."""
    called = f"The {kind} {name}"
    return list(_lines(_text(data, called, headings), called))


def _read(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UsageError(f"The roster {path} is not a file. Name a CSV file with --roster.")
        with path.open("rb") as file:
            return file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"The roster {path} cannot be read ({error.strerror}). Check the path given by --roster."
        ) from error


def _text(data: bytes, called: str, headings: str) -> str:
    if len(data) > _MOST_BYTES:
        raise UsageError(f"{called} is larger than {_MOST_BYTES // MEGABYTE} MB. Is it the right file?")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UsageError(f"{called} is a spreadsheet or a zip, not CSV. {_SAVE_AS}")
    text = _decoded(data)
    if text is None:
        raise UsageError(
            f"{called} is not text that we can read, or its encoding cannot be told for certain. {_SAVE_AS}"
        )
    if not text.strip():
        raise UsageError(f"{called} is empty. It needs a line of headings, such as {headings}.")
    return text


def _decoded(data: bytes) -> str | None:
    """The text in the first encoding in which it makes sense."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" and not _is_western(text):
            continue
        if not any(unicodedata.category(character) == "Cc" and character not in "\t\r\n" for character in set(text)):
            return text
    return None


def _encodings(data: bytes) -> Sequence[str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    if b"\0" in data[:2]:  # headings begin with a Latin letter
        return ("utf-16-le",) if data[1:2] == b"\0" else ("utf-16-be",)
    likely = chinese(data)
    return ("utf-8-sig", "cp1252", *([likely] if likely else []))


def _is_western(text: str) -> bool:
    """Whether names read as Windows-1252 look like names; GBK, Big5 and others read so become signs and odd letters.

    Rather ask for UTF-8 than put wrong names into a gradebook.
    """
    signs = {character for character in text if not character.isascii() and not character.isalpha()}
    return signs <= _SIGNS and not _ODD_LETTERS.search(text)


def _lines(text: str, called: str) -> Iterator[TableLine]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    top = text.split("\n", _LOOKED_AT)[:_LOOKED_AT]
    separator = max(_SEPARATORS, key=lambda each: max(line.count(each) for line in top))
    rows = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True, strict=True)
    try:
        for row in rows:
            cells = tuple(cell.strip() for cell in row)
            if any(cells):
                yield TableLine(rows.line_num, cells)
    except csv.Error as error:
        raise UsageError(f"{called} is not CSV in line {rows.line_num} ({error}). {_SAVE_AS}") from error
