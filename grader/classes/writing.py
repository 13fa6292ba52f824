"""How a file that was asked for is written: as a whole or not at all, or to standard output. What stands in it is not
known here."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from grader.errors import UsageError
from grader.messages import terminal


def write_whole(path: Path, content: str | bytes, *, otherwise: str) -> None:
    """Write a file as a whole or not at all; one that says so already is left alone, and a link leads where it did.

    What is no file (a terminal, a pipe) is written to as it is. Raises UsageError that ends with `otherwise`: what the
    reader can do instead.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        elif bytes_there(path) != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path.resolve(), data)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}). {otherwise}") from error


def hand_out(path: Path, text: str, *, otherwise: str) -> None:
    """Write a file that the command line names; "-" is standard output. Raises UsageError, as `write_whole` does."""
    if str(path) == "-":
        terminal.hand_over(text)
    else:
        write_whole(path, text, otherwise=otherwise)


def bytes_there(path: Path) -> bytes | None:
    """What stands in a file; None if it cannot be read."""
    with suppress(OSError):
        return path.read_bytes()
    return None


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
