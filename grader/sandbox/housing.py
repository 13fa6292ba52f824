"""How a zygote is housed: which command starts it, and what its rooms are told to lock. One class for each sandbox.

Nothing here starts anything. A housing also knows its obstacle: why this machine cannot give it, with the cure.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import grader
from grader.room import kernel
from grader.sandbox import bubblewrap
from grader.sandbox.launch import as_plain_uid
from grader.sandbox.syscalls import ARCHITECTURES, compile_filter

LEAST_LANDLOCK = 6  # from this version on it also refuses signals and abstract sockets to other processes
OLDEST_BUBBLEWRAP = (0, 8)
WORK_FILES = 4_096


class Housing(Protocol):
    """The way one kind of zygote is kept."""

    confine: str

    def launch(self, command: list[str], readable: Sequence[Path], environment: Mapping[str, str]) -> list[str]:
        """The command that runs `command` where it can read `readable`."""

    def options(self, readable: Sequence[Path]) -> dict[str, object]:
        """What the class named by `confine` is made with."""


class Open:
    """No locks: a plain uid if we are root, and nothing else."""

    confine = "grader.room.confine:Process"

    def launch(self, command: list[str], readable: Sequence[Path], environment: Mapping[str, str]) -> list[str]:
        del environment
        return [*as_plain_uid(bubblewrap.readable_paths(*readable)), *command]

    def options(self, readable: Sequence[Path]) -> dict[str, object]:
        del readable
        return {}


class Landlocked(Open):
    """Tier 2: the zygote runs as in `Open`; every room locks itself in place."""

    confine = "grader.room.tiers:InPlace"

    def options(self, readable: Sequence[Path]) -> dict[str, object]:
        return {"locks": _locks(readable, least_landlock=LEAST_LANDLOCK)}

    @staticmethod
    def obstacle() -> str | None:
        """Why not, and the cure; None if nothing speaks against it."""
        if (reason := _wrong_machine()) is not None:
            return reason
        if (version := kernel.landlock_abi()) < LEAST_LANDLOCK:
            return (
                f"Landlock version {LEAST_LANDLOCK} is needed and this kernel offers {version or 'none'}. "
                "Use Linux 6.12 or newer with Landlock among its security modules (lsm=landlock,...)."
            )
        return None


class Boxed:
    """Tier 1: the zygote lives in a bubblewrap box; every room has namespaces of its own inside it."""

    confine = "grader.room.tiers:Namespaces"

    def launch(self, command: list[str], readable: Sequence[Path], environment: Mapping[str, str]) -> list[str]:
        shown = bubblewrap.readable_paths(*readable)
        box = bubblewrap.command(command, readable=shown, hidden=_own_package(shown), environment=environment)
        return [*as_plain_uid(shown), *box]

    def options(self, readable: Sequence[Path]) -> dict[str, object]:
        root = {
            "scaffold": bubblewrap.SCAFFOLD,
            "work": bubblewrap.WORK,
            "work_bytes": bubblewrap.WORK_BYTES,  # a room takes its exercise's limit instead
            "work_files": WORK_FILES,
            "executable": bubblewrap.EXECUTABLE,
        }
        return {"locks": _locks(readable, least_landlock=min(kernel.landlock_abi(), 1)), "root": root}

    @staticmethod
    def obstacle() -> str | None:
        """Why not, and the cure; None if a box opens here. Takes some milliseconds."""
        if (reason := _wrong_machine()) is not None:
            return reason
        if shutil.which("bwrap") is None:
            return "bubblewrap is not installed. Run: apt-get install bubblewrap"
        if (0,) < (found := bubblewrap_version()) < OLDEST_BUBBLEWRAP:
            return f"bubblewrap {_dotted(found)} is too old; {_dotted(OLDEST_BUBBLEWRAP)} or newer is needed."
        shown = bubblewrap.readable_paths()
        box = bubblewrap.command(["/usr/bin/true"], readable=shown, environment={})
        tried = subprocess.run([*as_plain_uid(shown), *box], capture_output=True, text=True, check=False)  # noqa: S603
        if tried.returncode == 0:
            return None
        reason = (tried.stderr.strip().splitlines() or [f"exit code {tried.returncode}"])[-1]
        return (
            f"bubblewrap cannot make a box here: {reason}. On Ubuntu allow it with an AppArmor profile for bwrap or "
            "sysctl kernel.apparmor_restrict_unprivileged_userns=0; in a container, see the README on Docker."
        )


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


def _locks(readable: Sequence[Path], *, least_landlock: int) -> dict[str, object]:
    return {
        "readable": [str(path) for path in bubblewrap.readable_paths(*readable)],
        "filter": compile_filter(platform.machine()).hex(),
        "least_landlock": least_landlock,
    }


def _own_package(shown: Sequence[Path]) -> tuple[Path, ...]:
    """The grader itself, if it lies among the libraries a room is shown."""
    home = Path(grader.__file__).parent.resolve()
    return (home,) if any(home.is_relative_to(path) for path in shown) else ()


#: by the name of the sandbox
HOUSINGS: dict[str, type[Housing]] = {"namespaces": Boxed, "landlock": Landlocked, "none": Open}
