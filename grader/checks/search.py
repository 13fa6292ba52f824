"""Hypothesis at work: drawing calls from a strategy, and searching for the smallest on which an answer is wrong.

It is imported here when something is drawn, and not before: whoever only compares, as a student who practises, may have
no Hypothesis. What an input is stands in `inputs.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, TypeAlias

from hypothesis import HealthCheck, Phase, Verbosity, find, given, settings
from hypothesis import seed as seeded
from hypothesis.errors import HypothesisException, NoSuchExample
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider
from hypothesis.internal.constants_ast import Constants
from hypothesis.strategies import SearchStrategy

from grader.values import Value, freeze

Args: TypeAlias = tuple[Value, ...]
Strategy: TypeAlias = SearchStrategy[tuple[Any, ...]]


class _SameEverywhere(HypothesisProvider):
    """Hypothesis as it is, but for one habit: it also draws constants that it reads off the modules it takes for local.

    Which those are depends on how the grader is installed and what else is imported; a class must not.
    """

    _local_constants = Constants()


AVAILABLE_PROVIDERS["hypothesis"] = _SameEverywhere

_QUIET = settings(
    database=None, deadline=None, suppress_health_check=list(HealthCheck), verbosity=Verbosity.quiet, print_blob=False
)


def distinct_calls(strategy: Strategy, count: int, seed: int) -> list[Args]:
    """Up to `count` distinct calls, the same for the same seed."""
    found: list[Args] = []
    seen: set[str] = set()

    @seeded(seed)
    @settings(_QUIET, max_examples=count + count // 4, phases=[Phase.generate])
    @given(strategy)
    def collect(call: tuple[Any, ...]) -> None:
        form = repr(call)
        if len(found) < count and form not in seen:
            seen.add(form)
            found.append(tuple(freeze(arg) for arg in call))

    collect()
    return found


def smallest_call(strategy: Strategy, is_broken: Callable[[Args], bool], seed: int) -> Args | None:
    """The smallest call Hypothesis finds for which `is_broken` holds; None if it finds none."""
    try:
        call = find(
            strategy,
            lambda drawn: is_broken(tuple(freeze(arg) for arg in drawn)),
            settings=settings(_QUIET, max_examples=200, phases=[Phase.generate, Phase.shrink]),
            random=Random(seed),  # noqa: S311  # reproducible on purpose, not a secret
        )
    except (NoSuchExample, HypothesisException):
        return None
    return tuple(freeze(arg) for arg in call)
