"""Three spellings of one network in Keras, and labels as rows of zeros and a one.

The three models are asked alike, so the checks of a model are written once, as a function of its points.
"""

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

HIDDEN, CLASSES, FEATURES = 32, 10, 784


def checks(*, layers: str, computes: int, kinds: int, units: int, activations: int) -> tuple[Draft, ...]:
    """The checks of one of the models; `layers` says in words what it is made of."""
    return (
        check("computes", "784 numbers become predictions", computes)
        .asks(
            Aspect(
                "computes",
                {"refused": "One example is a row of 784 numbers: that is its shape, without the number of examples."},
            )
        )
        .says(
            "It takes rows of 784 numbers, and its predictions are what its weights give.",
            "It does not compute predictions for rows of 784 numbers.",
            "The first layer has to be told how many numbers one example has.",
        ),
        check("layers", f"A Sequential of {layers}", kinds, needs="computes")
        .asks(
            Aspect(
                "layers",
                {"Functional": "The Model class connects tensors by hand. Here the Sequential class is asked for."},
            )
        )
        .says(
            f"It is a Sequential of {layers}.",
            f"It is not a Sequential of {layers}.",
            "An Input line is allowed and does not count as a layer. Every other layer does.",
        ),
        check("units", "32 and 10 units", units, Aspect("units"), needs="computes").says(
            "The Dense layers have 32 and 10 units.",
            "The Dense layers do not have 32 and 10 units.",
            "The first number of a Dense layer is how many units it has, not how many inputs.",
        ),
        check("activations", "ReLU, then softmax", activations, needs="computes")
        .asks(
            Aspect(
                "activations",
                {
                    "linear in hidden": (
                        "Without an activation in between, two Dense layers are worth no more than one."
                    ),
                    "linear in output": (
                        "Here the model itself is asked for probabilities, so softmax stands at its end."
                    ),
                    "sigmoid in output": (
                        "Sigmoid answers ten questions one by one; the ten classes exclude each other."
                    ),
                    "sigmoid in hidden": "The hidden layer uses ReLU here.",
                },
            )
        )
        .says(
            "ReLU follows the hidden layer, and softmax the output layer.",
            "The activations are not ReLU and softmax, in this order.",
            "ReLU belongs between the two Dense layers, softmax behind the last.",
        ),
    )


TWO = (dense(HIDDEN, "relu"), dense(CLASSES, "softmax"))
FOUR = (
    dense(HIDDEN),
    AnyLayer(kind="Activation", activation="relu", output=(HIDDEN,)),
    dense(CLASSES),
    AnyLayer(kind="Activation", activation="softmax", output=(CLASSES,)),
)


def some_labels(*, classes: int, most: int = 6) -> st.SearchStrategy[tuple[object, int]]:
    """Labels (m,) of whole numbers below `classes`, and `classes`."""
    some = st.lists(st.integers(0, classes - 1), min_size=1, max_size=most)
    return some.map(lambda items: (np.array(items, dtype=np.int64), classes))


#: as many classes as a lab may have; a class that no label names still gets its column
ANY = st.integers(2, 7).flatmap(lambda classes: some_labels(classes=classes))


ASSIGNMENT = lab(
    "sequential_api",
    "The Sequential class, three ways",
    model("listed", "A list of layers", features=FEATURES, layers=TWO).checks(
        *checks(layers="two Dense layers", computes=4, kinds=6, units=8, activations=8),
    ),
    model("added", "Layers added one by one", features=FEATURES, layers=TWO).checks(
        *checks(layers="two Dense layers", computes=4, kinds=6, units=8, activations=8),
    ),
    model("separate", "Activations as layers of their own", features=FEATURES, layers=FOUR).checks(
        *checks(layers="Dense, Activation, Dense, Activation", computes=4, kinds=10, units=4, activations=6),
    ),
    function(
        "one_hot",
        "Labels as rows",
        rule=Agrees(reading=zeros_and_ones),
        remarks=(
            (
                remark(
                    "one_hot changes the array of labels that was passed in.",
                    calls(some_labels(classes=5).map(lambda call: call[0]), st.just(5), count=6),
                    LeavesArguments(),
                ),
            )
        ),
    ).checks(
        check("example", "Three labels of four classes", 6)
        .examples((np.array([0, 2, 3]), 4), (np.array([3, 0, 1, 1]), 4), (np.array([1]), 3), (np.array([2, 2]), 5))
        .says(
            "Right for [0, 2, 3] with four classes, and for three more.",
            "One of four small examples does not come out right.",
            "There is one row for each label, and in it one column for each class.",
        ),
        check("drawn", "Any labels, any number of classes", 18)
        .asks(calls(ANY.map(lambda call: call[0]), st.just(7), count=10))
        .says(
            "Right for every list of labels that was tried, also where a class is named by none.",
            "There are labels for which the rows are not right.",
            "Where does the number of columns come from: from the labels, or from `classes`?",
        ),
    ),
    runtime="tensorflow",
    seed=11,
)
