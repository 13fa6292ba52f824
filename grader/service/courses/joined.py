"""The courses that somebody is in, and as what. Who may do what there is decided by whoever asks."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from grader.service.store.tables import Course, Membership, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A course and what the person is in it; `role` is None where they only see it because they see all."""

    course: Course
    role: Role | None


def courses_of(session: Session, person_id: int, *, every: bool = False, only: int | None = None) -> tuple[Joined, ...]:
    """Those the person has not left, the present ones first, by title. `every`: all of the site; `only`: this one."""
    theirs = and_(Membership.course_id == Course.id, Membership.person_id == person_id, Membership.left_at.is_(None))
    asked = (
        select(Course, Membership.role)
        .outerjoin(Membership, theirs)
        .order_by(Course.archived_at.is_not(None), Course.title, Course.id)
    )
    if not every:
        asked = asked.where(Membership.id.is_not(None))
    if only is not None:
        asked = asked.where(Course.id == only)
    return tuple(Joined(course=course, role=role) for course, role in session.execute(asked))
