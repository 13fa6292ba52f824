"""The activations lab: seven activation functions, their derivatives, and why layers need them.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/activations/`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.compare import Tolerance
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, Examples, calls, examples, vectors
from grader.checks.rules import Agrees, Holds, LeavesArguments

Numbers = npt.NDArray[Any]


def reshaped(n: int, m: int) -> SearchStrategy[Numbers]:
    """Matrices (n, m) of entries in [-5, 5]."""
    return vectors(min_size=n * m, max_size=n * m).map(lambda z: z.reshape(n, m))


def matrices() -> SearchStrategy[Numbers]:
    """Matrices of one to three rows and two or three columns, entries in [-5, 5]."""
    return st.tuples(st.integers(1, 3), st.integers(2, 3)).flatmap(lambda shape: reshaped(*shape))


def off_the_kink(strategy: SearchStrategy[Numbers]) -> SearchStrategy[Numbers]:
    """The same arrays with 1.5 in place of every 0: a value or slope at the kink is asked in a check of its own."""
    return strategy.map(lambda z: np.where(z == 0, 1.5, z))


def _whole(rows: int, columns: int) -> SearchStrategy[Numbers]:
    size = rows * columns
    entries = st.lists(st.integers(-4, 4).map(float), min_size=size, max_size=size)
    return entries.map(lambda items: np.array(items).reshape(rows, columns))


def _two_layers(sizes: tuple[int, int, int]) -> SearchStrategy[tuple[Any, ...]]:
    """W1 (n1, n0), b1 (n1, 1), W2 (n2, n1), b2 (n2, 1) of whole numbers, so that the products are exact."""
    n0, n1, n2 = sizes
    return st.tuples(_whole(n1, n0), _whole(n1, 1), _whole(n2, n1), _whole(n2, 1))


def as_numbers(value: Any, *_: Any) -> Any:
    """True and False as 1 and 0, as NumPy itself takes them; anything else as it is."""
    array = np.asarray(value)
    return array.astype(np.float64) if array.dtype.kind == "b" else value


def sums_to_one(a: Numbers, z: Numbers) -> bool:
    """The entries add up to 1, as probabilities do."""
    return a.shape == z.shape and bool(abs(a.sum() - 1) <= 1e-6)


AGREES = Agrees(reading=as_numbers)

# Near its flat ends a slope is computed as a small difference from 1. In single precision such a difference is known to
# about 1e-7 and no better, however small it is.
SLOPE = Agrees(tolerance=Tolerance(absolute=1e-6), reading=as_numbers)

LEAVES_Z = FunctionCheck(
    id="unchanged",
    title="The input is left as it was",
    points=1,
    inputs=calls(vectors(min_size=2), count=8),
    rule=LeavesArguments(),
    needs=("example",),
    passed="The array z is the same after the call as before.",
    failed="After the call, the array z that was passed in has other numbers in it.",
    hint="The backward pass still needs z. Keep what you compute in a new array.",
)


def entry_by_entry(
    points: tuple[int, int, int], given: Examples, hint: str, *, rule: Agrees = AGREES, kink: bool = False
) -> tuple[FunctionCheck, ...]:
    """The checks of a function that works entry by entry: examples, vectors, matrices. With `kink`, none holds a 0."""
    rows, tables = vectors(min_size=2), matrices()
    return (
        FunctionCheck(
            id="example",
            title="Small examples",
            points=points[0],
            inputs=given,
            rule=rule,
            passed="Right for the small examples.",
            failed="One of the small examples does not come out right.",
            hint=hint,
        ),
        FunctionCheck(
            id="drawn",
            title="Vectors of any length",
            points=points[1],
            inputs=calls(off_the_kink(rows) if kink else rows, count=25),
            rule=rule,
            passed="Right for every vector that was tried, with positive and negative entries.",
            failed="There is a vector for which the answer is not right.",
            hint="Compare your answer for this small vector with the formula, entry by entry.",
        ),
        FunctionCheck(
            id="shapes",
            title="Matrices",
            points=points[2],
            inputs=calls(off_the_kink(tables) if kink else tables, count=12),
            rule=rule,
            passed="Right for matrices too, and the shape is kept.",
            failed="For a matrix the answer is not right.",
            hint="The function works entry by entry, so the answer has the shape of z, whatever that is.",
        ),
    )


def small(*rows: list[float]) -> Examples:
    """A call for each of these vectors."""
    return examples(*((np.array(row),) for row in rows))


def at_zero(points: int, *, passed: str, failed: str, hint: str) -> FunctionCheck:
    """What is agreed on for an entry of exactly 0, where the curve jumps or bends."""
    return FunctionCheck(
        id="at_zero",
        title="An entry of exactly 0",
        points=points,
        inputs=small([0.0], [-1.0, 0.0, 1.0], [0.0, -2.5, 0.0]),
        rule=AGREES,
        needs=("example",),
        passed=passed,
        failed=failed,
        hint=hint,
    )


STEP = FunctionExercise(
    id="step",
    title="Step",
    target="step",
    markers=("step",),
    checks=(
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
)


SIGMOID = FunctionExercise(
    id="sigmoid",
    title="Sigmoid",
    target="sigmoid",
    markers=("sigmoid",),
    checks=entry_by_entry(
        (3, 3, 2),
        small([0.0, 1.0], [-2.0, 0.5, 3.0], [-0.25, -4.0]),
        "At 0 the sigmoid is one half. Work out sigmoid(1) by hand and compare.",
    ),
)


TANH = FunctionExercise(
    id="tanh",
    title="Hyperbolic tangent",
    target="tanh",
    markers=("tanh",),
    depends_on=("sigmoid",),
    checks=entry_by_entry(
        (2, 2, 2),
        small([0.0, 1.0], [-2.0, 0.5, 3.0], [-0.25, -4.0]),
        "tanh runs from -1 to 1 and is 0 at 0. Check both with your function.",
    ),
)


RELU = FunctionExercise(
    id="relu",
    title="ReLU",
    target="relu",
    markers=("relu",),
    checks=(
        *entry_by_entry(
            (2, 2, 1),
            small([-1.0, 2.0], [0.0, 0.5, -0.25], [-4.0, -3.0, 5.0]),
            "Below 0 the answer is 0; above 0 it is the entry itself.",
        ),
        LEAVES_Z,
    ),
)


LEAKY_RELU = FunctionExercise(
    id="leaky_relu",
    title="Leaky ReLU",
    target="leaky_relu",
    markers=("leaky_relu",),
    checks=(
        *entry_by_entry(
            (2, 2, 1),
            small([-1.0, 2.0], [0.0, 0.5, -0.25], [-4.0, -3.0, 5.0]),
            "Below 0 a hundredth of the entry leaks through; above 0 it is the entry itself.",
        ),
        FunctionCheck(
            id="integers",
            title="Whole numbers as input",
            points=1,
            inputs=calls(vectors(min_size=2, integers=True), count=10),
            needs=("example",),
            passed="Right for vectors of whole numbers too.",
            failed="For a vector of whole numbers the answer is not right.",
            hint="An array made to look like a whole-number array can hold only whole numbers.",
        ),
        LEAVES_Z,
    ),
)


LINEAR = FunctionExercise(
    id="linear",
    title="Linear",
    target="linear",
    markers=("linear",),
    checks=entry_by_entry(
        (1, 2, 1),
        small([-1.0, 2.0], [0.0, 0.5, -0.25], [-4.0, 7.0, 5.0]),
        "The linear activation passes on what it gets.",
    ),
)


SOFTMAX = FunctionExercise(
    id="softmax",
    title="Softmax",
    target="softmax",
    markers=("softmax",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two, three and four scores",
            points=3,
            inputs=small([0.0, 1.0], [1.0, 2.0, 3.0], [-1.0, 0.0, 0.5, -2.5]),
            passed="Right for three small vectors of scores.",
            failed="One of three small vectors of scores does not come out right.",
            hint="Work it out on paper: a power of e for each score, their sum, and one division each.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any number of scores",
            points=4,
            inputs=calls(vectors(min_size=2), count=25),
            passed="Right for every vector that was tried.",
            failed="There is a vector of scores for which the answer is not right.",
            hint="Compare your answer for this small vector with the formula, entry by entry.",
        ),
        FunctionCheck(
            id="integers",
            title="Whole numbers as input",
            points=2,
            inputs=calls(vectors(max_size=8, integers=True), count=15),
            needs=("example",),
            passed="Right for vectors of whole numbers too, and for a single one.",
            failed="For a vector of whole numbers the answer is not right.",
            hint="An array made to look like a whole-number array can hold only whole numbers.",
        ),
        FunctionCheck(
            id="sums",
            title="The probabilities of a long vector sum to one",
            points=1,
            inputs=calls(vectors(min_size=9, max_size=20), count=6),
            rule=Holds(sums_to_one),
            needs=("example",),
            passed="The entries sum to 1 for long vectors too.",
            failed="For a long vector the entries of the answer do not sum to 1.",
            hint="Does the sum reach every entry, however many there are?",
        ),
    ),
)


STEP_DERIVATIVE = FunctionExercise(
    id="step_derivative",
    title="Slope of the step",
    target="step_derivative",
    markers=("step_derivative",),
    checks=entry_by_entry(
        (1, 1, 1),
        small([-1.0, 2.0], [3.0, 0.5, -0.25]),
        "How fast does the step rise to the left of the jump, and how fast to the right of it?",
        kink=True,
    ),
)


SIGMOID_DERIVATIVE = FunctionExercise(
    id="sigmoid_derivative",
    title="Slope of the sigmoid",
    target="sigmoid_derivative",
    markers=("sigmoid_derivative",),
    depends_on=("sigmoid",),
    checks=entry_by_entry(
        (3, 3, 2),
        small([0.0, 1.0], [-2.0, 0.5, 3.0], [-0.25, -4.0]),
        "The sigmoid is steepest at 0, where its slope is one quarter.",
        rule=SLOPE,
    ),
)


TANH_DERIVATIVE = FunctionExercise(
    id="tanh_derivative",
    title="Slope of the hyperbolic tangent",
    target="tanh_derivative",
    markers=("tanh_derivative",),
    depends_on=("tanh",),
    checks=entry_by_entry(
        (3, 2, 2),
        small([0.0, 1.0], [-2.0, 0.5, 3.0], [-0.25, -4.0]),
        "tanh is steepest at 0, where its slope is 1, and flat far out on both sides.",
        rule=SLOPE,
    ),
)


RELU_DERIVATIVE = FunctionExercise(
    id="relu_derivative",
    title="Slope of ReLU",
    target="relu_derivative",
    markers=("relu_derivative",),
    checks=(
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
)


LEAKY_RELU_DERIVATIVE = FunctionExercise(
    id="leaky_relu_derivative",
    title="Slope of leaky ReLU",
    target="leaky_relu_derivative",
    markers=("leaky_relu_derivative",),
    checks=(
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
)


LINEAR_DERIVATIVE = FunctionExercise(
    id="linear_derivative",
    title="Slope of the linear activation",
    target="linear_derivative",
    markers=("linear_derivative",),
    checks=entry_by_entry(
        (1, 1, 1),
        small([-1.0, 2.0], [0.0, 0.5, -0.25]),
        "A straight line has the same slope everywhere. The answer still has an entry for each entry of z.",
    ),
)


SOFTMAX_JACOBIAN = FunctionExercise(
    id="softmax_jacobian",
    title="Derivatives of softmax",
    target="softmax_jacobian",
    markers=("softmax_jacobian",),
    depends_on=("softmax",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two and three scores",
            points=3,
            inputs=small([0.0, 1.0], [1.0, 2.0, 3.0], [-1.0, 0.0, 0.5]),
            rule=SLOPE,
            passed="Right for three small vectors of scores.",
            failed="One of three small vectors of scores does not come out right.",
            hint="The answer is a square matrix. Work out its four entries for z = [0, 1] by hand.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any number of scores",
            points=4,
            inputs=calls(vectors(min_size=2, max_size=5, low=-3, high=3), count=25),
            rule=SLOPE,
            passed="Right for every vector that was tried.",
            failed="There is a vector of scores for which the matrix is not right.",
            hint="Compare the diagonal with the formula first, then the rest.",
        ),
        FunctionCheck(
            id="single",
            title="A single score",
            points=2,
            inputs=small([0.0], [2.5]),
            rule=SLOPE,
            needs=("example",),
            passed="With one score the probability is always 1, and the only derivative is 0.",
            failed="For a single score the answer is not right.",
            hint="With one score the matrix has shape (1, 1), and its probability cannot change.",
        ),
    ),
)


COLLAPSE = FunctionExercise(
    id="collapse",
    title="Two linear layers are one",
    target="collapse",
    markers=("collapse",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and one more",
            points=4,
            inputs=examples(
                (
                    np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 1.0]]),
                    np.array([[1.0], [0.0], [-2.0]]),
                    np.array([[2.0, 1.0, -1.0]]),
                    np.array([[5.0]]),
                ),
                (
                    np.array([[1.0, -2.0]]),
                    np.array([[3.0]]),
                    np.array([[2.0], [-1.0]]),
                    np.array([[0.5], [4.0]]),
                ),
            ),
            passed="Right for two small pairs of layers.",
            failed="One of two small pairs of layers does not come out right.",
            hint="Put the first layer's formula into the second and multiply out. What stands before x?",
        ),
        FunctionCheck(
            id="drawn",
            title="Layers of any size",
            points=6,
            inputs=Drawn(
                st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 4)).flatmap(_two_layers), count=25
            ),
            passed="Right for layers of all sizes that were tried.",
            failed="There are two layers for which the answer is not right.",
            hint="W' has one row for each output of the second layer and one column for each input of the first.",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="activations",
    title="Activations: curves and their slopes",
    version="1",
    seed=42,
    exercises=(
        STEP,
        SIGMOID,
        TANH,
        RELU,
        LEAKY_RELU,
        LINEAR,
        SOFTMAX,
        STEP_DERIVATIVE,
        SIGMOID_DERIVATIVE,
        TANH_DERIVATIVE,
        RELU_DERIVATIVE,
        LEAKY_RELU_DERIVATIVE,
        LINEAR_DERIVATIVE,
        SOFTMAX_JACOBIAN,
        COLLAPSE,
    ),
)
