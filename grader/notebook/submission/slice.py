"""Which statements of a notebook one answer needs: a backward slice by name, from the end of the graded cell.

A name needed at some place comes from the last statement before it that surely binds it, and from all between that
may bind or change it. What a function reads when it is called comes from the state at the end of the graded cell.
Of imports only those run that give a needed name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from grader.course.folder import ROOM_CODE
from grader.limits import IMPORT_SECONDS
from grader.notebook.submission.cells import ParsedStatement
from grader.notebook.submission.effects import BUILTINS, is_nameless, is_settings, settings_of
from grader.notebook.submission.find import Candidate
from grader.notebook.submission.library import DOUBTFUL_STATES, DRAWING, FOR_ALL, STATES
from grader.notebook.submission.listing import Listing
from grader.notebook.submission.names import Names
from grader.wall.protocol import Role, Statement

#: the cell of a statement that is none of the student's
HANDED_OUT: Final = 0
#: what a notebook has without binding it, beside Python's own
_THERE_ANYHOW: Final = frozenset({"display", "get_ipython", "__name__", "__file__", "__doc__"})


def slice_for(
    listing: Listing,
    answer: Candidate,
    *,
    lent: frozenset[str] = frozenset(),
    also: Iterable[str] = (),
    given: Sequence[str] = (),
) -> tuple[Statement, ...]:
    """The statements to run for `answer`: imports, the definitions it needs, the graded cell.

    What gives the names in `lent` their values is left out: the room gets those from elsewhere. Names in `also` will be
    asked for as well; what gives them their values may fail. Those that are `given` come from the course's own code in
    the room, first and after each statement that binds one of them.
    """
    needs = _Needs(listing, answer, lent.union(given), also)
    outside = [at for at in sorted(needs.found) if at not in needs.cell]
    definitions = (needs.as_run(at, "definition") for at in outside if not listing.statements[at].traits.imports)
    cell = (needs.as_run(at, "cell") for at in needs.of_cell())
    return _with_given(listing, (*_imports(listing, needs, frozenset(given)), *definitions, *cell), given)


def _with_given(listing: Listing, statements: tuple[Statement, ...], given: Sequence[str]) -> tuple[Statement, ...]:
    if not given:
        return statements
    source = f"from {ROOM_CODE.removesuffix('.py')} import {', '.join(given)}"
    own = Statement(cell=HANDED_OUT, line=1, source=source, role="import", needed=True)
    binding = {_place(each) for name in given for each in map(listing.statements.__getitem__, listing.binding(name))}
    again = ((each, own) if (each.cell, each.line, each.source) in binding else (each,) for each in statements)
    return (own, *(part for parts in again for part in parts))


def widened(listing: Listing, cell: int, plan: Iterable[Statement]) -> tuple[Statement, ...]:
    """The plan with every import of the notebook, and with every statement of the cells before `cell` but tests,
    deletions, and what trains or prints a model."""
    known = {(each.cell, each.line, each.source): each for each in plan}
    imports = [
        known.pop(_place(each), _statement(each, "import", needed=False)) for each in _imports_in_order(listing, cell)
    ]
    before = [
        known.pop(_place(each), _statement(each, "definition", needed=False))
        for each in listing.statements
        if each.cell < cell and not each.traits.imports and (_place(each) in known or not _is_left_out(each))
    ]
    return (*imports, *before, *known.values())


def leaves_out_users(listing: Listing, cell: int, plan: Iterable[Statement]) -> bool:
    """Whether a statement before `cell` that `plan` leaves out uses what the plan gives a value, other than by showing
    it: what it changes by ways that nobody follows, as through a view or a closure, is known only when it runs."""
    run = {(each.cell, each.line, each.source) for each in plan}
    before = [each for each in listing.statements if each.cell < cell and not each.traits.imports]
    given: set[str] = set()
    for each in before:
        if _place(each) in run:
            given |= each.names.all_bound - each.names.defines
    left_out = (each for each in before if _place(each) not in run and not (_is_left_out(each) or each.traits.shows))
    return any(not given.isdisjoint(each.names.reads | each.names.reads_later) for each in left_out)


def libraries_of(listing: Listing, statements: Iterable[Statement]) -> frozenset[str]:
    """The libraries of which the imports among `statements` load something."""
    run = {(each.cell, each.line) for each in statements if each.role == "import"}
    imports = (each.deeds for each in listing.statements if each.traits.imports and (each.cell, each.line) in run)
    names = (name for deeds in imports for name in (*(full for _, full in deeds.imports), *deeds.stars))
    return frozenset(name.partition(".")[0] for name in names)


class _Needs:
    """The closure of what an answer needs: `found` maps a position to whether the statement must not fail.

    First what it surely needs. Then what may change that, and what the rest of the graded cell reads: all of this may
    fail, with whatever it needs itself.
    """

    def __init__(self, listing: Listing, answer: Candidate, lent: frozenset[str], also: Iterable[str]) -> None:
        self.listing = listing
        self.answer = answer
        self.lent = lent
        self.cell = listing.positions(answer.cell)
        self.found: dict[int, bool] = {}
        self.names: dict[str, bool] = {}  # and whether it is surely needed
        self._resolved: set[tuple[str, int]] = set()
        self._forward: set[str] = set()
        self._given: dict[str, int | None] = {}
        self._doubtful: list[int] = []
        self._sure = True
        self._open = [(answer.name, self.cell.stop)]
        self._close()
        self._sure = False
        self._open += [(name, self.cell.stop) for name in also]
        self._close()
        self._open += [(settings_of(library), self.cell.stop) for library in self._libraries()]
        self._close()
        for at in self._doubtful:  # grows while it is read
            self._include(at, needed=False)
            self._close()
        for at in self._rest_of_cell():
            if not listing.statements[at].traits.shows:
                self._read(at)
        self._close()

    def lack_a_name(self) -> bool:
        """Whether a needed name is one that nothing in the notebook is seen to bind."""
        known = self.listing.touching.keys() | self.lent | _THERE_ANYHOW
        return any(name not in known and not is_nameless(name) for name in self.names)

    def of_cell(self) -> list[int]:
        """What runs of the graded cell: all but tests and imports, up to the last statement that the answer needs."""
        found = (at for at in self.found if at in self.cell and not self.listing.statements[at].traits.imports)
        return sorted((*found, *self._rest_of_cell()))

    def as_run(self, at: int, role: Role) -> Statement:
        """The statement at that position, as it will run."""
        return _statement(self.listing.statements[at], role, needed=self.found.get(at, False))

    def _is_overruled(self, position: int) -> bool:
        """Whether the statement binds the target anew, in the graded cell, after the binding that is graded."""
        names = self.listing.statements[position].names
        return position in self.cell and position > self.answer.position and self.answer.name in names.all_bound

    def _rest_of_cell(self) -> Iterator[int]:
        """What runs of the graded cell although nothing is known to need it: all before its last needed statement."""
        last = max((at for at in self.cell if at in self.found or self._draws_on_target(at)), default=-1)
        for at in range(self.cell.start, last + 1):
            each = self.listing.statements[at]
            if at not in self.found and not (each.traits.imports or _is_left_out(each) or self._is_overruled(at)):
                yield at

    def _draws_on_target(self, at: int) -> bool:
        """Whether the statement draws on the picture that the answer is; elsewhere a picture is for nobody."""
        statements, position = self.listing.statements, self.answer.position
        if at <= position or self.answer.name not in statements[at].names.calls_method_of:
            return False
        made_by = (self.listing.libraries.get(name) for name in statements[position].names.reads)
        return not DRAWING.isdisjoint(filter(None, made_by))

    def _libraries(self) -> Iterator[str]:
        named = (library for name in self.names if (library := self.listing.libraries.get(name)))
        yield from dict.fromkeys((*FOR_ALL, *named))

    def _close(self) -> None:
        while self._open:
            name, before = self._open.pop()
            self._resolve(name, before)

    def _resolve(self, name: str, before: int) -> None:
        if name not in self.names:
            self.names[name] = self._sure
            for at in self.listing.imports.get(name, ()):
                self._read(at)
        if name in self.lent:
            return
        if is_nameless(name) and not self._is_set(name, before):
            return
        touching = self.listing.touching.get(name, [])
        if not self._resolve_backward(name, touching, bisect_left(touching, before)) and not is_nameless(name):
            self._resolve_forward(name, touching)

    def _resolve_backward(self, name: str, touching: list[int], end: int) -> bool:
        """Includes what gives `name` its value, of the first `end` that touch it; False if nothing binds it."""
        bound = False
        for index in range(end - 1, -1, -1):
            at = touching[index]
            names = self.listing.statements[at].names
            if (name, at) in self._resolved:
                return True
            self._resolved.add((name, at))
            if self._is_overruled(at) or self._is_not_worth_its_training(at, name):
                continue
            self._take(at, name)
            bound = bound or name in names.all_bound
            if name in names.binds:
                return True
        return bound

    def _is_not_worth_its_training(self, at: int, name: str) -> bool:
        """Whether the statement trains, and is asked for a seed or a setting alone that stands somewhere in it."""
        return (name in STATES or is_settings(name)) and self.listing.statements[at].traits.costly

    def _is_set(self, name: str, before: int) -> bool:
        """Whether something nameless was given a value: a state that nobody seeded is the same without what drew from
        it. Settings are changed, one by one, and never given."""
        if name not in self._given:
            self._given[name] = next((at for at in self.listing.touching.get(name, ()) if self._binds(at, name)), None)
        first = self._given[name]
        return is_settings(name) or (first is not None and first < before)

    def _resolve_forward(self, name: str, touching: list[int]) -> None:
        """Includes the first statement after the graded cell that binds `name`, and what its own cell makes of it."""
        start = self._first_binding(name, touching)
        cell = None
        for at in islice(touching, start, None):
            statement = self.listing.statements[at]
            if (name, at) in self._resolved or statement.cell != (cell or statement.cell):
                return
            if cell is not None and name in statement.names.binds:
                return
            cell = statement.cell
            self._resolved.add((name, at))
            self._take(at, name)

    def _first_binding(self, name: str, touching: list[int]) -> int:
        """The index in `touching` of the first after the graded cell that binds `name`; looked for once."""
        if name in self._forward:
            return len(touching)
        self._forward.add(name)
        start = bisect_left(touching, self.cell.stop)
        binding = (at for at in range(start, len(touching)) if self._binds(touching[at], name))
        return next(binding, len(touching))

    def _binds(self, at: int, name: str) -> bool:
        return name in self.listing.statements[at].names.all_bound

    def _take(self, at: int, name: str) -> None:
        """Includes a statement that touches `name`, now if it surely gives or changes it, else later and on trial."""
        names, traits = self.listing.statements[at].names, self.listing.statements[at].traits
        here = at in self.cell and name in names.calls_method_of
        if self._sure and not (here or self._gives(names, name)):
            self._doubtful.append(at)
        else:
            self._include(at, needed=self._sure and not traits.compiles)

    def _gives(self, names: Names, name: str) -> bool:
        """Whether the statement surely gives `name` its value or changes it, so that it must not fail."""
        if name in STATES:  # what draws numbers, or calls what sets a seed, has reasons of its own to fail
            return name in names.binds and name not in DOUBTFUL_STATES
        return name in names.all_bound or (
            name in names.stores_into and name not in self.listing.modules and not is_settings(name)
        )

    def _include(self, at: int, *, needed: bool) -> None:
        if at not in self.found:
            self._read(at)
        self.found[at] = needed or self.found.get(at, False)

    def _read(self, at: int) -> None:
        """Opens what the statement reads, now and when a function that it defines is called."""
        names = self.listing.statements[at].names
        self._open.extend((each, at) for each in self._nameable(names.reads))
        self._open.extend((each, self.cell.stop) for each in self._nameable(names.reads_later))

    def _nameable(self, names: frozenset[str]) -> Iterator[str]:
        """The names that a notebook can have given a value: a builtin only if an import takes its place."""
        return (name for name in names if name not in BUILTINS or name in self.listing.imports)


def _imports(listing: Listing, needs: _Needs, given: frozenset[str]) -> Iterator[Statement]:
    """The imports that give a needed name, and those of whole packages that others of them need.

    What a star brings nobody knows: it runs, unless it takes seconds and no name is left that it might bring.
    """
    libraries, lacking = {listing.libraries.get(name) for name in needs.names}, needs.lack_a_name()
    for each in _imports_in_order(listing, needs.answer.cell.index):
        named = (needs.names.keys() - given) & each.names.all_bound
        package = any(name == full and full in libraries for name, full in each.deeds.imports)
        star = any(lacking or star.partition(".")[0] not in IMPORT_SECONDS for star in each.deeds.stars)
        if named or package or star or each.traits.future:
            yield _statement(each, "import", needed=any(needs.names[name] for name in named))


def _imports_in_order(listing: Listing, cell: int) -> list[ParsedStatement]:
    """All imports; those from after the cell run first, so that nearer ones win."""
    found = [each for each in listing.statements if each.traits.imports]
    return sorted(found, key=lambda each: (not each.traits.future, each.cell <= cell))


def _statement(each: ParsedStatement, role: Role, *, needed: bool) -> Statement:
    return Statement(cell=each.cell, line=each.line, source=each.source, role=role, needed=needed)


def _place(each: ParsedStatement) -> tuple[int, int, str]:
    return each.cell, each.line, each.source


def _is_left_out(each: ParsedStatement) -> bool:
    traits = each.traits
    return traits.costly or traits.tests or traits.waits or bool(traits.deletes)
