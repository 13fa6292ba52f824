"""Syntax that a newer Python accepts and ours does not: then the fault may be ours and not the student's."""

from __future__ import annotations

import re
import sys
from typing import Final

_TYPE_PARAMETERS: Final = re.compile(r"\s*(?:(?:async\s+)?def|class)\s+\w+\s*\[|\s*type\s+\w+\s*[\[=]")
_TEMPLATE_STRING: Final = re.compile(r"\b(?:t|rt|tr)[\"'].*\{", re.IGNORECASE)
_F_STRING: Final = re.compile(r"\b(?:f|rf|fr)[\"'].*\{", re.IGNORECASE)
#: the patterns above are tried from every quote of a line; longer lines are no handwriting
LONGEST_LINE: Final = 2_000
# What an older tokenizer says of a line break, or of a string with the same quotes, within the braces of an f-string.
_STRING_ENDED_EARLY: Final = (
    "unterminated string",
    "unexpected character after line continuation",
    "invalid character",
    "invalid decimal literal",
)


def is_newer_syntax(error: SyntaxError, source: str) -> bool:
    """Whether `error` looks like an f-string as of 3.12, type parameters, or a template string."""
    if error.msg.startswith("f-string") and "empty expression" not in error.msg:
        return True
    lines = source.split("\n")
    line = lines[error.lineno - 1][:LONGEST_LINE] if error.lineno and error.lineno <= len(lines) else ""
    if error.msg.startswith(_STRING_ENDED_EARLY):
        return _F_STRING.search(line) is not None
    return _TYPE_PARAMETERS.match(line) is not None or _TEMPLATE_STRING.search(line) is not None


def is_older_than(recorded: str | None) -> bool:
    """Whether the Python that grades is older than the version a notebook recorded."""
    if recorded is None:
        return False
    major, minor = recorded.split(".")[:2]
    return sys.version_info[:2] < (int(major), int(minor))
