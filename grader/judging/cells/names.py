"""Which names an instructor's cell takes from the student's notebook, as its text shows. Nothing runs here."""

from __future__ import annotations

import ast
import builtins
import doctest
from collections.abc import Iterable
from typing import Final

from grader.notebook.submission.names import names_of

#: what Python's parser raises, and whoever goes through what it read: it is no Python, or deeper than anybody writes
UNREADABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)
#: what a cell has without anybody binding it
_THERE_ANYHOW: Final = frozenset({*dir(builtins), "display", "__name__", "__file__", "__doc__"})


def names_of_others(source: str, *before: str) -> tuple[str, ...]:
    """The names that `source` reads and neither it nor what runs `before` it binds, sorted.

    Source that is no Python reads none: that it fails is found when it runs.
    """
    bound: set[str] = set()
    reads: set[str] = set()
    later: set[str] = set()
    for statement in (each for text in (*before, source) for each in statements(text)):
        names = names_of(statement)
        reads |= names.reads - bound
        later |= names.reads_later
        bound |= names.all_bound
    return tuple(sorted((reads | (later - bound)) - _THERE_ANYHOW))


def statements(source: str) -> Iterable[ast.stmt]:
    """The top-level statements of a cell, or of the examples of a doctest; none of what is no Python."""
    try:
        return ast.parse(source).body
    except UNREADABLE:
        return []


def as_plain(examples: str) -> str:
    """The source of the examples of a doctest, one after the other. Raises ValueError for text that is none."""
    return "".join(each.source for each in doctest.DocTestParser().get_examples(examples))
