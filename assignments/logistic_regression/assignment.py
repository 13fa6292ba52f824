"""The logistic regression lab: one neuron, from the sigmoid to a trained model, in the form of the course notebooks.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/logistic_regression/`.
Functions are judged with right versions of those they call, so that a mistake is charged once.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, calls, examples, vectors
from grader.checks.rules import Agrees, AgreesIn
from grader.checks.shapes import CallShape

Numbers = npt.NDArray[Any]


def zeros_and_ones(value: Any, *_: Any) -> Any:
    """True and False as 1 and 0; anything else as it is."""
    array = np.asarray(value)
    return array.astype(float) if array.dtype.kind == "b" else value


def the_gradients(answer: Any) -> Any:
    return {name: answer[0][name] for name in ("dw", "db")}


def the_cost(answer: Any) -> Any:
    return answer[1]


def the_parameters(answer: Any) -> Any:
    return {name: answer[name] for name in ("w", "b")}


def the_predictions(answer: Any) -> Any:
    return {name: zeros_and_ones(answer[name]) for name in ("Y_prediction_train", "Y_prediction_test")}


def numbers(rows: int, columns: int, most: int) -> SearchStrategy[Numbers]:
    """Matrices of that shape with entries between -most and most."""
    size = rows * columns
    return vectors(min_size=size, max_size=size, low=-most, high=most).map(lambda a: a.reshape(rows, columns))


def labels(m: int) -> SearchStrategy[Numbers]:
    """A row (1, m) of zeros and ones."""
    return st.lists(st.sampled_from((0.0, 1.0)), min_size=m, max_size=m).map(lambda y: np.array([y]))


def shapes(examples: SearchStrategy[int]) -> SearchStrategy[tuple[int, int]]:
    """n_x from 2 to 4 and a number of examples that differs from it, so that a wrong transpose shows."""
    return st.tuples(st.integers(2, 4), examples).filter(lambda shape: shape[0] != shape[1])


# |w| <= 1, |x| <= 3 and n_x <= 4 keep log(1 - A) away from log(0), and well within reach of every way to write it.
def neurons(n_x: int, m: int) -> SearchStrategy[tuple[Numbers, float, Numbers]]:
    """w (n_x, 1), b and X (n_x, m)."""
    bias = st.integers(-8, 8).map(lambda n: n / 4)
    return st.tuples(numbers(n_x, 1, 1), bias, numbers(n_x, m, 3))


def lessons(number: SearchStrategy[int]) -> SearchStrategy[tuple[Any, ...]]:
    """w, b, X and labels Y for as many examples."""
    return shapes(number).flatmap(
        lambda shape: st.tuples(neurons(*shape), labels(shape[1])).map(lambda drawn: (*drawn[0], drawn[1]))
    )


def descents() -> SearchStrategy[tuple[Any, ...]]:
    """A lesson, one to four iterations, and a learning rate."""
    rate = st.sampled_from((0.5, 0.1, 0.25, 0.02))
    return st.tuples(lessons(st.integers(1, 5)), st.integers(1, 4), rate).map(
        lambda drawn: (*drawn[0], drawn[1], drawn[2])
    )


def scores(drawn: tuple[Numbers, float, Numbers]) -> Numbers:
    """The weighted sums of the examples."""
    w, b, X = drawn
    return np.asarray(np.dot(w.T, X) + b)


def undecided() -> SearchStrategy[tuple[Any, ...]]:
    """Neurons with examples for which the weighted sum is exactly 0, beside others. Exact in binary fractions."""
    return shapes(st.just(3)).flatmap(lambda shape: neurons(*shape)).map(_with_zero)


def _with_zero(drawn: tuple[Numbers, float, Numbers]) -> tuple[Any, ...]:
    w, b, X = drawn
    w, X = w.copy(), X.copy()
    w[0, 0] = 1.0
    X[0, 1] = -b - float(np.dot(w[1:, 0], X[1:, 1]))
    return w, b, X


FIRST = (
    np.array([[1.0], [2.0]]),
    1.5,
    np.array([[1.0, -2.0, -1.0], [3.0, 0.5, -3.0]]),
    np.array([[1.0, 1.0, 0.0]]),
)
SECOND = (
    np.array([[0.5], [-1.0], [0.25]]),
    -0.5,
    np.array([[2.0, -1.0], [1.0, 0.0], [-3.0, 2.0]]),
    np.array([[0.0, 1.0]]),
)


def pictures(seed: int, n_x: int, m_train: int, m_test: int) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """A small training and test set: Y is 1 where a hidden direction says so, with some noise."""
    rng = np.random.default_rng(seed)
    X = np.round(rng.uniform(0, 1, size=(n_x, m_train + m_test)), 3)
    direction = np.linspace(-1, 1, n_x)
    Y = (direction @ (X - 0.5) + rng.normal(0, 0.1, size=m_train + m_test) > 0).astype(float)[None, :]
    return X[:, :m_train], Y[:, :m_train], X[:, m_train:], Y[:, m_train:]


SIGMOID = FunctionExercise(
    id="sigmoid",
    title="Sigmoid",
    target="sigmoid",
    markers=("sigmoid",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and two more",
            points=4,
            inputs=examples((np.array([0.0, 2.0]),), (np.array([-1.0, 0.5, 3.0]),), (np.array([-4.0, -0.25]),)),
            passed="Right for three small vectors.",
            failed="One of three small vectors does not come out right.",
            hint="At 0 the sigmoid is one half. Work out sigmoid(2) by hand and compare.",
        ),
        FunctionCheck(
            id="number",
            title="A single number",
            points=2,
            inputs=calls(st.integers(-16, 16).map(lambda n: n / 4), count=10),
            rule=Agrees(scalar=True),
            passed="Right for a plain number too.",
            failed="For a plain number the answer is not right.",
            hint="NumPy's functions take single numbers as well. Does your code need an array?",
        ),
        FunctionCheck(
            id="rows",
            title="Matrices of any shape",
            points=4,
            inputs=calls(shapes(st.integers(1, 5)).flatmap(lambda shape: numbers(*shape, 5)), count=15),
            passed="Right for matrices, and the shape is kept.",
            failed="For a matrix the answer is not right.",
            hint="The function works entry by entry, so the answer has the shape of z, whatever that is.",
        ),
    ),
)


INITIALIZE_WITH_ZEROS = FunctionExercise(
    id="initialize_with_zeros",
    title="Parameters to begin with",
    target="initialize_with_zeros",
    markers=("initialize_with_zeros",),
    checks=(
        FunctionCheck(
            id="weights",
            title="The weights are a column of zeros",
            points=6,
            inputs=examples((2,), (3,), (1,), (64 * 64 * 3,)),
            rule=AgreesIn(scalar=True, part=lambda answer: answer[0]),
            passed="w is a column of dim zeros.",
            failed="w is not a column of dim zeros.",
            hint="For dim = 2 the array w is [[0], [0]], of shape (2, 1). np.zeros takes the whole shape as one tuple.",
        ),
        FunctionCheck(
            id="bias",
            title="The bias is a zero",
            points=4,
            inputs=examples((2,), (5,)),
            rule=AgreesIn(scalar=True, part=lambda answer: answer[1]),
            passed="b is the number 0.",
            failed="b is not the number 0.",
            hint="There is one neuron, so there is one bias: a plain number. Return w first, then b.",
        ),
    ),
)


PROPAGATE = FunctionExercise(
    id="propagate",
    title="Cost and gradients",
    target="propagate",
    markers=("propagate",),
    depends_on=("sigmoid",),
    checks=(
        FunctionCheck(
            id="cost",
            title="The cost of the lab's own example, and of one more",
            points=6,
            inputs=examples(FIRST, SECOND),
            rule=AgreesIn(scalar=True, part=the_cost),
            passed="The cost of both is right.",
            failed="The cost is not right.",
            hint="Work out A first. Each example costs the negative logarithm of the probability of its true label.",
        ),
        FunctionCheck(
            id="gradients",
            title="The gradients of both",
            points=6,
            inputs=examples(FIRST, SECOND),
            rule=AgreesIn(scalar=True, part=the_gradients),
            passed="dw and db are right.",
            failed="dw or db is not right.",
            hint="Both gradients are built from the differences A - Y. dw has the shape of w, and db is one number.",
        ),
        FunctionCheck(
            id="drawn_cost",
            title="The cost for any number of features and examples",
            points=7,
            inputs=Drawn(lessons(st.integers(2, 5)), count=20),
            rule=AgreesIn(scalar=True, part=the_cost),
            passed="The cost was right for every set of examples that was tried.",
            failed="There is a set of examples for which the cost is not right.",
            hint="How many examples are there in this one, and where does that number come in?",
        ),
        FunctionCheck(
            id="drawn_gradients",
            title="The gradients for any number of features and examples",
            points=7,
            inputs=Drawn(lessons(st.integers(2, 5)), count=20),
            rule=AgreesIn(scalar=True, part=the_gradients),
            passed="The gradients were right for every set of examples that was tried.",
            failed="There is a set of examples for which dw or db is not right.",
            hint="Write the shapes of X and of A - Y beside each other. Which product gives (n_x, 1)?",
        ),
        FunctionCheck(
            id="single",
            title="One example alone",
            points=4,
            inputs=Drawn(lessons(st.just(1)), count=8),
            rule=Agrees(scalar=True),
            needs=("cost", "gradients"),
            passed="Right for a single example too.",
            failed="For a single example the answer is not right.",
            hint="With m = 1 the matrices X and Y have one column, and still two axes.",
        ),
    ),
)


OPTIMIZE = FunctionExercise(
    id="optimize",
    title="Gradient descent",
    target="optimize",
    markers=("optimize",),
    depends_on=("propagate",),
    shapes=(CallShape(names=("w", "b", "X", "Y", "num_iterations", "learning_rate")),),
    checks=(
        FunctionCheck(
            id="step",
            title="A single step",
            points=5,
            inputs=examples((*FIRST, 1, 0.1), (*SECOND, 1, 0.5)),
            rule=AgreesIn(scalar=True, part=lambda answer: the_parameters(answer[0])),
            passed="After one iteration w and b are right.",
            failed="After one iteration w or b is not right.",
            hint="One step goes against the gradient: what is taken away from w, and how much of it?",
        ),
        FunctionCheck(
            id="steps",
            title="Several steps",
            points=7,
            inputs=Drawn(descents(), count=15),
            rule=AgreesIn(scalar=True, part=lambda answer: the_parameters(answer[0])),
            passed="Right after any number of steps that was tried.",
            failed="There is a descent at the end of which w or b is not right.",
            hint="Every iteration needs fresh gradients, of the parameters as they are by then.",
        ),
        FunctionCheck(
            id="gradients",
            title="The last gradients",
            points=3,
            inputs=examples((*FIRST, 1, 0.1), (*SECOND, 3, 0.5)),
            rule=AgreesIn(scalar=True, part=lambda answer: {name: answer[1][name] for name in ("dw", "db")}),
            passed="The gradients of the last iteration are returned.",
            failed="What is returned as gradients is not those of the last iteration.",
            hint="Second in the answer are the gradients dw and db with which the last step was made.",
        ),
        FunctionCheck(
            id="costs",
            title="The costs of every hundredth iteration",
            points=5,
            inputs=examples((*FIRST, 2, 0.1), (*SECOND, 101, 0.05), (*FIRST, 250, 0.02)),
            rule=AgreesIn(scalar=True, part=lambda answer: [np.squeeze(cost) for cost in answer[2]]),
            passed="The costs of the iterations 0, 100 and 200 are there.",
            failed="The list of costs is not right.",
            hint="Iterations count from 0: of 101 iterations, the costs of number 0 and number 100 are kept.",
        ),
    ),
)


PREDICT = FunctionExercise(
    id="predict",
    title="Predictions",
    target="predict",
    markers=("predict",),
    depends_on=("sigmoid",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and one more",
            points=4,
            inputs=examples(
                (np.array([[1.0], [-2.0]]), 0.5, np.array([[3.0, 0.0, 1.0], [1.0, 4.0, -1.0]])),
                (np.array([[0.5], [0.25], [-1.0]]), -1.0, np.array([[1.0, 4.0], [-2.0, 1.0], [3.0, 0.5]])),
            ),
            rule=Agrees(reading=zeros_and_ones),
            passed="Right for two small sets of examples.",
            failed="One of two small sets of examples does not come out right.",
            hint="The scores of the lab's example are 1.5, -7.5 and 3.5. Which of them give more than one half?",
        ),
        FunctionCheck(
            id="drawn",
            title="Any number of features and examples",
            points=5,
            inputs=Drawn(
                shapes(st.integers(2, 5))
                .flatmap(lambda shape: neurons(*shape))
                .filter(lambda drawn: bool(np.all(scores(drawn) != 0))),
                count=20,
            ),
            rule=Agrees(reading=zeros_and_ones),
            passed="Right for every set of examples that was tried.",
            failed="There is a set of examples for which a prediction is not right.",
            hint="The answer is a row (1, m): a 1 for each example whose probability is above one half, else a 0.",
        ),
        FunctionCheck(
            id="half",
            title="A probability of exactly one half",
            points=3,
            inputs=Drawn(undecided(), count=10),
            rule=Agrees(reading=zeros_and_ones),
            needs=("example",),
            passed="At exactly one half the answer is 0.",
            failed="At a probability of exactly one half the prediction is not what the text asks.",
            hint="The text says on which side one half itself belongs.",
        ),
        FunctionCheck(
            id="single",
            title="One example alone",
            points=3,
            inputs=examples(
                (np.array([[1.0], [2.0]]), 0.25, np.array([[1.0], [-2.0]])),
                (np.array([[1.0], [2.0], [0.5]]), 1.0, np.array([[0.0], [1.0], [2.0]])),
            ),
            rule=Agrees(reading=zeros_and_ones),
            needs=("example",),
            passed="One example gives one prediction, of shape (1, 1).",
            failed="For one example alone the answer is not right.",
            hint="With m = 1 the answer still has two axes: (1, 1).",
        ),
    ),
)


MODEL = FunctionExercise(
    id="model",
    title="The whole model",
    target="model",
    markers=("model",),
    depends_on=("initialize_with_zeros", "optimize", "predict"),
    shapes=(CallShape(names=("X_train", "Y_train", "X_test", "Y_test", "num_iterations", "learning_rate")),),
    checks=(
        FunctionCheck(
            id="parameters",
            title="The parameters that were learned",
            points=6,
            inputs=examples((*pictures(1, 3, 5, 4), 4, 0.5), (*pictures(2, 4, 6, 3), 30, 0.1)),
            rule=AgreesIn(scalar=True, part=the_parameters),
            passed="w and b are those of gradient descent from zero.",
            failed="w or b is not what gradient descent from zero gives.",
            hint="Begin with zeros, one weight for each row of X_train, and hand all settings on to optimize.",
        ),
        FunctionCheck(
            id="predictions",
            title="The predictions for both sets",
            points=6,
            inputs=examples((*pictures(3, 3, 7, 5), 40, 0.5), (*pictures(4, 2, 8, 6), 60, 0.8)),
            rule=AgreesIn(scalar=True, part=the_predictions),
            passed="The predictions for the training set and for the test set are right.",
            failed="The predictions are not right.",
            hint="Both sets are predicted with the parameters that were learned, each under its own name.",
        ),
        FunctionCheck(
            id="costs",
            title="The costs on the way",
            points=3,
            inputs=examples(
                (*pictures(5, 3, 6, 4), 120, 0.2),
            ),
            rule=AgreesIn(scalar=True, part=lambda answer: [np.squeeze(cost) for cost in answer["costs"]]),
            passed="The costs that optimize kept are handed on.",
            failed="The list of costs is not the one that optimize kept.",
            hint="optimize returns three things. Which of them belongs under the name costs?",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="logistic_regression",
    title="Logistic regression as one neuron",
    version="1",
    seed=46,
    exercises=(SIGMOID, INITIALIZE_WITH_ZEROS, PROPAGATE, OPTIMIZE, PREDICT, MODEL),
)
