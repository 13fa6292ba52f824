"""Somebody's calendar of a course as a program reads it (RFC 5545): written through icalendar, which escapes what
teachers call things. The library is loaded where one is fetched: it takes a tenth of a second."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from grader.messages.visible import one_line
from grader.service.store.feed_tables import Served

if TYPE_CHECKING:
    from icalendar import Event

#: how often a program is asked to look again
AGAIN: Final = timedelta(hours=1)
#: around the dates that are told, the years of which the zone's rules are
YEAR: Final = timedelta(days=366)


def calendar(title: str, zone: str, dates: Mapping[str, Served], *, site: str) -> bytes:
    """The calendar `title` with these dates, each in its zone. `site`: what makes their names its own."""
    from icalendar import Calendar, vDuration

    made, title = Calendar(), one_line(title)
    made.add("prodid", "-//notebook-grader//calendar//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", title)
    made.add("x-wr-calname", title)
    made.add("x-wr-timezone", zone)
    made.add("refresh-interval", vDuration(AGAIN), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(AGAIN))
    for name, each in dates.items():
        made.add_component(_event(f"{name}@{site}", each))
    if dates:
        moments = [each.at for each in dates.values()]
        made.add_missing_timezones(_day(min(moments) - YEAR), _day(max(moments) + YEAR))
    return bytes(made.to_ical())


def _event(name: str, told: Served) -> Event:
    from icalendar import Event as Made

    event = Made()
    event.add("uid", name)
    event.add("dtstamp", told.changed_at.astimezone(UTC))
    event.add("last-modified", told.changed_at.astimezone(UTC))
    event.add("sequence", told.sequence)
    event.add("dtstart", _there(told.at, told.zone))
    event.add("summary", told.summary)
    event.add("url", told.url)
    event.add("status", "CANCELLED" if told.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _there(at: datetime, zone: str) -> datetime:
    """A moment of UTC needs no rules of a zone."""
    return at.astimezone(UTC if zone == "UTC" else ZoneInfo(zone))


def _day(at: datetime) -> date:
    return at.date()
