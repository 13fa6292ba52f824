"""The trail of who did what, as rows that are only ever added, and who that is. Who reads it, and where, is `web/`'s
business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from grader.service.store.tables import Audit, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who changes something, and by which request. `role`: what they are in the course that they change something in;
    None for the site itself, and where no course is changed."""

    person_id: int | None
    request: str | None = None
    role: Role | None = None

    def did(
        self, session: Session, action: str, subject: str, *, course_id: int | None, now: datetime, **details: object
    ) -> None:
        """Note it, as `record` does; what is None of the details is left out."""
        record(
            session,
            actor_id=self.person_id,
            action=action,
            subject=subject,
            now=now,
            course_id=course_id,
            details={name: value for name, value in details.items() if value is not None},
            request=self.request,
        )


def record(
    session: Session,
    *,
    actor_id: int | None,
    action: str,
    subject: str,
    now: datetime,
    course_id: int | None = None,
    details: Mapping[str, object] | None = None,
    request: str | None = None,
) -> None:
    """Note in this transaction that somebody did something: both are kept, or neither is.

    `subject` names what it was done to, as `person:7`; `details` hold no student code, secrets or points of others.
    """
    row = Audit(
        at=now,
        actor_id=actor_id,
        course_id=course_id,
        action=action,
        subject=subject[:200],
        details=dict(details or {}),
        request=request,
    )
    session.add(row)
