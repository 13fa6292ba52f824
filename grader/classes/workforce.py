"""Who grades a class, as the seam: a crew of this machine here, the workers of a site in `service/batches/`.

What is graded, kept and drawn, and in which order, is `batch.py`'s business whoever grades.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from grader.classes.crew import Crew, Done, Lost
from grader.classes.graded import Graded
from grader.classes.intake import HandIn
from grader.classes.one_file import Grading
from grader.course.assignment import Assignment, Visibility
from grader.limits import LendingLimits

#: rooms that one exercise may need: for each visibility of its checks, again with a wider plan, one without what it
#: borrows, and all of that once more if a room was lost
ROOMS = 2 * (2 * len(Visibility) + 1)
#: for a sandbox to open, and for all that happens outside of rooms
SPARE_SECONDS = 300


class Workforce(Protocol):
    """Those who grade."""

    def work(self, tasks: Iterator[HandIn]) -> Iterator[Done[HandIn, Graded] | Lost[HandIn]]:
        """What comes of each hand-in, as it comes: graded, or lost through us, with the reason. `tasks` is asked for
        the next one only when somebody can soon take it. What was yielded is kept before the next one is asked for.

        Raises UsageError, CourseError, SandboxUnavailable and StoreUnavailable where nothing can be graded.
        """


class Hiring(Protocol):
    """Finds a workforce, which is there until its context is left."""

    def __call__(self, grading: Grading, assignment: Assignment) -> AbstractContextManager[Workforce]:
        """Those who grade by `grading`, which is about that assignment. Nothing is begun before there is work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnThisMachine:
    """Hires a crew: so many processes that end with this one."""

    workers: int

    def __call__(self, grading: Grading, assignment: Assignment) -> Crew[HandIn, Graded]:
        """See `Hiring`."""
        return Crew(grading, size=self.workers, seconds=seconds_for_one(assignment))


def seconds_for_one(assignment: Assignment) -> float:
    """How long a worker may take over one submission: all its rooms, each until its own clock runs out."""
    lending = LendingLimits().seconds
    return SPARE_SECONDS + sum(ROOMS * (each.limits.wall_seconds + lending) for each in assignment.exercises)
