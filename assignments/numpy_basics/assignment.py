"""The NumPy lab: functions of whole arrays, shapes that stay as they should, and sums without a loop.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/numpy_basics/`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.compare import Tolerance
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, calls, examples, vectors
from grader.checks.rules import Agrees, Holds

Numbers = npt.NDArray[Any]


def table(rows: int, columns: int, *, integers: bool = False) -> SearchStrategy[Numbers]:
    """Matrices of that shape with entries in [-5, 5]."""
    size = rows * columns
    return vectors(min_size=size, max_size=size, integers=integers).map(lambda x: x.reshape(rows, columns))


def tables(*, integers: bool = False) -> SearchStrategy[Numbers]:
    """Matrices of one to four rows and two to four columns. Rows and columns differ, so that an axis shows."""
    shapes = st.tuples(st.integers(1, 4), st.integers(2, 4)).filter(lambda shape: shape[0] != shape[1])
    return shapes.flatmap(lambda shape: table(*shape, integers=integers))


def tables_with_length(*, integers: bool = False) -> SearchStrategy[Numbers]:
    """The same, but no row is all zeros: such a row has no direction."""
    return tables(integers=integers).filter(lambda x: bool(np.all(np.any(x != 0, axis=1))))


def images() -> SearchStrategy[Numbers]:
    """Images (length, height, depth) of up to 3 by 4 pixels, three different sizes, entries in [-5, 5]."""
    sizes = st.permutations((1, 2, 3, 4)).map(lambda order: order[:3])
    return sizes.flatmap(
        lambda size: vectors(min_size=int(np.prod(size)), max_size=int(np.prod(size))).map(lambda v: v.reshape(size))
    )


def pairs() -> SearchStrategy[tuple[Numbers, Numbers]]:
    """Two vectors (m,) of one length, from 2 to 6."""
    return st.integers(2, 6).flatmap(
        lambda m: st.tuples(vectors(min_size=m, max_size=m), vectors(min_size=m, max_size=m))
    )


def neurons() -> SearchStrategy[tuple[Any, ...]]:
    """w (n, 1), X (n, m) and a bias b; n and m differ. Whole numbers, so that sums are exact."""
    shapes = st.tuples(st.integers(1, 4), st.integers(2, 5)).filter(lambda shape: shape[0] != shape[1])
    return shapes.flatmap(
        lambda shape: st.tuples(
            table(shape[0], 1, integers=True).map(lambda w: w.astype(float)),
            table(*shape, integers=True).map(lambda X: X.astype(float)),
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


SIGMOID = FunctionExercise(
    id="sigmoid",
    title="Sigmoid of a whole array",
    target="sigmoid",
    markers=("sigmoid",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and two more",
            points=4,
            inputs=examples((np.array([1.0, 2.0, 3.0]),), (np.array([0.0, -1.0]),), (np.array([-0.25, -4.0, 0.5]),)),
            passed="Right for three small vectors.",
            failed="One of three small vectors does not come out right.",
            hint="At 0 the sigmoid is one half. Work out sigmoid(1) by hand and compare.",
        ),
        FunctionCheck(
            id="drawn",
            title="Vectors of any length",
            points=4,
            inputs=calls(vectors(min_size=2), count=25),
            passed="Right for every vector that was tried.",
            failed="There is a vector for which the answer is not right.",
            hint="Compare your answer for this small vector with the formula, entry by entry.",
        ),
        FunctionCheck(
            id="number",
            title="A single number",
            points=2,
            inputs=calls(st.integers(-16, 16).map(lambda n: n / 4), count=10),
            rule=ONE_NUMBER,
            passed="Right for a plain number too.",
            failed="For a plain number the answer is not right.",
            hint="NumPy's functions take single numbers as well. Does your code need an array?",
        ),
        FunctionCheck(
            id="shapes",
            title="Matrices",
            points=2,
            inputs=calls(tables(), count=12),
            passed="Right for matrices, and the shape is kept.",
            failed="For a matrix the answer is not right.",
            hint="The function works entry by entry, so the answer has the shape of x, whatever that is.",
        ),
    ),
)


SIGMOID_DERIVATIVE = FunctionExercise(
    id="sigmoid_derivative",
    title="Slope of the sigmoid",
    target="sigmoid_derivative",
    markers=("sigmoid_derivative",),
    depends_on=("sigmoid",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and two more",
            points=4,
            inputs=examples((np.array([1.0, 2.0, 3.0]),), (np.array([0.0, -1.0]),), (np.array([-0.25, -4.0, 0.5]),)),
            rule=SLOPE,
            passed="Right for three small vectors.",
            failed="One of three small vectors does not come out right.",
            hint="The sigmoid is steepest at 0, where its slope is one quarter.",
        ),
        FunctionCheck(
            id="drawn",
            title="Vectors of any length",
            points=5,
            inputs=calls(vectors(min_size=2), count=25),
            rule=SLOPE,
            passed="Right for every vector that was tried.",
            failed="There is a vector for which the answer is not right.",
            hint="The slope is the same at x and at -x, and never negative. Is yours?",
        ),
        FunctionCheck(
            id="shapes",
            title="Matrices",
            points=3,
            inputs=calls(tables(), count=12),
            rule=SLOPE,
            passed="Right for matrices, and the shape is kept.",
            failed="For a matrix the answer is not right.",
            hint="The function works entry by entry, so the answer has the shape of x, whatever that is.",
        ),
    ),
)


IMAGE2VECTOR = FunctionExercise(
    id="image2vector",
    title="An image as a column",
    target="image2vector",
    markers=("image2vector",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own image, and one more",
            points=4,
            inputs=examples(
                (np.arange(1.0, 13.0).reshape(2, 3, 2),),
                (np.arange(24.0, 0.0, -1.0).reshape(4, 2, 3),),
            ),
            passed="Right for two small images.",
            failed="One of two small images does not come out right.",
            hint="Every pixel value must be there once, in one column: the shape is (length * height * depth, 1).",
        ),
        FunctionCheck(
            id="drawn",
            title="Images of any size",
            points=6,
            inputs=calls(images(), count=20),
            passed="Right for every image that was tried.",
            failed="There is an image for which the answer is not right.",
            hint="Which numbers in your code would have to change for an image of this size?",
        ),
        FunctionCheck(
            id="column",
            title="The answer has two axes",
            points=4,
            inputs=examples((np.ones((2, 2, 1)),), (np.zeros((1, 1, 3)),)),
            rule=Holds(lambda value, image: value.shape == (image.size, 1)),
            passed="The answer is a column (n, 1), not a flat vector (n,).",
            failed="The answer is not a column of shape (n, 1).",
            hint="A flat array of shape (n,) is neither row nor column. A second axis, of length 1, makes it a column.",
        ),
    ),
)


NORMALIZE_ROWS = FunctionExercise(
    id="normalize_rows",
    title="Rows of length one",
    target="normalize_rows",
    markers=("normalize_rows", "normalizeRows"),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and one more",
            points=4,
            inputs=examples(
                (np.array([[0.0, 3.0, 4.0], [1.0, 6.0, 4.0]]),),
                (np.array([[3.0, -4.0], [-0.5, 0.0], [2.0, 2.0]]),),
            ),
            passed="Right for two small matrices.",
            failed="One of two small matrices does not come out right.",
            hint="The row [0, 3, 4] has length 5, so it becomes [0, 0.6, 0.8].",
        ),
        FunctionCheck(
            id="drawn",
            title="Matrices of any size",
            points=5,
            inputs=calls(tables_with_length(), count=25),
            passed="Right for every matrix that was tried.",
            failed="There is a matrix for which the answer is not right.",
            hint="Work out the length of the first row by hand, and divide that row by it.",
        ),
        FunctionCheck(
            id="integers",
            title="Whole numbers as input",
            points=2,
            inputs=calls(tables_with_length(integers=True), count=10),
            needs=("example",),
            passed="Right for matrices of whole numbers too.",
            failed="For a matrix of whole numbers the answer is not right.",
            hint="An array of whole numbers cannot hold fractions. Put the quotient into a new array.",
        ),
        FunctionCheck(
            id="unit",
            title="Every row has length one",
            points=3,
            inputs=calls(st.integers(5, 8).flatmap(lambda n: table(n, 3)).map(lambda x: np.abs(x) + 1), count=8),
            rule=Holds(unit_rows),
            needs=("example",),
            passed="In a longer matrix, too, every row comes out with length 1.",
            failed="In a longer matrix, some row of the answer has not length 1.",
            hint="Is every row divided by its own length, and by no other?",
        ),
    ),
)


SOFTMAX = FunctionExercise(
    id="softmax",
    title="Softmax of every row",
    target="softmax",
    markers=("softmax",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and one more",
            points=4,
            inputs=examples(
                (np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]),),
                (np.array([[-1.0, 0.5], [2.0, 0.0], [-3.0, -2.5]]),),
            ),
            passed="Right for two small matrices of scores.",
            failed="One of two small matrices of scores does not come out right.",
            hint="A row of three equal scores gives one third each. Does every row of your answer add up to 1?",
        ),
        FunctionCheck(
            id="drawn",
            title="Matrices of any size",
            points=5,
            inputs=calls(tables(), count=25),
            passed="Right for every matrix that was tried.",
            failed="There is a matrix of scores for which the answer is not right.",
            hint="Take the first row alone: a power of e for each score, their sum, and one division each.",
        ),
        FunctionCheck(
            id="integers",
            title="Whole numbers as input",
            points=2,
            inputs=calls(tables(integers=True), count=10),
            needs=("example",),
            passed="Right for matrices of whole numbers too.",
            failed="For a matrix of whole numbers the answer is not right.",
            hint="An array made to look like a whole-number array can hold only whole numbers.",
        ),
        FunctionCheck(
            id="sums",
            title="The rows of a long matrix sum to one",
            points=3,
            inputs=calls(st.integers(5, 8).flatmap(lambda n: table(n, 3)), count=8),
            rule=Holds(rows_sum_to_one),
            needs=("example",),
            passed="In a longer matrix, too, every row sums to 1.",
            failed="In a longer matrix, some row of the answer does not sum to 1.",
            hint="Each row has a sum of its own. Along which axis do you add up?",
        ),
    ),
)


def loss(name: str, title: str, by_hand: str) -> FunctionExercise:
    """The exercise on a sum over the differences of two vectors."""
    return FunctionExercise(
        id=name.lower(),
        title=title,
        target=name,
        markers=(name,),
        checks=(
            FunctionCheck(
                id="example",
                title="The lab's own example, and one more",
                points=4,
                inputs=examples(
                    (np.array([0.5, 0.25, 1.0]), np.array([1.0, 0.0, 0.0])),
                    (np.array([2.0, -1.0, 0.5, 3.0]), np.array([0.0, 1.0, 0.5, -1.0])),
                ),
                rule=ONE_NUMBER,
                passed="Right for two small pairs of vectors.",
                failed="One of two small pairs of vectors does not come out right.",
                hint=by_hand,
            ),
            FunctionCheck(
                id="drawn",
                title="Vectors of any length",
                points=5,
                inputs=Drawn(pairs(), count=25),
                rule=ONE_NUMBER,
                passed="Right for every pair of vectors that was tried.",
                failed="There is a pair of vectors for which the answer is not right.",
                hint="Write down the differences one by one, and what each adds to the sum.",
            ),
            FunctionCheck(
                id="perfect",
                title="A perfect prediction costs nothing",
                points=3,
                inputs=examples(
                    (np.array([1.0, 0.0, 1.0]), np.array([1.0, 0.0, 1.0])), (np.array([-2.5]), np.array([-2.5]))
                ),
                rule=ONE_NUMBER,
                needs=("example",),
                passed="Where prediction and truth are the same the loss is 0.",
                failed="Prediction and truth are the same, but the loss is not 0.",
                hint="If nothing differs, nothing may be added.",
            ),
        ),
    )


L1_LOSS = loss("L1", "L1 loss", "The differences are 0.5, -0.25 and -1. Their sizes, without signs, add up to 1.75.")

L2_LOSS = loss("L2", "L2 loss", "The differences are 0.5, -0.25 and -1. Their squares add up to 1.3125.")


LINEAR_SCORES = FunctionExercise(
    id="linear_scores",
    title="A loop becomes one product",
    target="linear_scores",
    markers=("linear_scores",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and one more",
            points=4,
            inputs=examples(
                (np.array([[1.0], [-2.0]]), np.array([[3.0, 0.0, 1.0], [1.0, 4.0, -1.0]]), 0.5),
                (np.array([[2.0], [0.5], [-1.0]]), np.array([[1.0, -1.0], [2.0, 4.0], [0.0, 3.0]]), -3.0),
            ),
            rule=SCORE,
            passed="Right for two small sets of examples.",
            failed="One of two small sets of examples does not come out right.",
            hint="The first score is 1 * 3 + (-2) * 1 + 0.5. Each column of X gives one score.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any number of features and examples",
            points=4,
            inputs=Drawn(neurons(), count=20),
            rule=SCORE,
            passed="Right for every set of examples that was tried.",
            failed="There is a set of examples for which the scores are not right.",
            hint="Compare with what the loop in the text says, score by score. Its answer is a row of shape (1, m).",
        ),
        FunctionCheck(
            id="single",
            title="One example alone",
            points=2,
            inputs=examples(
                (np.array([[1.0], [2.0], [-1.0]]), np.array([[4.0], [0.5], [1.0]]), 1.0),
                (np.array([[3.0]]), np.array([[-2.0]]), 0.25),
            ),
            rule=SCORE,
            needs=("example",),
            passed="One example gives one score, of shape (1, 1).",
            failed="For one example alone the answer is not right.",
            hint="With one example X has shape (n, 1), and the answer still has two axes.",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="numpy_basics",
    title="NumPy for networks",
    version="1",
    seed=45,
    exercises=(
        SIGMOID,
        SIGMOID_DERIVATIVE,
        IMAGE2VECTOR,
        NORMALIZE_ROWS,
        SOFTMAX,
        L1_LOSS,
        L2_LOSS,
        LINEAR_SCORES,
    ),
)
