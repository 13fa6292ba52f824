"""Somebody invites others to a course: as what, into which section, how many, for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from grader.service.people.accounts import invite
from grader.service.people.members import GIVEN, Unchanged, section_called
from grader.service.store.tables import Role

#: people who may use one invitation, and days for which it is good
MOST_USES: Final = 2_000
MOST_DAYS: Final = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Inviting:
    """What an invitation is to be. An empty section is none."""

    role: Role = Role.STUDENT
    section: str = ""
    uses: int = 1
    days: int = 14


def invite_to(session: Session, course_id: int, wanted: Inviting, *, by_id: int, now: datetime) -> str | Unchanged:
    """The secret of the link, which stands nowhere else; or why there is none."""
    if wanted.role not in GIVEN:
        return Unchanged.NOT_ALLOWED
    put = section_called(session, course_id, wanted.section)
    return invite(
        session,
        course_id=course_id,
        role=wanted.role,
        by_id=by_id,
        now=now,
        section_id=None if put is None else put.id,
        uses=wanted.uses,
        lasts=timedelta(days=wanted.days),
    )
