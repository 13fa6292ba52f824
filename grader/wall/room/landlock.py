"""Which files a room may touch, as a Landlock ruleset. Everything not named is refused: other files, TCP, signals and
abstract sockets to processes outside. What Landlock does not see (stat, chmod, UDP) the system call filter refuses.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence

from grader.wall.room import kernel

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5
MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = (1 << bit for bit in range(6, 13))
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

READ = READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE
ON_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV  # the kernel refuses folder rights on a file
TCP = 0b11
ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


def landlock_ruleset(readable: Sequence[str], writable: Sequence[str]) -> int:
    """A descriptor of a ruleset for these paths, as strict as this kernel knows.

    Raises OSError where there is no Landlock, and for a path that does not exist.
    """
    abi = kernel.landlock_abi()
    handled = handled_files(abi)
    net = TCP if abi >= 4 else 0
    scoped = ABSTRACT_SOCKETS_AND_SIGNALS if abi >= 6 else 0
    ruleset = kernel.landlock_create(handled, net, scoped, abi=abi)
    for paths, access in ((readable, READ), (writable, WRITE)):
        for path in paths:
            _allow(ruleset, path, access & handled)
    return ruleset


def handled_files(abi: int) -> int:
    """Every right over files that version `abi` of Landlock can refuse."""
    newest = REFER if abi == 2 else TRUNCATE if abi in (3, 4) else IOCTL_DEV if abi >= 5 else MAKE_SYM
    return 2 * newest - 1


def _allow(ruleset: int, path: str, access: int) -> None:
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        is_folder = stat.S_ISDIR(os.fstat(parent).st_mode)
        kernel.landlock_allow(ruleset, parent, access if is_folder else access & ON_A_FILE)
    finally:
        os.close(parent)
