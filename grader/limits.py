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
class IntakeLimits:
    """What folders and zips of a class may be. A student's own zip is bounded more tightly than one named by us."""

    file_bytes: int = 64 * MEGABYTE  # one notebook, or one zip within a zip, unpacked
    ratio: int = 250  # unpacked against packed; real notebooks reach 20, files full of one character 1,000
    ratio_from_bytes: int = MEGABYTE  # below it no ratio hurts
    class_members: int = 200_000
    student_members: int = 10_000
    student_bytes: int = 4096 * MEGABYTE  # all that one student's zip says it unpacks to; most of it is never read
    student_zips: int = 20
    record_bytes: int = 16 * MEGABYTE  # what a platform wrote beside the submissions: times, names
    depth: int = 16  # folders within folders; deeper ones are not looked into


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LendingLimits:
    """What one room may have the judge do for it by calling borrowed functions, and the lender's process in one call.

    Seconds are of computing time. Honest rooms call some hundred times, for milliseconds in all.
    """

    calls: int = 10_000
    bytes: int = 1024 * MEGABYTE  # to the functions and back
    seconds: int = 10
    call_seconds: int = 3
    answer_bytes: int = 64 * MEGABYTE  # of one call
    memory_bytes: int = 1024 * MEGABYTE  # of the process, beyond what its libraries hold
