"""Places in the queue as a process remembers them for a moment: where very many wait, and ask on and on how many go
first, all of them are numbered once for whoever asks meanwhile. How a place is told is `position.py`."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock
from typing import Final

from sqlalchemy.orm import Session

from grader.policy.state import State
from grader.service.queue.position import COUNTED, Position, position, positions_of_all, positions_of_new
from grader.service.store.tables import Attempt

#: so long a numbering is good, in seconds; as many times as long as it took, if that is more
FRESH: Final = 2.0
REST: Final = 4


class Places:
    """The memory of one process. May be asked from any thread."""

    def __init__(self, *, most: int = COUNTED, clock: Callable[[], float] = time.monotonic) -> None:
        """`most`: where more wait they are numbered. `clock`: in seconds."""
        self._most = most
        self._clock = clock
        self._lock = Lock()
        self._good_until = float("-inf")
        self._places: Mapping[uuid.UUID, Position] = {}

    def of(self, session: Session, attempt: Attempt, now: datetime) -> Position | None:
        """Where a waiting or running attempt stands, or stood a moment ago; None for one that is over, and for one that
        came since among very many."""
        if attempt.state is not State.WAITING:
            return position(session, attempt.id, now) if attempt.state is State.RUNNING else None
        found = positions_of_new(session, [attempt.id], now, most=self._most)
        return found.get(attempt.id) or self._remembered(session, now).get(attempt.id)

    def _remembered(self, session: Session, now: datetime) -> Mapping[uuid.UUID, Position]:
        with self._lock:  # of many who come at once, one counts
            began = self._clock()
            if began >= self._good_until:
                self._places = positions_of_all(session, now)
                ended = self._clock()
                self._good_until = ended + max(FRESH, REST * (ended - began))
            return self._places
