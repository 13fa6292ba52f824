"""The tables of regrade sets: stored attempts judged again by another revision. Nothing in them counts for anything
before a set applies; then the reports that it replaced are kept here, so that it can be undone."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from grader.message import Message
from grader.policy.state import State
from grader.service.store.columns import Choice, Data
from grader.service.store.tables import SLUG, Table, of_some


class SetState(StrEnum):
    """What became of a regrade set. While it is open, its works are judged, and then it waits to be decided on."""

    OPEN = "open"
    APPLIED = "applied"
    DROPPED = "dropped"
    UNDONE = "undone"


class RegradeSet(Table):
    """Attempts at one opening that are judged again by a revision. `exercise` and `check`: only those that failed it.
    `differences`: what would change, once all of them are judged. `reason`, `only_gains`: of one that was applied, at
    `changed_at`."""

    __tablename__ = "regrade_set"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    assignment: Mapped[str] = mapped_column(String(SLUG))
    exercise: Mapped[str | None] = mapped_column(String(SLUG))
    check: Mapped[str | None] = mapped_column(String(SLUG))
    state: Mapped[SetState] = mapped_column(Choice(SetState))
    reason: Mapped[str] = mapped_column(String(1000), default="")
    only_gains: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    differences: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class RegradeWork(Table):
    """One attempt of a set: waiting, running, judged with its new `document`, or parked with the `trouble`. `made_at`:
    of the report that it begins from, kept as `before` once the set applies to it. `asked_again`: its code ran. `fence`
    and `tries` are those of attempts."""

    __tablename__ = "regrade_work"
    __table_args__ = (
        UniqueConstraint("set_id", "attempt_id"),
        of_some("ix_regrade_work_next", "state = 'waiting'", "id"),
        of_some("ix_regrade_work_lease", "state = 'running'", "lease_until"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    set_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("regrade_set.id", ondelete="CASCADE"))
    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(Choice(State))
    fence: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime | None]
    trouble: Mapped[Message | None] = mapped_column(Data(Message))
    asked_again: Mapped[bool] = mapped_column(default=False)
    document: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    before: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    before_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
