"""A site's folder on this machine. What lies in it, others know."""

from __future__ import annotations

from pathlib import Path

from grader.errors import UsageError


def make_folder(folder: Path) -> None:
    """For whoever runs the site alone: what is in it is not for others. Raises UsageError where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made ({error.strerror}). Name another folder with --data.") from error
