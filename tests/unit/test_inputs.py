"""Inputs: drawing depends on nothing but strategy, count and seed; among small calls is one to show."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.judging.inputs import calls, examples, size_of, vectors
from grader.judging.question import Args
from grader.wall.values import Array, form, freeze, identical

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


def test_calls_that_print_alike_are_different_calls() -> None:
    """NumPy shortens what it prints of more than a thousand entries; that says nothing about the entries."""
    long = st.integers(0, 255).map(lambda n: np.concatenate([np.zeros(1_000), [n], np.zeros(1_000)]))
    assert len(calls(long, count=20).draw(0)) == 20


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
        pytest.param(lambda z: z.size >= 3, [0.0, 0.0, 0.0], id="three entries"),
        pytest.param(lambda z: (z < 0).any(), [-1.0], id="a negative entry"),
        pytest.param(lambda z: z.size > 1 and z[0] > z[-1], [1.0, 0.0], id="an order"),
    ],
)
def test_among_small_calls_is_what_shows_a_mistake(is_broken: Callable[[Any], bool], smallest: list[float]) -> None:
    """The first of them that goes wrong has few entries, small ones, whole ones: it can be worked out on paper."""
    found = next(z for z in map(vector, calls(vectors()).small()) if is_broken(z))
    assert found.tolist() == smallest


DEPENDENT = st.integers(2, 4).flatmap(lambda n: vectors(min_size=n * n, max_size=n * n).map(lambda z: z.reshape(n, n)))
EVERY_CHOICE = {
    "sizes that depend": DEPENDENT,
    "mostly refused": DEPENDENT.filter(lambda z: bool((z != 0).all(axis=0).any())),
    "all different": st.lists(st.integers(1, 6), min_size=3, max_size=3, unique=True),
    "floats": st.floats(0.5, 4) | st.floats(-3, -2) | st.floats(),
    "bytes": st.binary(min_size=4, max_size=6),
    "text": st.text("abc", max_size=4),
    "orders": st.permutations(range(4)),
    "names": st.fixed_dictionaries({"W": vectors(), "b": st.sampled_from([0.5, 1.0])}),
    "truths": st.lists(st.booleans(), min_size=1),
    "no bounds": st.integers(),
}


@pytest.mark.parametrize("strategy", EVERY_CHOICE.values(), ids=EVERY_CHOICE)
def test_every_kind_of_strategy_has_small_calls(strategy: SearchStrategy[object]) -> None:
    """Whatever a strategy chooses by: they are some, distinct, the same every time, and in order of their size."""
    drawn = calls(strategy.map(lambda x: x.hex() if isinstance(x, bytes) else x))
    first, second = drawn.small(), drawn.small()
    assert len({form(args) for args in first}) == len(first) >= 5
    assert all(map(identical, first, second))
    assert [size_of(args) for args in first] == sorted(map(size_of, first))


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        ([0.0, 1.0], [0.0, 1.0, 0.0]),
        ([1.0, 2.0], [1.0, 3.0]),
        ([0.0, 0.0, 3.0], [0.125, 0.5]),
        ([1], [-1]),
        ({"a": 1}, {"a": 1, "b": 1}),
        ("a", "ab"),
        (1.0, complex(1, 1)),
        (1e300, float("inf")),
        (None, [True]),
    ],
    ids=str,
)
def test_small_is_what_is_easy_to_reckon_with(smaller: object, larger: object) -> None:
    """Fewer entries, whole ones before fractions, close to zero."""
    assert size_of(freeze(smaller)) < size_of(freeze(larger))


def test_examples_are_given_in_order_and_have_no_smaller_ones() -> None:
    """The author put the simplest first."""
    fixed = examples((np.array([1.0]),), (2, "x"))
    assert identical(fixed.draw(5)[1], (2, "x"))
    assert fixed.small() == []


DRAW = """\
import importlib, sys
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    importlib.import_module(name)
from hypothesis import strategies as st
from grader.judging.inputs import calls, vectors
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
