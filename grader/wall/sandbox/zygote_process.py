"""One zygote as its supervisor sees it: a process that is started, becomes ready, forks rooms on request, and is ended.

How it is confined is up to its tier; what is said in a room, to `live_room.py`; when a new one is due, to `forked.py`.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from grader.errors import SandboxError
from grader.limits import MEGABYTE, RoomLimits
from grader.wall.room.preloaded import Libraries
from grader.wall.room.records import READY, Bounds
from grader.wall.sandbox.channel import CREDENTIALS_SPACE, RoomChannel, process_of
from grader.wall.sandbox.niceness import as_nice_as_we
from grader.wall.sandbox.tiers import Tier
from grader.wall.sandbox.view import PYTHON, View, library_folders

#: the only files of the grader that exist where student code runs
ROOM_FILES = (
    "errors.py",
    "message.py",
    "wall/__init__.py",
    "wall/chance.py",
    "wall/figure.py",
    "wall/unsupported.py",
    "wall/table.py",
    "wall/steps.py",
    "wall/formula.py",
    "wall/pandas_table.py",
    "wall/sympy_formula.py",
    "wall/plain.py",
    "wall/values.py",
    "wall/table_frames.py",
    "wall/step_frames.py",
    "wall/value_frames.py",
    "wall/frames.py",
    "wall/protocol.py",
    "wall/message_frames.py",
    "wall/room",
)
#: the only environment a zygote has; nothing of ours is inherited
ENVIRONMENT = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "HOME": "/tmp",  # noqa: S108  # in a box, where it is a private tmpfs; elsewhere see `_home`
    "KERAS_BACKEND": "tensorflow",
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
    "MPLBACKEND": "agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": "/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
}
#: a notebook may practise with `check` while its author works; where it is graded, that line is nothing
_IN_THE_ROOM = '''"""The part of the grader that exists in a room."""


def check(*_):
    """Practice is for students; here it does nothing."""
'''
START_SECONDS = 120
END_SECONDS = 5
#: what the preloaded libraries hold of RLIMIT_DATA before a student's code runs (measured: 0.42 GB with TensorFlow)
PRELOADED_DATA = {
    "numpy": 200 * MEGABYTE,
    "sympy": 300 * MEGABYTE,
    "tensorflow": 600 * MEGABYTE,
    "torch": 600 * MEGABYTE,
}
#: and each library that an assignment uses beside (measured: 25 MB for pandas, 130 MB for scikit-learn with SciPy)
USED_DATA = 200 * MEGABYTE
ADDRESS_SPACE = 16 * 1024 * MEGABYTE
THREADS_PER_CORE = 8

_START = """\
import json, sys
story = json.loads(sys.argv.pop())
sys.path[:0] = story["path"]
import importlib
module, name = story["confine"].split(":")
from grader.wall.room.preloaded import Libraries
from grader.wall.room.zygote import main
libraries = Libraries(story["runtime"], tuple(story["uses"]))
main(story["control"], libraries, lambda: getattr(importlib.import_module(module), name)(**story["options"]))
"""


class ZygoteProcess:
    """A started zygote; it imports its libraries while the caller goes on. Must be closed. Not for two threads."""

    def __init__(self, tier: Tier, libraries: Libraries, *, uid: int) -> None:
        """It belongs to `uid` if we are root."""
        with contextlib.ExitStack() as stack:
            files = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="grader-room-")))
            copy_room_files(files)
            self._log: IO[bytes] = stack.enter_context(tempfile.TemporaryFile())
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            stack.enter_context(self._control)
            self._control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            readable = [files, *library_folders()]
            seen = tier.seen(readable)
            with theirs:
                python = _python(tier, seen, libraries=libraries, path=readable, control=theirs.fileno())
                self._process = subprocess.Popen(  # noqa: S603  # our own command line
                    tier.launch(python, seen, uid=uid, environment=ENVIRONMENT),
                    env=ENVIRONMENT | {"HOME": str(_home(stack, uid))},
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=self._log,
                    stderr=self._log,
                    cwd="/",
                    start_new_session=True,
                )
            self._stack = stack.pop_all()
        self._ready = False

    def close(self) -> None:
        """End it, and with it every room."""
        self._control.close()  # at which it ends its rooms and itself
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._stack.close()

    def is_ready(self) -> bool:
        """Whether it would fork at once. Does not wait."""
        return self._hears_that_it_is_ready(within=0)

    def fork(self, bounds: Bounds, folder: int | None) -> RoomChannel:
        """A new room under `bounds`; waits until the zygote is ready. Its work folder is the directory descriptor
        `folder`, unless it brings a tmpfs of its own.

        Raises SandboxError, with the last lines that the zygote wrote, if it is gone.
        """
        if not self._hears_that_it_is_ready(within=START_SECONDS):
            raise SandboxError(
                "The process that opens rooms did not start. Run `grader doctor` for what this machine allows."
                + self._last_words()
            )
        channel, theirs = RoomChannel.open()
        try:
            with Path(os.devnull).open("rb") as nowhere:
                place = nowhere.fileno() if folder is None else folder
                socket.send_fds(self._control, [bounds.to_bytes()], [*theirs, place])
        except OSError:
            channel.close()
            raise SandboxError(f"The process that opens rooms has ended.{self._last_words()}") from None
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        return channel

    def _hears_that_it_is_ready(self, *, within: float) -> bool:
        if not self._ready:
            with contextlib.suppress(OSError):
                self._control.settimeout(within)
                record, credentials, _, _ = self._control.recvmsg(len(READY), CREDENTIALS_SPACE)
                self._ready = record == READY
                as_nice_as_we(process_of(credentials))
        return self._ready

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = self._log.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
        return "".join(f"\n  {line}" for line in lines[-6:])


def bounds_of(limits: RoomLimits, libraries: Libraries, threads: int) -> Bounds:
    """What the kernel is told of a room; its user has so many `threads` already."""
    return Bounds(
        cpu_seconds=limits.cpu_seconds,
        address_space=ADDRESS_SPACE + limits.memory_bytes,
        data=PRELOADED_DATA[libraries.runtime] + USED_DATA * len(libraries.uses) + limits.memory_bytes,
        file_size=limits.file_bytes,
        open_files=limits.open_files,
        processes=threads + limits.processes + THREADS_PER_CORE * (os.cpu_count() or 1),
    )


def _python(tier: Tier, seen: View, *, libraries: Libraries, path: list[Path], control: int) -> list[str]:
    """The interpreter, told its path explicitly: no site, no .pth files, no environment, no current folder."""
    story = {
        "control": control,
        "path": [str(folder) for folder in path],
        "runtime": libraries.runtime,
        "uses": libraries.uses,
        "confine": tier.confine,
        "options": tier.options(seen),
    }
    return [str(PYTHON), "-s", "-S", "-P", "-c", _START, json.dumps(story)]


def _home(stack: contextlib.ExitStack, uid: int) -> Path:
    """A folder of the zygote's own for the dot-files of libraries, where nobody else can have planted one.

    A box does not see it: there HOME is a private tmpfs.
    """
    home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="grader-home-", ignore_cleanup_errors=True)))
    if os.geteuid() == 0:
        os.chown(home, uid, uid)
    return home


def copy_room_files(folder: Path) -> None:
    """Put the room's few files under `folder`/grader, readable by any uid."""
    home = folder / "grader"
    (home / "wall").mkdir(parents=True)
    (home / "__init__.py").write_text(_IN_THE_ROOM, encoding="utf-8")
    for name in ROOM_FILES:
        source = Path(__file__).parents[2] / name
        if source.is_dir():
            shutil.copytree(source, home / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, home / name)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
