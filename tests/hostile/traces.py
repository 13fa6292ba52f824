"""What a hostile job could leave behind on the machine, as data to compare: taken before, and again after. No tests."""

from __future__ import annotations

import os
import re
import select
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.wall.sandbox.owner import USERS

PROC = Path("/proc")
#: a room that was let go is killed at once, but asynchronously; beyond this it has survived
GONE_MILLISECONDS = 60_000
#: how folders begin where another test of the suite mounts a disk of its own, at the same time
SMALL_DISK = "suite-disk-"
#: how the shared memory begins in which `multiprocessing` keeps its locks
LOCKS = "sem.mp-"
_ZYGOTE_FILES = re.compile(rb"grader-room-\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Rooms that live, mounts, temporary files by what they are for, shared memory."""

    rooms: tuple[int, ...]
    mounts: tuple[str, ...]
    files: tuple[str, ...]
    shared: tuple[str, ...]


def traces(temporary: Path) -> Traces:
    """What there is, once the rooms that were let go had their time to end."""
    for _ in range(3):  # a process that is just ending may be missed in one look at the list and seen in the next
        _wait_for(_rooms())
    owned = tuple(map(str, USERS if os.geteuid() == 0 else [os.geteuid()]))
    memory = [path.name for path in Path("/dev/shm").iterdir() if _is_of(owned, path)]
    return Traces(
        rooms=tuple(_rooms()),
        mounts=tuple(_mounts()),
        files=tuple(sorted(path.name.rpartition("-")[0] or path.name for path in temporary.iterdir())),
        shared=tuple(sorted(memory)) + _system_v(owned),
    )


def _is_of(owned: tuple[str, ...], path: Path) -> bool:
    """Whether shared memory is of one of these users. Where rooms have our own, the locks of other tests are theirs."""
    if os.geteuid() != 0 and path.name.startswith(LOCKS):
        return False
    try:
        return str(path.stat().st_uid) in owned
    except FileNotFoundError:
        return False


def _mounts() -> list[str]:
    """All that is mounted, but what the suite itself mounts elsewhere."""
    lines = (PROC / "self/mountinfo").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not Path(line.split()[4]).name.startswith(SMALL_DISK)]


def _rooms() -> list[int]:
    """The processes of ours that have one more system call filter than we: rooms, and all that a room could start."""
    own = _filters(os.getpid())
    return [pid for pid in _ours() if _filters(pid) > own]


def _filters(pid: int) -> int:
    try:
        status = (PROC / str(pid) / "status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    if re.search(r"^State:\s*[ZX]", status, re.MULTILINE):
        return 0  # it has ended; only its zygote has not come round to burying it
    found = re.search(r"^Seccomp_filters:\s*(\d+)", status, re.MULTILINE)
    return int(found[1]) if found else 0


def _ours() -> list[int]:
    """Our descendants, and whoever runs from the folder of one of our zygotes, which no daemon can deny."""
    parents = dict(_parents())
    ours = [pid for pid in parents if os.getpid() in _ancestors(pid, parents)]
    folders = {match for pid in ours for match in _ZYGOTE_FILES.findall(_command_line(pid))}
    return sorted({*ours, *(pid for pid in parents if folders & set(_ZYGOTE_FILES.findall(_command_line(pid))))})


def _parents() -> Iterator[tuple[int, int]]:
    for path in PROC.glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        yield int(path.name), int(fields[1])


def _ancestors(pid: int, parents: dict[int, int]) -> Iterator[int]:
    while (pid := parents.get(pid, 0)) > 1:
        yield pid


def _command_line(pid: int) -> bytes:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes()
    except (OSError, ProcessLookupError):
        return b""


def _wait_for(pids: list[int]) -> None:
    for pid in pids:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        poll.poll(GONE_MILLISECONDS)
        os.close(descriptor)


def _system_v(owners: tuple[str, ...]) -> tuple[str, ...]:
    kinds = (PROC / "sysvipc" / name for name in ("shm", "sem", "msg"))
    lines = (line for path in kinds if path.exists() for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return tuple(line for line in lines if set(owners) & set(line.split()))
