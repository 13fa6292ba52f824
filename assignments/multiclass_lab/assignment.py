"""The multiclass lab: a small network that is taken apart, so that each of its layers can be computed by hand.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/multiclass_lab/`. The
points that the trained network is judged with are drawn here and never enter a room with their labels.
"""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

CENTRES = np.array([[-5.0, 2.0], [-2.0, -2.0], [1.0, 2.0], [5.0, -2.0]])

#: 200 epochs take about eight seconds of computing time
ENOUGH = RoomLimits(cpu_seconds=40)

#: the layers themselves compute in single precision
SINGLE = Agrees(tolerance=Tolerance(relative=1e-4, absolute=1e-5))


def held_blobs(seed: int) -> TrainingData:
    """400 fresh points (400, 2) around the four centres, with standard deviation 1, and their classes (400,)."""
    rng = np.random.default_rng(seed + 1000)
    classes = rng.permutation(np.arange(400) % 4)
    return TrainingData(held=(CENTRES[classes] + rng.normal(size=(400, 2)), classes))


def as_sorted(classes: Any, *_: Any) -> Any:
    """Numbers of which each is named once in order, since no order is asked; anything else as it is."""
    named = np.array(sorted(classes) if isinstance(classes, set | frozenset) else classes)
    once = named.ndim == 1 and named.dtype.kind in "iuf" and np.unique(named).size == named.size
    return np.sort(named) if once else classes


def hidden_calls() -> Call:
    """X (m, n), W1 (n, h), b1 (h,)."""
    return unlike(3, 2).flatmap(lambda s: st.tuples(whole(s[0], s[1]), whole(s[1], s[2]), whole(s[2])))


def network_calls() -> Call:
    """X (m, n), W1 (n, h), b1 (h,), W2 (h, N), b2 (N,)."""
    return unlike(4, 2).flatmap(
        lambda s: st.tuples(whole(s[0], s[1]), whole(s[1], s[2]), whole(s[2]), whole(s[2], s[3]), whole(s[3]))
    )


def distinct_logits() -> SearchStrategy[Numbers]:
    """Outputs (m, N) of which no two are the same, so that the largest of a row is one."""
    return unlike(2, 2).flatmap(lambda shape: one_of_each(*shape))


def shape_of(name: str, title: str, points: int, hint: str) -> Exercise:
    """An exercise about the shape of an array of the data."""
    return value(name, title, id=name.lower()).checks(
        check("value", title, points).says(f"{name} is right.", f"{name} is not right.", hint),
    )


ASSIGNMENT = lab(
    "multiclass_lab",
    "Four classes and two hidden units",
    shape_of("X_shape", "Shape of the inputs", 4, "How many points are there, and how many numbers is each?"),
    shape_of("y_shape", "Shape of the classes", 4, "One number for each point. Is there a second dimension?"),
    value("classes", "Which classes there are").checks(
        check("value", "Which classes there are", 6, Equals(reading=as_sorted)).says(
            "The classes are right, each named once.",
            "These are not the classes, each named once.",
            "Every number that occurs in y_train, once each. NumPy has a function for it.",
        ),
    ),
    trained(
        "model", "The network, trained", data=held_blobs, loss="sparse_crossentropy_from_logits", limits=ENOUGH
    ).checks(
        check("computes", "Four outputs for each point", 4, Goal("computes")).says(
            "The model takes points of two numbers and gives four outputs for each.",
            "The model does not give four outputs for each point.",
            "The last layer needs one unit for each class, and what comes in are points of two numbers.",
        ),
        check("learns", "It has learned something", 12, Goal("learns", 0.5), needs="computes").says(
            "Its loss on new points is far below that of the best constant answer.",
            "With softmax inside the loss, it does hardly better on new points than one answer for all.",
            "Is the model compiled and fitted, for 200 epochs? The last layer is linear, and the loss has to know.",
        ),
        check("accuracy", "85 % of new points", 10, Goal("accuracy", 0.85), needs="computes").says(
            "At least 85 % of 400 new points have their largest output at the right class.",
            "Less than 85 % of 400 new points have their largest output at the right class.",
            "With two hidden units, one that starts badly can stay silent for good. If the loss stops falling "
            "early, fit again from another seed.",
        ),
    ),
    value("weight_shapes", "Shapes of weights and biases").checks(
        check("value", "Shapes of W1, b1, W2 and b2", 10).says(
            "The four shapes are right.",
            "The four shapes are not right.",
            "A weight matrix has one row for each input of its layer and one column for each unit.",
        ),
    ),
    function("hidden_features", "What the first layer makes of the points", rule=SINGLE).checks(
        check("example", "Two small examples", 8)
        .examples(
            (
                np.array([[1.0, 2.0], [-3.0, 0.5], [0.0, -1.0]]),
                np.array([[1.0, -1.0], [2.0, 0.5]]),
                np.array([0.5, 1.0]),
            ),
            (np.array([[1.0, 0.0, -2.0], [0.5, 3.0, 1.0]]), np.array([[2.0], [-1.0], [1.0]]), np.array([1.5])),
        )
        .says(
            "Right for two small examples.",
            "One of two small examples does not come out right.",
            "Work out one row by hand: the sums of inputs times weights, the biases, then ReLU.",
        ),
        check("drawn", "Any numbers of points, inputs and units", 12, Drawn(hidden_calls(), 25)).says(
            "Right for all layers that were tried.",
            "There is a layer for which the answer is not right.",
            "Compare your answer with this small example, one unit at a time.",
        ),
    ),
    function("network_output", "Both layers by hand", rule=SINGLE, depends_on=("hidden_features",)).checks(
        check("example", "A small example", 8)
        .examples(
            (
                np.array([[1.0, 2.0], [-3.0, 0.5], [0.0, -1.0]]),
                np.array([[1.0, -1.0], [2.0, 0.5]]),
                np.array([0.5, 1.0]),
                np.array([[1.0, -2.0, 0.5, 3.0], [0.0, 1.0, -1.0, -4.0]]),
                np.array([0.0, 1.0, -1.0, 0.5]),
            )
        )
        .says(
            "Right for three points and four classes.",
            "For three points and four classes the outputs are not right.",
            "The second layer does the same as the first, with two differences: its input, and no ReLU.",
        ),
        check("drawn", "Networks of any size", 8, Drawn(network_calls(), 25)).says(
            "Right for all networks that were tried.",
            "There is a network for which the outputs are not right.",
            "What goes into the second layer: the points, or what the first layer made of them?",
        ),
    ),
    function("predict_class", "The predicted class").checks(
        check("example", "Two small examples", 6)
        .examples(
            (np.array([[0.0, 3.0, 2.0], [1.0, -1.0, 0.5]]),), (np.array([[-3.0, -2.0], [0.5, -0.5], [1.0, 3.0]]),)
        )
        .says(
            "Right for two small examples.",
            "One of two small examples does not come out right.",
            "One whole number for each row: the place of its largest output, counted from 0.",
        ),
        check("drawn", "Any numbers of points and classes", 8, calls(distinct_logits(), count=25)).says(
            "Right for all outputs that were tried.",
            "There are outputs for which the classes are not right.",
            "How many classes should come out for this table: one for each row, or one for each column?",
        ),
    ),
    runtime="tensorflow",
    seed=44,
)
