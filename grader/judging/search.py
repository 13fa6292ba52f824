"""Hypothesis at work: drawing calls from a strategy, at random to judge by, or as small as they come to show a failure.

It is imported here when something is drawn, and not before: whoever only compares, as a student who practises, may have
no Hypothesis. What an input is stands in `inputs.py`.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from random import Random
from typing import Any, TypeAlias

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import seed as seeded
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider, PrimitiveProvider
from hypothesis.internal.constants_ast import Constants
from hypothesis.strategies import SearchStrategy

from grader.wall.values import Value, form, freeze

Args: TypeAlias = tuple[Value, ...]
Strategy: TypeAlias = SearchStrategy[tuple[Any, ...]]


class _SameEverywhere(HypothesisProvider):
    """A backend as Hypothesis' own, but for one habit: that also draws constants of modules which it takes for local.

    Which those are depends on how the grader is installed and what else is imported; a class must not.
    """

    _local_constants = Constants()


AVAILABLE_PROVIDERS["grader"] = _SameEverywhere

#: how many choices of a small call, in turn, are not the simplest
DEPARTURES = (0, 1, 2, 1, 4, 2, 8, 12)
#: how far a whole number or an index then is from the simplest
STEPS = (1, -1, 1, -1, 2, -2, 3)
FLOATS = (1.0, -1.0, 2.0, 0.5, -2.0)


class _Small(PrimitiveProvider):
    """A backend that makes nearly every choice of a strategy in the simplest way, and a few others close to it.

    Where a strategy refuses what came of that, each further choice is the bolder.
    """

    def __init__(self, _conjecturedata: object, /) -> None:
        super().__init__(None)
        self._random = Random(0)  # noqa: S311  # reproducible on purpose, not a secret
        self._case = 0
        self._made = 0
        self._elsewhere: frozenset[int] = frozenset()
        self._boldness = 0.0

    @contextmanager
    def per_test_case_context_manager(self) -> Iterator[None]:
        places, count = max(self._made, 1), DEPARTURES[self._case % len(DEPARTURES)]
        self._elsewhere = frozenset(self._random.randrange(places) for _ in range(count))
        self._case, self._made, self._boldness = self._case + 1, 0, 0.0
        yield

    def span_end(self, discard: bool, /) -> None:
        self._boldness = min(0.75, self._boldness + 0.25 * discard)

    def _departs(self) -> bool:
        here, self._made = self._made, self._made + 1
        return here in self._elsewhere or self._random.random() < self._boldness

    def draw_boolean(self, p: float = 0.5) -> bool:
        return p >= 1 or (p > 0 and self._departs())

    def draw_integer(
        self,
        min_value: int | None = None,
        max_value: int | None = None,
        *,
        weights: dict[int, float] | None = None,  # noqa: ARG002  # a hint for those who draw at random
        shrink_towards: int = 0,
    ) -> int:
        low = -(10**6) if min_value is None else min_value
        high = 10**6 if max_value is None else max_value
        simplest = min(max(shrink_towards, low), high)
        if not self._departs():
            return simplest
        step = self._random.choice(STEPS)
        return next((n for n in (simplest + step, simplest - step) if low <= n <= high), simplest)

    def draw_float(
        self,
        *,
        min_value: float = -math.inf,
        max_value: float = math.inf,
        allow_nan: bool = True,  # noqa: ARG002  # none is small
        smallest_nonzero_magnitude: float,  # noqa: ARG002  # all of FLOATS are larger
    ) -> float:
        wanted = (self._random.choice(FLOATS), 0.0) if self._departs() else (0.0,)
        inner = max(min_value, -1e6), min(max_value, 1e6)
        return next((x for x in wanted if min_value <= x <= max_value), self._random.choice(inner))

    def draw_string(self, intervals: Any, *, min_size: int = 0, max_size: int = 10**6) -> str:
        return "".join(intervals.char_in_shrink_order(n) for n in self._sizes(min_size, max_size, len(intervals)))

    def draw_bytes(self, min_size: int = 0, max_size: int = 10**6) -> bytes:
        return bytes(self._sizes(min_size, max_size, 256))

    def _sizes(self, least: int, most: int, below: int) -> list[int]:
        """One small number below `below` for each of so many characters."""
        count = min(most, least + self._random.choice(STEPS[::4])) if self._departs() else least
        return [self.draw_integer(0, below - 1) for _ in range(count)]


AVAILABLE_PROVIDERS["grader-small"] = _Small

_QUIET = settings(
    database=None,
    deadline=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    verbosity=Verbosity.quiet,
    print_blob=False,
)


class _EnoughError(Exception):
    """Drawing ends: there are as many calls as were asked for."""


#: how many draws may be spent on each distinct call, in the first round and, where those are not enough, in the second
ROUNDS = (1.25, 8)


def distinct_calls(strategy: Strategy, count: int, seed: int) -> list[Args]:
    """Up to `count` distinct calls, the same for the same seed; fewer only if the strategy hardly gives more."""
    found: dict[Hashable, Args] = {}
    for draws in ROUNDS:
        if len(found) < count:
            _collect(strategy, found, count, draws=int(count * draws), seed=seed)
    return list(found.values())


def small_calls(strategy: Strategy, count: int) -> list[Args]:
    """Up to `count` distinct calls with which the strategy shows how small it can be."""
    found: dict[Hashable, Args] = {}
    _collect(strategy, found, count, draws=2 * count, seed=0, backend="grader-small")
    return list(found.values())


def _collect(
    strategy: Strategy,
    found: dict[Hashable, Args],
    count: int,
    *,
    draws: int,
    seed: int,
    backend: str = "grader",
) -> None:
    """Add to `found`, by their form, until there are `count`: two arrays that print alike may be different."""

    @seeded(seed)
    @settings(_QUIET, max_examples=draws, backend=backend)
    @given(strategy)
    def collect(call: tuple[Any, ...]) -> None:
        if len(found) == count:
            raise _EnoughError
        args = tuple(freeze(arg) for arg in call)
        found.setdefault(form(args), args)

    with suppress(_EnoughError):
        collect()
