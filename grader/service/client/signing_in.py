"""Which token a command signs in with: from a file or from the environment, never from the command line, which others
on the machine can read."""

from __future__ import annotations

from pathlib import Path

from grader.errors import UsageError
from grader.settings import Settings


def token(settings: Settings, file: Path | None, *, site: str) -> str:
    """The secret. Raises UsageError: where to get one, and how to give it."""
    if file is not None:
        try:
            found = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{file} cannot be read ({type(error).__name__}). It should hold a token alone.") from None
    else:
        found = (settings.token or "").strip()
    if not found:
        raise UsageError(
            f"There is no token for {site}. Make one there, under your name,",
            "and give it in the variable GRADER_TOKEN, or in a file with --token-file.",
        )
    if not (found.isascii() and found.isprintable() and " " not in found):
        raise UsageError("The token holds characters that no token has. Copy it once more.")
    return found
