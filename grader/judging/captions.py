"""The texts of a figure beside those that were asked for: titles, labels, names of lines. No other values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.judging.compare import Part
from grader.messages import say


def text(name: str, mine: str, asked: str) -> Iterator[Part]:
    """The part of that name, unless there is nothing to it. Capitals and blanks make no other text."""
    if not mine.strip() and not asked.strip():
        return
    if plain(mine) == plain(asked):
        yield Part(name)
    elif not mine.strip():
        yield Part(name, say("figure_missing", part=name, asked=repr(asked)))
    elif not asked.strip():
        yield Part(name, say("figure_unasked", part=name, got=repr(mine[:80])))
    else:
        yield Part(name, say("figure_text", part=name, got=repr(mine[:80]), asked=repr(asked)))


def plain(words: str) -> str:
    """What of a text counts."""
    return " ".join(words.split()).casefold()


def texts(name: str, mine: Sequence[str], asked: Sequence[str]) -> Iterator[Part]:
    """As `text`, for several in a row."""
    if list(map(plain, mine)) == list(map(plain, asked)):
        yield from [Part(name)] if asked else []
    else:
        yield from text(name, ", ".join(mine), ", ".join(asked))
