"""Runs a command as a uid that owns nothing, when we are root. The sandbox's command lines begin with `as_plain_uid`.

This file is also the script that does it: `python -I -S launch.py PLAN COMMAND...`. It runs as root until it gives that
up, so it imports the standard library only and looks at nothing a student wrote.

A plain uid cannot enter root's home, where Python itself may live. The script then makes a mount namespace, lays an
empty folder over whatever is closed, and puts back in it, under their own names, only the paths the sandbox needs.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

#: owns no file and no process elsewhere; beyond what distributions hand out to people, services and containers.
#: The first of some, see `owner.py`: this one is for what is tried without a sandbox, and for when all others are taken
SANDBOX_UID: Final = 64321

_CLONE_NEWNS = 0x0002_0000
_MS_NOSUID, _MS_NODEV, _MS_REC, _MS_PRIVATE = 0x2, 0x4, 0x4000, 0x4_0000
_PR_SET_NO_NEW_PRIVS = 38
_OPEN_TREE, _MOVE_MOUNT = 428, 429  # the same on every machine
_OPEN_TREE_CLONE, _AT_RECURSIVE, _MOVE_MOUNT_F_EMPTY_PATH, _AT_FDCWD = 0x1, 0x8000, 0x4, -100


def as_plain_uid(paths: Sequence[Path], uid: int = SANDBOX_UID) -> list[str]:
    """What to put before a command that must see `paths`, so that it does not run as root. Nothing if we are not."""
    if os.geteuid() != 0:
        return []
    plan = {"uid": uid, "paths": [str(path) for path in paths]}
    return [sys.executable, "-I", "-S", __file__, json.dumps(plan)]


def launch(plan: str, command: list[str]) -> None:
    """Become the plan's uid and `command`. Ends with SystemExit and a sentence when that cannot be."""
    asked = json.loads(plan)
    paths = [Path(name) for name in asked["paths"]]
    if closed := closed_folders(paths):
        _open_the_way(closed, asked["uid"])
    _give_up_root(asked["uid"])
    _insist_on_reading(paths, asked["uid"])
    os.chdir("/")
    os.execvp(command[0], command)  # noqa: S606  # the sandbox's own command line


def closed_folders(paths: Sequence[Path]) -> dict[Path, list[Path]]:
    """The outermost folders that others may not enter, with those of `paths` that lie below each."""
    closed: dict[Path, list[Path]] = {}
    for path in paths:
        way = reversed(path.parents)  # from / down
        if blocker := next((folder for folder in way if not folder.stat().st_mode & 0o001), None):
            closed.setdefault(blocker, []).append(path)
    return closed


def _open_the_way(closed: dict[Path, list[Path]], uid: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        _checked(libc.unshare(_CLONE_NEWNS))
        _checked(libc.mount(b"none", b"/", None, ctypes.c_ulong(_MS_REC | _MS_PRIVATE), None))
        for blocker, paths in closed.items():
            _lay_over(libc, blocker, paths)
    except OSError as error:
        names = ", ".join(map(str, closed))
        sys.exit(
            f"The sandbox runs as uid {uid}, which cannot enter {names}, and opening a way failed: {error}. "
            f"Install Python and its packages outside {names}, or run as another user than root."
        )


def _lay_over(libc: ctypes.CDLL, blocker: Path, paths: Sequence[Path]) -> None:
    links = {path: path.readlink() for path in paths if path.is_symlink()}
    trees = {path: (_clone(libc, path), path.is_dir()) for path in paths if path not in links}
    flags = ctypes.c_ulong(_MS_NOSUID | _MS_NODEV)
    _checked(libc.mount(b"tmpfs", os.fsencode(blocker), b"tmpfs", flags, b"mode=755,size=1m"))
    for path, target in links.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)
    for path, (tree, is_folder) in trees.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(exist_ok=True) if is_folder else path.touch()
        _call(libc, _MOVE_MOUNT, tree, b"", _AT_FDCWD, os.fsencode(path), _MOVE_MOUNT_F_EMPTY_PATH)
        os.close(tree)


def _clone(libc: ctypes.CDLL, path: Path) -> int:
    return _call(libc, _OPEN_TREE, _AT_FDCWD, os.fsencode(path), _OPEN_TREE_CLONE | _AT_RECURSIVE | os.O_CLOEXEC)


def _give_up_root(uid: int) -> None:
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)  # from uid 0 this empties the capability sets as well
    _checked(ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_NO_NEW_PRIVS, *map(ctypes.c_ulong, (1, 0, 0, 0))))


def _insist_on_reading(paths: Sequence[Path], uid: int) -> None:
    if unreadable := [str(path) for path in paths if not os.access(path, os.R_OK)]:
        sys.exit(
            f"The sandbox runs as uid {uid}, which may not read {', '.join(unreadable)}. "
            "Make it readable by all (chmod -R o+rX), or run as its owner instead of root."
        )


def _call(libc: ctypes.CDLL, number: int, *arguments: object) -> int:
    wide = [ctypes.c_long(item) if isinstance(item, int) else item for item in arguments]
    return _checked(libc.syscall(ctypes.c_long(number), *wide))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


if __name__ == "__main__":
    launch(sys.argv[1], sys.argv[2:])
