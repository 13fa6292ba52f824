"""The lab of advice: two measures of error, and three networks of which one is too large, one small, one held back.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/applied_ml/`. No network
is trained: what it is made of and compiled with is looked at, and what its penalties are.
"""

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

PAIRS = st.integers(1, 6).flatmap(lambda m: st.tuples(vectors(min_size=m, max_size=m), vectors(min_size=m, max_size=m)))


def categories(classes: int = 6) -> Call:
    """Right and predicted categories (m,), of which at least one is wrong: a blank answer says that none is."""

    def drawn(m: int) -> SearchStrategy[Numbers]:
        return st.lists(st.integers(0, classes - 1), min_size=m, max_size=m).map(np.array)

    pairs = st.integers(2, 8).flatmap(lambda m: st.tuples(drawn(m), drawn(m)))
    return pairs.filter(lambda pair: bool(np.any(pair[0] != pair[1])))


COMPILED = Compiled(optimizer="Adam", rate=0.01, loss="SparseCategoricalCrossentropy", from_logits=True)


def network(target: str, title: str, mark: str, layers: tuple[DenseLayer, ...]) -> Outline:
    """A network for two numbers and six categories."""
    return model(target, title, markers=(target, mark), features=2, layers=layers, compiled=COMPILED)


def computes(points: int) -> Draft:
    """What every other check about a network needs."""
    return (
        check("computes", "The network turns two numbers into six", points)
        .asks(Aspect("computes", {"refused": "An example is two numbers: that is the input shape, `(2,)`."}))
        .says(hint="It has to be a Sequential with all its Dense layers inside, ready to be called.")
    )


def layers(points: int, count: str) -> Draft:
    """As many Dense layers as were asked for."""
    return check("layers", f"{count} Dense layers in a Sequential", points, Aspect("layers"), needs="computes").says(
        hint="Count the rows of the table. An Input line is allowed and does not count."
    )


def units(points: int, widths: str) -> Draft:
    """Their widths."""
    return check("units", f"{widths} units", points, Aspect("units"), needs="computes").says(
        hint="The widths are in the table above the exercise, and the last one is the number of categories."
    )


def activations(points: int) -> Draft:
    """ReLU inside, and a linear output."""
    return (
        check("activations", "ReLU in the hidden layers, a linear output", points, needs="computes")
        .asks(
            Aspect(
                "activations",
                {
                    "softmax in output": "Softmax is part of the loss here. What does the output layer then do?",
                    "sigmoid in hidden": "A sigmoid is flat on both sides, and learns slowly. "
                    "Which activation is asked?",
                    "linear in hidden": "Without an activation, layers in a row are no more than one linear layer.",
                },
            )
        )
        .says(hint="The table names an activation for each layer.")
    )


def loss(points: int) -> Draft:
    """What is minimised."""
    return (
        check("loss", "Cross-entropy of whole-number categories, from logits", points, needs="computes")
        .asks(
            Aspect(
                "loss",
                {
                    "from probabilities": "The output layer is linear, so its outputs are no probabilities yet. "
                    "Which argument tells the loss?",
                    "CategoricalCrossentropy": "The categories here are whole numbers, not rows of one 1.",
                    "MeanSquaredError": "Categories are no amounts: 5 is not further from 0 than 1 is.",
                    "not compiled": "Call `compile` with a loss and an optimizer.",
                },
            )
        )
        .says(hint="Which loss takes whole-number categories, and is told about softmax?")
    )


def optimizer(points: int) -> Draft:
    """Who minimises."""
    return check("optimizer", "Adam", points, Aspect("optimizer"), needs="computes").says(
        hint="`compile` takes an optimizer. Which one is asked for?"
    )


def rate(points: int) -> Draft:
    """How long the steps are."""
    return (
        check("rate", "A learning rate of 0.01", points, needs="computes")
        .asks(Aspect("rate", {"0.001": "0.001 is what Adam takes unless it is told a rate."}))
        .says(hint="The optimizer takes the rate as an argument.")
    )


EVAL_MSE = function(
    "eval_mse", "How far off a curve is", rule=Agrees(scalar=True), markers=("eval_mse", "UNQ_C1")
).checks(
    check("example", "Small examples", 8)
    .examples(
        (np.array([2.4, 4.2]), np.array([2.3, 4.1])),
        (np.array([1.0, 2.0, 3.0]), np.array([1.0, 0.0, 6.0])),
        (np.array([5.0]), np.array([2.0])),
    )
    .says(hint="Write down the errors, square them, add them up. By which number is the sum divided?"),
    check("drawn", "Any number of examples", 9, Drawn(PAIRS, 25)).says(
        hint="Work this small case out by hand. What do you divide by for this number of examples?"
    ),
    check("exact", "No error at all", 3, needs="drawn")
    .examples((np.array([1.5, -2.0]), np.array([1.5, -2.0])))
    .says(
        "Where every value is met, the answer is 0.",
        "Every value is met here, and the answer is not 0.",
        "What is left of the sum if every difference is 0?",
    ),
)

EVAL_CAT_ERR = function(
    "eval_cat_err", "The share that is wrong", rule=Agrees(scalar=True), markers=("eval_cat_err", "UNQ_C2")
).checks(
    check("example", "Small examples", 8)
    .examples(
        (np.array([1, 2, 0]), np.array([1, 2, 3])),
        (np.array([1, 0, 5, 1]), np.array([0, 0, 1, 0])),
        (np.array([4, 2]), np.array([2, 4])),
    )
    .says(hint="In how many places do the two differ, and how many places are there?"),
    check("drawn", "Any categories", 8, Drawn(categories(), 25)).says(
        hint="Count by hand for this example. How far apart two categories are does not matter."
    ),
    check("none", "Nothing is wrong", 4, needs="drawn")
    .examples((np.array([0, 3, 5]), np.array([0, 3, 5])), (np.array([2]), np.array([2])))
    .says(
        "Where every category is right, the answer is 0.",
        "Every category is right here, and the answer is not 0.",
        "Is there a way through your code on which the share is never worked out?",
    ),
)

MODEL = network(
    "model", "A large network", "UNQ_C3", (dense(120, "relu"), dense(40, "relu"), dense(6, "linear"))
).checks(
    computes(3),
    layers(3, "Three"),
    units(5, "120, 40 and 6"),
    activations(4),
    check("parameters", "5,446 parameters", 3, Aspect("parameters"), needs="computes").says(
        hint="Inputs times units, plus one bias for each unit, layer by layer: 360 + 4,840 + 246."
    ),
    loss(5),
    optimizer(2),
    rate(3),
)

MODEL_S = network("model_s", "A small network", "UNQ_C4", (dense(6, "relu"), dense(6, "linear"))).checks(
    computes(2), layers(2, "Two"), units(3, "6 and 6"), activations(2), loss(2), optimizer(1), rate(2)
)

HELD_BACK = Penalty(l2=0.1)
MODEL_R = network(
    "model_r",
    "A large network, held back",
    "UNQ_C5",
    (dense(120, "relu", penalty=HELD_BACK), dense(40, "relu", penalty=HELD_BACK), dense(6, "linear")),
).checks(
    computes(2),
    layers(2, "Three"),
    units(2, "120, 40 and 6"),
    activations(2),
    check("penalties", "An L2 penalty of 0.1 on the weights of both hidden layers", 7, needs="computes")
    .asks(
        Aspect(
            "penalties",
            {
                "kernel without": "Both hidden layers are held back. Which argument of Dense penalises its weights?",
                "kernel otherwise": "Which kind of penalty is asked for, and how strong is it?",
                "kernel not asked": "Only the hidden layers are held back; the output layer is not.",
                "bias not asked": "The penalty belongs on the weights. Which argument is named for them?",
                "activity not asked": "This penalises what the layer gives. Which argument penalises its weights?",
            },
        )
    )
    .says(hint="Dense takes a penalty on its weights as an argument."),
    loss(1),
    optimizer(1),
    rate(1),
)

ASSIGNMENT = lab(
    "applied_ml",
    "Too large, too small, held back",
    EVAL_MSE,
    EVAL_CAT_ERR,
    MODEL,
    MODEL_S,
    MODEL_R,
    runtime="tensorflow",
    seed=2236067977,
)
