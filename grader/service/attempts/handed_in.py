"""What is handed in, and what it becomes when it is taken. Data only."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from grader.messages import Message
from grader.policy.decision import Decision
from grader.service.attempts.place import Where
from grader.service.attempts.receipts import Receipt
from grader.service.store.tables import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """What somebody hands in. `arrived_at`: when its last byte came, if that was before the transaction began: nobody
    is late because we were busy. `idempotency_key`: the sender's own name for this upload, so that it may be repeated.
    `sha256`: of `data`, reckoned when this is made, so that nobody waits for it who waits to write.
    """

    course_id: int
    assignment: str
    person_id: int
    filename: str
    data: bytes
    source: Source
    idempotency_key: str | None = None
    arrived_at: datetime | None = None
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())

    @property
    def where(self) -> Where:
        """Where it is handed in."""
        return Where(course_id=self.course_id, assignment=self.assignment, person_id=self.person_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An attempt that is stored. `is_new` is False where the same upload came again. `notices`: what its student should
    know: that it is late, that these bytes came before, that an earlier one is not graded any more. `name`: whose it
    is; `filename`: as it is kept."""

    attempt_id: uuid.UUID
    name: str
    number: int
    filename: str
    receipt: Receipt
    decision: Decision
    is_new: bool = True
    notices: tuple[Message, ...] = ()
