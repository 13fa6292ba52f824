"""Whose attempts say something of a class: students' alone. What staff hand in to try an assignment counts nowhere."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists

from grader.service.store.tables import Attempt, Membership, Role


def of_students() -> ColumnElement[bool]:
    """Holds of attempts by students of their course, also of those who left it since."""
    return exists().where(
        Membership.course_id == Attempt.course_id,
        Membership.person_id == Attempt.person_id,
        Membership.role == Role.STUDENT,
    )
