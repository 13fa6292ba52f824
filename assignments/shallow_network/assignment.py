"""The lab on one hidden layer: a network of tanh units and a sigmoid output, in the form of the course notebooks.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/shallow_network/`.
Both generations of the course's template are graded as they are. Functions are judged with right versions of those they
call, so that a mistake is charged once; where numbers are random, claims are judged and not values.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, examples, vectors
from grader.checks.rules import Agrees, AgreesIn, HoldsOfAll
from grader.checks.shapes import CallShape

Numbers = npt.NDArray[Any]
Named = dict[str, Numbers]

#: what the course's templates set for update_parameters
LEARNING_RATE = 1.2


def zeros_and_ones(value: Any, *_: Any) -> Any:
    """True and False as 1 and 0; anything else as it is."""
    array = np.asarray(value)
    return array.astype(float) if array.dtype.kind == "b" else value


def numbers(rows: int, columns: int, most: int) -> SearchStrategy[Numbers]:
    """Matrices of that shape with entries between -most and most."""
    size = rows * columns
    return vectors(min_size=size, max_size=size, low=-most, high=most).map(lambda a: a.reshape(rows, columns))


def labels(m: int) -> SearchStrategy[Numbers]:
    """A row (1, m) of zeros and ones."""
    return st.lists(st.sampled_from((0.0, 1.0)), min_size=m, max_size=m).map(lambda y: np.array([y]))


def sizes() -> SearchStrategy[tuple[int, int, int]]:
    """n_x, n_h and m, all different, so that a wrong transpose shows."""
    return st.permutations((2, 3, 4, 5)).map(lambda order: (order[0], order[1], order[2]))


def one_example() -> SearchStrategy[tuple[int, int, int]]:
    """n_x and n_h, and a single example."""
    return sizes().map(lambda size: (size[0], size[1], 1))


def named(n_x: int, n_h: int, *, gradients: bool = False) -> SearchStrategy[Named]:
    """W1 (n_h, n_x), b1 (n_h, 1), W2 (1, n_h), b2 (1, 1) by name, or with `gradients` what is subtracted from them."""
    d = "d" if gradients else ""
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}
    return st.fixed_dictionaries({d + name: numbers(*shape, 1) for name, shape in shapes.items()})


def networks(drawn: SearchStrategy[tuple[int, int, int]]) -> SearchStrategy[tuple[Numbers, Named]]:
    """X (n_x, m) and parameters. Weights of at most 1 keep the output away from 0 and 1, where logarithms end."""
    return drawn.flatmap(lambda size: st.tuples(numbers(size[0], size[2], 2), named(size[0], size[1])))


def forward(X: Numbers, parameters: Named) -> Named:
    """Everything a forward pass computes, by name."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": 1 / (1 + np.exp(-Z2))}


def lesson(X: Numbers, parameters: Named, Y: Numbers) -> tuple[Any, ...]:
    """The arguments of backward_propagation."""
    return parameters, forward(X, parameters), X, Y


def lessons(drawn: SearchStrategy[tuple[int, int, int]]) -> SearchStrategy[tuple[Any, ...]]:
    """Arguments of backward_propagation for drawn networks and labels."""
    return networks(drawn).flatmap(
        lambda network: labels(network[0].shape[1]).map(lambda Y: lesson(network[0], network[1], Y))
    )


def costs(m: SearchStrategy[int]) -> SearchStrategy[tuple[Any, ...]]:
    """Probabilities A2 (1, m), none of them 0 or 1, labels Y (1, m), and parameters, which have no effect."""

    def of(count: int) -> SearchStrategy[tuple[Any, ...]]:
        share = st.integers(1, 7).map(lambda n: n / 8)
        A2 = st.lists(share, min_size=count, max_size=count).map(lambda a: np.array([a]))
        return st.tuples(A2, labels(count), st.just(PARAMETERS))

    return m.flatmap(of)


def updates(rates: SearchStrategy[float]) -> SearchStrategy[tuple[Any, ...]]:
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


def first(answer: Any) -> Any:
    return answer[0]


def output_layer(answer: Any) -> Any:
    return {name: answer[name] for name in ("dW2", "db2")}


def hidden_layer(answer: Any) -> Any:
    return {name: answer[name] for name in ("dW1", "db1")}


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


LAYER_SIZES = FunctionExercise(
    id="layer_sizes",
    title="Sizes of the layers",
    target="layer_sizes",
    markers=("layer_sizes",),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and one more",
            points=4,
            inputs=examples((np.zeros((2, 6)), np.zeros((1, 6))), (np.ones((5, 3)), np.ones((2, 3)))),
            passed="Right for two data sets.",
            failed="For one of two data sets the sizes are not right.",
            hint="Three numbers: the features of an example, 4, and the outputs for an example. m is none of them.",
        ),
        FunctionCheck(
            id="drawn",
            title="Data sets of any size",
            points=4,
            inputs=Drawn(
                st.tuples(sizes(), st.integers(1, 3)).map(
                    lambda drawn: (np.ones((drawn[0][0], drawn[0][2] + 4)), np.zeros((drawn[1], drawn[0][2] + 4)))
                ),
                count=15,
            ),
            passed="Right for every data set that was tried.",
            failed="There is a data set for which the sizes are not right.",
            hint="Examples are columns. Which entry of the shape says how many rows there are?",
        ),
    ),
)


INITIALIZE_PARAMETERS = FunctionExercise(
    id="initialize_parameters",
    title="Parameters to begin with",
    target="initialize_parameters",
    markers=("initialize_parameters",),
    checks=(
        FunctionCheck(
            id="shapes",
            title="Four arrays in their shapes",
            points=5,
            inputs=examples((2, 4, 1), (3, 5, 2), (1, 2, 3)),
            rule=HoldsOfAll(random_parameters),
            passed="W1, b1, W2 and b2 have the shapes that their layers need.",
            failed="Not all of W1, b1, W2 and b2 are there in the shapes that their layers need.",
            hint="A layer's W has a row for each of its units and a column for each of its inputs; b is a column.",
        ),
        FunctionCheck(
            id="biases",
            title="The biases are zero",
            points=3,
            inputs=examples((2, 4, 1), (3, 5, 2)),
            rule=HoldsOfAll(no_bias),
            passed="Both biases begin at zero.",
            failed="The biases are not zero.",
            hint="Only weights need chance. Biases may begin at zero, all of them.",
        ),
        FunctionCheck(
            id="different",
            title="No two weights are alike",
            points=3,
            inputs=examples((2, 4, 1), (3, 5, 2)),
            rule=HoldsOfAll(no_two_alike),
            passed="The weights differ, so that the units can learn different things.",
            failed="Some weights are the same.",
            hint="Units that begin alike stay alike. np.random.randn draws a different number for each weight.",
        ),
        FunctionCheck(
            id="small",
            title="The weights are small",
            points=3,
            inputs=examples((40, 50, 20), (60, 30, 40)),
            rule=HoldsOfAll(hundredths),
            passed="The weights are spread around 0, by about a hundredth.",
            failed="The weights of a big layer are not spread around 0 by about a hundredth.",
            hint="np.random.randn draws numbers around 0 of a size of about 1. Take a hundredth of it, in W1 and W2.",
        ),
    ),
)


FORWARD_PROPAGATION = FunctionExercise(
    id="forward_propagation",
    title="Forward propagation",
    target="forward_propagation",
    markers=("forward_propagation",),
    checks=(
        FunctionCheck(
            id="example",
            title="The output for the lab's own example, and one more",
            points=5,
            inputs=examples((POINTS, PARAMETERS), (MORE_POINTS, MORE_PARAMETERS)),
            rule=AgreesIn(scalar=True, part=first),
            passed="The output A2 is right for two small networks.",
            failed="The output A2 is not right.",
            hint="Layer by layer: weights times inputs plus bias, then tanh in the hidden layer, sigmoid at the end.",
        ),
        FunctionCheck(
            id="drawn",
            title="The output of any network",
            points=5,
            inputs=Drawn(networks(sizes()), count=20),
            rule=AgreesIn(scalar=True, part=first),
            passed="The output was right for every network that was tried.",
            failed="There is a network for which the output A2 is not right.",
            hint="Write the shapes beside your lines: Z1 is (n_h, m), Z2 is (1, m).",
        ),
        FunctionCheck(
            id="cache",
            title="What the backward pass will need",
            points=3,
            inputs=examples((POINTS, PARAMETERS), (MORE_POINTS, MORE_PARAMETERS)),
            rule=AgreesIn(
                scalar=True, part=lambda answer: {name: answer[1][name] for name in ("Z1", "A1", "Z2", "A2")}
            ),
            passed="Z1, A1, Z2 and A2 are kept.",
            failed="The second part of the answer is not Z1, A1, Z2 and A2 by name.",
            hint="The cache is a dictionary of all four: sums before, values after the activation.",
        ),
        FunctionCheck(
            id="single",
            title="One example alone",
            points=2,
            inputs=Drawn(networks(one_example()), count=6),
            rule=AgreesIn(scalar=True, part=first),
            needs=("example",),
            passed="Right for a single example too.",
            failed="For a single example the output is not right.",
            hint="With m = 1 the matrices have one column, and still two axes.",
        ),
    ),
)


COMPUTE_COST = FunctionExercise(
    id="compute_cost",
    title="The cost",
    target="compute_cost",
    markers=("compute_cost",),
    shapes=(CallShape(names=("A2", "Y")), CallShape(names=("A2", "Y", "parameters"))),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and one more",
            points=4,
            inputs=examples(
                (np.array([[0.5, 0.25, 0.875]]), np.array([[1, 0, 1]]), PARAMETERS),
                (np.array([[0.125, 0.75, 0.5, 0.625]]), np.array([[0.0, 0.0, 1.0, 1.0]]), PARAMETERS),
            ),
            rule=Agrees(scalar=True),
            passed="Right for two small sets of outputs.",
            failed="One of two small sets of outputs does not come out right.",
            hint="In the lab's example the probabilities of the true labels are 0.5, 0.75 and 0.875.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any number of examples",
            points=5,
            inputs=Drawn(costs(st.integers(2, 6)), count=25),
            rule=Agrees(scalar=True),
            passed="Right for every set of outputs that was tried.",
            failed="There is a set of outputs for which the cost is not right.",
            hint="The cost is a mean over the examples, with a minus in front.",
        ),
        FunctionCheck(
            id="single",
            title="One example alone",
            points=4,
            inputs=Drawn(costs(st.just(1)), count=10),
            rule=Agrees(scalar=True),
            passed="Right for a single example of either label.",
            failed="For a single example the cost is not right.",
            hint="A single example costs the negative logarithm of the probability given to its true label.",
        ),
    ),
)


BACKWARD_PROPAGATION = FunctionExercise(
    id="backward_propagation",
    title="Backward propagation",
    target="backward_propagation",
    markers=("backward_propagation",),
    checks=(
        FunctionCheck(
            id="output",
            title="The gradients of the output layer",
            points=4,
            inputs=examples(
                lesson(POINTS, PARAMETERS, np.array([[1.0, 0.0]])),
                lesson(MORE_POINTS, MORE_PARAMETERS, np.array([[0.0, 1.0, 1.0, 0.0]])),
            ),
            rule=AgreesIn(scalar=True, part=output_layer),
            passed="dW2 and db2 are right for two small networks.",
            failed="dW2 or db2 is not right.",
            hint="Both begin with dZ2, the difference between what the network said and what is true.",
        ),
        FunctionCheck(
            id="hidden",
            title="The gradients of the hidden layer",
            points=4,
            inputs=examples(
                lesson(POINTS, PARAMETERS, np.array([[1.0, 0.0]])),
                lesson(MORE_POINTS, MORE_PARAMETERS, np.array([[0.0, 1.0, 1.0, 0.0]])),
            ),
            rule=AgreesIn(scalar=True, part=hidden_layer),
            passed="dW1 and db1 are right for two small networks.",
            failed="dW1 or db1 is not right.",
            hint="dZ1 is what comes back through W2, times the slope of tanh, entry by entry.",
        ),
        FunctionCheck(
            id="drawn_output",
            title="The output layer of any network",
            points=5,
            inputs=Drawn(lessons(sizes()), count=20),
            rule=AgreesIn(scalar=True, part=output_layer),
            passed="dW2 and db2 were right for every network that was tried.",
            failed="There is a network for which dW2 or db2 is not right.",
            hint="dW2 has the shape of W2, (1, n_h), and db2 that of b2, (1, 1). Both are means over the examples.",
        ),
        FunctionCheck(
            id="drawn_hidden",
            title="The hidden layer of any network",
            points=5,
            inputs=Drawn(lessons(sizes()), count=20),
            rule=AgreesIn(scalar=True, part=hidden_layer),
            passed="dW1 and db1 were right for every network that was tried.",
            failed="There is a network for which dW1 or db1 is not right.",
            hint="dW1 has the shape of W1, (n_h, n_x), and db1 that of b1, (n_h, 1). Both are means over the examples.",
        ),
        FunctionCheck(
            id="single",
            title="One example alone",
            points=2,
            inputs=Drawn(lessons(one_example()), count=6),
            needs=("output", "hidden"),
            passed="Right for a single example too.",
            failed="For a single example the gradients are not right.",
            hint="With m = 1 the matrices have one column, and still two axes.",
        ),
    ),
)


UPDATE_PARAMETERS = FunctionExercise(
    id="update_parameters",
    title="One step",
    target="update_parameters",
    markers=("update_parameters",),
    shapes=(CallShape(names=("parameters", "grads", "learning_rate")), CallShape(names=("parameters", "grads"))),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example",
            points=4,
            inputs=examples((PARAMETERS, GRADIENTS, LEARNING_RATE)),
            passed="Right for the small example.",
            failed="The small example does not come out right.",
            hint="W2 begins at 1, its gradient is -0.5 and the learning rate 1.2: so it becomes 1 + 0.6 = 1.6.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any network",
            points=5,
            inputs=Drawn(updates(st.just(LEARNING_RATE)), count=15),
            passed="Right for every network that was tried.",
            failed="There is a network for which the new parameters are not right.",
            hint="Every parameter goes against its own gradient, and keeps its shape.",
        ),
        FunctionCheck(
            id="rate",
            title="Other learning rates",
            points=3,
            inputs=Drawn(updates(st.sampled_from((0.5, 0.25, 2.0, 0.01))), count=8),
            needs=("example",),
            passed="The learning rate that is passed in is the one that counts.",
            failed="With another learning rate the answer is not right.",
            hint="1.2 is only what learning_rate is set to if nobody says otherwise.",
        ),
    ),
)


NN_MODEL = FunctionExercise(
    id="nn_model",
    title="The whole network",
    target="nn_model",
    markers=("nn_model",),
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
    checks=(
        FunctionCheck(
            id="shapes",
            title="Parameters of the network that was asked for",
            points=2,
            inputs=examples(
                (FEW, np.array([[1.0, 0.0, 0.0, 0.0]]), 3, 2, LEARNING_RATE),
                (THREE_FEATURES, np.array([[1.0, 0.0, 1.0, 1.0, 1.0]]), 6, 2, LEARNING_RATE),
            ),
            rule=HoldsOfAll(network_of),
            passed="The parameters have the shapes of a network with n_h hidden units.",
            failed="The answer is not the parameters of a network with n_h hidden units.",
            hint="layer_sizes gives n_x and n_y. How many hidden units there are is said by the argument n_h.",
        ),
        FunctionCheck(
            id="steps",
            title="So many steps as were asked for",
            points=3,
            inputs=examples(
                (FEW, np.array([[1.0, 0.0, 0.0, 0.0]]), 4, 1, LEARNING_RATE),
                (THREE_FEATURES, np.array([[1.0, 0.0, 1.0, 1.0, 1.0]]), 2, 2, LEARNING_RATE),
                (FEW, np.array([[0.0, 0.0, 0.0, 1.0]]), 5, 3, LEARNING_RATE),
            ),
            rule=HoldsOfAll(first_steps),
            passed="After the first steps the last bias is where it should be.",
            failed="After the first steps the last bias is not where so many steps would take it.",
            hint="Every iteration is forward, backward, update, with the parameters that the one before it left.",
        ),
        FunctionCheck(
            id="line",
            title="It learns to tell two sides of a line",
            points=2,
            inputs=examples((*sides(80), 4, 40, LEARNING_RATE)),
            rule=HoldsOfAll(learned),
            passed="After 40 iterations at least 95 % of the points are on the right side.",
            failed="After 40 iterations fewer than 95 % of the points are on the right side.",
            hint="If nothing is learned, look whether what update_parameters returns is used in the next iteration.",
        ),
        FunctionCheck(
            id="band",
            title="It learns what no line can",
            points=3,
            inputs=examples((*band(80), 4, 150, LEARNING_RATE)),
            rule=HoldsOfAll(learned),
            needs=("line",),
            passed="After 150 iterations at least 95 % of the points in and beside a band are told apart.",
            failed="After 150 iterations fewer than 95 % of the points in and beside a band are told apart.",
            hint="Here the hidden units have to learn different things. Do they begin alike, or anew each time?",
        ),
    ),
)


PREDICT = FunctionExercise(
    id="predict",
    title="Predictions",
    target="predict",
    markers=("predict",),
    depends_on=("forward_propagation",),
    shapes=(CallShape(names=("parameters", "X")), CallShape(names=("X", "parameters"), passes=(1, 0))),
    checks=(
        FunctionCheck(
            id="example",
            title="The lab's own example, and one more",
            points=3,
            inputs=examples((PARAMETERS, POINTS), (MORE_PARAMETERS, MORE_POINTS)),
            rule=Agrees(reading=zeros_and_ones),
            passed="Right for two small networks.",
            failed="For one of two small networks the predictions are not right.",
            hint="The answer is a row (1, m): a 1 for each example whose output is above one half, else a 0.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any network",
            points=3,
            inputs=Drawn(
                networks(sizes())
                .filter(lambda drawn: bool(np.all(np.abs(forward(*drawn)["Z2"]) > 1e-6)))
                .map(lambda drawn: (drawn[1], drawn[0])),
                count=20,
            ),
            rule=Agrees(reading=zeros_and_ones),
            passed="Right for every network that was tried.",
            failed="There is a network for which a prediction is not right.",
            hint="Run the network forward, and compare its output with one half.",
        ),
        FunctionCheck(
            id="half",
            title="An output of exactly one half",
            points=2,
            inputs=examples(
                ({**PARAMETERS, "W2": np.zeros((1, 3)), "b2": np.zeros((1, 1))}, POINTS),
                ({**MORE_PARAMETERS, "b1": np.zeros((2, 1)), "b2": np.zeros((1, 1))}, np.zeros((3, 2))),
            ),
            rule=Agrees(reading=zeros_and_ones),
            needs=("example",),
            passed="At exactly one half the answer is 0.",
            failed="At an output of exactly one half the prediction is not what the text asks.",
            hint="The text says on which side one half itself belongs.",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="shallow_network",
    title="A network with one hidden layer",
    version="1",
    seed=47,
    exercises=(
        LAYER_SIZES,
        INITIALIZE_PARAMETERS,
        FORWARD_PROPAGATION,
        COMPUTE_COST,
        BACKWARD_PROPAGATION,
        UPDATE_PARAMETERS,
        NN_MODEL,
        PREDICT,
    ),
)
