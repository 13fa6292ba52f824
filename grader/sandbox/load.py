"""Whether a room was starved: what tells a program that waited by itself from one that was never given a processor."""

from __future__ import annotations

from pathlib import Path

#: share of the wall time spent runnable but not running, from which on the machine is to blame
STARVED = 0.25


def seconds_in_the_queue(process: int, *, proc: Path = Path("/proc")) -> float | None:
    """Seconds that one thread of `process` was ready to run and had no processor; None where nobody counts.

    It is the one that waited longest. A sum would grow with the threads: hundreds that wake together stand in each
    other's way for seconds and use next to nothing, and so a program that only sleeps would blame the machine.
    """
    try:
        tasks = [task.joinpath("schedstat").read_text("ascii") for task in (proc / str(process) / "task").iterdir()]
        return max(int(line.split()[1]) for line in tasks) / 1e9
    except (OSError, ValueError, IndexError):
        return None


def was_starved(queued: float | None, wall_seconds: float) -> bool:
    """Whether the machine was too busy for the room. Unknown is yes: nobody is blamed for what we cannot see."""
    return queued is None or queued >= STARVED * wall_seconds
