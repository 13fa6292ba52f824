"""Detectors of answers that hold the right numbers in another form: order, shape, length, keys, or nothing at all."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from grader.judging.compare import Numbers, Tolerance, difference
from grader.judging.detectors.evidence import Pair, Trial, explained, near
from grader.judging.drawings import read_figure
from grader.wall.values import Value

_MOST_VALUES = 6


def returns_none(trials: Sequence[Trial]) -> bool:
    """Every wrong answer is None; where a figure was asked for that says nothing of what was returned."""
    wrong = [trial for trial in trials if not trial.right]
    return all(trial.returned and trial.given is None and read_figure(trial.asked) is None for trial in wrong)


def misspells_a_key(trials: Sequence[Trial]) -> bool:
    """Each wrong dictionary lacks a key, and has one that nobody asked for and that reads almost like it."""
    return all(_has_a_misspelt_key(trial.asked, trial.given) for trial in trials if not trial.right)


def exchanges_values(trials: Sequence[Trial]) -> bool:
    """The values of a tuple are all there, in an order that is the same other one in every answer."""
    wrong = [trial for trial in trials if not trial.right]
    size = len(wrong[0].asked) if isinstance(wrong[0].asked, tuple) else 0
    if not 2 <= size <= _MOST_VALUES or not all(_has_values(trial, size) for trial in trials):
        return False
    orders = itertools.permutations(range(size))
    next(orders)  # the right one
    return any(all(_is_in_order(trial, order) for trial in trials) for order in orders)


def transposed(series: list[Pair]) -> bool:
    """Rows and columns are exchanged; of a matrix, since a row for a column is another mistake."""
    wrong = [pair for pair in series if not pair.right]
    return all(min(pair.asked.shape, default=0) > 1 for pair in wrong) and explained(
        series, lambda pair: pair.asked.T if pair.asked.ndim == 2 else None
    )


def unit_axis(series: list[Pair]) -> bool:
    """The right numbers, but for an axis of length one that is missing, too many, or in another place."""
    return _same_numbers(series) and all(
        [n for n in pair.given.shape if n != 1] == [n for n in pair.asked.shape if n != 1] for pair in series
    )


def other_shape(series: list[Pair]) -> bool:
    """The right numbers in the right order, in another shape."""
    return _same_numbers(series)


def reversed_order(series: list[Pair]) -> bool:
    """The right entries from the last to the first; of a matrix, its rows."""
    return explained(series, lambda pair: pair.asked[::-1] if pair.asked.ndim else None)


def one_short(series: list[Pair]) -> bool:
    """The first or the last entry along an axis is missing, the same in every answer."""
    return any(_explained_in_part(series, cut) for cut in _cuts())


def one_long(series: list[Pair]) -> bool:
    """There is one entry more along an axis, before the right ones or after them."""
    return any(_explained_in_part([_exchanged(pair) for pair in series], cut) for cut in _cuts())


def _has_a_misspelt_key(asked: Value, given: Value) -> bool:
    if not isinstance(asked, dict) or not isinstance(given, dict):
        return False
    missing, extra = ([str(key) for key in one if key not in other] for one, other in ((asked, given), (given, asked)))
    return bool(missing) and any(_reads_alike(one, other) for one in missing for other in extra)


def _reads_alike(one: str, other: str) -> bool:
    """The same but for capitals, blanks and underscores, or one letter that is missing, too many or another."""
    first, second = (word.casefold().replace("_", "").replace(" ", "") for word in (one, other))
    if first == second:
        return True
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) < 3 or len(longer) - len(shorter) > 1:
        return False
    skip = len(shorter) == len(longer)
    return any(
        shorter[:n] == longer[:n] and shorter[n + skip :] == longer[n + 1 :]
        for n in range(len(longer))
        if n <= len(shorter)
    )


def _has_values(trial: Trial, size: int) -> bool:
    return (
        isinstance(trial.asked, tuple)
        and isinstance(trial.given, list | tuple)
        and len(trial.asked) == len(trial.given) == size
    )


def _is_in_order(trial: Trial, order: tuple[int, ...]) -> bool:
    asked, given = trial.asked, trial.given
    assert isinstance(asked, tuple)
    assert isinstance(given, list | tuple)
    return all(difference(mine, asked[place], Tolerance()) is None for mine, place in zip(given, order, strict=True))


def _same_numbers(series: list[Pair]) -> bool:
    """All numbers in their order, none of the wrong answers in its shape."""
    wrong = [pair for pair in series if not pair.right]
    return all(pair.given.shape != pair.asked.shape for pair in wrong) and all(
        pair.given.size == pair.asked.size and near(pair.given.ravel(), pair.asked.ravel()) for pair in series
    )


def _cuts() -> Iterator[Callable[[Numbers], Numbers | None]]:
    for axis in (0, 1):
        for kept in (slice(None, -1), slice(1, None)):
            yield lambda array, axis=axis, kept=kept: (  # type: ignore[misc]  # a lambda's defaults have no types
                array[(slice(None),) * axis + (kept,)] if array.ndim > axis else None
            )


def _explained_in_part(series: list[Pair], cut: Callable[[Numbers], Numbers | None]) -> bool:
    """As `explained`; what is left has to hold something, or it would prove nothing."""
    wrong = [pair for pair in series if not pair.right]
    return any(pair.given.size > 1 for pair in wrong) and explained(series, lambda pair: cut(pair.asked))


def _exchanged(pair: Pair) -> Pair:
    """With `given` and `asked` in each other's place: too long is too short, seen from the other side."""
    return Pair(trial=pair.trial, asked=np.asarray(pair.given), given=np.asarray(pair.asked), right=pair.right)
