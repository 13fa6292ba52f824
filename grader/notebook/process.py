"""A process that reads what a student wrote: the bounds it puts on itself, and how it is heard.

What it reads is not known here.
"""

from __future__ import annotations

import os
import select
import signal
import time
from pathlib import Path
from typing import Final

from grader.limits import MEGABYTE

#: on the clock, for a machine that may be busy
PATIENCE_SECONDS: Final = 120.0
CHUNK: Final = MEGABYTE


def heard(answers: int) -> bytes:
    """All that is said until the other end is closed; too little if that does not come in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    pieces = []
    while select.select([answers], [], [], max(0.0, deadline - time.monotonic()))[0]:
        piece = os.read(answers, CHUNK)
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces)


def bound(seconds: int, memory: int) -> None:
    """Have the kernel end this process at so many seconds of processor time, and give it so many bytes and no more."""
    import resource  # not on every system

    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    held = int(Path("/proc/self/statm").read_text("ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
    for which, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, held + memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (least, least))
