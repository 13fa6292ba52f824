"""Where an attempt stands. It imports nothing: a client knows no database."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where an attempt stands. The last three are final, until somebody reruns it."""

    WAITING = "waiting"
    RUNNING = "running"
    GRADED = "graded"
    SUPERSEDED = "superseded"
    PARKED = "parked"


#: states in which nothing more happens to an attempt by itself
OVER: Final = frozenset({State.GRADED, State.SUPERSEDED, State.PARKED})
