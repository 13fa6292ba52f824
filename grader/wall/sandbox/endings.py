"""Why a room gave no answer, read from how its process ended: a reason and a sentence. Nothing is waited for here."""

from __future__ import annotations

import signal
from typing import Final

from grader.limits import MEGABYTE, RoomLimits
from grader.messages import Message, counted, say
from grader.wall.protocol import Ended
from grader.wall.room.records import Exit

#: the kernel kills by counted ticks and reports the time really used; on a busy virtual machine that was 0.84 of them
TICKED: Final = 0.6

#: what came was no message of ours, or none that was due
FORGED: Final = Ended(reason="forged", message=say("forged"))


def cause(end: Exit, limits: RoomLimits) -> Ended:
    """Why a room's process ended before it answered."""
    too_long = Ended(reason="timed_out", message=say("over_computing_time", time=counted(limits.cpu_seconds, "second")))
    if end.cpu_seconds >= limits.cpu_seconds - 0.5:
        return too_long
    if end.code >= 0:
        return Ended(reason="crashed", message=say("quit"))
    name = next((s.name for s in signal.Signals if s == -end.code), f"signal {-end.code}")
    if end.peak_bytes >= limits.memory_bytes:
        return Ended(reason="over_limit", message=over_memory(limits))
    if end.code == -signal.SIGKILL and end.cpu_seconds >= TICKED * limits.cpu_seconds:
        return too_long
    return Ended(reason="crashed", message=say("crashed", signal=name))


def over_memory(limits: RoomLimits) -> Message:
    """What is said where that much memory was not enough."""
    return say("over_memory", most=f"{limits.memory_bytes // MEGABYTE:,}")
