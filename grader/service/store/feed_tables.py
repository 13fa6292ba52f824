"""The tables of calendars that programs fetch. What stands in one, and who may fetch it, is decided in `feeds/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grader.policy.terms import Frozen
from grader.service.store.columns import Data
from grader.service.store.tables import Table


class Served(Frozen):
    """A date as a calendar last said it. `sequence` counts its changes, of which the last was at `changed_at`;
    `cancelled`: it is no longer one, which is said for a while."""

    at: datetime
    zone: str
    summary: str
    url: str
    sequence: int
    changed_at: datetime
    cancelled: bool = False


class CalendarFeed(Table):
    """The secret address of somebody's calendar of a course, kept as its SHA-256. `served`: what was said there, by the
    names of its dates, so that programs are told what has changed since."""

    __tablename__ = "calendar_feed"
    __table_args__ = (UniqueConstraint("person_id", "course_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    served: Mapped[Mapping[str, Served]] = mapped_column(Data(Mapping[str, Served]))
    created_at: Mapped[datetime]
