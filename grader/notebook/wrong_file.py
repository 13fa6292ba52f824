"""Why a file that was handed in is no notebook: what it is instead, and what to do.

Told from its first bytes and from marks in it; `notebook.py` asks when it could not read it. Nothing is parsed here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from json import JSONDecodeError
from typing import Final

from grader.messages import Message, joined, say

DOWNLOAD_AGAIN: Final = say("download_again")

_LOOKED_AT: Final = 4_096  # bytes from which a kind of file is told
_PASSWORD: Final = re.compile(rb"""type\s*=\s*["']?password""", re.IGNORECASE)
_CODE: Final = re.compile(
    rb"(%|!|@|\"\"\"|'''|\w[\w.]*\(|\w[\w., ]*[-+*/]?= *[\w\[({'\"-]"
    rb"|(import|from|def|class|async|if|for|while|with|assert|del|return) +\w|(try|else):)"
)
#: what tools write on top of scripts and between their cells
_SCRIPT_MARK: Final = re.compile(rb"^(#!|# -\*-|# ?%%|# In ?\[)", re.MULTILINE)
#: the marks that git leaves, each at the beginning of a line
_OURS: Final = re.compile(r"^<{7}(?:[ \r]|$)", re.MULTILINE)
_BETWEEN: Final = re.compile(r"^={7}\r?$", re.MULTILINE)
_THEIRS: Final = re.compile(r"^>{7}(?:[ \r]|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of other file: how it begins, what must stand near its beginning besides, and the phrase for it."""

    starts: tuple[bytes, ...]
    what: str
    holds: bytes = b""


#: the first that fits is said
_KINDS: Final = (
    _Kind((b"PK\x03\x04",), "word_file", holds=b"word/"),
    _Kind((b"PK\x03\x04",), "spreadsheet", holds=b"xl/"),
    _Kind((b"PK\x03\x04", b"PK\x05\x06"), "zip_archive"),
    _Kind((b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\xfd7zXZ", b"BZh"), "other_archive"),
    _Kind((b"%PDF",), "pdf"),
    _Kind((b"\xd0\xcf\x11\xe0", b"{\\rtf"), "word_file"),
    _Kind((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "picture"),
    _Kind((b"\x89HDF",), "saved_model"),
    _Kind((b"version https://git-lfs",), "lfs_pointer"),
    _Kind((b"http://", b"https://", b"[InternetShortcut]"), "address"),
    _Kind((b"{'", b"[{'"), "printed_data"),
)


def other_format(data: bytes) -> Message:
    """That it is no notebook, and what it is instead as far as its first bytes tell."""
    start = data[:_LOOKED_AT].lstrip()
    what = next((k.what for k in _KINDS if start.startswith(k.starts) and k.holds in start), None)
    if what is None and start.startswith(b"<"):
        what = "login_page" if _PASSWORD.search(data) else "web_page"
    if what is None:
        what = _script_or_text(start)
    return say("no_notebook_but", what=say(what)) if what else say("no_notebook")


def _script_or_text(start: bytes) -> str | None:
    """A line that begins with # is a comment in Python and a heading in Markdown: the first other line tells."""
    if _SCRIPT_MARK.search(start):
        return "python_script"
    first = next((line for line in start.splitlines() if line.strip() and not line.startswith(b"#")), b"")
    if _CODE.match(first):
        return "python_script"
    return "markdown_text" if start.startswith(b"#") else None


def why_not_json(text: str, error: JSONDecodeError) -> Message:
    """What is wrong with text that should be JSON and is not, as `error` says, and what to do about it."""
    if line := conflict_line(text):
        return joined(say("merge_conflict", line=line), say("resolve_conflict"))
    end = len(text.rstrip())
    if text.lstrip()[:1] in ("{", "[") and (error.pos >= end or error.msg.startswith("Unterminated string")):
        last = text.count("\n", 0, end) + 1
        return joined(say("ends_early", line=last), DOWNLOAD_AGAIN)
    if error.msg == "Extra data" and text.lstrip().startswith("{"):
        second = text.startswith("{", error.pos)
        return joined(say("two_notebooks" if second else "goes_on", line=error.lineno), DOWNLOAD_AGAIN)
    not_json = say("not_json", line=error.lineno, column=error.colno, reason=error.msg)
    return joined(other_format(text.encode("utf-8", "replace")), not_json, DOWNLOAD_AGAIN)


def conflict_line(text: str) -> int | None:
    """The line in which a merge that git could not finish begins: the first of its three marks, which follow."""
    ours = _OURS.search(text)
    between = ours and _BETWEEN.search(text, ours.end())
    theirs = between and _THEIRS.search(text, between.end())
    return text.count("\n", 0, ours.start()) + 1 if ours and theirs else None


def conflicts_in_cells(sources: Sequence[tuple[int, str]]) -> list[Message]:
    """A sentence for the first cell, by its number, in whose source git left its marks though the file is JSON."""
    found = ((cell, line) for cell, source in sources if (line := conflict_line(source)))
    return [say("conflict_in_cell", cell=cell, line=line) for cell, line in found][:1]
