"""Rooms are as nice as who opened them, also where a kernel shares its processors among sessions first.

Linux's autogroups give every session an equal share and look at niceness within a session only; zygotes and rooms have
sessions of their own. So what they inherit counts for nothing until their session is told. (`sched(7)`, "The autogroup
feature".)
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def as_nice_as_we(process: int | None, *, proc: Path = Path("/proc")) -> None:
    """Tell the session of `process` our own niceness. Where nobody gives way, or the kernel knows no autogroups or will
    not be told so often (without privileges, ten times a second), nothing happens."""
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    if process is not None and niceness > 0:
        with contextlib.suppress(OSError):
            (proc / str(process) / "autogroup").write_text(str(niceness), encoding="ascii")
