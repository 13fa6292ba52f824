"""What the environment may say. The only file that reads it; it is handed in, so tests pass a dictionary."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`GRADER_COURSE`: the course folder, if not named on the command line. `NO_COLOR`: no ANSI colours.

    `XDG_RUNTIME_DIR`: where the sockets of warm zygotes lie; without it, in a private folder among the temporary files.
    `partId`: which part of an assignment Coursera wants graded.
    """

    course: Path | None
    colour: bool
    runtime_folder: Path
    part: str | None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the settings from `environment`."""
        course = environment.get("GRADER_COURSE")
        runtime = environment.get("XDG_RUNTIME_DIR")
        return cls(
            course=Path(course) if course else None,
            colour=not environment.get("NO_COLOR"),
            runtime_folder=Path(runtime) / "grader" if runtime else Path(tempfile.gettempdir()) / f"grader-{_user()}",
            part=environment.get("partId") or None,
        )


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"
