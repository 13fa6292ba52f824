"""IPython's own syntax (%magic, !command, %%cell, help?) taken out of a cell, line for line, so that line numbers hold.

IPython's transformers say where such syntax stands; nothing of it is ever run. Importing IPython costs 0.1 s, so this
module is imported only when a cell is no plain Python.
"""

from __future__ import annotations

import re
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from IPython.core import inputtransformer2 as ipython

Lines: TypeAlias = list[str]
Tokens: TypeAlias = list[tokenize.TokenInfo]

CODE_MAGICS: Final = frozenset({"time", "capture", "prun"})  # cell magics that run their body in the notebook
MAX_ROUNDS: Final = 4  # a magic with an open bracket or quote hides those after it until it is gone

_CELL_MAGIC: Final = re.compile(r"\s*%%(\w*)")
_HINT: Final = re.compile(r"[%!?]|^\s|^[,;/>]|^In \[|^(?:pip|conda|mamba) ", re.MULTILINE)
_INSTALL: Final = re.compile(
    r"^([ \t]*)(?:pip3?|conda|mamba)[ \t]+(?:(?:un)?install|update|list|show|freeze)\b.*$", re.MULTILINE
)
_TIMED: Final = re.compile(r"%time[ \t]+(?=[^\s?])")
_CLEANUPS: Final[tuple[Callable[[Lines], Lines], ...]] = (
    ipython.leading_indent,
    ipython.classic_prompt,
    ipython.ipython_prompt,
)
_KINDS: Final = (ipython.EscapedCommand, ipython.HelpEnd, ipython.MagicAssign, ipython.SystemAssign)


@dataclass(frozen=True, slots=True)
class _Found:
    """One piece of IPython syntax: lines `first` to `last`, counted from 0, its statement starting at `column`."""

    first: int
    last: int
    column: int


def without_cell_magic(source: str) -> str:
    """The cell as plain code: its body under %%time and the like, nothing under any other %% line."""
    lines = source.split("\n")
    for position, line in enumerate(lines):
        magic = _CELL_MAGIC.match(line)
        if magic is None:
            if line.strip():
                break
            continue
        if magic[1] not in CODE_MAGICS:
            return ""
        lines[position] = ""
    return "\n".join(lines)


def without_line_magics(source: str) -> str:
    """The cell with every magic, shell and help line replaced by `pass`, and `%time` taken off what it times."""
    if not _HINT.search(source):
        return source
    lines = _cleaned([f"{line}\n" for line in source.split("\n")])
    for _ in range(MAX_ROUNDS):
        found = list(_find(lines))
        if not found:
            break
        for each in found:
            _neutralise(lines, each)
    return _INSTALL.sub(r"\1pass", "".join(lines).removesuffix("\n"))


def _cleaned(lines: Lines) -> Lines:
    """Pasted prompts and an indentation of the whole cell taken off, as IPython does before it looks for magics."""
    for step in _CLEANUPS:
        after = step(lines)
        lines = list(after) if len(after) == len(lines) else lines
    return lines


def _find(lines: Lines) -> Iterator[_Found]:
    """Every piece that shows in this round, at most one per logical line."""
    beyond = 0
    try:
        logical_lines: list[Tokens] = ipython.make_tokens_by_line(lines)
    except SyntaxError:  # the tokenizer gives up on indentation that fits no block
        return
    for tokens in logical_lines:
        found = _found_in(lines, tokens)
        if found is not None and found.first >= beyond:
            beyond = found.last + 1
            yield found


def _found_in(lines: Lines, tokens: Tokens) -> _Found | None:
    start = next((each.start for each in tokens if each.type not in {tokenize.INDENT, tokenize.DEDENT}), None)
    for kind in _KINDS:
        hit = kind.find([tokens])  # type: ignore[no-untyped-call]  # IPython is typed in part
        if hit is not None and start is not None:
            end = ipython.find_end_of_continued_line(lines, hit.start_line)
            last = max(end, getattr(hit, "q_line", 0))  # where the question mark of `help?` stands
            return _Found(first=start[0] - 1, last=min(last, len(lines) - 1), column=start[1])
    return None


def _neutralise(lines: Lines, found: _Found) -> None:
    line = lines[found.first]
    if timed := _TIMED.match(line, found.column):
        lines[found.first] = line[: found.column] + line[timed.end() :]
        return
    lines[found.first] = f"{line[: found.column]}pass\n"
    for position in range(found.first + 1, found.last + 1):
        lines[position] = "\n"
