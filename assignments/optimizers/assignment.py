"""The optimizers lab: one step of each well-known update rule, and what the learning rate does.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/optimizers/`.
"""

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

Shape = tuple[int, ...]

# A step is subtracted from w, and both may be of the same size. In single precision their difference is known to 1e-7
# of w, which is 3 at the most, and no better, however small it is.
STEP = Agrees(tolerance=Tolerance(absolute=1e-6))


def step_of(*parts: str) -> Agrees:
    """The same, of several values by the names that the text has for them."""
    return Agrees(tolerance=STEP.tolerance, parts=parts)


# On the way each step makes an earlier rounding error up to three times as large; there are five at the most.
WAY = Agrees(tolerance=Tolerance(relative=1e-4, absolute=1e-4))

#: as small as in practice: it must not matter where it stands, which is asked in a check of its own
TINY = st.just(1e-8)
LARGE = st.sampled_from([0.5, 0.25, 2.0])
RATES = st.sampled_from([0.5, 0.25, 0.1, 1.0])
FAST = st.sampled_from([0.9, 0.5, 0.8])
SLOW = st.sampled_from([0.95, 0.75, 0.99])


def weights(shape: Shape) -> SearchStrategy[Numbers]:
    """Weights in [-3, 3]."""
    return block(*shape, most=3)


def gradients(shape: Shape) -> SearchStrategy[Numbers]:
    """Gradients of half a unit or more, on both sides of 0."""
    return block(*shape, most=3).map(lambda dw: np.where(np.abs(dw) < 0.5, 1.5, dw))


def states(shape: Shape) -> SearchStrategy[Numbers]:
    """Averages or sums of squares, from one half on."""
    return block(*shape, least=0, most=4).map(lambda s: s + 0.5)


def shapes() -> SearchStrategy[Shape]:
    """Vectors and matrices of a few entries."""
    return st.one_of(st.tuples(st.integers(1, 3)), st.tuples(st.integers(1, 2), st.integers(2, 3)))


def one_rate(epsilon: SearchStrategy[float]) -> Call:
    """w, dw, s, learning_rate, epsilon."""
    return shapes().flatmap(lambda at: st.tuples(weights(at), gradients(at), states(at), RATES, epsilon))


def with_rho(epsilon: SearchStrategy[float]) -> Call:
    """w, dw, s, learning_rate, rho, epsilon."""
    return shapes().flatmap(lambda at: st.tuples(weights(at), gradients(at), states(at), RATES, FAST, epsilon))


def two_averages(epsilon: SearchStrategy[float]) -> Call:
    """w, dw, m, v, t, learning_rate, beta1, beta2, epsilon."""
    return shapes().flatmap(
        lambda at: st.tuples(
            weights(at), gradients(at), weights(at), states(at), st.integers(1, 8), RATES, FAST, SLOW, epsilon
        )
    )


def two_squares(epsilon: SearchStrategy[float]) -> Call:
    """w, dw, s, d, rho, epsilon."""
    return shapes().flatmap(lambda at: st.tuples(weights(at), gradients(at), states(at), states(at), FAST, epsilon))


def batches(*, even: bool = False) -> Call:
    """X (m, n), y (m,), order (m,), size; no two examples are alike. With `even`, size divides m."""

    def drawn(form: tuple[int, int, int, int]) -> Call:
        size, full, rest, n = form
        m = size * full + (0 if even else min(rest, size - 1))
        X = block(m, n).map(lambda X: X + 20.0 * np.arange(m).reshape(m, 1))
        y = st.just(np.arange(m) * 1.0 - 1)
        order = st.permutations(range(m)).map(np.array)
        return st.tuples(X, y, order, st.just(size))

    return st.tuples(st.integers(2, 4), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)).flatmap(drawn)


W = np.array([1.0, -2.0, 0.5])
DW = np.array([0.5, -1.0, 2.0])
S = np.array([0.25, 3.0, 5.0])
M = np.array([-1.0, 0.5, 0.25])
TABLE, TABLE_DW = np.array([[2.0, -1.0], [0.0, 1.5]]), np.array([[-1.0, 3.0], [0.5, 2.0]])
NONE = np.zeros(3)


#: what a step returns with two averages, by the names of the text
MOMENTS, SQUARES = ("w", "m", "v"), ("w", "s", "d")


def right_for_examples(points: int, inputs: Examples, hint: str, *parts: str) -> Draft:
    """The check of a rule on its small examples."""
    return check("example", "Small examples", points, inputs, step_of(*parts)).says(
        "Right for the small examples.", "One of the small examples does not come out right.", hint
    )


def right_for_drawn(points: int, inputs: Call, hint: str, *parts: str) -> Draft:
    """The check of a rule on drawn weights, gradients and states."""
    return check("drawn", "Weights of any shape", points, Drawn(inputs, 30), step_of(*parts)).says(
        "Right for all weights, gradients and settings that were tried.",
        "There are weights and a gradient for which the answer is not right.",
        hint,
    )


def where_epsilon_stands(points: int, inputs: Call, hint: str, *parts: str) -> Draft:
    """The check of a rule with an epsilon large enough to be seen."""
    return check("epsilon", "A large epsilon", points, Drawn(inputs, 12), step_of(*parts), needs="example").says(
        "The epsilon stands where the formula has it.", "When epsilon is large, the answer is not right.", hint
    )


def from_nothing(points: int, inputs: Examples, hint: str, *parts: str) -> Draft:
    """The check of the first step, from states of zeros."""
    return check("first", "The first step of all", points, inputs, step_of(*parts), needs="example").says(
        "Right for a first step, when the averages hold nothing yet.",
        "The first step of all, from averages of zeros, is not right.",
        hint,
    )


ASSIGNMENT = lab(
    "optimizers",
    "Optimizers: eight ways to take a step",
    function("sgd_step", "Gradient descent").checks(
        right_for_examples(
            3,
            examples((W, DW, 0.1), (W, DW, 2.0), (TABLE, TABLE_DW, 0.5)),
            "Where the gradient is positive, a smaller weight means a smaller loss.",
        ),
        right_for_drawn(
            3,
            shapes().flatmap(lambda at: st.tuples(weights(at), gradients(at), RATES)),
            "How far is a step? Both the gradient and the learning rate have a say.",
        ),
    ),
    function("descend", "The whole way", rule=WAY, depends_on=("sgd_step",)).checks(
        check("example", "Small and large learning rates", 3)
        .examples((4.0, 1.0, 0.5, 3), (4.0, 2.0, 0.1, 2), (1.0, 2.0, 1.5, 3))
        .says(
            "Right for learning rates that are small, good, and too large.",
            "One of three ways down the parabola is not right.",
            "Write down three places by hand. The gradient is another one at each of them.",
        ),
        check("drawn", "Ways of any length", 4)
        .asks(
            Drawn(
                st.tuples(
                    st.sampled_from([1.0, -2.0, 4.0, 3.0, -0.5]),
                    st.sampled_from([1.0, 2.0, 0.5, 3.0]),
                    st.sampled_from([0.5, 0.25, 0.1, 1.25]),
                    st.integers(0, 5),
                ),
                30,
            )
        )
        .says(
            "Right for all starts, parabolas, rates and lengths that were tried.",
            "There is a way down a parabola that is not right.",
            "How many places are there, with the start? Each follows from the one before it.",
        ),
    ),
    function("mini_batches", "Mini-batches").checks(
        check("example", "Batches that come out even", 4)
        .examples(
            (np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([10.0, 20.0, 30.0, 40.0]), np.array([2, 0, 3, 1]), 2),
            (np.arange(12.0).reshape(6, 2), np.arange(6.0) * 5, np.array([5, 0, 4, 1, 3, 2]), 3),
        )
        .says(
            "Right for two small data sets.",
            "One of two small data sets is not divided right.",
            "The order says which example comes first, second, and so on. An example is a row of X and its y.",
        ),
        check("drawn", "Data sets of any size", 6, Drawn(batches(), 25)).says(
            "Right for all data sets that were tried.",
            "There is a data set that is not divided right.",
            "Every example is in exactly one batch. What becomes of those that are left at the end?",
        ),
        check("even", "No empty batch at the end", 2, Drawn(batches(even=True), 12)).says(
            "When the batches come out even, no empty one follows.",
            "When the batches come out even, the answer is not right.",
            "How many batches are there when the size divides the number of examples?",
        ),
        check("unchanged", "The data are left as they were", 2, needs="drawn")
        .asks(Drawn(batches(), 8), LeavesArguments())
        .says(
            "X, y and the order are the same after the call as before.",
            "After the call, an array that was passed in has other numbers in it.",
            "In the next round the same data are shuffled anew. Do not reorder them in place.",
        ),
    ),
    function("momentum_step", "Momentum").checks(
        right_for_examples(
            4,
            examples((W, DW, M, 0.1, 0.9), (W, DW, M, 1.0, 0.5), (TABLE, TABLE_DW, TABLE_DW[::-1], 0.5, 0.8)),
            "Two values are asked: the new weights, and the new average, which comes first in the computation.",
            "w",
            "v",
        ),
        right_for_drawn(
            4,
            shapes().flatmap(lambda at: st.tuples(weights(at), gradients(at), weights(at), RATES, FAST)),
            "How much of the old average stays, and how much of the new gradient comes in?",
            "w",
            "v",
        ),
        from_nothing(
            2,
            examples((W, DW, NONE, 0.5, 0.9), (W, DW, NONE, 0.1, 0.5)),
            "From an average of zeros, only the share of the new gradient is left.",
            "w",
            "v",
        ),
    ),
    function("adagrad_step", "AdaGrad").checks(
        right_for_examples(
            4,
            examples((W, DW, S, 0.1, 1e-8), (W, DW, NONE, 1.0, 1e-8), (TABLE, TABLE_DW, TABLE_DW**2, 0.5, 1e-8)),
            "First the sum gets the new square, then the step is made with the new sum.",
            "w",
            "s",
        ),
        right_for_drawn(
            4, one_rate(TINY), "Every weight has a rate of its own: which of its past gradients count?", "w", "s"
        ),
        where_epsilon_stands(
            2, one_rate(LARGE), "Compare with the formula: does epsilon stand under the root, or beside it?", "w", "s"
        ),
        check("still", "A weight that never moved", 1, step_of("w", "s"), needs="example")
        .examples((W, np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 4.0]), 0.5, 1e-8))
        .says(
            "A weight without any gradient so far stays where it is.",
            "A weight whose gradients were all 0 does not stay where it is.",
            "Its sum of squares is 0. What keeps the quotient from 0 / 0?",
        ),
    ),
    function("rmsprop_step", "RMSprop").checks(
        right_for_examples(
            4,
            examples(
                (W, DW, S, 0.1, 0.9, 1e-8), (W, DW, NONE, 1.0, 0.5, 1e-8), (TABLE, TABLE_DW, TABLE**2, 0.5, 0.8, 1e-8)
            ),
            "First the average gets its share of the new square, then the step is made with the new average.",
            "w",
            "s",
        ),
        right_for_drawn(
            5, with_rho(TINY), "How much of the old average stays, and how much of the new square comes in?", "w", "s"
        ),
        where_epsilon_stands(
            2, with_rho(LARGE), "Compare with the formula: does epsilon stand under the root, or beside it?", "w", "s"
        ),
    ),
    function("adam_step", "Adam").checks(
        right_for_examples(
            5,
            examples(
                (W, DW, M, S, 2, 0.1, 0.9, 0.99, 1e-8),
                (W, DW, M, S, 5, 1.0, 0.5, 0.75, 1e-8),
                (TABLE, TABLE_DW, TABLE_DW[::-1], TABLE**2, 3, 0.5, 0.8, 0.95, 1e-8),
            ),
            "Go line by line: both averages, both corrections, the step. Compare each with the formulas.",
            *MOMENTS,
        ),
        right_for_drawn(
            7,
            two_averages(TINY),
            "Three values are asked: the weights, and both averages as they are before correcting.",
            *MOMENTS,
        ),
        from_nothing(
            3,
            examples((W, DW, NONE, NONE, 1, 0.1, 0.9, 0.999, 1e-8), (W, DW, NONE, NONE, 1, 0.5, 0.8, 0.75, 1e-8)),
            "With the corrections, the first step moves every weight by just about the learning rate.",
            *MOMENTS,
        ),
        where_epsilon_stands(
            2,
            two_averages(LARGE),
            "Compare with the formula: does epsilon stand under the root, or beside it?",
            *MOMENTS,
        ),
    ),
    function("adadelta_step", "Adadelta").checks(
        right_for_examples(
            4,
            examples(
                (W, DW, S, S[::-1], 0.9, 1e-6),
                (W, DW, NONE, S, 0.5, 1e-6),
                (TABLE, TABLE_DW, TABLE**2, TABLE_DW**2, 0.8, 1e-6),
            ),
            "Four lines in this order: average of squared gradients, step, average of squared steps, weights.",
            *SQUARES,
        ),
        right_for_drawn(
            5,
            two_squares(st.just(1e-6)),
            "Which average stands above the fraction line, which below, and which is new?",
            *SQUARES,
        ),
        where_epsilon_stands(
            3, two_squares(LARGE), "Compare with the formula: epsilon stands in it twice. Where?", *SQUARES
        ),
    ),
    function("nadam_step", "Nadam").checks(
        right_for_examples(
            4,
            examples(
                (W, DW, M, S, 2, 0.1, 0.9, 0.99, 1e-8),
                (W, DW, M, S, 5, 1.0, 0.5, 0.75, 1e-8),
                (TABLE, TABLE_DW, TABLE_DW[::-1], TABLE**2, 3, 0.5, 0.8, 0.95, 1e-8),
            ),
            "Only one line differs from Adam: the corrected average, which looks one step ahead.",
            *MOMENTS,
        ),
        right_for_drawn(
            5, two_averages(TINY), "Two terms make up the corrected average. Which power belongs to which?", *MOMENTS
        ),
        from_nothing(
            2,
            examples((W, DW, NONE, NONE, 1, 0.1, 0.9, 0.999, 1e-8), (W, DW, NONE, NONE, 1, 0.5, 0.8, 0.75, 1e-8)),
            "In the first step both terms hold the same gradient. Work them out by hand for beta1 = 0.8.",
            *MOMENTS,
        ),
        where_epsilon_stands(
            1,
            two_averages(LARGE),
            "Compare with the formula: does epsilon stand under the root, or beside it?",
            *MOMENTS,
        ),
    ),
    seed=45,
)
