"""The losses lab: seven ways to measure how wrong a prediction is, and two gradients.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/losses/`.
"""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.lab import *


def number() -> SearchStrategy[float]:
    """A single number in [-3, 3], in eighths."""
    return st.one_of(st.integers(-3, 3).map(float), st.integers(-24, 24).map(lambda n: n / 8))


def binary_labels(n: int) -> SearchStrategy[Numbers]:
    """Vectors (n,) of zeros and ones, dtype int64."""
    return st.lists(st.integers(0, 1), min_size=n, max_size=n).map(np.array)


def chances(n: int) -> SearchStrategy[Numbers]:
    """Vectors (n,) of probabilities from 1/16 to 15/16: an example's own chance, none of them sure."""
    return st.lists(st.integers(1, 15).map(lambda n: n / 16), min_size=n, max_size=n).map(np.array)


def distribution(k: int, least: int = 1) -> SearchStrategy[Numbers]:
    """Probabilities (k,) that sum to 1; with least=0 some may be 0."""
    weights = st.lists(st.integers(least, 9), min_size=k, max_size=k).filter(lambda parts: sum(parts) > 0)
    return weights.map(lambda parts: np.array(parts) / sum(parts))


def distributions(n: int, k: int) -> SearchStrategy[Numbers]:
    """Probabilities (n, k), every row sums to 1."""
    return st.lists(distribution(k), min_size=n, max_size=n).map(np.array)


def class_numbers(n: int, k: int) -> SearchStrategy[Numbers]:
    """Class numbers (n,) from 0 to k - 1."""
    return st.lists(st.integers(0, k - 1), min_size=n, max_size=n).map(np.array)


def one_hot(n: int, k: int) -> SearchStrategy[Numbers]:
    """Rows (n, k) with a single 1 each."""
    return class_numbers(n, k).map(lambda y: np.eye(k)[y])


def _line(n: int) -> Call:
    return st.tuples(block(n, most=4), block(n, most=4), number(), number())


def _logistic(sizes: tuple[int, int]) -> Call:
    n, d = sizes
    rows = st.lists(block(d, most=4), min_size=n, max_size=n).map(np.array)
    return st.tuples(rows, binary_labels(n), block(d, most=4), number())


def _signs_and_scores(n: int) -> Call:
    return st.tuples(binary_labels(n).map(lambda y: 2 * y - 1), block(n, most=4))


def _one_class(n: int) -> Call:
    return st.tuples(st.sampled_from((0, 1)).map(lambda label: np.full(n, label)), chances(n))


def _with_zero(k: int) -> Call:
    """p with at least one entry of 0, in any place; q has none."""
    p = st.tuples(distribution(k - 1), st.integers(0, k - 1)).map(lambda parts: np.insert(parts[0], parts[1], 0.0))
    return st.tuples(p, distribution(k))


sizes = st.integers(1, 6)
tables = st.tuples(st.integers(1, 4), st.integers(2, 4))

# A loss is one number, however it is wrapped: np.squeeze and np.mean leave different kinds of it.
ONE_NUMBER = Agrees(scalar=True)

# Who adds a tiny epsilon inside a logarithm, against log 0, is right. With the usual 1e-7 and probabilities down to
# 1/28 that moves the loss by less than 5e-6.
LOGARITHM = Agrees(tolerance=Tolerance(absolute=5e-6), scalar=True)

# Errors of both signs nearly cancel in these sums. What is left of numbers near 1 is known to about 1e-6 in single
# precision, however small it is.
GRADIENT = Agrees(tolerance=Tolerance(absolute=2e-6), scalar=True, parts=("dw", "db"))


def example(points: int, *given: tuple[Any, ...], hint: str, rule: Agrees) -> Draft:
    """The first check of every exercise: small cases that can be worked out by hand."""
    return check("example", "Small examples", points, examples(*given), rule).says(
        "Right for the small examples.", "One of the small examples does not come out right.", hint
    )


def drawn(points: int, strategy: Call, *, hint: str, rule: Agrees, count: int = 25) -> Draft:
    """The second check of every exercise: data of all sizes."""
    return check("drawn", "Data of any size", points, Drawn(strategy, count), rule).says(
        "Right for all data that were tried, from a single example on.",
        "There are data for which the answer is not right.",
        hint,
    )


ASSIGNMENT = lab(
    "losses",
    "Losses: how wrong is a prediction?",
    function("mse", "Mean squared error").checks(
        example(
            4,
            (np.array([1.0, 2.0]), np.array([1.0, 5.0])),
            (np.array([3.0]), np.array([1.0])),
            (np.array([0.5, -1.0, 2.0, 0.0]), np.array([1.0, 1.0, 1.0, 1.0])),
            hint="Write down the errors, square each of them, and take the mean of the squares.",
            rule=ONE_NUMBER,
        ),
        drawn(
            6,
            sizes.flatmap(lambda n: st.tuples(block(n, most=4), block(n, most=4))),
            hint="Work this small case out by hand: what are the errors, and how many are there?",
            rule=ONE_NUMBER,
        ),
    ),
    function("linear_cost", "Cost of a line").checks(
        example(
            4,
            (np.array([1.0, 2.0]), np.array([3.0, 5.0]), 2.0, 0.0),
            (np.array([1.0, -2.0, 3.0]), np.array([0.0, 1.0, 2.0]), -1.0, 0.5),
            (np.array([2.0]), np.array([1.0]), 1.5, 2.0),
            hint="First the line's prediction for each x, then the squared errors, then the factor in front.",
            rule=ONE_NUMBER,
        ),
        drawn(
            6,
            sizes.flatmap(_line),
            hint="Work this small case out by hand, and look closely at what you divide by.",
            rule=ONE_NUMBER,
        ),
    ),
    function("binary_cross_entropy", "Binary cross-entropy").checks(
        example(
            5,
            (np.array([1, 0]), np.array([0.5, 0.25])),
            (np.array([1]), np.array([0.125])),
            (np.array([0, 1, 1]), np.array([0.75, 0.9, 0.5])),
            hint="For each example only one of the two logarithms counts. The label decides which one.",
            rule=LOGARITHM,
        ),
        drawn(
            6,
            sizes.flatmap(lambda n: st.tuples(binary_labels(n), chances(n))),
            hint="Work out the loss of each example of this small case, then their mean.",
            rule=LOGARITHM,
        ),
        check("one_class", "Only one kind of label", 3, needs="example")
        .asks(Drawn(sizes.flatmap(_one_class), 12), LOGARITHM)
        .says(
            "Right when all labels are 1, and when all are 0.",
            "When all labels are the same the answer is not right.",
            "Without any example of the other label, its logarithm drops out.",
        ),
    ),
    function("categorical_cross_entropy", "Categorical cross-entropy").checks(
        example(
            5,
            (np.array([[0.0, 1.0, 0.0]]), np.array([[0.25, 0.5, 0.25]])),
            (np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.75, 0.25], [0.9, 0.1]])),
            (
                np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
                np.array([[0.2, 0.2, 0.6], [0.1, 0.8, 0.1], [0.5, 0.25, 0.25]]),
            ),
            hint="In each row only the probability of the target counts. One loss for each row, then their mean.",
            rule=LOGARITHM,
        ),
        drawn(
            7,
            tables.flatmap(lambda size: st.tuples(one_hot(*size), distributions(*size))),
            hint="How many examples are in this small case, and which probability counts in each?",
            rule=LOGARITHM,
        ),
    ),
    function("sparse_categorical_cross_entropy", "Sparse categorical cross-entropy").checks(
        example(
            5,
            (np.array([1]), np.array([[0.25, 0.5, 0.25]])),
            (np.array([0, 1]), np.array([[0.75, 0.25], [0.9, 0.1]])),
            (np.array([2, 0, 1]), np.array([[0.2, 0.2, 0.6], [0.1, 0.8, 0.1], [0.5, 0.25, 0.25]])),
            hint="The label is the number of a column. One probability from each row, then the mean of the losses.",
            rule=LOGARITHM,
        ),
        drawn(
            7,
            tables.flatmap(lambda size: st.tuples(class_numbers(*size), distributions(*size))),
            hint="Write down which probability counts in each row of this small case.",
            rule=LOGARITHM,
        ),
    ),
    function("hinge", "Hinge loss").checks(
        example(
            5,
            (np.array([1, -1]), np.array([0.5, -2.0])),
            (np.array([-1]), np.array([3.0])),
            (np.array([1, 1, -1]), np.array([1.0, -0.25, 0.5])),
            hint="A score that is right by 1 or more costs nothing. Work out each example's loss, then the mean.",
            rule=ONE_NUMBER,
        ),
        drawn(
            6,
            sizes.flatmap(_signs_and_scores),
            hint="Work out the loss of each example of this small case. None of them can be negative.",
            rule=ONE_NUMBER,
        ),
    ),
    function("kl_divergence", "Kullback-Leibler divergence").checks(
        example(
            4,
            (np.array([0.5, 0.5]), np.array([0.25, 0.75])),
            (np.array([0.1, 0.2, 0.7]), np.array([0.3, 0.3, 0.4])),
            (np.array([0.25, 0.75]), np.array([0.25, 0.75])),
            hint="One term for each class: how surprising is p to somebody who believes in q?",
            rule=LOGARITHM,
        ),
        drawn(
            4,
            st.integers(2, 5).flatmap(lambda k: st.tuples(distribution(k), distribution(k))),
            hint="Work out the term of each class for this small case, then add them up.",
            rule=LOGARITHM,
        ),
        check("zero", "A class that never happens", 3, needs="example")
        .asks(Drawn(st.integers(2, 5).flatmap(_with_zero), 15), LOGARITHM)
        .says(
            "A class with p = 0 adds nothing.",
            "With an entry of 0 in p the answer is not right.",
            "A class with p = 0 adds nothing to the sum, and log 0 is not a number. How can it be left out?",
        ),
    ),
    function("mse_gradient", "Gradient of the mean squared error").checks(
        example(
            4,
            (np.array([1.0, 2.0]), np.array([3.0, 5.0]), 1.0, 0.0),
            (np.array([1.0, -2.0, 3.0]), np.array([0.0, 1.0, 2.0]), -1.0, 0.5),
            (np.array([2.0]), np.array([1.0]), 1.5, 2.0),
            hint="Write down the errors first. dw weighs each of them with its x, db does not.",
            rule=GRADIENT,
        ),
        drawn(
            6,
            sizes.flatmap(_line),
            hint="Measure it: how much does the mean squared error change when w, or b, grows by a thousandth?",
            rule=GRADIENT,
        ),
    ),
    function("logistic_gradient", "Gradient of logistic regression").checks(
        example(
            4,
            (np.array([[1.0, 2.0], [0.0, -1.0], [2.0, 1.0]]), np.array([1, 0, 1]), np.array([0.5, -0.5]), 0.25),
            (np.array([[1.0, 0.0, -2.0]]), np.array([0]), np.array([1.0, 2.0, 0.5]), -1.0),
            (np.array([[2.0], [-1.0]]), np.array([1, 1]), np.array([0.0]), 0.0),
            hint="First the predictions, one for each row. dw has one entry for each column of X.",
            rule=GRADIENT,
        ),
        drawn(
            6,
            st.tuples(st.integers(1, 5), st.integers(1, 3)).flatmap(_logistic),
            hint="Work out prediction minus label for each row. Which numbers of X belong to the first entry of dw?",
            rule=GRADIENT,
        ),
    ),
    seed=43,
)
