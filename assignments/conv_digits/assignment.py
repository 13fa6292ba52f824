"""Pictures as pictures: a convolutional network that learns to read, and a recurrent one that reads row by row.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/conv_digits/`. The digits
in `held/` are for the judge alone: students do not get them, and no room sees their labels.
"""

from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

HELD = Path(__file__).parent / "held"

#: 25 epochs take about four seconds of computing time
ENOUGH = RoomLimits(cpu_seconds=40)


def held_digits(seed: int) -> TrainingData:
    """200 pictures (200, 8, 8, 1) with pixels from 0 to 1, 20 of each digit, and their digits (200,)."""
    del seed
    pictures = np.load(HELD / "pictures.npy").reshape(-1, 8, 8, 1) / 16.0
    return TrainingData(held=(pictures, np.load(HELD / "labels.npy").astype(np.int64)))


MEASURED = TrainedModel(data=held_digits, loss="sparse_crossentropy_from_logits")


def sizes() -> Call:
    """A side, channels, a window that fits into it, and filters, of which no two are the same."""
    numbers = st.tuples(st.integers(4, 40), st.integers(1, 5), st.integers(1, 4), st.integers(2, 32))
    return numbers.filter(lambda four: len(set(four)) == 4)


def digits(classes: int) -> Call:
    """Right and predicted classes (m,), and how many classes there are."""

    def some(m: int) -> SearchStrategy[Numbers]:
        return st.lists(st.integers(0, classes - 1), min_size=m, max_size=m).map(np.array)

    return st.integers(3, 12).flatmap(lambda m: st.tuples(some(m), some(m), st.just(classes)))


def told_apart() -> Call:
    """As `digits`, where some mistake is not made the other way round as often: rows and columns differ."""

    def apart(drawn: tuple[Numbers, Numbers, int]) -> bool:
        y, yhat, classes = drawn
        counts = np.bincount(classes * y + yhat, minlength=classes**2).reshape(classes, classes)
        return not np.array_equal(counts, counts.T)

    return st.integers(2, 5).flatmap(digits).filter(apart)


COUNT = function(
    "count_convolution", "What a convolution gives and has", rule=Agrees(parts=("side", "parameters"))
).checks(
    check("example", "Three small examples", 6)
    .examples((8, 1, 3, 8), (5, 2, 4, 3), (28, 3, 1, 16))
    .says(hint="How many places has a window along a side? How many weights has one filter, and what besides?"),
    check("drawn", "Any sizes", 9, Drawn(sizes(), 25)).says(
        hint="Work this example out by hand: the places of the window along one side, then the weights of one filter."
    ),
)

MODEL = model(
    "model",
    "A convolutional network that has learned",
    features=(8, 8, 1),
    layers=(
        AnyLayer(kind="Conv2D", units=8, activation="relu", parameters=80, output=(6, 6, 8)),
        AnyLayer(kind="MaxPooling2D", output=(3, 3, 8)),
        AnyLayer(kind="BatchNormalization", parameters=32, output=(3, 3, 8)),
        AnyLayer(kind="Flatten", output=(72,)),
        dense(10),
    ),
    limits=ENOUGH,
).checks(
    check("computes", "The network turns a picture into ten outputs", 3)
    .asks(Aspect("computes", {"refused": "A picture is a block of numbers: that is the input shape, `(8, 8, 1)`."}))
    .says(hint="`model` has to be a Sequential with all five layers inside, ready to be called."),
    check("layers", "Five layers in the order of the table", 5, Aspect("layers"), needs="computes").says(
        hint="Compare your layers with the rows of the table, one by one. An Input line does not count."
    ),
    check("filters", "8 filters, 10 outputs", 4, Aspect("units"), needs="layers").says(
        hint="The first argument of Conv2D says how many filters there are."
    ),
    check("activations", "ReLU in the convolution, a linear output", 4, needs="layers")
    .asks(
        Aspect(
            "activations",
            {
                "softmax in output": "Softmax is part of the loss here. What does the last layer then do?",
                "linear in hidden": "A convolution is linear by itself. What makes more of it than a sum?",
            },
        )
    )
    .says(hint="The table names an activation for the convolution, and none for the last layer."),
    check("outputs", "Shapes from layer to layer", 5, Aspect("outputs"), needs="layers").says(
        hint="A window of 3 by 3 without padding has 6 places along a side of 8, and pooling by 2 leaves half."
    ),
    check("learns", "It has learned something", 6, MEASURED, Goal("learns", 0.6), needs="computes").says(
        "Its loss on new digits is far below that of the best constant answer.",
        "With softmax inside the loss, it does hardly better on new digits than one answer for all.",
        "Is the model compiled and fitted? The last layer is linear, and the loss has to be told.",
    ),
    check("loss", "A loss of 0.5 or less on new digits", 6, MEASURED, Goal("loss", 0.5), needs="learns").says(
        "The loss on 200 digits it has not seen is 0.5 or less.",
        "The loss on 200 digits it has not seen is above 0.5.",
        "It learns, but not enough. Does the loss that fit prints still fall in the last epoch?",
    ),
    check("accuracy", "85 % of new digits", 12, MEASURED, Goal("accuracy", 0.85), needs="computes").says(
        "At least 85 % of 200 digits it has not seen are read right.",
        "Less than 85 % of 200 digits it has not seen are read right.",
        "Give it more epochs, and make sure that it sees all ten digits.",
    ),
)

CONFUSION = function("confusion", "Which digit is taken for which").checks(
    check("example", "Two small examples", 8)
    .examples((np.array([0, 1, 2, 2]), np.array([0, 2, 2, 1]), 3), (np.array([1, 1, 0, 1]), np.array([0, 0, 0, 1]), 2))
    .says(hint="Each example adds 1 in one place: the row of its right class, the column of the predicted one."),
    check("drawn", "Any classes", 12, Drawn(told_apart(), 25)).says(
        hint="Go through this example place by place. Which entry of the table grows by 1 for each?"
    ),
)

READER = model(
    "reader",
    "A recurrent network that reads rows",
    features=(8, 8),
    layers=(AnyLayer(kind="LSTM", units=16, activation="tanh", parameters=1600, output=(16,)), dense(10)),
).checks(
    check("computes", "The network turns eight rows into ten outputs", 4)
    .asks(Aspect("computes", {"refused": "A picture is eight rows of eight pixels: `(8, 8)`."}))
    .says(hint="`reader` has to be a Sequential with both layers inside, ready to be called."),
    check("layers", "An LSTM layer and a Dense one", 4, Aspect("layers"), needs="computes").says(
        hint="Two layers are asked for, in this order. An Input line does not count."
    ),
    check("units", "16 and 10 units", 4, Aspect("units"), needs="layers").says(
        hint="The first argument of either layer says how many units it has."
    ),
    check("outputs", "One output for the whole picture", 4, Aspect("outputs"), needs="layers").says(
        hint="Only what the LSTM knows after the last row goes on. Which of its arguments decides that?"
    ),
    check("parameters", "1,770 parameters", 4, Aspect("parameters"), needs="computes").says(
        hint="Four gates, each with weights for 8 pixels and 16 units, and biases: 4 (8 · 16 + 16 · 16 + 16) = 1,600."
    ),
)

ASSIGNMENT = lab(
    "conv_digits",
    "Pictures as pictures: convolutions that learn",
    COUNT,
    MODEL,
    CONFUSION,
    READER,
    runtime="tensorflow",
    seed=1442695040,
)
