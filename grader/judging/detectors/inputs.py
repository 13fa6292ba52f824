"""Detectors of what an answer has to do with the input: it ignores it, returns it, or is right for some inputs only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from grader.judging.compare import Numbers
from grader.judging.detectors.evidence import ENOUGH_CALLS, ENOUGH_NUMBERS, Pair, Trial, explained, near

Flags: TypeAlias = npt.NDArray[np.bool_]


def repeats_an_example(series: list[Pair]) -> bool:
    """Every call is answered with the right answer to an example that the author wrote down."""
    return always_the_same(series) and any(pair.right and pair.trial.example for pair in series)


def always_the_same(series: list[Pair]) -> bool:
    """One answer for all calls, where many different ones are right."""
    return _varied(series) and all(near(pair.given, series[0].given) for pair in series)


def nothing_but_one_number(series: list[Pair]) -> bool:
    """All entries of all answers are one number, where many different ones are right."""
    entries = np.concatenate([pair.given.ravel() for pair in series]) if series else np.array([])
    return (
        _varied(series)
        and any(pair.given.size > 1 for pair in series)
        and entries.size > 0
        and near(entries, np.full_like(entries, entries[0]))
    )


def returns_an_argument(series: list[Pair]) -> bool:
    """The answer is always the same one of the arguments; all of it, not a value among several."""
    if any(isinstance(pair.trial.asked, tuple | dict) for pair in series):
        return False
    places = range(min(len(pair.trial.args) for pair in series))
    return any(explained(series, lambda pair, place=place: pair.trial.argument(place)) for place in places)  # type: ignore[misc]


def wrong_for_one_example(trials: Sequence[Trial]) -> bool:
    """Wrong just where an input has a single entry, or a single row or column."""
    return _wrong_just_where(
        trials, lambda array: [array.size == 1, *(length == 1 for length in array.shape)], least_wrong=1
    )


def right_for_squares(trials: Sequence[Trial]) -> bool:
    """Wrong or an exception just where a matrix has not as many rows as columns."""
    return _wrong_just_where(
        trials,
        lambda array: [array.shape[0] != array.shape[1]] if array.ndim == 2 else [],
        counts=lambda array: array.size > 1,
    )


def wrong_for_integers(trials: Sequence[Trial]) -> bool:
    """Wrong just where an input holds whole numbers by its type."""
    return _wrong_just_where(trials, lambda array: [array.dtype.kind in "iu"] if array.ndim else [])


def wrong_at_zero(series: list[Pair]) -> bool:
    """Of answers entry by entry, wrong just where the input's entry is zero."""
    return _wrong_just_for_entries(series, lambda array: array == 0)


def wrong_for_negative(series: list[Pair]) -> bool:
    """Of answers entry by entry, wrong just where the input's entry is negative."""
    return _wrong_just_for_entries(series, lambda array: array < 0)


def wrong_for_two_axes(trials: Sequence[Trial]) -> bool:
    """Right for vectors, wrong just for matrices."""
    return _wrong_just_where(trials, lambda array: [array.ndim == 2])


def _varied(series: list[Pair]) -> bool:
    """Whether so many different numbers were due that one and the same is no accident."""
    return len({round(float(entry), 9) for pair in series for entry in pair.asked.ravel()[:50]}) > ENOUGH_NUMBERS


def _wrong_just_where(
    trials: Sequence[Trial],
    features: Callable[[Numbers], Sequence[bool]],
    *,
    least_wrong: int = ENOUGH_CALLS,
    counts: Callable[[Numbers], bool] = lambda _: True,
) -> bool:
    """Whether one feature of one argument is there in the wrong calls, and in no right one.

    `counts` says of an argument of a right call whether it shows anything.
    """
    if sum(not trial.right for trial in trials) < least_wrong:
        return False
    for place in range(min(len(trial.args) for trial in trials)):
        arrays = [trial.argument(place) for trial in trials]
        found = [features(array) for array in arrays if array is not None]
        telling = [
            t for t, array in zip(trials, arrays, strict=True) if t.right and array is not None and counts(array)
        ]
        if len(found) < len(trials) or len(telling) < ENOUGH_CALLS:
            continue
        for number in range(min(map(len, found))):
            if all(trial.right is not each[number] for trial, each in zip(trials, found, strict=True)):
                return True
    return False


def _wrong_just_for_entries(series: list[Pair], feature: Callable[[Numbers], Flags]) -> bool:
    """Whether each entry is wrong that belongs to an entry with the feature, and no other; both have to be there."""
    for place in range(min(len(pair.trial.args) for pair in series)):
        arrays = [pair.trial.argument(place) for pair in series]
        if any(
            array is None or not array.shape == pair.asked.shape == pair.given.shape
            for pair, array in zip(series, arrays, strict=True)
        ):
            continue
        apart = np.concatenate([_apart(pair).ravel() for pair in series])
        has = np.concatenate([feature(array).ravel() for array in arrays if array is not None])
        plain = np.concatenate([((array != 0) & ~feature(array)).ravel() for array in arrays if array is not None])
        if bool(np.all(apart == has)) and has.sum() >= ENOUGH_CALLS and plain.sum() >= ENOUGH_CALLS:
            return True
    return False


def _apart(pair: Pair) -> Flags:
    if pair.right:
        return np.zeros(pair.asked.shape, dtype=np.bool_)
    return ~np.isclose(pair.given, pair.asked, rtol=1e-4, atol=1e-7, equal_nan=True)
