"""Inputs that many labs draw. Hypothesis is imported here at once: whoever imports this writes an assignment."""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy as SearchStrategy

from grader.judging.compare import Numbers
from grader.judging.inputs import vectors

#: the arguments of one call, as an author writes them
Arguments: TypeAlias = tuple[Any, ...]
#: what a drawn question is made of: the arguments of one call
Call: TypeAlias = SearchStrategy[Arguments]


def block(*shape: int, most: int = 5, least: int | None = None, integers: bool = False) -> SearchStrategy[Numbers]:
    """Arrays of this shape with entries in [least, most], or [-most, most] without `least`; drawn as by `vectors`."""
    count, low = math.prod(shape), -most if least is None else least
    drawn = vectors(min_size=count, max_size=count, low=low, high=most, integers=integers)
    return drawn.map(lambda items: items.reshape(shape))


def one_of_each(rows: int, columns: int) -> SearchStrategy[Numbers]:
    """Matrices (rows, columns) of the halves from -3 on, no two alike, so that each row has one largest entry."""
    order = st.permutations(range(rows * columns))
    return order.map(lambda drawn: np.array(drawn, dtype=np.float64).reshape(rows, columns) / 2 - 3)


def label_row(m: int) -> SearchStrategy[Numbers]:
    """A row (1, m) of labels 0.0 and 1.0, as networks of column vectors have them."""
    return st.lists(st.sampled_from((0.0, 1.0)), min_size=m, max_size=m).map(lambda y: np.array([y]))


def labels(m: int, classes: int) -> SearchStrategy[Numbers]:
    """Labels (m,) of whole numbers from 0 to classes - 1, dtype int64."""
    return st.lists(st.integers(0, classes - 1), min_size=m, max_size=m).map(lambda y: np.array(y, dtype=np.int64))


def unlike(count: int, low: int = 1, high: int = 6) -> SearchStrategy[list[int]]:
    """`count` different sizes from low to high, so that no exchanged or transposed matrix fits by chance."""
    return st.lists(st.integers(low, high), min_size=count, max_size=count, unique=True)


def unlike_pair(low: int = 2, high: int = 5) -> SearchStrategy[tuple[int, int]]:
    """Numbers of rows and columns from low to high, never the same."""
    size = st.integers(low, high)
    return st.tuples(size, size).filter(lambda shape: shape[0] != shape[1])


def whole(*shape: int, most: int = 4) -> SearchStrategy[Numbers]:
    """Arrays of this shape, float64, of whole numbers in [-most, most], so that sums and products are exact."""
    count = math.prod(shape)
    drawn = st.lists(st.integers(-most, most).map(float), min_size=count, max_size=count)
    return drawn.map(lambda items: np.array(items).reshape(shape))
