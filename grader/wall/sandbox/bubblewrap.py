"""The command line that puts a zygote in a bubblewrap box. Trusted side; runs nothing.

The box: no network, own pid, mount, ipc, uts and cgroup namespaces, a read-only root with the named paths only, no
procfs, and no user namespace ever again. It leaves the zygote the two capabilities with which rooms lock themselves in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from grader.wall.sandbox.view import View

#: an empty folder in the box; each room builds its own root on it
SCAFFOLD: Final = "/room"
#: the writable folder, a tmpfs: the zygote's own in the box, and in each room another
WORK: Final = "/tmp"  # noqa: S108  # nothing of the host's is there
WORK_BYTES: Final = 64 * 1024 * 1024
#: what /proc/self/exe shows; TensorFlow aborts without one, and asks for more of procfs if its name has "python" in it
EXECUTABLE: Final = "/usr/bin/env"
DEVICES: Final = ("/dev/null", "/dev/random", "/dev/urandom")
# --unshare-all asks for a user namespace only if there is one to be had, and --disable-userns insists on it
_NAMESPACES = ("--unshare-user", "--unshare-all", "--disable-userns")
_CAPABILITIES = ("--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETPCAP")
_LIFETIME = ("--die-with-parent", "--new-session")


def command(inner: Sequence[str], *, seen: View, environment: Mapping[str, str], bwrap: str = "bwrap") -> list[str]:
    """The command that runs `inner` in a box which shows what is `seen`.

    Never run it as root, for bubblewrap would keep every capability and map the real root into the box: `launch.py`.
    """
    variables = [word for name, value in environment.items() for word in ("--setenv", name, value)]
    folders = ["--size", str(WORK_BYTES), "--tmpfs", WORK, "--dir", "/dev", "--dir", SCAFFOLD]
    covered = set(seen.covered)
    paths = [word for path in sorted({*seen.shown, *covered}) for word in _cover_or_show(path, covered)]
    sealed = [word for path in seen.covered if path.is_dir() for word in ("--remount-ro", str(path))]
    devices = [word for device in DEVICES for word in ("--dev-bind", device, device)]
    ending = ["--symlink", EXECUTABLE, "/proc/self/exe", "--remount-ro", "/", "--chdir", WORK, "--", *inner]
    options = [*_NAMESPACES, *_CAPABILITIES, *_LIFETIME, "--clearenv"]
    return [bwrap, *options, *variables, *folders, *paths, *sealed, *devices, *ending]


def _cover_or_show(path: Path, covered: set[Path]) -> Iterable[str]:
    """Options work in order: a folder comes before what lies in it, so that this may be covered, and shown again."""
    if path in covered:
        return ("--tmpfs", str(path)) if path.is_dir() else ("--ro-bind", "/dev/null", str(path))
    if path.is_symlink():
        return ("--symlink", str(path.readlink()), str(path))
    return ("--ro-bind", str(path), str(path))
