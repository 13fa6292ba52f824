"""How a slot's process stands to the others of its machine: it ends with its supervisor, and lets pages go first."""

from __future__ import annotations

import os
import signal
import sys
from typing import Final

from grader.wall.room import kernel

#: added to the niceness of what grades: where web and worker share a machine, a receipt never waits for a room
GIVES_WAY: Final = 10


def end_with_the_parent() -> None:
    """A supervisor that is killed leaves no processes behind, not even one that hangs."""
    if sys.platform == "linux":
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGTERM)


def give_way() -> None:
    """From now on this process, and all rooms that come from it, have what processor time others leave them."""
    os.nice(GIVES_WAY)
