"""Inputs of function checks: fixed examples, or drawn by Hypothesis from a declared strategy. Trusted side only.

Drawing is a pure function of strategy, count and seed, so one class gets one set of inputs. How it is drawn, and how
the smallest input is found on which an answer is wrong, stands in `search.py`; Hypothesis is imported when it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.values import Value, freeze

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Args: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """The arguments of fixed calls, simplest first: the first that goes wrong is the one shown."""

    calls: tuple[tuple[Any, ...], ...]

    def draw(self, seed: int) -> list[Args]:
        """The calls as values; fixed examples do not depend on `seed`."""
        del seed
        return [tuple(freeze(arg) for arg in call) for call in self.calls]

    def smallest(self, is_broken: Callable[[Args], bool], seed: int) -> Args | None:
        """Fixed examples are not shrunk."""
        del is_broken, seed
        return None


@dataclass(frozen=True, slots=True)
class Drawn:
    """`count` distinct calls drawn from `strategy`, which yields tuples of arguments and shrinks to simple ones."""

    strategy: Any  # a SearchStrategy of tuples; naming it here would import Hypothesis
    count: int = 20

    def draw(self, seed: int) -> list[Args]:
        """Up to `count` distinct calls, the same for the same seed."""
        from grader.checks.search import distinct_calls

        return distinct_calls(self.strategy, self.count, seed)

    def smallest(self, is_broken: Callable[[Args], bool], seed: int) -> Args | None:
        """The smallest call Hypothesis finds for which `is_broken` holds; None if it finds none."""
        from grader.checks.search import smallest_call

        return smallest_call(self.strategy, is_broken, seed)


Inputs: TypeAlias = Examples | Drawn


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

    They shrink to few small integers. dtype float64, or int64 with `integers`. Floats are multiples of 1/8, so that
    every entry prints short.
    """
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
