"""Notebooks of jassign and of otter before version 1: fences or comments in prose mark what raw cells mark since.

They are rewritten here as otter has them today; what reads them is `otter.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from grader.authoring.importing.opened import SourceCell

_BLOCK: Final = re.compile(
    r"(?:```[^\n`]*|<!--)[ \t]*\n?\s*#?\s*BEGIN[ \t]+(QUESTION|ASSIGNMENT)[ \t]*\n(.*?)(?:```|-->)",
    re.IGNORECASE | re.DOTALL,
)
_TEST: Final = re.compile(r"\s*#+\s*(hidden\s+)?test\b", re.IGNORECASE)


def is_old_otter(cells: Sequence[SourceCell]) -> bool:
    """Whether prose of it marks a question."""
    return any((found := _marked(cell)) and found[1].upper() == "QUESTION" for cell in cells)


def as_of_today(cells: Sequence[SourceCell]) -> Iterator[SourceCell]:
    """The cells, each question from its beginning to its last test between raw cells."""
    rest = list(cells)
    while rest:
        cell = rest.pop(0)
        found = _marked(cell)
        if found is None:
            yield cell
        elif found[1].upper() == "ASSIGNMENT":
            yield _raw(f"ASSIGNMENT CONFIG\n{found[2]}")
            yield from _prose(cell, found)
        else:
            yield _raw(f"BEGIN QUESTION\n{found[2]}")
            yield from _prose(cell, found)
            yield from _answer(rest)
            yield from _tests(rest)
            yield _raw("END QUESTION")


def _answer(rest: list[SourceCell]) -> Iterator[SourceCell]:
    """All up to the first test, or the cell below the question if there is none before the next."""
    until = next((at for at, each in enumerate(rest) if _marked(each) or _is_test(each)), len(rest))
    until = until if until < len(rest) and _is_test(rest[until]) else min(1, until)
    yield _raw("BEGIN SOLUTION")
    yield from rest[:until]
    yield _raw("END SOLUTION")
    del rest[:until]


def _tests(rest: list[SourceCell]) -> Iterator[SourceCell]:
    yield _raw("BEGIN TESTS")
    while rest and _is_test(rest[0]):
        yield rest.pop(0)
    yield _raw("END TESTS")


def _prose(cell: SourceCell, found: re.Match[str]) -> Iterator[SourceCell]:
    text = f"{cell.source[: found.start()]}{cell.source[found.end() :]}".strip()
    if text:
        yield replace(cell, source=text)


def _marked(cell: SourceCell) -> re.Match[str] | None:
    return _BLOCK.search(cell.source) if cell.kind == "markdown" else None


def _is_test(cell: SourceCell) -> bool:
    return cell.kind == "code" and _TEST.match(cell.source) is not None


def _raw(text: str) -> SourceCell:
    return SourceCell(kind="raw", source=f"# {text.rstrip()}", settings={})
