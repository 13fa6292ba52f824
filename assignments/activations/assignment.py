"""The activations lab: seven activation functions, their derivatives, and why layers need them.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/activations/`.
"""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.lab import *


def matrices() -> SearchStrategy[Numbers]:
    """Matrices of one to three rows and two or three columns, entries in [-5, 5]."""
    return st.tuples(st.integers(1, 3), st.integers(2, 3)).flatmap(lambda shape: block(*shape))


def off_the_kink(strategy: SearchStrategy[Numbers]) -> SearchStrategy[Numbers]:
    """The same arrays with 1.5 in place of every 0: a value or slope at the kink is asked in a check of its own."""
    return strategy.map(lambda z: np.where(z == 0, 1.5, z))


def _two_layers(sizes: tuple[int, int, int]) -> Call:
    """W1 (n1, n0), b1 (n1, 1), W2 (n2, n1), b2 (n2, 1) of whole numbers, so that the products are exact."""
    n0, n1, n2 = sizes
    return st.tuples(whole(n1, n0), whole(n1, 1), whole(n2, n1), whole(n2, 1))


def truth_as_numbers(value: Any, *_: Any) -> Any:
    """True and False as 1 and 0, as NumPy itself takes them; anything else as it is."""
    array = np.asarray(value)
    return array.astype(np.float64) if array.dtype.kind == "b" else value


AGREES = Agrees(reading=truth_as_numbers)

# Near its flat ends a slope is computed as a small difference from 1. In single precision such a difference is known to
# about 1e-7 and no better, however small it is.
SLOPE = Agrees(tolerance=Tolerance(absolute=1e-6), reading=truth_as_numbers)

LEAVES_Z = (
    check("unchanged", "The input is left as it was", 1, needs="example")
    .asks(calls(vectors(min_size=2), count=8), LeavesArguments())
    .says(
        "The array z is the same after the call as before.",
        "After the call, the array z that was passed in has other numbers in it.",
        "The backward pass still needs z. Keep what you compute in a new array.",
    )
)


def entry_by_entry(
    points: tuple[int, int, int], given: Examples, hint: str, *, rule: Agrees = AGREES, kink: bool = False
) -> tuple[Draft, ...]:
    """The checks of a function that works entry by entry: examples, vectors, matrices. With `kink`, none holds a 0."""
    rows, tables = vectors(min_size=2), matrices()
    return (
        check("example", "Small examples", points[0], given, rule).says(
            "Right for the small examples.", "One of the small examples does not come out right.", hint
        ),
        check("drawn", "Vectors of any length", points[1])
        .asks(calls(off_the_kink(rows) if kink else rows, count=25), rule)
        .says(
            "Right for every vector that was tried, with positive and negative entries.",
            "There is a vector for which the answer is not right.",
            "Compare your answer for this small vector with the formula, entry by entry.",
        ),
        check("shapes", "Matrices", points[2], calls(off_the_kink(tables) if kink else tables, count=12), rule).says(
            "Right for matrices too, and the shape is kept.",
            "For a matrix the answer is not right.",
            "The function works entry by entry, so the answer has the shape of z, whatever that is.",
        ),
    )


def small(*rows: list[float]) -> Examples:
    """A call for each of these vectors."""
    return examples(*((np.array(row),) for row in rows))


def at_zero(points: int, *, passed: str, failed: str, hint: str) -> Draft:
    """What is agreed on for an entry of exactly 0, where the curve jumps or bends."""
    return (
        check("at_zero", "An entry of exactly 0", points, needs="example")
        .asks(small([0.0], [-1.0, 0.0, 1.0], [0.0, -2.5, 0.0]), AGREES)
        .says(passed, failed, hint)
    )


ASSIGNMENT = lab(
    "activations",
    "Activations: curves and their slopes",
    function("step", "Step").checks(
        *entry_by_entry(
            (2, 1, 1),
            small([-1.0, 2.0], [3.0, 0.5, -0.5], [-4.0, -0.25]),
            "Each entry becomes 0 or 1. Only its sign matters.",
            kink=True,
        ),
        at_zero(
            1,
            passed="At 0 the step is already up.",
            failed="For an entry of exactly 0 the answer is not what the text asks.",
            hint="The formula says on which side of the step 0 belongs.",
        ),
    ),
    function("sigmoid", "Sigmoid").checks(
        *entry_by_entry(
            (3, 3, 2),
            small([0.0, 1.0], [-2.0, 0.5, 3.0], [-0.25, -4.0]),
            "At 0 the sigmoid is one half. Work out sigmoid(1) by hand and compare.",
        ),
    ),
    function("tanh", "Hyperbolic tangent", depends_on=("sigmoid",)).checks(
        *entry_by_entry(
            (2, 2, 2),
            small([0.0, 1.0], [-2.0, 0.5, 3.0], [-0.25, -4.0]),
            "tanh runs from -1 to 1 and is 0 at 0. Check both with your function.",
        ),
    ),
    function("relu", "ReLU").checks(
        *entry_by_entry(
            (2, 2, 1),
            small([-1.0, 2.0], [0.0, 0.5, -0.25], [-4.0, -3.0, 5.0]),
            "Below 0 the answer is 0; above 0 it is the entry itself.",
        ),
        LEAVES_Z,
    ),
    function("leaky_relu", "Leaky ReLU").checks(
        *entry_by_entry(
            (2, 2, 1),
            small([-1.0, 2.0], [0.0, 0.5, -0.25], [-4.0, -3.0, 5.0]),
            "Below 0 a hundredth of the entry leaks through; above 0 it is the entry itself.",
        ),
        check("integers", "Whole numbers as input", 1, needs="example")
        .asks(calls(vectors(min_size=2, integers=True), count=10))
        .says(
            "Right for vectors of whole numbers too.",
            "For a vector of whole numbers the answer is not right.",
            "An array made to look like a whole-number array can hold only whole numbers.",
        ),
        LEAVES_Z,
    ),
    function("linear", "Linear").checks(
        *entry_by_entry(
            (1, 2, 1),
            small([-1.0, 2.0], [0.0, 0.5, -0.25], [-4.0, 7.0, 5.0]),
            "The linear activation passes on what it gets.",
        ),
    ),
    function("softmax", "Softmax").checks(
        check("example", "Two, three and four scores", 3)
        .asks(small([0.0, 1.0], [1.0, 2.0, 3.0], [-1.0, 0.0, 0.5, -2.5]))
        .says(
            "Right for three small vectors of scores.",
            "One of three small vectors of scores does not come out right.",
            "Work it out on paper: a power of e for each score, their sum, and one division each.",
        ),
        check("drawn", "Any number of scores", 4, calls(vectors(min_size=2), count=25)).says(
            "Right for every vector that was tried.",
            "There is a vector of scores for which the answer is not right.",
            "Compare your answer for this small vector with the formula, entry by entry.",
        ),
        check("integers", "Whole numbers as input", 2, needs="example")
        .asks(calls(vectors(max_size=8, integers=True), count=15))
        .says(
            "Right for vectors of whole numbers too, and for a single one.",
            "For a vector of whole numbers the answer is not right.",
            "An array made to look like a whole-number array can hold only whole numbers.",
        ),
        check("sums", "The probabilities of a long vector sum to one", 1, needs="example")
        .asks(calls(vectors(min_size=9, max_size=20), count=6), Holds(sums_to_one))
        .says(
            "The entries sum to 1 for long vectors too.",
            "For a long vector the entries of the answer do not sum to 1.",
            "Does the sum reach every entry, however many there are?",
        ),
    ),
    function("step_derivative", "Slope of the step").checks(
        *entry_by_entry(
            (1, 1, 1),
            small([-1.0, 2.0], [3.0, 0.5, -0.25]),
            "How fast does the step rise to the left of the jump, and how fast to the right of it?",
            kink=True,
        ),
    ),
    function("sigmoid_derivative", "Slope of the sigmoid", depends_on=("sigmoid",)).checks(
        *entry_by_entry(
            (3, 3, 2),
            small([0.0, 1.0], [-2.0, 0.5, 3.0], [-0.25, -4.0]),
            "The sigmoid is steepest at 0, where its slope is one quarter.",
            rule=SLOPE,
        ),
    ),
    function("tanh_derivative", "Slope of the hyperbolic tangent", depends_on=("tanh",)).checks(
        *entry_by_entry(
            (3, 2, 2),
            small([0.0, 1.0], [-2.0, 0.5, 3.0], [-0.25, -4.0]),
            "tanh is steepest at 0, where its slope is 1, and flat far out on both sides.",
            rule=SLOPE,
        ),
    ),
    function("relu_derivative", "Slope of ReLU").checks(
        *entry_by_entry(
            (2, 2, 1),
            small([-1.0, 2.0], [3.0, 0.5, -0.25], [-4.0, -3.0, 5.0]),
            "On the flat side the slope is 0, on the rising side it is the same everywhere.",
            kink=True,
        ),
        at_zero(
            2,
            passed="At 0 the slope is taken to be 0.",
            failed="For an entry of exactly 0 the slope is not the one agreed on.",
            hint="At the bend there is no slope; the text says which of the two sides this lab takes.",
        ),
    ),
    function("leaky_relu_derivative", "Slope of leaky ReLU").checks(
        *entry_by_entry(
            (2, 2, 1),
            small([-1.0, 2.0], [3.0, 0.5, -0.25], [-4.0, -3.0, 5.0]),
            "There are two straight pieces, so there are two slopes.",
            kink=True,
        ),
        at_zero(
            2,
            passed="At 0 the slope is that of the left side.",
            failed="For an entry of exactly 0 the slope is not the one agreed on.",
            hint="At the bend there is no slope; the text says which of the two sides this lab takes.",
        ),
    ),
    function("linear_derivative", "Slope of the linear activation").checks(
        *entry_by_entry(
            (1, 1, 1),
            small([-1.0, 2.0], [0.0, 0.5, -0.25]),
            "A straight line has the same slope everywhere. The answer still has an entry for each entry of z.",
        ),
    ),
    function("softmax_jacobian", "Derivatives of softmax", rule=SLOPE, depends_on=("softmax",)).checks(
        check("example", "Two and three scores", 3, small([0.0, 1.0], [1.0, 2.0, 3.0], [-1.0, 0.0, 0.5])).says(
            "Right for three small vectors of scores.",
            "One of three small vectors of scores does not come out right.",
            "The answer is a square matrix. Work out its four entries for z = [0, 1] by hand.",
        ),
        check("drawn", "Any number of scores", 4)
        .asks(calls(vectors(min_size=2, max_size=5, low=-3, high=3), count=25))
        .says(
            "Right for every vector that was tried.",
            "There is a vector of scores for which the matrix is not right.",
            "Compare the diagonal with the formula first, then the rest.",
        ),
        check("single", "A single score", 2, small([0.0], [2.5]), needs="example").says(
            "With one score the probability is always 1, and the only derivative is 0.",
            "For a single score the answer is not right.",
            "With one score the matrix has shape (1, 1), and its probability cannot change.",
        ),
    ),
    function("collapse", "Two linear layers are one", rule=Agrees(parts=("W", "b"))).checks(
        check("example", "The lab's own example, and one more", 4)
        .examples(
            (
                np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 1.0]]),
                np.array([[1.0], [0.0], [-2.0]]),
                np.array([[2.0, 1.0, -1.0]]),
                np.array([[5.0]]),
            ),
            (np.array([[1.0, -2.0]]), np.array([[3.0]]), np.array([[2.0], [-1.0]]), np.array([[0.5], [4.0]])),
        )
        .says(
            "Right for two small pairs of layers.",
            "One of two small pairs of layers does not come out right.",
            "Put the first layer's formula into the second and multiply out. What stands before x?",
        ),
        check("drawn", "Layers of any size", 6)
        .asks(Drawn(st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 4)).flatmap(_two_layers), 25))
        .says(
            "Right for layers of all sizes that were tried.",
            "There are two layers for which the answer is not right.",
            "W' has one row for each output of the second layer and one column for each input of the first.",
        ),
    ),
    seed=42,
)
