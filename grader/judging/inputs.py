"""Inputs of function checks: fixed examples, or drawn by Hypothesis from a declared strategy. Trusted side only.

Drawing is a pure function of strategy, count and seed, so one class gets one set of inputs; so it is with the small
inputs, one of which is shown where an answer is wrong. How both are drawn stands in `search.py`; Hypothesis is imported
when it is used.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from grader.errors import CourseError
from grader.judging.calls import Calls
from grader.judging.question import Args
from grader.wall.values import Array, Formula, Record, Steps, Table, Value, freeze

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

BYTE = 256
#: how many small calls a strategy is asked for
SMALL = 24


@dataclass(frozen=True, slots=True, eq=False)
class Examples(Calls):
    """The arguments of fixed calls, simplest first: the first that goes wrong is the one shown."""

    written: ClassVar[bool] = True

    calls: tuple[tuple[Any, ...], ...]

    def draw(self, seed: int) -> list[Args]:
        """The calls as values; fixed examples do not depend on `seed`."""
        del seed
        return [tuple(freeze(arg) for arg in call) for call in self.calls]

    def small(self) -> list[Args]:
        """None: fixed examples are shown as they were written."""
        return []


@dataclass(frozen=True, slots=True, eq=False)
class Drawn(Calls):
    """`count` distinct calls drawn from `strategy`, which yields tuples of arguments.

    With a `seed` of its own, that goes before the one of the class, and nobody will be shown a call.
    """

    drawn: ClassVar[bool] = True

    strategy: Any  # a SearchStrategy of tuples; naming it here would import Hypothesis
    count: int = 20
    seed: int | None = None

    def draw(self, seed: int) -> list[Args]:
        """Up to `count` distinct calls, the same for the same seed; its own goes before that of the class."""
        from grader.judging.search import distinct_calls

        return distinct_calls(self.strategy, self.count, seed if self.seed is None else self.seed)

    def count_them(self, calls: Sequence[Args], where: str) -> None:
        if len(calls) < self.count:
            raise CourseError(
                f"{where}: it asks for {self.count} different calls, and its strategy gives {len(calls)}. Ask for "
                "fewer with `count` in assignment.py, or let the strategy give more."
            )

    def small(self) -> list[Args]:
        """A few of the smallest calls that the strategy can give, the smallest first: one of them will be shown."""
        if self.seed is not None:
            return []
        from grader.judging.search import small_calls

        return sorted(small_calls(self.strategy, SMALL), key=size_of)


def examples(*calls: tuple[Any, ...]) -> Examples:
    """Fixed calls, each a tuple of arguments: `examples((np.array([1.0, 2.0]),))`. TypeError for another thing."""
    for number, call in enumerate(calls, start=1):
        if not isinstance(call, tuple):
            raise TypeError(
                f"examples: call {number} is of type {type(call).__name__}, and has to be a tuple of the arguments. "
                "Where there is one argument, write (x,)."
            )
    return Examples(calls)


def vectors(
    *, min_size: int = 1, max_size: int = 6, low: int = -5, high: int = 5, integers: bool = False
) -> SearchStrategy[npt.NDArray[Any]]:
    """One-dimensional arrays (n,), min_size <= n <= max_size, of entries in [low, high].

    dtype float64, or int64 with `integers`. Floats are multiples of 1/8, so that every entry prints short; half of them
    are whole, and those of a small call nearly always.
    """
    return _vectors(min_size, max_size, low, high, integers)


@functools.cache  # where sizes are drawn, this is asked for at every draw, and Hypothesis examines each strategy anew
def _vectors(min_size: int, max_size: int, low: int, high: int, integers: bool) -> SearchStrategy[npt.NDArray[Any]]:
    """A byte for each entry: choosing one by one, as `lists` does, takes Hypothesis several times as long."""
    from hypothesis import strategies as st

    if 8 * (high - low) >= BYTE // 2:
        return _wide_vectors(min_size, max_size, low, high, integers)
    whole = sorted(range(low, high + 1), key=lambda n: (abs(n), n < 0))
    eighths = sorted((n / 8 for n in range(8 * low, 8 * high + 1)), key=lambda x: (abs(x), x < 0))
    half = [whole[n % len(whole)] for n in range(BYTE // 2)]
    other = half if integers else [eighths[n % len(eighths)] for n in range(BYTE // 2)]
    entries = np.array(half + other, dtype=np.int64 if integers else np.float64)
    return st.binary(min_size=min_size, max_size=max_size).map(lambda drawn: entries[list(drawn)])


def _wide_vectors(
    min_size: int, max_size: int, low: int, high: int, integers: bool
) -> SearchStrategy[npt.NDArray[Any]]:
    from hypothesis import strategies as st

    whole = st.integers(low, high)
    if integers:
        return st.lists(whole, min_size=min_size, max_size=max_size).map(lambda items: np.array(items, dtype=np.int64))
    eighths = st.integers(8 * low, 8 * high).map(lambda n: n / 8)
    entries = st.one_of(whole.map(float), eighths)
    return st.lists(entries, min_size=min_size, max_size=max_size).map(lambda items: np.array(items, dtype=np.float64))


def calls(*strategies: SearchStrategy[Any], count: int = 20) -> Drawn:
    """Drawn calls whose arguments come from `strategies`, one each: `calls(vectors())`.

    Raises TypeError for another thing. Where arguments depend on one another, use `Drawn` of a strategy of tuples.
    """
    from hypothesis import strategies as st

    for number, strategy in enumerate(strategies, start=1):
        if not isinstance(strategy, st.SearchStrategy):
            raise TypeError(
                f"calls: argument {number} is of type {type(strategy).__name__}, and has to be a Hypothesis strategy. "
                "For a fixed value write st.just(value)."
            )
    return Drawn(st.tuples(*strategies), count)


def size_of(value: Value) -> float:
    """How much there is to read and to reckon: few entries, whole ones, close to zero."""
    match value:
        case Array(data=data) if data.dtype.kind in "mM":
            return 1.0 + data.size
        case Array(data=data):
            return 1 + sum(map(size_of, data.ravel().tolist()))
        case list() | tuple() | frozenset():
            return 1 + sum(map(size_of, value))
        case dict():
            return 1 + sum(map(size_of, value.values()))
        case bool() | None:
            return 1
        case int() | float():
            return _size_of_number(value)
        case complex():
            return _size_of_number(value.real) + _size_of_number(value.imag)
        case str() | bytes():
            return 1 + len(value)
        case Table():
            return 1 + sum(size_of(entry) for column in value.everything for entry in column.entries)
        case Record(fields=held):
            return size_of(held)
        case Formula(source=source):
            return 1 + len(source)
        case Steps(steps=steps):
            return 1 + len(steps) + sum(size_of(each) for step in steps for each in step.values)
        case _:
            return 1 + len(str(value))


def _size_of_number(number: float) -> float:
    if not math.isfinite(number):
        return 2_000  # more than the largest float
    return 1 + math.log2(1 + abs(number)) + 0.1 * (number < 0) + 2 * (number != int(number))
