"""The tables of grades on their way to learning platforms: what a platform is to have of whom, and what it was told.
Which links there are, and who somebody is there, stands in `lti_tables.py`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from grader.message import Message
from grader.policy.platform_score import PlatformHas, PlatformScore
from grader.service.store.columns import Choice, Data
from grader.service.store.tables import Table

#: what a line item was when its sender was parked: SHA-256
DIGEST = 64


class LtiSender(Table):
    """Who tells the scores of a link: one worker at a time, which raises the `fence`. `opening_id`: of the link, when
    its scores were reckoned. `failures` in a row put `next_at` off; `parked_for`: asking is of no use until what this
    names has changed, or somebody says so. `look_at`: when students see more, with nobody doing anything."""

    __tablename__ = "lti_sender"

    link_id: Mapped[int] = mapped_column(ForeignKey("lti_link.id", ondelete="CASCADE"), primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id", ondelete="CASCADE"), index=True)
    fence: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime | None]
    served_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    trouble: Mapped[Message | None] = mapped_column(Data(Message))
    parked_for: Mapped[str | None] = mapped_column(String(DIGEST))
    look_at: Mapped[datetime | None]
    compared_at: Mapped[datetime | None]


class ScoreState(StrEnum):
    """Where a score is: to be told, told, or not to be told until somebody did something."""

    WAITING = "waiting"
    SENT = "sent"
    PARKED = "parked"


class LtiScore(Table):
    """What a platform is to have of one person for one link: `wanted`, as its `version` has it. `told`: what it has for
    certain, since `told_at`. `is_unclear`: a version was sent, `stamp_version`, and nobody knows whether it arrived.
    `stamp`: the time that it was sent with, which never goes back. `differs`: what was found there instead."""

    __tablename__ = "lti_score"
    __table_args__ = (
        Index(
            "ix_lti_score_waiting",
            "link_id",
            "person_id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    link_id: Mapped[int] = mapped_column(ForeignKey("lti_link.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    wanted: Mapped[PlatformScore] = mapped_column(Data(PlatformScore))
    version: Mapped[int]
    state: Mapped[ScoreState] = mapped_column(Choice(ScoreState))
    told: Mapped[PlatformScore | None] = mapped_column(Data(PlatformScore))
    told_at: Mapped[datetime | None]
    is_unclear: Mapped[bool] = mapped_column(default=False)
    stamp: Mapped[datetime | None]
    stamp_version: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[Message | None] = mapped_column(Data(Message))
    differs: Mapped[PlatformHas | None] = mapped_column(Data(PlatformHas))
