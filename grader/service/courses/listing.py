"""The courses of a site in short, for whoever runs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from grader.service.store.outline import AssignmentOutline
from grader.service.store.tables import Course, Membership, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCourse:
    """A course and its revision of today. `faults`: of its assignments, why each cannot be read."""

    slug: str
    title: str
    revision: str | None
    added: datetime | None
    assignments: int
    faults: tuple[str, ...]
    people: int


def listed_courses(session: Session) -> tuple[ListedCourse, ...]:
    """All of them, by what they are called in addresses."""
    return tuple(map(_listed, session.execute(_asked().order_by(Course.slug))))


def listed_course(session: Session, course_id: int) -> ListedCourse:
    """One of them. Raises NoResultFound."""
    return _listed(session.execute(_asked().where(Course.id == course_id)).one())


def _asked() -> Select[Any]:
    people = select(func.count()).where(Membership.course_id == Course.id, Membership.left_at.is_(None))
    revision = Revision.digest, Revision.added_at, Revision.assignments
    joined = select(Course.slug, Course.title, *revision, people.scalar_subquery().label("people"))
    return joined.outerjoin(Revision, Revision.id == Course.revision_id)


def _listed(row: Row[Any]) -> ListedCourse:
    known: tuple[AssignmentOutline, ...] = row.assignments or ()
    return ListedCourse(
        slug=row.slug,
        title=row.title,
        revision=None if row.digest is None else row.digest[:12],
        added=row.added_at,
        assignments=len(known),
        faults=tuple(each.fault for each in known if each.fault is not None),
        people=row.people,
    )
