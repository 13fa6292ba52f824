"""The tiers: every way to keep a zygote and its rooms apart from this machine, and the table of them.

Nothing here starts anything. A tier knows why this machine cannot give it, with the cure; what its rooms see; the
command that starts its zygote, and what its rooms are told to lock.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Final

import grader
from grader.errors import SandboxError, SandboxUnavailable
from grader.messages import Message, say
from grader.wall.room import kernel
from grader.wall.sandbox import bubblewrap
from grader.wall.sandbox.faults import ATTEMPTS, as_ours, says_passing
from grader.wall.sandbox.launch import SANDBOX_UID, as_plain_uid
from grader.wall.sandbox.syscalls import ARCHITECTURES, compile_filter
from grader.wall.sandbox.view import View, library_folders, view

LEAST_LANDLOCK = 6  # from this version on it also refuses signals and abstract sockets to other processes
OLDEST_BUBBLEWRAP = (0, 8)
WORK_FILES = 4_096
_PLAINLY = ("/usr/bin/env", "LC_ALL=C")  # errors in the C library's own words


class Tier:
    """One way. No room of it can read `private`, wherever it lies."""

    #: as `--sandbox` takes it and the report's provenance names it
    name: ClassVar[str]
    #: the class that confines its rooms, in the zygote
    confine: ClassVar[str]
    #: what an instructor must know about it; whatever has no warning is proven before it is used
    warning: ClassVar[Message | None] = None
    #: whether a room brings a tmpfs to work in; else it is given a folder on the machine's own disk
    own_tmpfs: ClassVar[bool] = False

    def __init__(self, private: Sequence[Path] = ()) -> None:
        self.private = tuple(private)

    def insist(self) -> None:
        """Raises SandboxUnavailable with the cure if this machine cannot give it; takes some milliseconds."""
        if (reason := self.obstacle()) is not None:
            raise SandboxUnavailable(f"The sandbox {self.name!r} is not to be had here. {reason}")

    def obstacle(self) -> str | None:
        """Why not, and the cure; None if nothing speaks against it. Raises SandboxUnavailable as `seen` does."""
        return None

    def seen(self, readable: Sequence[Path]) -> View:
        """What rooms see that need `readable`. Raises SandboxUnavailable if something private cannot be hidden."""
        return view(*readable, private=self.private)

    def launch(self, command: Sequence[str], seen: View, *, uid: int, environment: Mapping[str, str]) -> list[str]:
        """The command that runs `command` where it sees what is `seen`; as `uid`, if we are root."""
        del environment
        return [*as_plain_uid(seen.shown, uid), *command]

    def options(self, seen: View) -> dict[str, object]:
        """What the class named by `confine` is made with."""
        del seen
        return {}


class Boxed(Tier):
    """Tier 1: the zygote lives in a bubblewrap box; every room has namespaces of its own inside it."""

    name = "namespaces"
    confine = "grader.wall.room.confine:Namespaces"
    own_tmpfs = True

    def obstacle(self) -> str | None:
        if (reason := _wrong_machine()) is not None:
            return reason
        if shutil.which("bwrap") is None:
            return "bubblewrap is not installed. Run: apt-get install bubblewrap"
        if (0,) < (found := bubblewrap_version()) < OLDEST_BUBBLEWRAP:
            return f"bubblewrap {_dotted(found)} is too old; {_dotted(OLDEST_BUBBLEWRAP)} or newer is needed."
        if (reason := self._refusal()) is None:
            return None
        return (
            f"bubblewrap cannot make a box here: {reason}. On Ubuntu allow it with an AppArmor profile for bwrap or "
            "sysctl kernel.apparmor_restrict_unprivileged_userns=0; in a Docker container see docs/administrators.md."
        )

    def seen(self, readable: Sequence[Path]) -> View:
        """Nothing of the grader itself either, should it lie among the libraries."""
        return view(*readable, private=(*self.private, Path(grader.__file__).parent))

    def launch(self, command: Sequence[str], seen: View, *, uid: int, environment: Mapping[str, str]) -> list[str]:
        return [*as_plain_uid(seen.shown, uid), *bubblewrap.command(command, seen=seen, environment=environment)]

    def options(self, seen: View) -> dict[str, object]:
        root = {
            "scaffold": bubblewrap.SCAFFOLD,
            "work": bubblewrap.WORK,
            "work_bytes": bubblewrap.WORK_BYTES,  # a room takes its exercise's limit instead
            "work_files": WORK_FILES,
            "executable": bubblewrap.EXECUTABLE,
        }
        return {"locks": _locks(seen, least_landlock=min(kernel.landlock_abi(), 1)), "root": root}

    def _refusal(self) -> str | None:
        """Bubblewrap's own last words when it is asked for a box; None if it makes one."""
        box = self.launch(["/usr/bin/true"], self.seen(library_folders()), uid=SANDBOX_UID, environment={})
        for _ in range(ATTEMPTS):
            with as_ours("Starting bubblewrap"):
                tried = subprocess.run([*_PLAINLY, *box], capture_output=True, text=True, check=False)  # noqa: S603
            if tried.returncode == 0:
                return None
            reason = (tried.stderr.strip().splitlines() or [f"exit code {tried.returncode}"])[-1]
            if not says_passing(reason):
                return reason
        raise SandboxError(f"bubblewrap could not make a box just now: {reason}. Grade it again.")


class Landlocked(Tier):
    """Tier 2: every room locks itself in place. Landlock cannot cover a part of what it shows."""

    name = "landlock"
    confine = "grader.wall.room.confine:InPlace"

    def obstacle(self) -> str | None:
        if (reason := _wrong_machine()) is not None:
            return reason
        if (version := kernel.landlock_abi()) < LEAST_LANDLOCK:
            return (
                f"Landlock version {LEAST_LANDLOCK} is needed and this kernel offers {version or 'none'}. "
                "Use Linux 6.12 or newer with Landlock among its security modules (lsm=landlock,...)."
            )
        self.seen(library_folders())
        return None

    def seen(self, readable: Sequence[Path]) -> View:
        seen = super().seen(readable)
        if seen.covered:
            raise SandboxUnavailable(
                f"The sandbox 'landlock' is not to be had here. {seen.covered[0]} lies in a folder of libraries, which "
                "every room reads. Move the course, the notebooks and the reports to a folder of their own."
            )
        return seen

    def options(self, seen: View) -> dict[str, object]:
        return {"locks": _locks(seen, least_landlock=LEAST_LANDLOCK)}


class Unlocked(Tier):
    """No locks: a plain uid if we are root, and nothing else. It serves trusted code, when it is asked for by name."""

    name = "none"
    confine = "grader.wall.room.confine:Process"
    warning = say("no_boundary")

    def __init__(self, private: Sequence[Path] = ()) -> None:
        del private  # nothing is, as its warning says
        super().__init__()


#: by the name that `--sandbox` takes
TIERS: Final[Mapping[str, type[Tier]]] = {tier.name: tier for tier in (Boxed, Landlocked, Unlocked)}
#: those that `auto` may choose
STRONGEST_FIRST: Final = ("namespaces", "landlock")


def bubblewrap_version() -> tuple[int, ...]:
    """As `bwrap --version` says it; (0,) if it says nothing."""
    try:
        said = subprocess.run(["bwrap", "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S607
    except OSError:
        return (0,)
    return tuple(int(part) for part in re.findall(r"\d+", said)[:3]) or (0,)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _wrong_machine() -> str | None:
    if platform.system() != "Linux":
        return "Student code runs on Linux only; on another system use a virtual machine, or a container of one."
    if platform.machine() not in ARCHITECTURES:
        return f"There is no system call filter for {platform.machine()}; use an x86-64 or aarch64 machine."
    return None


def _locks(seen: View, *, least_landlock: int) -> dict[str, object]:
    return {
        "readable": [str(path) for path in seen.shown],
        "filter": compile_filter(platform.machine()).hex(),
        "least_landlock": least_landlock,
    }
