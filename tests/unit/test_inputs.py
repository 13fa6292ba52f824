"""Inputs: drawing depends on nothing but strategy, count and seed; shrinking finds the smallest call."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.checks.inputs import Args, calls, examples, vectors
from grader.values import Array, identical

ROOT = Path(__file__).parents[2]
SEEDS = [pytest.param(seed, id=f"seed {seed}") for seed in (0, 1, 2**32 - 1)]


def vector(args: Args) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The one argument of a call, an array."""
    (only,) = args
    assert isinstance(only, Array)
    return only.data


@pytest.mark.parametrize("seed", SEEDS)
def test_drawing_twice_gives_the_same_calls(seed: int) -> None:
    """One class, one set of inputs, on every machine."""
    first, second = calls(vectors()).draw(seed), calls(vectors()).draw(seed)
    assert all(map(identical, first, second))


def test_another_seed_gives_other_calls() -> None:
    """The seed is what makes a regrade with fresh inputs possible."""
    first, second = calls(vectors()).draw(1), calls(vectors()).draw(2)
    assert not all(map(identical, first, second))


@pytest.mark.parametrize("seed", SEEDS)
def test_drawn_calls_are_distinct_and_as_many_as_asked(seed: int) -> None:
    """A check that says "30 vectors" has tried thirty different ones."""
    drawn = calls(vectors(), count=30).draw(seed)
    assert len({(vector(args).shape, vector(args).tobytes()) for args in drawn}) == 30


def test_a_strategy_with_few_calls_yields_all_it_has() -> None:
    """Asked for more than there are, drawing ends instead of repeating itself."""
    drawn = calls(st.booleans(), count=20).draw(0)
    assert sorted(drawn) == [(False,), (True,)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("strategy", "dtype"),
    [
        pytest.param(vectors(min_size=2, max_size=4, low=-3, high=7), np.float64, id="real"),
        pytest.param(vectors(min_size=2, max_size=4, low=-3, high=7, integers=True), np.int64, id="whole"),
    ],
)
def test_vectors_keep_their_bounds(strategy: SearchStrategy[object], dtype: type, seed: int) -> None:
    """Length, range and dtype are as declared."""
    for args in calls(strategy).draw(seed):
        z = vector(args)
        assert z.dtype == dtype
        assert 2 <= z.size <= 4
        assert z.min() >= -3
        assert z.max() <= 7


def test_drawn_floats_print_short() -> None:
    """Multiples of 1/8 are exact in binary and short in decimal."""
    assert all(np.all(vector(args) * 8 % 1 == 0) for args in calls(vectors()).draw(0))


@pytest.mark.parametrize(
    ("is_broken", "smallest"),
    [
        pytest.param(lambda _: True, [0.0], id="always"),
        pytest.param(lambda args: vector(args).size >= 3, [0.0, 0.0, 0.0], id="three entries"),
        pytest.param(lambda args: bool((vector(args) < 0).any()), [-1.0], id="a negative entry"),
        pytest.param(lambda args: vector(args).sum() > 5, [1.0, 5.0], id="a sum above five"),
    ],
)
def test_the_smallest_broken_call_is_found(is_broken: Callable[[Args], bool], smallest: list[float]) -> None:
    """Few entries, small ones, whole ones: what a student can work out on paper."""
    found = calls(vectors()).smallest(is_broken, 0)
    assert found is not None
    assert sorted(vector(found)) == smallest


def test_nothing_is_found_where_nothing_is_broken() -> None:
    """No evidence, no counterexample."""
    assert calls(vectors()).smallest(lambda _: False, 0) is None


def test_an_answer_that_changes_its_mind_gives_no_counterexample_and_no_error() -> None:
    """A flaky function must not bring the judge down."""
    turns = iter(range(10**6))
    assert calls(vectors()).smallest(lambda _: next(turns) == 3, 0) is None


def test_examples_are_given_in_order_and_not_shrunk() -> None:
    """The author put the simplest first."""
    fixed = examples((np.array([1.0]),), (2, "x"))
    assert identical(fixed.draw(5)[1], (2, "x"))
    assert fixed.smallest(lambda _: True, 5) is None


DRAW = """\
import importlib, sys
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    importlib.import_module(name)
from hypothesis import strategies as st
from grader.checks.inputs import calls, vectors
wide = calls(vectors(min_size=20, max_size=20, low=-50, high=50), st.integers(-(10**6), 10**6), count=40)
print([[arg.data.tolist() if hasattr(arg, "data") else arg for arg in call] for call in wide.draw(7)])
"""


def test_draws_do_not_depend_on_which_modules_are_imported(tmp_path: Path) -> None:
    """Hypothesis reads constants off local modules; a class is graded alike however the grader is installed."""
    (tmp_path / "full_of_numbers.py").write_text(f"NUMBERS = {[*range(2_000, 3_000)]}\n", encoding="utf-8")
    command = [sys.executable, "-c", DRAW, str(tmp_path)]
    alone, together = (
        subprocess.run([*command, *names], capture_output=True, text=True, check=True, cwd=ROOT).stdout
        for names in ([], ["full_of_numbers"])
    )
    assert alone == together


@pytest.mark.parametrize(
    ("make", "given", "says"),
    [
        (examples, [(1.0,), np.array([[7.0]])], r"call 2 is of type ndarray, .* write \(x,\)"),
        (examples, [[1.0]], "call 1 is of type list"),
        (calls, [vectors(), vectors], "argument 2 is of type function, .* Hypothesis strategy"),
        (calls, [3], r"argument 1 is of type int, .* st\.just"),
    ],
    ids=["an array", "a list", "not called", "a value"],
)
def test_inputs_that_are_none_are_refused_where_they_are_declared(
    make: Callable[..., object], given: list[object], says: str
) -> None:
    """An array given in place of a call would be taken apart into rows, and nobody would know."""
    with pytest.raises(TypeError, match=says):
        make(*given)
