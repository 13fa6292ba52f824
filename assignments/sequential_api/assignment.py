"""Three spellings of one network in Keras, and labels as rows of zeros and a one.

The three models are asked alike, so the checks of a model are written once, as a function of its points.
"""

import numpy as np
from hypothesis import strategies as st

from grader.assignment import Assignment
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import calls, examples
from grader.checks.model import AnyLayer, DenseLayer, ModelCheck, ModelExercise
from grader.checks.rules import LeavesArguments

HIDDEN, CLASSES, FEATURES = 32, 10, 784


def checks(*, layers: str, computes: int, kinds: int, units: int, activations: int) -> tuple[ModelCheck, ...]:
    """The checks of one of the models; `layers` says in words what it is made of."""
    return (
        ModelCheck(
            id="computes",
            title="784 numbers become predictions",
            aspect="computes",
            points=computes,
            passed="It takes rows of 784 numbers, and its predictions are what its weights give.",
            failed="It does not compute predictions for rows of 784 numbers.",
            hint="The first layer has to be told how many numbers one example has.",
            hints={
                "refused": "One example is a row of 784 numbers: that is its shape, without the number of examples.",
            },
        ),
        ModelCheck(
            id="layers",
            title=f"A Sequential of {layers}",
            aspect="layers",
            points=kinds,
            needs=("computes",),
            passed=f"It is a Sequential of {layers}.",
            failed=f"It is not a Sequential of {layers}.",
            hint="An Input line is allowed and does not count as a layer. Every other layer does.",
            hints={"Functional": "The Model class connects tensors by hand. Here the Sequential class is asked for."},
        ),
        ModelCheck(
            id="units",
            title="32 and 10 units",
            aspect="units",
            points=units,
            needs=("computes",),
            passed="The Dense layers have 32 and 10 units.",
            failed="The Dense layers do not have 32 and 10 units.",
            hint="The first number of a Dense layer is how many units it has, not how many inputs.",
        ),
        ModelCheck(
            id="activations",
            title="ReLU, then softmax",
            aspect="activations",
            points=activations,
            needs=("computes",),
            passed="ReLU follows the hidden layer, and softmax the output layer.",
            failed="The activations are not ReLU and softmax, in this order.",
            hint="ReLU belongs between the two Dense layers, softmax behind the last.",
            hints={
                "linear in hidden": "Without an activation in between, two Dense layers are worth no more than one.",
                "linear in output": "Here the model itself is asked for probabilities, so softmax stands at its end.",
                "sigmoid in output": "Sigmoid answers ten questions one by one; the ten classes exclude each other.",
                "sigmoid in hidden": "The hidden layer uses ReLU here.",
            },
        ),
    )


TWO = (DenseLayer(units=HIDDEN, activation="relu"), DenseLayer(units=CLASSES, activation="softmax"))
FOUR = (
    DenseLayer(units=HIDDEN),
    AnyLayer(kind="Activation", activation="relu", output=(HIDDEN,)),
    DenseLayer(units=CLASSES),
    AnyLayer(kind="Activation", activation="softmax", output=(CLASSES,)),
)

LISTED = ModelExercise(
    id="listed",
    title="A list of layers",
    target="listed",
    markers=("listed",),
    features=FEATURES,
    layers=TWO,
    checks=checks(layers="two Dense layers", computes=4, kinds=6, units=8, activations=8),
)
ADDED = ModelExercise(
    id="added",
    title="Layers added one by one",
    target="added",
    markers=("added",),
    features=FEATURES,
    layers=TWO,
    checks=checks(layers="two Dense layers", computes=4, kinds=6, units=8, activations=8),
)
SEPARATE = ModelExercise(
    id="separate",
    title="Activations as layers of their own",
    target="separate",
    markers=("separate",),
    features=FEATURES,
    layers=FOUR,
    checks=checks(layers="Dense, Activation, Dense, Activation", computes=4, kinds=10, units=4, activations=6),
)


def labels(*, classes: int, most: int = 6) -> st.SearchStrategy[tuple[object, int]]:
    """Labels (m,) of whole numbers below `classes`, and `classes`."""
    some = st.lists(st.integers(0, classes - 1), min_size=1, max_size=most)
    return some.map(lambda items: (np.array(items, dtype=np.int64), classes))


#: as many classes as a lab may have; a class that no label names still gets its column
ANY = st.integers(2, 7).flatmap(lambda classes: labels(classes=classes))

ONE_HOT = FunctionExercise(
    id="one_hot",
    title="Labels as rows",
    target="one_hot",
    markers=("one_hot",),
    checks=(
        FunctionCheck(
            id="example",
            title="Three labels of four classes",
            points=6,
            inputs=examples(
                (np.array([0, 2, 3]), 4), (np.array([3, 0, 1, 1]), 4), (np.array([1]), 3), (np.array([2, 2]), 5)
            ),
            passed="Right for [0, 2, 3] with four classes, and for three more.",
            failed="One of four small examples does not come out right.",
            hint="There is one row for each label, and in it one column for each class.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any labels, any number of classes",
            points=14,
            inputs=calls(ANY.map(lambda call: call[0]), st.just(7), count=10),
            passed="Right for every list of labels that was tried, also where a class is named by none.",
            failed="There are labels for which the rows are not right.",
            hint="Where does the number of columns come from: from the labels, or from `classes`?",
        ),
        FunctionCheck(
            id="unchanged",
            title="The labels stay as they were",
            points=4,
            inputs=calls(labels(classes=5).map(lambda call: call[0]), st.just(5), count=6),
            rule=LeavesArguments(),
            needs=("drawn",),
            passed="The array of labels is the same after the call.",
            failed="After the call, the array of labels holds other numbers.",
            hint="Write into a new array of zeros, not into the labels.",
        ),
    ),
)

ASSIGNMENT = Assignment(
    id="sequential_api",
    title="The Sequential class, three ways",
    version="1",
    runtime="tensorflow",
    seed=11,
    exercises=(LISTED, ADDED, SEPARATE, ONE_HOT),
)
