"""What is changed of a course itself: its time zone, whether it is archived. Each change is noted with who made it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from grader.service.people.audit import Actor
from grader.service.store.tables import Course


def set_zone(session: Session, course: Course, zone: str, *, actor: Actor, now: datetime) -> bool:
    """State the course's dates in another zone; moments stay what they are. False if there is no such zone."""
    if zone not in available_timezones():
        return False
    course.zone = zone
    actor.did(session, "course.zone", f"course:{course.id}", course_id=course.id, now=now, zone=zone)
    return True


def archive(session: Session, course: Course, *, actor: Actor, now: datetime) -> None:
    """Nobody hands in to it any more, and it stands in nobody's list; nothing of it is lost."""
    course.archived_at = course.archived_at or now
    actor.did(session, "course.archived", f"course:{course.id}", course_id=course.id, now=now)


def reopen(session: Session, course: Course, *, actor: Actor, now: datetime) -> None:
    """It is a course like others again."""
    course.archived_at = None
    actor.did(session, "course.reopened", f"course:{course.id}", course_id=course.id, now=now)
