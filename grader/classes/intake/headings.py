"""What the columns of a roster mean: by headings that we know, and in other languages by what they hold.

An address holds an @, a login or a number is one word and everybody's own, a full name is two words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

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
    "student number",
    "number",
    "orgdefinedid",
    "display id",
    "identifier",
    "email",
    "email address",
    "e-mail",
    "学号",
    "用户名",
)
EMAIL_HEADINGS: Final = ("email", "email address", "e-mail", "邮箱", "电子邮件")
NAME_HEADINGS: Final = ("name", "full name", "student name", "姓名")
FIRST_NAMES: Final = ("first name", "firstname", "given name")
LAST_NAMES: Final = ("last name", "lastname", "surname", "family name")

_ONE_WORD: Final = re.compile(r"[^\s@,;/]+")
_LOGIN: Final = re.compile(r"[a-z.\-]+|(?=\D*\d)[^.,:]+")  # letters in lower case, or a number somewhere and no date
_ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@]+")
#: Moodle's participants in one activity: a word of any language, with a blank, a slash or other letters, and a number
_PARTICIPANT: Final = re.compile(r"\D*[^\x21-\x2e\x30-\x7e]\D*\d+")
_LETTERS: Final = re.compile(r"[^\W\d_][^\d@]*")
_MOST_TEXTS: Final = 6
_EAST_ASIAN_NAME: Final = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3\u00b7]{2,12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """The headings of columns that hold what a student is called by, the address, and the parts of the name.

    `texts` are all columns that may hold parts of names, in the order of the file.
    """

    ids: tuple[str, ...]
    emails: tuple[str, ...]
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def are_headings(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a line of unknown words differs from all below it as headings do: no @ where they have one, no number."""

    def differs(at: int, told: Callable[[str], object]) -> bool:
        cells = [line[at] for line in below if len(line) > at and line[at]]
        return bool(cells) and all(map(told, cells)) and not told(first[at])

    return any(differs(at, _ADDRESS.fullmatch) or differs(at, re.compile(r"\d").search) for at in range(len(first)))


def meaning(columns: Mapping[str, Sequence[str]]) -> Meaning:
    """What columns mean, given by their lower-case headings with all their cells."""
    emails = [each for each in EMAIL_HEADINGS if each in columns] or [
        heading for heading, cells in columns.items() if _mostly(cells, _ADDRESS)
    ]
    participants = [heading for heading, cells in columns.items() if _all_are(cells, _PARTICIPANT)]
    known = [each for each in ID_HEADINGS if each in columns and each not in participants]
    own = {heading: cells for heading, cells in columns.items() if _everybodys_own(cells)}
    told = [] if known else [each for each in own if each not in participants and _are_logins(own[each])][:1]
    addresses = [each for each in emails if each in own]
    texts = [
        heading for heading, cells in columns.items() if heading not in (*known, *emails) and _mostly(cells, _LETTERS)
    ]
    return Meaning(
        ids=tuple(dict.fromkeys([*known, *told, *addresses, *participants])),
        emails=tuple(emails),
        names=_names({heading: columns[heading] for heading in texts}),
        texts=tuple(texts[:_MOST_TEXTS]),
    )


def _names(texts: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A column of full names; else the first two of words, if possible ones that differ from student to student."""
    texts = {heading: cells for heading, cells in texts.items() if _differ(cells)} or texts
    full = [heading for heading, cells in texts.items() if _mostly(cells, _EAST_ASIAN_NAME) or _two_words(cells)]
    return tuple(full[:1] or list(texts)[:2])


def _two_words(cells: Sequence[str]) -> bool:
    return 5 * sum(len(cell.split()) > 1 for cell in cells) >= 4 * len(cells)


def _differ(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return 2 * len(set(filled)) > len(filled) or len(filled) == 1


def _everybodys_own(cells: Sequence[str]) -> bool:
    return all(cells) and len({cell.casefold() for cell in cells}) == len(cells)


def _are_logins(cells: Sequence[str]) -> bool:
    return _all_are(cells, _ONE_WORD) and _all_are(cells, _LOGIN)


def _all_are(cells: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return bool(cells) and all(map(pattern.fullmatch, cells))


def _mostly(cells: Sequence[str], pattern: re.Pattern[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and 4 * sum(map(bool, map(pattern.fullmatch, filled))) >= 3 * len(filled)
