"""What a slot tells its process and hears from it. Both ends are ours and trust each other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from grader.classes.graded import Graded
from grader.messages import Message
from grader.service.store.outline import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One submission to be graded, by the course in a folder of this machine."""

    folder: Path
    assignment: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FileJob(Job):
    """One that is a file of a class, which is graded with that seed as `grade` does."""

    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """No submission: what grading those of that assignment takes is to be got ready, since one is likely to come."""

    folder: Path
    assignment: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """It is ready, as far as that went: what keeps it from being so, the first submission says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegradeJob(Job):
    """One whose `report` is judged again; `before` is the folder of the course that judged it. `is_there`: what was
    handed in is still kept."""

    report: str
    before: Path
    is_there: bool


@dataclass(frozen=True, slots=True)
class Allowed:
    """How many seconds this job may take from now on; said before anything of a student's runs."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Ungraded:
    """Why there is no report: the course's fault, or ours."""

    trouble: Message


#: while a job goes on, beside its pipe
Told: TypeAlias = Allowed | Stage
JobAnswer: TypeAlias = Graded | Ungraded | Prepared
