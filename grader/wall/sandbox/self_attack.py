"""The sandbox attacks itself before it is trusted: a room tries what a hostile notebook would, and must fail.

The attack is ordinary room code asked through the ordinary protocol, so it also proves that the protocol works here.

Where the grader is process 1, as in a container, its number is the room's own within the room's pid namespace: then the
signal goes to everybody.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from grader.errors import SandboxError
from grader.messages import english
from grader.wall.protocol import Ended, Job, Opened, Read, Returned, Statement
from grader.wall.sandbox import Room

#: of each private folder
FILES_TRIED = 3
_ATTEMPTS = """\
import os, socket, sys

def attempt(action):
    try:
        return "it worked: " + str(action())[:80]
    except BaseException as error:
        return "" if isinstance(error, (OSError, ImportError)) else repr(error)[:80]

def write(path):
    with open(path, "w") as file:
        return file.write("x")

def fork():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    return pid

def connect(family, kind):
    return socket.socket(family, kind)

def become_root():
    os.setuid(0)

def read_any(paths):
    for path in paths:
        try:
            open(path, "rb").close()
        except OSError:
            continue
        return path
    raise PermissionError

found = {
    "write to the root": attempt(lambda: write("/grader-self-attack")),
    "write to the libraries": attempt(lambda: write(os.path.dirname(os.__file__) + "/grader_self_attack.py")),
    "open a TCP socket": attempt(lambda: connect(socket.AF_INET, socket.SOCK_STREAM)),
    "open a UDP socket": attempt(lambda: connect(socket.AF_INET, socket.SOCK_DGRAM)),
    "open a local socket": attempt(lambda: connect(socket.AF_UNIX, socket.SOCK_STREAM)),
    "fork": attempt(fork),
    "run a program": attempt(lambda: os.execv("/usr/bin/true", ["true"])),
    "signal another process": attempt(lambda: os.kill(SUPERVISOR if SUPERVISOR != os.getpid() else -1, 0)),
    "read another process": attempt(lambda: open(f"/proc/{SUPERVISOR}/environ", "rb").read(9)),
    "read a file that was not given": attempt(lambda: open(CANARY).read()),
    "list the folder of that file": attempt(lambda: os.listdir(os.path.dirname(CANARY))),
    "read the course or what was handed in": attempt(lambda: read_any(PRIVATE)),
    "become root": attempt(become_root) if os.getuid() else "it was root from the start",
    "import the grader": attempt(lambda: __import__("grader.grading.grader")),
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One attempt: whether the sandbox held, and if not, what happened."""

    attempt: str
    held: bool
    detail: str


def attack(room: Room, private: Sequence[Path] = ()) -> tuple[Finding, ...]:
    """Attack from inside `room`, which serves nothing else afterwards. Raises SandboxError if it cannot even try.

    Some real files below `private` are tried by name: the reference, a neighbour's notebook.
    """
    with _canary() as path:
        files = [str(file) for each in private for file in islice(_files(each), FILES_TRIED)]
        names = f"SUPERVISOR = {os.getpid()}\nCANARY = {str(path)!r}\nPRIVATE = {files!r}\n"
        job = Job(
            statements=(_statement(names), _statement(_ATTEMPTS)), target="found", seed=0, files={}, answer_bytes=65536
        )
        opened = room.open(job)
        answer = room.ask([Read(id=0, target="found")])[0]
    if not isinstance(opened, Opened) or not isinstance(answer, Returned) or not isinstance(answer.value, dict):
        reason = english(opened.message) if isinstance(opened, Ended) else "its answer was not to be read."
        raise SandboxError(f"The sandbox could not attack itself: {reason}")
    return tuple(
        Finding(attempt=attempt, held=detail == "", detail=str(detail)) for attempt, detail in answer.value.items()
    )


def _files(path: Path) -> Iterator[Path]:
    """The file itself, or files directly in the folder: what lies deeper is tried if it is named."""
    if path.is_dir():
        yield from (entry for entry in sorted(path.iterdir()) if entry.is_file())
    elif path.is_file():
        yield path


def _statement(source: str) -> Statement:
    return Statement(cell=1, line=1, source=source, role="cell")


@contextmanager
def _canary() -> Iterator[Path]:
    """A file that every user of this machine may read, and no room."""
    with tempfile.TemporaryDirectory(prefix="grader-canary-") as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "canary"
        path.write_text("a room that can read this is no sandbox", encoding="utf-8")
        path.chmod(0o644)
        yield path
