"""The limits under which a submission is read and an exercise runs. Data only; who enforces them lives elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

MEGABYTE = 1024 * 1024
#: of any limit: what it is multiplied with or added to has to fit into 64 bits as well
MOST = 2**50

#: the libraries that take seconds to import, and how many that may be on a slow machine; no student pays for them
IMPORT_SECONDS = {
    **dict.fromkeys(("tensorflow", "keras", "tf_keras", "torch"), 30),
    **dict.fromkeys(("sklearn", "scipy", "pandas", "seaborn", "sympy", "plotly", "skimage", "cv2"), 8),
}


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

    CPU time is the limit students feel. Code that waits has `wall_factor` times as long; what the machine, being busy,
    keeps it waiting is not counted, until all of it is `load_factor` times as long again. The kernel takes whole
    numbers only: any other one is a ValueError where it is written.
    """

    cpu_seconds: int = 10
    wall_factor: int = 4
    load_factor: int = 10
    memory_bytes: int = 2048 * MEGABYTE  # private data of the room, beyond what the preloaded libraries hold
    printed_bytes: int = 1_000_000
    answer_bytes: int = 32 * MEGABYTE
    file_bytes: int = 64 * MEGABYTE
    open_files: int = 64
    processes: int = 512  # threads; some more for each processor, since TensorFlow starts its own for each
    asked_seconds: int | None = None  # of its own time for what it is asked at once; None: as long as the room has

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name == "asked_seconds" and value is None:
                continue
            if type(value) is not int or not 1 <= value <= MOST:
                raise ValueError(f"{each.name}={value!r} is no limit; write a whole number of at least 1")

    @property
    def wall_seconds(self) -> int:
        """Seconds of its own time, computing or sleeping, after which the room is ended."""
        return self.cpu_seconds * self.wall_factor

    def importing(self, libraries: Iterable[str]) -> RoomLimits:
        """These limits with time to import the libraries, which is not the student's."""
        seconds = sum(IMPORT_SECONDS.get(each, 0) for each in libraries)
        return replace(self, cpu_seconds=self.cpu_seconds + seconds)

    @property
    def most_seconds(self) -> int:
        """Seconds on the clock after which the machine is too busy to grade with."""
        return self.wall_seconds * self.load_factor


@dataclass(frozen=True, slots=True, kw_only=True)
class LendingLimits:
    """What one room may have a reference room do for it by calling borrowed functions, and that room in one call.

    Seconds are of its own time. Honest rooms call some hundred times, for milliseconds in all.
    """

    calls: int = 10_000
    distinct: int = 4_000  # with other arguments each time; the most that a solution of ours needs is 810
    bytes: int = 1024 * MEGABYTE  # to the functions and back; what was rehearsed goes to none
    seconds: int = 10
    call_seconds: int = 3
    answer_bytes: int = 64 * MEGABYTE  # of one call
    memory_bytes: int = 1024 * MEGABYTE  # of that room, beyond what its libraries hold


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLimits:
    """What drawing the Markdown of one notebook may take. Most of the time of an honest one is loading the library."""

    cpu_seconds: int = 4
    wall_seconds: int = 60  # a busy machine draws as well
    memory_bytes: int = 1024 * MEGABYTE
    characters: int = 2_000_000
