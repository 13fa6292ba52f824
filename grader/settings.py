"""What the environment may say. The only file that reads it; it is handed in, so tests pass a dictionary."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`GRADER_COURSE`: the course folder, if not named on the command line. `NO_COLOR`: no ANSI colours.

    `XDG_CACHE_HOME`: where libraries keep what spares them work; without it, in the home of whoever grades.
    `partId`: which part of an assignment Coursera wants graded. Of a site, where the command line does not say:
    `GRADER_DATA`, its folder on this machine; `GRADER_DATABASE`, its database; `GRADER_DATABASE_PASSWORD_FILE`,
    the file with that one's password; `GRADER_BLOBS`, where what is handed in is kept, if not there.
    `GRADER_TOKEN`: what `grader submit` and `grader pull` sign in with.
    `GRADER_CANVAS_TOKEN`, `GRADER_MOODLE_TOKEN`: what `grader push` and `grader pull` sign in with there.
    """

    course: Path | None
    colour: bool
    cache_folder: Path
    part: str | None
    data: Path
    database: str | None
    password_file: Path | None
    blobs: str | None
    token: str | None = field(repr=False)
    canvas_token: str | None = field(default=None, repr=False)
    moodle_token: str | None = field(default=None, repr=False)

    def token_for(self, platform: Literal["canvas", "moodle"]) -> str | None:
        """What signs in on that platform."""
        return self.canvas_token if platform == "canvas" else self.moodle_token

    @property
    def keys_folder(self) -> Path:
        """Where answer keys are kept; it may be deleted at any time."""
        return self.cache_folder / "keys"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the settings from `environment`."""
        course = environment.get("GRADER_COURSE")
        cache = environment.get("XDG_CACHE_HOME")
        password = environment.get("GRADER_DATABASE_PASSWORD_FILE")
        return cls(
            course=Path(course) if course else None,
            colour=not environment.get("NO_COLOR"),
            cache_folder=(Path(cache) if cache else _caches()) / "notebook-grader",
            part=environment.get("partId") or None,
            data=Path(environment.get("GRADER_DATA") or _data(environment)),
            database=environment.get("GRADER_DATABASE") or None,
            password_file=Path(password) if password else None,
            blobs=environment.get("GRADER_BLOBS") or None,
            token=environment.get("GRADER_TOKEN") or None,
            canvas_token=environment.get("GRADER_CANVAS_TOKEN") or None,
            moodle_token=environment.get("GRADER_MOODLE_TOKEN") or None,
        )


def _data(environment: Mapping[str, str]) -> Path:
    """Where what a user's programs keep belongs; of a user who has no home, the folder they are in."""
    named = environment.get("XDG_DATA_HOME")
    try:
        return (Path(named) if named else Path.home() / ".local" / "share") / "notebook-grader"
    except RuntimeError:
        return Path("grader-data")


def _caches() -> Path:
    """Where a user's caches belong; of a user who has no home, below the temporary files."""
    try:
        return Path.home() / ".cache"
    except RuntimeError:
        return Path(tempfile.gettempdir()) / f"cache-{_user()}"


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"
