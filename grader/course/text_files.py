"""The text files of a course: read whole, within a bound, and never waited for. What they mean is known elsewhere."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any, Final

from grader.errors import CourseError
from grader.limits import MEGABYTE

#: what no such file comes near, and what would take long to read
MOST_BYTES: Final = 2 * MEGABYTE
#: tables within tables that one key may name: Python's parser takes 25 seconds for 50,000
MOST_PARTS: Final = 100
_LONG_KEY: Final = re.compile(
    rf"""(?<![\w.-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{MOST_PARTS}}}""", re.ASCII
)


def text_of(path: Path) -> str:
    """What stands in the file. Raises CourseError for what is no file, too large, or no UTF-8."""
    try:
        with open(path, "rb", opener=without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise CourseError(f"{path} is no regular file. Put a file with that text in its place.")
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}). An assignment needs that file.") from error
    if len(data) > MOST_BYTES:
        raise CourseError(f"{path} is larger than {MOST_BYTES // MEGABYTE} MB. Is it the right file?")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise CourseError(f"{path} is not UTF-8 (byte {error.start + 1}). Save it as UTF-8.") from error


def tables_in(path: Path) -> dict[str, Any]:
    """What stands in a TOML file; nothing if there is no such file. Raises CourseError for what is none."""
    if not path.exists() and not path.is_symlink():
        return {}
    return tables_of(text_of(path), path)


def tables_of(text: str, path: Path) -> dict[str, Any]:
    """What the text of the TOML file says. Raises CourseError for what is no TOML."""
    if _LONG_KEY.search(text):
        raise CourseError(f"{path} is no TOML of ours: a key has more than {MOST_PARTS} parts. Is it the right file?")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # of numbers that are too long, no error of TOML
        raise CourseError(f"{path} is no TOML: {error}. Text of several lines stands between '''.") from error


def without_waiting(path: str, flags: int) -> int:
    """Opens a file, as `open` has it done, without waiting for somebody to write into a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
