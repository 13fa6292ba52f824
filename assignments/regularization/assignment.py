"""The regularization lab: penalties on weights, dropout, batch normalisation.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/regularization/`.
Dropout masks are judged by their statistics over big matrices, so any generator will do.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.compare import Tolerance, as_numbers
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, calls, examples, vectors
from grader.checks.rules import Agrees, Holds, LeavesArguments, Reaction, Repeats
from grader.protocol import Returned
from grader.values import freeze

Numbers = npt.NDArray[Any]
Call = SearchStrategy[tuple[Any, ...]]

# How far a share of right masks may be from what is expected, in its standard errors: one student in a million would be
# out of luck. The nearest mistake, p and 1 - p exchanged, is a hundred of them away.
ERRORS = 5

# Columns are spread widely, so that in single precision five digits of what is divided by the root of their variance
# are certain.
NORMED = Agrees(tolerance=Tolerance(relative=1e-5, absolute=1e-5))

PENALTY = Agrees(scalar=True)

STRENGTHS = st.sampled_from([0.1, 0.5, 2.0, 0.25, 3.0])
CHANCES = st.sampled_from([0.2, 0.5, 0.75, 0.1])


@dataclass(frozen=True, slots=True)
class HoldsOfMask(Holds):
    """As `Holds`, and True and False count as 1 and 0: both are natural in a mask."""

    def fault(self, reaction: Reaction, returned: Returned) -> str | None:
        """What is wrong with the mask, as `Holds` says it."""
        mask = as_numbers(returned.value)
        if mask is not None and mask.dtype.kind == "b":
            returned = replace(returned, value=freeze(mask.astype(np.float64)))
        return Holds.fault(self, reaction, returned)


def block(*shape: int, size: int = 5) -> SearchStrategy[Numbers]:
    """Arrays of this shape, of entries in [-size, size]."""
    count = int(np.prod(shape))
    return vectors(min_size=count, max_size=count, low=-size, high=size).map(lambda items: items.reshape(shape))


def tables(least: int = 1) -> SearchStrategy[tuple[int, int]]:
    """Numbers of rows and columns."""
    return st.tuples(st.integers(least, 4), st.integers(1, 3))


def weights() -> SearchStrategy[Numbers]:
    """Vectors and matrices of weights."""
    return st.one_of(vectors(), tables().flatmap(lambda shape: block(*shape)))


def off_zero(strategy: SearchStrategy[Numbers]) -> SearchStrategy[Numbers]:
    """The same arrays with 1.5 in place of every 0: the slope at the bend is asked in a check of its own."""
    return strategy.map(lambda W: np.where(W == 0, 1.5, W))


def masked() -> Call:
    """A, mask, p: activations, a mask of zeros and ones of their shape, and the chance with which it was drawn."""

    def drawn(shape: tuple[int, int]) -> Call:
        entries = st.lists(st.sampled_from([1.0, 0.0]), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
        return st.tuples(block(*shape), entries.map(lambda items: np.array(items).reshape(shape)), CHANCES)

    return tables().flatmap(drawn)


def normed(epsilon: SearchStrategy[float]) -> Call:
    """X, gamma, beta, epsilon; no column of X is constant, none of its spreads is small."""

    def drawn(shape: tuple[int, int]) -> Call:
        m, n = shape
        X = block(m, n).map(lambda X: X + np.where(np.arange(m) == 0, 12.0, 0.0).reshape(m, 1))
        return st.tuples(X, block(n).map(lambda gamma: np.where(gamma == 0, 2.5, gamma)), block(n), epsilon)

    return tables(2).flatmap(drawn)


BIG = examples((300, 200, 0.2, 1), (250, 400, 0.75, 2), (500, 150, 0.4, 3))

SMALL = calls(st.integers(1, 5), st.integers(1, 5), CHANCES, st.integers(0, 99), count=15)


def has_shape(mask: Numbers, rows: int, columns: int, *_: Any) -> bool:
    """The shape that was asked for."""
    return mask.shape == (rows, columns)


def zeros_and_ones(mask: Numbers, *_: Any) -> bool:
    """Nothing but 0 and 1, and both of them."""
    return set(np.unique(mask)) == {0, 1}


def drops_share(mask: Numbers, rows: int, columns: int, p: float, *_: Any) -> bool:
    """A share p is 0, up to the standard error of a share: root of p (1 - p) / count."""
    return bool(abs(np.mean(mask == 0) - p) <= ERRORS * np.sqrt(p * (1 - p) / (rows * columns)))


def one_by_one(mask: Numbers, rows: int, columns: int, p: float, *_: Any) -> bool:
    """Rows and columns lose as differently many as chance has it, and neighbours know nothing of each other.

    The variance of k counts is right up to its standard error, root of 2 / k; a product of independent neighbours has
    the mean (1 - p)^2, up to twice the error of a share.
    """
    for counts, n in ((mask.sum(axis=0), rows), (mask.sum(axis=1), columns)):
        expected = n * p * (1 - p)
        if abs(counts.var() - expected) > ERRORS * expected * np.sqrt(2 / counts.size):
            return False
    pairs = (mask[1:] * mask[:-1]).mean(), (mask[:, 1:] * mask[:, :-1]).mean()
    return all(abs(pair - (1 - p) ** 2) <= 2 * ERRORS * np.sqrt(0.25 / mask.size) for pair in pairs)


def mean_and_spread(Y: Numbers, X: Numbers, gamma: Numbers, beta: Numbers, *_: Any) -> bool:
    """Columns of mean beta and standard deviation |gamma|, as far as a tiny epsilon and single precision allow."""
    means, spreads = np.abs(Y.mean(axis=0) - beta), np.abs(Y.std(axis=0) - np.abs(gamma))
    return Y.shape == X.shape and bool(np.all(means <= 1e-4) and np.all(spreads <= 1e-4))


W = np.array([[1.0, -2.0, 0.5], [0.0, 3.0, -0.25]])
V = np.array([2.0, -1.0])
X = np.array([[1.0, 10.0], [3.0, 20.0], [5.0, 60.0]])


def penalty(name: str, title: str, points: tuple[int, int, int], hint: str) -> FunctionExercise:
    """An exercise that asks for one number of a matrix of weights."""
    return FunctionExercise(
        id=name,
        title=title,
        target=name,
        markers=(name,),
        checks=(
            FunctionCheck(
                id="example",
                title="Three small examples",
                points=points[0],
                inputs=examples((V, 0.1), (W, 0.5), (W, 2.0)),
                rule=PENALTY,
                passed="Right for three small examples.",
                failed="One of three small examples does not come out right.",
                hint=hint,
            ),
            FunctionCheck(
                id="drawn",
                title="Weights of any shape",
                points=points[1],
                inputs=calls(weights(), STRENGTHS, count=25),
                rule=PENALTY,
                passed="Right for all weights that were tried, in vectors and matrices.",
                failed="There are weights for which the penalty is not right.",
                hint="All weights go into one single number. Compare with the formula, weight by weight.",
            ),
            FunctionCheck(
                id="nothing",
                title="Nothing to pay for",
                points=points[2],
                inputs=examples((np.zeros((2, 2)), 0.5), (V, 0.0)),
                rule=PENALTY,
                needs=("example",),
                passed="Weights of 0 cost nothing, and with strength 0 nothing costs anything.",
                failed="Weights of 0, or a strength of 0, should cost nothing.",
                hint="Put zeros into the formula. What is left?",
            ),
        ),
    )


def gradient(name: str, title: str, points: tuple[int, int], hint: str, *more: FunctionCheck) -> FunctionExercise:
    """An exercise that asks for the slope of a penalty, with `more` checks of its own."""
    return FunctionExercise(
        id=name,
        title=title,
        target=name,
        markers=(name,),
        checks=(
            FunctionCheck(
                id="example",
                title="Three small examples",
                points=points[0],
                inputs=examples((V, 0.1), (np.array([[1.0, -2.0], [0.5, -0.25]]), 0.5), (V, 2.0)),
                passed="Right for three small examples.",
                failed="One of three small examples does not come out right.",
                hint=hint,
            ),
            FunctionCheck(
                id="drawn",
                title="Weights of any shape",
                points=points[1],
                inputs=calls(off_zero(weights()), STRENGTHS, count=25),
                passed="Right for all weights that were tried, in vectors and matrices.",
                failed="There are weights for which the gradient is not right.",
                hint="The answer has the shape of W: one slope for each weight.",
            ),
            *more,
        ),
    )


L1_PENALTY = penalty("l1_penalty", "The L1 penalty", (4, 5, 1), "How far is each weight from 0? Add up the distances.")

L1_GRADIENT = gradient(
    "l1_gradient",
    "The slope of the L1 penalty",
    (5, 5),
    "Only the side of 0 matters on which a weight lies, not how far out it is.",
    FunctionCheck(
        id="at_zero",
        title="A weight of exactly 0",
        points=3,
        inputs=examples((np.array([0.0]), 0.5), (np.array([0.0, 1.0, -1.0]), 2.0), (np.array([[0.0, -3.0]]), 0.1)),
        needs=("example",),
        passed="A weight of 0 stays where it is.",
        failed="For a weight of exactly 0 the slope is not the one agreed on.",
        hint="At the bend there is no slope; the text says what this lab takes.",
    ),
)

L2_PENALTY = penalty("l2_penalty", "The L2 penalty", (4, 4, 1), "Each weight counts with its square. Add them up.")

L2_GRADIENT = gradient(
    "l2_gradient",
    "The slope of the L2 penalty",
    (5, 5),
    "What is the derivative of a square? Large weights are pulled harder.",
)


DROPOUT_MASK = FunctionExercise(
    id="dropout_mask",
    title="Who sits this one out?",
    target="dropout_mask",
    markers=("dropout_mask",),
    checks=(
        FunctionCheck(
            id="shape",
            title="The shape",
            points=2,
            inputs=SMALL,
            rule=HoldsOfMask(has_shape),
            passed="An entry for each neuron of each example.",
            failed="The mask does not have the shape (rows, columns).",
            hint="A matrix of that shape is asked, even with a single entry.",
        ),
        FunctionCheck(
            id="zeros_and_ones",
            title="Zeros and ones",
            points=3,
            inputs=BIG,
            rule=HoldsOfMask(zeros_and_ones),
            needs=("shape",),
            passed="A neuron is in or out, nothing between.",
            failed="A big mask should hold zeros and ones, both of them and nothing else.",
            hint="A comparison tells of each random number whether the neuron stays.",
        ),
        FunctionCheck(
            id="share",
            title="How many are dropped",
            points=7,
            inputs=BIG,
            rule=HoldsOfMask(drops_share),
            needs=("zeros_and_ones",),
            passed="In big masks a share p is dropped, as near as chance allows.",
            failed="In a big mask the share of zeros is farther from p than chance allows.",
            hint="p is the probability of being dropped. Print the share of zeros for p = 0.2.",
        ),
        FunctionCheck(
            id="one_by_one",
            title="Each entry by itself",
            points=4,
            inputs=BIG,
            rule=HoldsOfMask(one_by_one),
            needs=("share",),
            passed="Every entry is decided by itself, in every row anew.",
            failed="In a big mask, entries are dropped together, or by a pattern.",
            hint="How many random numbers are drawn? Each neuron of each example needs one of its own.",
        ),
        FunctionCheck(
            id="repeats",
            title="The same seed, the same mask",
            points=2,
            inputs=examples((5, 4, 0.5, 1), (3, 6, 0.4, 7), (30, 20, 0.5, 3)),
            rule=Repeats(),
            needs=("share",),
            passed="The same seed gives the same mask again.",
            failed="Called twice with the same seed, the function gives different masks.",
            hint="The argument `seed` should decide everything. Is the generator made from it, inside the function?",
        ),
    ),
)


DROPOUT = FunctionExercise(
    id="dropout",
    title="Dropout",
    target="dropout",
    markers=("dropout",),
    checks=(
        FunctionCheck(
            id="example",
            title="Three small examples",
            points=5,
            inputs=examples(
                (np.array([[1.0, 2.0, -3.0]]), np.array([[1.0, 0.0, 1.0]]), 0.5),
                (np.array([[4.0], [1.0]]), np.array([[1.0], [1.0]]), 0.2),
                (W, np.array([[0.0, 1.0, 1.0], [1.0, 1.0, 0.0]]), 0.75),
            ),
            passed="Right for three small examples.",
            failed="One of three small examples does not come out right.",
            hint="What is dropped becomes 0. What stays has to make up for it.",
        ),
        FunctionCheck(
            id="drawn",
            title="Layers of any size",
            points=8,
            inputs=Drawn(masked(), count=30),
            passed="Right for all activations, masks and probabilities that were tried.",
            failed="There are activations and a mask for which the answer is not right.",
            hint="If a share p is missing, by what must the others grow so that the sum stays the same on average?",
        ),
        FunctionCheck(
            id="unchanged",
            title="Activations and mask are left as they were",
            points=2,
            inputs=Drawn(masked(), count=8),
            rule=LeavesArguments(),
            needs=("drawn",),
            passed="Both arrays are the same after the call as before.",
            failed="After the call, an array that was passed in has other numbers in it.",
            hint="The backward pass needs the same mask again. Put the answer into an array of its own.",
        ),
    ),
)


BATCH_NORM = FunctionExercise(
    id="batch_norm",
    title="Batch normalisation",
    target="batch_norm",
    markers=("batch_norm",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own batch, in three ways",
            points=8,
            inputs=examples(
                (X, np.ones(2), np.zeros(2), 1e-8),
                (X, np.array([2.0, -0.5]), np.array([1.0, 3.0]), 1e-8),
                (X[:, :1], np.array([3.0]), np.array([-2.0]), 1e-8),
            ),
            rule=NORMED,
            passed="Right for the lab's own batch.",
            failed="For the lab's own batch the answer is not right.",
            hint="Go column by column: mean, variance, then shift and scale. Compare each with the lab.",
        ),
        FunctionCheck(
            id="drawn",
            title="Batches of any size",
            points=10,
            inputs=Drawn(normed(st.just(1e-8)), count=30),
            rule=NORMED,
            passed="Right for all batches that were tried.",
            failed="There is a batch for which the answer is not right.",
            hint="Each feature is a column. Over which axis are mean and variance taken, and divided by what count?",
        ),
        FunctionCheck(
            id="moments",
            title="Mean beta, standard deviation gamma",
            points=3,
            inputs=Drawn(normed(st.just(1e-8)), count=12),
            rule=Holds(mean_and_spread),
            passed="Every column has the mean beta and the standard deviation gamma.",
            failed="There is a batch whose columns do not come out with mean beta and standard deviation gamma.",
            hint="Take mean and standard deviation of each column of your answer. Which of the two is off?",
        ),
        FunctionCheck(
            id="epsilon",
            title="A large epsilon",
            points=2,
            inputs=Drawn(normed(st.sampled_from([0.5, 2.0, 10.0])), count=12),
            rule=NORMED,
            needs=("example",),
            passed="The epsilon stands where the formula has it.",
            failed="When epsilon is large, the answer is not right.",
            hint="Compare with the formula: does epsilon stand under the root, or beside it?",
        ),
        FunctionCheck(
            id="constant",
            title="A feature that is always the same",
            points=2,
            inputs=examples(
                (np.array([[2.0, 1.0], [2.0, 3.0]]), np.array([1.5, 1.0]), np.array([0.5, -1.0]), 1e-5),
                (np.array([[4.0, -1.0]]), np.array([2.0, 0.5]), np.array([1.0, 3.0]), 1e-5),
            ),
            rule=NORMED,
            needs=("example",),
            passed="A feature without spread becomes beta.",
            failed="For a feature that is the same in all examples the answer is not right.",
            hint="Its variance is 0. What keeps the quotient from 0 / 0?",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="regularization",
    title="Regularization: keeping a network from learning by heart",
    version="1",
    seed=48,
    exercises=(L1_PENALTY, L1_GRADIENT, L2_PENALTY, L2_GRADIENT, DROPOUT_MASK, DROPOUT, BATCH_NORM),
)
