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
from grader.report.marking import Given, GivenCheck, by_checks

FILE: Final = "marks.csv"
HEADINGS: Final = ("student", "exercise", "points", "comment")
#: of which check alone a line is, if it is of one
CHECK: Final = "check"
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
    """An exercise as a mark may be given for it: its points, and whether a machine grades it; then also the points of
    each of its checks."""

    id: str
    points: int
    by_machine: bool
    checks: Mapping[str, int] = field(default_factory=dict)


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

    @property
    def count(self) -> int:
        """How many marks there are, of exercises and of checks."""
        return sum(len(each.checks) or 1 for given in self.given.values() for each in given.values())


NO_MARKS: Final = Marks()


def markable_in(assignment: Assignment) -> tuple[Markable, ...]:
    """The exercises of an assignment as marks may be given for them, those that a machine grades first."""
    machine = (
        Markable(
            id=each.id, points=each.points, by_machine=True, checks={check.id: check.points for check in each.checks}
        )
        for each in assignment.exercises
    )
    people = (Markable(id=each.id, points=each.points, by_machine=False) for each in assignment.to_mark)
    return (*machine, *people)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLine:
    """A line of a table of marks: of an answer that waits, without points and comment. `sha256` of the file that it is
    about; `override`: the machine has points for it, too. With a `check` it is of that one alone."""

    student: str
    exercise: str
    check: str = ""
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
    used = {
        CHECK: any(each.check for each in rows),
        OVERRIDE: any(each.override for each in rows),
        ATTEMPT: any(each.sha256 for each in rows),
    }
    more = [heading for heading, is_used in used.items() if is_used]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*HEADINGS, *more])
    for each in rows:
        sha256 = (each.sha256 or "")[:_DIGITS]
        cells = {CHECK: each.check, OVERRIDE: "yes" if each.override else "", ATTEMPT: sha256}
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


#: of an exercise of a student, by check, "" for all of it
_ByCheck: TypeAlias = "dict[str, Given | GivenCheck]"


def _judged(lines: Sequence[TableLine], file: str, known: _Known) -> Marks:
    given: dict[str, dict[str, _ByCheck]] = {}
    faults: list[Message] = []
    first: dict[tuple[str, str], dict[str, int]] = {}
    for line in _by_heading(lines, file):
        if not line["points"] and not line["comment"]:
            continue  # a line of the template that waits
        student, exercise, check = known.students.get(line["student"], line["student"]), line["exercise"], line[CHECK]
        numbers = first.setdefault((student, exercise), {})
        mine = given.setdefault(student, {}).setdefault(exercise, {})
        found = _not_alone(line, student, numbers) or _mark(line, student, known)
        if isinstance(found, Message):
            for other in [each for each in mine if each in ("", check) or not check]:
                del mine[other]  # of two lines, nobody knows which is meant
            faults.append(say("marks_line", line=line.number, fault=found))
        else:
            mine[check] = found
        numbers.setdefault(check, line.number)
    together = {
        student: {name: made for name, each in of.items() if (made := _together(each)) is not None}
        for student, of in given.items()
    }
    return Marks(given={student: of for student, of in together.items() if of}, faults=tuple(faults))


def _together(found: _ByCheck) -> Given | None:
    whole = found.get("")
    return whole if isinstance(whole, Given) else by_checks(x for x in found.values() if isinstance(x, GivenCheck))


def _by_heading(lines: Sequence[TableLine], file: str) -> Iterator[_Cells]:
    heads = [cell.casefold() for cell in lines[0].cells]
    if missing := [heading for heading in HEADINGS[:3] if heading not in heads]:
        raise UsageError(say("marks_no_column", file=file, columns=", ".join(missing), headings=",".join(HEADINGS)))
    for line in lines[1:]:
        yield _Cells(line.number, dict(zip(heads, line.cells, strict=False)))


def _not_alone(line: _Cells, student: str, numbers: Mapping[str, int]) -> Message | None:
    """That another line is of the same, or that one is of the exercise and one of a check of it."""
    check = line[CHECK]
    named = _named(line["exercise"], check)
    if check in numbers:
        return say("marks_twice", student=student, exercise=named, first=numbers[check])
    if "" in numbers or (numbers and not check):
        other = numbers.get("", min(numbers.values()))
        return say("marks_whole_and_check", student=student, exercise=line["exercise"], first=other)
    return None


def _named(exercise: str, check: str) -> str:
    """As it is spoken of."""
    return f"{exercise}/{check}" if check else exercise


def _mark(line: _Cells, student: str, known: _Known) -> Given | GivenCheck | Message:
    """What the line gives that student, or what is wrong with it."""
    exercise = known.exercises.get(line["exercise"])
    check, override = line[CHECK], line[OVERRIDE].casefold()
    if line["student"] not in known.students:
        return say("marks_student", student=line["student"])
    if exercise is None:
        return say("marks_exercise", exercise=line["exercise"], exercises=", ".join(known.exercises))
    if check and check not in exercise.checks:
        return say("marks_check", check=check, exercise=exercise.id, checks=", ".join(exercise.checks) or "-")
    if (fault := _other_file(line[ATTEMPT], known.files(student, exercise.id))) is not None:
        return fault
    if override not in _YES | _NO:
        return say("marks_override", override=line[OVERRIDE])
    if exercise.by_machine and not check and override not in _YES:  # who names a check knows that a machine judged it
        return say("marks_machine", exercise=exercise.id)
    if (column := line.formula_in()) is not None:
        return say("marks_formula", column=column, sign=line[column][0])
    possible = exercise.checks[check] if check else exercise.points
    if (fault := _points(line["points"], possible, _named(exercise.id, check))) is not None:
        return fault
    points = _whole(line["points"])
    if check:
        return GivenCheck(check=check, points=points, comment=line["comment"])
    return Given(points=points, comment=line["comment"])


def _other_file(named: str, counts: str | None) -> Message | None:
    """That the mark is of another file than the one that counts by now; spreadsheets write digits in capitals or as a
    number with an exponent, of which nothing can be told."""
    if not named or counts is None or not re.fullmatch(r"[0-9a-f]{6,64}", named.casefold()):
        return None
    if counts.startswith(named.casefold()):
        return None
    return say("marks_attempt", attempt=named, counts=counts[:_DIGITS])


def _points(text: str, possible: int, named: str) -> Message | None:
    """What is wrong with the points."""
    if not text:
        return say("marks_no_points")
    if not _WHOLE.fullmatch(text):
        return say("marks_number", points=text)
    if _whole(text) < 0:
        return say("marks_negative", points=_whole(text))
    if _whole(text) > possible:
        return say("marks_too_many", points=_whole(text), possible=possible, exercise=named)
    return None


def _whole(text: str) -> int:
    found = _WHOLE.fullmatch(text)
    return int(found[1]) if found else 0
