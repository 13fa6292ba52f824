"""The terms of an opening, as an instructor states them. What follows from them for one attempt is `decision.py`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

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
