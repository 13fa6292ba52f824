"""The deep network lab: a network of any depth, step by step, from first weights to an updated set.

Here is what is asked, what it is worth and what the student reads. Answers live in `reference/deep_network/`.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.assignment import Assignment
from grader.checks.compare import Tolerance
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import Drawn, examples
from grader.checks.rules import Agrees, AgreesIn, HoldsOfAll

Numbers = npt.NDArray[Any]
Args = tuple[Any, ...]
Shape = tuple[int, int]

# Every entry is a sum of a few numbers around 1, which may cancel: in single precision it is known to about 1e-7, and
# not to a share of itself.
TOLERANCE = Tolerance(absolute=1e-6)


AGREES = Agrees(tolerance=TOLERANCE)


def first_part(number: int) -> AgreesIn:
    """One of the values that a function returns, counted from 0."""
    return AgreesIn(tolerance=TOLERANCE, part=itemgetter(number))


# Inputs. Sizes of one drawn call are all different, so that no exchanged or transposed matrix fits by chance. Examples
# have a square one among them: there, what is taken from the wrong layer fits, and shows by its numbers.


def sizes(count: int, low: int = 1, high: int = 6) -> SearchStrategy[list[int]]:
    """`count` different sizes."""
    return st.lists(st.integers(low, high), min_size=count, max_size=count, unique=True)


def arrays(*shapes: Shape) -> SearchStrategy[list[Numbers]]:
    """Arrays of these shapes with entries in [-1, 1], multiples of 1/8, which are exact in single precision as well."""
    total = sum(rows * columns for rows, columns in shapes)
    return st.binary(min_size=total, max_size=total).map(lambda drawn: _cut(_eighths(drawn), shapes))


def _eighths(drawn: bytes) -> Numbers:
    """A number for each byte: a network has some hundred, and drawing them one by one takes a second for a class."""
    return np.asarray(((np.frombuffer(drawn, dtype=np.uint8).astype(np.int64) + 8) % 17 - 8) / 8)


def pattern(*shapes: Shape) -> list[Numbers]:
    """Arrays of these shapes, the same every time, for fixed examples: entries in [-1, 1] that follow no simple rule.

    The coefficients were picked so that in every example some units of each hidden layer are on and some are off.
    """
    k = np.arange(sum(rows * columns for rows, columns in shapes))
    return _cut(((7 * k**3 + 6 * k**2 + k) % 17 - 8) / 8, shapes)


def _cut(row: Numbers, shapes: Sequence[Shape]) -> list[Numbers]:
    ends = np.cumsum([rows * columns for rows, columns in shapes])
    return [part.reshape(shape) for part, shape in zip(np.split(row, ends[:-1]), shapes, strict=True)]


def layer_shapes(n: int, before: int, m: int) -> tuple[Shape, Shape, Shape]:
    """Shapes of A_prev, W and b of a layer with n units after one with `before`, for m examples."""
    return (before, m), (n, before), (n, 1)


def network_shapes(dims: Sequence[int]) -> list[Shape]:
    """Shapes of W1, b1, W2, b2 and so on for layers of these sizes, the input's first."""
    return [shape for n, before in zip(dims[1:], dims[:-1], strict=True) for shape in ((n, before), (n, 1))]


def as_parameters(parts: Sequence[Numbers], prefix: str = "") -> dict[str, Numbers]:
    """W1, b1, W2, b2 and so on by name, each name after `prefix`."""
    return {f"{prefix}{'Wb'[place % 2]}{place // 2 + 1}": part for place, part in enumerate(parts)}


def linear_call(parts: list[Numbers]) -> Args:
    """A_prev, W, b, as they are."""
    return tuple(parts)


def linears() -> SearchStrategy[Args]:
    """A (n_prev, m), W (n, n_prev), b (n, 1)."""
    return sizes(3).flatmap(lambda s: arrays(*layer_shapes(*s))).map(linear_call)


def activated(activation: str) -> SearchStrategy[Args]:
    """The same, and the name of the activation."""
    return linears().map(lambda call: (*call, activation))


def backward_call(parts: list[Numbers]) -> Args:
    """dZ, and the cache (A_prev, W, b) of the layer's linear part."""
    dZ, *cache = parts
    return dZ, tuple(cache)


def linears_backward() -> SearchStrategy[Args]:
    """dZ (n, m) and a cache that fits."""
    return sizes(3).flatmap(lambda s: arrays((s[0], s[2]), *layer_shapes(*s))).map(backward_call)


def activated_backward(activation: str) -> SearchStrategy[Args]:
    """dA (n, m), the cache of a whole layer, and its activation. No entry of Z is 0, where ReLU has no slope."""
    fitting = linears_backward().map(lambda call: (call[0], (call[1], pre_activation(*call[1])), activation))
    return fitting.filter(lambda call: bool(np.all(call[1][1] != 0)))


def pre_activation(A_prev: Numbers, W: Numbers, b: Numbers) -> Numbers:
    """Z (n, m) of one layer: the caches that a call gets have to fit together."""
    return np.asarray(W @ A_prev + b)


def forward_call(parts: list[Numbers]) -> Args:
    """X and the parameters by name."""
    X, *rest = parts
    return X, as_parameters(rest)


def networks(last: SearchStrategy[int]) -> SearchStrategy[list[Numbers]]:
    """X (n_x, m), W1, b1, ... of three or four layers; the output layer's size is drawn from `last`."""
    inner = st.integers(4, 5).flatmap(lambda count: sizes(count, low=2))
    dims = st.tuples(inner, last).map(lambda drawn: (drawn[0][0], [*drawn[0][1:], drawn[1]]))
    return dims.flatmap(lambda drawn: arrays((drawn[1][0], drawn[0]), *network_shapes(drawn[1])))


def model_backward_call(parts: list[Numbers], labels: Sequence[int]) -> Args:
    """AL, Y and the caches of a forward pass of that network; Y takes as many of the labels as it needs."""
    A, *rest = parts
    caches = []
    for W, b in zip(rest[0::2], rest[1::2], strict=True):
        Z = pre_activation(A, W, b)
        caches.append(((A, W, b), Z))
        A = np.maximum(Z, 0)
    AL = 1 / (1 + np.exp(-caches[-1][1]))
    return AL, np.resize(np.array(labels), AL.shape), caches


def has_slopes(call: Args) -> bool:
    """No hidden Z is exactly 0, where ReLU has no slope, and every layer has units that are on."""
    _, _, caches = call
    return all(np.all(Z != 0) and np.any(Z > 0) for _, Z in caches[:-1])


def models_backward() -> SearchStrategy[Args]:
    """AL (n_y, m), Y (n_y, m) and the list of caches, of networks with three or four layers."""
    labels = st.lists(st.integers(0, 1), min_size=18, max_size=18)
    drawn = st.tuples(networks(st.integers(1, 3)), labels)
    return drawn.map(lambda both: model_backward_call(*both)).filter(has_slopes)


def predictions(m: SearchStrategy[int]) -> SearchStrategy[Args]:
    """AL (1, m) of probabilities from 0.05 to 0.95, and Y (1, m) of zeros and ones."""
    pair = st.tuples(st.integers(1, 19), st.integers(0, 1))
    rows = m.flatmap(lambda count: st.lists(pair, min_size=count, max_size=count))
    return rows.map(lambda row: (np.array([[a / 20 for a, _ in row]]), np.array([[y for _, y in row]])))


def update_call(parts: list[Numbers], rate: float) -> Args:
    """Parameters, gradients and the learning rate: the first half of the parts, the second, and the rate."""
    half = len(parts) // 2
    return as_parameters(parts[:half]), as_parameters(parts[half:], "d"), rate


def updates() -> SearchStrategy[Args]:
    """One step for networks of one to four layers."""
    dims = st.integers(2, 5).flatmap(sizes)
    parts = dims.flatmap(lambda drawn: arrays(*(2 * network_shapes(drawn))))
    rates = st.sampled_from([0.5, 0.25, 0.125, 0.75, 1.5])
    return st.tuples(parts, rates).map(lambda both: update_call(*both))


# Claims about first parameters, and readings of later generations' forms.


def _dims(args: tuple[Any, ...]) -> list[int]:
    return list(args[0]) if isinstance(args[0], list) else list(args)


def has_shapes(parameters: dict[str, Numbers], *args: Any) -> bool:
    """Each W (n, n_prev), each b (n, 1), and nothing else."""
    wanted = as_parameters([np.empty(shape) for shape in network_shapes(_dims(args))])
    return {name: np.shape(part) for name, part in parameters.items()} == {n: p.shape for n, p in wanted.items()}


def has_zero_biases(parameters: dict[str, Numbers], *_: Any) -> bool:
    """Every entry of every b is 0."""
    return not any(np.any(part) for name, part in parameters.items() if name.startswith("b"))


def has_small_random_weights(parameters: dict[str, Numbers], *_: Any) -> bool:
    """All entries of W differ, around 0, with a standard deviation of 0.01.

    800 entries and more tell it to 2.5 %, so that a right answer is refused less than once in a million times.
    """
    return all(
        abs(np.mean(part)) < 0.002 and abs(np.std(part) - 0.01) < 0.0015 and np.unique(part).size == np.size(part)
        for name, part in parameters.items()
        if name.startswith("W")
    )


def gradients_of(*prefixes: str) -> Callable[[dict[str, Any]], Any]:
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


INITIALIZE_PARAMETERS = FunctionExercise(
    id="initialize_parameters",
    title="First parameters of two layers",
    target="initialize_parameters",
    markers=("initialize_parameters",),
    checks=(
        FunctionCheck(
            id="shapes",
            title="Shapes",
            points=4,
            inputs=Drawn(st.one_of(st.just([3, 2, 1]), sizes(3)).map(tuple), count=12),
            rule=HoldsOfAll(has_shapes),
            passed="W1, b1, W2 and b2 are there and have the right shapes for every size that was tried.",
            failed="For some sizes the dictionary does not hold W1, b1, W2 and b2 of the right shapes.",
            hint="A row for each unit of the layer, a column for each unit of the layer before. A bias is one column.",
        ),
        FunctionCheck(
            id="biases",
            title="Biases start at zero",
            points=1,
            inputs=examples((3, 2, 1), (2, 4, 3)),
            rule=HoldsOfAll(has_zero_biases),
            needs=("shapes",),
            passed="All biases are 0.",
            failed="A bias does not start at 0.",
            hint="Biases need no random start: the weights already make the units differ.",
        ),
        FunctionCheck(
            id="weights",
            title="Weights start small and random",
            points=3,
            inputs=examples((30, 40, 20), (50, 25, 32)),
            rule=HoldsOfAll(has_small_random_weights),
            needs=("shapes",),
            passed="The weights are random, around 0, with the spread that was asked for.",
            failed="The weights are not normally distributed numbers times 0.01.",
            hint="Look at np.mean and np.std of W1 for a big layer. They should be about 0 and about 0.01.",
        ),
    ),
)


INITIALIZE_PARAMETERS_DEEP = FunctionExercise(
    id="initialize_parameters_deep",
    title="First parameters of any number of layers",
    target="initialize_parameters_deep",
    markers=("initialize_parameters_deep",),
    checks=(
        FunctionCheck(
            id="shapes",
            title="Shapes, layer by layer",
            points=5,
            inputs=Drawn(st.integers(3, 5).flatmap(sizes).map(lambda dims: (dims,)), count=16),
            rule=HoldsOfAll(has_shapes),
            passed="Every layer has its W and b, of the right shapes, for networks of two to four layers.",
            failed="For some layer_dims the dictionary does not hold one W and one b of the right shape per layer.",
            hint="layer_dims begins with the size of the input, which is no layer of its own. So how many W are there?",
        ),
        FunctionCheck(
            id="biases",
            title="Biases start at zero",
            points=1,
            inputs=examples(([5, 4, 3],), ([2, 4, 3, 1],)),
            rule=HoldsOfAll(has_zero_biases),
            needs=("shapes",),
            passed="All biases are 0.",
            failed="A bias does not start at 0.",
            hint="Biases need no random start: the weights already make the units differ.",
        ),
        FunctionCheck(
            id="weights",
            title="Weights start small and random",
            points=4,
            inputs=examples(([30, 40, 20],), ([50, 25, 32, 40],)),
            rule=HoldsOfAll(has_small_random_weights),
            needs=("shapes",),
            passed="The weights of every layer are random, around 0, with the spread that was asked for.",
            failed="The weights of some layer are not normally distributed numbers times 0.01.",
            hint="Look at np.mean and np.std of each W for big layers. They should be about 0 and about 0.01.",
        ),
    ),
)


LINEAR_FORWARD = FunctionExercise(
    id="linear_forward",
    title="The linear part of a layer",
    target="linear_forward",
    markers=("linear_forward",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two small layers",
            points=3,
            inputs=examples(
                (np.array([[1.0], [2.0]]), np.array([[3.0, -1.0]]), np.array([[0.5]])),
                linear_call(pattern(*layer_shapes(2, 3, 4))),
            ),
            rule=first_part(0),
            passed="Z is right for two small layers.",
            failed="Z is not right for a small layer.",
            hint="Work out one entry of Z by hand: a row of W times a column of A, plus the bias of that unit.",
        ),
        FunctionCheck(
            id="drawn",
            title="Layers of any size",
            points=3,
            inputs=Drawn(linears(), count=25),
            rule=first_part(0),
            passed="Z is right for every layer that was tried.",
            failed="There is a layer for which Z is not right.",
            hint="Follow the shapes: (n, n_prev) times (n_prev, m) gives (n, m), and b (n, 1) goes to every column.",
        ),
        FunctionCheck(
            id="cache",
            title="The cache",
            points=2,
            inputs=Drawn(linears(), count=6),
            rule=first_part(1),
            needs=("example",),
            passed="The cache holds A, W and b, in this order.",
            failed="The cache does not hold A, W and b, in this order.",
            hint="The backward pass will unpack the cache as A_prev, W, b.",
        ),
    ),
)


LINEAR_ACTIVATION_FORWARD = FunctionExercise(
    id="linear_activation_forward",
    title="A whole layer forward",
    target="linear_activation_forward",
    markers=("linear_activation_forward",),
    depends_on=("linear_forward",),
    checks=(
        FunctionCheck(
            id="example",
            title="A small layer, with both activations",
            points=2,
            inputs=examples(
                (*pattern(*layer_shapes(2, 3, 4)), "sigmoid"),
                (*pattern(*layer_shapes(2, 3, 4)), "relu"),
            ),
            rule=first_part(0),
            passed="A is right for a small layer with either activation.",
            failed="A is not right for a small layer.",
            hint="First Z, then the activation that is asked for. The helpers return two values: A, and Z again.",
        ),
        FunctionCheck(
            id="relu",
            title="ReLU layers",
            points=3,
            inputs=Drawn(activated("relu"), count=20),
            rule=first_part(0),
            passed="A is right for every ReLU layer that was tried.",
            failed="There is a ReLU layer for which A is not right.",
            hint="After ReLU no entry is below 0, and an entry above 0 is that of Z.",
        ),
        FunctionCheck(
            id="sigmoid",
            title="Sigmoid layers",
            points=3,
            inputs=Drawn(activated("sigmoid"), count=20),
            rule=first_part(0),
            passed="A is right for every sigmoid layer that was tried.",
            failed="There is a sigmoid layer for which A is not right.",
            hint="After the sigmoid every entry lies between 0 and 1.",
        ),
        FunctionCheck(
            id="cache",
            title="The cache",
            points=2,
            inputs=Drawn(st.one_of(activated("relu"), activated("sigmoid")), count=8),
            rule=first_part(1),
            needs=("example",),
            passed="The cache is a pair: what linear_forward kept, and Z.",
            failed="The cache is not the pair of what linear_forward kept, and Z.",
            hint="The cache has two parts, ((A_prev, W, b), Z): the linear cache first, the activation cache second.",
        ),
    ),
)


L_MODEL_FORWARD = FunctionExercise(
    id="l_model_forward",
    title="The whole network forward",
    target="L_model_forward",
    markers=("L_model_forward",),
    depends_on=("linear_forward", "linear_activation_forward"),
    checks=(
        FunctionCheck(
            id="example",
            title="Three layers",
            points=3,
            inputs=examples(
                forward_call(pattern((4, 2), *network_shapes([4, 3, 5, 1]))),
                forward_call(pattern((2, 3), *network_shapes([2, 2, 2, 1]))),
            ),
            rule=first_part(0),
            passed="AL is right for a network of three layers.",
            failed="AL is not right for a network of three layers.",
            hint="Each layer takes what the one before it gave. ReLU in every layer but the last.",
        ),
        FunctionCheck(
            id="drawn",
            title="Three and four layers of any size",
            points=6,
            inputs=Drawn(networks(st.just(1)).map(forward_call), count=20),
            rule=first_part(0),
            passed="AL is right for every network that was tried.",
            failed="There is a network for which AL is not right.",
            hint="Write down which layers the loop visits, and which one is left for after it.",
        ),
        FunctionCheck(
            id="caches",
            title="A cache for every layer",
            points=3,
            inputs=Drawn(networks(st.just(1)).map(forward_call), count=8),
            rule=first_part(1),
            needs=("example",),
            passed="The list holds the cache of every layer, first layer first.",
            failed="The list does not hold the cache of every layer, first layer first.",
            hint="L layers, L caches: the loop adds one each time, and the last layer has one too.",
        ),
    ),
)


COMPUTE_COST = FunctionExercise(
    id="compute_cost",
    title="The cost",
    target="compute_cost",
    markers=("compute_cost",),
    checks=(
        FunctionCheck(
            id="example",
            title="Small examples",
            points=3,
            inputs=examples(
                (np.array([[0.75, 0.5, 0.25]]), np.array([[1, 0, 0]])),
                (np.array([[0.8, 0.9, 0.4, 0.3, 0.6]]), np.array([[1, 1, 0, 1, 0]])),
            ),
            rule=Agrees(tolerance=TOLERANCE, scalar=True),
            passed="Right for two small examples.",
            failed="A small example does not come out right.",
            hint="Work it out by hand: for each example one logarithm counts, which one is up to y.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any number of examples",
            points=4,
            inputs=Drawn(predictions(st.integers(2, 8)), count=25),
            rule=Agrees(tolerance=TOLERANCE, scalar=True),
            passed="Right for two to eight examples with labels of both kinds.",
            failed="There are predictions and labels for which the cost is not right.",
            hint="Every example adds something above 0, and the sum is shared among all of them.",
        ),
        FunctionCheck(
            id="single",
            title="One example",
            points=1,
            inputs=Drawn(predictions(st.just(1)), count=6),
            rule=Agrees(tolerance=TOLERANCE, scalar=True),
            needs=("example",),
            passed="Right for a single example.",
            failed="For a single example the cost is not right.",
            hint="The number of examples is the number of columns. With one column it is 1.",
        ),
    ),
)


LINEAR_BACKWARD = FunctionExercise(
    id="linear_backward",
    title="The linear part backward",
    target="linear_backward",
    markers=("linear_backward",),
    checks=(
        FunctionCheck(
            id="example",
            title="Two small layers",
            points=3,
            inputs=examples(
                (
                    np.array([[1.0, 2.0]]),
                    (np.array([[3.0, 1.0], [0.0, -1.0]]), np.array([[2.0, -1.0]]), np.array([[0.5]])),
                ),
                backward_call(pattern((2, 4), *layer_shapes(2, 3, 4))),
            ),
            rule=AGREES,
            passed="All three gradients are right for two small layers.",
            failed="For a small layer the three gradients are not right.",
            hint="Compare shapes first: dA_prev has that of A_prev, dW that of W, db that of b.",
        ),
        FunctionCheck(
            id="activations",
            title="dA_prev",
            points=3,
            inputs=Drawn(linears_backward(), count=20),
            rule=first_part(0),
            passed="dA_prev is right for every layer that was tried.",
            failed="There is a layer for which dA_prev is not right.",
            hint="How strongly does each unit hear a unit of the layer before? That is in W, read the other way.",
        ),
        FunctionCheck(
            id="weights",
            title="dW",
            points=3,
            inputs=Drawn(linears_backward(), count=20),
            rule=first_part(1),
            passed="dW is right for every layer that was tried.",
            failed="There is a layer for which dW is not right.",
            hint="dW is a mean over the examples. Which two matrices share the axis of the examples?",
        ),
        FunctionCheck(
            id="biases",
            title="db",
            points=3,
            inputs=Drawn(linears_backward(), count=20),
            rule=first_part(2),
            passed="db is right for every layer that was tried.",
            failed="There is a layer for which db is not right.",
            hint="db is a column with an entry for each unit: the mean of that unit's row of dZ.",
        ),
    ),
)


LINEAR_ACTIVATION_BACKWARD = FunctionExercise(
    id="linear_activation_backward",
    title="A whole layer backward",
    target="linear_activation_backward",
    markers=("linear_activation_backward",),
    depends_on=("linear_backward",),
    checks=(
        FunctionCheck(
            id="example",
            title="A small layer, with both activations",
            points=2,
            inputs=examples(
                *(
                    (dA, (cache, pre_activation(*cache)), activation)
                    for dA, cache in (
                        backward_call(pattern((2, 2), *layer_shapes(2, 2, 2))),
                        backward_call(pattern((2, 4), *layer_shapes(2, 3, 4))),
                    )
                    for activation in ("sigmoid", "relu")
                )
            ),
            rule=AGREES,
            passed="The gradients of a small layer are right with either activation.",
            failed="The gradients of a small layer are not right.",
            hint="First from dA to dZ, through the slope of the activation; then through the linear part.",
        ),
        FunctionCheck(
            id="relu",
            title="ReLU layers",
            points=4,
            inputs=Drawn(activated_backward("relu"), count=20),
            rule=AGREES,
            passed="The gradients of every ReLU layer that was tried are right.",
            failed="There is a ReLU layer whose gradients are not right.",
            hint="A unit whose Z was below 0 passes no gradient back. The helper needs the part of the cache with Z.",
        ),
        FunctionCheck(
            id="sigmoid",
            title="Sigmoid layers",
            points=4,
            inputs=Drawn(activated_backward("sigmoid"), count=20),
            rule=AGREES,
            passed="The gradients of every sigmoid layer that was tried are right.",
            failed="There is a sigmoid layer whose gradients are not right.",
            hint="The slope of the sigmoid is at most a quarter. The helper needs the part of the cache with Z.",
        ),
    ),
)


def three_layers(call: Args) -> bool:
    """Whether the network of the call has three layers."""
    return len(call[2]) == 3


READ = numbered_from_zero

L_MODEL_BACKWARD = FunctionExercise(
    id="l_model_backward",
    title="The whole network backward",
    target="L_model_backward",
    markers=("L_model_backward",),
    depends_on=("linear_backward", "linear_activation_backward"),
    checks=(
        FunctionCheck(
            id="example",
            title="Three layers",
            points=3,
            inputs=examples(
                model_backward_call(pattern((2, 3), *network_shapes([2, 2, 2, 2])), [1, 0, 0]),
                model_backward_call(pattern((4, 2), *network_shapes([4, 3, 5, 1])), [1, 0]),
            ),
            rule=AgreesIn(tolerance=TOLERANCE, reading=READ, part=gradients_of("dW", "db")),
            passed="dW and db are right in a network of three layers.",
            failed="In a network of three layers the gradients are not right.",
            hint="Compare layer by layer, from the last to the first. Where is the first difference?",
        ),
        FunctionCheck(
            id="last",
            title="The output layer",
            points=3,
            inputs=Drawn(models_backward().filter(three_layers), count=15),
            rule=AgreesIn(tolerance=TOLERANCE, reading=READ, part=last_layer),
            passed="dW and db of the output layer are right.",
            failed="dW or db of the output layer is not right.",
            hint="The first step back is the derivative of the cost with respect to AL; then comes the sigmoid layer.",
        ),
        FunctionCheck(
            id="weights",
            title="All layers: dW and db",
            points=5,
            inputs=Drawn(models_backward(), count=20),
            rule=AgreesIn(tolerance=TOLERANCE, reading=READ, part=gradients_of("dW", "db")),
            passed="dW and db of every layer are right, for networks of three and four layers.",
            failed="There is a network with a layer whose dW or db is not right.",
            hint="Each step back needs the cache of its own layer, and the dA that the step before it gave.",
        ),
        FunctionCheck(
            id="activations",
            title="All layers: dA",
            points=3,
            inputs=Drawn(models_backward(), count=20),
            rule=AgreesIn(tolerance=TOLERANCE, reading=READ, part=gradients_of("dA")),
            passed="dA is right for every layer, and has the right name.",
            failed="There is a network in which a dA is missing or not right.",
            hint="What comes out of layer l is the gradient of what layer l - 1 gave. So which number has its name?",
        ),
    ),
)


UPDATE_PARAMETERS = FunctionExercise(
    id="update_parameters",
    title="One step downhill",
    target="update_parameters",
    markers=("update_parameters",),
    checks=(
        FunctionCheck(
            id="example",
            title="One small network",
            points=3,
            inputs=examples(update_call(pattern(*(2 * network_shapes([3, 2, 1]))), 0.5)),
            rule=AGREES,
            passed="Every parameter of a small network is right after the step.",
            failed="A parameter of a small network is not right after the step.",
            hint="Take one entry of W1 and its gradient, and work out the new value by hand.",
        ),
        FunctionCheck(
            id="drawn",
            title="Networks of one to four layers",
            points=5,
            inputs=Drawn(updates(), count=25),
            rule=AGREES,
            passed="Right for every network and learning rate that was tried.",
            failed="There is a network in which a parameter is not right after the step.",
            hint="Every W and every b moves once, by the learning rate times its own gradient.",
        ),
    ),
)


ASSIGNMENT = Assignment(
    id="deep_network",
    title="A deep network, step by step",
    version="1",
    seed=17,
    exercises=(
        INITIALIZE_PARAMETERS,
        INITIALIZE_PARAMETERS_DEEP,
        LINEAR_FORWARD,
        LINEAR_ACTIVATION_FORWARD,
        L_MODEL_FORWARD,
        COMPUTE_COST,
        LINEAR_BACKWARD,
        LINEAR_ACTIVATION_BACKWARD,
        L_MODEL_BACKWARD,
        UPDATE_PARAMETERS,
    ),
)
