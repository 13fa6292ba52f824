"""Which assignment a notebook answers, told from the exercises it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.assignment import Assignment
from grader.errors import UsageError
from grader.notebook import Notebook
from grader.submission.find import Candidate, Rank, Search, search
from grader.submission.listing import Listing, list_statements
from grader.submission.marks import normal


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well a notebook fits one assignment: the names that it looks for, and those of them that were found.

    `certain` are those found by a declared mark or a definition; that some cell assigns to `model` is true of half
    of all labs.
    """

    assignment: str
    looked_for: tuple[str, ...]
    found: tuple[str, ...]
    certain: tuple[str, ...]

    @property
    def strength(self) -> tuple[Fraction, int]:
        """Share of the exercises found, then how many that is."""
        return Fraction(len(self.found), len(self.looked_for)), len(self.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """How well a notebook fits each assignment, the best first."""

    fits: tuple[Fit, ...]

    @property
    def best(self) -> tuple[Fit, ...]:
        """The fits that nothing beats: one if the assignment is clear, none if the notebook fits none."""
        certain = [fit for fit in self.fits if fit.certain]
        return tuple(fit for fit in certain if fit.strength == certain[0].strength)

    def chosen(self, assignments: Sequence[Assignment], name: str) -> Assignment:
        """The one assignment that the notebook `name` answers. Raises UsageError if it is none or several."""
        ids = [fit.assignment for fit in self.best]
        if len(ids) == 1:
            return next(each for each in assignments if each.id == ids[0])
        if ids:
            raise UsageError(f"{name!r} fits {' and '.join(ids)} alike. Say which is meant with --assignment.")
        looked = "; ".join(map(_in_words, self.fits)) or "the course has no assignments"
        raise UsageError(f"{name!r} fits no assignment ({looked}). Say which is meant with --assignment.")


def detect(notebook: Notebook, assignments: Sequence[Assignment]) -> Detection:
    """How well `notebook` fits each of `assignments`, by the share of their exercises that it holds."""
    listing = list_statements(notebook)
    fits = [_fit(listing, each) for each in assignments]
    return Detection(fits=tuple(sorted(fits, key=lambda fit: fit.strength, reverse=True)))


def _fit(listing: Listing, assignment: Assignment) -> Fit:
    searches = [search(listing, exercise, assignment) for exercise in assignment.exercises]
    found = [each for each in searches if each.best and each.best.rank is not Rank.PASSING]
    certain = [each for each in found if each.best and _is_certain(listing, each, each.best)]
    return Fit(
        assignment=assignment.id,
        looked_for=tuple(each.exercise.target for each in searches),
        found=tuple(each.exercise.target for each in found),
        certain=tuple(each.exercise.target for each in certain),
    )


def _is_certain(listing: Listing, found: Search, best: Candidate) -> bool:
    declared = set(map(normal, found.exercise.markers))
    if any(declared & cell.marks.names for cell in found.marked):
        return True
    if best.rank is Rank.BROKEN:
        return best.found_by == "definition"
    return best.name in listing.statements[best.position].names.defines


def _in_words(fit: Fit) -> str:
    found = f"found {', '.join(fit.found)}" if fit.found else "found none"
    return f"{fit.assignment} looks for {', '.join(fit.looked_for)}: {found}"
