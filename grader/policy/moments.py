"""How a moment is said: in the course's zone, to the minute, or to the second where it falls between two minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def told(moment: datetime, zone: str) -> str:
    """The moment as people of `zone` read it, never earlier than it is: whoever comes then is not too early."""
    if moment.microsecond:
        moment = moment.replace(microsecond=0) + timedelta(seconds=1)
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d %H:%M:%S} {zone}" if local.second else f"{local:%Y-%m-%d %H:%M} {zone}"
