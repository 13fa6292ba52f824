"""The files that a course or the grader consists of, read whole, and their digests. What for is known elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Set as AbstractSet
from pathlib import Path

from grader.errors import CourseError


def digests_below(home: Path, *, apart: AbstractSet[Path] = frozenset()) -> list[list[str]]:
    """Every file below `home`, by its path there and its SHA-256; not what Python compiled, nor what lies `apart`.

    Raises CourseError for one that cannot be read.
    """
    return [
        [path.relative_to(home).as_posix(), digest_of(path)]
        for path in sorted(home.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and apart.isdisjoint(path.parents)
    ]


def digest_of(path: Path) -> str:
    """The SHA-256 of a file. Raises CourseError if it cannot be read."""
    return hashlib.sha256(content_of(path)).hexdigest()


def content_of(path: Path) -> bytes:
    """What is in a file of the course. Raises CourseError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CourseError(
            f"{path} cannot be read ({error.strerror}). Give whoever grades the right to read it, or take it away."
        ) from error
