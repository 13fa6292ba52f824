"""A course by its name in addresses, and what it is graded by at this moment: its assignments, as its newest revision
outlines them; its revisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.policy.totals import Totals
from grader.service.store.outline import AssignmentOutline
from grader.service.store.tables import Course, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A revision, and whether it is the one that new attempts are graded by."""

    row: Revision
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """A course now. `assignments`: those of its current revision by id, in its order; none where it has no revision."""

    zone: str
    assignments: Mapping[str, AssignmentOutline]


def current(session: Session, course_id: int) -> Current:
    """That course now, by one query. Raises NoResultFound."""
    asked = select(Course.zone, Revision.assignments).outerjoin(Revision, Revision.id == Course.revision_id)
    found = session.execute(asked.where(Course.id == course_id)).one()
    return Current(zone=found.zone, assignments={each.id: each for each in found.assignments or ()})


def current_assignments(session: Session, course_id: int) -> Mapping[str, AssignmentOutline]:
    """The assignments alone."""
    return current(session, course_id).assignments


def current_totals(session: Session, course_id: int) -> Totals | None:
    """How the assignments become one grade, by the newest revision; None where it does not say."""
    asked = select(Revision.totals).join(Course, Course.revision_id == Revision.id)
    return session.scalar(asked.where(Course.id == course_id))


def revisions(session: Session, course_id: int, *, most: int, before: int | None = None) -> Sequence[Revised]:
    """The newest revisions of a course, so many; of those with a lower id than `before`, if that is said."""
    asked = select(Revision, Course.revision_id).join(Course, Course.id == Revision.course_id)
    asked = asked.where(Revision.course_id == course_id).order_by(Revision.id.desc()).limit(most)
    if before is not None:
        asked = asked.where(Revision.id < before)
    return [Revised(row=row, is_current=row.id == current) for row, current in session.execute(asked)]


def course_called(session: Session, slug: str) -> Course | None:
    """The course of that name in addresses."""
    return session.scalar(select(Course).where(Course.slug == slug))
