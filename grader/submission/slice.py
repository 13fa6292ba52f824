"""Which statements of a notebook one answer needs: a backward slice by name, from the end of the graded cell.

A name needed at some place comes from the last statement before it that surely binds it, and from all between that
may bind or change it. What a function reads when it is called comes from the state at the end of the graded cell.
"""

from __future__ import annotations

import builtins
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from grader.protocol import Role, Statement
from grader.submission.cells import ParsedStatement
from grader.submission.find import Candidate
from grader.submission.listing import Listing

BUILTINS: Final = frozenset(dir(builtins))


def slice_for(listing: Listing, answer: Candidate, *, lent: frozenset[str] = frozenset()) -> tuple[Statement, ...]:
    """The statements to run for `answer`: imports, the definitions it needs, the graded cell.

    What gives the names in `lent` their values is left out: the room gets those from elsewhere.
    """
    needs = _Needs(listing, answer, lent)
    outside = [at for at in sorted(needs.found) if at not in needs.cell]
    definitions = (_as_run(needs, at, "definition") for at in outside if not listing.statements[at].traits.imports)
    return (*_imports(listing, needs), *definitions, *_graded_cell(listing, needs))


def everything_before(listing: Listing, cell: int) -> tuple[Statement, ...]:
    """Every statement of the cells before `cell` but imports, tests, deletions and what trains or prints a model."""
    return tuple(
        Statement(cell=each.cell, line=each.line, source=each.source, role="definition", needed=False)
        for each in listing.statements
        if each.cell < cell and not each.traits.imports and not _is_left_out(each)
    )


class _Needs:
    """The closure of what an answer needs: `found` maps a position to whether the statement must not fail."""

    def __init__(self, listing: Listing, answer: Candidate, lent: frozenset[str]) -> None:
        self.listing = listing
        self.answer = answer
        self.lent = lent
        self.cell = listing.positions(answer.cell)
        self.found: dict[int, bool] = {}
        self.names: set[str] = set()
        self._resolved: set[tuple[str, int]] = set()
        self._open = [(answer.name, self.cell.stop)]
        while self._open:
            name, before = self._open.pop()
            self._resolve(name, before)

    def is_overruled(self, position: int) -> bool:
        """Whether the statement binds the target anew, in the graded cell, after the binding that is graded."""
        names = self.listing.statements[position].names
        return position in self.cell and position > self.answer.position and self.answer.name in names.all_bound

    def _resolve(self, name: str, before: int) -> None:
        self.names.add(name)
        if name in self.lent:
            return
        touching = self.listing.touching.get(name, [])
        if not self._resolve_backward(name, touching, bisect_left(touching, before)):
            self._resolve_forward(name, touching)

    def _resolve_backward(self, name: str, touching: list[int], end: int) -> bool:
        """Includes what gives `name` its value, of the first `end` that touch it; False if nothing binds it."""
        bound = False
        for index in range(end - 1, -1, -1):
            at = touching[index]
            statement = self.listing.statements[at]
            if (name, at) in self._resolved:
                return True
            self._resolved.add((name, at))
            if self.is_overruled(at) or self._is_call_of_module(statement, name):
                continue
            self._include(at, name)
            bound = bound or name in statement.names.all_bound
            if name in statement.names.binds:
                return True
        return bound

    def _resolve_forward(self, name: str, touching: list[int]) -> None:
        """Includes the first statement after the graded cell that binds `name`."""
        later = touching[bisect_left(touching, self.cell.stop) :]
        at = next((at for at in later if name in self.listing.statements[at].names.all_bound), None)
        if at is not None and (name, at) not in self._resolved:
            self._resolved.add((name, at))
            self._include(at, name)

    def _is_call_of_module(self, statement: ParsedStatement, name: str) -> bool:
        names = statement.names
        return name in self.listing.modules and name not in names.all_bound and name not in names.stores_into

    def _include(self, at: int, name: str) -> None:
        statement = self.listing.statements[at]
        names = statement.names
        gives = name in names.all_bound or (name in names.stores_into and name not in self.listing.modules)
        needed = not statement.traits.compiles and (gives or at in self.cell)
        if at not in self.found:
            self._open.extend((each, at) for each in names.reads - BUILTINS)
            self._open.extend((each, self.cell.stop) for each in names.reads_later - BUILTINS)
        self.found[at] = needed or self.found.get(at, False)


def _imports(listing: Listing, needs: _Needs) -> Iterator[Statement]:
    """Every import of the notebook; those from after the graded cell run first, so that nearer ones win."""
    positions = [at for at, each in enumerate(listing.statements) if each.traits.imports]
    positions.sort(key=lambda at: (not listing.statements[at].traits.future, at < needs.cell.stop, at))
    for at in positions:
        each = listing.statements[at]
        needed = not each.names.all_bound.isdisjoint(needs.names)
        yield Statement(cell=each.cell, line=each.line, source=each.source, role="import", needed=needed)


def _graded_cell(listing: Listing, needs: _Needs) -> Iterator[Statement]:
    """The cell up to the last statement that the answer needs; what it does not need may fail, tests do not run."""
    last = max((at for at in needs.found if at in needs.cell), default=-1)
    for at in range(needs.cell.start, last + 1):
        each = listing.statements[at]
        if each.traits.imports or (at not in needs.found and (_is_left_out(each) or needs.is_overruled(at))):
            continue
        yield _as_run(needs, at, "cell")


def _as_run(needs: _Needs, at: int, role: Role) -> Statement:
    each = needs.listing.statements[at]
    needed = needs.found.get(at, False)
    return Statement(cell=each.cell, line=each.line, source=each.source, role=role, needed=needed)


def _is_left_out(each: ParsedStatement) -> bool:
    traits = each.traits
    return traits.costly or traits.tests or bool(traits.deletes)
