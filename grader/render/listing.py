"""The student's own code as numbered, coloured lines, with the lines that raised marked. All of it stays text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup, escape

from grader.messages.visible import visible

MOST_LINES = 160
MOST_LINE = 300
#: an endless cell is listed without colours: a lexer's time grows with what it reads
MOST_COLOURED = 6_000
#: shown around a marked line that lies further down
AROUND = 4
#: kinds of tokens by the class that colours them; others keep the colour of the text
CLASSES = {"Keyword": "k", "Operator.Word": "k", "Literal.String": "s", "Literal.Number": "m", "Comment": "c"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a cell, counted from 1; the lines from `gap` on up to this one are not shown."""

    number: int
    code: Markup
    raised: bool
    gap: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The lines shown; those from `gap` to `last` follow and are not."""

    lines: tuple[Line, ...]
    gap: int | None
    last: int


def listing(source: str, raised: frozenset[int]) -> Listing:
    """`source` line by line; the lines with the numbers `raised` are marked, and shown wherever they are."""
    plain = re.split(r"\r\n|\r|\n", source.rstrip())  # as Python counts lines; `splitlines` knows more ends than that
    near = {number + step for number in raised for step in range(-AROUND, AROUND + 1)}
    shown = [n for n in range(1, len(plain) + 1) if n <= MOST_LINES or n in near]
    read = plain[: shown[-1]]
    coloured = _coloured(read) if len(source) <= MOST_COLOURED else [_escaped(line) for line in read]
    lines = tuple(
        Line(number=n, code=coloured[n - 1], raised=n in raised, gap=_gap(previous, n))
        for previous, n in itertools.pairwise((0, *shown))
    )
    return Listing(lines=lines, gap=_gap(shown[-1], len(plain) + 1), last=len(plain))


def _gap(before: int, after: int) -> int | None:
    return before + 1 if after > before + 1 else None


def _coloured(lines: list[str]) -> list[Markup]:
    """One piece of markup for each line; a token that spans lines is coloured in each of them."""
    done = [Markup("")]
    for colour, tokens in itertools.groupby(_tokens("\n".join(lines)), key=lambda token: _class(token[0])):
        first, *more = "".join(text for _, text in tokens).split("\n")
        done[-1] += _marked(colour, first)
        done.extend(_marked(colour, part) for part in more)
    return done


def _tokens(text: str) -> Iterator[tuple[Any, str]]:
    # imported when code is drawn, as Jinja is
    from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]  # it ships no types

    return ((kind, token) for _, kind, token in PythonLexer().get_tokens_unprocessed(text))


def _marked(colour: str | None, text: str) -> Markup:
    shown = _escaped(text)
    return Markup('<span class="{}">{}</span>').format(colour, shown) if colour and text.strip() else shown


@cache
def _class(kind: Any) -> str | None:
    return next((CLASSES[word] for word in CLASSES if f"{kind}.".startswith(f"Token.{word}.")), None)


def _escaped(line: str) -> Markup:
    return escape(visible(line, most=MOST_LINE))
