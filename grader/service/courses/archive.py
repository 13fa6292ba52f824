"""A course's files as data: read from a folder, packed as one archive that says nothing of where or when, written out
again. What they mean is `course/`'s business.

Only `assignments/` and `reference/` belong to a course. Its author is trusted; a slip of theirs, such as a link out of
the folder or a data set of gigabytes, is still found here and not on the machine that grades.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from grader.classes.packing import zipped
from grader.course.digests import content_of
from grader.errors import CourseError, StoreDamaged

PARTS: Final = ("assignments", "reference")
#: a course of 26 assignments has 286 files of 3.5 MB together
MOST_FILES: Final = 20_000
MOST_BYTES: Final = 500_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFiles:
    """The bytes of a course's files by their path in it, with slashes."""

    content: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """Of all that the course is: the same for the same files, wherever they lie."""
        return _digest(self.content)

    def digest_of(self, assignment: str) -> str:
        """Of that assignment and its reference alone."""
        homes = tuple(f"{part}/{assignment}/" for part in PARTS)
        return _digest({path: data for path, data in self.content.items() if path.startswith(homes)})


def read(folder: Path) -> CourseFiles:
    """The files of the course in that folder. Raises CourseError for what is no course, or none that can be packed."""
    home = folder.resolve()
    if missing := [part for part in PARTS if not (home / part).is_dir()]:
        raise CourseError(
            f"{folder} is not a course: it has no folder `{missing[0]}`. Name the folder that holds `assignments/` and "
            "`reference/`; `grader new` begins one."
        )
    content: dict[str, bytes] = {}
    size = 0
    for path in _below(home):
        size += path.stat().st_size
        if len(content) == MOST_FILES or size > MOST_BYTES:
            raise CourseError(
                f"{folder} is too large for a course: more than {MOST_FILES:,} files, or {MOST_BYTES // 1_000_000} MB. "
                "Take away what neither assignments nor references need."
            )
        content[path.relative_to(home).as_posix()] = content_of(path)
    return CourseFiles(content=content)


def packed(files: CourseFiles) -> bytes:
    """One archive of them."""
    return zipped(files.content)


def unpacked_files(archive: bytes) -> CourseFiles:
    """The files in an archive of ours. Raises StoreDamaged for any other."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as reading:
            entries = reading.infolist()
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise StoreDamaged("An archive of a course is larger than any that was ever packed.")
            return CourseFiles(content={_inside(entry.filename): reading.read(entry) for entry in entries})
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise StoreDamaged(f"An archive of a course cannot be unpacked ({error}). Add the course again.") from error


def write_out(files: CourseFiles, folder: Path) -> None:
    """Write them below a folder, for reading alone."""
    for path, data in files.content.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        target.chmod(0o444)
    for home, _, _ in os.walk(folder, topdown=False):
        Path(home).chmod(0o555)


def _below(home: Path) -> Iterator[Path]:
    """Every file, in an order that depends on names alone; not what is hidden, nor what Python compiled."""
    for part in PARTS:
        for at, folders, names in os.walk(home / part, onerror=_unreadable):
            folders[:] = sorted(name for name in folders if not _passed_over(name))
            for path in (Path(at) / name for name in (*folders, *sorted(names))):
                if path.is_symlink():
                    _refuse_links(path, home)
                if path.name in folders or _passed_over(path.name):
                    continue
                if not stat.S_ISREG(path.stat().st_mode):
                    raise CourseError(f"{path} is neither a file nor a folder. Take it out of the course.")
                yield path


def _passed_over(name: str) -> bool:
    return name.startswith(".") or name == "__pycache__"


def _unreadable(error: OSError) -> None:
    raise CourseError(
        f"{error.filename} cannot be read ({error.strerror}). Give whoever adds the course the right to read it."
    ) from error


def _refuse_links(path: Path, home: Path) -> None:
    """A link to a file of the course is as good as the file; any other depends on where the folder lies."""
    target = path.resolve()
    if not (target.is_file() and target.is_relative_to(home)):
        raise CourseError(f"{path} is a link to what is no file of the course. Put there what it leads to.")


def _inside(path: str) -> str:
    """The path, if it leads to a file below one of the two folders on every system."""
    parts = PurePosixPath(path).parts
    plain = all(part not in ("..", ".") and not set(part) & set("\\:\0") for part in parts)
    if not plain or len(parts) < 2 or parts[0] not in PARTS or "/".join(parts) != path:
        raise StoreDamaged(f"An archive of a course holds {path!r}, which no course does. Add the course again.")
    return path


def _digest(content: Mapping[str, bytes]) -> str:
    lines = (f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(content.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()
