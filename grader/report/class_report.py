"""The report of a class: one row for each student, and what the rows say together. Version 2.

Here live its types. How rows become statistics is `statistics.py`, how a class looks is `render/`. Everything outside
`run` is a pure function of the reports.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from grader.messages import Message
from grader.report.report import AssignmentReference, Mark, Record, Score, Verdict
from grader.report.version_1 import class_as_version_2

CLASS_SCHEMA_VERSION: Literal[2] = 2


class RowStatus(StrEnum):
    """What became of one student's work. Never handed in, unreadable and a zero are three different things."""

    GRADED = "graded"
    UNREADABLE = "unreadable"
    NOT_GRADED = "not_graded"
    NEVER_SUBMITTED = "never_submitted"


class ExerciseRow(Record):
    """One exercise of one student; `misconception` names the known mistake that answers alike, `mark` is a person's."""

    verdict: Verdict
    earned: int | None
    possible: int
    misconception: str | None = None
    mark: Mark | None = None


class StudentRow(Record):
    """One student: the file that counted, its score, and the report's file below the output folder.

    `notes` say what somebody should look at: late, not on the roster, older versions set aside, why it was not graded.
    `columns` are the roster's further columns by their lower-case heading: gradebooks know people by them.
    """

    student: str
    name: str = ""
    email: str = ""
    columns: dict[str, str] = Field(default_factory=dict)
    file: str | None
    status: RowStatus
    score: Score | None
    exercises: dict[str, ExerciseRow]
    report: str | None
    notes: tuple[Message, ...] = ()

    def lacks_marks(self, possible: int) -> bool:
        """Whether it waits for a mark that others have, so that `possible` counts for the class: no grade as yet."""
        return self.score is not None and self.score.to_mark > 0 and self.score.possible < possible


class Quartiles(Record):
    """Five numbers of the scores, in percent of what is possible, rounded to two digits."""

    least: float
    first: float
    median: float
    third: float
    most: float


class ExerciseStatistics(Record):
    """One exercise over the graded students.

    `difficulty`: mean share of its points, 1 is easy. `discrimination`: correlation of its points with the points of
    all others, None where one of the two does not vary. `misconceptions`: how many made which known mistake, the most
    frequent first.
    """

    title: str
    possible: int
    difficulty: float | None
    discrimination: float | None
    verdicts: dict[Verdict, int]
    misconceptions: dict[str, int] = Field(default_factory=dict)


class Statistics(Record):
    """What the rows say together. `histogram` counts graded students by percent: 0-9, 10-19, ... 90-99, 100."""

    students: int
    statuses: dict[RowStatus, int]
    mean: float | None
    quartiles: Quartiles | None
    histogram: tuple[int, ...]
    exercises: dict[str, ExerciseStatistics]


class Trouble(Record):
    """Something the instructor should look at: whose or what, what happened, and what to do."""

    what: str
    happened: Message
    to_do: Message


class ClassRun(Record):
    """The only part of a class report that differs between two runs on the same files."""

    started: str
    seconds: float
    host: str
    graded: int
    from_journal: int
    slowest: dict[str, float]


class ClassReport(Record):
    """The result of a class. `column` is what the assignment is called in gradebooks, where that is not its title.

    `mistakes` are the known ones that somebody made, in the words of their hints, by name.
    """

    schema_version: Literal[2] = CLASS_SCHEMA_VERSION
    assignment: AssignmentReference
    possible: int
    exercises: dict[str, str]
    column: str | None = None
    students: tuple[StudentRow, ...]
    statistics: Statistics
    troubles: tuple[Trouble, ...] = ()
    mistakes: dict[str, str] = Field(default_factory=dict)
    run: ClassRun

    _of_version_1 = model_validator(mode="before")(class_as_version_2)

    def mistake(self, name: str) -> str:
        """A known mistake in words: its hint, or its name, which is made of words too."""
        return self.mistakes.get(name, name.replace("_", " "))
