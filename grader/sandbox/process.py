"""The sandbox `none`: one fresh process per exercise, with limits but without locks. Not a security boundary.

It serves trusted code, and machines where nothing better is allowed, and only when it is asked for by name.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.limits import MEGABYTE, RoomLimits
from grader.room.records import Bounds
from grader.sandbox.forkserver import ForkServer, ZygotePlan, library_folders
from grader.sandbox.live_room import LiveRoom

#: a user that owns nothing; rooms run under it when the grader is started as root
SANDBOX_UID = 64321
#: what the preloaded libraries hold of RLIMIT_DATA before a student's code runs (measured: 0.42 GB with TensorFlow)
PRELOADED_DATA = {"numpy": 200 * MEGABYTE, "tensorflow": 600 * MEGABYTE}
ADDRESS_SPACE = 16 * 1024 * MEGABYTE


class ProcessSandbox:
    """Rooms without locks. A context manager, as every sandbox."""

    name = "none"
    warning = (
        "Student code ran without a sandbox: limits on time and memory, but no security boundary. "
        "Use this only for code you trust."
    )

    def __init__(self, runtime: str) -> None:
        self.runtime = runtime
        self._server = ForkServer(
            ZygotePlan(runtime=runtime, confine="grader.room.confine:Process", options={}), launch_as_plain_user
        )

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)

    @contextlib.contextmanager
    def room(self, limits: RoomLimits) -> Iterator[LiveRoom]:
        """See `Sandbox.room`."""
        with (
            work_folder() as workplace,
            LiveRoom(self._server.fork(bounds(limits, self.runtime), workplace), limits) as room,
        ):
            yield room


def bounds(limits: RoomLimits, runtime: str) -> Bounds:
    """The resource limits for `setrlimit` that follow from an exercise's limits."""
    return Bounds(
        cpu_seconds=limits.cpu_seconds,
        address_space=ADDRESS_SPACE + limits.memory_bytes,
        data=PRELOADED_DATA[runtime] + limits.memory_bytes,
        file_size=limits.file_bytes,
        open_files=limits.open_files,
        processes=limits.threads,
    )


@contextlib.contextmanager
def work_folder() -> Iterator[int]:
    """A fresh folder that the room may write in, as a descriptor; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="grader-work-", ignore_cleanup_errors=True) as folder:
        if os.geteuid() == 0:
            os.chown(folder, SANDBOX_UID, SANDBOX_UID)
        descriptor = os.open(folder, os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def launch_as_plain_user(command: list[str], folders: Sequence[Path]) -> list[str]:
    """The command as it is for a plain user; for root, through `plain_user.py`."""
    if os.geteuid() != 0:
        return command
    trees = list(dict.fromkeys([sys.base_prefix, sys.prefix, *library_folders(), *map(str, folders)]))
    story = json.dumps({"uid": SANDBOX_UID, "trees": trees, "command": command})
    return [sys.executable, "-I", "-S", str(Path(__file__).with_name("plain_user.py")), story]
