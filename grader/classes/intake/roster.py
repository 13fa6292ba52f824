"""Who is in the class, read from a CSV file as platforms and spreadsheets write it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.classes.intake import Student
from grader.classes.intake.headings import (
    FIRST_NAMES,
    ID_HEADINGS,
    LAST_NAMES,
    NAME_HEADINGS,
    Meaning,
    are_headings,
    meaning,
)
from grader.classes.intake.tables import TableLine, read_table
from grader.errors import UsageError

_STUDENT: Final = "student"  # an id, but a name in Canvas's gradebook, which has ids beside it
_MOST_ABOVE: Final = 10  # lines above the headings, with the title of what was exported
_POSSIBLE: Final = "points possible"  # Canvas, in a line above its first student, in every language


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The students of a class, in the order of the file; ids are unique. `headings` are as the file has them."""

    students: tuple[Student, ...]
    headings: tuple[str, ...] = ()
    #: columns that may hold parts of names, by their lower-case headings
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One line of a roster by its number in the file; no student where it has no id."""

    number: int
    student: Student | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLines:
    """The lines of a roster as they stand there. `headings`, `texts`: see `Roster`."""

    lines: tuple[RosterLine, ...]
    headings: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One student's line: its number in the file, and its cells by heading."""

    number: int
    cells: Mapping[str, str]

    def first(self, headings: Iterable[str]) -> str:
        return next((cell for heading in headings if (cell := self.cells.get(heading, ""))), "")


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file with a line of headings. Raises UsageError that says what is wrong and where."""
    told = parse_roster(read_table(path), name=str(path))
    seen: dict[str, int] = {}
    students = []
    for line in told.lines:
        if line.student is None:
            raise UsageError(f"The roster {path} has no id in line {line.number}. Fill it in, or delete the line.")
        if line.student.id in seen:
            raise UsageError(
                f"The roster {path} has the id {line.student.id!r} twice, in lines {seen[line.student.id]} and "
                f"{line.number}. Leave one of them."
            )
        seen[line.student.id] = line.number
        students.append(line.student)
    return Roster(students=tuple(students), headings=told.headings, texts=told.texts)


def parse_roster(lines: Sequence[TableLine], *, name: str) -> RosterLines:
    """What the lines of a table say of students, whether or not it makes sense together; messages call it `name`.

    Raises UsageError where it is no roster at all.
    """
    at = _headings_at(lines, name)
    rows = _rows(lines, at)
    if not rows:
        raise UsageError(f"The roster {name} names no student below its headings. Put one student on each line.")
    means = meaning({heading: [row.cells.get(heading, "") for row in rows] for heading in rows[0].cells})
    told = tuple(RosterLine(number=row.number, student=_student(row, means)) for row in rows)
    return RosterLines(lines=told, headings=lines[at].cells, texts=means.texts)


def _rows(lines: Sequence[TableLine], at: int) -> list[_Row]:
    headings = [cell.casefold() for cell in lines[at].cells]
    rows = [_row(headings, line) for line in lines[at + 1 :]]
    points = [n for n, line in enumerate(lines[at + 1 :]) if _POSSIBLE in line.cells[0].casefold()]
    above = points[0] if points else 0  # what Canvas says there of its columns has no id
    return [row for n, row in enumerate(rows) if n not in points and (n >= above or row.first(ID_HEADINGS))]


def _headings_at(lines: Sequence[TableLine], name: str) -> int:
    """The line of headings: the first with one that we know, else a first one that differs from those below it."""
    for known in ({*ID_HEADINGS, _STUDENT}, {*NAME_HEADINGS, *LAST_NAMES}):
        for at, line in enumerate(lines[:_MOST_ABOVE]):
            if not known.isdisjoint(cell.casefold() for cell in line.cells):
                return at
    below = [line.cells for line in lines[1:]]
    if below and are_headings(lines[0].cells, below):
        return 0
    top = ",".join(lines[0].cells)[:200] if lines else ""
    raise UsageError(
        f"The roster {name} has no column for the students' ids. Its first line reads {top!r}; it must "
        "hold headings, and one of them id, student, username, login, SIS User ID, email or name."
    )


def _row(headings: Sequence[str], line: TableLine) -> _Row:
    """A line by its headings; of two columns called alike the first."""
    cells: dict[str, str] = {}
    for heading, cell in zip(headings, line.cells, strict=False):
        cells.setdefault(heading, cell)
    return _Row(line.number, cells)


def _student(row: _Row, means: Meaning) -> Student | None:
    by_student = row.cells.get(_STUDENT, "")
    others = row.first(means.ids).removeprefix("#")  # Brightspace keeps spreadsheets from reading numbers so
    name = row.first(NAME_HEADINGS) or f"{row.first(FIRST_NAMES)} {row.first(LAST_NAMES)}".strip()
    told = " ".join(cell for heading in means.names if (cell := row.cells.get(heading, "")))
    known_as = others or by_student or ("" if means.ids else name or told)
    if not known_as:
        return None
    return Student(
        id=known_as,
        name=name or (by_student if others else "") or (told if told != known_as or not means.ids else ""),
        email=row.first(means.emails),
        columns={heading: cell.removeprefix("#") for heading, cell in row.cells.items()},
    )
