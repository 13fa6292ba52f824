"""Which dates stand in somebody's calendar of a course, and what has changed since they were last told: from data
alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from grader.messages import Words
from grader.messages.visible import one_line
from grader.policy.terms import Frozen
from grader.service.attempts.offered import Offered
from grader.service.store.feed_tables import Served

#: for so long a date that is no longer one is told to be none
CANCELLED_FOR: Final = timedelta(days=90)


class Kind(StrEnum):
    """What a date is of an opening."""

    RELEASE = "release"
    DUE = "due"
    LATE = "late"


#: what a calendar calls each
_SUMMARY: Final = {
    Kind.RELEASE: "calendar_release",
    Kind.DUE: "calendar_due",
    Kind.LATE: "calendar_late",
}


class Date(Frozen):
    """One date of an opening. `name`: the same for ever, whatever else of it changes."""

    name: str
    at: datetime
    zone: str
    summary: str
    url: str


def dates_of(
    openings: Iterable[Offered],
    *,
    everything: bool,
    now: datetime,
    title: Callable[[Offered], str],
    url: Callable[[Offered], str],
    words: Words,
) -> Iterator[Date]:
    """Those of these openings, with the person's own extensions. A student is told nothing of one that is to come;
    `everything`: whoever reads is staff. The last moment for late work is none of its own where that is not taken."""
    for each in openings:
        left = each.left
        if not everything and left.opens_at is not None and now < left.opens_at:
            continue
        late = left.closes_at if left.closes_at != left.due else None
        for kind, at in ((Kind.RELEASE, left.opens_at), (Kind.DUE, left.due), (Kind.LATE, late)):
            if at is not None:
                summary = words.say(_SUMMARY[kind], assignment=one_line(title(each), most=200))
                name = f"opening-{each.opening_id}-{kind}"
                yield Date(name=name, at=at, zone=each.zone, summary=summary, url=url(each))


def served(dates: Iterable[Date], before: Mapping[str, Served], now: datetime) -> Mapping[str, Served]:
    """What is said now, each date with the number of its changes. What was said before and holds no longer is said to
    be cancelled; one that comes back goes on counting."""
    found = {each.name: _next(each, before.get(each.name), now) for each in dates}
    gone = {name: _cancelled(was, now) for name, was in before.items() if name not in found}
    kept = {name: each for name, each in gone.items() if now - each.changed_at <= CANCELLED_FOR}
    return dict(sorted((found | kept).items()))


def _next(date: Date, was: Served | None, now: datetime) -> Served:
    sequence = 0 if was is None else was.sequence
    said = Served(
        at=date.at,
        zone=date.zone,
        summary=date.summary,
        url=date.url,
        sequence=sequence,
        changed_at=now if was is None else was.changed_at,
    )
    if was is None or said == was:
        return said
    return said.model_copy(update={"sequence": sequence + 1, "changed_at": now})


def _cancelled(was: Served, now: datetime) -> Served:
    if was.cancelled:
        return was
    return was.model_copy(update={"cancelled": True, "sequence": was.sequence + 1, "changed_at": now})
