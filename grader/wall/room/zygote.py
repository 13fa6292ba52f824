"""The zygote: a process that has the libraries imported, holds no secret, and forks one room per request.

It never parses a byte of a student's: it takes a fixed-size record and descriptors, forks, and forgets them. It has one
thread and makes no tensor, because TensorFlow deadlocks in children of a process that did.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import gc
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from grader.wall.room import cell_harness as cell_harness  # so that a cell room does not have to compile it
from grader.wall.room.compatibility import Compatibility
from grader.wall.room.confine import STATUS, Confine, descriptors_in_place
from grader.wall.room.optional import broken_is_absent
from grader.wall.room.preloaded import Libraries
from grader.wall.room.procfs import deny_procfs
from grader.wall.room.records import READY, STARTED, Bounds, Exit, refusal
from grader.wall.room.worker import Worker

DESCRIPTORS = 5  # questions in, answers out, prints out, status, work folder
_CLONE_THREAD = 0x00010000
_OWN_THREADS = Path("/proc/self/task")


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A running room, as the zygote knows it."""

    pid: int
    pidfd: int
    status: socket.socket
    started: float


class Zygote:
    """The serving loop: admit, kill when the supervisor hangs up, bury and report."""

    def __init__(self, control: socket.socket, confine: Confine, compatibility: Compatibility) -> None:
        self.control = control
        self.confine = confine
        self.compatibility = compatibility
        self.poller = select.poll()
        self.poller.register(control, select.POLLIN)
        self.children: dict[int, Child] = {}  # by pidfd and by status descriptor

    def serve(self) -> None:
        """Serve until the supervisor closes the control socket."""
        self.control.send(READY)
        while True:
            for descriptor, _ in self.poller.poll():
                if descriptor == self.control.fileno():
                    if not self._admit():
                        self._end_all()
                        return
                elif (child := self.children.get(descriptor)) is not None:
                    self._look_after(child, descriptor)

    def _admit(self) -> bool:
        record, descriptors, _, _ = socket.recv_fds(self.control, Bounds.SIZE, DESCRIPTORS)
        if len(record) != Bounds.SIZE or len(descriptors) != DESCRIPTORS:
            return False
        pid = self.confine.fork()
        if pid == 0:
            _become_room(self.confine, Bounds.from_bytes(record), descriptors, self.compatibility)
        status = socket.socket(fileno=descriptors.pop(3))
        for descriptor in descriptors:
            os.close(descriptor)
        self._remember(Child(pid=pid, pidfd=os.pidfd_open(pid), status=status, started=time.monotonic()))
        return True

    def _remember(self, child: Child) -> None:
        for descriptor in (child.pidfd, child.status.fileno()):
            self.children[descriptor] = child
            self.poller.register(descriptor, select.POLLIN)

    def _look_after(self, child: Child, descriptor: int) -> None:
        """Its status socket speaks only by being closed: the supervisor wants it gone. Its pidfd: it is gone."""
        if descriptor == child.pidfd:
            self._bury(child)
            return
        self.poller.unregister(descriptor)
        self.confine.kill(child.pid, child.pidfd)

    def _end_all(self) -> None:
        """The supervisor is gone: no room may outlive it."""
        for child in set(self.children.values()):
            self.confine.kill(child.pid, child.pidfd)

    def _bury(self, child: Child) -> None:
        self.confine.clear_up(child.pid)  # before the pid is reaped, so that it cannot be somebody else's yet
        _, status, usage = os.wait4(child.pid, 0)
        end = Exit(
            pid=child.pid,
            code=os.waitstatus_to_exitcode(status),
            cpu_seconds=usage.ru_utime + usage.ru_stime,
            wall_seconds=time.monotonic() - child.started,
            peak_bytes=usage.ru_maxrss * 1024,
        )
        for descriptor in (child.pidfd, child.status.fileno()):
            with contextlib.suppress(KeyError):
                self.poller.unregister(descriptor)
            del self.children[descriptor]
        with contextlib.suppress(OSError):
            child.status.send(end.to_bytes())
        child.status.close()
        os.close(child.pidfd)


def _become_room(confine: Confine, bounds: Bounds, descriptors: list[int], compatibility: Compatibility) -> NoReturn:
    """In the child: lock in, serve one job, end. Never returns, never unwinds into the zygote's frames."""
    code = 1
    try:
        work_folder = descriptors_in_place(descriptors)
        _get_ready(confine, bounds, work_folder, compatibility).serve()
        code = 0
    finally:
        os._exit(code)


def _get_ready(confine: Confine, bounds: Bounds, work_folder: int, compatibility: Compatibility) -> Worker:
    """Lock in and take the job, or tell the supervisor why not: whatever fails up to here is not the student's fault.

    The first word tells it who we are: the kernel adds our process id as the supervisor sees it. By then we have a
    session of our own. The status socket is closed before student code runs, so that code cannot speak on it.
    """
    os.setsid()
    os.write(STATUS, STARTED)
    try:
        confine.lock(bounds, work_folder)
        sys.stdout = sys.stderr = open(1, "w", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
        worker = Worker(open(3, "rb"), open(4, "wb"), compatibility)  # noqa: SIM115  # both live as long as the process
    except Exception as error:
        number = error.errno if isinstance(error, OSError) and error.errno else 0
        os.write(STATUS, refusal(number, f"a room could not be made ready: {error}"))
        raise
    os.close(STATUS)
    return worker


def preload(libraries: Libraries) -> None:
    """Import the libraries; whatever is missing, a student's own import will name."""
    deny_procfs()
    with broken_is_absent():
        for name in libraries.modules:
            with contextlib.suppress(ImportError):
                import_module(name)
    _touch_lazy_parts()


def _touch_lazy_parts() -> None:
    """Libraries that load parts on first use would load them again in every room; do it here, without a tensor."""
    if "numpy" in sys.modules:
        import_module("numpy.random")  # 9 of the 33 milliseconds of an empty room, before
    if "tensorflow" in sys.modules:
        for name in ("keras.src.backend.tensorflow.trainer", "tensorflow.keras.layers", "tensorflow.keras.models"):
            import_module(name)


def assert_single_threaded() -> None:
    """Raise RuntimeError if a library started a thread: forking such a process is not safe.

    The kernel is asked, since a box has no procfs; where a container's filter refuses every `unshare`, procfs is.
    """
    if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_THREAD) == 0:
        return
    if ctypes.get_errno() != errno.EPERM or len(list(_OWN_THREADS.iterdir())) > 1:
        raise RuntimeError("the zygote has more than one thread; a library started one while it was imported")


def main(control: int, libraries: Libraries, make_confine: Callable[[], Confine]) -> NoReturn:
    """Prepare and serve: the whole life of a zygote."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C belongs to the supervisor, which hangs up when it ends
    confine = make_confine()
    gc.disable()  # imports make next to no garbage; looking for it would cost half a second of every cold start
    preload(libraries)
    compatibility = Compatibility()
    compatibility.install()  # looks into every module: in a room that would copy their pages, for 10 milliseconds
    assert_single_threaded()
    gc.freeze()  # and a room that collects does not write to, and so copy, what it shares with the zygote
    gc.enable()
    Zygote(socket.socket(fileno=control), confine, compatibility).serve()
    os._exit(0)  # taking TensorFlow apart would keep the supervisor waiting
