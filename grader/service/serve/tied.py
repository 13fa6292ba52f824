"""`python -m grader.service.serve.tied PARENT COMMAND...`: becomes COMMAND, which ends when its parent is gone.

Even a parent that was killed thus leaves nobody behind. The kernel keeps this wish through exec.
"""

from __future__ import annotations

import os
import signal
import sys


def become(parent: int, command: list[str]) -> None:
    """Never returns."""
    if sys.platform == "linux":
        from grader.wall.room import kernel  # there is no such wish elsewhere

        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == parent:  # else it was gone before it could be wished
        os.execv(command[0], command)  # noqa: S606  # a command of ours


if __name__ == "__main__":
    become(int(sys.argv[1]), sys.argv[2:])
