"""The system calls that lock a room and that Python 3.11 has no name for, each as a function that raises OSError.

One function, one call. In which order they make a lock is `lock.py`; nothing here knows what a room is.
"""

from __future__ import annotations

import ctypes
import os
import sys

CLONE_NEWNS = 0x0002_0000
CLONE_NEWCGROUP = 0x0200_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000

MS_NOSUID, MS_NODEV, MS_NOEXEC = 0x2, 0x4, 0x8
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x4_0000

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 22, 24, 38
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4

_MNT_DETACH = 2
_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000
_MOUNT_ATTR_RDONLY, _MOUNT_ATTR_NOSUID = 0x1, 0x2
_SECCOMP_MODE_FILTER = 2
_CAPABILITY_VERSION_3 = 0x2008_0522
# These five have the same number on every machine: calls younger than Linux 5.0 share one table.
_CLOSE_RANGE, _MOUNT_SETATTR, _LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 436, 442, 444, 445, 446
_LANDLOCK_CREATE_RULESET_VERSION = 1
_LANDLOCK_RULE_PATH_BENEATH = 1

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else ctypes.pythonapi  # never called elsewhere


class _MountAttr(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns")]


class _RulesetAttr(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("fs", "net", "scoped")]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("access", ctypes.c_uint64), ("parent", ctypes.c_int32)]


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int32)]


class _FilterProgram(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def unshare(flags: int) -> None:
    """Leave the namespaces in `flags`. For CLONE_NEWPID the next child enters the new one, not the caller."""
    _checked(_libc.unshare(flags))


def setns(descriptor: int, flags: int) -> None:
    """Enter the namespaces in `flags` of the process behind a pidfd (for CLONE_NEWPID: the next child does)."""
    _checked(_libc.setns(descriptor, flags))


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """mount(2)."""
    _checked(_libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode()))


def make_read_only(target: str) -> None:
    """Make the mount at `target` and all mounts below it read-only, which needs no procfs to find them (Linux 5.12)."""
    _set_mount(target, _AT_RECURSIVE, _MountAttr(set=_MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID))


def make_writable(target: str) -> None:
    """Make the one mount at `target` writable again."""
    _set_mount(target, 0, _MountAttr(clear=_MOUNT_ATTR_RDONLY))


def _set_mount(target: str, flags: int, attr: _MountAttr) -> None:
    _syscall(_MOUNT_SETATTR, _AT_FDCWD, target.encode(), flags, ctypes.byref(attr), ctypes.sizeof(attr))


def swap_root(new_root: str) -> None:
    """Make `new_root` the root of this mount namespace, and let go of the old one with all that is in it."""
    os.chdir(new_root)
    _checked(_libc.pivot_root(b".", b"."))  # the old root is now stacked on the new one, at the same place
    _checked(_libc.umount2(b".", _MNT_DETACH))
    os.chdir("/")


def prctl(option: int, argument: int = 0, second: int = 0) -> int:
    """prctl(2) for options that take numbers; the kernel insists on zeroes for what is unused."""
    ulong = ctypes.c_ulong
    return _checked(_libc.prctl(option, ulong(argument), ulong(second), ulong(0), ulong(0)))


def drop_capabilities() -> None:
    """Give up every effective, permitted and inheritable capability."""
    header = _CapabilityHeader(version=_CAPABILITY_VERSION_3)
    _checked(_libc.capset(ctypes.byref(header), bytes(24)))


def load_filter(program: bytes) -> None:
    """Put a seccomp filter (an array of struct sock_filter) on this thread and all it will start."""
    filters = _FilterProgram(length=len(program) // 8, instructions=program)
    _checked(_libc.prctl(PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(filters)))


def close_from(first: int) -> None:
    """Close every descriptor from `first` on; `os.closerange` tries each number if Python was built on an old libc."""
    _syscall(_CLOSE_RANGE, first, 0xFFFF_FFFF, 0)


def landlock_abi() -> int:
    """The version of Landlock this kernel speaks; 0 when it has none or it is switched off."""
    if sys.platform != "linux":
        return 0
    try:
        return _syscall(_LANDLOCK_CREATE, None, 0, _LANDLOCK_CREATE_RULESET_VERSION)
    except OSError:
        return 0


def landlock_create(fs: int, net: int, scoped: int, *, abi: int) -> int:
    """A descriptor of an empty ruleset that refuses all it handles."""
    attr = _RulesetAttr(fs=fs, net=net, scoped=scoped)
    known = 24 if abi >= 6 else 16 if abi >= 4 else 8  # an older kernel refuses a longer struct
    return _syscall(_LANDLOCK_CREATE, ctypes.byref(attr), known, 0)


def landlock_allow(ruleset: int, parent: int, access: int) -> None:
    """Allow `access` to the file or folder behind the descriptor `parent`, and to what is below it."""
    beneath = _PathBeneath(access=access, parent=parent)
    _syscall(_LANDLOCK_ADD, ruleset, _LANDLOCK_RULE_PATH_BENEATH, ctypes.byref(beneath), 0)


def landlock_restrict(ruleset: int) -> None:
    """Bind this thread and all it will start to `ruleset`."""
    _syscall(_LANDLOCK_RESTRICT, ruleset, 0)


def _syscall(number: int, *arguments: object) -> int:
    # ctypes passes a bare int as 32 bits through a variadic call, which leaves the upper half to chance
    wide = [ctypes.c_long(item) if isinstance(item, int) else item for item in arguments]
    return _checked(_libc.syscall(ctypes.c_long(number), *wide))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
