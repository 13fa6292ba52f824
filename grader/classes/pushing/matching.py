"""Who of the class is who on the platform: by its own id, number, login and address, as the roster gives them. Names
are never enough, and whoever could be two people is nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from grader.classes.platform_api.gradebook import By, PersonThere
from grader.report.class_report import StudentRow

#: headings that only Canvas's gradebook has; beside them, and nowhere else, `id` is an id of Canvas's
_OF_CANVAS: Final = ("sis user id", "sis login id")
#: what a download of this platform tells, or `grader pull` from it
_FROM_DOWNLOAD: Final = "{platform} user id"
_NUMBERS: Final = ("sis user id", "idnumber", "id number", "student id", "学号")
_LOGINS: Final = ("sis login id", "login id", "login", "username", "user", "用户名")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Who is who: students of ours with their person there, those who could be `several`, and those who share one."""

    persons: Mapping[str, PersonThere]
    several: frozenset[str]
    shared: frozenset[str]


def matched(rows: Sequence[StudentRow], people: Iterable[PersonThere], platform: str) -> Matches:
    """Find each row's person; whoever is in none of the three is not there. An id counts on its own platform alone."""
    index: dict[tuple[By, str], dict[str, PersonThere]] = defaultdict(dict)
    for person in people:
        for by, name in person.known_by.items():
            index[by, _folded(name)][person.id] = person
    found = {row.student: _found(row, index, platform) for row in rows}
    claims = Counter(next(iter(each)) for each in found.values() if len(each) == 1)
    one = {student: next(iter(each.values())) for student, each in found.items() if len(each) == 1}
    return Matches(
        persons={student: person for student, person in one.items() if claims[person.id] == 1},
        several=frozenset(student for student, each in found.items() if len(each) > 1),
        shared=frozenset(student for student, person in one.items() if claims[person.id] > 1),
    )


def _found(
    row: StudentRow, index: Mapping[tuple[By, str], Mapping[str, PersonThere]], platform: str
) -> dict[str, PersonThere]:
    """Everybody who may be meant; by an id of the platform's own, that one alone."""
    names = _names(row, platform)
    own = [person for name in names[By.ID] for person in index.get((By.ID, _folded(name)), {}).values()]
    if own:
        return {own[0].id: own[0]}
    hits = (index.get((by, _folded(name)), {}) for by in (By.NUMBER, By.LOGIN, By.EMAIL) for name in names[by])
    return {person.id: person for each in hits for person in each.values()}


def _names(row: StudentRow, platform: str) -> dict[By, list[str]]:
    """What the roster calls somebody. Without one of the platform's, what a student is called by here may be a number
    or a login there, and is never an id: it would give the grade to somebody else."""
    columns = row.columns
    of_canvas = platform == "canvas" and any(heading in columns for heading in _OF_CANVAS)
    ids = [columns.get("id", "") if of_canvas else "", columns.get(_FROM_DOWNLOAD.format(platform=platform), "")]
    called = "" if row.student in ids else row.student
    found = {
        By.ID: ids,
        By.NUMBER: [*(columns.get(heading, "") for heading in _NUMBERS), called],
        By.LOGIN: [*(columns.get(heading, "") for heading in _LOGINS), called],
        By.EMAIL: [row.email, called],
    }
    return {by: list(filter(None, names)) for by, names in found.items()}


def _folded(name: str) -> str:
    return name.strip().casefold()
