"""What the comments and tags of a cell say about it: which exercise it answers, or that it is only a scratch copy.

START and END lines inside a cell mean nothing here: templates leave them unbalanced, and students delete them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from grader.messages import Message, say
from grader.notebook.notebook import Cell

MAX_COMMENT: Final = 300  # characters of a comment line that are looked at
MAX_SCRATCH_WORDS: Final = 8  # "# copy" labels a cell; a longer sentence with the word in it talks of something else

# Each is matched at the start of what follows a "#", so `UNGRADED` and prose that mentions a mark do not count.
_UNIT: Final = re.compile(r"(UNQ[_ -]?C\d{1,4})(?!\w)[\s:;,.-]*", re.IGNORECASE)
_GRADED: Final = re.compile(r"GRADED[ _-]*(?:(?:CELLS?|FUNCTIONS?|CLASS|CODE|EXERCISE)\s*:?|:)\s*(.*)", re.IGNORECASE)
_UNGRADED: Final = re.compile(r"(?:UN|NOT |NON)[ _-]?GRADED(?!\w)", re.IGNORECASE)
_BETWEEN_NAMES: Final = re.compile(r"[,;&/]|\band\b", re.IGNORECASE)
_NOT_A_NAME: Final = re.compile(r"[\s_-]+")
_SCRATCH: Final = re.compile(r"\b(scratch|draft|backup|old|copy|attempt|playground|experiment)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The marks of one cell. `names` follow `GRADED ...:`, `units` are such as UNQ_C1; both in the form of `normal`.

    A unit is weak evidence, since every lab has a UNQ_C1. `scratch` is why the cell looks like no real answer.
    """

    names: frozenset[str]
    units: frozenset[str]
    scratch: Message | None


def marks_of(cell: Cell) -> Marks:
    """The marks in the comment lines and tags of `cell`."""
    pieces = list(_comment_pieces(cell.source))
    names: set[str] = set()
    units: set[str] = set()
    ungraded = False
    for piece in pieces:
        rest = piece
        if unit := _UNIT.match(rest):
            units.add(normal(unit[1]))
            rest = rest[unit.end() :]
        if graded := _GRADED.match(rest):
            names.update(_listed(graded[1]))
        ungraded = ungraded or _UNGRADED.match(rest) is not None
    scratch = _scratch_word(cell) or (say("is_ungraded") if ungraded and not names else None)
    return Marks(names=frozenset(names), units=frozenset(units), scratch=scratch)


def normal(name: str) -> str:
    """A marker without the differences that do not matter: case, spacing, dash or underscore."""
    return _NOT_A_NAME.sub(" ", name).strip(" .:;=*!'\"`").casefold()


def _comment_pieces(source: str) -> Iterator[str]:
    for line in source.split("\n"):
        stripped = line[: MAX_COMMENT * 2].lstrip()
        if stripped.startswith("#"):
            yield from (piece.strip() for piece in stripped[:MAX_COMMENT].split("#"))


def _listed(text: str) -> Iterator[str]:
    """`a, b and c(x)` names a, b and c; a whole name that holds such a word is kept as well."""
    yield normal(text)
    for part in _BETWEEN_NAMES.split(text):
        if name := normal(part.partition("(")[0]):
            yield name


def _scratch_word(cell: Cell) -> Message | None:
    for tag in cell.tags:
        if found := _SCRATCH.search(_NOT_A_NAME.sub(" ", tag[:MAX_COMMENT])):
            return say("tag_says", word=repr(found[1].lower()))
    for comment in _leading_comments(cell.source):
        found = _SCRATCH.search(comment)
        if found and len(comment.split()) <= MAX_SCRATCH_WORDS:
            return say("comment_says", word=repr(found[1].lower()))
    return None


def _leading_comments(source: str) -> Iterator[str]:
    """The comment lines before the first line of code."""
    for line in source.split("\n"):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            return
        yield stripped.lstrip("# ")[:MAX_COMMENT]
