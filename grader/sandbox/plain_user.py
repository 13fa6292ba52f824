"""Become a plain user who owns nothing but can still read the interpreter, then run a command. A script, run as root.

`python -I -S plain_user.py '{"uid": ..., "trees": [...], "command": [...]}'`. The interpreter often lives in root's
home, which nobody else may enter. In a mount namespace of our own we cover such a home with an empty folder, put only
the needed trees back, and the plain user reads them at their usual paths; nothing else there exists. Standard library
only.
"""

import ctypes
import json
import os
import sys
from pathlib import Path

CLONE_NEWNS = 0x00020000
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000


def main() -> None:
    """Do as the one argument says. Ends with a sentence on stderr if the machine refuses."""
    story = json.loads(sys.argv[1])
    hidden = {tree: cover for tree in story["trees"] if (cover := first_closed(tree)) is not None}
    if hidden:
        uncover(hidden)
    os.setgroups([])
    os.setresgid(story["uid"], story["uid"], story["uid"])
    os.setresuid(story["uid"], story["uid"], story["uid"])
    os.execv(story["command"][0], story["command"])  # noqa: S606  # the command is ours


def first_closed(tree: str) -> str | None:
    """The highest folder on the way to `tree` that others may not enter."""
    parts = os.path.realpath(tree).split("/")
    above = ["/".join(parts[:count]) or "/" for count in range(1, len(parts) + 1)]
    return next((folder for folder in above if not Path(folder).stat().st_mode & 0o001), None)


def uncover(hidden: dict[str, str]) -> None:
    """Cover each closed folder with an empty one and bind the trees back to their paths, seen by this process only."""
    call("unshare", CLONE_NEWNS)
    call("mount", b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    held = {tree: os.open(tree, os.O_PATH | os.O_DIRECTORY) for tree in hidden}
    for cover in sorted(set(hidden.values())):
        call("mount", b"tmpfs", cover.encode(), b"tmpfs", 0, b"mode=755,size=1m")
    for tree, descriptor in held.items():
        Path(tree).mkdir(parents=True, exist_ok=True)
        call("mount", f"/proc/self/fd/{descriptor}".encode(), tree.encode(), None, MS_BIND | MS_REC, None)
        os.close(descriptor)


def call(name: str, *arguments: object) -> None:
    """A libc call, or the sentence that says what to do."""
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) != 0:
        reason = os.strerror(ctypes.get_errno())
        sys.exit(
            f"{name} was refused ({reason}): the Python that runs the grader lies in a folder only root may enter.\n"
            "Install it where every user can read it (a virtual environment under /opt, say), or do not run as root."
        )


if __name__ == "__main__":
    main()
