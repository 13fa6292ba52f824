"""Invitations of a course as its staff see them: listed, taken back, by hand or with whoever made them. They are made
in `inviting.py`, and used in `accounts.py`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from grader.service.people.audit import Actor
from grader.service.store.tables import Membership, SignInLink


def open_invitations(session: Session, course_id: int, *, now: datetime) -> Sequence[SignInLink]:
    """Invitations that somebody could still use, the newest first. The links themselves nobody knows any more."""
    asked = (
        select(SignInLink)
        .where(
            SignInLink.course_id == course_id,
            SignInLink.person_id.is_(None),
            SignInLink.uses > 0,
            SignInLink.expires_at > now,
        )
        .order_by(SignInLink.created_at.desc(), SignInLink.digest)
    )
    return session.scalars(asked).all()


def take_back(session: Session, course_id: int, digest: str, *, actor: Actor, now: datetime) -> bool:
    """Nobody can use that invitation any more; whether there was one in that course."""
    asked = delete(SignInLink).where(SignInLink.course_id == course_id, SignInLink.digest == digest)
    if session.scalar(asked.returning(SignInLink.digest)) is None:
        return False
    actor.did(session, "link.revoked", f"course:{course_id}", course_id=course_id, now=now)
    return True


def take_back_of(session: Session, course_id: int, by_id: int) -> None:
    """Whoever teaches a course no more keeps no way into it: neither invitations that they made, nor links that sign in
    as one of its people."""
    its_people = select(Membership.person_id).where(Membership.course_id == course_id)
    of_course = or_(SignInLink.course_id == course_id, SignInLink.person_id.in_(its_people))
    session.execute(delete(SignInLink).where(SignInLink.by_id == by_id, of_course))
