"""Moments and spans as people read them: in the zone that the course speaks in, and in words from now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

from grader.messages import Message, counted, say

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


def written(moment: datetime, zone: tzinfo = UTC) -> str:
    """2026-11-29 12:00 UTC+08:00: the same in every language, and never taken for another."""
    there = moment.astimezone(zone)
    ahead = there.utcoffset() or timedelta()
    return f"{there:%Y-%m-%d %H:%M} {timezone(ahead)}"


def span(seconds: float) -> Message:
    """How long that is, in the two words that matter: 3 hours, 2 days. Never "0 minutes"."""
    whole = max(1, round(seconds))
    if whole < 2 * MINUTE:
        return counted(whole, "second")
    if whole < 2 * HOUR:
        return counted(round(whole / MINUTE), "minute")
    if whole < 2 * DAY:
        return counted(round(whole / HOUR), "hour")
    return counted(round(whole / DAY), "day")


def away(moment: datetime, now: datetime) -> Message:
    """In 3 hours; 2 days ago; now."""
    seconds = (moment - now).total_seconds()
    if abs(seconds) < 1:
        return say("moment_now")
    return say("moment_in", span=span(seconds)) if seconds > 0 else say("moment_ago", span=span(-seconds))
