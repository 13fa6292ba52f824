"""What judging stored work again would change, as data: by work, by exercise, and for the class. Version 1.

Here live its types. How two reports become a difference is `classes/differences.py`, how it looks `render/`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from grader.messages import Message
from grader.report.class_report import Quartiles
from grader.report.report import AssignmentReference, Record, Score, Verdict

DIFFERENCES_SCHEMA_VERSION: Literal[1] = 1


class Direction(StrEnum):
    """What happens to a score, by its share of what is possible; `same` may be said in other words."""

    GAINS = "gains"
    LOSES = "loses"
    SAME = "same"
    GRADED = "graded"  # it was not, through us
    NOT_GRADED = "not_graded"  # it is no longer, through us


#: what may be applied where nobody is to lose
GAINS = (Direction.GAINS, Direction.GRADED)


class Points(Record):
    """What a check or an exercise is worth in one of the two reports: None of what is not in that one."""

    verdict: Verdict
    earned: int | None
    possible: int


class CheckDifference(Record):
    """A check that comes out otherwise; one that is new or gone has one side alone. Where a person gave it `mark`
    points, those stay, and the two sides are what the machine says; with the check gone they count nowhere."""

    id: str
    title: str
    before: Points | None
    now: Points | None
    mark: int | None = None


class ExerciseDifference(Record):
    """An exercise that comes out otherwise. Where a person gave `mark` points, those stay, and the two sides are what
    the machine says."""

    id: str
    title: str
    before: Points | None
    now: Points | None
    mark: int | None = None
    checks: tuple[CheckDifference, ...] = ()


class WorkDifference(Record):
    """One submission that is judged again: whose, and both of its reports, by where they lie.

    `exercises` are those that come out otherwise. `asked_again`: its code ran once more, else points and words changed.
    """

    who: str
    name: str = ""
    direction: Direction
    before: Score | None
    now: Score | None
    report_before: str
    report_now: str
    asked_again: bool = False
    exercises: tuple[ExerciseDifference, ...] = ()


class ExerciseSummary(Record):
    """How an exercise moves: how many gain and lose by the machine's points, and their mean share before and now."""

    id: str
    title: str
    gains: int
    loses: int
    same: int
    mean_before: float | None
    mean_now: float | None


class Distribution(Record):
    """The scores of all that are graded, in percent. `histogram`: 0-9, 10-19, ... 90-99, 100."""

    graded: int
    mean: float | None
    quartiles: Quartiles | None
    histogram: tuple[int, ...]


class LeftAsItIs(Record):
    """Work that could not be judged again, and why: its report stays."""

    who: str
    reason: Message


class Differences(Record):
    """What would change if stored work were judged by `assignment` as it is now.

    `works` are those whose report differs, whoever gains or loses first; the `unchanged` are only counted.
    `marks_wrong` names the lines of marks that are not right by that assignment: more points than there are now, say.
    """

    schema_version: Literal[1] = DIFFERENCES_SCHEMA_VERSION
    assignment: AssignmentReference
    works: tuple[WorkDifference, ...]
    exercises: tuple[ExerciseSummary, ...]
    before: Distribution
    now: Distribution
    unchanged: int = Field(ge=0)
    left: tuple[LeftAsItIs, ...] = ()
    marks_wrong: tuple[Message, ...] = ()

    def of(self, *directions: Direction) -> tuple[WorkDifference, ...]:
        """The works that go there."""
        return tuple(work for work in self.works if work.direction in directions)
