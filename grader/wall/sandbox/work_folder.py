"""The folder a room may write in, where it cannot have a tmpfs of its own: made, handed over, and removed again.

What a room leaves there is hostile: folders nested deeper than any recursion or path goes, and closed ones. So it is
removed level by level, through descriptors only.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from grader.errors import SandboxError

MOST_ENTRIES = 4_096  # as many as the tmpfs of a room in namespaces has
MOST_DEEP = 64
BEYOND_COUNTING = 2**62
REMOVE_SECONDS = 10
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
#: in /proc/PID/maps: addresses, device, inode and path of a file that has no name any more
_DELETED = re.compile(rb"^(\S+) \S+ \S+ ([0-9a-f]+):([0-9a-f]+) (\d+) +(/.*) \(deleted\)$", re.MULTILINE)


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


def used_bytes(folder: int, process: int | None = None) -> int:
    """Bytes of all files below the folder behind the descriptor, and of those that `process` keeps without a name.

    A tree beyond counting is more than any limit, and takes no longer than one of `MOST_ENTRIES`.
    """
    try:
        return _named(folder, iter(range(MOST_ENTRIES)), MOST_DEEP) + _nameless(folder, process)
    except (OSError, StopIteration):
        return BEYOND_COUNTING


def _named(folder: int, left: Iterator[int], deep: int) -> int:
    """Raises StopIteration when there are more entries than are `left`, or deeper ones."""
    total = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            next(left)
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # the room is at work meanwhile
                total += entry.stat(follow_symlinks=False).st_blocks * 512
                if entry.is_dir(follow_symlinks=False):
                    total += _below(entry.name, folder, left, deep)
    return total


def _below(name: str, parent: int, left: Iterator[int], deep: int) -> int:
    if deep == 0:
        raise StopIteration
    try:
        inner = os.open(name, _FOLDER, dir_fd=parent)
    except PermissionError:  # a closed folder of a room that runs as we do
        os.chmod(name, 0o700, dir_fd=parent)
        inner = os.open(name, _FOLDER, dir_fd=parent)
    try:
        return _named(inner, left, deep - 1)
    finally:
        os.close(inner)


def _nameless(folder: int, process: int | None) -> int:
    """Files that were removed and are still open, or mapped. All threads of a room share their descriptors."""
    if process is None:
        return 0
    home = Path(f"/proc/{process}")
    sizes: dict[tuple[int, int], int] = {}
    with contextlib.suppress(OSError):  # the room has ended
        for descriptor in (home / "fd").iterdir():
            with contextlib.suppress(OSError):
                found = descriptor.stat()
                if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
                    sizes[found.st_dev, found.st_ino] = found.st_blocks * 512
        below = os.fsencode(Path(f"/proc/self/fd/{folder}").readlink()) + b"/"
        for place, major, minor, number, path in _DELETED.findall((home / "maps").read_bytes()):
            key = os.makedev(int(major, 16), int(minor, 16)), int(number)
            if path.startswith(below) and key not in sizes:
                sizes[key] = _mapped(home / "map_files" / place.decode())
    return sum(sizes.values())


def _mapped(file: Path) -> int:
    """Only root is told how large a file is that is mapped and nothing else; to others it hides its size."""
    try:
        return file.stat().st_blocks * 512
    except PermissionError:
        return BEYOND_COUNTING
    except OSError:
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
