"""What was handed in, as data: one file for each student, and what else lay there. Nothing is parsed or graded here.

`collect.py` reads any mix of notebooks, folders and zips, in the layouts that learning platforms export; `contents.py`
gives the bytes of one file when it is graded. How a file becomes a notebook is `notebook.py`'s business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """One person. `id` is what the platform's layout or the roster calls them; the rest is known from a roster."""

    id: str
    name: str = ""
    email: str = ""
    #: all columns of the roster by their lower-case heading, for gradebook exports (Canvas ids, sections)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Where one member of a zip lies in it, in bytes: enough to read it without reading the whole archive's list."""

    offset: int
    packed_bytes: int
    unpacked_bytes: int
    checksum: int
    deflated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """The file that counts of one student. `name` is the file's own name, `where` how a message may speak of it.

    With `member`, `path` is a zip and the file lies in it under that name; `packed` says where, from the outermost
    archive inwards. `beside` are others that count with it: scripts that it may run, and notebooks, where an
    assignment asks for several.
    """

    student: Student
    name: str
    where: str
    path: Path
    member: str | None = None
    packed: tuple[Packed, ...] = ()
    late: bool = False
    on_roster: bool = True
    beside: tuple[HandIn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A file that is not graded, and why, with what to do: an older version, a bomb, a link, no notebook."""

    where: str
    student: str | None
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """All that was handed in, everything sorted by student id.

    A student is in one of three places: in `hand_ins`; in `without_notebook`, who handed in something, but nothing that
    can be graded (`set_aside` says why); or in `absent`, who handed in nothing. `outputs` are folders of our own
    reports that lie among all that, and are passed over.
    """

    layout: str
    hand_ins: tuple[HandIn, ...]
    set_aside: tuple[SetAside, ...] = ()
    without_notebook: tuple[Student, ...] = ()
    absent: tuple[Student, ...] = ()
    outputs: tuple[str, ...] = ()
