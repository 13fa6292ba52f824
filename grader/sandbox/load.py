"""Whether this machine had time to spare: what tells a program that slept from one that was never given a processor."""

from __future__ import annotations

import os
from pathlib import Path

#: share of the wall time that some processor was idle, from which on a room that got nothing done did so by itself
SPARE = 0.25


def idle_seconds() -> float:
    """Seconds that all processors of this machine together were idle since it started; 0.0 where nobody counts."""
    try:
        fields = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0].split()
        return (int(fields[4]) + int(fields[5])) / os.sysconf("SC_CLK_TCK")  # idle, and waiting for a disk
    except (OSError, ValueError, IndexError):
        return 0.0


def had_spare_time(idle_before: float, idle_after: float, wall_seconds: float) -> bool:
    """Whether a processor was free for a good part of those wall seconds. Unknown is no: then nobody is blamed."""
    return idle_after - idle_before >= SPARE * wall_seconds
