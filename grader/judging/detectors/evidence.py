"""What detectors look at: calls and what came of them, their numbers side by side. No detector lives here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.judging.compare import Numbers, Tolerance, as_numbers, difference
from grader.wall.values import Value

#: as near as an answer comes that is computed otherwise, in single precision too
_NEAR = Tolerance(relative=1e-4, absolute=1e-7)
#: a pattern has to show in so many numbers that differ among themselves, or it may be chance
ENOUGH_NUMBERS = 3
ENOUGH_CALLS = 2
#: an answer with more is not looked at: it would take long, and says no more
MOST_NUMBERS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trial:
    """One call: canonical arguments, the reference's value, and the value given, in the form in which it is compared.

    `returned` is False where an exception came instead. `right` is what the check's rule says; `example`: the call is
    one that the author wrote down, not a drawn one.
    """

    args: tuple[Value, ...]
    asked: Value
    given: Value
    right: bool
    returned: bool = True
    example: bool = False

    def argument(self, place: int) -> Numbers | None:
        """The argument at `place` as an array; None if it holds no numbers."""
        return _real(self.args[place]) if place < len(self.args) else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pair:
    """One number or array of an answer, given and asked: float64, any shape, with the call it belongs to."""

    trial: Trial
    asked: Numbers
    given: Numbers
    right: bool


def wrong_series(trials: Sequence[Trial]) -> list[list[Pair]]:
    """For each place in the answer that is not right everywhere: its pairs, one for each call.

    An array is one place; a tuple or dictionary of several has one for each. Nothing if an answer has another form, or
    holds something else than real numbers.
    """
    if not all(trial.returned for trial in trials):
        return []
    rows = [_pairs(trial) for trial in trials]
    if any(row is None or len(row) != len(rows[0] or ()) for row in rows):
        return []
    series = [list(column) for column in zip(*(row or () for row in rows), strict=True)]
    return [column for column in series if not all(pair.right for pair in column)]


def explained(series: Sequence[Pair], predict: Callable[[Pair], Numbers | None]) -> bool:
    """Whether every answer, the right ones too, is what `predict` says, and enough of them show it.

    Enough: different right answers would have been due in two calls, or in one of many numbers; and `predict` says
    something else than what is right.
    """
    wrong = [pair for pair in series if not pair.right]
    if not _tells_enough(wrong):
        return False
    with np.errstate(all="ignore"):
        predicted = [predict(pair) for pair in series]
    if not all(said is not None and near(pair.given, said) for pair, said in zip(series, predicted, strict=True)):
        return False
    return not any(
        near(pair.asked, said)
        for pair, said in zip(series, predicted, strict=True)
        if not pair.right and said is not None
    )


def near(one: Numbers, other: Numbers) -> bool:
    """Whether the two have the same shape and the same numbers, as nearly as can be asked."""
    return one.shape == other.shape and bool(
        np.allclose(one, other, rtol=_NEAR.relative, atol=_NEAR.absolute, equal_nan=True)
    )


def _tells_enough(wrong: Sequence[Pair]) -> bool:
    entries = {round(float(entry), 9) for pair in wrong for entry in pair.asked.ravel()[:50]}
    calls = {pair.asked.tobytes() for pair in wrong}
    return len(entries) >= ENOUGH_NUMBERS and (len(calls) >= ENOUGH_CALLS or len(entries) > ENOUGH_NUMBERS)


def _pairs(trial: Trial) -> list[Pair] | None:
    leaves = _leaves(trial.asked, trial.given)
    if leaves is None:
        return None
    found = []
    for asked, given in leaves:
        wanted, mine = _real(asked), _real(given)
        if wanted is None or mine is None:
            return None
        right = trial.right or (len(leaves) > 1 and difference(given, asked, _NEAR) is None)
        found.append(Pair(trial=trial, asked=wanted.astype(np.float64), given=mine.astype(np.float64), right=right))
    return found


def _leaves(asked: Value, given: Value) -> list[tuple[Value, Value]] | None:
    """The parts of both that belong together; None if `given` has not the parts that are asked for."""
    match asked:
        case dict():
            if not isinstance(given, dict) or any(key not in given for key in asked):
                return None
            parts = [_leaves(asked[key], given[key]) for key in asked]
        case tuple() if asked:
            if not isinstance(given, list | tuple) or len(given) != len(asked):
                return None
            parts = [_leaves(one, other) for one, other in zip(asked, given, strict=True)]
        case _:
            return [(asked, given)]
    return None if any(part is None for part in parts) else [pair for part in parts for pair in part or ()]


def _real(value: Value) -> Numbers | None:
    numbers = as_numbers(value)
    if numbers is None or numbers.dtype.kind not in "iuf" or numbers.size > MOST_NUMBERS:
        return None
    return numbers
