"""The NumPy lab: functions of whole arrays, shapes that stay as they should, and sums without a loop.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/numpy_basics/`.
"""

import numpy as np
from hypothesis import strategies as st

from grader.lab import *


def tables(*, integers: bool = False) -> SearchStrategy[Numbers]:
    """Matrices of one to four rows and two to four columns. Rows and columns differ, so that an axis shows."""
    shapes = st.tuples(st.integers(1, 4), st.integers(2, 4)).filter(lambda shape: shape[0] != shape[1])
    return shapes.flatmap(lambda shape: block(*shape, integers=integers))


def tables_with_length(*, integers: bool = False) -> SearchStrategy[Numbers]:
    """The same, but no row is all zeros: such a row has no direction."""
    return tables(integers=integers).filter(lambda x: bool(np.all(np.any(x != 0, axis=1))))


def images() -> SearchStrategy[Numbers]:
    """Images (length, height, depth) of up to 3 by 4 pixels, three different sizes, entries in [-5, 5]."""
    sizes = st.permutations((1, 2, 3, 4)).map(lambda order: order[:3])
    return sizes.flatmap(lambda size: block(*size))


def pairs() -> SearchStrategy[tuple[Numbers, Numbers]]:
    """Two vectors (m,) of one length, from 2 to 6."""
    return st.integers(2, 6).flatmap(lambda m: st.tuples(block(m), block(m)))


def neurons() -> Call:
    """w (n, 1), X (n, m) and a bias b; n and m differ. Whole numbers, so that sums are exact."""
    shapes = st.tuples(st.integers(1, 4), st.integers(2, 5)).filter(lambda shape: shape[0] != shape[1])
    return shapes.flatmap(
        lambda shape: st.tuples(
            block(shape[0], 1, integers=True).map(lambda w: w.astype(float)),
            block(*shape, integers=True).map(lambda X: X.astype(float)),
            st.integers(-5, 5).map(float),
        )
    )


def unit_rows(value: Numbers, x: Numbers) -> bool:
    """Every row has length 1 and points where the row of x does."""
    lengths = np.sqrt(np.sum(np.square(value, dtype=float), axis=1))
    return value.shape == x.shape and bool(np.allclose(lengths, 1, atol=1e-6)) and bool(np.all(value * x >= 0))


def rows_sum_to_one(value: Numbers, x: Numbers) -> bool:
    """Every row adds up to 1, as probabilities do."""
    return value.shape == x.shape and bool(np.allclose(np.sum(value, axis=1), 1, atol=1e-6))


# Far out the slope is a small difference from 1: in single precision it is known to about 1e-7 and no better.
SLOPE = Agrees(tolerance=Tolerance(absolute=1e-6))

ONE_NUMBER = Agrees(scalar=True)

# Entries of opposite sign cancel; what single precision loses then is measured by the entries, not by their sum.
SCORE = Agrees(tolerance=Tolerance(absolute=1e-4))


def loss(name: str, title: str, by_hand: str) -> Exercise:
    """The exercise on a sum over the differences of two vectors."""
    return function(name, title, rule=ONE_NUMBER, id=name.lower()).checks(
        check("example", "The lab's own example, and one more", 4)
        .examples(
            (np.array([0.5, 0.25, 1.0]), np.array([1.0, 0.0, 0.0])),
            (np.array([2.0, -1.0, 0.5, 3.0]), np.array([0.0, 1.0, 0.5, -1.0])),
        )
        .says(
            "Right for two small pairs of vectors.",
            "One of two small pairs of vectors does not come out right.",
            by_hand,
        ),
        check("drawn", "Vectors of any length", 5, Drawn(pairs(), 25)).says(
            "Right for every pair of vectors that was tried.",
            "There is a pair of vectors for which the answer is not right.",
            "Write down the differences one by one, and what each adds to the sum.",
        ),
        check("perfect", "A perfect prediction costs nothing", 3, needs="example")
        .examples((np.array([1.0, 0.0, 1.0]), np.array([1.0, 0.0, 1.0])), (np.array([-2.5]), np.array([-2.5])))
        .says(
            "Where prediction and truth are the same the loss is 0.",
            "Prediction and truth are the same, but the loss is not 0.",
            "If nothing differs, nothing may be added.",
        ),
    )


ASSIGNMENT = lab(
    "numpy_basics",
    "NumPy for networks",
    function("sigmoid", "Sigmoid of a whole array").checks(
        check("example", "The lab's own example, and two more", 4)
        .examples((np.array([1.0, 2.0, 3.0]),), (np.array([0.0, -1.0]),), (np.array([-0.25, -4.0, 0.5]),))
        .says(
            "Right for three small vectors.",
            "One of three small vectors does not come out right.",
            "At 0 the sigmoid is one half. Work out sigmoid(1) by hand and compare.",
        ),
        check("drawn", "Vectors of any length", 4, calls(vectors(min_size=2), count=25)).says(
            "Right for every vector that was tried.",
            "There is a vector for which the answer is not right.",
            "Compare your answer for this small vector with the formula, entry by entry.",
        ),
        check("number", "A single number", 2)
        .asks(calls(st.integers(-16, 16).map(lambda n: n / 4), count=10), ONE_NUMBER)
        .says(
            "Right for a plain number too.",
            "For a plain number the answer is not right.",
            "NumPy's functions take single numbers as well. Does your code need an array?",
        ),
        check("shapes", "Matrices", 2, calls(tables(), count=12)).says(
            "Right for matrices, and the shape is kept.",
            "For a matrix the answer is not right.",
            "The function works entry by entry, so the answer has the shape of x, whatever that is.",
        ),
    ),
    function("sigmoid_derivative", "Slope of the sigmoid", rule=SLOPE, depends_on=("sigmoid",)).checks(
        check("example", "The lab's own example, and two more", 4)
        .examples((np.array([1.0, 2.0, 3.0]),), (np.array([0.0, -1.0]),), (np.array([-0.25, -4.0, 0.5]),))
        .says(
            "Right for three small vectors.",
            "One of three small vectors does not come out right.",
            "The sigmoid is steepest at 0, where its slope is one quarter.",
        ),
        check("drawn", "Vectors of any length", 5, calls(vectors(min_size=2), count=25)).says(
            "Right for every vector that was tried.",
            "There is a vector for which the answer is not right.",
            "The slope is the same at x and at -x, and never negative. Is yours?",
        ),
        check("shapes", "Matrices", 3, calls(tables(), count=12)).says(
            "Right for matrices, and the shape is kept.",
            "For a matrix the answer is not right.",
            "The function works entry by entry, so the answer has the shape of x, whatever that is.",
        ),
    ),
    function("image2vector", "An image as a column").checks(
        check("example", "The lab's own image, and one more", 4)
        .examples((np.arange(1.0, 13.0).reshape(2, 3, 2),), (np.arange(24.0, 0.0, -1.0).reshape(4, 2, 3),))
        .says(
            "Right for two small images.",
            "One of two small images does not come out right.",
            "Every pixel value must be there once, in one column: the shape is (length * height * depth, 1).",
        ),
        check("drawn", "Images of any size", 6, calls(images(), count=20)).says(
            "Right for every image that was tried.",
            "There is an image for which the answer is not right.",
            "Which numbers in your code would have to change for an image of this size?",
        ),
        check("column", "The answer has two axes", 4, Holds(lambda value, image: value.shape == (image.size, 1)))
        .examples((np.ones((2, 2, 1)),), (np.zeros((1, 1, 3)),))
        .says(
            "The answer is a column (n, 1), not a flat vector (n,).",
            "The answer is not a column of shape (n, 1).",
            "A flat array of shape (n,) is neither row nor column. A second axis, of length 1, makes it a column.",
        ),
    ),
    function(
        "normalize_rows",
        "Rows of length one",
        markers=("normalize_rows", "normalizeRows"),
        remarks=(
            (
                remark(
                    "normalize_rows does not get a matrix of whole numbers right: such a matrix cannot hold fractions.",
                    calls(tables_with_length(integers=True), count=10),
                    Agrees(),
                ),
            )
        ),
    ).checks(
        check("example", "The lab's own example, and one more", 4)
        .examples((np.array([[0.0, 3.0, 4.0], [1.0, 6.0, 4.0]]),), (np.array([[3.0, -4.0], [-0.5, 0.0], [2.0, 2.0]]),))
        .says(
            "Right for two small matrices.",
            "One of two small matrices does not come out right.",
            "The row [0, 3, 4] has length 5, so it becomes [0, 0.6, 0.8].",
        ),
        check("drawn", "Matrices of any size", 7, calls(tables_with_length(), count=25)).says(
            "Right for every matrix that was tried.",
            "There is a matrix for which the answer is not right.",
            "Work out the length of the first row by hand, and divide that row by it.",
        ),
        check("unit", "Every row has length one", 3, needs="example")
        .asks(
            calls(st.integers(5, 8).flatmap(lambda n: block(n, 3)).map(lambda x: np.abs(x) + 1), count=8),
            Holds(unit_rows),
        )
        .says(
            "In a longer matrix, too, every row comes out with length 1.",
            "In a longer matrix, some row of the answer has not length 1.",
            "Is every row divided by its own length, and by no other?",
        ),
    ),
    function(
        "softmax",
        "Softmax of every row",
        remarks=(
            (
                remark(
                    "softmax does not get a matrix of whole numbers right: an array made like it cannot hold "
                    "fractions.",
                    calls(tables(integers=True), count=10),
                    Agrees(),
                ),
            )
        ),
    ).checks(
        check("example", "The lab's own example, and one more", 4)
        .examples((np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]),), (np.array([[-1.0, 0.5], [2.0, 0.0], [-3.0, -2.5]]),))
        .says(
            "Right for two small matrices of scores.",
            "One of two small matrices of scores does not come out right.",
            "A row of three equal scores gives one third each. Does every row of your answer add up to 1?",
        ),
        check("drawn", "Matrices of any size", 7, calls(tables(), count=25)).says(
            "Right for every matrix that was tried.",
            "There is a matrix of scores for which the answer is not right.",
            "Take the first row alone: a power of e for each score, their sum, and one division each.",
        ),
        check("sums", "The rows of a long matrix sum to one", 3, needs="example")
        .asks(calls(st.integers(5, 8).flatmap(lambda n: block(n, 3)), count=8), Holds(rows_sum_to_one))
        .says(
            "In a longer matrix, too, every row sums to 1.",
            "In a longer matrix, some row of the answer does not sum to 1.",
            "Each row has a sum of its own. Along which axis do you add up?",
        ),
    ),
    loss("L1", "L1 loss", "The differences are 0.5, -0.25 and -1. Their sizes, without signs, add up to 1.75."),
    loss("L2", "L2 loss", "The differences are 0.5, -0.25 and -1. Their squares add up to 1.3125."),
    function("linear_scores", "A loop becomes one product", rule=SCORE).checks(
        check("example", "The lab's own example, and one more", 4)
        .examples(
            (np.array([[1.0], [-2.0]]), np.array([[3.0, 0.0, 1.0], [1.0, 4.0, -1.0]]), 0.5),
            (np.array([[2.0], [0.5], [-1.0]]), np.array([[1.0, -1.0], [2.0, 4.0], [0.0, 3.0]]), -3.0),
        )
        .says(
            "Right for two small sets of examples.",
            "One of two small sets of examples does not come out right.",
            "The first score is 1 * 3 + (-2) * 1 + 0.5. Each column of X gives one score.",
        ),
        check("drawn", "Any number of features and examples", 4, Drawn(neurons(), 20)).says(
            "Right for every set of examples that was tried.",
            "There is a set of examples for which the scores are not right.",
            "Compare with what the loop in the text says, score by score. Its answer is a row of shape (1, m).",
        ),
        check("single", "One example alone", 2, needs="example")
        .examples(
            (np.array([[1.0], [2.0], [-1.0]]), np.array([[4.0], [0.5], [1.0]]), 1.0),
            (np.array([[3.0]]), np.array([[-2.0]]), 0.25),
        )
        .says(
            "One example gives one score, of shape (1, 1).",
            "For one example alone the answer is not right.",
            "With one example X has shape (n, 1), and the answer still has two axes.",
        ),
    ),
    seed=45,
)
