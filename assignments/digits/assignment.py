"""The digits lab: softmax by hand, and a network of three layers for pictures of digits.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/digits/`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from grader.assignment import Assignment
from grader.checks.compare import as_numbers
from grader.checks.function import FunctionCheck, FunctionExercise, Remark
from grader.checks.inputs import calls, examples, vectors
from grader.checks.model import DenseLayer, ModelCheck, ModelExercise
from grader.checks.rules import Holds, LeavesArguments, Reaction, Repeats
from grader.protocol import Raised, Returned

Numbers = npt.NDArray[Any]


def sums_to_one(a: Numbers, z: Numbers) -> bool:
    """The entries add up to 1, as probabilities do."""
    return a.shape == z.shape and bool(abs(a.sum() - 1) <= 1e-6)


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


MY_SOFTMAX = FunctionExercise(
    id="my_softmax",
    title="Softmax in NumPy",
    target="my_softmax",
    markers=("my_softmax", "UNQ_C1"),
    checks=(
        # Four examples, not one: a function that always returns the answer printed in the lab knows only the first.
        FunctionCheck(
            id="example",
            title="Four numbers, the lab's own example first",
            points=10,
            inputs=examples(
                (np.array([1.0, 2.0, 3.0, 4.0]),),
                (np.array([4.0, 3.0, 2.0, 1.0]),),
                (np.array([0.0, 0.0, 0.0, 0.0]),),
                (np.array([-2.5, 0.0, 0.5, 3.0]),),
            ),
            passed="Right for z = [1, 2, 3, 4] and for three more vectors of four numbers.",
            failed="One of four small examples does not come out right.",
            hint="Work the example out on paper: a power of e for each entry, their sum, and one division each.",
        ),
        FunctionCheck(
            id="drawn",
            title="Vectors of any length",
            points=16,
            inputs=calls(vectors(min_size=2), count=30),
            passed="Right for every vector that was tried, with positive, negative and mixed entries.",
            failed="There is a vector for which the answer is not right.",
            hint="Compare your answer for this small vector with the formula, entry by entry.",
        ),
        FunctionCheck(
            id="integers",
            title="Whole numbers as input",
            points=4,
            inputs=calls(vectors(min_size=2, integers=True), count=12),
            needs=("drawn",),
            passed="Right for vectors of whole numbers too.",
            failed="For a vector of whole numbers the answer is not right.",
            hint="An array made to look like a whole-number array can hold only whole numbers.",
        ),
        FunctionCheck(
            id="single",
            title="A vector with one entry",
            points=4,
            inputs=calls(vectors(max_size=1), count=8),
            needs=("drawn",),
            passed="A single entry gets all of the probability, in an array of shape (1,).",
            failed="For a vector with one entry the answer is not right.",
            hint="With one entry there is one probability, and it is 1. The answer is still an array.",
        ),
        FunctionCheck(
            id="sums",
            title="The probabilities of a long vector sum to one",
            points=4,
            inputs=calls(vectors(min_size=11, max_size=30), count=6),
            rule=Holds(sums_to_one),
            needs=("drawn",),
            passed="The entries sum to 1 for long vectors too.",
            failed="For a long vector the entries of the answer do not sum to 1.",
            hint="Does the sum reach every entry, however many there are?",
        ),
        FunctionCheck(
            id="order",
            title="A bigger entry gets a bigger probability",
            points=4,
            inputs=calls(vectors(min_size=3, max_size=10), count=8),
            rule=Holds(keeps_order),
            needs=("drawn",),
            passed="Bigger entries of z get bigger probabilities.",
            failed="An entry of z that is bigger than another does not get the bigger probability.",
        ),
        FunctionCheck(
            id="unchanged",
            title="The input is left as it was",
            points=4,
            inputs=calls(vectors(), count=6),
            rule=LeavesArguments(),
            needs=("drawn",),
            passed="The array z is the same after the call as before.",
            failed="After the call, the array z that was passed in has other numbers in it.",
            hint="Whoever calls your function may still need z. Keep what you compute in a new array.",
        ),
        FunctionCheck(
            id="repeats",
            title="The same input gives the same answer again",
            points=4,
            inputs=calls(vectors(), count=6),
            rule=Repeats(),
            needs=("drawn",),
            passed="The same call gives the same answer a second time.",
            failed="The same call gives another answer the second time.",
            hint="Something is left over from the first call. Start every sum anew inside the function.",
        ),
    ),
    remarks=(
        Remark(
            inputs=examples((np.array([1000.0, 1000.0]),)),
            applies=overflows,
            text="my_softmax overflows for z = [1000, 1000]; subtracting the maximum first would not.",
        ),
    ),
)


MODEL = ModelExercise(
    id="model",
    title="A network for ten digits",
    target="model",
    markers=("Sequential model", "UNQ_C2"),
    features=400,
    layers=(
        DenseLayer(units=25, activation="relu"),
        DenseLayer(units=15, activation="relu"),
        DenseLayer(units=10, activation="linear"),
    ),
    checks=(
        # First and needed by all others: what a model says of its layers counts only if its predictions bear it out.
        ModelCheck(
            id="computes",
            title="The model turns 400 numbers into predictions",
            aspect="computes",
            points=4,
            passed="The model takes rows of 400 numbers, and its predictions are what its weights give.",
            failed="The model does not compute predictions for rows of 400 numbers as its Dense layers should.",
            hint="`model` has to be a Sequential with the three Dense layers inside, ready to be called.",
            hints={
                "refused": "Each picture is a row of 400 numbers. The input shape describes one such row: neither the "
                "width of a layer nor the number of pictures.",
                "unknown": "Three Dense layers, one after the other, are all that is needed. An activation is named "
                "inside its Dense layer.",
            },
        ),
        ModelCheck(
            id="layers",
            title="Three Dense layers in a Sequential",
            aspect="layers",
            points=8,
            needs=("computes",),
            passed="It is a Sequential of three Dense layers.",
            failed="It is not a Sequential of exactly three Dense layers.",
            hint="Two hidden layers and one output layer make three. An Input line is allowed and does not count.",
            hints={
                "Dropout": "Dropout is useful against overfitting, but this network was asked without it.",
                "Functional": "The lab asks for the Sequential class, which takes the layers as one list.",
            },
        ),
        ModelCheck(
            id="units",
            title="25, 15 and 10 units",
            aspect="units",
            points=14,
            needs=("computes",),
            passed="The layers have 25, 15 and 10 units.",
            failed="The layers do not have 25, 15 and 10 units.",
            hint="The widths are in the text above the exercise, in order from the input on; the last is one unit for "
            "each digit.",
        ),
        ModelCheck(
            id="activations",
            title="ReLU in the hidden layers, linear output",
            aspect="activations",
            points=14,
            needs=("computes",),
            passed="The hidden layers use ReLU and the output layer is linear.",
            failed="The activations are not ReLU, ReLU and linear.",
            hint="Both hidden layers use ReLU; the output layer passes its sums on as they are.",
            hints={
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
        ),
        ModelCheck(
            id="shapes",
            title="Shapes of weights and biases",
            aspect="shapes",
            points=4,
            needs=("computes",),
            passed="The weights have shapes (400, 25), (25, 15) and (15, 10), each with its bias vector.",
            failed="The weights or biases do not have the shapes asked.",
            hint="A weight matrix has one row for each input of its layer and one column for each unit.",
            hints={"no bias": "Every unit adds a bias of its own; Dense does so unless it is told not to."},
        ),
        ModelCheck(
            id="parameters",
            title="10,575 parameters",
            aspect="parameters",
            points=3,
            needs=("computes",),
            passed="It has 10,025 + 390 + 160 = 10,575 parameters.",
            failed="It does not have 10,575 parameters.",
            hint="Inputs times units, plus one bias for each unit, layer by layer: model.summary() shows the counts.",
        ),
        ModelCheck(
            id="trainable",
            title="Every layer can learn",
            aspect="trainable",
            points=3,
            needs=("computes", "units"),
            passed="No layer is frozen.",
            failed="Some of its weights would never change in training.",
            hints={"frozen": "A frozen layer keeps the random weights it began with. All three layers should learn."},
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="digits",
    title="Handwritten digits with ReLU and softmax",
    version="1",
    runtime="tensorflow",
    seed=20,
    exercises=(MY_SOFTMAX, MODEL),
)
