"""Which statement of a notebook is the answer to an exercise, and why that one.

Every statement that binds the target is a candidate, and so is the marked cell. The best rank wins, and of equals the
last in the notebook. A bare `UNQ_Cn` counts as the exercise's mark only on a cell that also binds the target: every
lab has a UNQ_C1, so alone it could point at an answer to something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from grader.assignment import Assignment, Exercise
from grader.notebook import Cell, Notebook
from grader.submission.cells import CodeCell, ParsedStatement, read_plain
from grader.submission.listing import Listing
from grader.submission.marks import normal
from grader.submission.plan import FoundBy

MAX_NAME: Final = 60  # as of a target in an assignment
MAX_HIDDEN_CELL: Final = 50_000
MAX_HIDDEN: Final = 100_000  # characters, of all cells that are no code and name a target; reading them costs seconds
MAX_BINDINGS: Final = 50  # of one name in one cell; the last count


class Rank(IntEnum):
    """How good a candidate is; of several, the best is graded."""

    PASSING = 0  # bound in passing: a loop variable
    BROKEN = 1  # its cell does not parse
    BLANK = 2  # as it was handed out
    SCRATCH = 3  # labelled as a copy, a draft or the like
    RENAMED = 4  # the one function or model of the marked cell, under another name
    GOOD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One possible answer: the statement at `position` of the listing (the end of what was read, if BROKEN)."""

    cell: CodeCell
    position: int
    name: str
    rank: Rank
    marked: bool
    found_by: FoundBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """All candidates for an exercise in notebook order, and the cells that carry its mark."""

    exercise: Exercise
    candidates: tuple[Candidate, ...]
    marked: tuple[CodeCell, ...]

    @property
    def best(self) -> Candidate | None:
        """The candidate that is graded, if there is any."""
        return max(self.candidates, key=lambda each: (each.rank, each.position, each.cell.index), default=None)


def search(listing: Listing, exercise: Exercise, assignment: Assignment) -> Search:
    """Looks for the answer to `exercise`, which is one of `assignment`."""
    others = frozenset(each.target for each in assignment.exercises if each.id != exercise.id)
    found = [each for cell in listing.cells for each in _in_cell(listing, cell, exercise, others)]
    marked = tuple(cell for cell in listing.cells if _is_named(cell, exercise))
    return Search(exercise=exercise, candidates=tuple(found), marked=marked)


def hidden_answer(notebook: Notebook, exercise: Exercise) -> Cell | None:
    """A Markdown or raw cell that is really code which binds the target; a hint with prose around it is none."""
    looked_at = 0
    for cell in notebook.cells:
        if cell.kind != "code" and exercise.target in cell.source and len(cell.source) <= MAX_HIDDEN_CELL:
            looked_at += len(cell.source)
            if looked_at > MAX_HIDDEN:
                return None
            read = _read_once(cell)
            if read.error is None and any(exercise.target in each.names.all_bound for each in read.statements):
                return cell
    return None


#: one cell may name the targets of all exercises, and each of them asks
_read_once = lru_cache(maxsize=64)(read_plain)


def _in_cell(listing: Listing, cell: CodeCell, exercise: Exercise, others: frozenset[str]) -> Iterator[Candidate]:
    if cell.error:
        yield from _broken(listing, cell, exercise)
        return
    at = listing.positions(cell)
    binding = [each for each in at if exercise.target in listing.statements[each].names.all_bound]
    for position in binding[-MAX_BINDINGS:]:
        yield _binding_candidate(listing, cell, position, exercise)
    if not binding and _is_named(cell, exercise):
        yield from _without_target(listing, cell, exercise, others)
    elif not binding and exercise.trained:
        yield from _trained_on(listing, cell, exercise)


def _binding_candidate(listing: Listing, cell: CodeCell, position: int, exercise: Exercise) -> Candidate:
    statement, target = listing.statements[position], exercise.target
    marked = _is_marked(cell, exercise)
    by_name: FoundBy = "definition" if target in statement.names.defines else "binding"
    return Candidate(
        cell=cell,
        position=position,
        name=target,
        rank=_rank(listing, cell, position, target),
        marked=marked,
        found_by="marker" if marked else by_name,
    )


def _rank(listing: Listing, cell: CodeCell, position: int, target: str) -> Rank:
    statement = listing.statements[position]
    if target in statement.names.passing:
        return Rank.PASSING
    if target in statement.traits.blank:
        after = range(position + 1, listing.positions(cell).stop)
        if not any(_changes(listing.statements[each], target) for each in after):
            return Rank.BLANK
    return Rank.SCRATCH if cell.marks.scratch else Rank.GOOD


def _changes(statement: ParsedStatement, target: str) -> bool:
    names = statement.names
    return target in names.stores_into or (target in names.calls_method_of and not statement.traits.compiles)


def _without_target(
    listing: Listing, cell: CodeCell, exercise: Exercise, others: frozenset[str]
) -> Iterator[Candidate]:
    """The marked cell binds no target: it may add to one bound before it, or bind its answer to another name."""
    at = listing.positions(cell)
    bound_before = any(position < at.start for position in listing.binding(exercise.target))
    changing = [each for each in at if _changes(listing.statements[each], exercise.target)]
    if bound_before and changing:
        yield Candidate(
            cell=cell, position=changing[-1], name=exercise.target, rank=Rank.GOOD, marked=True, found_by="marker"
        )
    elif other := _other_name([listing.statements[each] for each in at], exercise, others):
        position = max(each for each in at if other in listing.statements[each].names.all_bound)
        blank = other in listing.statements[position].traits.blank
        rank = Rank.BLANK if blank else Rank.RENAMED
        yield Candidate(cell=cell, position=position, name=other, rank=rank, marked=True, found_by="marker")


def _trained_on(listing: Listing, cell: CodeCell, exercise: Exercise) -> Iterator[Candidate]:
    """An unmarked cell that trains what was bound before it: where a trained model is asked for, this is the answer."""
    at = listing.positions(cell)
    training = [each for each in at if exercise.target in listing.statements[each].traits.trains]
    before = [each for each in listing.binding(exercise.target) if each < at.start]
    if training and before:
        bound_in = {listing.statements[each].cell for each in before}
        marked = any(_is_marked(each, exercise) for each in listing.cells if each.index in bound_in)
        yield Candidate(
            cell=cell,
            position=training[-1],
            name=exercise.target,
            rank=Rank.SCRATCH if cell.marks.scratch else Rank.GOOD,
            marked=marked,
            found_by="marker" if marked else "binding",
        )


def _other_name(statements: Sequence[ParsedStatement], exercise: Exercise, others: frozenset[str]) -> str | None:
    """The one function, or else the one Keras model, that the cell binds and no other exercise asks for."""
    functions = {each.traits.function for each in statements} - {None, *others}
    models = {each.traits.model for each in statements} - {None, *others}
    asks_for_model = any("model" in name.casefold().split() for name in map(normal, _known_as(exercise)))
    for names in (models, functions) if asks_for_model else (functions, models):
        if len(names) == 1:
            name = next(iter(names))
            return name if name and len(name) <= MAX_NAME else None
    return None


def _broken(listing: Listing, cell: CodeCell, exercise: Exercise) -> Iterator[Candidate]:
    if not _is_named(cell, exercise) and not _seems_to_bind(cell, exercise.target):
        return
    marked = _is_marked(cell, exercise)
    yield Candidate(
        cell=cell,
        position=listing.positions(cell).stop,
        name=exercise.target,
        rank=Rank.BROKEN,
        marked=marked,
        found_by="marker" if marked else "definition",
    )


def _seems_to_bind(cell: CodeCell, target: str) -> bool:
    pattern = rf"^(?:(?:async[ \t]+)?(?:def|class)[ \t]+{target}\b|{target}[ \t]*[:=](?!=))"
    return re.search(pattern, cell.source, re.MULTILINE) is not None


def _is_named(cell: CodeCell, exercise: Exercise) -> bool:
    """Whether a GRADED line of the cell names the exercise."""
    return bool(cell.marks.names) and not cell.marks.names.isdisjoint(map(normal, _known_as(exercise)))


def _is_marked(cell: CodeCell, exercise: Exercise) -> bool:
    """Whether a cell that binds the target carries a mark of the exercise."""
    return _is_named(cell, exercise) or not cell.marks.units.isdisjoint(map(normal, exercise.markers))


def _known_as(exercise: Exercise) -> tuple[str, ...]:
    return (*exercise.markers, exercise.target)
