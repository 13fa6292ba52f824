"""The table of sandboxes, and how `auto` chooses: the strongest that this machine gives. Never silently none."""

from __future__ import annotations

from collections.abc import Callable

from grader.errors import SandboxUnavailable
from grader.sandbox.forked import ForkedSandbox, landlock, namespaces, none

#: by the name `--sandbox` takes; each makes a sandbox for a runtime, or raises SandboxUnavailable with the cure
BACKENDS: dict[str, Callable[[str], ForkedSandbox]] = {
    "namespaces": namespaces,
    "landlock": landlock,
    "none": none,
}
STRONGEST_FIRST = ("namespaces", "landlock")


def open_sandbox(choice: str, runtime: str) -> ForkedSandbox:
    """The sandbox named `choice`, or for "auto" the strongest there is. Raises SandboxUnavailable with every cure."""
    if choice != "auto":
        return BACKENDS[choice](runtime)
    refusals: list[str] = []
    for name in STRONGEST_FIRST:
        try:
            return BACKENDS[name](runtime)
        except SandboxUnavailable as refusal:
            refusals.append(str(refusal))
    raise SandboxUnavailable(
        "Student code is not run without a sandbox, and this machine gives none:\n  "
        + "\n  ".join(refusals)
        + "\nIf you trust the code as your own, --sandbox none runs it without."
    )
