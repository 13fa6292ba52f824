"""`grader doctor`: which sandbox this machine gives, what held, what did not, and the cure."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator

from grader import __version__
from grader.errors import SandboxError
from grader.grading.provenance import version_of
from grader.wall.room import kernel
from grader.wall.sandbox.forked import choose_sandbox
from grader.wall.sandbox.tiers import STRONGEST_FIRST, bubblewrap_version

NUMBERED = {"namespaces": "tier 1", "landlock": "tier 2"}
PACKAGES = ("numpy", "tensorflow-cpu", "tensorflow", "keras")


def consult(*, write: Callable[[str], object]) -> int:
    """Write the findings line by line; 0 if some sandbox holds here, 3 if none does."""
    for line in _versions():
        write(f"{line}\n")
    held = [name for name in STRONGEST_FIRST if _examine(name, write)]
    write(_conclusion(held))
    return 0 if held else 3


def _versions() -> Iterator[str]:
    yield f"grader {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}"
    yield ", ".join(f"{name} {found}" for name in PACKAGES if (found := version_of(name)))
    yield f"Landlock version {kernel.landlock_abi()}, bubblewrap {'.'.join(map(str, bubblewrap_version()))}"


def _examine(name: str, write: Callable[[str], object]) -> bool:
    """Open the sandbox on its own and let it attack itself; whether everything held."""
    write(f"\n{NUMBERED[name]}, {name}:\n")
    try:
        with choose_sandbox(name, "numpy") as sandbox:
            findings = sandbox.attack_itself()
    except SandboxError as refusal:
        write(f"  not to be had: {refusal}\n")
        return False
    for finding in findings:
        write(f"  held  {finding.attempt}\n" if finding.held else f"  HOLE  {finding.attempt}: {finding.detail}\n")
    return all(finding.held for finding in findings)


def _conclusion(held: list[str]) -> str:
    if held:
        return f"\nStudent code will run in {NUMBERED[held[0]]}, {held[0]}.\n"
    return "\nNo sandbox holds here: `grade` refuses, unless --sandbox none is given for code you trust.\n"
