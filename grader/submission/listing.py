"""All statements of a notebook in one list, with an index of which of them bind or change a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from grader.notebook import Notebook
from grader.submission.cells import CodeCell, ParsedStatement, read_cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The code cells of a notebook as read. Positions count the statements of all cells from 0.

    `touching` holds, by name and in order, the positions of the statements that bind the name or change what it
    holds; `modules` are the names that nothing but imports bind.
    """

    cells: tuple[CodeCell, ...]
    statements: tuple[ParsedStatement, ...]
    first: dict[int, int]  # by cell index: the position of its first statement
    touching: dict[str, list[int]]
    modules: frozenset[str]

    def positions(self, cell: CodeCell) -> range:
        """The positions of the statements of `cell`."""
        start = self.first[cell.index]
        return range(start, start + len(cell.statements))

    def training(self, name: str) -> Listing:
        """The listing for an exercise about a trained model: to train `name` is to change it, and is not left out."""
        statements = tuple(_changing(each, name) if name in each.traits.trains else each for each in self.statements)
        return replace(self, statements=statements, touching=_touching(statements))

    def binding(self, name: str) -> list[int]:
        """The positions of the statements that bind `name`, in order."""
        return [at for at in self.touching.get(name, []) if name in self.statements[at].names.all_bound]


@lru_cache(maxsize=1)
def list_statements(notebook: Notebook) -> Listing:
    """Reads every code cell of `notebook`.

    The last one is kept: to widen a plan reads the notebook once more, and a hostile one takes seconds each time.
    """
    cells = tuple(read_cells(notebook.code_cells))
    statements = tuple(statement for cell in cells for statement in cell.statements)
    starts = accumulate((len(cell.statements) for cell in cells), initial=0)
    return Listing(
        cells=cells,
        statements=statements,
        first={cell.index: start for cell, start in zip(cells, starts, strict=False)},
        touching=_touching(statements),
        modules=_modules(statements),
    )


def _changing(statement: ParsedStatement, name: str) -> ParsedStatement:
    names = replace(statement.names, calls_method_of=statement.names.calls_method_of | {name})
    return replace(statement, names=names, traits=replace(statement.traits, costly=False))


def _touching(statements: tuple[ParsedStatement, ...]) -> dict[str, list[int]]:
    touching: dict[str, list[int]] = {}
    for position, statement in enumerate(statements):
        names = statement.names
        for name in names.all_bound | names.stores_into | names.calls_method_of:
            touching.setdefault(name, []).append(position)
    return touching


def _modules(statements: tuple[ParsedStatement, ...]) -> frozenset[str]:
    imported: set[str] = set()
    otherwise: set[str] = set()
    for statement in statements:
        (imported if statement.traits.imports else otherwise).update(statement.names.all_bound)
    return frozenset(imported - otherwise)
