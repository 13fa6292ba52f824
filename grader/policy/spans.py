"""Spans of time as people state them: whole minutes, hours or days. Terms hold seconds; here the two meet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from grader.policy.terms import Frozen


class Unit(StrEnum):
    """What a span is counted in."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


SECONDS: Final[Mapping[Unit, int]] = {Unit.SECONDS: 1, Unit.MINUTES: 60, Unit.HOURS: 3_600, Unit.DAYS: 86_400}
#: nobody means more digits than these
_SPAN: Final = re.compile(r"([0-9]{1,9})\s*([a-z]+)")


class Span(Frozen):
    """So many of a unit."""

    number: int
    unit: Unit

    @property
    def seconds(self) -> int:
        """How long that is."""
        return self.number * SECONDS[self.unit]


def span_of(seconds: int) -> Span:
    """In the largest unit that gives a whole number; of none at all, in minutes."""
    if not seconds:
        return Span(number=0, unit=Unit.MINUTES)
    unit = next(unit for unit in reversed(Unit) if seconds % SECONDS[unit] == 0)
    return Span(number=seconds // SECONDS[unit], unit=unit)


def read_span(text: str) -> Span:
    """A span as it is written: "10 minutes", "1 hour". Raises ValueError for what is none."""
    found = _SPAN.fullmatch(text.strip().lower())
    if found is None or found[2].removesuffix("s") + "s" not in set(Unit):
        raise ValueError(f"{text!r} is no span of time")
    return Span(number=int(found[1]), unit=Unit(found[2].removesuffix("s") + "s"))
