"""All statements of a notebook in one list, with an index of which of them bind or change a name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, islice

from grader.notebook.notebook import Cell, Notebook
from grader.notebook.submission.cells import CodeCell, ParsedStatement, read_cells
from grader.notebook.submission.deeds import Called, Routine
from grader.notebook.submission.effects import ROUNDS, with_effects
from grader.notebook.submission.library import CHANGING, SETTLING
from grader.notebook.submission.written import WrittenFile, written_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The code cells of a notebook as read. Positions count the statements of all cells from 0.

    `touching` holds, by name and in order, the positions of the statements that bind the name or change what it
    holds, `bound` of those that bind it, `imports` of those that import it, and `libraries` from where. `modules` are
    the names that nothing but imports bind. With these a question about a name costs what the name occurs, not what the
    notebook is long.
    """

    cells: tuple[CodeCell, ...]
    statements: tuple[ParsedStatement, ...]
    starts: tuple[int, ...]  # by place in `cells`: the position of its first statement
    first: dict[int, int]  # by cell index: the position of its first statement
    touching: dict[str, list[int]]
    bound: dict[str, list[int]]
    marked: dict[str, list[int]]  # by a name that a cell is marked with: places in `cells`
    broken: tuple[int, ...]  # places in `cells` of those that are no Python
    modules: frozenset[str]
    imports: dict[str, list[int]]
    libraries: dict[str, str]
    builders: frozenset[str] = frozenset()  # functions that make something else of what they are given
    files: tuple[WrittenFile, ...] = ()

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
        return self.bound.get(name, [])

    def bound_before(self, name: str, position: int) -> int | None:
        """The last statement before `position` that binds `name`."""
        binding = self.binding(name)
        at = bisect_left(binding, position)
        return binding[at - 1] if at else None

    def touching_in(self, cell: CodeCell, name: str) -> list[int]:
        """The statements of `cell` that bind `name` or change what it holds."""
        touching, at = self.touching.get(name, []), self.positions(cell)
        return touching[bisect_left(touching, at.start) : bisect_left(touching, at.stop)]

    def cell_at(self, position: int) -> CodeCell:
        """The cell in which the statement at `position` runs."""
        return self.cells[self._place(position)]

    def _place(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1

    def about(self, name: str, marks: Iterable[str]) -> list[CodeCell]:
        """The cells that touch `name`, carry one of `marks`, or are no Python, in order."""
        places = set(map(self._place, self.touching.get(name, [])))
        places.update(self.broken, *(self.marked.get(mark, []) for mark in marks))
        return [self.cells[place] for place in sorted(places)]


@lru_cache(maxsize=1)
def list_statements(notebook: Notebook) -> Listing:
    """Reads every code cell of `notebook`.

    The last one is kept: to widen a plan reads the notebook once more, and a hostile one takes seconds each time.
    """
    return _listed(notebook.code_cells, notebook)


@lru_cache(maxsize=1)
def list_with_files(notebook: Notebook) -> Listing:
    """The same with every cell that writes a file as code, for an answer that stands in none but such a cell."""
    usual = list_statements(notebook)
    bodies = {each.index: each.magic.body for each in usual.cells if each.magic and each.magic.effect == "writes"}
    code = (replace(cell, source=bodies.get(cell.index, cell.source)) for cell in notebook.code_cells)
    listing = _listed(code, notebook)
    return replace(listing, files=usual.files)


@lru_cache(maxsize=1)
def list_with_imports(notebook: Notebook) -> Listing:
    """The same with what the student's own scripts hold in the place of the last import from each, for an answer that
    stands in none but such a script."""
    usual = list_statements(notebook)
    own = {each.name for each in notebook.scripts if each.own}
    last = {file: each for each in usual.statements if (file := _imported_from(each)) in own}
    sources = {cell.index: cell.source for cell in usual.cells}
    for file, each in last.items():
        sources[each.cell] = sources[each.cell].replace(each.source, f"%run {file}", 1)
    code = (replace(cell, source=sources.get(cell.index, cell.source)) for cell in notebook.code_cells)
    return replace(_listed(code, notebook), files=usual.files)


def _imported_from(statement: ParsedStatement) -> str:
    """The script beside the notebook from which a statement imports names as they are, if it does nothing else."""
    deeds = statement.deeds
    if not statement.source.startswith("from ") or not deeds.simple:
        return ""
    modules = {*deeds.stars, *(full.removesuffix(f".{name}") for name, full in deeds.imports)}
    return f"{modules.pop().replace('.', '/')}.py" if len(modules) == 1 else ""


def _listed(code: Iterable[Cell], notebook: Notebook) -> Listing:
    read = tuple(read_cells(code, notebook.others))
    statements = with_effects([statement for cell in read for statement in cell.statements])
    each = iter(statements)
    cells = tuple(replace(cell, statements=tuple(islice(each, len(cell.statements)))) for cell in read)
    starts = tuple(accumulate((len(cell.statements) for cell in cells), initial=0))[: len(cells)]
    return Listing(
        cells=cells,
        statements=statements,
        starts=starts,
        first={cell.index: start for cell, start in zip(cells, starts, strict=True)},
        touching=_touching(statements),
        bound=_index(each.names.all_bound for each in statements),
        marked=_index(cell.marks.names for cell in cells),
        broken=tuple(place for place, cell in enumerate(cells) if cell.error),
        modules=_modules(statements),
        imports=_index(each.names.all_bound if each.traits.imports else () for each in statements),
        libraries={name: full.partition(".")[0] for each in statements for name, full in each.deeds.imports},
        builders=_builders(statements),
        files=written_files(cells, notebook.scripts),
    )


def _builders(statements: Iterable[ParsedStatement]) -> frozenset[str]:
    """The functions that make something else of what they are given, as one that adds layers to it."""
    routines = [routine for each in statements for routine in each.deeds.routines]
    found: set[str] = set()
    for _ in range(ROUNDS if routines else 0):
        found.update(
            routine.name for routine in routines if any(_builds(routine, each, found) for each in routine.calls)
        )
    return frozenset(found)


def _builds(routine: Routine, called: Called, builders: set[str]) -> bool:
    """Whether a call in the function changes one of its parameters, or hands it to a function that does."""
    changes = called.path[0] in routine.parameters and called.path[-1] in CHANGING - SETTLING
    handed_on = not set(called.given).isdisjoint(routine.parameters)
    return changes or (handed_on and called.path[-1] in builders)


def _changing(statement: ParsedStatement, name: str) -> ParsedStatement:
    names = replace(statement.names, stores_into=statement.names.stores_into | {name})
    return replace(statement, names=names, traits=replace(statement.traits, costly=False))


def _touching(statements: Iterable[ParsedStatement]) -> dict[str, list[int]]:
    names = (each.names for each in statements)
    return _index(each.all_bound | each.stores_into | each.may_change for each in names)


def _index(words: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """By word, where it stands."""
    places: dict[str, list[int]] = {}
    for place, each in enumerate(words):
        for word in each:
            places.setdefault(word, []).append(place)
    return places


def _modules(statements: Iterable[ParsedStatement]) -> frozenset[str]:
    imported: set[str] = set()
    otherwise: set[str] = set()
    for statement in statements:
        (imported if statement.traits.imports else otherwise).update(statement.names.all_bound)
    return frozenset(imported - otherwise)
