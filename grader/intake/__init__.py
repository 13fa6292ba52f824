"""What was handed in, as data: one file for each student, and what else lay there. Nothing is parsed or graded here.

`collect` reads any mix of notebooks, folders and zips, in the layouts that learning platforms export. How a file
becomes a notebook is `notebook.py`'s business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """One person. `id` is what the platform's layout or the roster calls them; the rest is known from a roster."""

    id: str
    name: str = ""
    email: str = ""
    #: further columns of the roster by their lower-case heading, for gradebook exports (Canvas ids, sections)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """The file that counts of one student. `name` is the file's own name, `where` how a message may speak of it.

    With `member`, `path` is a zip and the file lies in it under that name.
    """

    student: Student
    name: str
    where: str
    path: Path
    member: str | None = None
    late: bool = False
    on_roster: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A file that is not graded, and why, with what to do: an older version, a bomb, a link, no notebook."""

    where: str
    student: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """All that was handed in: one file for each student, sorted by student id; the others; who handed in nothing."""

    layout: str
    hand_ins: tuple[HandIn, ...]
    set_aside: tuple[SetAside, ...] = ()
    absent: tuple[Student, ...] = ()
