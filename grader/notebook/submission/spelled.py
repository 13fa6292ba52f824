"""Functions and classes that a student named almost as an exercise asks: one of the same letters is the answer, and one
that is merely like it is worth a word. No other name is guessed at.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final

from grader.course.assignment import Assignment, Exercise
from grader.notebook.submission.find import MAX_NAME
from grader.notebook.submission.listing import Listing

#: how alike two names are of which one is a slip
ALIKE: Final = 0.8
#: names of a notebook that are looked through; real ones define tens
MOST_NAMES: Final = 2_000


def same_letters(listing: Listing, exercise: Exercise, assignment: Assignment) -> str | None:
    """The one function or class that the notebook names as asked but for capitals and underscores: `normalizeRows`."""
    wanted = _letters(exercise.target)
    found = [name for name in _defined(listing, assignment) if _letters(name) == wanted]
    return found[0] if len(found) == 1 else None


def almost(listing: Listing, exercise: Exercise, assignment: Assignment) -> tuple[str, int] | None:
    """The function or class whose name is most like the one asked for, and the cell that defines it last."""
    names = list(_defined(listing, assignment))
    close = difflib.get_close_matches(exercise.target, names, n=1, cutoff=ALIKE)
    return (close[0], listing.cell_at(listing.binding(close[0])[-1]).index) if close else None


def _defined(listing: Listing, assignment: Assignment) -> Iterator[str]:
    asked = {each.target for each in assignment.exercises}
    for name in list(listing.bound)[:MOST_NAMES]:
        last = listing.statements[listing.binding(name)[-1]]
        if name not in asked and len(name) <= MAX_NAME and name in last.names.defines:
            yield name


def _letters(name: str) -> str:
    return name.replace("_", "").casefold()
