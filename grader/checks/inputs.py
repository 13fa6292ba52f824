"""Inputs of function checks: fixed examples, or drawn by Hypothesis from a declared strategy. Trusted side only.

Drawing is a pure function of strategy, count and seed, so one class gets one set of inputs. Hypothesis is imported
here and nowhere else in the grader; it also finds the smallest input on which an answer is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from hypothesis import HealthCheck, Phase, Verbosity, find, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException, NoSuchExample
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider
from hypothesis.internal.constants_ast import Constants
from hypothesis.strategies import SearchStrategy

from grader.values import Value, freeze

Args: TypeAlias = tuple[Value, ...]


class _SameEverywhere(HypothesisProvider):
    """Hypothesis as it is, but for one habit: it also draws constants that it reads off the modules it takes for local.

    Which those are depends on how the grader is installed and what else is imported; a class must not.
    """

    _local_constants = Constants()


AVAILABLE_PROVIDERS["hypothesis"] = _SameEverywhere


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

    strategy: SearchStrategy[tuple[Any, ...]]
    count: int = 20

    def draw(self, seed: int) -> list[Args]:
        """Up to `count` distinct calls, the same for the same seed."""
        found: list[Args] = []
        seen: set[str] = set()

        @seeded(seed)
        @settings(_QUIET, max_examples=self.count + self.count // 4, phases=[Phase.generate])
        @given(self.strategy)
        def collect(call: tuple[Any, ...]) -> None:
            form = repr(call)
            if len(found) < self.count and form not in seen:
                seen.add(form)
                found.append(tuple(freeze(arg) for arg in call))

        collect()
        return found

    def smallest(self, is_broken: Callable[[Args], bool], seed: int) -> Args | None:
        """The smallest call Hypothesis finds for which `is_broken` holds; None if it finds none."""
        try:
            call = find(
                self.strategy,
                lambda drawn: is_broken(tuple(freeze(arg) for arg in drawn)),
                settings=settings(_QUIET, max_examples=200, phases=[Phase.generate, Phase.shrink]),
                random=Random(seed),  # noqa: S311  # reproducible on purpose, not a secret
            )
        except (NoSuchExample, HypothesisException):
            return None
        return tuple(freeze(arg) for arg in call)


Inputs: TypeAlias = Examples | Drawn

_QUIET = settings(
    database=None, deadline=None, suppress_health_check=list(HealthCheck), verbosity=Verbosity.quiet, print_blob=False
)


def examples(*calls: tuple[Any, ...]) -> Examples:
    """Fixed calls, each a tuple of arguments: `examples((np.array([1.0, 2.0]),))`."""
    return Examples(calls)


def vectors(
    *, min_size: int = 1, max_size: int = 6, low: int = -5, high: int = 5, integers: bool = False
) -> SearchStrategy[npt.NDArray[Any]]:
    """One-dimensional arrays (n,), min_size <= n <= max_size, of entries in [low, high].

    They shrink to few small integers. dtype float64, or int64 with `integers`. Floats are multiples of 1/8, so that
    every entry prints short.
    """
    whole = st.integers(low, high)
    if integers:
        return st.lists(whole, min_size=min_size, max_size=max_size).map(lambda items: np.array(items, dtype=np.int64))
    eighths = st.integers(8 * low, 8 * high).map(lambda n: n / 8)
    entries = st.one_of(whole.map(float), eighths)
    return st.lists(entries, min_size=min_size, max_size=max_size).map(lambda items: np.array(items, dtype=np.float64))


def calls(*strategies: SearchStrategy[Any], count: int = 20) -> Drawn:
    """Drawn calls whose arguments come from `strategies`, one each: `calls(vectors())`."""
    return Drawn(st.tuples(*strategies), count)
