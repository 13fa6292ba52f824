"""What is compared of one answer: fingerprints of its code, or of its words if a person marks it, and where they stand.

Answers are read in processes with a bound on time and memory, many in one; one that none comes through is left unread.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from grader.classes.written_alike import words
from grader.errors import TooCostly
from grader.notebook.reading import within_budget
from grader.notebook.submission.arranged import Placed, arranged
from grader.notebook.submission.foreign import Refused, through
from grader.notebook.submission.winnowing import LEAST, Fingerprint, winnowed

#: answers that one process reads, and seconds of processor time for all of them, and for one that is read alone
_TOGETHER: Final = 50
_SECONDS: Final = 10
_SECONDS_ALONE: Final = 2
#: a line that may be IPython's own
_MAGIC: Final = re.compile(r"^\s*[%!]|\?\s*$|=\s*[%!]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """An answer as it was written; `is_text`: a person marks it, so that it may be prose."""

    source: str
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """The fingerprints of an answer, and the line of each of its signs; none of one that is too short."""

    fingerprints: tuple[Fingerprint, ...]
    lines: tuple[int, ...]


def traced(answers: Sequence[WrittenAnswer]) -> list[Trace | None]:
    """The trace of each answer, in their order; None of one that is no Python, or too costly. The same is read once."""
    if any(_MAGIC.search(each.source) for each in answers):
        import grader.notebook.submission.magics  # noqa: F401  # here once, rather than in every process: 0.1 s
    distinct = list(dict.fromkeys(answers))
    known: dict[WrittenAnswer, Trace | None] = {}
    for part in _parts(distinct):
        known.update(zip(part, _read(part), strict=True))
    return [known[each] for each in answers]


def trace(answer: WrittenAnswer) -> Trace | None:
    """Of one answer. Only for a process with a bound on time and memory."""
    placed = _code(answer.source)
    if answer.is_text and (placed is None or len(placed) < LEAST):
        placed = tuple(_text(answer.source))
    if placed is None:
        return None
    return Trace(winnowed([each.sign for each in placed]), tuple(each.line for each in placed))


def _parts(answers: Sequence[WrittenAnswer]) -> Iterator[Sequence[WrittenAnswer]]:
    return (answers[at : at + _TOGETHER] for at in range(0, len(answers), _TOGETHER))


def _read(part: Sequence[WrittenAnswer]) -> Sequence[Trace | None]:
    try:
        return _within(part, _SECONDS)
    except TooCostly:
        return [_alone(each) for each in part]


def _alone(answer: WrittenAnswer) -> Trace | None:
    try:
        return _within([answer], _SECONDS_ALONE)[0]
    except TooCostly:
        return None


def _within(part: Sequence[WrittenAnswer], seconds: int) -> Sequence[Trace | None]:
    size = sum(len(each.source) for each in part)
    return within_budget(lambda: [trace(each) for each in part], of=size, seconds=seconds)


def _code(source: str) -> tuple[Placed, ...] | None:
    """None if it is no Python, with IPython's own lines or without."""
    found = through(arranged, source)
    if (isinstance(found, Refused) or found is None) and _MAGIC.search(source):
        from grader.notebook.submission.magics import without_line_magics  # IPython, which few answers need

        plain = through(without_line_magics, source)
        found = plain if isinstance(plain, Refused) else through(arranged, plain)
    return None if isinstance(found, Refused) else found


def _text(source: str) -> Iterable[Placed]:
    """Each word with its line."""
    for number, line in enumerate(source.split("\n"), start=1):
        yield from (Placed(zlib.crc32(word.encode("utf-8", "surrogatepass")), number) for word in words(line))
