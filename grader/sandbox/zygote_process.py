"""One zygote as its supervisor sees it: a process that is started, becomes ready, forks rooms on request, and is ended.

How it is confined is up to its housing; what is said in a room, to `live_room.py`; when a new one is due, to
`forkserver.py`.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from grader.errors import SandboxError
from grader.room.records import Bounds
from grader.sandbox.control import Control, RoomChannel
from grader.sandbox.housing import Housing
from grader.sandbox.launch import SANDBOX_UID

#: the only files of the grader that exist where student code runs
ROOM_FILES = ("errors.py", "values.py", "frames.py", "protocol.py", "room")
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
END_SECONDS = 5
PACKAGES = ("numpy", "tensorflow", "keras", "matplotlib")

_START = """\
import json, sys
story = json.loads(sys.argv.pop())
sys.path[:0] = story["path"]
import importlib
module, name = story["confine"].split(":")
from grader.room.zygote import main
main(story["control"], story["runtime"], lambda: getattr(importlib.import_module(module), name)(**story["options"]))
"""


class ZygoteProcess:
    """A started zygote; it imports its libraries while the caller goes on. Must be closed."""

    def __init__(self, runtime: str, housing: Housing) -> None:
        self._runtime = runtime
        self._housing = housing
        with contextlib.ExitStack() as stack:
            self._files = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="grader-room-")))
            self._log: IO[bytes] = stack.enter_context(tempfile.TemporaryFile())
            copy_room_files(self._files)
            self._home = _home(stack)
            self._start(stack)
            self._stack = stack.pop_all()

    def close(self) -> None:
        """End it, and with it every room."""
        self.control.socket.close()  # at which it ends its rooms and itself
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._stack.close()

    def is_ready(self) -> bool:
        """Whether it would fork at once. Does not wait."""
        return self.control.is_ready()

    def fork(self, bounds: Bounds, workplace: int) -> RoomChannel:
        """A new room; see `Control.fork`. The error of a zygote that is gone has the last lines it wrote."""
        try:
            return self.control.fork(bounds, workplace)
        except SandboxError as error:
            raise type(error)(f"{error}{self._last_words()}") from None

    def _start(self, stack: contextlib.ExitStack) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control = Control(stack.enter_context(ours))
        readable = [self._files, *map(Path, library_folders())]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # our own command line
                self._housing.launch(self._python(theirs.fileno(), readable), readable, ENVIRONMENT),
                env=ENVIRONMENT | {"HOME": str(self._home)},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                cwd="/",
                start_new_session=True,
            )

    def _python(self, control: int, readable: list[Path]) -> list[str]:
        """The interpreter, told its path explicitly: no site, no .pth files, no environment, no current folder."""
        story = {
            "control": control,
            "path": [str(folder) for folder in readable],
            "runtime": self._runtime,
            "confine": self._housing.confine,
            "options": self._housing.options(readable),
        }
        return [sys.executable, "-s", "-S", "-P", "-c", _START, json.dumps(story)]

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = self._log.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
        return "".join(f"\n  {line}" for line in lines[-6:])


def _home(stack: contextlib.ExitStack) -> Path:
    """A folder of the zygote's own for the dot-files of libraries, where nobody else can have planted one.

    A box does not see it: there HOME is a private tmpfs.
    """
    home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="grader-home-", ignore_cleanup_errors=True)))
    if os.geteuid() == 0:
        os.chown(home, SANDBOX_UID, SANDBOX_UID)
    return home


def copy_room_files(folder: Path) -> None:
    """Put the room's few files under `folder`/grader, readable by any uid."""
    home = folder / "grader"
    home.mkdir()
    (home / "__init__.py").write_text(_IN_THE_ROOM, encoding="utf-8")
    for name in ROOM_FILES:
        source = Path(__file__).parent.parent / name
        if source.is_dir():
            shutil.copytree(source, home / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, home / name)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def library_folders() -> list[str]:
    """The site-packages folders that hold the preloaded libraries, in import order, without duplicates."""
    specs = (importlib.util.find_spec(name) for name in PACKAGES)
    parents = (Path(spec.origin).parent.parent for spec in specs if spec is not None and spec.origin)
    return list(dict.fromkeys(map(str, parents)))
