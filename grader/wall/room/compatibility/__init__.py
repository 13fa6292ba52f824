"""What a room offers to code that was written for older libraries or another machine: each is noted where it was used.

The labs were written for Keras 2 and NumPy 1. A spelling that was right then must not cost points now. Spellings are
data, in the `*tables.py`; how names and modules that are gone are served stands in `gone.py` and `stars.py`, calls in
`numpy_calls.py`, `keras_calls.py`, `tensorflow_calls.py`, `scipy_calls.py`, `frames.py`, `entries_of_tables.py`,
`estimators.py`, `fits.py`, `callbacks.py` and `drawing.py`, arrays that stand for numbers in `arrays.py`, and given
files in `found_files.py`.
Nothing is adapted that would change what right code computes, and nothing here knows an answer: whoever asks gets what
the libraries have.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final

from grader.message import Message
from grader.wall.room.compatibility import (
    drawing,
    estimators,
    fits,
    found_files,
    frames,
    keras_calls,
    learning_tables,
    nose_tools,
    numpy_calls,
    scipy_calls,
    tables,
    tensorflow_calls,
)
from grader.wall.room.compatibility.arrays import ONE_ELEMENT, Arrays
from grader.wall.room.compatibility.gone import Gone
from grader.wall.room.compatibility.keras_calls import BATCH, FILE, RATE, SHAPE, UNITS, KerasCalls
from grader.wall.room.compatibility.spelling import Spelling
from grader.wall.room.compatibility.stars import brought_by_stars, unshadowed
from grader.wall.room.rewriting import COLUMN, ENTRIES, FILLED_IN, IN_PLACE, METHOD, NUMBER_FUNCTION, NUMBER_OF

__all__ = ["BATCH", "FILE", "NOTICES", "ONE_ELEMENT", "RATE", "SHAPE", "SPELLINGS", "UNITS", "Compatibility"]

#: every row of the tables
SPELLINGS: Final[tuple[Spelling, ...]] = tuple(tables.all_rows())
#: all that a room may say of its own accord; the judge passes on nothing else
NOTICES: Final = frozenset(
    {ONE_ELEMENT, found_files.ELSEWHERE, *keras_calls.NOTICES, *(each.notice for each in SPELLINGS)}
)
#: what adapts the calls of a library as soon as it is loaded, by the module that holds them
ADAPTERS: Final = {
    "matplotlib.pyplot": drawing.adapt_pyplot,
    "pandas": frames.adapt_pandas,
    "scipy.optimize": scipy_calls.adapt_optimize,
    "scipy.sparse": scipy_calls.adapt_sparse,
    "scipy.stats": scipy_calls.adapt_stats,
    **dict.fromkeys(("scipy.integrate", "scipy.linalg", "scipy.sparse.linalg"), scipy_calls.adapt_functions),
    "sklearn.base": estimators.adapt_base,
    "sklearn.metrics": estimators.adapt_metrics,
    "sklearn.linear_model": fits.adapt_linear,
    "sklearn.model_selection": estimators.adapt_splitters,
    **dict.fromkeys(
        ("sklearn.calibration", "sklearn.cluster", "sklearn.datasets", "sklearn.preprocessing", "sklearn.utils"),
        estimators.adapt_functions,
    ),
    "sklearn.utils.class_weight": estimators.adapt_functions,
    "sklearn.utils.validation": estimators.adapt_checks,
}


class Compatibility:
    """The adaptations of one room, and the notices of those that were needed."""

    def __init__(self) -> None:
        self._notices: list[Message] = []
        self._arrays = Arrays(tables.ARRAY_METHODS, self._note)
        self._gone: Gone | None = None
        columns = frames.Columns(self._note, self._arrays.entries)
        self.names: dict[str, Any] = {
            ENTRIES: self._arrays.entries,
            NUMBER_OF: self._arrays.number_of,
            NUMBER_FUNCTION: self._arrays.number_function,
            FILLED_IN: self._arrays.filled_in,
            METHOD: self._arrays.method,
            COLUMN: columns.column,
            IN_PLACE: columns.in_place,
        }

    @property
    def notices(self) -> tuple[Message, ...]:
        """What was adapted, in order of first use."""
        return tuple(self._notices)

    def _note(self, notice: Message) -> None:
        if notice not in self._notices:
            self._notices.append(notice)

    def find(self, given: Iterable[str]) -> None:
        """Have the given files of a job be found where a notebook looks for them in another folder."""
        found_files.install(given, self._note)

    def starred(self, sources: Sequence[str]) -> dict[str, Any]:
        """What imports of everything among these statements would once have bound, of what they read: its names are
        listed in no module any more, so that a star cannot bring them."""
        return {} if self._gone is None else brought_by_stars(sources, self._gone)

    def behind_a_star(self, bound: dict[str, Any]) -> dict[str, Any]:
        """What of the names that an import of everything has bound is to be another thing."""
        return unshadowed(bound, self._note)

    def install(self) -> None:
        """Adapt the libraries that are loaded, and those that will be. Once, before any student code runs."""
        self._arrays.install()
        numpy_calls.install(self._note)
        if (keras := sys.modules.get("keras")) is not None:
            KerasCalls(keras, self._note, self._notices).install()
        if (tensorflow := sys.modules.get("tensorflow")) is not None:
            tensorflow_calls.install(tensorflow, self._note)
        self._gone = Gone(
            (*tables.NUMPY, *tables.NAMES),
            tables.MODULES,
            self._note,
            replaced=tables.REPLACED_NAMES,
            refusals=tables.REFUSALS,
            lost=learning_tables.LOST_DATA,
            adapters=ADAPTERS,
        )
        self._gone.install(replaced=tables.REPLACED)
        nose_tools.install()
