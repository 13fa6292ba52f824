"""The folder a room may write in, where it cannot have a tmpfs of its own: made, handed over, and removed again.

What a room leaves there is hostile: folders nested deeper than any recursion or path goes, and closed ones. So it is
removed level by level, through descriptors only.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from grader.errors import SandboxError

MAX_COUNTED = 10_000
BEYOND_COUNTING = 2**62
REMOVE_SECONDS = 10
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextlib.contextmanager
def work_folder(owner: int | None) -> Iterator[int]:
    """A fresh folder as a descriptor, given to the uid `owner` unless that is None; gone afterwards."""
    path = Path(tempfile.mkdtemp(prefix="grader-work-"))
    folder = os.open(path, _FOLDER)
    try:
        if owner is not None:
            os.fchown(folder, owner, owner)
        yield folder
    finally:
        try:
            _remove(path, folder)
        finally:
            os.close(folder)


def used_bytes(folder: int) -> int:
    """Bytes of all files below the folder behind the descriptor; a tree beyond counting is more than any limit."""
    total = 0
    try:
        for entries, (_, _, files, place) in enumerate(os.fwalk(".", dir_fd=folder, onerror=None)):
            if entries > MAX_COUNTED or len(files) > MAX_COUNTED:
                return BEYOND_COUNTING
            total += sum(_blocks(name, place) for name in files)
    except (OSError, RecursionError):
        return BEYOND_COUNTING
    return total


def _blocks(name: str, place: int) -> int:
    try:
        return os.stat(name, dir_fd=place, follow_symlinks=False).st_blocks * 512
    except FileNotFoundError:
        return 0


def _remove(path: Path, folder: int) -> None:
    deadline = time.monotonic() + REMOVE_SECONDS
    while True:
        empty(folder)
        try:
            path.rmdir()
        except OSError as error:
            if error.errno == errno.ENOTEMPTY and time.monotonic() < deadline:
                continue  # the room has been let go, but it is killed at its zygote's next turn
            raise SandboxError(f"the folder a room had worked in, {path}, could not be removed: {error}.") from error
        return


def empty(folder: int) -> None:
    """Remove whatever is below the folder behind the descriptor `folder`."""
    fresh = (f"{number}-{os.urandom(8).hex()}" for number in count())
    while names := os.listdir(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):  # the same: it may still be moving things about
                _lift(name, folder, fresh)


def _lift(name: str, folder: int, fresh: Iterator[str]) -> None:
    """Remove one entry; the folders in it come to lie in `folder`, under fresh names."""
    if not _is_folder_left(name, folder):
        return
    inner = os.open(name, _FOLDER, dir_fd=folder)
    try:
        for child in os.listdir(inner):  # noqa: PTH208  # a descriptor has no path
            if _is_folder_left(child, inner):
                os.rename(child, next(fresh), src_dir_fd=inner, dst_dir_fd=folder)
    finally:
        os.close(inner)
    with contextlib.suppress(OSError):  # the same: it may have filled it again; then the next round finds it
        os.rmdir(name, dir_fd=folder)


def _is_folder_left(name: str, parent: int) -> bool:
    """Remove a file and say no; open up a folder and say yes."""
    try:
        os.unlink(name, dir_fd=parent)
    except (IsADirectoryError, PermissionError):
        os.chmod(name, 0o700, dir_fd=parent)
        return True
    return False
