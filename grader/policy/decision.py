"""What was decided about one attempt when it was received: kept with it, never decided again. How: `deciding.py`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from grader.message import Message
from grader.policy.terms import Frozen


class Decision(Frozen):
    """Of an attempt that was taken. `deducted`: percent of its points. `due` is the student's own, reliefs included.

    Within the grace it is in time: `late_seconds` is 0 then, and `in_grace` says so.
    """

    due: datetime | None = None
    late_seconds: int = 0
    deducted: int = 0
    in_grace: bool = False


class Refusal(StrEnum):
    """Why something was not taken; programs go by it."""

    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    NO_ATTEMPTS_LEFT = "no_attempts_left"
    NONE_LEFT_TODAY = "none_left_today"
    COOLING_DOWN = "cooling_down"
    NOT_ENROLLED = "not_enrolled"
    NOT_READY = "not_ready"
    KEY_REUSED = "key_reused"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    FAULTY = "faulty"


class Refused(Frozen):
    """What was not taken, and so costs nothing. `allowed_from`: when the same would be taken; None: as it is, never."""

    kind: Refusal
    message: Message
    allowed_from: datetime | None = None
