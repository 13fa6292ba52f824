"""Points in time as platforms write them. Only their order matters here."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

#: 2024-03-01 23:59:58.123456 +0100, with T for the blank, Z or UTC for the offset, and all but the date optional
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?)?\s*(?:([+-])(\d\d):?(\d\d))?")


def moment(text: str) -> tuple[float, ...]:
    """The moment in `text` as a value that sorts, in seconds; nothing, which sorts first, where `text` names none."""
    match = _MOMENT.search(text)
    if match is None:
        return ()
    day, clock, fraction, sign, hours, minutes = match.groups()
    try:
        local = datetime.fromisoformat(f"{day}T{clock or '00:00'}+00:00")
    except ValueError:
        return ()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    return (local.timestamp() - offset.total_seconds() + float(fraction or 0),)
