"""Whom of a roster a platform means: by id, e-mail, login, or a name squeezed together."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from grader.intake import Student
from grader.intake.roster import ID_HEADINGS, Roster


@dataclass(frozen=True, slots=True)
class Lookup:
    """Finds students of a roster by what a platform calls them. Whoever is meant by nobody else's key is found."""

    _ids: Mapping[str, Student] = field(default_factory=dict)
    _steps: tuple[Mapping[str, Student | None], ...] = ()
    _names: Mapping[str, Student | None] = field(default_factory=dict)

    @classmethod
    def of(cls, roster: Roster) -> Lookup:
        """Prepared once for a class."""
        students = roster.students
        return cls(
            {student.id: student for student in students},
            (
                _index(students, lambda student: [student.id.casefold()]),
                _index(students, lambda student: [student.email.casefold()]),
                _index(students, lambda student: [student.columns.get(h, "").casefold() for h in ID_HEADINGS]),
            ),
            _index(students, lambda student: name_keys(student.name)),
        )

    def by_identity(self, identities: Iterable[str]) -> Student | None:
        """Exactly by id; else by id, e-mail and login, whatever their case."""
        known = list(identities)
        tries = [
            *((self._ids, identity) for identity in known),
            *((step, identity.casefold()) for step in self._steps for identity in known),
        ]
        return next((student for index, key in tries if (student := index.get(key))), None)

    def by_name(self, names: Iterable[str]) -> Student | None:
        """By a full name in any order, as platforms squeeze it together."""
        return next((student for name in names if (student := self._names.get(_squeezed(name)))), None)


def _index(students: Iterable[Student], keys: Callable[[Student], Iterable[str]]) -> dict[str, Student | None]:
    """None where two students share a key: rather nobody than the wrong one."""
    index: dict[str, Student | None] = {}
    for student in students:
        for key in {key for key in keys(student) if key}:
            index[key] = None if key in index else student
    return index


def name_keys(name: str) -> Iterator[str]:
    """A name in every order of first and last names: "Ada King Lovelace" is lovelaceadaking on Canvas."""
    words = name.replace(",", " ").split()[:8]
    for first in range(len(words)):
        yield _squeezed("".join(words[first:] + words[:first]))


def _squeezed(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in plain if character.isalnum())
