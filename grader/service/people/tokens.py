"""Tokens: what programs sign in with. What each scope opens is `web/access.py`'s business."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from grader.policy.scopes import Scope
from grader.service.people import audit
from grader.service.people.secrets import digest, new_secret
from grader.service.store.tables import Course, Token

#: by this, programs that search for leaked secrets know one of ours
PREFIX: Final = "grader_"
LASTS: Final = timedelta(days=90)
LONGEST: Final = timedelta(days=366)
#: so many that are good for something, for each person
MOST: Final = 50
#: how exactly it is kept when a token was last used
USED_WITHIN: Final = timedelta(hours=1)
_USED: Final = update(Token).where(Token.id == bindparam("token")).values(used_at=bindparam("now"))


def new_token(
    session: Session,
    *,
    person_id: int,
    name: str,
    scopes: Collection[Scope],
    now: datetime,
    course_id: int | None = None,
    lasts: timedelta = LASTS,
    by_id: int | None = None,
) -> tuple[Token, str]:
    """A token of that person's, and its secret, which is never seen again. `course_id`: good for that course alone.

    It lasts a year at most, whatever was asked for.
    """
    secret = new_secret(PREFIX)
    row = Token(
        person_id=person_id,
        course_id=course_id,
        name=name[:200],
        digest=digest(secret),
        scopes=frozenset(scopes),
        created_at=now,
        expires_at=now + min(lasts, LONGEST),
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor_id=by_id or person_id,
        course_id=course_id,
        action="token.made",
        subject=f"token:{row.id}",
        details={"name": row.name, "scopes": sorted(scopes), "person": person_id},
        now=now,
    )
    return row, secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A token, and what the only course that it is good for is called."""

    row: Token
    course: str | None


def listed(
    session: Session,
    *,
    most: int,
    person_id: int | None = None,
    course_id: int | None = None,
    before: int | None = None,
) -> Sequence[Listed]:
    """The newest tokens, so many, also those that have ended: of a person, of a course; older than that one."""
    asked = select(Token, Course.slug).outerjoin(Course, Course.id == Token.course_id).order_by(Token.id.desc())
    if person_id is not None:
        asked = asked.where(Token.person_id == person_id)
    if course_id is not None:
        asked = asked.where(Token.course_id == course_id)
    if before is not None:
        asked = asked.where(Token.id < before)
    return [Listed(row=row, course=slug) for row, slug in session.execute(asked.limit(most))]


def tokens_of(session: Session, person_id: int, *, now: datetime) -> Sequence[Token]:
    """The tokens of somebody's that are good for anything, the newest first."""
    rows = (
        select(Token)
        .where(Token.person_id == person_id, Token.revoked_at.is_(None), Token.expires_at > now)
        .order_by(Token.id.desc())
    )
    return session.scalars(rows).all()


def revoke(
    session: Session,
    token_id: int,
    *,
    now: datetime,
    by_id: int | None,
    person_id: int | None = None,
    course_id: int | None = None,
) -> bool:
    """End a token at once; `person_id`, `course_id`: only if it is that person's, good for that course alone. Whether
    there was such a one."""
    row = session.get(Token, token_id)
    if row is None or row.revoked_at is not None:
        return False
    if person_id not in (None, row.person_id) or course_id not in (None, row.course_id):
        return False
    row.revoked_at = now
    audit.record(
        session, actor_id=by_id, course_id=row.course_id, action="token.revoked", subject=f"token:{row.id}", now=now
    )
    return True


def was_used(session: Session, token_id: int, *, now: datetime) -> None:
    """Note that a token was used, now."""
    session.connection().execute(_USED, {"token": token_id, "now": now})
