"""The regularization lab: penalties on weights, dropout, batch normalisation.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/regularization/`.
Dropout masks are judged by their statistics over big matrices, so any generator will do.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

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

    def fault(self, reaction: Reaction) -> Fault | None:
        """What is wrong with the mask, as `Holds` says it."""
        mask = as_numbers(reaction.seen.value)
        if mask is not None and mask.dtype.kind == "b":
            seen = replace(reaction.seen, value=freeze(mask.astype(np.float64)))
            reaction = replace(reaction, seen=seen)
        return Holds.fault(self, reaction)


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


def holds_both(mask: Numbers, *_: Any) -> bool:
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


def penalty(name: str, title: str, points: tuple[int, int, int], hint: str) -> Exercise:
    """An exercise that asks for one number of a matrix of weights."""
    return function(name, title, rule=PENALTY).checks(
        check("example", "Three small examples", points[0], examples((V, 0.1), (W, 0.5), (W, 2.0))).says(
            "Right for three small examples.", "One of three small examples does not come out right.", hint
        ),
        check("drawn", "Weights of any shape", points[1], calls(weights(), STRENGTHS, count=25)).says(
            "Right for all weights that were tried, in vectors and matrices.",
            "There are weights for which the penalty is not right.",
            "All weights go into one single number. Compare with the formula, weight by weight.",
        ),
        check("nothing", "Nothing to pay for", points[2], needs="example")
        .examples((np.zeros((2, 2)), 0.5), (V, 0.0))
        .says(
            "Weights of 0 cost nothing, and with strength 0 nothing costs anything.",
            "Weights of 0, or a strength of 0, should cost nothing.",
            "Put zeros into the formula. What is left?",
        ),
    )


def gradient(name: str, title: str, points: tuple[int, int], hint: str, *more: Draft) -> Exercise:
    """An exercise that asks for the slope of a penalty, with `more` checks of its own."""
    return function(name, title).checks(
        check("example", "Three small examples", points[0])
        .examples((V, 0.1), (np.array([[1.0, -2.0], [0.5, -0.25]]), 0.5), (V, 2.0))
        .says("Right for three small examples.", "One of three small examples does not come out right.", hint),
        check("drawn", "Weights of any shape", points[1], calls(off_zero(weights()), STRENGTHS, count=25)).says(
            "Right for all weights that were tried, in vectors and matrices.",
            "There are weights for which the gradient is not right.",
            "The answer has the shape of W: one slope for each weight.",
        ),
        *more,
    )


ASSIGNMENT = lab(
    "regularization",
    "Regularization: keeping a network from learning by heart",
    penalty("l1_penalty", "The L1 penalty", (4, 5, 1), "How far is each weight from 0? Add up the distances."),
    gradient(
        "l1_gradient",
        "The slope of the L1 penalty",
        (5, 5),
        "Only the side of 0 matters on which a weight lies, not how far out it is.",
        check("at_zero", "A weight of exactly 0", 3, needs="example")
        .examples((np.array([0.0]), 0.5), (np.array([0.0, 1.0, -1.0]), 2.0), (np.array([[0.0, -3.0]]), 0.1))
        .says(
            "A weight of 0 stays where it is.",
            "For a weight of exactly 0 the slope is not the one agreed on.",
            "At the bend there is no slope; the text says what this lab takes.",
        ),
    ),
    penalty("l2_penalty", "The L2 penalty", (4, 4, 1), "Each weight counts with its square. Add them up."),
    gradient(
        "l2_gradient",
        "The slope of the L2 penalty",
        (5, 5),
        "What is the derivative of a square? Large weights are pulled harder.",
    ),
    function("dropout_mask", "Who sits this one out?").checks(
        check("shape", "The shape", 2, SMALL, HoldsOfMask(has_shape)).says(
            "An entry for each neuron of each example.",
            "The mask does not have the shape (rows, columns).",
            "A matrix of that shape is asked, even with a single entry.",
        ),
        check("zeros_and_ones", "Zeros and ones", 3, BIG, HoldsOfMask(holds_both), needs="shape").says(
            "A neuron is in or out, nothing between.",
            "A big mask should hold zeros and ones, both of them and nothing else.",
            "A comparison tells of each random number whether the neuron stays.",
        ),
        check("share", "How many are dropped", 7, BIG, HoldsOfMask(drops_share), needs="zeros_and_ones").says(
            "In big masks a share p is dropped, as near as chance allows.",
            "In a big mask the share of zeros is farther from p than chance allows.",
            "p is the probability of being dropped. Print the share of zeros for p = 0.2.",
        ),
        check("one_by_one", "Each entry by itself", 4, BIG, HoldsOfMask(one_by_one), needs="share").says(
            "Every entry is decided by itself, in every row anew.",
            "In a big mask, entries are dropped together, or by a pattern.",
            "How many random numbers are drawn? Each neuron of each example needs one of its own.",
        ),
        check("repeats", "The same seed, the same mask", 2, Repeats(), needs="share")
        .examples((5, 4, 0.5, 1), (3, 6, 0.4, 7), (30, 20, 0.5, 3))
        .says(
            "The same seed gives the same mask again.",
            "Called twice with the same seed, the function gives different masks.",
            "The argument `seed` should decide everything. Is the generator made from it, inside the function?",
        ),
    ),
    function("dropout", "Dropout").checks(
        check("example", "Three small examples", 5)
        .examples(
            (np.array([[1.0, 2.0, -3.0]]), np.array([[1.0, 0.0, 1.0]]), 0.5),
            (np.array([[4.0], [1.0]]), np.array([[1.0], [1.0]]), 0.2),
            (W, np.array([[0.0, 1.0, 1.0], [1.0, 1.0, 0.0]]), 0.75),
        )
        .says(
            "Right for three small examples.",
            "One of three small examples does not come out right.",
            "What is dropped becomes 0. What stays has to make up for it.",
        ),
        check("drawn", "Layers of any size", 8, Drawn(masked(), 30)).says(
            "Right for all activations, masks and probabilities that were tried.",
            "There are activations and a mask for which the answer is not right.",
            "If a share p is missing, by what must the others grow so that the sum stays the same on average?",
        ),
        check("unchanged", "Activations and mask are left as they were", 2, needs="drawn")
        .asks(Drawn(masked(), 8), LeavesArguments())
        .says(
            "Both arrays are the same after the call as before.",
            "After the call, an array that was passed in has other numbers in it.",
            "The backward pass needs the same mask again. Put the answer into an array of its own.",
        ),
    ),
    function("batch_norm", "Batch normalisation", rule=NORMED).checks(
        check("example", "The lab's own batch, in three ways", 8)
        .examples(
            (X, np.ones(2), np.zeros(2), 1e-8),
            (X, np.array([2.0, -0.5]), np.array([1.0, 3.0]), 1e-8),
            (X[:, :1], np.array([3.0]), np.array([-2.0]), 1e-8),
        )
        .says(
            "Right for the lab's own batch.",
            "For the lab's own batch the answer is not right.",
            "Go column by column: mean, variance, then shift and scale. Compare each with the lab.",
        ),
        check("drawn", "Batches of any size", 10, Drawn(normed(st.just(1e-8)), 30)).says(
            "Right for all batches that were tried.",
            "There is a batch for which the answer is not right.",
            "Each feature is a column. Over which axis are mean and variance taken, and divided by what count?",
        ),
        check("moments", "Mean beta, standard deviation gamma", 3)
        .asks(Drawn(normed(st.just(1e-8)), 12), Holds(mean_and_spread))
        .says(
            "Every column has the mean beta and the standard deviation gamma.",
            "There is a batch whose columns do not come out with mean beta and standard deviation gamma.",
            "Take mean and standard deviation of each column of your answer. Which of the two is off?",
        ),
        check("epsilon", "A large epsilon", 2, needs="example")
        .asks(Drawn(normed(st.sampled_from([0.5, 2.0, 10.0])), 12))
        .says(
            "The epsilon stands where the formula has it.",
            "When epsilon is large, the answer is not right.",
            "Compare with the formula: does epsilon stand under the root, or beside it?",
        ),
        check("constant", "A feature that is always the same", 2, needs="example")
        .examples(
            (np.array([[2.0, 1.0], [2.0, 3.0]]), np.array([1.5, 1.0]), np.array([0.5, -1.0]), 1e-5),
            (np.array([[4.0, -1.0]]), np.array([2.0, 0.5]), np.array([1.0, 3.0]), 1e-5),
        )
        .says(
            "A feature without spread becomes beta.",
            "For a feature that is the same in all examples the answer is not right.",
            "Its variance is 0. What keeps the quotient from 0 / 0?",
        ),
    ),
    seed=48,
)
