"""A code cell as statements: parsed whole, or without its magics, or else whatever parts of it can be read.

Line numbers stay those of the cell as the student sees it. Nothing a student writes may make this recurse or crash.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice, pairwise
from types import MappingProxyType
from typing import Final

from grader.messages import Message, english, say
from grader.notebook.notebook import Cell, Notebook
from grader.notebook.submission import foreign
from grader.notebook.submission.cell_magics import RUN_FILE, CellMagic, cell_magic
from grader.notebook.submission.deeds import Deeds, deeds_of
from grader.notebook.submission.exported import in_magics
from grader.notebook.submission.marks import Marks, marks_of
from grader.notebook.submission.names import Names, names_of
from grader.notebook.submission.newer import is_newer_syntax
from grader.notebook.submission.traits import Traits, traits_of
from grader.wall.protocol import StudentError

MAX_CELL_CHARACTERS: Final = 200_000  # five times the longest whole notebook seen; more costs seconds and gigabytes
MAX_CHUNKS: Final = 500
MAX_STATEMENTS: Final = 50_000  # of all cells; reading takes 60 microseconds each, and real notebooks hold hundreds
REMEMBERED_STATEMENTS: Final = 4_000
REMEMBERED_CHARACTERS: Final = 4_000  # of one statement, so that what is kept stays below 100 MB whatever is handed in
MAX_REPAIRED: Final = 400_000  # characters, of all cells, that are searched for magics and for parts worth saving
NO_OTHERS: Final[Mapping[str, Notebook]] = MappingProxyType({})
TOO_DEEP: Final = say("nested_too_deeply")
TOO_COSTLY: Final = say("cell_costly")

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
    deeds: Deeds


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCell:
    """A code cell as read. With an `error` the cell is no Python, and `statements` are only what could be saved.

    `magic`: what its first line has IPython do with it; unless that runs it, it has no statements.
    `runs_unknown`: files it runs that the notebook does not write.
    `unread`: why, where Python itself does not say.
    `newer_syntax`: nothing is wrong with it but that a newer Python than ours is needed to read it.
    """

    index: int
    source: str
    marks: Marks
    statements: tuple[ParsedStatement, ...]
    error: StudentError | None = None
    unread: Message | None = None
    newer_syntax: bool = False
    magic: CellMagic | None = None
    runs_unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Broken:
    """Why a text is no Python, in Python's own words or ours, with the line from 1 where the parser knows it."""

    text: Message | str
    type: str = "SyntaxError"
    line: int | None = None


def read_cells(cells: Iterable[Cell], others: Mapping[str, Notebook] = NO_OTHERS) -> Iterator[CodeCell]:
    """Every cell as read, with the work for all of them bounded; cells beyond the bounds come as broken.

    A cell may run `others`, by the names of their files, as it does files that the notebook writes.
    """
    statements = repaired = 0
    files: dict[str, list[ParsedStatement]] = {}
    for cell in map(in_magics, cells):
        if statements > MAX_STATEMENTS:
            yield _unread(cell)
            continue
        read = read_plain(cell)
        if read.error and not cell.costly and repaired <= MAX_REPAIRED:
            repaired += len(cell.source)
            read = _with_files_run(_repaired(cell, read), files, others)
        statements += len(read.statements)
        yield read


def _with_files_run(
    cell: CodeCell, files: dict[str, list[ParsedStatement]], others: Mapping[str, Notebook]
) -> CodeCell:
    """The cell with the statements of each file where it runs one; if it writes a file, `files` has it from now on."""
    magic = cell.magic
    if magic is not None and magic.file is not None:
        body = _statements(cell.index, magic.body)
        before = files.get(magic.file) if magic.appends else None
        files[magic.file] = [] if before is None else before
        files[magic.file].extend(() if isinstance(body, _Broken) else body)
    if not any(each.source.startswith(RUN_FILE) for each in cell.statements):
        return cell
    asked = dict.fromkeys(name for each in cell.statements if (name := _file_run(each)))
    for name in asked:
        if name in others and name not in files:
            line = next(each.line for each in cell.statements if _file_run(each) == name)
            files[name] = list(islice(_of_other(others[name], cell.index, line), MAX_STATEMENTS))
    run = ((each,) if (name := _file_run(each)) is None else files.get(name, ()) for each in cell.statements)
    statements = tuple(islice(chain.from_iterable(run), MAX_STATEMENTS + 1))
    return replace(cell, statements=statements, runs_unknown=tuple(name for name in asked if name not in files))


def _of_other(notebook: Notebook, cell: int, line: int) -> Iterator[ParsedStatement]:
    """What another notebook, or a script, holds, placed where it is run: its own places would lead astray."""
    for read in read_cells(notebook.code_cells):
        yield from (replace(each, cell=cell, line=line) for each in read.statements)


def _file_run(statement: ParsedStatement) -> str | None:
    """The file that a statement stands for, if it does; `%run` may leave out the ending."""
    if not statement.source.startswith(f"{RUN_FILE}('"):
        return None
    name = statement.source.removeprefix(f"{RUN_FILE}('").removesuffix("')")
    return name if "." in name else f"{name}.py"


def read_plain(cell: Cell) -> CodeCell:
    """A cell as plain Python, without a look at magics."""
    return _as_cell(cell, _Broken(text=TOO_COSTLY) if cell.costly else _statements(cell.index, cell.source))


def _repaired(cell: Cell, read: CodeCell) -> CodeCell:
    """A cell that is no plain Python, without its magics; or else what statements can be saved of it."""
    if len(cell.source) > MAX_CELL_CHARACTERS:
        return read
    magic = cell_magic(cell.source)
    if magic is not None and magic.effect in ("writes", "keeps"):
        return replace(_as_cell(cell, ()), magic=magic)
    read = _without_line_magics(cell, cell.source if magic is None else magic.body)
    if read.error and magic is not None and magic.effect == "perhaps":
        return replace(_as_cell(cell, ()), magic=replace(magic, effect="keeps"))
    return replace(read, magic=magic)


def _without_line_magics(cell: Cell, source: str) -> CodeCell:
    from grader.notebook.submission import magics  # imports IPython, 0.1 s; a cell of plain Python never needs it

    tried = _statements(cell.index, source)
    if isinstance(tried, _Broken):
        source = magics.without_line_magics(source)
        tried = _statements(cell.index, source)
    if isinstance(tried, _Broken):
        saved = tuple(_salvaged(cell.index, source))
        return replace(_as_cell(cell, tried), statements=saved, newer_syntax=is_newer_syntax(source))
    return _as_cell(cell, tried)


def _as_cell(cell: Cell, tried: tuple[ParsedStatement, ...] | _Broken) -> CodeCell:
    marks = marks_of(cell)
    if not isinstance(tried, _Broken):
        return CodeCell(index=cell.index, source=cell.source, marks=marks, statements=tried)
    unread, text = (tried.text, english(tried.text)) if isinstance(tried.text, Message) else (None, tried.text)
    error = StudentError(type=tried.type, text=text, cell=cell.index, line=tried.line)
    return CodeCell(index=cell.index, source=cell.source, marks=marks, statements=(), error=error, unread=unread)


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
    read = foreign.tree(source)
    if not isinstance(read, foreign.Refused):
        return read
    match read.error:
        case SyntaxError() as error:
            return _Broken(type=type(error).__name__, text=error.msg, line=error.lineno)
        case RecursionError() | MemoryError():
            return _Broken(text=TOO_DEEP)
        case error:  # a null byte
            return _Broken(text=str(error))


def _statement(cell: int, node: ast.stmt, lines: list[bytes], first_line: int) -> ParsedStatement:
    start, text = _segment(node, lines)
    known = _remembered(text) if len(text) <= REMEMBERED_CHARACTERS else None
    names, traits, deeds = known or _read(node)
    return ParsedStatement(cell=cell, line=first_line + start - 1, source=text, names=names, traits=traits, deeds=deeds)


def _read(node: ast.stmt) -> tuple[Names, Traits, Deeds]:
    return names_of(node), traits_of(node), deeds_of(node)


@lru_cache(maxsize=REMEMBERED_STATEMENTS)
def _remembered(text: str) -> tuple[Names, Traits, Deeds] | None:
    """What a statement says and does, None if it does not stand alone. Notebooks of one class share most of them, and
    parsing one again takes a fraction of what following its names does."""
    tree = _parse(text)
    if isinstance(tree, _Broken) or len(tree.body) != 1:
        return None
    return _read(tree.body[0])


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
