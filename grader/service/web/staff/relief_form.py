"""An extension as a form: for whom, and what it changes. No page stands here."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from grader.messages import Message, say
from grader.policy.terms import Relief
from grader.service.store.tables import Membership, Person
from grader.service.web.staff.terms_form import TYPED, Faults, Reading
from grader.service.web.staff.typed import plain

MOST_EXTRA = 1_000


class ReliefForm(BaseModel):
    """What was typed. `who`: an address, a number or a name; `section`: the id of one, instead."""

    model_config = ConfigDict(frozen=True)

    who: str = Field(default="", max_length=320)
    section: str = TYPED
    due: str = TYPED
    late_until: str = TYPED
    extra_attempts: str = TYPED
    no_deduction: str = TYPED
    reason: str = Field(default="", max_length=1_000)


def read_relief(form: ReliefForm, zone: ZoneInfo) -> Relief | Faults:
    """The relief that was typed, or all that is wrong with it. One that changes nothing is a mistake."""
    reading = Reading(zone)
    due, late_until = reading.moment("due", form.due), reading.moment("late_until", form.late_until)
    extra = reading.number("extra_attempts", form.extra_attempts, least=0, most=MOST_EXTRA)
    if due is not None and late_until is not None and late_until < due:
        reading.errors["late_until"] = say("staff_late_before_due")
    relief = Relief(due=due, late_until=late_until, extra_attempts=extra or 0, no_deduction=form.no_deduction == "yes")
    if relief == Relief() and not reading.errors:
        reading.errors["due"] = say("staff_relief_empty")
    return Faults(errors=reading.errors) if reading.errors else relief


def named(session: Session, course_id: int, who: str) -> Membership | Message:
    """The one person of the course who is called so: by address or number, else by name."""
    text = plain(who)
    if not text:
        return say("staff_who_missing")
    there = (
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.course_id == course_id, Membership.left_at.is_(None))
        .limit(2)
    )
    exact = session.scalars(there.where(or_(Person.email == text.casefold(), Membership.number == text))).all()
    found = exact or session.scalars(there.where(Person.name == text)).all()
    if not found:
        return say("staff_who_unknown")
    return found[0] if len(found) == 1 else say("staff_who_several")
