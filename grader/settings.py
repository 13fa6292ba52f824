"""What the environment may say. The only file that reads it; it is handed in, so tests pass a dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`GRADER_COURSE`: the course folder, if not named on the command line. `NO_COLOR`: no ANSI colours."""

    course: Path | None
    colour: bool

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the settings from `environment`."""
        course = environment.get("GRADER_COURSE")
        return cls(course=Path(course) if course else None, colour=not environment.get("NO_COLOR"))
