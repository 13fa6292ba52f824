"""The lender as the judge sees it: a process that is started at the first loan, has deadlines, and is replaced when it
hangs. What it runs is `child.py`. It forks a counter for each room that borrows, and knows no more of it than that.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.errors import ProtocolError, SandboxError
from grader.limits import LendingLimits
from grader.protocol import Borrow, Ended, Job, Leave, Lent, Loan, NotLent, Statement, from_reader, to_bytes
from grader.wording import say
from grader.words import counted

#: the only environment the process has
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": "/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
}
#: what a library may load when it is first used
SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/nix/store", "/dev/null", "/dev/urandom")
START_SECONDS = 60.0
COUNTER_SECONDS = 30.0  # for a fork, on a machine that may be busy
#: a counter's first word: its process id, by which we read its clock
PID = struct.Struct("<i")
WALL_FACTOR = 10  # of computing time; the machine may be busy
CHUNK = PIPE_BYTES = 1024 * 1024

_START = """\
import json, sys
story = json.loads(sys.argv.pop())
sys.path += story["path"]
from grader.lender.child import main
main(story["seconds"], story["memory"], story["readable"])
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lendable:
    """A reference that others depend on: the statements that make it, and what its parameters are called.

    `shapes` are the ways in which templates of the lab call it: for each argument, which of the parameters it is.
    """

    exercise: str
    target: str
    statements: tuple[Statement, ...]
    parameters: tuple[str, ...] = ()
    shapes: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What came of one loan, the bytes it moved, and the computing time it took in seconds."""

    said: Loan | Ended
    bytes: int
    seconds: float


class Lender:
    """Calls references, one at a time, in a process that is started when it is first needed.

    It may be used by processes forked from this one: each of those starts its own. Rooms that borrow at the same time,
    in several threads, share a counter.
    """

    def __init__(self, lendables: tuple[Lendable, ...], *, seed: int = 0, limits: LendingLimits | None = None) -> None:
        self.lendables = {each.exercise: each for each in lendables}
        self.limits = limits or LendingLimits()
        self._seed = seed
        self._turn = threading.Lock()
        self._child: _Child | None = None

    def serve(self, borrow: Borrow) -> Served:
        """Call the reference whose target is `borrow.name`. Raises SandboxError if the process is lost or starved."""
        with self._turn:
            child = self._running()
            try:
                child.begin()
                started, moved = child.computing_time(), child.moved
                said = child.exchange(borrow, WALL_FACTOR * self.limits.call_seconds)
                return Served(said=said, bytes=child.moved - moved, seconds=child.computing_time() - started)
            except EOFError:
                self._end()
                if child.process.returncode != -signal.SIGXCPU:
                    raise SandboxError(say("lender_lost")) from None
                return Served(said=self._too_long(borrow), bytes=0, seconds=self.limits.call_seconds)
            except BaseException:
                self._end()
                raise

    def room_is_over(self) -> None:
        """End the counter that served it, so that nothing of this room meets the next. Waits for nobody."""
        with self._turn:
            if self._child is not None and self._child.owner == os.getpid():
                self._child.part()

    def close(self) -> None:
        """End the process, if there is one. The next loan starts another."""
        with self._turn:
            self._end()

    def _too_long(self, borrow: Borrow) -> Ended:
        most = counted(self.limits.call_seconds, "second")
        return Ended(reason="timed_out", text=say("borrowed_call_too_long", name=borrow.name, time=most))

    def _running(self) -> _Child:
        if self._child is None or self._child.owner != os.getpid():
            self._child = _Child(tuple(map(self._job, self.lendables.values())), self.limits)
        return self._child

    def _end(self) -> None:
        if self._child is not None and self._child.owner == os.getpid():
            self._child.end()
        self._child = None

    def _job(self, lendable: Lendable) -> Job:
        return Job(
            statements=lendable.statements,
            target=lendable.target,
            seed=self._seed,
            files={},
            answer_bytes=self.limits.answer_bytes,
        )


class _Child:
    """One started process and the pipes to it."""

    def __init__(self, jobs: tuple[Job, ...], limits: LendingLimits) -> None:
        paths = dict.fromkeys(str(Path(module).parent.parent) for module in (_package(), np.__file__))
        story = {
            "path": list(paths),
            "readable": [str(Path(np.__file__).parent.parent), str(Path(os.__file__).parent), *SYSTEM],
            "seconds": limits.call_seconds,
            "memory": limits.memory_bytes,
        }
        self.owner = os.getpid()
        self.moved = 0
        self.counter: int | None = None
        self.process = subprocess.Popen(  # noqa: S603  # our own command line
            [sys.executable, "-s", "-S", "-P", "-c", _START, json.dumps(story)],
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,  # Ctrl-C belongs to the judge, at whose end our input ends
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._to, self._from = self.process.stdin.fileno(), self.process.stdout.fileno()
        self._incoming = bytearray()
        self._most = limits.answer_bytes
        self._finalize = weakref.finalize(self, _bury, self.process, self.owner)
        for descriptor in (self._to, self._from):
            os.set_blocking(descriptor, False)
            _widen(descriptor)
        self._deadline = time.monotonic() + START_SECONDS
        with contextlib.suppress(BrokenPipeError):  # then it is gone, as the first answer will show
            self._write(b"".join(map(to_bytes, jobs)) + to_bytes(Leave()))

    def begin(self) -> None:
        """Have a counter for one room. Raises EOFError and SandboxError as `exchange` does."""
        if self.counter is None:
            self._deadline = max(self._deadline, time.monotonic() + COUNTER_SECONDS)
            (self.counter,) = PID.unpack(self._read(PID.size))

    def part(self) -> None:
        """Let the counter go, if there is one."""
        if self.counter is not None:
            self.counter = None
            self._deadline = time.monotonic() + COUNTER_SECONDS
            with contextlib.suppress(BrokenPipeError, SandboxError):  # the next loan will find out
                self._write(to_bytes(Leave()))

    def exchange(self, borrow: Borrow, seconds: float) -> Loan:
        """Ask and wait. Raises EOFError if the process has ended, SandboxError if it is not done in time."""
        self._deadline = max(self._deadline, time.monotonic() + seconds)
        try:
            self._write(to_bytes(borrow))
            said = from_reader(self._read, max_bytes=self._most)
        except BrokenPipeError:
            raise EOFError from None
        except ProtocolError as error:
            raise SandboxError(say("lender_lost")) from error
        if not isinstance(said, Lent | NotLent) or said.id != borrow.id:
            raise SandboxError(say("lender_lost"))
        return said

    def computing_time(self) -> float:
        """Seconds of processor time that the counter has used, by the kernel's clock of it."""
        if self.counter is not None:
            with contextlib.suppress(OSError):
                return time.clock_gettime((~self.counter << 3) | 2)
        return 0.0

    def end(self) -> None:
        """End the process and wait until it is gone."""
        self._finalize()

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        self.moved += len(data)
        while left:
            self._wait([], [self._to])
            with contextlib.suppress(BlockingIOError):
                left = left[os.write(self._to, left[:CHUNK]) :]

    def _read(self, count: int) -> bytes:
        while len(self._incoming) < count:
            self._wait([self._from], [])
            if not (data := os.read(self._from, CHUNK)):
                raise EOFError
            self._incoming += data
        self.moved += count
        taken = bytes(memoryview(self._incoming)[:count])
        del self._incoming[:count]
        return taken

    def _wait(self, reading: list[int], writing: list[int]) -> None:
        if not any(select.select(reading, writing, [], max(0.0, self._deadline - time.monotonic()))):
            raise SandboxError(say("lender_busy"))


def _widen(descriptor: int) -> None:
    import fcntl  # not on every system, and only where rooms run is anything lent

    with contextlib.suppress(OSError):  # a user's pipes may be used up; small ones are only slower
        fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def _bury(process: subprocess.Popen[bytes], owner: int) -> None:
    if os.getpid() != owner:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):  # its counter, too, which is of its session
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _package() -> str:
    return str(Path(__file__).parent)
