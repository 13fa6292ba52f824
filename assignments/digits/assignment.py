"""The digits lab: softmax by hand, and a network of three layers for pictures of digits.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/digits/`.
"""

import numpy as np

from grader.lab import *


def keeps_order(a: Numbers, z: Numbers) -> bool:
    """Wherever one entry of z is bigger than another, so is its probability. Equal entries say nothing."""
    return a.shape == z.shape and bool(np.all((a[:, None] > a) | (z[:, None] <= z)))


def overflows(reaction: Reaction) -> bool:
    """The answer is not finite, or Python refused the power as too big."""
    match reaction.answer:
        case Returned(value=value):
            numbers = as_numbers(value)
            return numbers is not None and not bool(np.all(np.isfinite(numbers)))
        case Raised(error=error):
            return error.type == "OverflowError"
        case _:
            return False


MY_SOFTMAX = function(
    "my_softmax",
    "Softmax in NumPy",
    markers=("my_softmax", "UNQ_C1"),
    remarks=(
        remark(
            "my_softmax is not right where z holds whole numbers: an array made like z cannot hold fractions.",
            calls(vectors(min_size=2, integers=True), count=12),
            Agrees(),
        ),
        remark(
            "my_softmax changes the array z that was passed in; whoever calls it may still need z.",
            calls(vectors(), count=6),
            LeavesArguments(),
        ),
        remark(
            "my_softmax overflows for z = [1000, 1000]; subtracting the maximum first would not.",
            examples((np.array([1000.0, 1000.0]),)),
            applies=overflows,
        ),
    ),
).checks(
    check("example", "Four numbers, the lab's own example first", 12)
    .examples(
        (np.array([1.0, 2.0, 3.0, 4.0]),),
        (np.array([4.0, 3.0, 2.0, 1.0]),),
        (np.array([0.0, 0.0, 0.0, 0.0]),),
        (np.array([-2.5, 0.0, 0.5, 3.0]),),
    )
    .says(
        "Right for z = [1, 2, 3, 4] and for three more vectors of four numbers.",
        "One of four small examples does not come out right.",
        "Work the example out on paper: a power of e for each entry, their sum, and one division each.",
    ),
    check("drawn", "Vectors of any length", 22, calls(vectors(min_size=2), count=30)).says(
        "Right for every vector that was tried, with positive, negative and mixed entries.",
        "There is a vector for which the answer is not right.",
        "Compare your answer for this small vector with the formula, entry by entry.",
    ),
    check("single", "A vector with one entry", 4, calls(vectors(max_size=1), count=8), needs="drawn").says(
        "A single entry gets all of the probability, in an array of shape (1,).",
        "For a vector with one entry the answer is not right.",
        "With one entry there is one probability, and it is 1. The answer is still an array.",
    ),
    check("sums", "The probabilities of a long vector sum to one", 4, needs="drawn")
    .asks(calls(vectors(min_size=11, max_size=30), count=6), Holds(sums_to_one))
    .says(
        "The entries sum to 1 for long vectors too.",
        "For a long vector the entries of the answer do not sum to 1.",
        "Does the sum reach every entry, however many there are?",
    ),
    check("order", "A bigger entry gets a bigger probability", 4, needs="drawn")
    .asks(calls(vectors(min_size=3, max_size=10), count=8), Holds(keeps_order))
    .says(
        "Bigger entries of z get bigger probabilities.",
        "An entry of z that is bigger than another does not get the bigger probability.",
    ),
    check("repeats", "The same input gives the same answer again", 4, needs="drawn")
    .asks(calls(vectors(), count=6), Repeats())
    .says(
        "The same call gives the same answer a second time.",
        "The same call gives another answer the second time.",
        "Something is left over from the first call. Start every sum anew inside the function.",
    ),
)

MODEL = model(
    "model",
    "A network for ten digits",
    markers=("Sequential model", "UNQ_C2"),
    features=400,
    layers=(dense(25, "relu"), dense(15, "relu"), dense(10)),
).checks(
    check("computes", "The model turns 400 numbers into predictions", 4)
    .asks(
        Aspect(
            "computes",
            {
                "refused": "Each picture is a row of 400 numbers. The input shape describes one such row: neither the "
                "width of a layer nor the number of pictures.",
                "unknown": "Three Dense layers, one after the other, are all that is needed. An activation is named "
                "inside its Dense layer.",
            },
        )
    )
    .says(
        "The model takes rows of 400 numbers, and its predictions are what its weights give.",
        "The model does not compute predictions for rows of 400 numbers as its Dense layers should.",
        "`model` has to be a Sequential with the three Dense layers inside, ready to be called.",
    ),
    check("layers", "Three Dense layers in a Sequential", 8, needs="computes")
    .asks(
        Aspect(
            "layers",
            {
                "Dropout": "Dropout is useful against overfitting, but this network was asked without it.",
                "Functional": "The lab asks for the Sequential class, which takes the layers as one list.",
            },
        )
    )
    .says(
        "It is a Sequential of three Dense layers.",
        "It is not a Sequential of exactly three Dense layers.",
        "Two hidden layers and one output layer make three. An Input line is allowed and does not count.",
    ),
    check("units", "25, 15 and 10 units", 14, Aspect("units"), needs="computes").says(
        "The layers have 25, 15 and 10 units.",
        "The layers do not have 25, 15 and 10 units.",
        "The widths are in the text above the exercise, in order from the input on; the last is one unit for "
        "each digit.",
    ),
    check("activations", "ReLU in the hidden layers, linear output", 14, needs="computes")
    .asks(
        Aspect(
            "activations",
            {
                "softmax in output": "Softmax is not lost: from_logits=True in the loss applies it there, where it is "
                "more exact. The output layer itself stays linear.",
                "sigmoid in output": "Sigmoid answers one yes-or-no question. Here ten digits compete, and the loss "
                "takes care of that; the output layer stays linear.",
                "relu in output": "ReLU would turn every negative output into 0, and the loss needs to see them. The "
                "output layer stays linear.",
                "sigmoid in hidden": "Sigmoid belongs to the lab before this one; the hidden layers here use ReLU.",
                "tanh in hidden": "Tanh would work too, but the hidden layers here use ReLU.",
                "linear in hidden": "Without an activation, layers in a row are no more than one linear layer. The "
                "hidden layers need ReLU.",
            },
        )
    )
    .says(
        "The hidden layers use ReLU and the output layer is linear.",
        "The activations are not ReLU, ReLU and linear.",
        "Both hidden layers use ReLU; the output layer passes its sums on as they are.",
    ),
    check("shapes", "Shapes of weights and biases", 4, needs="computes")
    .asks(Aspect("shapes", {"no bias": "Every unit adds a bias of its own; Dense does so unless it is told not to."}))
    .says(
        "The weights have shapes (400, 25), (25, 15) and (15, 10), each with its bias vector.",
        "The weights or biases do not have the shapes asked.",
        "A weight matrix has one row for each input of its layer and one column for each unit.",
    ),
    check("parameters", "10,575 parameters", 3, Aspect("parameters"), needs="computes").says(
        "It has 10,025 + 390 + 160 = 10,575 parameters.",
        "It does not have 10,575 parameters.",
        "Inputs times units, plus one bias for each unit, layer by layer: model.summary() shows the counts.",
    ),
    check("trainable", "Every layer can learn", 3, needs=("computes", "units"))
    .asks(
        Aspect(
            "trainable",
            {"frozen": "A frozen layer keeps the random weights it began with. All three layers should learn."},
        )
    )
    .says("No layer is frozen.", "Some of its weights would never change in training."),
)

ASSIGNMENT = lab("digits", "Handwritten digits with ReLU and softmax", MY_SOFTMAX, MODEL, runtime="tensorflow", seed=20)
