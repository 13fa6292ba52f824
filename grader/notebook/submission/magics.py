"""IPython's own syntax within a cell (%magic, !command, help?) taken out, line for line, so that line numbers hold.

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

from grader.notebook.submission.cell_magics import RUN_FILE, file_name
from grader.notebook.submission.foreign import Refused, through

Lines: TypeAlias = list[str]
Tokens: TypeAlias = list[tokenize.TokenInfo]

MAX_ROUNDS: Final = 4  # a magic with an open bracket or quote hides those after it until it is gone

#: line magics that are typed without their percent sign as well; what follows is nothing that Python would go on with
_AUTOMAGIC: Final = re.compile(
    r"^(?=(?:matplotlib|pylab|load_ext|reload_ext|autoreload|config|run|time|timeit|env|who|whos|reset|cd|ls|ll|cat|cp|mv"
    r"|rm|mkdir|rmdir)[ \t]+(?!(?:in|is|if|not|and|or|else)\b)(?:-\w|[\w./~'\"]))",
    re.MULTILINE,
)
_HINT: Final = re.compile(rf"[%!?]|^\s|^[,;/>]|^In \[|^(?:pip|conda|mamba) |{_AUTOMAGIC.pattern}", re.MULTILINE)
_INSTALL: Final = re.compile(
    r"^([ \t]*)(?:pip3?|conda|mamba)[ \t]+(?:(?:un)?install|update|list|show|freeze)\b.*$", re.MULTILINE
)
#: line magics that run the statement behind them in the notebook, with their options
_RUNNING: Final = re.compile(
    r"%(?:time|prun|memit|mprun|lprun|debug)[ \t]+(?:(?:-r[ \t]*\d+|-[lsTDfmut][ \t]*\S+|-[cioqz]\S*)[ \t]+)*(?=[^\s?])"
)
_ASSIGNED: Final = re.compile(r"[^%\n]*=[ \t]*(?=%time[ \t])")  # of these magics one returns what it runs
#: `%run` and `%load` of a file, which the notebook may have written itself
_FROM_FILE: Final = re.compile(r"%(?:run|load|loadpy)[ \t]+(?:-\w+[ \t]+)*([^\s?]+|\"[^\"]*\"|'[^']*')")
#: `%env NAME=value`, with a value that stands there
_ENV: Final = re.compile(r"%(?:set_)?env[ \t]+([A-Za-z_]\w*)(?:[ \t]*=[ \t]*|[ \t]+)([^\s={}$?][^{}$?\n]*)")
#: what `%pylab` binds, on one line
_PYLAB: Final = re.compile(r"%pylab\b(?!.*--no-import-all)")
_PYLAB_BINDS: Final = (
    "import numpy, numpy as np, matplotlib; from matplotlib import pylab, mlab, pyplot, pyplot as plt; "
    "from pylab import *; from numpy import *"
)
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


def without_line_magics(source: str) -> str:
    """The cell with every magic, shell and help line replaced by `pass`, and `%time` taken off what it times.

    Where a file is run, a call of `RUN_FILE` with its name stands instead; for `%pylab`, the imports that it makes, and
    for `%env`, what it sets.
    """
    if not _HINT.search(source):
        return source
    lines = _cleaned([f"{line}\n" for line in _AUTOMAGIC.sub("%", source).split("\n")])
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
        after = through(step, lines)
        if not isinstance(after, Refused) and len(after) == len(lines):
            lines = list(after)
    return lines


def _find(lines: Lines) -> Iterator[_Found]:
    """Every piece that shows in this round, at most one per logical line."""
    beyond = 0
    logical_lines = through(ipython.make_tokens_by_line, lines)
    if isinstance(logical_lines, Refused):  # the tokenizer gives up on indentation that fits no block
        return
    for tokens in logical_lines:
        found = _found_in(lines, tokens)
        if found is not None and found.first >= beyond:
            beyond = found.last + 1
            yield found


def _found_in(lines: Lines, tokens: Tokens) -> _Found | None:
    start = next((each.start for each in tokens if each.type not in {tokenize.INDENT, tokenize.DEDENT}), None)
    for kind in _KINDS:
        hit = through(kind.find, [tokens])
        end = None if hit is None or isinstance(hit, Refused) else through(_end_of, lines, hit)
        if isinstance(end, int) and start is not None:
            return _Found(first=start[0] - 1, last=min(end, len(lines) - 1), column=start[1])
    return None


def _instead(line: str, column: int) -> str:
    """What stands where a piece of IPython syntax stood."""
    if column == 0 and _PYLAB.match(line):
        return _PYLAB_BINDS
    if given := _ENV.match(line, column):
        return f"from os import environ; environ.update({{{given[1]!r}: {given[2].rstrip()!r}}})"
    named = _FROM_FILE.match(line) if column == 0 else None
    name = None if named is None else file_name(named[1])
    return "pass" if name is None else f"{RUN_FILE}({name!r})"


def _end_of(lines: Lines, hit: ipython.TokenTransformBase) -> int:
    """The last line of a piece, which a backslash continues, or where the question mark of `help?` stands."""
    end: int = ipython.find_end_of_continued_line(lines, hit.start_line)
    return max(end, getattr(hit, "q_line", 0))


def _neutralise(lines: Lines, found: _Found) -> None:
    line = lines[found.first]
    assigned = _ASSIGNED.match(line, found.column)
    start = assigned.end() if assigned else found.column
    if running := _RUNNING.match(line, start):
        lines[found.first] = line[:start] + line[running.end() :]
        return
    lines[found.first] = f"{line[: found.column]}{_instead(line, found.column)}\n"
    for position in range(found.first + 1, found.last + 1):
        lines[position] = "\n"
