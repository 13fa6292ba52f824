"""Links that let a course's students in who have no way in yet: a roster names people, and gives nobody a password.

A link makes its holder that person. So an instructor gets them only for students who are nobody beyond this course: for
anybody else the machine's own `grader site link` does it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased, joinedload

from grader.service.people.accounts import sign_in_link
from grader.service.store.tables import Identity, Membership, Person, Role

#: as long as an invitation
LASTS: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetIn:
    """A student, and the secret of the link that signs them in, once."""

    name: str
    email: str | None
    number: str | None
    secret: str


def without_a_way_in(session: Session, course_id: int) -> Sequence[Membership]:
    """Students of the course who are nobody beyond it, and can sign in neither by password nor through a school."""
    elsewhere = aliased(Membership)
    return session.scalars(
        select(Membership)
        .join(Membership.person)
        .options(joinedload(Membership.person))
        .where(
            Membership.course_id == course_id,
            Membership.left_at.is_(None),
            Membership.role == Role.STUDENT,
            Person.password.is_(None),
            Person.owns_site.is_(False),
            Person.forgotten_at.is_(None),
            ~exists().where(Identity.person_id == Person.id),
            ~exists().where(elsewhere.person_id == Person.id, elsewhere.course_id != course_id),
        )
        .order_by(Person.name, Person.id)
    ).all()


def let_in(session: Session, course_id: int, *, by_id: int, now: datetime) -> list[LetIn]:
    """A link for each of them. Each is on the trail, as whoever made it."""
    return [
        LetIn(
            name=each.person.name,
            email=each.person.email,
            number=each.number,
            secret=sign_in_link(session, each.person_id, now, lasts=LASTS, by_id=by_id),
        )
        for each in without_a_way_in(session, course_id)
    ]
