"""The losses lab: seven ways to measure how wrong a prediction is, and two gradients.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/losses/`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.compare import Tolerance
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, examples, vectors
from grader.checks.rules import Agrees

Numbers = npt.NDArray[Any]
Call = SearchStrategy[tuple[Any, ...]]


def numbers(n: int) -> SearchStrategy[Numbers]:
    """Vectors (n,) of entries in [-4, 4]."""
    return vectors(min_size=n, max_size=n, low=-4, high=4)


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
    return st.tuples(numbers(n), numbers(n), number(), number())


def _logistic(sizes: tuple[int, int]) -> Call:
    n, d = sizes
    rows = st.lists(numbers(d), min_size=n, max_size=n).map(np.array)
    return st.tuples(rows, binary_labels(n), numbers(d), number())


def _signs_and_scores(n: int) -> Call:
    return st.tuples(binary_labels(n).map(lambda y: 2 * y - 1), numbers(n))


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
GRADIENT = Agrees(tolerance=Tolerance(absolute=2e-6), scalar=True)


def example(points: int, *given: tuple[Any, ...], hint: str, rule: Agrees) -> FunctionCheck:
    """The first check of every exercise: small cases that can be worked out by hand."""
    return FunctionCheck(
        id="example",
        title="Small examples",
        points=points,
        inputs=examples(*given),
        rule=rule,
        passed="Right for the small examples.",
        failed="One of the small examples does not come out right.",
        hint=hint,
    )


def drawn(points: int, strategy: Call, *, hint: str, rule: Agrees, count: int = 25) -> FunctionCheck:
    """The second check of every exercise: data of all sizes."""
    return FunctionCheck(
        id="drawn",
        title="Data of any size",
        points=points,
        inputs=Drawn(strategy, count=count),
        rule=rule,
        passed="Right for all data that were tried, from a single example on.",
        failed="There are data for which the answer is not right.",
        hint=hint,
    )


MSE = FunctionExercise(
    id="mse",
    title="Mean squared error",
    target="mse",
    markers=("mse",),
    checks=(
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
            sizes.flatmap(lambda n: st.tuples(numbers(n), numbers(n))),
            hint="Work this small case out by hand: what are the errors, and how many are there?",
            rule=ONE_NUMBER,
        ),
    ),
)


LINEAR_COST = FunctionExercise(
    id="linear_cost",
    title="Cost of a line",
    target="linear_cost",
    markers=("linear_cost",),
    checks=(
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
)


BINARY_CROSS_ENTROPY = FunctionExercise(
    id="binary_cross_entropy",
    title="Binary cross-entropy",
    target="binary_cross_entropy",
    markers=("binary_cross_entropy",),
    checks=(
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
        FunctionCheck(
            id="one_class",
            title="Only one kind of label",
            points=3,
            inputs=Drawn(sizes.flatmap(_one_class), count=12),
            rule=LOGARITHM,
            needs=("example",),
            passed="Right when all labels are 1, and when all are 0.",
            failed="When all labels are the same the answer is not right.",
            hint="Without any example of the other label, its logarithm drops out.",
        ),
    ),
)


CATEGORICAL_CROSS_ENTROPY = FunctionExercise(
    id="categorical_cross_entropy",
    title="Categorical cross-entropy",
    target="categorical_cross_entropy",
    markers=("categorical_cross_entropy",),
    checks=(
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
)


SPARSE_CATEGORICAL_CROSS_ENTROPY = FunctionExercise(
    id="sparse_categorical_cross_entropy",
    title="Sparse categorical cross-entropy",
    target="sparse_categorical_cross_entropy",
    markers=("sparse_categorical_cross_entropy",),
    checks=(
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
)


HINGE = FunctionExercise(
    id="hinge",
    title="Hinge loss",
    target="hinge",
    markers=("hinge",),
    checks=(
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
)


KL_DIVERGENCE = FunctionExercise(
    id="kl_divergence",
    title="Kullback-Leibler divergence",
    target="kl_divergence",
    markers=("kl_divergence",),
    checks=(
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
        FunctionCheck(
            id="zero",
            title="A class that never happens",
            points=3,
            inputs=Drawn(st.integers(2, 5).flatmap(_with_zero), count=15),
            rule=LOGARITHM,
            needs=("example",),
            passed="A class with p = 0 adds nothing.",
            failed="With an entry of 0 in p the answer is not right.",
            hint="A class with p = 0 adds nothing to the sum, and log 0 is not a number. How can it be left out?",
        ),
    ),
)


MSE_GRADIENT = FunctionExercise(
    id="mse_gradient",
    title="Gradient of the mean squared error",
    target="mse_gradient",
    markers=("mse_gradient",),
    checks=(
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
)


LOGISTIC_GRADIENT = FunctionExercise(
    id="logistic_gradient",
    title="Gradient of logistic regression",
    target="logistic_gradient",
    markers=("logistic_gradient",),
    checks=(
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
)


ASSIGNMENT = Assignment(
    id="losses",
    title="Losses: how wrong is a prediction?",
    version="1",
    seed=43,
    exercises=(
        MSE,
        LINEAR_COST,
        BINARY_CROSS_ENTROPY,
        CATEGORICAL_CROSS_ENTROPY,
        SPARSE_CATEGORICAL_CROSS_ENTROPY,
        HINGE,
        KL_DIVERGENCE,
        MSE_GRADIENT,
        LOGISTIC_GRADIENT,
    ),
)
