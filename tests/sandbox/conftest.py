"""A locked room around a few lines of Python, in either way a room can lock itself in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from grader.wall.room import kernel
from grader.wall.sandbox import bubblewrap, launch
from grader.wall.sandbox.syscalls import ARCHITECTURES, compile_filter
from grader.wall.sandbox.view import library_folders, view

REPOSITORY = Path(__file__).parents[2]
NAMESPACES, IN_PLACE = "namespaces", "in place"
GIGABYTE = 1 << 30
ENVIRONMENT = {"PATH": "/usr/bin", "HOME": "/tmp", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
ENVIRONMENT |= {"TF_CPP_MIN_LOG_LEVEL": "3", "MALLOC_ARENA_MAX": "2", "MPLBACKEND": "agg", "CUDA_VISIBLE_DEVICES": "-1"}
BOUNDS = {"cpu_seconds": 60, "address_space": 8 * GIGABYTE, "data": 2 * GIGABYTE}
BOUNDS |= {"file_size": 1 << 24, "open_files": 64, "processes": 4096}
FILTER = compile_filter(os.uname().machine) if os.uname().machine in ARCHITECTURES else b""

#: the smallest zygote: one room, whose last words are the value of `answer`; then how the room ended
ZYGOTE = """
import errno, json, os, sys, traceback
story = json.loads(sys.argv[1])
sys.path.insert(0, story["repository"])
from grader.wall.room import kernel, lock
from grader.wall.room.records import Bounds

def attempt(action):
    try:
        action()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"

def raw(number, *arguments):
    return attempt(lambda: kernel._syscall(number, *arguments))

bounds = Bounds(**story["bounds"])
locks = lock.Locks(
    readable=tuple(story["readable"]), filter=bytes.fromhex(story["filter"]), least_landlock=story["least_landlock"]
)
if story["way"] == "namespaces":
    root = lock.Root(**story["root"])
    lock.live_in_own_pid_namespace()
    fork, enter = lock.fork_into_new_pid_namespace, lambda: lock.lock_in_namespaces(locks, root, bounds)
    if story["namespaces_alone"]:
        enter = lambda: (lock.enter_namespaces(root, locks.readable), lock.drop_privileges())
else:
    zygote = os.getpid()
    fork, enter = os.fork, lambda: lock.lock_in_place(locks, bounds, work_folder=story['work_folder'], parent=zygote)
names = dict(os=os, sys=sys, zygote=os.getpid(), kernel=kernel, attempt=attempt, raw=raw, errno=errno)
exec(story["before"], names)
child = fork()
if child == 0:
    try:
        enter()
        exec(story["inside"], names)
        os.write(1, json.dumps({"answer": names.get("answer")}).encode() + b"\\n")
    except BaseException:
        os.write(2, traceback.format_exc().encode())
        os._exit(99)
    os._exit(0)
os.write(1, json.dumps({"code": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}).encode() + b"\\n")
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomEnd:
    """What a room answered, how it ended (negative: by that signal), and what was written to its error stream."""

    answer: Any
    code: int
    errors: str


RunInRoom = Callable[..., RoomEnd]


def why_no_room(way: str) -> str:
    """What is missing on this machine for a room of that kind; empty if nothing is."""
    if sys.platform != "linux":
        return "rooms need Linux"
    if not FILTER:
        return f"there is no system call table for {os.uname().machine}"
    if kernel.landlock_abi() < 6:
        return f"Landlock 6 is needed, this kernel has {kernel.landlock_abi()}"
    if way == IN_PLACE:
        return ""
    if shutil.which("bwrap") is None:
        return "bubblewrap is not installed"
    return _why_no_box()


def _why_no_box() -> str:
    seen = view()
    box = bubblewrap.command(["/usr/bin/true"], seen=seen, environment={})
    done = subprocess.run(
        [*launch.as_plain_uid(seen.shown), *box], capture_output=True, text=True, timeout=300, check=False
    )
    return f"bubblewrap cannot make a box here: {done.stderr.strip()}" if done.returncode else ""


@pytest.fixture(scope="session")
def missing() -> dict[str, str]:
    """Why there can be no room, by the way of locking in."""
    return {way: why_no_room(way) for way in (NAMESPACES, IN_PLACE)}


@pytest.fixture(params=[NAMESPACES, IN_PLACE])
def in_room(request: pytest.FixtureRequest, missing: dict[str, str]) -> Iterator[RunInRoom]:
    """Run a few lines in a locked room; they leave what they found in `answer`."""
    way = request.param
    if missing[way]:
        pytest.skip(missing[way])

    with tempfile.TemporaryDirectory() as work_folder:  # not tmp_path, which lies in a closed folder
        Path(work_folder).chmod(0o777)
        yield partial(_run_in_room, way, Path(work_folder))


def _run_in_room(
    way: str,
    work_folder: Path,
    inside: str,
    *,
    before: str = "",
    least_landlock: int = 6,
    filter: bytes = FILTER,
    namespaces_alone: bool = False,
    **bounds: int,
) -> RoomEnd:
    seen = view(REPOSITORY, *library_folders())
    readable = seen.shown
    root = {"scaffold": bubblewrap.SCAFFOLD, "work": bubblewrap.WORK, "executable": bubblewrap.EXECUTABLE}
    descriptor = os.open(work_folder, os.O_DIRECTORY)
    story = {
        "way": way,
        "repository": str(REPOSITORY),
        "readable": [str(path) for path in readable],
        "filter": filter.hex(),
        "least_landlock": least_landlock,
        "bounds": BOUNDS | bounds,
        "root": root | {"work_bytes": 1 << 20, "work_files": 100},
        "work_folder": descriptor,
        "namespaces_alone": namespaces_alone,
        "before": before,
        "inside": inside,
    }
    python = [sys.executable, "-I", "-c", ZYGOTE, json.dumps(story)]
    box = bubblewrap.command(python, seen=seen, environment=ENVIRONMENT) if way == NAMESPACES else python
    command = [*launch.as_plain_uid(readable), *box]
    try:
        done = subprocess.run(
            command,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            timeout=300,
            pass_fds=[descriptor],
            check=False,
        )
    finally:
        os.close(descriptor)
    lines = {key: value for line in done.stdout.splitlines() for key, value in json.loads(line).items()}
    return RoomEnd(answer=lines.get("answer"), code=lines.get("code", done.returncode), errors=done.stderr)
