"""What a token is read from, and to which address it may go. The token itself is shown to nobody."""

from __future__ import annotations

import ipaddress
import os
import stat
from pathlib import Path
from urllib.parse import urlsplit

from grader.course.text_files import without_waiting
from grader.errors import UsageError
from grader.messages import say

_MOST_BYTES = 10_000


def token(given: str | None, file: Path | None, *, variable: str) -> str:
    """The token, from a file that nobody else may read, else as the environment gives it. Raises UsageError."""
    found = (_within(file) if file is not None else given or "").strip()
    if not found:
        raise UsageError(say("push_no_token", variable=variable))
    if not (found.isascii() and found.isprintable() and " " not in found):
        raise UsageError(say("push_odd_token"))
    return found


def _within(file: Path) -> str:
    """What stands in the file: looked at and read by one descriptor, so that it is the same one."""
    try:
        with open(file, "rb", opener=without_waiting) as opened:  # Path.open takes no opener
            about = os.fstat(opened.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise UsageError(say("push_token_unreadable", file=str(file)))
            if os.name == "posix" and stat.S_IMODE(about.st_mode) & 0o077:
                raise UsageError(say("push_token_open", file=str(file), mode=f"{stat.S_IMODE(about.st_mode):04o}"))
            return opened.read(_MOST_BYTES).decode()
    except (OSError, UnicodeDecodeError):
        raise UsageError(say("push_token_unreadable", file=str(file))) from None


def checked(address: str) -> str:
    """The address, if what goes there can be read by nobody on the way. Raises UsageError."""
    try:
        parts = urlsplit(address)
        host, named = parts.hostname, parts.username is not None
        _ = parts.port  # a number, or a ValueError
    except ValueError:
        host, named = None, False
    if host is None or named or not (parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))):
        raise UsageError(say("push_not_https"))
    return address


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
