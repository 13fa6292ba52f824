"""The marks of a class as data: `marks.csv` in its output folder, which people write and nothing here ever overwrites.

Each line is judged by itself, and a wrong one is a value: which line, and what is wrong with it. What marks make of a
report is `report/marking.py`'s business, which answers wait for one `marking.py`'s.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias

from grader.classes.intake.tables import TableLine, parse_table
from grader.course.assignment import Assignment
from grader.errors import UsageError
from grader.messages import ENGLISH, Message, Words, counted, say
from grader.report.marking import Given

FILE: Final = "marks.csv"
HEADINGS: Final = ("student", "exercise", "points", "comment")
OVERRIDE: Final = "override"
#: of which file a mark speaks: the beginning of its SHA-256
ATTEMPT: Final = "attempt"
#: so many of its digits
_DIGITS: Final = 12
_KIND: Final = "table of marks"
_FORMULA: Final = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
_YES: Final = frozenset({"yes", "true", "1", "x", "\u662f"})
_NO: Final = frozenset({"", "no", "false", "0", "\u5426"})
_WHOLE: Final = re.compile(r"(-?\d{1,9})(?:[.,]0+)?")

ByExercise: TypeAlias = Mapping[str, Given]
#: of a student and an exercise, the SHA-256 of the file that counts, where it is known
Files: TypeAlias = Callable[[str, str], "str | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Markable:
    """An exercise as a mark may be given for it: its points, and whether a machine grades it."""

    id: str
    points: int
    by_machine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What people gave, by student and exercise; `faults` are the lines that are wrong, and in none of these."""

    given: Mapping[str, ByExercise] = field(default_factory=dict)
    faults: tuple[Message, ...] = ()

    def of(self, student: str) -> ByExercise:
        """What this student was given."""
        return self.given.get(student, {})

    @property
    def exercises(self) -> frozenset[str]:
        """The exercises for which somebody has a mark."""
        return frozenset(exercise for given in self.given.values() for exercise in given)


NO_MARKS: Final = Marks()


def markable_in(assignment: Assignment) -> tuple[Markable, ...]:
    """The exercises of an assignment as marks may be given for them, those that a machine grades first."""
    machine = (Markable(id=each.id, points=each.points, by_machine=True) for each in assignment.exercises)
    people = (Markable(id=each.id, points=each.points, by_machine=False) for each in assignment.to_mark)
    return (*machine, *people)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLine:
    """A line of a table of marks: of an answer that waits, without points and comment. `sha256` of the file that it is
    about; `override`: the machine has points for it, too."""

    student: str
    exercise: str
    points: int | None = None
    comment: str = ""
    override: bool = False
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the lines may name."""

    students: Mapping[str, str]
    exercises: Mapping[str, Markable]
    files: Files


def read_marks(
    file: Path, *, students: Collection[str], exercises: Iterable[Markable], files: Files = lambda *_: None
) -> Marks:
    """The marks in a CSV file as people and spreadsheets write it; none if there is no such file.

    Raises UsageError if it cannot be read, or has not the headings.
    """
    try:
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return NO_MARKS
    except OSError as error:
        raise UsageError(say("marks_unreadable", file=str(file), error=error.strerror or "")) from error
    return marks_in(data, name=str(file), students=students, exercises=exercises, files=files)


def marks_in(
    data: bytes,
    *,
    name: str,
    students: Collection[str] | Mapping[str, str],
    exercises: Iterable[Markable],
    files: Files = lambda *_: None,
) -> Marks:
    """The same, of a table of that name that came otherwise. `students`: who may be named; where one may be called by
    several names, each with the one that the marks are given by. A line that names a file is right only of that file:
    `files` says which one counts. Raises UsageError."""
    lines = parse_table(data, name=name, kind=_KIND, headings=",".join(HEADINGS))
    called = students if isinstance(students, Mapping) else {each: each for each in students}
    known = _Known(students=called, exercises={each.id: each for each in exercises}, files=files)
    return _judged(lines, name, known)


def right(marks: Marks, *, file: Path, partial: bool, warn: Callable[..., object], words: Words = ENGLISH) -> Marks:
    """The marks, if every line is right, or `partial` leaves out the others and `warn` says so. Raises UsageError."""
    if not marks.faults:
        return marks
    wrong = counted(len(marks.faults), "line")
    if not partial:
        raise UsageError(words.say("marks_refused", file=str(file), lines=wrong), *map(words.text, marks.faults))
    warn(words.say("marks_left_out", file=str(file), lines=wrong), *map(words.text, marks.faults))
    return replace(marks, faults=())


def table_of(lines: Iterable[MarkLine]) -> str:
    """The file with these lines, from which they are read as they are; it opens in spreadsheets as UTF-8, and no cell
    is a formula. Which columns may be left out is for whoever writes one by hand."""
    rows = list(lines)
    more = [OVERRIDE] * any(each.override for each in rows) + [ATTEMPT] * any(each.sha256 for each in rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*HEADINGS, *more])
    for each in rows:
        cells = {OVERRIDE: "yes" if each.override else "", ATTEMPT: (each.sha256 or "")[:_DIGITS]}
        points = "" if each.points is None else str(each.points)
        own = (each.student, each.exercise, points, each.comment, *(cells[name] for name in more))
        writer.writerow([_as_text(cell) for cell in own])
    return "\ufeff" + text.getvalue()


def _as_text(cell: str) -> str:
    """Without what no table holds; the apostrophe is how spreadsheets mark text."""
    shown = as_read(cell)
    return f"'{shown}" if _is_formula(shown) else shown


def as_read(cell: str) -> str:
    """The text as a table gives it back that it was written to: without blanks around it and signs that no table
    holds."""
    ends = cell.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in ends if each in "\n\t" or unicodedata.category(each) != "Cc").strip()


def _is_formula(cell: str) -> bool:
    """Whether a spreadsheet would take it for one, or for one that is told to be text."""
    return cell.lstrip("'").startswith(_FORMULA)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a line by heading; the apostrophe before what looks like a formula is how tables mark text."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        cell = self.cells.get(heading, "")
        return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell

    def formula_in(self) -> str | None:
        """The first of points and comment that a spreadsheet would take for a formula."""
        if _WHOLE.fullmatch(self["points"]) is None and self["points"].startswith(_FORMULA):
            return "points"
        return "comment" if self.cells.get("comment", "").startswith(_FORMULA) else None


def _judged(lines: Sequence[TableLine], file: str, known: _Known) -> Marks:
    given: dict[str, dict[str, Given]] = {}
    faults: list[Message] = []
    first: dict[tuple[str, str], int] = {}
    for line in _by_heading(lines, file):
        if not line["points"] and not line["comment"]:
            continue  # a line of the template that waits
        whose = (known.students.get(line["student"], line["student"]), line["exercise"])
        found = _twice(whose, first.get(whose)) or _mark(line, whose[0], known)
        first.setdefault(whose, line.number)
        if isinstance(found, Message):
            given.get(whose[0], {}).pop(whose[1], None)  # of two lines, nobody knows which is meant
            faults.append(say("marks_line", line=line.number, fault=found))
        else:
            given.setdefault(whose[0], {})[whose[1]] = found
    return Marks(given=given, faults=tuple(faults))


def _by_heading(lines: Sequence[TableLine], file: str) -> Iterator[_Cells]:
    heads = [cell.casefold() for cell in lines[0].cells]
    if missing := [heading for heading in HEADINGS[:3] if heading not in heads]:
        raise UsageError(say("marks_no_column", file=file, columns=", ".join(missing), headings=",".join(HEADINGS)))
    for line in lines[1:]:
        yield _Cells(line.number, dict(zip(heads, line.cells, strict=False)))


def _twice(whose: tuple[str, str], first: int | None) -> Message | None:
    student, exercise = whose
    return None if first is None else say("marks_twice", student=student, exercise=exercise, first=first)


def _mark(line: _Cells, student: str, known: _Known) -> Given | Message:
    """What the line gives that student, or what is wrong with it."""
    exercise = known.exercises.get(line["exercise"])
    override = line[OVERRIDE].casefold()
    if line["student"] not in known.students:
        return say("marks_student", student=line["student"])
    if exercise is None:
        return say("marks_exercise", exercise=line["exercise"], exercises=", ".join(known.exercises))
    if (fault := _other_file(line[ATTEMPT], known.files(student, exercise.id))) is not None:
        return fault
    if override not in _YES | _NO:
        return say("marks_override", override=line[OVERRIDE])
    if exercise.by_machine and override not in _YES:
        return say("marks_machine", exercise=exercise.id)
    if (column := line.formula_in()) is not None:
        return say("marks_formula", column=column, sign=line[column][0])
    return _points(line["points"], exercise) or Given(points=_whole(line["points"]), comment=line["comment"])


def _other_file(named: str, counts: str | None) -> Message | None:
    """That the mark is of another file than the one that counts by now; spreadsheets write digits in capitals or as a
    number with an exponent, of which nothing can be told."""
    if not named or counts is None or not re.fullmatch(r"[0-9a-f]{6,64}", named.casefold()):
        return None
    if counts.startswith(named.casefold()):
        return None
    return say("marks_attempt", attempt=named, counts=counts[:_DIGITS])


def _points(text: str, exercise: Markable) -> Message | None:
    """What is wrong with the points."""
    if not text:
        return say("marks_no_points")
    if not _WHOLE.fullmatch(text):
        return say("marks_number", points=text)
    if _whole(text) < 0:
        return say("marks_negative", points=_whole(text))
    if _whole(text) > exercise.points:
        return say("marks_too_many", points=_whole(text), possible=exercise.points, exercise=exercise.id)
    return None


def _whole(text: str) -> int:
    found = _WHOLE.fullmatch(text)
    return int(found[1]) if found else 0
