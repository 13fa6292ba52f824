"""The logistic regression lab: one neuron, from the sigmoid to a trained model, in the form of the course notebooks.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/logistic_regression/`.
Functions are judged with right versions of those they call, so that a mistake is charged once.
"""

from operator import itemgetter
from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.lab import *


def the_cost(answer: Any) -> Any:
    return answer[1]


def the_predictions(answer: Any) -> Any:
    return {name: zeros_and_ones(answer[name]) for name in ("Y_prediction_train", "Y_prediction_test")}


def shapes(examples: SearchStrategy[int]) -> SearchStrategy[tuple[int, int]]:
    """n_x from 2 to 4 and a number of examples that differs from it, so that a wrong transpose shows."""
    return st.tuples(st.integers(2, 4), examples).filter(lambda shape: shape[0] != shape[1])


# |w| <= 1, |x| <= 3 and n_x <= 4 keep log(1 - A) away from log(0), and well within reach of every way to write it.
def neurons(n_x: int, m: int) -> SearchStrategy[tuple[Numbers, float, Numbers]]:
    """w (n_x, 1), b and X (n_x, m)."""
    bias = st.integers(-8, 8).map(lambda n: n / 4)
    return st.tuples(block(n_x, 1, most=1), bias, block(n_x, m, most=3))


def lessons(number: SearchStrategy[int]) -> Call:
    """w, b, X and labels Y for as many examples."""
    drawn = shapes(number).flatmap(lambda shape: st.tuples(neurons(*shape), label_row(shape[1])))
    return drawn.filter(lambda both: far_from_log_of_zero(*both)).map(lambda both: (*both[0], both[1]))


def far_from_log_of_zero(neuron: tuple[Numbers, float, Numbers], Y: Numbers) -> bool:
    """Whether no true label gets a probability so small that a tiny epsilon inside the logarithm, against log 0, shows.

    The text says nothing of such an epsilon, so who adds one is right.
    """
    return bool(np.all((2 * Y - 1) * scores(neuron) >= -6))


def descents() -> Call:
    """A lesson, one to four iterations, and a learning rate."""
    rate = st.sampled_from((0.5, 0.1, 0.25, 0.02))
    return st.tuples(lessons(st.integers(1, 5)), st.integers(1, 4), rate).map(
        lambda drawn: (*drawn[0], drawn[1], drawn[2])
    )


def scores(drawn: tuple[Numbers, float, Numbers]) -> Numbers:
    """The weighted sums of the examples."""
    w, b, X = drawn
    return np.asarray(np.dot(w.T, X) + b)


def undecided() -> Call:
    """Neurons with examples for which the weighted sum is exactly 0, beside others. Exact in binary fractions."""
    return shapes(st.just(3)).flatmap(lambda shape: neurons(*shape)).map(_with_zero)


def _with_zero(drawn: tuple[Numbers, float, Numbers]) -> tuple[Any, ...]:
    w, b, X = drawn
    w, X = w.copy(), X.copy()
    w[0, 0] = 1.0
    X[0, 1] = -b - float(np.dot(w[1:, 0], X[1:, 1]))
    return w, b, X


FIRST = (np.array([[1.0], [2.0]]), 1.5, np.array([[1.0, -2.0, -1.0], [3.0, 0.5, -3.0]]), np.array([[1.0, 1.0, 0.0]]))
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


ASSIGNMENT = lab(
    "logistic_regression",
    "Logistic regression as one neuron",
    function("sigmoid", "Sigmoid").checks(
        check("example", "The lab's own example, and two more", 4)
        .examples((np.array([0.0, 2.0]),), (np.array([-1.0, 0.5, 3.0]),), (np.array([-4.0, -0.25]),))
        .says(
            "Right for three small vectors.",
            "One of three small vectors does not come out right.",
            "At 0 the sigmoid is one half. Work out sigmoid(2) by hand and compare.",
        ),
        check("number", "A single number", 2)
        .asks(calls(st.integers(-16, 16).map(lambda n: n / 4), count=10), Agrees(scalar=True))
        .says(
            "Right for a plain number too.",
            "For a plain number the answer is not right.",
            "NumPy's functions take single numbers as well. Does your code need an array?",
        ),
        check("rows", "Matrices of any shape", 4)
        .asks(calls(shapes(st.integers(1, 5)).flatmap(lambda shape: block(*shape)), count=15))
        .says(
            "Right for matrices, and the shape is kept.",
            "For a matrix the answer is not right.",
            "The function works entry by entry, so the answer has the shape of z, whatever that is.",
        ),
    ),
    function("initialize_with_zeros", "Parameters to begin with").checks(
        check("weights", "The weights are a column of zeros", 6, AgreesIn(scalar=True, part=lambda answer: answer[0]))
        .examples((2,), (3,), (1,), (64 * 64 * 3,))
        .says(
            "w is a column of dim zeros.",
            "w is not a column of dim zeros.",
            "For dim = 2 the array w is [[0], [0]], of shape (2, 1). np.zeros takes the whole shape as one tuple.",
        ),
        check("bias", "The bias is a zero", 4, AgreesIn(scalar=True, part=lambda answer: answer[1]))
        .examples((2,), (5,))
        .says(
            "b is the number 0.",
            "b is not the number 0.",
            "There is one neuron, so there is one bias: a plain number. Return w first, then b.",
        ),
    ),
    function(
        "propagate", "Cost and gradients", rule=AgreesIn(scalar=True, part=the_cost), depends_on=("sigmoid",)
    ).checks(
        check("cost", "The cost of the lab's own example, and of one more", 6, examples(FIRST, SECOND)).says(
            "The cost of both is right.",
            "The cost is not right.",
            "Work out A first. Each example costs the negative logarithm of the probability of its true label.",
        ),
        check("gradients", "The gradients of both", 6, named_parts("dw", "db", of=itemgetter(0)))
        .examples(FIRST, SECOND)
        .says(
            "dw and db are right.",
            "dw or db is not right.",
            "Both gradients are built from the differences A - Y. dw has the shape of w, and db is one number.",
        ),
        check("drawn_cost", "The cost for any number of features and examples", 7)
        .asks(Drawn(lessons(st.integers(2, 5)), 20))
        .says(
            "The cost was right for every set of examples that was tried.",
            "There is a set of examples for which the cost is not right.",
            "How many examples are there in this one, and where does that number come in?",
        ),
        check("drawn_gradients", "The gradients for any number of features and examples", 7)
        .asks(Drawn(lessons(st.integers(2, 5)), 20), named_parts("dw", "db", of=itemgetter(0)))
        .says(
            "The gradients were right for every set of examples that was tried.",
            "There is a set of examples for which dw or db is not right.",
            "Write the shapes of X and of A - Y beside each other. Which product gives (n_x, 1)?",
        ),
        check("single", "One example alone", 4, needs=("cost", "gradients"))
        .asks(Drawn(lessons(st.just(1)), 8), Agrees(scalar=True, more_keys=True, parts=("grads", "cost")))
        .says(
            "Right for a single example too.",
            "For a single example the answer is not right.",
            "With m = 1 the matrices X and Y have one column, and still two axes.",
        ),
    ),
    function(
        "optimize",
        "Gradient descent",
        rule=named_parts("w", "b", of=itemgetter(0)),
        depends_on=("propagate",),
        shapes=(CallShape(names=("w", "b", "X", "Y", "num_iterations", "learning_rate")),),
    ).checks(
        check("step", "A single step", 5, examples((*FIRST, 1, 0.1), (*SECOND, 1, 0.5))).says(
            "After one iteration w and b are right.",
            "After one iteration w or b is not right.",
            "One step goes against the gradient: what is taken away from w, and how much of it?",
        ),
        check("steps", "Several steps", 7, Drawn(descents(), 15)).says(
            "Right after any number of steps that was tried.",
            "There is a descent at the end of which w or b is not right.",
            "Every iteration needs fresh gradients, of the parameters as they are by then.",
        ),
        check("gradients", "The last gradients", 3, named_parts("dw", "db", of=itemgetter(1)))
        .examples((*FIRST, 1, 0.1), (*SECOND, 3, 0.5))
        .says(
            "The gradients of the last iteration are returned.",
            "What is returned as gradients is not those of the last iteration.",
            "Second in the answer are the gradients dw and db with which the last step was made.",
        ),
        check(
            "costs",
            "The costs of every hundredth iteration",
            5,
            AgreesIn(scalar=True, part=lambda answer: [np.squeeze(cost) for cost in answer[2]]),
        )
        .examples((*FIRST, 2, 0.1), (*SECOND, 101, 0.05), (*FIRST, 250, 0.02))
        .says(
            "The costs of the iterations 0, 100 and 200 are there.",
            "The list of costs is not right.",
            "Iterations count from 0: of 101 iterations, the costs of number 0 and number 100 are kept.",
        ),
    ),
    function(
        "predict",
        "Predictions",
        rule=Agrees(reading=zeros_and_ones),
        depends_on=("sigmoid",),
        remarks=(
            (
                remark(
                    "At a probability of exactly one half, predict answers 1; this text counts one half as 0.",
                    Drawn(undecided(), 10),
                    Agrees(reading=zeros_and_ones),
                ),
            )
        ),
    ).checks(
        check("example", "The lab's own example, and one more", 5)
        .examples(
            (np.array([[1.0], [-2.0]]), 0.5, np.array([[3.0, 0.0, 1.0], [1.0, 4.0, -1.0]])),
            (np.array([[0.5], [0.25], [-1.0]]), -1.0, np.array([[1.0, 4.0], [-2.0, 1.0], [3.0, 0.5]])),
        )
        .says(
            "Right for two small sets of examples.",
            "One of two small sets of examples does not come out right.",
            "The scores of the lab's example are 1.5, -7.5 and 3.5. Which of them give more than one half?",
        ),
        check("drawn", "Any number of features and examples", 7)
        .asks(
            Drawn(
                shapes(st.integers(2, 5))
                .flatmap(lambda shape: neurons(*shape))
                .filter(lambda drawn: bool(np.all(scores(drawn) != 0))),
                20,
            )
        )
        .says(
            "Right for every set of examples that was tried.",
            "There is a set of examples for which a prediction is not right.",
            "The answer is a row (1, m): a 1 for each example whose probability is above one half, else a 0.",
        ),
        check("single", "One example alone", 3, needs="example")
        .examples(
            (np.array([[1.0], [2.0]]), 0.25, np.array([[1.0], [-2.0]])),
            (np.array([[1.0], [2.0], [0.5]]), 1.0, np.array([[0.0], [1.0], [2.0]])),
        )
        .says(
            "One example gives one prediction, of shape (1, 1).",
            "For one example alone the answer is not right.",
            "With m = 1 the answer still has two axes: (1, 1).",
        ),
    ),
    function(
        "model",
        "The whole model",
        depends_on=("initialize_with_zeros", "optimize", "predict"),
        shapes=(CallShape(names=("X_train", "Y_train", "X_test", "Y_test", "num_iterations", "learning_rate")),),
    ).checks(
        check("parameters", "The parameters that were learned", 6, named_parts("w", "b"))
        .examples((*pictures(1, 3, 5, 4), 4, 0.5), (*pictures(2, 4, 6, 3), 30, 0.1))
        .says(
            "w and b are those of gradient descent from zero.",
            "w or b is not what gradient descent from zero gives.",
            "Begin with zeros, one weight for each row of X_train, and hand all settings on to optimize.",
        ),
        check(
            "predictions",
            "The predictions for both sets",
            6,
            AgreesIn(scalar=True, each_entry=True, part=the_predictions),
        )
        .examples((*pictures(3, 3, 7, 5), 40, 0.5), (*pictures(4, 2, 8, 6), 60, 0.8))
        .says(
            "The predictions for the training set and for the test set are right.",
            "The predictions are not right.",
            "Both sets are predicted with the parameters that were learned, each under its own name.",
        ),
        check(
            "costs",
            "The costs on the way",
            3,
            AgreesIn(scalar=True, part=lambda answer: [np.squeeze(cost) for cost in answer["costs"]]),
        )
        .examples((*pictures(5, 3, 6, 4), 120, 0.2))
        .says(
            "The costs that optimize kept are handed on.",
            "The list of costs is not the one that optimize kept.",
            "optimize returns three things. Which of them belongs under the name costs?",
        ),
    ),
    seed=46,
)
