"""The lab before the main one: a network that tells a zero from a one, and a layer of it written by hand.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/binary_digits/`. The
activation is a function that is handed over as an argument: it is made in the room, and is no secret. `my_dense_v` is
optional: it is looked at, and worth nothing.
"""

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

SIGMOID, LINEAR, RELU = "lambda z: 1 / (1 + np.exp(-z))", "lambda z: z", "lambda z: np.maximum(0, z)"


def layers(*activations: str, together: bool = False, units: int | None = None) -> Call:
    """A question to a layer of other numbers of inputs and units; `together`: for several examples at once."""

    def drawn(sizes: list[int]) -> Call:
        m, n, j = sizes[0], sizes[1], units or sizes[2]
        given, biases = (block(m, n), block(1, j)) if together else (block(n), block(j))
        parts = st.tuples(given, block(n, j, most=2), biases, st.sampled_from(activations))
        return parts.map(lambda part: history(gives(part[0], part[1], part[2], expression(part[3]))))

    return unlike(3, 2, 5).flatmap(drawn)


W = np.array([[0.1, -0.5, 0.3], [0.25, 1.0, -0.25]])
B = np.array([0.5, -1.0, 0.25])


def small(given: Numbers, biases: Numbers, *activations: str) -> Examples:
    """The layer of the notebook with each of these activations."""
    return examples(*(history(gives(given, W, biases, expression(each))) for each in activations))


MODEL = model(
    "model",
    "A network for two digits",
    markers=("Sequential model", "UNQ_C1"),
    features=400,
    layers=(dense(25, "sigmoid"), dense(15, "sigmoid"), dense(1, "sigmoid")),
).checks(
    check("computes", "The model turns 400 numbers into a probability", 4)
    .asks(Aspect("computes", {"refused": "Each picture is a row of 400 numbers: that is the input shape, `(400,)`."}))
    .says(hint="`model` has to be a Sequential with the three Dense layers inside, ready to be called."),
    check("layers", "Three Dense layers in a Sequential", 8, Aspect("layers"), needs="computes").says(
        hint="Two hidden layers and one output layer make three. An Input line is allowed and does not count."
    ),
    check("units", "25, 15 and 1 units", 14, Aspect("units"), needs="computes").says(
        hint="The widths are in the text above the exercise. A single probability needs a single unit."
    ),
    check("activations", "Three sigmoids", 14, needs="computes")
    .asks(
        Aspect(
            "activations",
            {
                "softmax in output": "Softmax shares 1 out among its units, so a single unit would always give 1.",
                "linear in output": "A probability lies between 0 and 1, and a sum may lie anywhere.",
                "linear in hidden": "Without an activation, layers in a row are no more than one linear layer.",
                "relu in hidden": "ReLU comes in the next lab. The hidden layers here are sigmoids.",
            },
        )
    )
    .says(hint="All three layers use the sigmoid here."),
    check("shapes", "Shapes of weights and biases", 4, needs="computes")
    .asks(Aspect("shapes", {"no bias": "Every unit adds a bias of its own; Dense does so unless it is told not to."}))
    .says(hint="A weight matrix has one row for each input of its layer and one column for each unit."),
    check("parameters", "10,431 parameters", 3, Aspect("parameters"), needs="computes").says(
        hint="Inputs times units, plus one bias for each unit, layer by layer: 10,025 + 390 + 16."
    ),
    check("trainable", "Every layer can learn", 3, needs=("computes", "units"))
    .asks(Aspect("trainable", {"frozen": "A frozen layer keeps the random weights it began with."}))
    .says("No layer is frozen.", "Some of its weights would never change in training."),
)

MY_DENSE = function("my_dense", "A layer, unit by unit", markers=("my_dense", "UNQ_C2")).checks(
    check("example", "The lab's own layer", 15, small(np.array([2.0, -1.0]), B, SIGMOID)).says(
        hint="Work the first unit out by hand: its column of W times the inputs, plus its bias, and then g."
    ),
    check("drawn", "Layers of any size", 20, Drawn(layers(SIGMOID), 20)).says(
        hint="How many units are there, and which column of W belongs to each?"
    ),
    check("functions", "Other activations", 12)
    .asks(Drawn(layers(LINEAR, RELU, "lambda z: 3 * z - 1"), 20))
    .says(
        "It uses the activation that is handed over.",
        "With another activation the answer is not right.",
        "g is a function, an argument like the others. Is it what your code calls?",
    ),
    check("single", "A layer of one unit", 3, Drawn(layers(SIGMOID, LINEAR, units=1), 8), needs="drawn").says(
        hint="One unit gives an array of one number, of shape (1,)."
    ),
)

MY_DENSE_V = function(
    "my_dense_v", "A layer for all examples at once (optional)", markers=("my_dense_v", "UNQ_C3")
).checks(
    check("example", "The lab's own layer, for two examples", 0)
    .asks(small(np.array([[2.0, -1.0], [0.5, 3.0]]), B[None, :], SIGMOID, LINEAR))
    .says(hint="Each row of the answer belongs to one example, each column to one unit."),
    check("drawn", "Any number of examples", 0)
    .asks(Drawn(layers(SIGMOID, LINEAR, RELU, together=True), 20))
    .says(hint="Which product of matrices has the shape (m, j)? The biases are a row, and are added to each."),
)

ASSIGNMENT = lab(
    "binary_digits",
    "Zero or one: a network of sigmoids",
    MODEL,
    MY_DENSE,
    MY_DENSE_V,
    runtime="tensorflow",
    seed=1732050807,
)
