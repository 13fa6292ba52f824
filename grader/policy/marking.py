"""What people decided about exercises, as it stands in rows, and why a decision of theirs is not taken. From data
alone: what it makes of a report is `report/marking.py`'s business, how it is saved `service/marking/`'s."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

from pydantic import Field

from grader.messages import Message
from grader.policy.terms import Frozen
from grader.report.marking import Given

#: characters of a comment, and of a reason
MOST_COMMENT: Final = 10_000
MOST_REASON: Final = 1_000
#: characters of an item of a rubric, and items of one exercise
MOST_WORDS: Final = 1_000
MOST_ITEMS: Final = 50
#: characters of a request and of its answer, and requests of one student in a course within a day
MOST_REQUEST: Final = 4_000
MOST_A_DAY: Final = 10


class Way(StrEnum):
    """How a mark came to be as it is."""

    PAGE = "page"
    API = "api"
    FILE = "file"
    RUBRIC = "rubric"
    UNDO = "undo"
    REQUEST = "request"
    GROUP = "group"
    SECOND = "second"


class Chosen(StrEnum):
    """Whose mark counts of two."""

    FIRST = "first"
    SECOND = "second"


class StandingMark(Frozen):
    """What was decided last about an exercise of an attempt, by whom and when. `given` is None where it was taken back,
    so that the machine's points count; `version` counts the decisions."""

    version: int = Field(ge=1)
    given: Given | None
    by_id: int | None
    at: datetime


#: by exercise, of one attempt
StandingMarks: TypeAlias = Mapping[str, StandingMark]


class Why(StrEnum):
    """Why a mark was not saved; programs go by it."""

    NO_REPORT = "no_report"
    NO_EXERCISE = "no_exercise"
    NO_CHECK = "no_check"
    OUT_OF_BOUNDS = "out_of_bounds"
    CHANGED = "mark_changed"
    FAULTY = "faulty"
    NO_ITEM = "no_item"
    IN_USE = "in_use"
    CLAIMED = "claimed"


class WhyNot(StrEnum):
    """Why a request for another look was not taken; programs go by it."""

    CLOSED = "requests_closed"
    NOT_SHOWN = "not_shown_yet"
    NOT_COUNTING = "not_counting"
    ASKED = "asked_already"
    TOO_MANY = "too_many_requests"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    ANSWERED = "answered"


class NotAsked(Frozen):
    """What was not taken, and what to do."""

    why: WhyNot
    message: Message


class NotSaved(Frozen):
    """What was not saved: nothing is changed. `standing`: what somebody else decided in the meantime; `faults`: of a
    table, what is wrong in which line."""

    why: Why
    message: Message
    standing: StandingMark | None = None
    faults: tuple[Message, ...] = ()


def given_in(marks: StandingMarks | None) -> dict[str, Given]:
    """What was given by exercise, without what was taken back."""
    return {name: each.given for name, each in (marks or {}).items() if each.given is not None}
