"""The terms of an opening as a form: what is typed, read in the course's zone, with what is wrong at its field.

The form holds text alone, so that a mistake in one field loses nothing of the others. No page stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from grader.messages import Message, say
from grader.policy.spans import SECONDS, Span, Unit, span_of
from grader.policy.terms import Counts, Deduction, Period, Publishing, Terms

TYPED: Final = Field(default="", max_length=40)
UNIT: Final = Field(default=Unit.MINUTES.value, max_length=40)
#: fields that are whole numbers, with the least and the most that each may be
NUMBERS: Final[Mapping[str, tuple[int, int]]] = {
    "percent": (0, 100),
    "floor": (0, 100),
    "attempts": (1, 1_000_000),
    "attempts_per_day": (1, 1_000_000),
}
#: fields that are spans, with the most seconds that each may be
SPANS: Final[Mapping[str, int]] = {"grace": 86_400, "cool_down": 2_592_000}
DATES: Final = ("release", "due", "late_until", "points_from", "checks_from", "marks_from", "requests_until")
#: when something is published
PUBLISHED: Final = ("points_from", "checks_from", "marks_from")


class TermsForm(BaseModel):
    """What was typed. An empty field is no limit, no date."""

    model_config = ConfigDict(frozen=True)

    release: str = TYPED
    due: str = TYPED
    late_until: str = TYPED
    percent: str = TYPED
    per: str = Field(default=Period.DAY.value, max_length=40)
    floor: str = TYPED
    grace: str = TYPED
    grace_unit: str = UNIT
    attempts: str = TYPED
    attempts_per_day: str = TYPED
    cool_down: str = TYPED
    cool_down_unit: str = UNIT
    counts: str = Field(default=Counts.BEST.value, max_length=40)
    points_from: str = TYPED
    checks_from: str = TYPED
    marks_from: str = TYPED
    requests_until: str = TYPED
    by_hand: str = TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What is wrong, by field."""

    errors: Mapping[str, Message]


@dataclass(slots=True)
class Reading:
    """Fields of a form read one after another; what is wrong gathers in `errors`."""

    zone: ZoneInfo
    errors: dict[str, Message] = field(default_factory=dict)

    def moment(self, name: str, typed: str) -> datetime | None:
        """A date with its time in the zone; None for an empty field."""
        if not typed.strip():
            return None
        try:
            local = datetime.fromisoformat(typed.strip())
        except ValueError:
            self.errors[name] = say("staff_no_date")
            return None
        if not 2000 <= local.year <= 2200:
            self.errors[name] = say("staff_no_date")
            return None
        return local.replace(tzinfo=self.zone) if local.tzinfo is None else local

    def number(self, name: str, typed: str, *, least: int, most: int) -> int | None:
        """A whole number between two; None for an empty field."""
        text = typed.strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            self.errors[name] = say("staff_no_number", least=f"{least:,}", most=f"{most:,}")
            return None
        return int(text)

    def span(self, name: str, typed: str, unit: str, *, most: int) -> int | None:
        """So many of a unit, in seconds; None for an empty field."""
        if unit not in set(Unit):
            self.errors[name] = say("staff_no_choice")
            return None
        number = self.number(name, typed, least=0, most=most // SECONDS[Unit(unit)])
        return None if number is None else Span(number=number, unit=Unit(unit)).seconds


def read_terms(form: TermsForm, zone: ZoneInfo) -> Terms | Faults:
    """The terms that were typed, or all that is wrong with them."""
    reading = Reading(zone)
    dates = {name: reading.moment(name, getattr(form, name)) for name in DATES}
    numbers = {
        name: reading.number(name, getattr(form, name), least=least, most=most)
        for name, (least, most) in NUMBERS.items()
    }
    spans = {
        name: reading.span(name, getattr(form, name), getattr(form, f"{name}_unit"), most=most)
        for name, most in SPANS.items()
    }
    reading.errors |= _in_order(dates["release"], dates["due"], dates["late_until"])
    if numbers["percent"] and dates["due"] is None:
        reading.errors.setdefault("percent", say("staff_late_without_due"))
    if form.by_hand and (dated := next((name for name in PUBLISHED if dates[name]), None)):
        reading.errors.setdefault(dated, say("staff_by_hand_has_dates"))
    if form.per not in set(Period) or form.counts not in set(Counts):
        reading.errors["counts"] = say("staff_no_choice")
    if reading.errors:
        return Faults(errors=reading.errors)
    return Terms(
        release=dates["release"],
        due=dates["due"],
        late_until=dates["late_until"],
        deduction=_deduction(numbers["percent"], Period(form.per), numbers["floor"]),
        grace_seconds=spans["grace"] or 0,
        attempts=numbers["attempts"],
        attempts_per_day=numbers["attempts_per_day"],
        cool_down_seconds=spans["cool_down"] or 0,
        counts=Counts(form.counts),
        requests_until=dates["requests_until"],
        publishing=Publishing(**{name: dates[name] for name in PUBLISHED}, by_hand=form.by_hand == "yes"),
    )


def typed(terms: Terms, zone: ZoneInfo) -> TermsForm:
    """The form in which these terms stand."""
    taken, grace, cool_down = terms.deduction, span_of(terms.grace_seconds), span_of(terms.cool_down_seconds)
    return TermsForm(
        release=local(terms.release, zone),
        due=local(terms.due, zone),
        late_until=local(terms.late_until, zone),
        percent="" if taken is None else str(taken.percent),
        per=Period.DAY if taken is None else taken.per,
        floor="" if taken is None else str(taken.floor),
        grace=str(grace.number),
        grace_unit=grace.unit,
        attempts=_number(terms.attempts),
        attempts_per_day=_number(terms.attempts_per_day),
        cool_down=str(cool_down.number),
        cool_down_unit=cool_down.unit,
        counts=terms.counts,
        points_from=local(terms.publishing.points_from, zone),
        checks_from=local(terms.publishing.checks_from, zone),
        marks_from=local(terms.publishing.marks_from, zone),
        requests_until=local(terms.requests_until, zone),
        by_hand="yes" if terms.publishing.by_hand else "",
    )


def local(moment: datetime | None, zone: ZoneInfo) -> str:
    """A moment as a browser's field for dates holds it, in that zone; seconds only where there are any."""
    if moment is None:
        return ""
    there = moment.astimezone(zone)
    return f"{there:%Y-%m-%dT%H:%M:%S}" if there.second else f"{there:%Y-%m-%dT%H:%M}"


def _in_order(release: datetime | None, due: datetime | None, late_until: datetime | None) -> dict[str, Message]:
    if release is not None and due is not None and due <= release:
        return {"due": say("staff_due_before_release")}
    begins = due or release
    if late_until is not None and begins is not None and late_until < begins:
        return {"late_until": say("staff_late_before_due")}
    return {}


def _deduction(percent: int | None, per: Period, floor: int | None) -> Deduction | None:
    return Deduction(percent=percent, per=per, floor=floor or 0) if percent else None


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
