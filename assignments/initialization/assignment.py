"""The initialization lab: where weights start, and why not at zero.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/initialization/`.
Random weights are judged by their statistics over big matrices, so any generator will do.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

Variance = Callable[[int, int], float]

# How far a statistic of right weights may be from what is expected, in its standard errors. One student in a million
# would be out of luck, and the nearest mistake, another variance, is more than fifty of them away.
ERRORS = 5

#: numbers of inputs, outputs, and a seed: 60,000 weights and more, never as many inputs as outputs
BIG = examples((400, 150, 1), (200, 300, 2), (150, 500, 3))

SMALL = calls(st.integers(1, 5), st.integers(1, 5), st.integers(0, 99), count=15)


def small_counts() -> SearchStrategy[Numbers]:
    """Matrices of few rows and columns, and of so few numbers that columns often repeat."""

    def drawn(shape: tuple[int, int]) -> SearchStrategy[Numbers]:
        entries = st.lists(st.integers(0, 2).map(float), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
        return entries.map(lambda items: np.array(items).reshape(shape))

    return st.tuples(st.integers(1, 3), st.integers(1, 6)).flatmap(drawn)


def has_shape(W: Numbers, n_in: int, n_out: int, *_: Any) -> bool:
    """A row for each input, a column for each neuron."""
    return W.shape == (n_in, n_out)


def drawn_one_by_one(W: Numbers, *_: Any) -> bool:
    """Hardly a number twice; in single precision a few in a thousand may meet by chance."""
    return len(np.unique(W)) > 0.99 * W.size


def centred(W: Numbers, *_: Any) -> bool:
    """The mean is 0, up to the standard error of a mean: standard deviation over root of the count."""
    return bool(abs(W.mean()) <= ERRORS * W.std() / np.sqrt(W.size))


def normal(W: Numbers, *_: Any) -> bool:
    """As many within one standard deviation as a normal distribution has, 68.27 %, up to the error of a share."""
    share, expected = np.mean(np.abs(W - W.mean()) < W.std()), 0.6827
    return bool(abs(share - expected) <= ERRORS * np.sqrt(expected * (1 - expected) / W.size))


def even(W: Numbers, *_: Any) -> bool:
    """Half of them in the inner half of the range, and half on each side of its middle, up to the error of a share."""
    middle, reach = (W.max() + W.min()) / 2, (W.max() - W.min()) / 2
    shares = np.mean(np.abs(W - middle) < reach / 2), np.mean(middle < W)
    return all(abs(share - 0.5) <= ERRORS * np.sqrt(0.25 / W.size) for share in shares)


def has_variance(variance: Variance) -> Callable[..., bool]:
    """The mean of the squares is this variance, up to its standard error for normal numbers: variance root(2 / count).

    Of squares, so that a wrong mean does not hide behind a right spread.
    """

    def claim(W: Numbers, n_in: int, n_out: int, *_: Any) -> bool:
        expected = variance(n_in, n_out)
        return bool(abs(np.mean(W**2) - expected) <= ERRORS * expected * np.sqrt(2 / W.size))

    return claim


def fills_range(W: Numbers, n_in: int, n_out: int, *_: Any) -> bool:
    """All within the range, which ends at root(6 / (n_in + n_out)), and some in its outermost hundredth, both sides.

    Of 60,000 weights some 300 should be there; the range itself is kept up to single precision.
    """
    r = np.sqrt(6 / (n_in + n_out))
    return bool(np.abs(W).max() <= r * (1 + 1e-6) and W.max() > 0.99 * r and W.min() < -0.99 * r)


SHAPE = check("shape", "The shape", 2, SMALL, Holds(has_shape)).says(
    "A row for each input and a column for each neuron.",
    "The answer does not have the shape (n_in, n_out).",
    "Rows belong to inputs, columns to neurons. An array of that shape is asked, even with a single entry.",
)

RANDOM = check("random", "Every weight is drawn by itself", 3, BIG, Holds(drawn_one_by_one), needs="shape").says(
    "No two weights are alike, so no two neurons are.",
    "In a big matrix the same numbers come again and again.",
    "How many random numbers are drawn? Every weight needs one of its own.",
)

CENTRED = check("centred", "The mean is 0", 3, BIG, Holds(centred), needs="random").says(
    "Positive and negative weights are in balance.",
    "The mean of a big matrix is farther from 0 than chance allows.",
    "Which function of NumPy draws around 0, and which between 0 and 1?",
)

NORMAL = check("normal", "A normal distribution", 2, BIG, Holds(normal), needs="random").says(
    "The weights are spread as a bell curve.",
    "The weights of a big matrix are not spread as a bell curve.",
    "A histogram of your weights should look like a bell. Which distribution did you draw from?",
)

REPEATS = check("repeats", "The same seed, the same weights", 2, SMALL, Repeats(), needs="random").says(
    "The same seed gives the same weights again.",
    "Called twice with the same seed, the function gives different weights.",
    "The argument `seed` should decide everything. Is the generator made from it, inside the function?",
)


def spread(points: int, variance: Variance, hint: str) -> Draft:
    """The check of the variance of big matrices."""
    return check("variance", "The variance", points, BIG, Holds(has_variance(variance)), needs="random").says(
        "The variance of big matrices is right.", "The variance of a big matrix is not the one of the formula.", hint
    )


def normal_weights(name: str, title: str, points: int, variance: Variance, hint: str) -> Exercise:
    """An exercise that asks for normal weights of this variance, worth `points` beside the 12 of the form."""
    return function(name, title).checks(SHAPE, RANDOM, spread(points, variance, hint), CENTRED, NORMAL, REPEATS)


ASSIGNMENT = lab(
    "initialization",
    "Initialization: where weights start",
    function("initialize_zeros", "Zeros").checks(
        check("example", "Two layers", 3, examples((3, 2), (1, 4))).says(
            "Right for two layers.",
            "For one of two layers the answer is not right.",
            "A row for each input, a column for each neuron, and zero everywhere.",
        ),
        check("drawn", "Layers of any size", 3, calls(st.integers(1, 6), st.integers(1, 6), count=12)).says(
            "Right for all layers that were tried.",
            "There is a layer for which the answer is not right.",
            "Which of the two numbers is that of the rows?",
        ),
    ),
    function("distinct_neurons", "How many different neurons?").checks(
        check("example", "Four small layers", 6)
        .examples(
            (np.array([[1.0, 2.0, 1.0], [0.0, 3.0, 0.0]]),),
            (np.zeros((2, 5)),),
            (np.array([[1.0, 2.0], [2.0, 1.0], [0.5, 0.5]]),),
            (np.array([[4.0]]),),
        )
        .says(
            "Right for four small layers.",
            "For one of four small layers the answer is not right.",
            "A neuron is a column. Two are alike if all of their weights are.",
        ),
        check("drawn", "Layers of any size", 10, Drawn(st.tuples(small_counts()), 40)).says(
            "Right for all layers that were tried.",
            "There is a layer for which the answer is not right.",
            "Write the columns of this small layer beside each other and cross out the repeated ones.",
        ),
    ),
    normal_weights(
        "xavier",
        "Xavier, first variant",
        8,
        lambda n_in, n_out: 1 / (n_in + n_out),
        "The variance is 1 / (n_in + n_out). Which number goes with a distribution: its variance, or the root of it?",
    ),
    normal_weights(
        "glorot_normal",
        "Xavier, as Glorot has it",
        6,
        lambda n_in, n_out: 2 / (n_in + n_out),
        "Inputs and outputs count alike here. What changed against the first variant?",
    ),
    function("glorot_uniform", "Xavier, uniform").checks(
        SHAPE,
        RANDOM,
        check("range", "From -r to r", 9, BIG, Holds(fills_range), needs="random").says(
            "The weights fill the range from -r to r, and none is outside.",
            "The weights of a big matrix do not reach from -r to r.",
            "Print the smallest and the largest of your weights beside the r of the formula.",
        ),
        check("even", "An even distribution", 4, BIG, Holds(even), needs="random").says(
            "Every part of the range is hit equally often.",
            "The weights of a big matrix are not spread evenly over their range.",
            "A histogram of your weights should be flat. Which distribution did you draw from?",
        ),
        REPEATS,
    ),
    normal_weights(
        "he_normal",
        "He",
        8,
        lambda n_in, _: 2 / n_in,
        "Only one of the two numbers counts here: how many terms does each neuron add up?",
    ),
    seed=46,
)
