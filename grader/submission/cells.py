"""A code cell as statements: parsed whole, or without its magics, or else whatever parts of it can be read.

Line numbers stay those of the cell as the student sees it. Nothing a student writes may make this recurse or crash.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from grader.notebook import Cell
from grader.protocol import StudentError
from grader.submission.marks import Marks, marks_of
from grader.submission.names import Names, names_of
from grader.submission.newer import is_newer_syntax
from grader.submission.traits import Traits, traits_of
from grader.wording import say

MAX_CELL_CHARACTERS: Final = 200_000  # five times the longest whole notebook seen; more costs seconds and gigabytes
MAX_CHUNKS: Final = 500
MAX_STATEMENTS: Final = 50_000  # of all cells; reading takes 60 microseconds each, and real notebooks hold hundreds
REMEMBERED_STATEMENTS: Final = 4_000
REMEMBERED_CHARACTERS: Final = 4_000  # of one statement, so that what is kept stays below 100 MB whatever is handed in
MAX_REPAIRED: Final = 400_000  # characters, of all cells, that are searched for magics and for parts worth saving
TOO_DEEP: Final = say("nested_too_deeply")

_GOES_ON: Final = re.compile(r"(?:else|elif|except|finally)\b|[)\]}\s#]|$")
_TRIPLE_QUOTE: Final = re.compile(r"\"\"\"|'''")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedStatement:
    """One top-level statement: its exact text, decorators included, and its first line in the cell."""

    cell: int
    line: int
    source: str
    names: Names
    traits: Traits


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCell:
    """A code cell as read. With an `error` the cell is no Python, and `statements` are only what could be saved.

    `newer_syntax`: what did not parse is of a kind that newer Pythons than ours accept.
    """

    index: int
    source: str
    marks: Marks
    statements: tuple[ParsedStatement, ...]
    error: StudentError | None = None
    newer_syntax: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Broken:
    """Why a text is no Python, with the line counted from 1 where the parser knows it."""

    text: str
    type: str = "SyntaxError"
    line: int | None = None
    newer_syntax: bool = False


def read_cells(cells: Iterable[Cell]) -> Iterator[CodeCell]:
    """Every cell as read, with the work for all of them bounded; cells beyond the bounds come as broken."""
    statements = repaired = 0
    for cell in cells:
        if statements > MAX_STATEMENTS:
            yield _unread(cell)
            continue
        read = read_plain(cell)
        if read.error and repaired <= MAX_REPAIRED:
            repaired += len(cell.source)
            read = _repaired(cell, read)
        statements += len(read.statements)
        yield read


def read_plain(cell: Cell) -> CodeCell:
    """A cell as plain Python, without a look at magics."""
    return _as_cell(cell, _statements(cell.index, cell.source))


def _repaired(cell: Cell, read: CodeCell) -> CodeCell:
    """A cell that is no plain Python, without its magics; or else what statements can be saved of it."""
    from grader.submission import magics  # imports IPython, 0.1 s; a cell of plain Python never needs it

    if len(cell.source) > MAX_CELL_CHARACTERS:
        return read
    source = magics.without_cell_magic(cell.source)
    tried = _statements(cell.index, source)
    if isinstance(tried, _Broken):
        source = magics.without_line_magics(source)
        tried = _statements(cell.index, source)
    if isinstance(tried, _Broken):
        return replace(_as_cell(cell, tried), statements=tuple(_salvaged(cell.index, source)))
    return _as_cell(cell, tried)


def _as_cell(cell: Cell, tried: tuple[ParsedStatement, ...] | _Broken) -> CodeCell:
    marks = marks_of(cell)
    if not isinstance(tried, _Broken):
        return CodeCell(index=cell.index, source=cell.source, marks=marks, statements=tried)
    error = StudentError(type=tried.type, text=tried.text, cell=cell.index, line=tried.line)
    newer = tried.newer_syntax
    return CodeCell(index=cell.index, source=cell.source, marks=marks, statements=(), error=error, newer_syntax=newer)


def _unread(cell: Cell) -> CodeCell:
    return _as_cell(cell, _Broken(text=say("too_many_statements", most=f"{MAX_STATEMENTS:,}")))


def _statements(cell: int, source: str, first_line: int = 1) -> tuple[ParsedStatement, ...] | _Broken:
    tree = _parse(source)
    if isinstance(tree, _Broken):
        return tree
    lines = source.encode().split(b"\n")
    nodes = [node for node in tree.body if not isinstance(node, ast.Pass)]
    try:
        return tuple(_statement(cell, node, lines, first_line) for node in nodes)
    except RecursionError:
        return _Broken(text=TOO_DEEP)
    except ValueError as error:  # too many statements within one
        return _Broken(text=str(error))


def _parse(source: str) -> ast.Module | _Broken:
    if len(source) > MAX_CELL_CHARACTERS:
        return _Broken(text=say("cell_too_long", characters=f"{len(source):,}", most=f"{MAX_CELL_CHARACTERS:,}"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a student's "\d" is no business of ours
            return ast.parse(source)
    except SyntaxError as error:
        newer = is_newer_syntax(error, source)
        return _Broken(type=type(error).__name__, text=error.msg, line=error.lineno, newer_syntax=newer)
    except (RecursionError, MemoryError):
        return _Broken(text=TOO_DEEP)
    except ValueError as error:  # a null byte
        return _Broken(text=str(error))


def _statement(cell: int, node: ast.stmt, lines: list[bytes], first_line: int) -> ParsedStatement:
    start, text = _segment(node, lines)
    known = _remembered(text) if len(text) <= REMEMBERED_CHARACTERS else None
    names, traits = known or (names_of(node), traits_of(node))
    return ParsedStatement(cell=cell, line=first_line + start - 1, source=text, names=names, traits=traits)


@lru_cache(maxsize=REMEMBERED_STATEMENTS)
def _remembered(text: str) -> tuple[Names, Traits] | None:
    """Names and traits of a statement, None if it does not stand alone. Notebooks of one class share most statements,
    and parsing one again takes a fraction of what following its names does."""
    tree = _parse(text)
    if isinstance(tree, _Broken) or len(tree.body) != 1:
        return None
    return names_of(tree.body[0]), traits_of(tree.body[0])


def _segment(node: ast.stmt, lines: list[bytes]) -> tuple[int, str]:
    """The first line and the text of a statement; offsets of the parser count UTF-8 bytes."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    start, left = (decorators[0].lineno, 0) if decorators else (node.lineno, node.col_offset)
    end, right = node.end_lineno or start, node.end_col_offset
    if start == end:
        return start, lines[start - 1][left:right].decode()
    parts = [lines[start - 1][left:], *lines[start : end - 1], lines[end - 1][:right]]
    return start, b"\n".join(parts).decode()


def _salvaged(cell: int, source: str) -> Iterator[ParsedStatement]:
    """The statements of those parts of a broken cell that parse alone."""
    lines = source.split("\n")
    starts = _chunk_starts(lines)
    if len(source) > MAX_CELL_CHARACTERS or len(starts) > MAX_CHUNKS:
        return
    for start, end in pairwise([*starts, len(lines)]):
        tried = _statements(cell, "\n".join(lines[start:end]), first_line=start + 1)
        if not isinstance(tried, _Broken):
            yield from tried


def _chunk_starts(lines: list[str]) -> list[int]:
    """Where a line at the left margin starts something new, rather than going on with what stands above it."""
    starts: list[int] = []
    in_string = decorated = False
    for position, line in enumerate(lines):
        if not in_string and not decorated and not _GOES_ON.match(line):
            starts.append(position)
        if not in_string:
            decorated = line.startswith("@") or (decorated and not line.startswith(("def", "class", "async")))
        in_string ^= len(_TRIPLE_QUOTE.findall(line)) % 2 == 1
    return starts
