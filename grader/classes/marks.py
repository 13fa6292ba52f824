"""The marks of a class as data: `marks.csv` in its output folder, which people write and nothing here ever overwrites.

Each line is judged by itself, and a wrong one is a value: which line, and what is wrong with it. What marks make of a
report is `report/marking.py`'s business, which answers wait for one `marking.py`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias

from grader.classes.intake.tables import TableLine, parse_table
from grader.errors import UsageError
from grader.messages import ENGLISH, Message, Words, counted, say
from grader.render.gradebook import table
from grader.report.marking import Given

FILE: Final = "marks.csv"
HEADINGS: Final = ("student", "exercise", "points", "comment")
OVERRIDE: Final = "override"
_KIND: Final = "table of marks"
_FORMULA: Final = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
_YES: Final = frozenset({"yes", "true", "1", "x", "\u662f"})
_NO: Final = frozenset({"", "no", "false", "0", "\u5426"})
_WHOLE: Final = re.compile(r"(-?\d{1,9})(?:[.,]0+)?")

ByExercise: TypeAlias = Mapping[str, Given]


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


def read_marks(file: Path, *, students: Collection[str], exercises: Iterable[Markable]) -> Marks:
    """The marks in a CSV file as people and spreadsheets write it; none if there is no such file.

    Raises UsageError if it cannot be read, or has not the headings.
    """
    try:
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return NO_MARKS
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}). Make it readable, or move it away.") from error
    lines = parse_table(data, name=str(file), kind=_KIND, headings=",".join(HEADINGS))
    return _judged(lines, file, frozenset(students), {each.id: each for each in exercises})


def right(marks: Marks, *, file: Path, partial: bool, warn: Callable[..., object], words: Words = ENGLISH) -> Marks:
    """The marks, if every line is right, or `partial` leaves out the others and `warn` says so. Raises UsageError."""
    if not marks.faults:
        return marks
    wrong = counted(len(marks.faults), "line")
    if not partial:
        raise UsageError(words.say("marks_refused", file=str(file), lines=wrong), *map(words.text, marks.faults))
    warn(words.say("marks_left_out", file=str(file), lines=wrong), *map(words.text, marks.faults))
    return replace(marks, faults=())


def template(waiting: Iterable[tuple[str, str]]) -> str:
    """The file with a line for each student and exercise; it opens in spreadsheets as UTF-8."""
    return "\ufeff" + table([list(HEADINGS), *([student, exercise, "", ""] for student, exercise in waiting)])


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a line by heading; the apostrophe before what looks like a formula is how tables mark text."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        cell = self.cells.get(heading, "")
        return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell

    def formula_in(self) -> str | None:
        """The first of points and comment that a spreadsheet would take for a formula."""
        if _WHOLE.fullmatch(self["points"]) is None and self["points"].startswith(_FORMULA):
            return "points"
        return "comment" if self.cells.get("comment", "").startswith(_FORMULA) else None


def _judged(lines: Sequence[TableLine], file: Path, students: frozenset[str], asked: Mapping[str, Markable]) -> Marks:
    given: dict[str, dict[str, Given]] = {}
    faults: list[Message] = []
    first: dict[tuple[str, str], int] = {}
    for line in _by_heading(lines, file):
        if not line["points"] and not line["comment"]:
            continue  # a line of the template that waits
        whose = (line["student"], line["exercise"])
        found = _twice(whose, first.get(whose)) or _mark(line, students, asked)
        first.setdefault(whose, line.number)
        if isinstance(found, Message):
            given.get(whose[0], {}).pop(whose[1], None)  # of two lines, nobody knows which is meant
            faults.append(say("marks_line", line=line.number, fault=found))
        else:
            given.setdefault(whose[0], {})[whose[1]] = found
    return Marks(given=given, faults=tuple(faults))


def _by_heading(lines: Sequence[TableLine], file: Path) -> Iterator[_Cells]:
    heads = [cell.casefold() for cell in lines[0].cells]
    if missing := [heading for heading in HEADINGS[:3] if heading not in heads]:
        raise UsageError(
            f"{file} has no column {', '.join(missing)}. Its first line must be {','.join(HEADINGS)}; "
            "`grader marks template` writes one."
        )
    for line in lines[1:]:
        yield _Cells(line.number, dict(zip(heads, line.cells, strict=False)))


def _twice(whose: tuple[str, str], first: int | None) -> Message | None:
    student, exercise = whose
    return None if first is None else say("marks_twice", student=student, exercise=exercise, first=first)


def _mark(line: _Cells, students: frozenset[str], asked: Mapping[str, Markable]) -> Given | Message:
    """What the line gives, or what is wrong with it."""
    exercise = asked.get(line["exercise"])
    override = line[OVERRIDE].casefold()
    if line["student"] not in students:
        return say("marks_student", student=line["student"])
    if exercise is None:
        return say("marks_exercise", exercise=line["exercise"], exercises=", ".join(asked))
    if override not in _YES | _NO:
        return say("marks_override", override=line[OVERRIDE])
    if exercise.by_machine and override not in _YES:
        return say("marks_machine", exercise=exercise.id)
    if (column := line.formula_in()) is not None:
        return say("marks_formula", column=column, sign=line[column][0])
    return _points(line["points"], exercise) or Given(points=_whole(line["points"]), comment=line["comment"])


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
