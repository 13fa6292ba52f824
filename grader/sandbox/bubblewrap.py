"""The command line that puts a zygote in a bubblewrap box, and the paths such a box needs. Trusted side; runs nothing.

The box: no network, own pid, mount, ipc, uts and cgroup namespaces, a read-only root with the named paths only, no
procfs, and no user namespace ever again. It leaves the zygote the two capabilities with which rooms lock themselves in.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

#: an empty folder in the box; each room builds its own root on it
SCAFFOLD: Final = "/room"
#: the writable folder, a tmpfs: the zygote's own in the box, and in each room another
WORK: Final = "/tmp"  # noqa: S108  # nothing of the host's is there
WORK_BYTES: Final = 64 * 1024 * 1024
#: what /proc/self/exe shows; TensorFlow aborts without one, and asks for more of procfs if its name has "python" in it
EXECUTABLE: Final = "/usr/bin/env"
DEVICES: Final = ("/dev/null", "/dev/random", "/dev/urandom")
#: what any dynamically linked program needs; paths a distribution does not have are left out
SYSTEM: Final = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/alternatives", "/etc/ld.so.cache", "/nix/store")

# --unshare-all asks for a user namespace only if there is one to be had, and --disable-userns insists on it
_NAMESPACES = ("--unshare-user", "--unshare-all", "--disable-userns")
_CAPABILITIES = ("--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETPCAP")
_LIFETIME = ("--die-with-parent", "--new-session")


def command(
    inner: Sequence[str],
    *,
    readable: Sequence[Path],
    hidden: Sequence[Path] = (),
    environment: Mapping[str, str],
    bwrap: str = "bwrap",
) -> list[str]:
    """The command that runs `inner` in a box which shows `readable` (from `readable_paths`), but nothing in `hidden`.

    Never run it as root, for bubblewrap would keep every capability and map the real root into the box: `launch.py`.
    """
    variables = [word for name, value in environment.items() for word in ("--setenv", name, value)]
    folders = ["--size", str(WORK_BYTES), "--tmpfs", WORK, "--dir", "/dev", "--dir", SCAFFOLD]
    shown = [word for path in sorted(readable) for word in _show(path)]
    covered = [word for path in hidden for word in ("--tmpfs", str(path), "--remount-ro", str(path))]
    devices = [word for device in DEVICES for word in ("--dev-bind", device, device)]
    ending = ["--symlink", EXECUTABLE, "/proc/self/exe", "--remount-ro", "/", "--chdir", WORK, "--", *inner]
    options = [*_NAMESPACES, *_CAPABILITIES, *_LIFETIME, "--clearenv"]
    return [bwrap, *options, *variables, *folders, *shown, *covered, *devices, *ending]


def readable_paths(*more: Path) -> tuple[Path, ...]:
    """The system, this Python with its virtual environment, and `more`, as few paths as show them all.

    Symbolic links on the way to them are paths of their own, so that each is found by the name it had outside.
    """
    wanted = [Path(name) for name in (*SYSTEM, sys.base_prefix, sys.prefix, sys.executable)]
    met = {step for path in (*wanted, *more) if path.exists() for step in trail(path)}
    folders = {path for path in met if not path.is_symlink()}
    return tuple(sorted(path for path in met if folders.isdisjoint(path.parents)))


def trail(path: Path) -> Iterator[Path]:
    """Every symbolic link met on the way to the absolute `path`, and the real path where the way ends."""
    here, ahead = Path("/"), list(path.parts[1:])
    while ahead:
        step = ahead.pop(0)
        if step == "..":
            here = here.parent
        elif (here / step).is_symlink():
            yield here / step
            target = (here / step).readlink()
            ahead = [*(target.parts[1:] if target.is_absolute() else target.parts), *ahead]
            here = Path("/") if target.is_absolute() else here
        else:
            here /= step
    yield here


def _show(path: Path) -> Iterable[str]:
    if path.is_symlink():
        return ("--symlink", str(path.readlink()), str(path))
    return ("--ro-bind", str(path), str(path))
