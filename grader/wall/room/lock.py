"""How a freshly forked room locks itself in: each step a function, and two orders of them. A step that fails ends it.

Runs after the fork and before the first byte of the job. Holds no policy: what to allow and how much comes as data.
Which system calls the filter allows is decided on the trusted side, in `grader/wall/sandbox/syscalls.toml`.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from grader.wall.room import kernel
from grader.wall.room.landlock import landlock_ruleset
from grader.wall.room.records import OWN_PID, Bounds

#: not /dev/zero: mapped shared it is memory that no limit counts
DEVICES: Final = ("/dev/null", "/dev/random", "/dev/urandom")
#: TensorFlow aborts if it cannot read this, unless /proc/self/exe shows a file whose name lacks "python"
OWN_PROCESS: Final = ("/proc/self/cmdline",)
#: 0 nothing, 1 and 2 prints, 3 questions, 4 answers, 5 what the room says until it is ready; the rest is closed
FIRST_FREE: Final = 6
_INSTRUCTION = struct.Struct("=HBBI")
_ROOT_OPTIONS = "mode=755,size=1m,nr_inodes=1k"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """What every room of one zygote may read and call.

    Paths are absolute, the filter is what `wall.sandbox.syscalls.compile_filter` made. Landlock is used as far as
    the kernel has it; with one older than `least_landlock` (0: none at all) the room does not open.
    """

    readable: tuple[str, ...]
    filter: bytes
    least_landlock: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """The root a room builds for itself, where namespaces are to be had.

    `scaffold` is an empty folder of the zygote's on which it is put together, `work` the one writable folder in it, a
    tmpfs; readable paths may lie below `work`. `executable` is what /proc/self/exe shows: a readable file whose name
    lacks "python", since TensorFlow aborts without one.
    """

    scaffold: str
    work: str
    work_bytes: int
    work_files: int
    executable: str


def live_in_own_pid_namespace() -> None:
    """Move a zygote into a pid namespace of its own; call once, before it serves.

    Bubblewrap's pid namespace belongs to a user namespace above the zygote's, to which `setns` cannot return. The
    caller goes on as process 1 of the new one; the process it was waits for it, holding nothing, and ends with it.
    """
    kernel.unshare(kernel.CLONE_NEWPID)
    child = os.fork()
    if child == 0:
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        return
    kernel.close_from(0)
    os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)


def fork_into_new_pid_namespace() -> int:
    """Like `os.fork`, but the child is process 1 of its own pid namespace. Needs `live_in_own_pid_namespace` before.

    One fork instead of two: the zygote leaves its namespace for its next child only, and returns through a pidfd of
    itself, which needs no procfs. Raises OSError; the zygote must then end, for its children would be misplaced.
    """
    own = os.pidfd_open(os.getpid())
    try:
        kernel.unshare(kernel.CLONE_NEWPID)
        child = os.fork()
        if child:
            kernel.setns(own, kernel.CLONE_NEWPID)
        return child
    finally:
        os.close(own)


def lock_in_namespaces(locks: Locks, root: Root, bounds: Bounds) -> None:
    """Lock in this process, born of `fork_into_new_pid_namespace` by a zygote with CAP_SYS_ADMIN and CAP_SETPCAP.

    Raises OSError that names the step; the room must then end unused.
    """
    enter_namespaces(root, locks.readable)
    _seal(locks, bounds)


def enter_namespaces(root: Root, readable: tuple[str, ...]) -> None:
    """The first of the layers, which holds without the others once privileges are dropped. Raises OSError."""
    with _step("die with the zygote"):
        die_with_parent(0)  # a parent outside one's pid namespace is process 0
    with _step("leave the namespaces"):
        leave_namespaces()
    with _step("build a root"):
        build_root(root, readable)
    with _step("swap the root"):
        kernel.swap_root(root.scaffold)
        os.chdir(root.work)
    with _step("empty the bounding set"):
        empty_bounding_set()


def lock_in_place(locks: Locks, bounds: Bounds, *, work_folder: int, parent: int) -> None:
    """Lock in this process where namespaces are refused; it works in the folder behind the descriptor `work_folder`.

    Raises OSError that names the step; the room must then end unused.
    """
    with _step("die with the zygote"):
        die_with_parent(parent)
    with _step("enter the work folder"):
        enter_folder(work_folder)
    _seal(replace(locks, readable=(*locks.readable, *OWN_PROCESS)), bounds)


def _seal(locks: Locks, bounds: Bounds) -> None:
    """What both ways end with. The current folder is the only writable one from here on."""
    with _step("drop privileges"):
        drop_privileges()
    with _step("set resource limits"):
        set_limits(bounds)
    with _step("restrict files with Landlock"):
        restrict_files(locks)
    with _step("close descriptors"):
        kernel.close_from(FIRST_FREE)
    with _step("load the system call filter"):
        load_filter(locks.filter)


def die_with_parent(parent: int) -> None:
    """SIGKILL when the parent ends; raises when it has ended already."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise ProcessLookupError(errno.ESRCH, f"the parent is process {os.getppid()}, not {parent}")


def enter_folder(descriptor: int) -> None:
    """Make the folder behind `descriptor` the current one, by its name if that leads there.

    A descriptor that was opened outside a mount namespace leads to a folder whose name `os.getcwd` cannot find.
    """
    os.fchdir(descriptor)
    with suppress(OSError):  # no procfs, or a closed folder on the way: then only the descriptor leads there
        name = Path(f"/proc/self/fd/{descriptor}").readlink()
        if name.samefile("."):
            os.chdir(name)


def leave_namespaces() -> None:
    """Own mounts, network, IPC, host name and cgroup view; the pid namespace came with the fork."""
    kernel.unshare(
        kernel.CLONE_NEWNS | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS | kernel.CLONE_NEWCGROUP
    )
    kernel.mount("none", "/", flags=kernel.MS_REC | kernel.MS_PRIVATE)


def build_root(root: Root, readable: tuple[str, ...]) -> None:
    """Put a root together on the scaffold: readable paths, devices, the link to an executable, a work folder.

    There is no procfs: containers mask theirs, which forbids mounting another, and TensorFlow wants only the link.
    """
    base, work = root.scaffold, root.scaffold + root.work
    kernel.mount("tmpfs", base, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, _ROOT_OPTIONS)
    Path(work).mkdir(parents=True)
    size = f"mode=700,size={root.work_bytes},nr_inodes={root.work_files}"
    kernel.mount("tmpfs", work, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC, size)
    for path in (*sorted(readable), *DEVICES):  # sorted: a folder comes before what lies in it
        _bind(Path(path), Path(base + path))
    shown = Path(f"{base}/proc/self/exe")
    shown.parent.mkdir(parents=True)
    shown.symlink_to(root.executable)
    kernel.make_read_only(base)
    kernel.make_writable(work)


def _bind(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        target.symlink_to(source.readlink())
        return
    if source.is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    kernel.mount(str(source), str(target), flags=kernel.MS_BIND | kernel.MS_REC)


def empty_bounding_set() -> None:
    """No capability can be had again, not even by exec. Needs CAP_SETPCAP."""
    for capability in range(64):
        try:
            kernel.prctl(kernel.PR_CAPBSET_DROP, capability)
        except OSError:
            if capability > 30:  # EINVAL behind the last one this kernel knows
                return
            raise


def drop_privileges() -> None:
    """No capability is left, and no program can bring one back."""
    kernel.prctl(kernel.PR_CAP_AMBIENT, kernel.PR_CAP_AMBIENT_CLEAR_ALL)
    kernel.drop_capabilities()
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)


def set_limits(bounds: Bounds) -> None:
    """Soft equal to hard everywhere: a process that is pid 1 of its namespace never sees the soft CPU signal."""
    for which, most in (
        (resource.RLIMIT_CPU, bounds.cpu_seconds),
        (resource.RLIMIT_AS, bounds.address_space),
        (resource.RLIMIT_DATA, bounds.data),
        (resource.RLIMIT_FSIZE, bounds.file_size),
        (resource.RLIMIT_NOFILE, bounds.open_files),
        (resource.RLIMIT_NPROC, bounds.processes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))


def restrict_files(locks: Locks) -> None:
    """Landlock: read the readable paths and devices, write the current folder, nothing else."""
    if (abi := kernel.landlock_abi()) < locks.least_landlock:
        raise NotImplementedError(f"Landlock {locks.least_landlock} is needed, this kernel has {abi}")
    if abi == 0:
        return
    ruleset = landlock_ruleset((*locks.readable, *DEVICES), (".", "/dev/null"))
    kernel.landlock_restrict(ruleset)
    os.close(ruleset)


def load_filter(program: bytes) -> None:
    """Load a filter compiled by the trusted side, with this process's id where `OWN_PID` stands in for it."""
    instructions = [
        _INSTRUCTION.pack(code, yes, no, os.getpid() if operand == OWN_PID else operand)
        for code, yes, no, operand in _INSTRUCTION.iter_unpack(program)
    ]
    kernel.load_filter(b"".join(instructions))


@contextmanager
def _step(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, NotImplementedError) as error:
        number = error.errno if isinstance(error, OSError) and error.errno else errno.ENOTSUP
        reason = getattr(error, "strerror", None) or error
        raise OSError(number, f"a room could not lock itself in, at the step {name!r}: {reason}") from error
