"""Markdown that shows text as it is: nothing in it can become a heading, a link, an element or the end of a block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from grader.messages.visible import in_cell


def table(headings: Iterable[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """A table, part by part; cells are Markdown already."""
    heads = list(headings)
    yield f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}\n"
    yield from (f"| {' | '.join(row)} |\n" for row in rows)
    yield "\n"


def text(title: str) -> str:
    """Words of ours as they are: every character that Markdown could take for its own is escaped."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", in_cell(title))


def code(text: str) -> str:
    """A code span that ends where we end it, also within a table."""
    shown = in_cell(text)
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    pad = " " if shown.startswith("`") or shown.endswith("`") or not shown.strip() else ""
    return f"{fence}{pad}{shown}{pad}{fence}".replace("|", "\\|")


def block(lines: Iterable[str]) -> str:
    """A code block whose fence is longer than any in the text."""
    shown = "\n".join(lines)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence}text\n{shown}\n{fence}\n\n"
