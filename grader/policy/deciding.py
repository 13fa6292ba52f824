"""What is decided when an attempt comes in, from data alone: whether it is taken, and how late it is.

The same data decide alike whenever they are asked; what was decided is kept with the attempt (`decision.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from grader.messages import counted, say
from grader.policy.decision import Decision, Refusal, Refused
from grader.policy.moments import told
from grader.policy.terms import Frozen, Period, Relief, Terms, own_terms

_PERIODS: Final = {Period.HOUR: timedelta(hours=1), Period.DAY: timedelta(days=1)}
_SECOND: Final = timedelta(seconds=1)


class Earlier(Frozen):
    """An attempt that came before. Those that were superseded, parked, unreadable or not graded through our fault are
    not `charged`: they use nothing up."""

    received_at: datetime
    charged: bool = True


class Left(Frozen):
    """What a student has left with an opening, reliefs included. None is no limit.

    `deducted`: the percent that would be taken off what is handed in now. `refused`: why nothing would be taken now.
    """

    attempts: int | None = None
    today: int | None = None
    cool_down_until: datetime | None = None
    opens_at: datetime | None = None
    due: datetime | None = None
    closes_at: datetime | None = None
    deducted: int = 0
    late: bool = False
    refused: Refused | None = None


def decide(
    terms: Terms, reliefs: Sequence[Relief], earlier: Sequence[Earlier], *, received_at: datetime, zone: str = "UTC"
) -> Decision | Refused:
    """Whether what came in at `received_at` is taken, and how late it is. `zone`: where the days are counted."""
    own = own_terms(terms, reliefs)
    refused = list(_refusals(own, earlier, received_at, zone))
    if not refused:
        return _lateness(own, received_at)
    final = next((each for each in refused if each.allowed_from is None), None)
    return final or max(refused, key=lambda each: each.allowed_from or received_at)


def left(
    terms: Terms, reliefs: Sequence[Relief], earlier: Sequence[Earlier], now: datetime, *, zone: str = "UTC"
) -> Left:
    """What is left at this moment, as pages and API say it."""
    own = own_terms(terms, reliefs)
    used = [each.received_at for each in earlier if each.charged]
    in_all = None if own.attempts is None else max(0, own.attempts - len(used))
    today = _left_today(own, used, now, zone)
    decided = decide(terms, reliefs, earlier, received_at=now, zone=zone)
    lateness = _lateness(own, now)
    return Left(
        attempts=in_all,
        today=today if today is None or in_all is None else min(today, in_all),
        cool_down_until=_cool_down_until(own, used, now),
        opens_at=own.release,
        due=own.due,
        closes_at=own.late_until,
        deducted=lateness.deducted,
        late=lateness.late_seconds > 0,
        refused=decided if isinstance(decided, Refused) else None,
    )


def _refusals(own: Terms, earlier: Sequence[Earlier], at: datetime, zone: str) -> Iterator[Refused]:
    """Every reason against it: the one that holds longest is told."""
    used = [each.received_at for each in earlier if each.charged]
    ends = None if own.late_until is None else own.late_until + timedelta(seconds=own.grace_seconds)
    if ends is not None and at > ends:
        yield Refused(kind=Refusal.CLOSED, message=say("opening_closed", when=told(own.late_until or ends, zone)))
        return
    if own.release is not None and at < own.release:
        yield Refused(
            kind=Refusal.NOT_OPEN_YET,
            message=say("opening_not_open_yet", when=told(own.release, zone)),
            allowed_from=own.release,
        )
    if own.attempts is not None and len(used) >= own.attempts:
        yield Refused(
            kind=Refusal.NO_ATTEMPTS_LEFT,
            message=say("opening_no_attempts_left", attempts=counted(own.attempts, "attempt")),
        )
    if own.attempts_per_day is not None and _left_today(own, used, at, zone) == 0:
        tomorrow = _next_day(at, zone)
        message = say(
            "opening_none_left_today", attempts=counted(own.attempts_per_day, "attempt"), when=told(tomorrow, zone)
        )
        yield _until(ends, Refused(kind=Refusal.NONE_LEFT_TODAY, message=message, allowed_from=tomorrow), zone)
    if (cool := _cool_down_until(own, used, at)) is not None:
        message = say("opening_cooling_down", when=told(cool, zone))
        yield _until(ends, Refused(kind=Refusal.COOLING_DOWN, message=message, allowed_from=cool), zone)


def _until(ends: datetime | None, refused: Refused, zone: str) -> Refused:
    """Nobody is told to come again at a moment when the opening is closed."""
    if ends is None or refused.allowed_from is None or refused.allowed_from <= ends:
        return refused
    message = say("opening_closes_before", when=told(refused.allowed_from, zone), ends=told(ends, zone))
    return Refused(kind=refused.kind, message=message)


def _lateness(own: Terms, at: datetime) -> Decision:
    if own.due is None or at <= own.due:
        return Decision(due=own.due)
    if at <= own.due + timedelta(seconds=own.grace_seconds):
        return Decision(due=own.due, in_grace=True)
    late = at - own.due
    return Decision(due=own.due, late_seconds=-(-late // _SECOND), deducted=_deducted(own, late))


def _deducted(own: Terms, late: timedelta) -> int:
    """Each started period counts, from the due date itself."""
    if own.deduction is None:
        return 0
    started = -(-late // _PERIODS[own.deduction.per])
    return min(own.deduction.percent * started, 100 - own.deduction.floor)


def _left_today(own: Terms, used: Sequence[datetime], at: datetime, zone: str) -> int | None:
    if own.attempts_per_day is None:
        return None
    day = at.astimezone(ZoneInfo(zone)).date()
    today = sum(each.astimezone(ZoneInfo(zone)).date() == day for each in used)
    return max(0, own.attempts_per_day - today)


def _next_day(at: datetime, zone: str) -> datetime:
    """When the next day begins there; it may be 23 or 25 hours after this one did."""
    place = ZoneInfo(zone)
    tomorrow = at.astimezone(place).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), place).astimezone(at.tzinfo)


def _cool_down_until(own: Terms, used: Sequence[datetime], at: datetime) -> datetime | None:
    """When the next may come, if that is later than `at`. An attempt from the future says that a clock was set back,
    and nothing of when the student handed in."""
    past = [each for each in used if each <= at]
    if not past or not own.cool_down_seconds:
        return None
    until = max(past) + timedelta(seconds=own.cool_down_seconds)
    return until if until > at else None


def kinder(decision: Decision, terms: Terms, reliefs: Sequence[Relief], *, received_at: datetime) -> Decision:
    """What holds of an attempt that was taken, now that terms and extensions may be others: what was decided then, or
    what would be decided now, if that is kinder. What somebody was told at receipt never becomes worse."""
    today = _lateness(own_terms(terms, reliefs), received_at)
    return min(decision, today, key=lambda each: (each.deducted, each.late_seconds))
