"""Syntax that a newer Python accepts and ours does not: then the fault may be ours and not the student's.

It is found by trying: what is newer is written in an older way, piece by piece, and if then the whole cell parses,
nothing but its age was wrong with it. What is tried is never run.
"""

from __future__ import annotations

import re
import sys
from typing import Final

from grader.notebook.submission.foreign import Refused, tree

#: the versions that there are; metadata may say anything
KNOWN: Final = ((3, 0), (3, 14))
#: what is rewritten for a try; a cell with more of it, or a longer one, is held to our own Python
MOST_TRIES: Final = 20
LONGEST_CELL: Final = 50_000
#: strings within strings; more is no handwriting
DEEPEST: Final = 5

_BACK: Final = 40  # lines above the one at which an older parser gives up on a string
_F_STRING: Final = re.compile(r"\b(?:f|rf|fr|t|rt|tr)(\"\"\"|'''|\"|')", re.IGNORECASE)
_PREFIXED: Final = re.compile(r"[a-z]{0,2}$", re.IGNORECASE)
_CONVERSION: Final = re.compile(r"![rsa]\s*(?::|$)")
_PARAMETERS: Final = r"\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]"
_OLDER: Final = (
    (re.compile(rf"^(\s*(?:(?:async\s+)?def|class)\s+\w+)\s*{_PARAMETERS}"), r"\1"),
    (re.compile(rf"^(\s*)type\s+(\w+)\s*(?:{_PARAMETERS})?\s*="), r"\1\2 ="),
    (re.compile(r"^(\s*except\*?\s+)([\w.]+(?:\s*,\s*[\w.]+)+)\s*:"), r"\1(\2):"),
)


def is_newer_syntax(source: str) -> bool:
    """Whether `source`, which our Python refuses, parses once type parameters and strings are written as of old."""
    if len(source) > LONGEST_CELL:
        return False
    for _ in range(MOST_TRIES):
        read = tree(source)
        if not isinstance(read, Refused):
            return True
        older = _in_older_words(read.error, source) if isinstance(read.error, SyntaxError) else source
        if older == source:
            return False
        source = older
    return False


def is_older_than(recorded: str | None) -> bool:
    """Whether the Python that grades is older than the version a notebook recorded, if there is such a version."""
    if recorded is None:
        return False
    major, minor = map(int, recorded.split(".")[:2])
    return KNOWN[0] <= (major, minor) <= KNOWN[1] and sys.version_info[:2] < (major, minor)


def _in_older_words(error: SyntaxError, source: str) -> str:
    """`source` with one piece of newer syntax less, of those at the line of `error`; as it is if there is none."""
    lines = source.split("\n")
    at = (error.lineno or 0) - 1
    if not 0 <= at < len(lines):
        return source
    for pattern, older in _OLDER:
        changed = pattern.sub(older, lines[at][:1_000]) + lines[at][1_000:]
        if changed != lines[at]:
            return "\n".join([*lines[:at], changed, *lines[at + 1 :]])
    first = max(0, at - _BACK)
    begin = sum(len(line) + 1 for line in lines[:first])
    end = sum(len(line) + 1 for line in lines[first : at + 1]) + begin
    for found in _F_STRING.finditer(source, begin, end):
        parts, stop = _parts(source, found.end(), found[1], DEEPEST)
        if stop > end - 2 or _is_refused(source[found.start() : stop]):
            return f"{source[: found.start()]}({' '.join(f'({part},),' for part in parts)}){source[stop:]}"
    return source


def _is_refused(string: str) -> bool:
    return isinstance(tree(f"({string})"), Refused)


def _parts(source: str, at: int, quote: str, depth: int) -> tuple[list[str], int]:
    """The expressions of the f-string whose text begins `at`, read as of 3.12, and where it ends; it ends where
    `source` does if it is never closed, or if strings lie too deep within."""
    parts: list[str] = []
    while at < len(source) and not source.startswith(quote, at):
        if source.startswith(("{{", "}}", "\\"), at):
            at += 2
        elif source[at] == "{":
            stop = _end_of_braces(source, at + 1, depth)
            parts.append(_expression(source[at + 1 : stop]))
            at = stop + 1
        else:
            at += 1
    return parts, at + len(quote)


def _end_of_braces(source: str, at: int, depth: int) -> int:
    """Where the brace that was opened before `at` is closed; strings within, whatever their quotes, are passed over."""
    opened = 1
    while at < len(source):
        if source[at] in "\"'":
            at = _end_of_string(source, at, depth)
            continue
        opened += (source[at] in "{[(") - (source[at] in "}])")
        if not opened:
            return at
        at += 1
    return at


def _end_of_string(source: str, at: int, depth: int) -> int:
    quote = source[at] * 3 if source.startswith(source[at] * 3, at) else source[at]
    prefix = _PREFIXED.search(source, max(0, at - 2), at)
    if prefix is not None and set(prefix[0].lower()) & {"f", "t"}:
        return _parts(source, at + len(quote), quote, depth - 1)[1] if depth else len(source)
    at += len(quote)
    while at < len(source) and not source.startswith(quote, at):
        at += 2 if source[at] == "\\" else 1
    return at + len(quote)


def _expression(inside: str) -> str:
    """What stands in braces without conversion and format, which begin at a `!` or `:` outside of brackets."""
    opened, at = 0, 0
    while at < len(inside):
        if inside[at] in "\"'":
            at = _end_of_string(inside, at, DEEPEST)
            continue
        opened += (inside[at] in "{[(") - (inside[at] in "}])")
        if not opened and (inside[at] == ":" or _CONVERSION.match(inside, at)):
            return inside[:at].rstrip().removesuffix("=")
        at += 1
    return inside.rstrip().removesuffix("=")
