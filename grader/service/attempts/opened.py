"""Which openings a course has, as rows. How they are changed is `openings.py`, what a student sees `offered.py`."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.service.store.tables import Extension, Opening


def opened(session: Session, course_id: int) -> Sequence[Opening]:
    """All of a course, in the order in which they were opened."""
    return session.scalars(select(Opening).where(Opening.course_id == course_id).order_by(Opening.id)).all()


def opening_for(session: Session, course_id: int, assignment: str) -> Opening | None:
    """The one of that assignment, if it was opened."""
    return session.scalar(select(Opening).where(Opening.course_id == course_id, Opening.assignment == assignment))


def extension_in(session: Session, opening: Opening, extension_id: int) -> Extension | None:
    """The extension of that id, if it is one of that opening."""
    found = session.get(Extension, extension_id)
    return None if found is None or found.opening_id != opening.id else found
