"""The table of sandboxes, and how one is chosen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from grader.sandbox import Sandbox
from grader.sandbox.process import ProcessSandbox

#: by the name `--sandbox` takes; each makes a sandbox for a runtime
BACKENDS: dict[str, Callable[[str], AbstractContextManager[Sandbox]]] = {
    "none": ProcessSandbox,
}
