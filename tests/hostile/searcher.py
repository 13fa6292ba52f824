"""What a room is given to run by the canary tests: it searches everything it can reach for a few needles.

Each needle comes in two halves, so that the search itself puts no whole one anywhere. No tests, nothing of the grader.
"""

from __future__ import annotations

import ctypes
import gc
import os
import stat
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import FrameType

Needles = dict[str, tuple[bytes, bytes]]
BLOCK = 65536
PAGE = 4096
MOST_ENTRIES = 60_000
MOST_BYTES = 1 << 20
A_DAY = 86_400
#: every needle is younger; the folders of an operating system hold nothing of today
FOLDERS = ("/", "/tmp", "/usr", "/etc", "/var", "/opt", "/home", "/root", "/run", "/dev/shm", "/proc/self", "/srv", ".")


def found_in(data: bytes, needles: Needles) -> set[str]:
    """The names of the needles in `data`."""
    return {name for name, (head, tail) in needles.items() if any(_follows(data, head, tail))}


def _follows(data: bytes, head: bytes, tail: bytes) -> Iterator[bool]:
    at = data.find(head)
    while at >= 0:
        if data[at + len(head) : at + len(head) + len(tail)] == tail:
            yield True
        at = data.find(head, at + 1)


def in_memory(needles: Needles) -> set[str]:
    """Whatever is mapped around any object, the heap's end, the C library and the first environment block."""
    memory = _Memory()
    found: set[str] = set()
    for block in memory.blocks(_addresses()):
        found |= found_in(block, needles)
    return found


def _addresses() -> list[int]:
    libc = ctypes.CDLL(None)
    libc.sbrk.restype = ctypes.c_void_p
    block = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
    first = ctypes.cast(block, ctypes.POINTER(ctypes.c_void_p))[0] or 0
    functions = [ctypes.cast(getattr(libc, name), ctypes.c_void_p).value or 0 for name in ("write", "environ")]
    objects = [id(thing) for thing in gc.get_objects()]
    return sorted({first, int(libc.sbrk(0)) - PAGE, *functions, *objects, id(needle_free), id(type)})


def needle_free() -> None:
    """Only an address."""


class _Memory:
    """Reads any address without a fault: the kernel refuses to copy from where nothing is mapped."""

    def __init__(self) -> None:
        self._out, self._into = os.pipe()
        self._libc = ctypes.CDLL(None)
        self._libc.write.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t]
        self._libc.write.restype = ctypes.c_ssize_t

    def read(self, address: int, count: int) -> bytes:
        written = self._libc.write(self._into, address, count)
        return os.read(self._out, written) if written > 0 else b""

    def blocks(self, addresses: Iterable[int]) -> Iterator[bytes]:
        """Every mapped area with one of these ascending addresses in it, in pieces that overlap a little."""
        end = 0
        for address in addresses:
            if address >= end:
                start = address - address % PAGE
                while start - PAGE >= end and self.read(start - PAGE, 1):
                    start -= PAGE
                last = b""
                while data := self.read(start, BLOCK):
                    yield last[-256:] + data
                    last = data
                    start += len(data)
                end = start


def in_objects(needles: Needles) -> set[str]:
    """What the garbage collector knows: texts and bytes held by any container."""
    held = {id(thing): thing for holder in gc.get_objects() for thing in gc.get_referents(holder)}
    texts = [thing.encode("utf-8", "replace") for thing in held.values() if type(thing) is str]
    return found_in(b"\n".join([*texts, *(thing for thing in held.values() if type(thing) is bytes)]), needles)


def in_frames(needles: Needles) -> set[str]:
    """The local variables of every caller."""
    found: set[str] = set()
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        for value in list(frame.f_locals.values()):
            found |= found_in(repr(value).encode("utf-8", "replace")[:MOST_BYTES], needles)
        frame = frame.f_back
    return found


def in_environment(needles: Needles) -> set[str]:
    """The environment as Python has it."""
    return found_in(repr(dict(os.environ)).encode(), needles)


def in_descriptors(needles: Needles) -> set[str]:
    """Every open descriptor besides the room's own five."""
    found: set[str] = set()
    for number in range(5, 65536):
        try:
            os.fstat(number)
            found |= {f"descriptor {number}"} | found_in(os.pread(number, MOST_BYTES, 0), needles)
        except OSError:
            continue
    return found


def in_files(needles: Needles, told: Iterable[str]) -> set[str]:
    """Every young file below any folder it can list, and every path it is told of."""
    found: set[str] = set()
    for path in (*told, *_young_files([*FOLDERS, *sys.path, sys.prefix, *map(os.path.dirname, told)])):
        try:
            with open(path, "rb") as file:  # noqa: PTH123  # as student code would
                found |= found_in(file.read(MOST_BYTES), needles)
        except OSError:
            continue
    return found


def _young_files(roots: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    folders = deque(roots)  # those near a root first: the libraries are large, and known to everybody
    left = MOST_ENTRIES
    while folders and left > 0:
        folder = os.path.realpath(folders.popleft())
        if folder in seen:
            continue
        seen.add(folder)
        for entry in _entries(folder):
            left -= 1
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                folders.append(entry.path)
            elif stat.S_ISREG(status.st_mode) and status.st_mtime > time.time() - A_DAY:
                yield entry.path


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def search(needles: Needles, told: list[str]) -> dict[str, list[str]]:
    """Which needles were found where."""
    places: dict[str, Callable[[], set[str]]] = {
        "environment": lambda: in_environment(needles),
        "descriptors": lambda: in_descriptors(needles),
        "frames": lambda: in_frames(needles),
        "objects": lambda: in_objects(needles),
        "files": lambda: in_files(needles, told),
        "memory": lambda: in_memory(needles),
    }
    gc.unfreeze()  # what the zygote held is hidden from the collector, not from us
    return {place: sorted(look()) for place, look in places.items()}
