"""The command line of `grader regrade`, as given, and how what lies beside a class is called."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.messages import Language

OTHERWISE: Final = "Make room; then the same command continues."
#: within the folder of a set: new reports, and what would change as data and as a page
AFTER: Final = "after"
DIFFERENCES: Final = "differences.json"
PAGE: Final = "differences.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegradeRequest:
    """The command line of `grader regrade`, as given. `submissions`: where the work lies, if not where it lay."""

    folder: Path
    course: Path | None = None
    submissions: tuple[Path, ...] = ()
    apply: bool = False
    only_gains: bool = False
    undo: bool = False
    drop: bool = False
    reason: str = ""
    seed: int | None = None
    sandbox: str = "auto"
    workers: int | None = None
    language: Language | None = None
    json: Path | None = None
    html: Path | None = None
    quiet: bool = False
