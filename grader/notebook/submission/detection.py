"""Which assignment a notebook answers, told from the exercises it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from grader.course.assignment import Assignment
from grader.errors import UsageError
from grader.messages import counted, english
from grader.notebook.notebook import Notebook
from grader.notebook.submission.find import Candidate, Rank, Search, search
from grader.notebook.submission.listing import Listing, list_statements
from grader.notebook.submission.marks import normal
from grader.notebook.submission.texts import with_texts

#: assignments that are named to choose from, and names of each
LIKELY: Final = 3
NAMED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well a notebook fits one assignment: the names that it looks for, and those of them that were found.

    `certain` are those found by a declared mark or a definition; that some cell assigns to `model` is true of half
    of all labs. `marked` are those of them that a mark tells. `kept` is how much the notebook has kept of the text that
    was handed out with this assignment and with no other.
    """

    assignment: str
    looked_for: tuple[str, ...]
    found: tuple[str, ...]
    certain: tuple[str, ...]
    marked: tuple[str, ...] = ()
    kept: Fraction = Fraction(0)

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

    @property
    def clear(self) -> Fit | None:
        """The one assignment that the notebook answers beyond doubt: to be asked costs less than to be graded wrongly.

        Marks are beyond doubt. Without any, half of the exercises must be there, and more of them by definitions than
        any other assignment finds besides. Where that tells nothing, the text around them does: all quizzes ask for
        `answers` to q1 and so on, and only their questions differ.
        """
        return self._by_exercises or self._by_text

    @property
    def _by_exercises(self) -> Fit | None:
        if len(self.best) != 1:
            return None
        (best,) = self.best
        besides = max(len(set(fit.found) - set(best.looked_for)) for fit in self.fits)
        strong = 2 * len(best.found) >= len(best.looked_for) and len(best.certain) > besides
        return best if best.marked or strong else None

    @property
    def _by_text(self) -> Fit | None:
        kept = [fit for fit in self.fits if fit.found and 2 * fit.kept >= 1]
        return kept[0] if len(kept) == 1 else None

    def chosen(self, assignments: Sequence[Assignment], name: str) -> Assignment:
        """The one assignment that the notebook `name` answers. Raises UsageError if that is not clear."""
        if self.clear is not None:
            return next(each for each in assignments if each.id == self.clear.assignment)
        raise UsageError(f"It is not clear which assignment {name!r} answers.", *self.likely)

    @property
    def likely(self) -> Iterator[str]:
        """What to say where it is not clear: the assignments that come into question, and what to do."""
        found = [fit for fit in self.fits if fit.found]
        yield from map(_in_words, sorted(found, key=lambda fit: (not fit.certain, -fit.kept))[:LIKELY])
        if not found:
            assignments = english(counted(len(self.fits), "assignment"))
            yield f"  It has nothing that one of the course's {assignments} asks for."
        yield "Say which is meant with --assignment; `grader assignments` lists them all."


def detect(notebook: Notebook, assignments: Sequence[Assignment]) -> Detection:
    """How well `notebook` fits each of `assignments`, by the share of their exercises that it holds."""
    listing = list_statements(notebook)
    fits = [_best_fit(listing, notebook, each) for each in assignments]
    return Detection(fits=tuple(sorted(fits, key=lambda fit: fit.strength, reverse=True)))


def answered(notebook: Notebook, assignment: Assignment) -> tuple[int, int]:
    """How many exercises of `assignment` a notebook answers, and how many it holds, be it as they were handed out."""
    listing = list_statements(with_texts(notebook, assignment))
    ranks = [best.rank for each in assignment.exercises if (best := search(listing, each, assignment).best)]
    return sum(rank > Rank.BLANK for rank in ranks), sum(rank > Rank.PASSING for rank in ranks)


def _with_texts(listing: Listing, notebook: Notebook, assignment: Assignment) -> Listing:
    """The listing; a new one where prose answers something of this assignment."""
    bound = with_texts(notebook, assignment)
    return listing if bound is notebook else list_statements(bound)


def _best_fit(listing: Listing, notebook: Notebook, assignment: Assignment) -> Fit:
    """Of an assignment that asks for several notebooks, how well this is one of them."""
    parts = [part for name in assignment.notebooks or ("",) if (part := assignment.within(name)).exercises]
    fits = (_fit(_with_texts(listing, notebook, each), each) for each in parts)
    return max(fits, key=lambda fit: fit.strength)


def _fit(listing: Listing, assignment: Assignment) -> Fit:
    searches = [search(listing, exercise, assignment) for exercise in assignment.exercises]
    found = [each for each in searches if each.best and each.best.rank is not Rank.PASSING]
    certain = [each for each in found if each.best and _is_certain(listing, each, each.best)]
    return Fit(
        assignment=assignment.id,
        looked_for=tuple(each.exercise.target for each in searches),
        found=tuple(each.exercise.target for each in found),
        certain=tuple(each.exercise.target for each in certain),
        marked=tuple(each.exercise.target for each in found if _is_marked(each)),
    )


def _is_marked(found: Search) -> bool:
    declared = set(map(normal, found.exercise.markers))
    return any(declared & cell.marks.names for cell in found.marked)


def _is_certain(listing: Listing, found: Search, best: Candidate) -> bool:
    if _is_marked(found):
        return True
    if best.rank is Rank.BROKEN:
        return best.found_by == "definition"
    return best.name in listing.statements[best.position].names.defines


def _in_words(fit: Fit) -> str:
    missing = [name for name in fit.looked_for if name not in fit.found]
    lacks = f"; {_few(missing)} missing" if missing else ""
    return f"  {fit.assignment}: {_few(fit.found)} found{lacks}"


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if names[NAMED:] else ""
    return f"{', '.join(names[:NAMED])}{more}"
