"""The tables of classes that a command has graded by a site's workers. They hold what passes through: nothing in them
is anybody's attempt, counts for anything, or outlives the command by long; backups leave them out.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from grader.message import Message
from grader.policy.state import State
from grader.service.store.columns import Choice, Data
from grader.service.store.tables import SLUG, Table, of_some


class Batch(Table):
    """A class that a command has handed to the workers. `archive`: the course it is graded by, whose files have that
    `digest`; nobody else is graded by it. `seconds`: what one file is expected to take. `lease_until`: the command was
    there until then, or longer; nobody works for one that is gone."""

    __tablename__ = "batch"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    archive: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    assignment: Mapped[str] = mapped_column(String(SLUG))
    seed: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[float]
    lease_until: Mapped[datetime]


class BatchFile(Table):
    """One file of a class: waiting, running, graded with its `outcome`, or parked with the `trouble`. Who is next: the
    lowest `turn`. `fence` and `tries` are those of attempts. The bytes are in the row, and go with it."""

    __tablename__ = "batch_file"
    __table_args__ = (
        of_some("ix_batch_file_next", "state = 'waiting'", "turn", "id"),
        of_some("ix_batch_file_lease", "state = 'running'", "lease_until"),
    )

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    turn: Mapped[int]
    state: Mapped[State] = mapped_column(Choice(State))
    fence: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(100))
    lease_until: Mapped[datetime | None]
    seconds: Mapped[float | None]
    outcome: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    trouble: Mapped[Message | None] = mapped_column(Data(Message))


#: a class, and its files: none of it is a site's own
PASSING: Final = (Batch, BatchFile)
