"""How a slot's process stands to the others of its machine: it ends with its supervisor, and lets pages go first."""

from __future__ import annotations

import os
import signal
import sys
from typing import Final

from grader.wall.room import kernel
from grader.wall.sandbox.niceness import as_nice_as_we

#: added to the niceness of what grades, which is then the nicest: where web and worker share a machine, a receipt never
#: waits for a room (at 10, the median receipt of 100 uploads a second took twice to four times as long)
GIVES_WAY: Final = 19


def end_with_the_parent() -> None:
    """A supervisor that is killed leaves no processes behind, not even one that hangs."""
    if sys.platform == "linux":
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGTERM)


def give_way() -> None:
    """From now on this process, and all rooms that come from it, have what processor time others leave them.

    In a session of its own: the kernel may share its processors among sessions first, and the one that we were started
    in is the supervisor's, or a person's shell.
    """
    if os.getpgid(0) != os.getpid():
        os.setsid()
    os.nice(GIVES_WAY)
    as_nice_as_we(os.getpid())
