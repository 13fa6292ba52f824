"""Which statement of a notebook is the answer to an exercise, and why that one.

Every statement that binds the target is a candidate, and so is the marked cell. The best rank wins. Of equals the one
in the marked cell goes first, else the last in the notebook, and others contend with it: they are judged as well if it
falls short, since a later experiment must not take the place of an answer, nor an answer that of its correction.

A bare `UNQ_Cn` counts as the exercise's mark only on a cell that also binds the target: every lab has a UNQ_C1, so
alone it could point at an answer to something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Final

from grader.course.assignment import Assignment, Exercise
from grader.notebook.notebook import Cell, Notebook
from grader.notebook.submission.cell_magics import Effect
from grader.notebook.submission.cells import CodeCell, ParsedStatement, read_plain
from grader.notebook.submission.effects import is_class
from grader.notebook.submission.library import SETTLING
from grader.notebook.submission.listing import Listing
from grader.notebook.submission.marks import normal
from grader.notebook.submission.plan import FoundBy

MAX_NAME: Final = 60  # as of a target in an assignment
MAX_HIDDEN_CELL: Final = 50_000
MAX_HIDDEN: Final = 100_000  # characters, of all cells that are no code and name a target; reading them costs seconds
MAX_BINDINGS: Final = 50  # of one name in one cell; the last count
MOST_JUDGED: Final = 3  # of the complete answers to one exercise: whoever hands in guesses gets no more of them judged


class Rank(IntEnum):
    """How good a candidate is; of several, the best is graded."""

    PASSING = 0  # bound in passing: a loop variable
    OTHER_THING = 1  # a model where a function is asked for, or a function where a model is
    BROKEN = 2  # its cell does not parse
    BLANK = 3  # as it was handed out
    SCRATCH = 4  # labelled as a copy, a draft or the like
    RENAMED = 5  # the one function or model of the marked cell, under another name
    GOOD = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One possible answer: the statement at `position` of the listing (the end of what was read, if BROKEN).

    `begun`: where the target was bound, if the statement goes on with that, as one that adds layers, trains or wraps.
    """

    cell: CodeCell
    position: int
    name: str
    rank: Rank
    marked: bool
    found_by: FoundBy
    begun: int | None = None

    @property
    def merit(self) -> tuple[Rank, bool, int, int]:
        """By which of two candidates the one that goes first is known."""
        return self.rank, self.marked, self.position, self.cell.index


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """All candidates for an exercise in notebook order, the cells that carry its mark, and those that import it."""

    exercise: Exercise
    candidates: tuple[Candidate, ...]
    marked: tuple[CodeCell, ...]
    importing: tuple[CodeCell, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """The candidate that goes first, if there is any."""
        return max(self.candidates, key=lambda each: each.merit, default=None)

    @property
    def unanswered(self) -> bool:
        """Whether nothing was found that somebody worked on."""
        return self.best is None or self.best.rank <= Rank.BLANK

    @property
    def complete(self) -> tuple[Candidate, ...]:
        """The complete answers in notebook order, without those that a later one of them goes on with; else none."""
        good = [each for each in self.candidates if each.rank is Rank.GOOD]
        last = {each.position if each.begun is None else each.begun: each for each in good}
        return tuple(last.values())

    @property
    def contenders(self) -> tuple[Candidate, ...]:
        """The candidates to judge, the one that goes first before those that count only if they are better.

        Of these one without a mark comes first: it is the last thing the student thought of.
        """
        ranked = sorted(self.complete, key=lambda each: each.merit, reverse=True)
        if not ranked:
            return () if self.best is None else (self.best,)
        return (ranked[0], *sorted(ranked[1:], key=lambda each: each.marked))[:MOST_JUDGED]


def search(listing: Listing, exercise: Exercise, assignment: Assignment) -> Search:
    """Looks for the answer to `exercise`, which is one of `assignment`."""
    others = frozenset(each.target for each in assignment.exercises if each.id != exercise.id)
    cells = listing.about(exercise.target, _normal(_known_as(exercise)))
    found = [each for cell in cells for each in _in_cell(listing, cell, exercise, others)]
    built = _built_on(listing, exercise, found)
    found = [each for each in found if each.rank is not Rank.BLANK or each.position not in built]
    found = sorted((*found, *built.values()), key=lambda each: (each.position, each.cell.index))
    marked = tuple(cell for cell in cells if _is_named(cell, exercise))
    imports = [at for at in listing.binding(exercise.target) if _only_imports(listing.statements[at], exercise)]
    in_cells = {listing.statements[at].cell for at in imports}
    importing = tuple(cell for cell in cells if cell.index in in_cells)
    return Search(exercise=exercise, candidates=tuple(found), marked=marked, importing=importing)


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


def is_written(listing: Listing, exercise: Exercise) -> bool:
    """Whether a cell with the answer in it is written to a file, where it would be code otherwise."""
    return _behind_magic(listing, exercise, "writes") is not None


def held_answer(listing: Listing, exercise: Exercise) -> CodeCell | None:
    """A cell that would answer, were it not for its first line, a magic that keeps it from being run here."""
    return _behind_magic(listing, exercise, "keeps")


def _behind_magic(listing: Listing, exercise: Exercise, effect: Effect) -> CodeCell | None:
    looked_at = 0
    for cell in listing.cells:
        if cell.magic is None or cell.magic.effect != effect or exercise.target not in cell.magic.body:
            continue
        looked_at += len(cell.magic.body)
        if looked_at > MAX_HIDDEN:
            return None
        read = _read_once(Cell(index=cell.index, kind="code", source=cell.magic.body))
        if any(exercise.target in each.names.all_bound for each in read.statements):
            return cell
    return None


#: one cell may name the targets of all exercises, and each of them asks
_read_once = lru_cache(maxsize=64)(read_plain)


def _in_cell(listing: Listing, cell: CodeCell, exercise: Exercise, others: frozenset[str]) -> Iterator[Candidate]:
    if cell.error:
        yield from _broken(listing, cell, exercise)
        return
    touching = listing.touching_in(cell, exercise.target)
    binding = [each for each in touching if _binds(listing.statements[each], exercise)]
    begun = None
    for position in binding[-MAX_BINDINGS:]:
        begun = position if exercise.target not in listing.statements[position].names.reads else begun
        yield _binding_candidate(listing, cell, position, exercise, begun)
    if not binding and _is_named(cell, exercise):
        yield from _without_target(listing, cell, exercise, others)
    elif not binding and exercise.trained:
        yield from _trained_on(listing, cell, exercise)


def _binds(statement: ParsedStatement, exercise: Exercise) -> bool:
    return exercise.target in statement.names.all_bound and not _only_imports(statement, exercise)


def _only_imports(statement: ParsedStatement, exercise: Exercise) -> bool:
    """Whether it imports the function that is asked for: a function is answered by what the student binds."""
    return exercise.asks_for == "function" and exercise.target in statement.traits.imported


def _binding_candidate(
    listing: Listing, cell: CodeCell, position: int, exercise: Exercise, begun: int | None
) -> Candidate:
    statement, target = listing.statements[position], exercise.target
    marked = _is_marked(cell, exercise)
    by_name: FoundBy = "definition" if target in statement.names.defines else "binding"
    return Candidate(
        cell=cell,
        position=position,
        name=target,
        rank=_rank(listing, cell, position, exercise),
        marked=marked,
        found_by="marker" if marked else by_name,
        begun=begun,
    )


def _rank(listing: Listing, cell: CodeCell, position: int, exercise: Exercise) -> Rank:
    statement, target = listing.statements[position], exercise.target
    if target in statement.names.passing:
        return Rank.PASSING
    if _is_other_thing(statement, exercise):
        return Rank.OTHER_THING
    if target in statement.traits.blank:
        after = range(position + 1, listing.positions(cell).stop)
        if not any(_changes(listing.statements[each], target) for each in after):
            return Rank.BLANK
    return Rank.SCRATCH if cell.marks.scratch else Rank.GOOD


def _is_other_thing(statement: ParsedStatement, exercise: Exercise) -> bool:
    """Whether it binds the target to what the exercise does not ask for, as its text shows."""
    match exercise.asks_for:
        case "function":
            return statement.traits.model == exercise.target
        case "model":
            return exercise.target in statement.names.defines
        case _:
            return False


def _changes(statement: ParsedStatement, target: str) -> bool:
    names = statement.names
    return target in names.stores_into or (target in names.calls_method_of and not statement.traits.compiles)


def _without_target(
    listing: Listing, cell: CodeCell, exercise: Exercise, others: frozenset[str]
) -> Iterator[Candidate]:
    """The marked cell binds no target: it may add to one bound before it, or bind its answer to another name."""
    at = listing.positions(cell)
    before = listing.bound_before(exercise.target, at.start)
    touching = listing.touching_in(cell, exercise.target)
    changing = [each for each in touching if _changes(listing.statements[each], exercise.target)]
    if before is not None and changing:
        yield Candidate(
            cell=cell,
            position=changing[-1],
            name=exercise.target,
            rank=Rank.GOOD,
            marked=True,
            found_by="marker",
            begun=before,
        )
    elif other := _other_name([listing.statements[each] for each in at], exercise, others):
        position = max(each for each in at if other in listing.statements[each].names.all_bound)
        blank = other in listing.statements[position].traits.blank
        rank = Rank.BLANK if blank else Rank.RENAMED
        yield Candidate(cell=cell, position=position, name=other, rank=rank, marked=True, found_by="marker")


def _trained_on(listing: Listing, cell: CodeCell, exercise: Exercise) -> Iterator[Candidate]:
    """An unmarked cell that trains what was bound before it: where a trained model is asked for, this is the answer."""
    touching = listing.touching_in(cell, exercise.target)
    training = [each for each in touching if exercise.target in listing.statements[each].traits.trains]
    before = listing.bound_before(exercise.target, listing.positions(cell).start)
    if training and before is not None:
        marked = _is_marked(listing.cell_at(before), exercise)
        yield Candidate(
            cell=cell,
            position=training[-1],
            name=exercise.target,
            rank=Rank.SCRATCH if cell.marks.scratch else Rank.GOOD,
            marked=marked,
            found_by="marker" if marked else "binding",
            begun=before,
        )


def _built_on(listing: Listing, exercise: Exercise, found: Sequence[Candidate]) -> dict[int, Candidate]:
    """What later cells without a mark of their own made of an answer: `model.add(...)`, by where it was bound.

    Where the answer was left unfinished this is it. Elsewhere it may as well be an experiment.
    """
    target = exercise.target
    at_binding = {each.position: each for each in found if each.rank is not Rank.BROKEN and each.name == target}
    if exercise.asks_for == "function":  # of which only a class goes on: methods are given to it in cells of their own
        at_binding = {at: each for at, each in at_binding.items() if is_class(listing.statements[at])}
        if not at_binding:
            return {}
    building: dict[int, list[int]] = {}
    begun: Candidate | None = None
    for at in listing.touching.get(target, []):
        statement = listing.statements[at]
        if target in statement.names.all_bound or _is_marked(listing.cell_at(at), exercise):
            begun = at_binding.get(at)
        elif begun is None or statement.cell == begun.cell.index:
            continue
        elif (
            _gives_method(statement, target)
            if exercise.asks_for == "function"
            else _builds(statement, target) or _has_it_built(listing, statement, target, begun)
        ):
            building.setdefault(begun.position, []).append(at)
    return {
        begun: _going_on(at_binding[begun], listing.cell_at(changes[-1]), changes)
        for begun, changes in building.items()
    }


def _going_on(begun: Candidate, cell: CodeCell, at: Sequence[int]) -> Candidate:
    """The answer that was begun, as the statements at these positions leave it, the last of them in `cell`."""
    unfinished = begun.rank is Rank.BLANK
    return replace(
        begun,
        cell=cell,
        position=at[-1],
        rank=Rank.SCRATCH if cell.marks.scratch else Rank.GOOD,
        marked=begun.marked and unfinished,
        found_by=begun.found_by if unfinished else "binding",
        begun=at[0],
    )


def _builds(statement: ParsedStatement, target: str) -> bool:
    """Whether the statement makes something else of the target, rather than getting it ready for use."""
    called = {each.path[-1] for each in statement.deeds.calls if each.path[0] == target}
    return target in statement.names.stores_into and not (called and called <= SETTLING)


def _gives_method(statement: ParsedStatement, target: str) -> bool:
    """Whether the statement gives a class what it lacks: `KNN.fit = fit`, `setattr(KNN, ...)`, `@added_to(KNN)`."""
    pattern = rf"^(?:{target}\.\w+\s*=(?!=)|setattr\(\s*{target}\b|(?:@[^\n]*\n)*?@[^\n]*\b{target}\b)"
    return re.match(pattern, statement.source) is not None


def _has_it_built(listing: Listing, statement: ParsedStatement, target: str, begun: Candidate) -> bool:
    """Whether the statement gives the target to a function that seems to build it: one whose text says so, or any that
    may change it where it was left unfinished."""
    if target not in statement.names.may_change:
        return False
    given_to = {each.path[-1] for each in statement.deeds.calls if target in each.given}
    return bool(given_to) and (begun.rank is Rank.BLANK or any(name in listing.builders for name in given_to))


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
    if target not in cell.source:
        return False
    pattern = rf"^(?:(?:async[ \t]+)?(?:def|class)[ \t]+{target}\b|{target}[ \t]*[:=](?!=))"
    return re.search(pattern, cell.source, re.MULTILINE) is not None


def _is_named(cell: CodeCell, exercise: Exercise) -> bool:
    """Whether a GRADED line of the cell names the exercise."""
    return bool(cell.marks.names) and not cell.marks.names.isdisjoint(_normal(_known_as(exercise)))


def _is_marked(cell: CodeCell, exercise: Exercise) -> bool:
    """Whether a cell that binds the target carries a mark of the exercise."""
    return _is_named(cell, exercise) or not cell.marks.units.isdisjoint(_normal(exercise.markers))


@lru_cache(maxsize=1_000)
def _normal(names: tuple[str, ...]) -> frozenset[str]:
    """They are the course's own, and every cell is asked about them."""
    return frozenset(map(normal, names))


def _known_as(exercise: Exercise) -> tuple[str, ...]:
    return (*exercise.markers, exercise.target)
