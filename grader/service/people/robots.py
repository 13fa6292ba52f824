"""Programs as members of a course: they hand in for its students, by a token, and read what they handed in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from grader.policy.scopes import Scope
from grader.service.people.accounts import new_person
from grader.service.people.tokens import LASTS, new_token
from grader.service.store.tables import Membership, Role, Token


def new_robot(
    session: Session,
    *,
    course_id: int,
    name: str,
    scopes: Collection[Scope],
    by_id: int,
    now: datetime,
    lasts: timedelta = LASTS,
) -> tuple[Token, str]:
    """A program of a course, as a person without an address, and its token: the row, and its secret."""
    person = new_person(session, name=name, email=None, now=now)
    session.add(Membership(course_id=course_id, person_id=person.id, role=Role.CI, joined_at=now))
    return new_token(
        session, person_id=person.id, name=name, scopes=scopes, now=now, course_id=course_id, lasts=lasts, by_id=by_id
    )
