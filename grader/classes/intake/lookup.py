"""Whom of a roster a platform means: by id, e-mail, login, a number, a name squeezed together, or a place in names.

What a column of a roster is called may be of any language; which column it is, is told by what was handed in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.claims import Claim
from grader.classes.intake.headings import ID_HEADINGS
from grader.classes.intake.roster import Roster

_MOST_COLUMNS: Final = 64
_NUMBERED: Final = re.compile(r"(?P<word>\D+)(?P<number>\d{1,18})")  # "Participant 12345", in any language
_UMLAUTS: Final = str.maketrans(
    {"\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00e5": "aa", "\u00f8": "oe", "\u00e6": "ae"}
)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Finds students of a roster by what a platform calls them. Whoever is meant by nobody else's key is found."""

    _ids: Mapping[str, Student] = field(default_factory=dict)
    _steps: tuple[Mapping[str, Student | None], ...] = ()
    _names: tuple[Mapping[str, Student | None], ...] = ()
    _numbers: Mapping[str, Student | None] = field(default_factory=dict)

    @classmethod
    def of(cls, roster: Roster, asked: Collection[Sequence[Claim]]) -> Lookup:
        """Prepared once for a class, of whom `asked` holds what each claims."""
        students = roster.students
        return cls(
            {student.id: student for student in students},
            (
                _index(students, lambda student: [_key(student.id)]),
                _index(students, lambda student: [_key(student.email)]),
                _index(students, lambda student: [_key(student.columns.get(h, "")) for h in ID_HEADINGS]),
                _best_column(students, _of_own, [_keys(claims) for claims in asked]),
            ),
            (
                _index(students, lambda student: name_keys(student.name)),
                _index(students, lambda student: _told_names(student, roster.texts)),
            ),
            _best_column(students, _numbered, [{claim.number} for claims in asked for claim in claims if claim.number]),
        )

    def surely(self, claims: Iterable[Claim]) -> Student | None:
        """By what only the platform writes: an id, or the number in its own list."""
        claims = list(claims)
        numbers = (student for claim in claims if (student := self._numbers.get(claim.number)))
        return self.by_identity(key for claim in claims for key in claim.identities) or next(numbers, None)

    def by_identity(self, identities: Iterable[str]) -> Student | None:
        """Exactly by id; else by id, e-mail and login, whatever their case."""
        known = list(identities)
        tries = [
            *((self._ids, identity) for identity in known),
            *((step, _key(identity)) for step in self._steps for identity in known),
        ]
        return next((student for index, key in tries if (student := index.get(key))), None)

    def by_name(self, names: Iterable[str]) -> Student | None:
        """By a full name in any order, as platforms squeeze it together."""
        keys = [squeezed(name) for name in names]
        return next((student for index in self._names for key in keys if (student := index.get(key))), None)

    def by_place(self, grouped: Mapping[str, Sequence[Claim]]) -> dict[str, Student]:
        """By the one piece of their names, counted from the left or the right, that means a student in most of them.

        No student can choose it: what most names have in common, a platform wrote.
        """
        found: dict[tuple[int, int], dict[str, Student]] = {}
        for called, claims in grouped.items():
            for way, pieces in enumerate(claims[0].pieces):
                for at, piece in enumerate(pieces):
                    if student := self.by_identity([piece]) or self.by_name([piece]):
                        found.setdefault((way, at), {})[called] = student
                        found.setdefault((way, at - len(pieces)), {})[called] = student
        best = max(found.values(), key=len, default={})
        return best if len(best) > 1 and 2 * len(best) > len(grouped) else {}


def _best_column(
    students: Sequence[Student],
    column: Callable[[Sequence[Student], str], Mapping[str, Student | None]],
    asked: Sequence[Collection[str]],
) -> Mapping[str, Student | None]:
    """The column, called whatever it is, in which most of what is asked for stands: of each one, any of its keys."""
    best: Mapping[str, Student | None] = {}
    most = 0
    for heading in list(students[0].columns)[:_MOST_COLUMNS] if students and asked else ():
        index = column(students, heading)
        hits = sum(not index.keys().isdisjoint(keys) for keys in asked)
        if hits > most and 2 * hits > len(asked):
            best, most = index, hits
    return best


def _of_own(students: Sequence[Student], heading: str) -> Mapping[str, Student | None]:
    """A column in which each has a cell of their own; nothing of any other."""
    index = _index(students, lambda student: [_key(student.columns.get(heading, ""))])
    return index if len(index) == len(students) else {}


def _numbered(students: Sequence[Student], heading: str) -> Mapping[str, Student | None]:
    """A column of one and the same word and a number, by the numbers; nothing of any other."""
    matches = {student.id: _NUMBERED.fullmatch(student.columns.get(heading, "")) for student in students}
    if len({match["word"] for match in matches.values() if match}) != 1:
        return {}
    return _index(students, lambda student: [match["number"] if (match := matches[student.id]) else ""])


def _index(students: Iterable[Student], keys: Callable[[Student], Iterable[str]]) -> dict[str, Student | None]:
    """None where two students share a key: rather nobody than the wrong one."""
    index: dict[str, Student | None] = {}
    for student in students:
        for key in {key for key in keys(student) if key}:
            index[key] = None if key in index else student
    return index


def _told_names(student: Student, texts: Sequence[str]) -> Iterator[str]:
    """Names in columns of unknown headings: of two words or more in one, or in two that follow each other."""
    cells = [student.columns.get(heading, "") for heading in texts]
    for name in (*cells, *(f"{one} {other}" for one, other in pairwise(cells) if one and other)):
        if len(name.split()) > 1:
            yield from name_keys(name)


def _key(text: str) -> str:
    """Alike for what differs in case alone, or in how an accent is stored."""
    return unicodedata.normalize("NFC", text).casefold()


def _keys(claims: Iterable[Claim]) -> set[str]:
    return {_key(identity) for claim in claims for identity in claim.identities}


def name_keys(name: str) -> Iterator[str]:
    """A name in every order of first and last names: "Ada King Lovelace" is lovelaceadaking on Canvas.

    Umlauts as their vowels alone, and as the two letters that stand for them where there are none.
    """
    words = name.replace(",", " ").split()[:8]
    for first in range(len(words)):
        ordered = "".join(words[first:] + words[:first])
        yield squeezed(ordered)
        yield squeezed(unicodedata.normalize("NFC", ordered.casefold()).translate(_UMLAUTS))


def squeezed(name: str) -> str:
    """Letters and digits alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in plain if character.isalnum())
