"""What lies in a folder or a zip, before anybody asks whose it is, as `Found`; and what is passed over in silence.

A zip within is listed like a folder of its name. Nothing is followed, unpacked to disk or read, except the list of
contents of zips.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from grader.classes.intake import Packed
from grader.messages import NOTHING, Message

_WITHIN_ZIP: Final = re.compile(r"(.+) in (.+?\.zip)", re.DOTALL | re.IGNORECASE)


class FileKind(StrEnum):
    """What a `Found` is to us."""

    NOTEBOOK = "notebook"
    SCRIPT = "script"  # counts as a notebook does, but it may lie beside one as a part of it
    RECORD = "record"  # written by the platform: times, who is who
    REFUSED = "refused"  # handed in, but not to be touched; `reason` says why
    OTHER = "other"
    FOLDER = "folder"
    OUTPUT = "output"  # a folder that `grade --out` wrote, with nothing in it that a student could have handed in


NOTEBOOK_ENDING: Final = ".ipynb"
SCRIPT_ENDING: Final = ".py"
ZIP_ENDING: Final = ".zip"
#: what `grader pull canvas|moodle` writes beside what it fetched
PULLED_LIST: Final = "pulled.json"
RECORDS: Final = frozenset({"submission_metadata.yml", "timestamp.txt", PULLED_LIST})
CHECKPOINTS: Final = ".ipynb_checkpoints"
OUTPUT_JOURNAL: Final = ".grader"
OUTPUT_REPORTS: Final = "reports"
_PASSED_OVER: Final = frozenset({"__macosx", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that lies below a named folder or zip, at `parts`; with `packed`, as `member` within the zip at `path`.

    `dated` is year to second as a zip records it; for a file on disk it is asked for when it is needed.
    """

    kind: FileKind
    parts: tuple[str, ...]
    where: str
    path: Path
    packed: tuple[Packed, ...] = ()
    member: str | None = None
    dated: tuple[int, ...] | None = None
    reason: Message = NOTHING

    @property
    def last_changed(self) -> tuple[int, ...]:
        """Year to second; meaningless after a checkout or an unpacking, so only ever the last thing to go by."""
        if self.dated is not None:
            return self.dated
        try:
            return tuple(time.gmtime(self.path.lstat().st_mtime)[:6])
        except (OSError, OverflowError, ValueError):
            return ()


def passed_over(name: str) -> bool:
    """Whether a name says that no student made this: hidden files, checkpoints, what archivers of macOS add."""
    return name.startswith(".") or name.casefold() in _PASSED_OVER


def is_output(names: Collection[str]) -> bool:
    """Whether a folder in which these lie looks like one that `grade --out` wrote."""
    return OUTPUT_JOURNAL in names or {"class.json", OUTPUT_REPORTS} <= set(names)


def kind_of(name: str) -> FileKind:
    """What a regular file of this name is; a zip counts as other."""
    if name.casefold().endswith(NOTEBOOK_ENDING):
        return FileKind.NOTEBOOK
    if name.casefold().endswith(SCRIPT_ENDING):
        return FileKind.SCRIPT
    return FileKind.RECORD if name in RECORDS else FileKind.OTHER


def is_zip(name: str) -> bool:
    """Whether a file of this name is to be looked into."""
    return name.casefold().endswith(ZIP_ENDING)


def names_within(place: str) -> Iterator[str]:
    """The names in a `Found.where`, of the innermost first: of what was found, its folders, and the zips it is in."""
    zips: list[str] = []
    while within := _WITHIN_ZIP.fullmatch(place):
        place, outer = within.groups()
        zips.append(outer)
    for each in (place, *reversed(zips)):
        yield from each.split("/")


def without_ending(name: str) -> str:
    """A file's name without .ipynb, .py or .zip, as far as it has one."""
    for ending in (NOTEBOOK_ENDING, SCRIPT_ENDING, ZIP_ENDING):
        if name.casefold().endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return name


def written(name: str | os.PathLike[str]) -> str:
    """A file's name as text that can be stored; bytes that are no UTF-8 are spelled out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
