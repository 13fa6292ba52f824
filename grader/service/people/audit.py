"""The trail of who did what, as rows that are only ever added. Who reads it, and where, is `web/`'s business."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from grader.service.store.tables import Audit


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
