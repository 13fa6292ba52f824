"""Detectors of numbers that follow from the right ones: a factor, an amount, a function, lost decimals, NaN."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from grader.judging.compare import Numbers
from grader.judging.detectors.evidence import ENOUGH_CALLS, Pair, Trial, explained, near

#: e to the power of this is far on the way to overflow, in single precision too
_LARGE = 80.0


def not_divided(series: list[Pair]) -> bool:
    """Too large by the length of an input, which varies."""
    return _by_a_length(series, lambda length: length)


def divided_twice(series: list[Pair]) -> bool:
    """Too small by the length of an input, which varies."""
    return _by_a_length(series, lambda length: 1 / length if length else np.nan)


def divided_by_one_less(series: list[Pair]) -> bool:
    """As after a division by one less or one more than the length of an input."""
    return _by_a_length(series, lambda length: length / (length - 1) if length > 1 else np.nan) or _by_a_length(
        series, lambda length: length / (length + 1)
    )


def negated(series: list[Pair]) -> bool:
    """Every number has the other sign."""
    return explained(series, lambda pair: -pair.asked)


def doubled(series: list[Pair]) -> bool:
    """Every number is twice the right one."""
    return explained(series, lambda pair: 2.0 * pair.asked)


def halved(series: list[Pair]) -> bool:
    """Every number is half of the right one."""
    return explained(series, lambda pair: 0.5 * pair.asked)


def other_logarithm(series: list[Pair]) -> bool:
    """Every number is off by what lies between the natural logarithm and that to base 2 or 10."""
    between = [np.log(2), np.log(10), np.log(10) / np.log(2)]
    factors = [factor for base in between for factor in (base, 1 / base)]
    return any(_by_a_factor(series, factor) for factor in factors)


def same_factor(series: list[Pair]) -> bool:
    """Every number is off by one factor, whatever the input."""
    with np.errstate(all="ignore"):
        ratios = [_ratio(pair) for pair in series if not pair.right]
    known = [ratio for ratio in ratios if ratio is not None and np.isfinite(ratio) and ratio != 0]
    return bool(known) and _by_a_factor(series, known[0])


def same_amount(series: list[Pair]) -> bool:
    """Every number is off by one amount, whatever the input."""
    first = next((pair for pair in series if not pair.right and pair.given.size), None)
    if first is None or first.given.shape != first.asked.shape:
        return False
    amount = float(first.given.ravel()[0]) - float(first.asked.ravel()[0])
    return explained(series, lambda pair: pair.asked + amount)


def without_signs(series: list[Pair]) -> bool:
    """Right, but that every number is positive."""
    return explained(series, lambda pair: np.abs(pair.asked))


def squared(series: list[Pair]) -> bool:
    """Every number is the square of the right one."""
    return explained(series, lambda pair: np.square(pair.asked))


def rooted(series: list[Pair]) -> bool:
    """Every number is the square root of the right one."""
    return _finite(series) and explained(series, lambda pair: np.sqrt(pair.asked))


def upside_down(series: list[Pair]) -> bool:
    """Every number is one divided by the right one."""
    return _finite(series) and explained(series, lambda pair: 1.0 / pair.asked)


def from_one(series: list[Pair]) -> bool:
    """Every number is one minus the right one."""
    return explained(series, lambda pair: 1.0 - pair.asked)


def raised(series: list[Pair]) -> bool:
    """Every number is e to the power of the right one."""
    return _finite(series) and explained(series, lambda pair: np.exp(pair.asked))


def logarithm(series: list[Pair]) -> bool:
    """Every number is the natural logarithm of the right one."""
    return _finite(series) and explained(series, lambda pair: np.log(pair.asked))


def without_decimals(series: list[Pair]) -> bool:
    """Right up to the decimal point: cut off, or rounded to whole numbers, wherever it is wrong."""
    wrong = [pair for pair in series if not pair.right]
    ways: tuple[Callable[[Numbers], Numbers], ...] = (np.trunc, np.floor, np.rint)
    return any(explained(wrong, lambda pair, way=way: way(pair.asked)) for way in ways)  # type: ignore[misc]  # as above


def overflows(series: list[Pair]) -> bool:
    """NaN or an infinity comes out only where an input is large, if not for all such; every other entry is right."""
    small = [pair for pair in series if not _is_large(pair.trial)]
    right = [pair for pair in small if pair.right]
    broken = all(_is_right_beside_breaks(pair) for pair in series if not pair.right)
    return broken and len(right) == len(small) >= ENOUGH_CALLS


def breaks_at_zero(series: list[Pair]) -> bool:
    """NaN or an infinity comes out just where an input holds a 0 or a 1, as log(0) or a division by zero give."""
    sets = ((0.0,), (1.0,), (0.0, 1.0))
    return any(_breaks_just_where(series, lambda trial, of=of: _holds_any(trial, of)) for of in sets)  # type: ignore[misc]  # as above


def _by_a_length(series: list[Pair], factor: Callable[[int], float]) -> bool:
    """`factor` of the length of one axis of one argument; the length has to vary, or it could be any number."""
    for lengths in _lengths([pair.trial for pair in series]):
        factors = dict(zip(map(id, series), map(factor, lengths), strict=True))
        varied = {length for pair, length in zip(series, lengths, strict=True) if not pair.right}
        if len(varied) >= ENOUGH_CALLS and explained(series, lambda pair, by=factors: pair.asked * by[id(pair)]):  # type: ignore[misc]
            return True
    return False


def _lengths(trials: list[Trial]) -> Iterator[list[int]]:
    """The length of each axis of each argument, and the size of each, over all calls."""
    for place in range(min(len(trial.args) for trial in trials)):
        arrays = [trial.argument(place) for trial in trials]
        known = [array for array in arrays if array is not None]
        if len(known) < len(trials):
            continue
        for axis in range(min(array.ndim for array in known)):
            yield [array.shape[axis] for array in known]
        yield [array.size for array in known]


def _by_a_factor(series: list[Pair], factor: float) -> bool:
    return explained(series, lambda pair: pair.asked * factor)


def _ratio(pair: Pair) -> float | None:
    if pair.given.shape != pair.asked.shape or not pair.asked.size:
        return None
    place = int(np.argmax(np.abs(pair.asked)))
    return float(pair.given.ravel()[place] / pair.asked.ravel()[place])


def _finite(series: list[Pair]) -> bool:
    return all(bool(np.all(np.isfinite(pair.given))) for pair in series if not pair.right)


def _breaks_just_where(series: list[Pair], holds: Callable[[Trial], bool]) -> bool:
    """Each wrong answer has a NaN or infinity too many and is right beside it; that is so just where `holds`."""
    return (
        any(pair.right for pair in series)
        and all(pair.right or _is_right_beside_breaks(pair) for pair in series)
        and all(pair.right is not holds(pair.trial) for pair in series)
    )


def _is_right_beside_breaks(pair: Pair) -> bool:
    if pair.given.shape != pair.asked.shape:
        return False
    sound = np.isfinite(pair.given)
    return bool(np.any(~sound & np.isfinite(pair.asked))) and near(pair.given[sound], pair.asked[sound])


def _is_large(trial: Trial) -> bool:
    return any(bool(np.max(np.abs(array), initial=0) > _LARGE) for array in _given_to(trial))


def _holds_any(trial: Trial, numbers: tuple[float, ...]) -> bool:
    return any(bool(np.any(np.isin(array, numbers))) for array in _given_to(trial))


def _given_to(trial: Trial) -> Iterator[Numbers]:
    for place in range(len(trial.args)):
        array = trial.argument(place)
        if array is not None:
            yield array
