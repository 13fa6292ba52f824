"""Browsers that are signed in: begun, recognised, renewed, ended. Cookies are `web/`'s business.

A session is a row by the digest of its secret. `created_at` is when somebody signed in, `seen_at` when its secret was
last renewed. A secret is never taken from a browser: signing in always makes a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, CursorResult, Row, bindparam, delete, select, update
from sqlalchemy.orm import Session

from grader.service.people.secrets import digest, new_secret
from grader.service.store.tables import Person, WebSession

#: unused for so long, it ends; whatever its use, it ends
LASTS: Final = timedelta(days=14)
AT_MOST: Final = timedelta(days=60)
#: for so long whoever signed out may still be signed out at their provider as well
LEAVING: Final = timedelta(minutes=10)
#: after so much use its secret is renewed; requests under way may still come with the one before
RENEWED_AFTER: Final = timedelta(days=1)
OVERLAP: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Through:
    """The provider by which somebody signed in, and what it calls them and its own session, if it says so. `id_token`:
    what it signed then, by which it knows that session again."""

    issuer: str
    subject: str
    sid: str | None = None
    id_token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInSession:
    """Who is signed in with a cookie (`PERSON`), and whether its secret is to be renewed. `framed_by`: the origins in
    whose frame its pages are shown."""

    person: Row[*tuple[Any, ...]]
    is_due: bool
    framed_by: str | None


#: what is known of whoever asks, whichever way they are recognised
PERSON: Final = (Person.id.label("person_id"), Person.name, Person.language, Person.owns_site)
#: put together once: that takes longer than to ask it
_WITH_SECRET: Final = (
    select(*PERSON, WebSession.seen_at, WebSession.expires_at, WebSession.framed_by)
    .select_from(WebSession)
    .join(Person, Person.id == WebSession.person_id)
    .where(
        WebSession.digest == bindparam("digest"),
        WebSession.expires_at > bindparam("now"),
        Person.forgotten_at.is_(None),
    )
)


def begin_session(
    session: Session,
    person_id: int,
    *,
    agent: str,
    now: datetime,
    framed_by: str | None = None,
    through: Through | None = None,
) -> str:
    """Sign a browser in; the secret that its cookie holds. `framed_by`: within a frame of a page of these origins."""
    secret = new_secret()
    row = _row(secret, person_id, created_at=now, agent=agent, now=now, framed_by=framed_by)
    if through is not None:
        row.by_issuer, row.by_subject = through.issuer, through.subject
        row.by_sid, row.id_token = through.sid, through.id_token
    session.add(row)
    return secret


def signed_in_with(session: Session | Connection, secret: str, *, now: datetime) -> SignedInSession | None:
    """Who is signed in with this cookie, if anybody still is."""
    found = session.execute(_WITH_SECRET, {"digest": digest(secret), "now": now}).one_or_none()
    if found is None:
        return None
    is_due = found.seen_at + RENEWED_AFTER <= now and not _is_replaced(found.expires_at, now)
    return SignedInSession(person=found, is_due=is_due, framed_by=found.framed_by)


def renew_session(session: Session, secret: str, *, now: datetime) -> str | None:
    """The secret that takes this one's place; None where another request was faster, or it has ended."""
    old = session.get(WebSession, digest(secret))
    if old is None or old.expires_at <= now or _is_replaced(old.expires_at, now) or old.created_at + AT_MOST <= now:
        return None
    replaced = session.execute(
        update(WebSession)
        .where(WebSession.digest == old.digest, WebSession.expires_at == old.expires_at)
        .values(expires_at=now + OVERLAP)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(replaced, CursorResult)
    if replaced.rowcount != 1:
        return None
    new = new_secret()
    row = _row(new, old.person_id, created_at=old.created_at, agent=old.agent, now=now, framed_by=old.framed_by)
    row.by_issuer, row.by_subject, row.by_sid, row.id_token = old.by_issuer, old.by_subject, old.by_sid, old.id_token
    session.add(row)
    return new


def renew_soon(session: Session, person_id: int, *, now: datetime) -> None:
    """Whoever's rights change gets new secrets, each browser with its next request."""
    rows = update(WebSession).where(WebSession.person_id == person_id)
    session.execute(rows.values(seen_at=now - RENEWED_AFTER))


def sessions_of(session: Session, person_id: int, *, now: datetime) -> Sequence[WebSession]:
    """The browsers in which somebody is signed in, the last used first."""
    rows = (
        select(WebSession)
        .where(WebSession.person_id == person_id, WebSession.expires_at > now + OVERLAP)
        .order_by(WebSession.seen_at.desc(), WebSession.digest)
    )
    return session.scalars(rows).all()


def end_session(session: Session, secret: str) -> None:
    """Sign that browser out."""
    session.execute(delete(WebSession).where(WebSession.digest == digest(secret)))


def leave_session(session: Session, secret: str, *, now: datetime) -> bool:
    """Sign that browser out; whether a provider signed it in, of which it is kept for a moment what to tell it."""
    row = session.get(WebSession, digest(secret))
    if row is None or row.by_issuer is None:
        end_session(session, secret)
        return False
    row.expires_at = min(row.expires_at, now)
    return True


def left_session(session: Session, secret: str, issuer: str, *, now: datetime) -> str | None:
    """What that provider signed when a browser came that has just been signed out; told once."""
    row = session.get(WebSession, digest(secret))
    if row is None or row.by_issuer != issuer or not now - LEAVING < row.expires_at <= now:
        return None
    told = row.id_token
    session.delete(row)
    return told


def end_sessions_through(session: Session, issuer: str, *, subject: str | None, sid: str | None) -> list[int]:
    """Sign out whoever that provider signed in: of that subject, in that session of its own, or both. The people."""
    rows = delete(WebSession).where(WebSession.by_issuer == issuer)
    if subject is not None:
        rows = rows.where(WebSession.by_subject == subject)
    if sid is not None:
        rows = rows.where(WebSession.by_sid == sid)
    people: list[int] = []
    while ended := session.scalars(rows.returning(WebSession.person_id)).all():  # a renewal may have been under way
        people += ended
    return people


def end_sessions(session: Session, person_id: int, *, but: str | None = None, of: str | None = None) -> None:
    """Sign somebody out everywhere; `but`: except with that secret, `of`: only the session of that digest."""
    rows = delete(WebSession).where(WebSession.person_id == person_id)
    if but is not None:
        rows = rows.where(WebSession.digest != digest(but))
    if of is not None:
        rows = rows.where(WebSession.digest == of)
    session.execute(rows)


def forget_ended(session: Session, *, now: datetime) -> None:
    """Drop the rows of sessions that are over."""
    session.execute(delete(WebSession).where(WebSession.expires_at <= now - LEAVING))


def _row(
    secret: str, person_id: int, *, created_at: datetime, agent: str, now: datetime, framed_by: str | None
) -> WebSession:
    return WebSession(
        digest=digest(secret),
        person_id=person_id,
        created_at=created_at,
        seen_at=now,
        expires_at=min(now + LASTS, created_at + AT_MOST),
        agent=agent[:300],
        framed_by=framed_by,
    )


def _is_replaced(expires_at: datetime, now: datetime) -> bool:
    """A secret that was renewed has its end within the overlap."""
    return expires_at <= now + OVERLAP
