"""Terms as sentences that a student understands, in the order in which they matter. No page stands here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from grader.messages import Message, say
from grader.policy.terms import Counts, Deduction, Period, Publishing, Terms
from grader.service.web.moments import span

COUNTED: Final = {
    Counts.BEST: say("staff_told_best"),
    Counts.LATEST: say("staff_told_latest"),
    Counts.BEST_PER_EXERCISE: say("staff_told_best_per_exercise"),
}


def told(terms: Terms, zone: ZoneInfo) -> tuple[Message, ...]:
    """What these terms mean for a student without an extension."""
    asked = terms.requests_until
    requests = () if asked is None else (say("staff_told_requests", moment=_at(asked, zone)),)
    return (*_dates(terms, zone), *_attempts(terms), *_publishing(terms.publishing, zone), *requests)


def _dates(terms: Terms, zone: ZoneInfo) -> Iterator[Message]:
    if terms.release is None:
        yield say("staff_told_open_now")
    else:
        yield say("staff_told_release", moment=_at(terms.release, zone))
    if terms.due is None:
        yield say("staff_told_no_due")
        return
    yield say("staff_told_due", moment=_at(terms.due, zone))
    if terms.deduction is not None:
        yield _deduction(terms.deduction)
    if terms.late_until is None:
        yield say("staff_told_late_no_end")
    elif terms.late_until > terms.due:
        yield say("staff_told_late_until", moment=_at(terms.late_until, zone))
    else:
        yield say("staff_told_no_late")


def _deduction(taken: Deduction) -> Message:
    per = say("staff_told_hour") if taken.per is Period.HOUR else say("staff_told_day")
    return say("staff_told_deduction", percent=taken.percent, per=per, floor=taken.floor)


def _attempts(terms: Terms) -> Iterator[Message]:
    if terms.attempts is None:
        yield say("staff_told_attempts_free")
    else:
        yield say("staff_told_attempts", attempts=terms.attempts)
    if terms.attempts_per_day is not None:
        yield say("staff_told_per_day", attempts=terms.attempts_per_day)
    if terms.cool_down_seconds:
        yield say("staff_told_cool_down", time=span(terms.cool_down_seconds))
    yield COUNTED[terms.counts]


def _publishing(publishing: Publishing, zone: ZoneInfo) -> Iterator[Message]:
    if publishing.by_hand:
        yield say("staff_told_by_hand")
        return
    if publishing.points_from is not None:
        yield say("staff_told_points_from", moment=_at(publishing.points_from, zone))
    if publishing.checks_from is not None:
        yield say("staff_told_checks_from", moment=_at(publishing.checks_from, zone))
    if publishing.marks_from is not None:
        yield say("staff_told_marks_from", moment=_at(publishing.marks_from, zone))


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
