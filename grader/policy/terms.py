"""The terms of an opening, as an instructor states them: what is wrong with them as a whole, and how they hold for one
student. What follows from them for one attempt is `decision.py`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from grader.messages import Message, say

#: years in which somebody may set a date: with what lies outside nothing can be reckoned, and nobody meant it
YEARS: Final = range(1990, 2201)
#: the longest cool-down, in seconds, and the most attempts, that anybody can mean
LONGEST: Final = 366 * 86_400
MOST: Final = 1_000_000


def _sensible(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValueError(f"The year has to lie between {YEARS.start} and {YEARS.stop - 1}.")
    return moment


#: a moment that somebody states, with its zone
Date: TypeAlias = Annotated[AwareDatetime, AfterValidator(_sensible)]


class Frozen(BaseModel):
    """Data that never changes, and knows no field that it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Counts(StrEnum):
    """Which of a student's attempts counts."""

    LATEST = "latest"
    BEST = "best"
    BEST_PER_EXERCISE = "best_per_exercise"


class Period(StrEnum):
    """What lateness is counted in; each one that has begun counts."""

    HOUR = "hour"
    DAY = "day"


class Deduction(Frozen):
    """So many percent of the points for each started period, until `floor` percent are left."""

    percent: int = Field(ge=0, le=100)
    per: Period = Period.DAY
    floor: int = Field(default=0, ge=0, le=100)


class Publishing(Frozen):
    """When students see their points, the checks that are withheld until then, and what people marked. None: at once,
    for points; when the assignment is over, for withheld checks; not before an instructor publishes, for marks.
    `by_hand`: nothing before an instructor says so."""

    points_from: Date | None = None
    checks_from: Date | None = None
    marks_from: Date | None = None
    by_hand: bool = False

    @property
    def has_dates(self) -> bool:
        """Whether anything of it has a date."""
        return any(each is not None for each in (self.points_from, self.checks_from, self.marks_from))


class Terms(Frozen):
    """Dates with their zone, limits, and what counts. None is no limit; without `requests_until` nobody may ask for
    another look at an exercise."""

    release: Date | None = None
    due: Date | None = None
    late_until: Date | None = None
    deduction: Deduction | None = None
    grace_seconds: int = Field(default=0, ge=0, le=86_400)
    attempts: int | None = Field(default=None, ge=1, le=MOST)
    attempts_per_day: int | None = Field(default=None, ge=1, le=MOST)
    cool_down_seconds: int = Field(default=0, ge=0, le=LONGEST)
    counts: Counts = Counts.BEST
    publishing: Publishing = Publishing()
    requests_until: Date | None = None


class Relief(Frozen):
    """What an extension changes, for one student or a section; None leaves a date as it is."""

    due: Date | None = None
    late_until: Date | None = None
    extra_attempts: int = Field(default=0, ge=0, le=MOST)
    no_deduction: bool = False


def faults(terms: Terms) -> Iterator[Message]:
    """Terms that nobody can have meant, in words for whoever states them."""
    dates = (("release", terms.release), ("due", terms.due), ("late_until", terms.late_until))
    known = [(name, moment) for name, moment in dates if moment is not None]
    for (earlier, first), (later, then) in pairwise(known):
        if then < first:
            yield say("terms_out_of_order", earlier=earlier, later=later)
    if terms.deduction is not None and terms.due is None:
        yield say("terms_deduction_without_due")
    if terms.publishing.by_hand and terms.publishing.has_dates:
        yield say("terms_by_hand_with_dates")


def own_terms(terms: Terms, reliefs: Sequence[Relief]) -> Terms:
    """Of several reliefs the kinder wins, field by field; none makes anything worse than without it.

    A later due date keeps the opening open at least as long.
    """
    due = None if terms.due is None else max([terms.due, *(each.due for each in reliefs if each.due is not None)])
    ends = [each.late_until for each in reliefs if each.late_until is not None]
    if terms.late_until is not None:
        ends += [terms.late_until] if due is None else [terms.late_until, due]
    extra = max((each.extra_attempts for each in reliefs), default=0)
    return terms.model_copy(
        update={
            "due": due,
            "late_until": None if terms.late_until is None else max(ends),
            "attempts": None if terms.attempts is None else terms.attempts + extra,
            "deduction": None if any(each.no_deduction for each in reliefs) else terms.deduction,
        }
    )
