"""The deep network lab: a network of any depth, step by step, from first weights to an updated set.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/deep_network/`.
"""

from collections.abc import Callable
from operator import itemgetter
from typing import Any

import numpy as np
from hypothesis import strategies as st

from grader.lab import *
from grader.lab.networks import *

# Every entry is a sum of a few numbers around 1, which may cancel: in single precision it is known to about 1e-7, and
# not to a share of itself.
TOLERANCE = Tolerance(absolute=1e-6)

# The text asks for parameters by name, and forbids no more of them.
AGREES = Agrees(tolerance=TOLERANCE, more_keys=True, each_entry=True)


def together(*parts: str) -> Agrees:
    """Several values that are returned together, by the names that the text has for them."""
    return Agrees(tolerance=TOLERANCE, parts=parts)


def first_part(number: int) -> AgreesIn:
    """One of the values that a function returns, counted from 0."""
    return AgreesIn(tolerance=TOLERANCE, part=itemgetter(number))


def predictions(m: SearchStrategy[int]) -> SearchStrategy[Arguments]:
    """AL (1, m) of probabilities from 0.05 to 0.95, and Y (1, m) of zeros and ones."""
    pair = st.tuples(st.integers(1, 19), st.integers(0, 1))
    rows = m.flatmap(lambda count: st.lists(pair, min_size=count, max_size=count))
    return rows.map(lambda row: (np.array([[a / 20 for a, _ in row]]), np.array([[y for _, y in row]])))


def named(*prefixes: str) -> Callable[[dict[str, Any]], Any]:
    """The gradients whose names begin so."""
    return lambda grads: {name: part for name, part in grads.items() if name.startswith(prefixes)}


def last_layer(grads: dict[str, Any]) -> Any:
    """dW and db of the output layer, for networks of three layers."""
    return {"dW3": grads["dW3"], "db3": grads["db3"]}


def numbered_from_zero(grads: dict[str, Any], *call: Any) -> dict[str, Any]:
    """dA0 is the gradient of X. An older template calls it dA1, and counts on from there; here that is undone."""
    if "dA0" in grads:
        return grads
    _, _, caches = call
    layers = range(1, len(caches) + 1)
    shifted = {f"dA{layer - 1}": grads[f"dA{layer}"] for layer in layers if f"dA{layer}" in grads}
    return {name: part for name, part in grads.items() if not name.startswith("dA")} | shifted


def gradients(part: Callable[[dict[str, Any]], Any]) -> AgreesIn:
    """A part of the gradients, numbered by any of the templates, among others that the text does not ask for."""
    return AgreesIn(tolerance=TOLERANCE, more_keys=True, each_entry=True, reading=numbered_from_zero, part=part)


ASSIGNMENT = lab(
    "deep_network",
    "A deep network, step by step",
    function("initialize_parameters", "First parameters of two layers").checks(
        check("shapes", "Shapes", 4)
        .asks(Drawn(st.one_of(st.just([3, 2, 1]), unlike(3)).map(tuple), 12), HoldsOfAll(has_shapes))
        .says(
            "W1, b1, W2 and b2 are there and have the right shapes for every size that was tried.",
            "For some sizes the dictionary does not hold W1, b1, W2 and b2 of the right shapes.",
            "A row for each unit of the layer, a column for each unit of the layer before. A bias is one column.",
        ),
        check("biases", "Biases start at zero", 1, HoldsOfAll(has_zero_biases), needs="shapes")
        .examples((3, 2, 1), (2, 4, 3))
        .says(
            "All biases are 0.",
            "A bias does not start at 0.",
            "Biases need no random start: the weights already make the units differ.",
        ),
        check("weights", "Weights start small and random", 3, HoldsOfAll(has_small_random_weights), needs="shapes")
        .examples((30, 40, 20), (50, 25, 32))
        .says(
            "The weights are random, around 0, with the spread that was asked for.",
            "The weights are not normally distributed numbers times 0.01.",
            "Look at np.mean and np.std of W1 for a big layer. They should be about 0 and about 0.01.",
        ),
    ),
    function("initialize_parameters_deep", "First parameters of any number of layers").checks(
        check("shapes", "Shapes, layer by layer", 5)
        .asks(Drawn(st.integers(3, 5).flatmap(unlike).map(lambda dims: (dims,)), 16), HoldsOfAll(has_shapes))
        .says(
            "Every layer has its W and b, of the right shapes, for networks of two to four layers.",
            "For some layer_dims the dictionary does not hold one W and one b of the right shape per layer.",
            "layer_dims begins with the size of the input, which is no layer of its own. So how many W are there?",
        ),
        check("biases", "Biases start at zero", 1, HoldsOfAll(has_zero_biases), needs="shapes")
        .examples(([5, 4, 3],), ([2, 4, 3, 1],))
        .says(
            "All biases are 0.",
            "A bias does not start at 0.",
            "Biases need no random start: the weights already make the units differ.",
        ),
        check("weights", "Weights start small and random", 4, HoldsOfAll(has_small_random_weights), needs="shapes")
        .examples(([30, 40, 20],), ([50, 25, 32, 40],))
        .says(
            "The weights of every layer are random, around 0, with the spread that was asked for.",
            "The weights of some layer are not normally distributed numbers times 0.01.",
            "Look at np.mean and np.std of each W for big layers. They should be about 0 and about 0.01.",
        ),
    ),
    function("linear_forward", "The linear part of a layer", rule=first_part(0)).checks(
        check("example", "Two small layers", 3)
        .examples(
            (np.array([[1.0], [2.0]]), np.array([[3.0, -1.0]]), np.array([[0.5]])),
            tuple(pattern(*layer_shapes(2, 3, 4))),
        )
        .says(
            "Z is right for two small layers.",
            "Z is not right for a small layer.",
            "Work out one entry of Z by hand: a row of W times a column of A, plus the bias of that unit.",
        ),
        check("drawn", "Layers of any size", 3, Drawn(linears(), 25)).says(
            "Z is right for every layer that was tried.",
            "There is a layer for which Z is not right.",
            "Follow the shapes: (n, n_prev) times (n_prev, m) gives (n, m), and b (n, 1) goes to every column.",
        ),
        check("cache", "The cache", 2, Drawn(linears(), 6), first_part(1), needs="example").says(
            "The cache holds A, W and b, in this order.",
            "The cache does not hold A, W and b, in this order.",
            "The backward pass will unpack the cache as A_prev, W, b.",
        ),
    ),
    function(
        "linear_activation_forward", "A whole layer forward", rule=first_part(0), depends_on=("linear_forward",)
    ).checks(
        check("example", "A small layer, with both activations", 2)
        .examples((*pattern(*layer_shapes(2, 3, 4)), "sigmoid"), (*pattern(*layer_shapes(2, 3, 4)), "relu"))
        .says(
            "A is right for a small layer with either activation.",
            "A is not right for a small layer.",
            "First Z, then the activation that is asked for. The helpers return two values: A, and Z again.",
        ),
        check("relu", "ReLU layers", 3, Drawn(activated("relu"), 20)).says(
            "A is right for every ReLU layer that was tried.",
            "There is a ReLU layer for which A is not right.",
            "After ReLU no entry is below 0, and an entry above 0 is that of Z.",
        ),
        check("sigmoid", "Sigmoid layers", 3, Drawn(activated("sigmoid"), 20)).says(
            "A is right for every sigmoid layer that was tried.",
            "There is a sigmoid layer for which A is not right.",
            "After the sigmoid every entry lies between 0 and 1.",
        ),
        check("cache", "The cache", 2, needs="example")
        .asks(Drawn(st.one_of(activated("relu"), activated("sigmoid")), 8), first_part(1))
        .says(
            "The cache is a pair: what linear_forward kept, and Z.",
            "The cache is not the pair of what linear_forward kept, and Z.",
            "The cache has two parts, ((A_prev, W, b), Z): the linear cache first, the activation cache second.",
        ),
    ),
    function(
        "L_model_forward",
        "The whole network forward",
        rule=first_part(0),
        depends_on=("linear_forward", "linear_activation_forward"),
    ).checks(
        check("example", "Three layers", 3)
        .examples(
            forward_call(pattern((4, 2), *network_shapes([4, 3, 5, 1]))),
            forward_call(pattern((2, 3), *network_shapes([2, 2, 2, 1]))),
        )
        .says(
            "AL is right for a network of three layers.",
            "AL is not right for a network of three layers.",
            "Each layer takes what the one before it gave. ReLU in every layer but the last.",
        ),
        check("drawn", "Three and four layers of any size", 6, Drawn(networks(st.just(1)).map(forward_call), 20)).says(
            "AL is right for every network that was tried.",
            "There is a network for which AL is not right.",
            "Write down which layers the loop visits, and which one is left for after it.",
        ),
        check("caches", "A cache for every layer", 3, needs="example")
        .asks(Drawn(networks(st.just(1)).map(forward_call), 8), first_part(1))
        .says(
            "The list holds the cache of every layer, first layer first.",
            "The list does not hold the cache of every layer, first layer first.",
            "L layers, L caches: the loop adds one each time, and the last layer has one too.",
        ),
    ),
    function("compute_cost", "The cost", rule=Agrees(tolerance=TOLERANCE, scalar=True)).checks(
        check("example", "Small examples", 3)
        .examples(
            (np.array([[0.75, 0.5, 0.25]]), np.array([[1, 0, 0]])),
            (np.array([[0.8, 0.9, 0.4, 0.3, 0.6]]), np.array([[1, 1, 0, 1, 0]])),
        )
        .says(
            "Right for two small examples.",
            "A small example does not come out right.",
            "Work it out by hand: for each example one logarithm counts, which one is up to y.",
        ),
        check("drawn", "Any number of examples", 4, Drawn(predictions(st.integers(2, 8)), 25)).says(
            "Right for two to eight examples with labels of both kinds.",
            "There are predictions and labels for which the cost is not right.",
            "Every example adds something above 0, and the sum is shared among all of them.",
        ),
        check("single", "One example", 1, Drawn(predictions(st.just(1)), 6), needs="example").says(
            "Right for a single example.",
            "For a single example the cost is not right.",
            "The number of examples is the number of columns. With one column it is 1.",
        ),
    ),
    function("linear_backward", "The linear part backward").checks(
        check("example", "Two small layers", 3, together("dA_prev", "dW", "db"))
        .examples(
            (np.array([[1.0, 2.0]]), (np.array([[3.0, 1.0], [0.0, -1.0]]), np.array([[2.0, -1.0]]), np.array([[0.5]]))),
            backward_call(pattern((2, 4), *layer_shapes(2, 3, 4))),
        )
        .says(
            "All three gradients are right for two small layers.",
            "For a small layer the three gradients are not right.",
            "Compare shapes first: dA_prev has that of A_prev, dW that of W, db that of b.",
        ),
        check("activations", "dA_prev", 3, Drawn(linears_backward(), 20), first_part(0)).says(
            "dA_prev is right for every layer that was tried.",
            "There is a layer for which dA_prev is not right.",
            "How strongly does each unit hear a unit of the layer before? That is in W, read the other way.",
        ),
        check("weights", "dW", 3, Drawn(linears_backward(), 20), first_part(1)).says(
            "dW is right for every layer that was tried.",
            "There is a layer for which dW is not right.",
            "dW is a mean over the examples. Which two matrices share the axis of the examples?",
        ),
        check("biases", "db", 3, Drawn(linears_backward(), 20), first_part(2)).says(
            "db is right for every layer that was tried.",
            "There is a layer for which db is not right.",
            "db is a column with an entry for each unit: the mean of that unit's row of dZ.",
        ),
    ),
    function(
        "linear_activation_backward",
        "A whole layer backward",
        rule=together("dA_prev", "dW", "db"),
        depends_on=("linear_backward",),
    ).checks(
        check("example", "A small layer, with both activations", 2)
        .examples(
            *(
                (dA, (cache, pre_activation(*cache)), activation)
                for dA, cache in (
                    backward_call(pattern((2, 2), *layer_shapes(2, 2, 2))),
                    backward_call(pattern((2, 4), *layer_shapes(2, 3, 4))),
                )
                for activation in ("sigmoid", "relu")
            )
        )
        .says(
            "The gradients of a small layer are right with either activation.",
            "The gradients of a small layer are not right.",
            "First from dA to dZ, through the slope of the activation; then through the linear part.",
        ),
        check("relu", "ReLU layers", 4, Drawn(activated_backward("relu"), 20)).says(
            "The gradients of every ReLU layer that was tried are right.",
            "There is a ReLU layer whose gradients are not right.",
            "A unit whose Z was below 0 passes no gradient back. The helper needs the part of the cache with Z.",
        ),
        check("sigmoid", "Sigmoid layers", 4, Drawn(activated_backward("sigmoid"), 20)).says(
            "The gradients of every sigmoid layer that was tried are right.",
            "There is a sigmoid layer whose gradients are not right.",
            "The slope of the sigmoid is at most a quarter. The helper needs the part of the cache with Z.",
        ),
    ),
    function(
        "L_model_backward",
        "The whole network backward",
        rule=gradients(named("dW", "db")),
        depends_on=("linear_backward", "linear_activation_backward"),
    ).checks(
        check("example", "Three layers", 3)
        .examples(
            model_backward_call(pattern((2, 3), *network_shapes([2, 2, 2, 2])), [1, 0, 0]),
            model_backward_call(pattern((4, 2), *network_shapes([4, 3, 5, 1])), [1, 0]),
        )
        .says(
            "dW and db are right in a network of three layers.",
            "In a network of three layers the gradients are not right.",
            "Compare layer by layer, from the last to the first. Where is the first difference?",
        ),
        check("last", "The output layer", 3)
        .asks(Drawn(models_backward().filter(lambda call: len(call[2]) == 3), 15), gradients(last_layer))
        .says(
            "dW and db of the output layer are right.",
            "dW or db of the output layer is not right.",
            "The first step back is the derivative of the cost with respect to AL; then comes the sigmoid layer.",
        ),
        check("weights", "All layers: dW and db", 5, Drawn(models_backward(), 20)).says(
            "dW and db of every layer are right, for networks of three and four layers.",
            "There is a network with a layer whose dW or db is not right.",
            "Each step back needs the cache of its own layer, and the dA that the step before it gave.",
        ),
        check("activations", "All layers: dA", 3, Drawn(models_backward(), 20), gradients(named("dA"))).says(
            "dA is right for every layer, and has the right name.",
            "There is a network in which a dA is missing or not right.",
            "What comes out of layer l is the gradient of what layer l - 1 gave. So which number has its name?",
        ),
    ),
    function("update_parameters", "One step downhill", rule=AGREES).checks(
        check("example", "One small network", 3)
        .examples(update_call(pattern(*(2 * network_shapes([3, 2, 1]))), 0.5))
        .says(
            "Every parameter of a small network is right after the step.",
            "A parameter of a small network is not right after the step.",
            "Take one entry of W1 and its gradient, and work out the new value by hand.",
        ),
        check("drawn", "Networks of one to four layers", 5, Drawn(updates(), 25)).says(
            "Right for every network and learning rate that was tried.",
            "There is a network in which a parameter is not right after the step.",
            "Every W and every b moves once, by the learning rate times its own gradient.",
        ),
    ),
    seed=17,
)
