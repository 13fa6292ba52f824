"""Who is in the class, read from a CSV file as platforms and spreadsheets write it."""

from __future__ import annotations

import csv
import io
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.intake import Student
from grader.limits import MEGABYTE

#: headings that hold what a student is called by, best first; the first that is filled in becomes the id
ID_HEADINGS: Final = (
    "id",
    "student id",
    "sid",
    "username",
    "login",
    "user",
    "sis user id",
    "sis login id",
    "login id",
    "id number",
    "idnumber",
    "identifier",
    "email",
    "email address",
    "e-mail",
    "学号",
    "用户名",
)
_EMAIL_HEADINGS: Final = ("email", "email address", "e-mail", "邮箱", "电子邮件")
_NAME_HEADINGS: Final = ("name", "full name", "student name", "姓名")
_FIRST_NAMES: Final = ("first name", "firstname", "given name")
_LAST_NAMES: Final = ("last name", "lastname", "surname", "family name")
_MOST_BYTES: Final = 16 * MEGABYTE
_SEPARATORS: Final = ",;\t"
_SAVE_AS: Final = "Save it as CSV with the encoding UTF-8."
#: signs that stand in lists of Western Europe, and a capital with an accent within a word, which does not
_SIGNS: Final = frozenset(
    "\N{RIGHT SINGLE QUOTATION MARK}\u00b4\u00ba\u00aa\u00b0\u00b7\u00a0\u00ab\u00bb\u2013\u2014\u20ac"
)
_ODD_CAPITAL: Final = re.compile("[a-z\u00df-\u00ff\u0153\u0161\u017e][\u00c0-\u00de\u0152\u0160\u0178\u017d]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The students of a class, in the order of the file; ids are unique."""

    students: tuple[Student, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One student's line: its number in the file, and its cells by heading."""

    number: int
    cells: Mapping[str, str]

    def first(self, headings: Iterable[str]) -> str:
        return next((cell for heading in headings if (cell := self.cells.get(heading, ""))), "")


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file with a line of headings. Raises UsageError that says what is wrong and where."""
    lines = list(_lines(_text(path), path))
    if not lines:
        raise UsageError(f"The roster {path} names no student below its headings. Put one student on each line.")
    seen: dict[str, int] = {}
    students = []
    for line in lines:
        student = _student(line, path)
        if student.id in seen:
            raise UsageError(
                f"The roster {path} has the id {student.id!r} twice, in lines {seen[student.id]} and {line.number}. "
                "Leave one of them."
            )
        seen[student.id] = line.number
        students.append(student)
    return Roster(students=tuple(students))


def _text(path: Path) -> str:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UsageError(f"The roster {path} is not a file. Name a CSV file with --roster.")
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"The roster {path} cannot be read ({error.strerror}). Check the path given by --roster."
        ) from error
    if len(data) > _MOST_BYTES:
        raise UsageError(f"The roster {path} is larger than {_MOST_BYTES // MEGABYTE} MB. Is it the right file?")
    if data.startswith(b"PK\x03\x04"):
        raise UsageError(f"The roster {path} is a spreadsheet or a zip, not CSV. {_SAVE_AS}")
    text = _decoded(data)
    if text is None:
        raise UsageError(
            f"The roster {path} is not text that we can read, or its encoding cannot be told for certain. {_SAVE_AS}"
        )
    if not text.strip():
        raise UsageError(f"The roster {path} is empty. It needs a line of headings, such as id,name,email.")
    return text


def _decoded(data: bytes) -> str | None:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" and not _is_western(text):
            return None
        if not any(unicodedata.category(character) == "Cc" and character not in "\t\r\n" for character in set(text)):
            return text
    return None


def _is_western(text: str) -> bool:
    """Whether names read as Windows-1252 look like names; GBK, Big5 and others read so become signs and odd capitals.

    Rather ask for UTF-8 than put wrong names into a gradebook.
    """
    signs = {character for character in text if not character.isascii() and not character.isalpha()}
    return signs <= _SIGNS and not _ODD_CAPITAL.search(text)


def _lines(text: str, path: Path) -> Iterator[_Line]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    top = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=top.count)
    rows = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True, strict=True)
    try:
        headings = [heading.strip().casefold() for heading in next(rows)]
        if not set(headings) & {*ID_HEADINGS, "student"}:
            raise UsageError(
                f"The roster {path} has no column for the students' ids. Its first line reads {top[:200]!r}; it must "
                "hold headings, and one of them id, student, username, login, SIS User ID or email."
            )
        for row in rows:
            cells: dict[str, str] = {}
            for heading, cell in zip(headings, row, strict=False):
                cells.setdefault(heading, cell.strip())
            if any(cells.values()) and "points possible" not in row[0].casefold():  # Canvas's second line
                yield _Line(rows.line_num, cells)
    except csv.Error as error:
        raise UsageError(f"The roster {path} is not CSV in line {rows.line_num} ({error}). {_SAVE_AS}") from error


def _student(line: _Line, path: Path) -> Student:
    others = line.first(ID_HEADINGS)
    by_student = line.cells.get("student", "")  # an id, but a name in Canvas's gradebook, which has ids beside it
    known_as = others or by_student
    if not known_as:
        raise UsageError(f"The roster {path} has no id in line {line.number}. Fill it in, or delete the line.")
    name = line.first(_NAME_HEADINGS) or f"{line.first(_FIRST_NAMES)} {line.first(_LAST_NAMES)}".strip()
    return Student(
        id=known_as,
        name=name or (by_student if others else ""),
        email=line.first(_EMAIL_HEADINGS),
        columns=dict(line.cells),
    )
