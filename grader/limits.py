"""The limits under which a submission is read and an exercise runs. Data only; who enforces them lives elsewhere."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookLimits:
    """What a submitted file may be before we decline to read it."""

    file_bytes: int = 64 * MEGABYTE
    json_depth: int = 100
    cells: int = 20_000
    code_characters: int = 2_000_000  # all code cells together; real notebooks hold 20 to 41 thousand


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLimits:
    """What one exercise may use while it runs.

    CPU time is the limit students feel; the wall clock is a lax backstop, `wall_factor` times as long, so that a busy
    grading machine does not fail an honest answer.
    """

    cpu_seconds: int = 10
    wall_factor: int = 4
    memory_bytes: int = 2048 * MEGABYTE  # private data of the room, beyond what the preloaded libraries hold
    printed_bytes: int = 1_000_000
    answer_bytes: int = 32 * MEGABYTE
    file_bytes: int = 64 * MEGABYTE
    open_files: int = 64
    processes: int = 4096  # the kernel counts all of a user's; a room's own threads are bounded by its memory

    @property
    def wall_seconds(self) -> int:
        """Seconds of wall clock after which the room is ended whatever it did."""
        return self.cpu_seconds * self.wall_factor
