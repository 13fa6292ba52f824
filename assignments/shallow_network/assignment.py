"""The lab on one hidden layer: a network of tanh units and a sigmoid output, in the form of the course notebooks.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/shallow_network/`.
Both generations of the course's template are graded as they are. Functions are judged with right versions of those they
call, so that a mistake is charged once; where numbers are random, claims are judged and not values.
"""

from operator import itemgetter
from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.lab import *

Named = dict[str, Numbers]

#: what the course's templates set for update_parameters
LEARNING_RATE = 1.2

#: named arrays, among others that the text neither asks for nor forbids
PARTS = Agrees(more_keys=True, each_entry=True)


def sizes() -> SearchStrategy[tuple[int, int, int]]:
    """n_x, n_h and m, all different, so that a wrong transpose shows."""
    return st.permutations((2, 3, 4, 5)).map(lambda order: (order[0], order[1], order[2]))


def data_set(drawn: tuple[tuple[int, int, int], int]) -> Arguments:
    """X (n_x, m + 4) and Y (n_y, m + 4) of those sizes."""
    (n_x, _, m), n_y = drawn
    return np.ones((n_x, m + 4)), np.zeros((n_y, m + 4))


def one_example() -> SearchStrategy[tuple[int, int, int]]:
    """n_x and n_h, and a single example."""
    return sizes().map(lambda size: (size[0], size[1], 1))


def named(n_x: int, n_h: int, *, gradients: bool = False) -> SearchStrategy[Named]:
    """W1 (n_h, n_x), b1 (n_h, 1), W2 (1, n_h), b2 (1, 1) by name, or with `gradients` what is subtracted from them."""
    d = "d" if gradients else ""
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}
    return st.fixed_dictionaries({d + name: block(*shape, most=1) for name, shape in shapes.items()})


def networks(drawn: SearchStrategy[tuple[int, int, int]]) -> SearchStrategy[tuple[Numbers, Named]]:
    """X (n_x, m) and parameters. Weights of at most 1 keep the output away from 0 and 1, where logarithms end."""
    return drawn.flatmap(lambda size: st.tuples(block(size[0], size[2], most=2), named(size[0], size[1])))


def forward(X: Numbers, parameters: Named) -> Named:
    """Everything a forward pass computes, by name."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": 1 / (1 + np.exp(-Z2))}


def lesson(X: Numbers, parameters: Named, Y: Numbers) -> tuple[Any, ...]:
    """The arguments of backward_propagation."""
    return parameters, forward(X, parameters), X, Y


def lessons(drawn: SearchStrategy[tuple[int, int, int]]) -> Call:
    """Arguments of backward_propagation for drawn networks and labels."""
    return networks(drawn).flatmap(
        lambda network: label_row(network[0].shape[1]).map(lambda Y: lesson(network[0], network[1], Y))
    )


def costs(m: SearchStrategy[int]) -> Call:
    """Probabilities A2 (1, m), none of them 0 or 1, labels Y (1, m), and parameters, which have no effect."""

    def of(count: int) -> Call:
        share = st.integers(1, 7).map(lambda n: n / 8)
        A2 = st.lists(share, min_size=count, max_size=count).map(lambda a: np.array([a]))
        return st.tuples(A2, label_row(count), st.just(PARAMETERS))

    return m.flatmap(of)


def updates(rates: SearchStrategy[float]) -> Call:
    """Parameters, gradients and a learning rate."""
    return sizes().flatmap(
        lambda size: st.tuples(named(size[0], size[1]), named(size[0], size[1], gradients=True), rates)
    )


def random_parameters(value: Named, n_x: int, n_h: int, n_y: int) -> bool:
    """All four are there, in their shapes."""
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    return all(np.shape(value[name]) == shape for name, shape in shapes.items())


def no_bias(value: Named, *_: int) -> bool:
    """Both biases are zero."""
    return not any(np.any(np.asarray(value[name], dtype=float)) for name in ("b1", "b2"))


def hundredths(value: Named, n_x: int, n_h: int, n_y: int) -> bool:
    """The weights are spread around 0 with a standard deviation of 0.01, by 20 %. Of 1,000 or more, chance moves it
    by 2 %, and their mean by 0.0003."""
    counts = {"W1": n_h * n_x, "W2": n_y * n_h}
    return all(
        np.size(value[name]) == count and 0.008 < np.std(value[name]) < 0.012 and abs(np.mean(value[name])) < 0.002
        for name, count in counts.items()
    )


def no_two_alike(value: Named, *_: int) -> bool:
    """No weight is met twice in a layer."""
    return all(np.unique(value[name]).size == np.size(value[name]) > 1 for name in ("W1", "W2"))


def network_of(value: Named, X: Numbers, Y: Numbers, n_h: int, *_: Any) -> bool:
    """The parameters are those of a network with n_h hidden units for these examples, and finite."""
    return random_parameters(value, X.shape[0], n_h, Y.shape[0]) and all(
        bool(np.all(np.isfinite(value[name]))) for name in ("W1", "b1", "W2", "b2")
    )


def first_steps(value: Named, _X: Numbers, Y: Numbers, _n_h: int, num_iterations: int, rate: float) -> bool:
    """The last bias went where the labels push it.

    While the weights are hundredths the output is sigmoid(b2), whatever the weights are. So for the first steps the way
    of b2 is known without them: to 0.01, and one step more or less makes 0.1.
    """
    b2 = 0.0
    for _ in range(num_iterations):
        b2 -= rate * (1 / (1 + np.exp(-b2)) - float(np.mean(Y)))
    return abs(float(np.squeeze(value["b2"])) - b2) < 0.03


def learned(value: Named, X: Numbers, Y: Numbers, *_: Any) -> bool:
    """At least 95 % of the examples are on the right side of one half."""
    return float(np.mean((forward(X, value)["A2"] > 0.5) == (Y > 0.5))) >= 0.95


OUTPUT_LAYER, HIDDEN_LAYER = named_parts("dW2", "db2"), named_parts("dW1", "db1")


PARAMETERS: Named = {
    "W1": np.array([[1.0, -0.5], [0.5, 0.25], [-1.0, 0.5]]),
    "b1": np.array([[0.5], [-0.25], [0.0]]),
    "W2": np.array([[1.0, -2.0, 0.5]]),
    "b2": np.array([[0.25]]),
}
POINTS = np.array([[1.0, -1.0], [2.0, 0.5]])
MORE_PARAMETERS: Named = {
    "W1": np.array([[0.5, -1.0, 0.25], [1.0, 0.5, -0.5]]),
    "b1": np.array([[-0.5], [1.0]]),
    "W2": np.array([[-1.0, 0.75]]),
    "b2": np.array([[-0.5]]),
}
MORE_POINTS = np.array([[1.0, 0.0, -2.0, 0.5], [0.5, -1.0, 1.0, 2.0], [-1.0, 2.0, 0.0, 1.0]])
GRADIENTS: Named = {
    "dW1": np.array([[0.5, 0.25], [-0.5, 1.0], [0.0, -0.25]]),
    "db1": np.array([[0.25], [-1.0], [0.5]]),
    "dW2": np.array([[-0.5, 0.25, 1.0]]),
    "db2": np.array([[0.75]]),
}


SMALL = examples((2, 4, 1), (3, 5, 2))
TWO_NETWORKS = examples((POINTS, PARAMETERS), (MORE_POINTS, MORE_PARAMETERS))
TWO_LESSONS = examples(
    lesson(POINTS, PARAMETERS, np.array([[1.0, 0.0]])),
    lesson(MORE_POINTS, MORE_PARAMETERS, np.array([[0.0, 1.0, 1.0, 0.0]])),
)


# Sides and band are wide apart: 30 networks begun at random all had 98 % of the sides right after 10 iterations and the
# whole band after 90. The checks allow 40 and 150.
def scattered(m: int) -> Numbers:
    """m points (2, m) in the square from -4 to 4."""
    return np.round(np.random.default_rng(1).uniform(-4, 4, size=(2, m)), 3)


def sides(m: int) -> tuple[Numbers, Numbers]:
    """Points on two sides of a line, none of them close to it."""
    X = scattered(m)
    d = X[0] - 0.5 * X[1] - 0.8
    far = np.abs(d) > 0.3
    return X[:, far], (d[far] > 0)[None, :].astype(float)


def band(m: int) -> tuple[Numbers, Numbers]:
    """Points inside and outside of a band, which no single line can tell apart."""
    X = scattered(m)
    d = np.abs(X[0] + 0.5 * X[1])
    far = np.abs(d - 1.6) > 0.3
    return X[:, far], (d[far] < 1.6)[None, :].astype(float)


FEW = np.array([[0.5, -1.0, 1.5, 0.25], [1.0, 0.5, -0.5, -1.5]])
THREE_FEATURES = np.array([[0.5, -1.0, 1.5, 0.25, -0.75], [1.0, 0.5, -0.5, -1.5, 0.0], [0.0, -0.5, 1.0, 0.5, 1.0]])


ASSIGNMENT = lab(
    "shallow_network",
    "A network with one hidden layer",
    function("layer_sizes", "Sizes of the layers", rule=Agrees(parts=("n_x", "n_h", "n_y"))).checks(
        check("example", "The lab's own example, and one more", 4)
        .examples((np.zeros((2, 6)), np.zeros((1, 6))), (np.ones((5, 3)), np.ones((2, 3))))
        .says(
            "Right for two data sets.",
            "For one of two data sets the sizes are not right.",
            "Three numbers: the features of an example, 4, and the outputs for an example. m is none of them.",
        ),
        check("drawn", "Data sets of any size", 4)
        .asks(Drawn(st.tuples(sizes(), st.integers(1, 3)).map(data_set), 15))
        .says(
            "Right for every data set that was tried.",
            "There is a data set for which the sizes are not right.",
            "Examples are columns. Which entry of the shape says how many rows there are?",
        ),
    ),
    function("initialize_parameters", "Parameters to begin with").checks(
        check("shapes", "Four arrays in their shapes", 5, HoldsOfAll(random_parameters))
        .examples((2, 4, 1), (3, 5, 2), (1, 2, 3))
        .says(
            "W1, b1, W2 and b2 have the shapes that their layers need.",
            "Not all of W1, b1, W2 and b2 are there in the shapes that their layers need.",
            "A layer's W has a row for each of its units and a column for each of its inputs; b is a column.",
        ),
        check("biases", "The biases are zero", 3, SMALL, HoldsOfAll(no_bias)).says(
            "Both biases begin at zero.",
            "The biases are not zero.",
            "Only weights need chance. Biases may begin at zero, all of them.",
        ),
        check("different", "No two weights are alike", 3, SMALL, HoldsOfAll(no_two_alike)).says(
            "The weights differ, so that the units can learn different things.",
            "Some weights are the same.",
            "Units that begin alike stay alike. np.random.randn draws a different number for each weight.",
        ),
        check("small", "The weights are small", 3, examples((40, 50, 20), (60, 30, 40)), HoldsOfAll(hundredths)).says(
            "The weights are spread around 0, by about a hundredth.",
            "The weights of a big layer are not spread around 0 by about a hundredth.",
            "np.random.randn draws numbers around 0 of a size of about 1. Take a hundredth of it, in W1 and W2.",
        ),
    ),
    function("forward_propagation", "Forward propagation", rule=AgreesIn(scalar=True, part=itemgetter(0))).checks(
        check("example", "The output for the lab's own example, and one more", 5, TWO_NETWORKS).says(
            "The output A2 is right for two small networks.",
            "The output A2 is not right.",
            "Layer by layer: weights times inputs plus bias, then tanh in the hidden layer, sigmoid at the end.",
        ),
        check("drawn", "The output of any network", 5, Drawn(networks(sizes()), 20)).says(
            "The output was right for every network that was tried.",
            "There is a network for which the output A2 is not right.",
            "Write the shapes beside your lines: Z1 is (n_h, m), Z2 is (1, m).",
        ),
        check("cache", "What the backward pass will need", 3)
        .asks(TWO_NETWORKS, named_parts("Z1", "A1", "Z2", "A2", of=itemgetter(1)))
        .says(
            "Z1, A1, Z2 and A2 are kept.",
            "The second part of the answer is not Z1, A1, Z2 and A2 by name.",
            "The cache is a dictionary of all four: sums before, values after the activation.",
        ),
        check("single", "One example alone", 2, Drawn(networks(one_example()), 6), needs="example").says(
            "Right for a single example too.",
            "For a single example the output is not right.",
            "With m = 1 the matrices have one column, and still two axes.",
        ),
    ),
    function(
        "compute_cost",
        "The cost",
        rule=Agrees(scalar=True),
        shapes=(CallShape(names=("A2", "Y")), CallShape(names=("A2", "Y", "parameters"))),
    ).checks(
        check("example", "The lab's own example, and one more", 4)
        .examples(
            (np.array([[0.5, 0.25, 0.875]]), np.array([[1, 0, 1]]), PARAMETERS),
            (np.array([[0.125, 0.75, 0.5, 0.625]]), np.array([[0.0, 0.0, 1.0, 1.0]]), PARAMETERS),
        )
        .says(
            "Right for two small sets of outputs.",
            "One of two small sets of outputs does not come out right.",
            "In the lab's example the probabilities of the true labels are 0.5, 0.75 and 0.875.",
        ),
        check("drawn", "Any number of examples", 5, Drawn(costs(st.integers(2, 6)), 25)).says(
            "Right for every set of outputs that was tried.",
            "There is a set of outputs for which the cost is not right.",
            "The cost is a mean over the examples, with a minus in front.",
        ),
        check("single", "One example alone", 4, Drawn(costs(st.just(1)), 10)).says(
            "Right for a single example of either label.",
            "For a single example the cost is not right.",
            "A single example costs the negative logarithm of the probability given to its true label.",
        ),
    ),
    function("backward_propagation", "Backward propagation", rule=OUTPUT_LAYER).checks(
        check("output", "The gradients of the output layer", 4, TWO_LESSONS).says(
            "dW2 and db2 are right for two small networks.",
            "dW2 or db2 is not right.",
            "Both begin with dZ2, the difference between what the network said and what is true.",
        ),
        check("hidden", "The gradients of the hidden layer", 4, TWO_LESSONS, HIDDEN_LAYER).says(
            "dW1 and db1 are right for two small networks.",
            "dW1 or db1 is not right.",
            "dZ1 is what comes back through W2, times the slope of tanh, entry by entry.",
        ),
        check("drawn_output", "The output layer of any network", 5, Drawn(lessons(sizes()), 20)).says(
            "dW2 and db2 were right for every network that was tried.",
            "There is a network for which dW2 or db2 is not right.",
            "dW2 has the shape of W2, (1, n_h), and db2 that of b2, (1, 1). Both are means over the examples.",
        ),
        check("drawn_hidden", "The hidden layer of any network", 5, Drawn(lessons(sizes()), 20), HIDDEN_LAYER).says(
            "dW1 and db1 were right for every network that was tried.",
            "There is a network for which dW1 or db1 is not right.",
            "dW1 has the shape of W1, (n_h, n_x), and db1 that of b1, (n_h, 1). Both are means over the examples.",
        ),
        check("single", "One example alone", 2, needs=("output", "hidden"))
        .asks(Drawn(lessons(one_example()), 6), PARTS)
        .says(
            "Right for a single example too.",
            "For a single example the gradients are not right.",
            "With m = 1 the matrices have one column, and still two axes.",
        ),
    ),
    function(
        "update_parameters",
        "One step",
        rule=PARTS,
        shapes=(CallShape(names=("parameters", "grads", "learning_rate")), CallShape(names=("parameters", "grads"))),
    ).checks(
        check("example", "The lab's own example", 4, examples((PARAMETERS, GRADIENTS, LEARNING_RATE))).says(
            "Right for the small example.",
            "The small example does not come out right.",
            "W2 begins at 1, its gradient is -0.5 and the learning rate 1.2: so it becomes 1 + 0.6 = 1.6.",
        ),
        check("drawn", "Any network", 5, Drawn(updates(st.just(LEARNING_RATE)), 15)).says(
            "Right for every network that was tried.",
            "There is a network for which the new parameters are not right.",
            "Every parameter goes against its own gradient, and keeps its shape.",
        ),
        check("rate", "Other learning rates", 3, needs="example")
        .asks(Drawn(updates(st.sampled_from((0.5, 0.25, 2.0, 0.01))), 8))
        .says(
            "The learning rate that is passed in is the one that counts.",
            "With another learning rate the answer is not right.",
            "1.2 is only what learning_rate is set to if nobody says otherwise.",
        ),
    ),
    function(
        "nn_model",
        "The whole network",
        rule=HoldsOfAll(learned),
        depends_on=(
            "layer_sizes",
            "initialize_parameters",
            "forward_propagation",
            "compute_cost",
            "backward_propagation",
            "update_parameters",
        ),
        shapes=(
            CallShape(names=("X", "Y", "n_h", "num_iterations")),
            CallShape(names=("X", "Y", "n_h", "num_iterations", "learning_rate")),
            CallShape(names=("X", "Y", "n_h", "learning_rate", "num_iterations"), passes=(0, 1, 2, 4, 3)),
        ),
    ).checks(
        check("shapes", "Parameters of the network that was asked for", 2, HoldsOfAll(network_of))
        .examples(
            (FEW, np.array([[1.0, 0.0, 0.0, 0.0]]), 3, 2, LEARNING_RATE),
            (THREE_FEATURES, np.array([[1.0, 0.0, 1.0, 1.0, 1.0]]), 6, 2, LEARNING_RATE),
        )
        .says(
            "The parameters have the shapes of a network with n_h hidden units.",
            "The answer is not the parameters of a network with n_h hidden units.",
            "layer_sizes gives n_x and n_y. How many hidden units there are is said by the argument n_h.",
        ),
        check("steps", "So many steps as were asked for", 3, HoldsOfAll(first_steps))
        .examples(
            (FEW, np.array([[1.0, 0.0, 0.0, 0.0]]), 4, 1, LEARNING_RATE),
            (THREE_FEATURES, np.array([[1.0, 0.0, 1.0, 1.0, 1.0]]), 2, 2, LEARNING_RATE),
            (FEW, np.array([[0.0, 0.0, 0.0, 1.0]]), 5, 3, LEARNING_RATE),
        )
        .says(
            "After the first steps the last bias is where it should be.",
            "After the first steps the last bias is not where so many steps would take it.",
            "Every iteration is forward, backward, update, with the parameters that the one before it left.",
        ),
        check("line", "It learns to tell two sides of a line", 2, examples((*sides(80), 4, 40, LEARNING_RATE))).says(
            "After 40 iterations at least 95 % of the points are on the right side.",
            "After 40 iterations fewer than 95 % of the points are on the right side.",
            "If nothing is learned, look whether what update_parameters returns is used in the next iteration.",
        ),
        check("band", "It learns what no line can", 3, examples((*band(80), 4, 150, LEARNING_RATE)), needs="line").says(
            "After 150 iterations at least 95 % of the points in and beside a band are told apart.",
            "After 150 iterations fewer than 95 % of the points in and beside a band are told apart.",
            "Here the hidden units have to learn different things. Do they begin alike, or anew each time?",
        ),
    ),
    function(
        "predict",
        "Predictions",
        rule=Agrees(reading=zeros_and_ones),
        depends_on=("forward_propagation",),
        shapes=(CallShape(names=("parameters", "X")), CallShape(names=("X", "parameters"), passes=(1, 0))),
        remarks=(
            (
                remark(
                    "At an output of exactly one half, predict answers 1; this text counts one half as 0.",
                    examples(
                        ({**PARAMETERS, "W2": np.zeros((1, 3)), "b2": np.zeros((1, 1))}, POINTS),
                        ({**MORE_PARAMETERS, "b1": np.zeros((2, 1)), "b2": np.zeros((1, 1))}, np.zeros((3, 2))),
                    ),
                    Agrees(reading=zeros_and_ones),
                ),
            )
        ),
    ).checks(
        check("example", "The lab's own example, and one more", 3)
        .examples((PARAMETERS, POINTS), (MORE_PARAMETERS, MORE_POINTS))
        .says(
            "Right for two small networks.",
            "For one of two small networks the predictions are not right.",
            "The answer is a row (1, m): a 1 for each example whose output is above one half, else a 0.",
        ),
        check("drawn", "Any network", 5)
        .asks(
            Drawn(
                networks(sizes())
                .filter(lambda drawn: bool(np.all(np.abs(forward(*drawn)["Z2"]) > 1e-6)))
                .map(lambda drawn: (drawn[1], drawn[0])),
                20,
            )
        )
        .says(
            "Right for every network that was tried.",
            "There is a network for which a prediction is not right.",
            "Run the network forward, and compare its output with one half.",
        ),
    ),
    seed=47,
)
