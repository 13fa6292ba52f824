"""The secret address of somebody's calendar of a course: made, renewed, revoked. Shown once, and kept as a digest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.service.people.audit import Actor
from grader.service.people.secrets import digest, new_secret
from grader.service.site import Site
from grader.service.store.feed_tables import CalendarFeed
from grader.service.store.putting import put


def feed_for(session: Session, course_id: int, person_id: int) -> CalendarFeed | None:
    """The one that the person has of that course, if there is one."""
    asked = select(CalendarFeed).where(CalendarFeed.course_id == course_id, CalendarFeed.person_id == person_id)
    return session.scalar(asked)


def renew(session: Session, course_id: int, *, actor: Actor, now: datetime) -> str:
    """A new secret, for the actor; the one before, if there was one, opens nothing any more. What was served stays
    known: dates keep counting their changes for whoever takes both addresses for one calendar."""
    assert actor.person_id is not None
    secret = new_secret()
    there = feed_for(session, course_id, actor.person_id)
    if there is None:
        key = {"person_id": actor.person_id, "course_id": course_id}
        put(session, CalendarFeed, key, {"digest": digest(secret), "created_at": now, "served": {}})
    else:
        there.digest, there.created_at = digest(secret), now
    action = "calendar.made" if there is None else "calendar.renewed"
    actor.did(session, action, f"course:{course_id}", course_id=course_id, now=now)
    return secret


def revoke(session: Session, course_id: int, *, actor: Actor, now: datetime) -> bool:
    """End the actor's address at once; False where there is none."""
    there = None if actor.person_id is None else feed_for(session, course_id, actor.person_id)
    if there is None:
        return False
    session.delete(there)
    actor.did(session, "calendar.revoked", f"course:{course_id}", course_id=course_id, now=now)
    return True


def address_with(site: Site, secret: str) -> str:
    """Where the calendar with that secret is fetched."""
    return f"{site.address}/calendar/feed/{secret}.ics"
