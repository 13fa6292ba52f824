"""The tables of mail: what is to be sent, and what people want to be sent. A row says what happened, to whom; in which
words it is told is decided when it is sent, by what may be seen then."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from grader.policy.mail import About
from grader.service.store.columns import Choice
from grader.service.store.tables import Role, Table

#: characters of a digest of what somebody sees
SEEN: Final = 40


class MailState(StrEnum):
    """How far a mail is. Dropped: there was nothing to tell any more. Parked: a server will never take it."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    PARKED = "parked"


class OnItsWay:
    """How far a mail has come. `due_at`: not before; `claimed_until`: somebody sends it. `trouble`: what
    kept it from being sent the last time."""

    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    state: Mapped[MailState] = mapped_column(Choice(MailState))
    tries: Mapped[int]
    sent_at: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(500))


class Mail(OnItsWay, Table):
    """One mail to one person: written by the transaction that makes what it tells of. `event`: one of these for each
    person, however often it is said. `seen`: a digest of what its reader saw of the opening then."""

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("person_id", "event"),
        Index(
            "ix_mail_due",
            "due_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), index=True)
    attempt_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, ForeignKey("attempt.id", ondelete="CASCADE"), index=True)
    about: Mapped[About] = mapped_column(Choice(About))
    event: Mapped[str] = mapped_column(String(200))
    seen: Mapped[str | None] = mapped_column(String(SEEN))


class LinkMail(OnItsWay, Table):
    """A link to an address: to sign in for `person_id`, or into a course as `role`. The link itself is made when it is
    sent, and stands nowhere."""

    __tablename__ = "link_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role | None] = mapped_column(Choice(Role))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    language: Mapped[str | None] = mapped_column(String(8))


class MailChoice(Table):
    """What somebody said of one kind; where nothing was said, `policy/mail.py` says."""

    __tablename__ = "mail_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    about: Mapped[About] = mapped_column(Choice(About), primary_key=True)
    wanted: Mapped[bool]
