"""Networks as arrays, for labs that write one by hand: shapes, parameters by name, drawn and fixed arrays, claims.

Parameters are W1 (n_1, n_0), b1 (n_1, 1), W2, ... of layers of n_0 (the input), n_1, ... units; examples are columns.
Sizes of one drawn call are all different, so that no exchanged or transposed matrix fits by chance. Have a square one
among fixed examples: there, what is taken from the wrong layer fits, and shows by its numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grader.judging.compare import Numbers
from grader.lab.drawing import Arguments, unlike

__all__ = [
    "Parameters",
    "Shape",
    "activated",
    "activated_backward",
    "arrays",
    "as_parameters",
    "backward_call",
    "forward_call",
    "has_shapes",
    "has_small_random_weights",
    "has_zero_biases",
    "layer_shapes",
    "linears",
    "linears_backward",
    "model_backward_call",
    "models_backward",
    "network_shapes",
    "networks",
    "pattern",
    "pre_activation",
    "update_call",
    "updates",
]

Shape: TypeAlias = tuple[int, int]
Parameters: TypeAlias = dict[str, Numbers]


def layer_shapes(n: int, before: int, m: int) -> tuple[Shape, Shape, Shape]:
    """Shapes of A_prev, W and b of a layer with n units after one with `before`, for m examples."""
    return (before, m), (n, before), (n, 1)


def network_shapes(dims: Sequence[int]) -> list[Shape]:
    """Shapes of W1, b1, W2, b2 and so on for layers of these sizes, the input's first."""
    return [shape for n, before in zip(dims[1:], dims[:-1], strict=True) for shape in ((n, before), (n, 1))]


def as_parameters(parts: Sequence[Numbers], prefix: str = "") -> Parameters:
    """W1, b1, W2, b2 and so on by name, each name after `prefix`."""
    return {f"{prefix}{'Wb'[place % 2]}{place // 2 + 1}": part for place, part in enumerate(parts)}


def pre_activation(A_prev: Numbers, W: Numbers, b: Numbers) -> Numbers:
    """Z (n, m) of one layer: the caches that a call gets have to fit together."""
    return np.asarray(W @ A_prev + b)


def arrays(*shapes: Shape) -> SearchStrategy[list[Numbers]]:
    """Arrays of these shapes with entries in [-1, 1], multiples of 1/8, which are exact in single precision as well."""
    total = sum(rows * columns for rows, columns in shapes)
    return st.binary(min_size=total, max_size=total).map(lambda drawn: _cut(_eighths(drawn), shapes))


def pattern(*shapes: Shape) -> list[Numbers]:
    """Arrays of these shapes, the same every time, for fixed examples: entries in [-1, 1] that follow no simple rule.

    The coefficients were picked so that of small networks some units of each hidden layer are on and some are off.
    """
    k = np.arange(sum(rows * columns for rows, columns in shapes))
    return _cut(((7 * k**3 + 6 * k**2 + k) % 17 - 8) / 8, shapes)


def linears() -> SearchStrategy[Arguments]:
    """A (n_prev, m), W (n, n_prev), b (n, 1)."""
    return unlike(3).flatmap(lambda s: arrays(*layer_shapes(*s))).map(tuple)


def activated(activation: str) -> SearchStrategy[Arguments]:
    """The same, and the name of the activation."""
    return linears().map(lambda call: (*call, activation))


def backward_call(parts: list[Numbers]) -> Arguments:
    """dZ, and the cache (A_prev, W, b) of the layer's linear part."""
    dZ, *cache = parts
    return dZ, tuple(cache)


def linears_backward() -> SearchStrategy[Arguments]:
    """dZ (n, m) and a cache that fits."""
    return unlike(3).flatmap(lambda s: arrays((s[0], s[2]), *layer_shapes(*s))).map(backward_call)


def activated_backward(activation: str) -> SearchStrategy[Arguments]:
    """dA (n, m), the cache of a whole layer, and its activation. No entry of Z is 0, where ReLU has no slope."""
    fitting = linears_backward().map(lambda call: (call[0], (call[1], pre_activation(*call[1])), activation))
    return fitting.filter(lambda call: bool(np.all(call[1][1] != 0)))


def forward_call(parts: list[Numbers]) -> Arguments:
    """X and the parameters by name."""
    X, *rest = parts
    return X, as_parameters(rest)


def networks(last: SearchStrategy[int]) -> SearchStrategy[list[Numbers]]:
    """X (n_x, m), W1, b1, ... of three or four layers; the output layer's size is drawn from `last`."""
    inner = st.integers(4, 5).flatmap(lambda count: unlike(count, low=2))
    dims = st.tuples(inner, last).map(lambda drawn: (drawn[0][0], [*drawn[0][1:], drawn[1]]))
    return dims.flatmap(lambda drawn: arrays((drawn[1][0], drawn[0]), *network_shapes(drawn[1])))


def model_backward_call(parts: list[Numbers], labels: Sequence[int]) -> Arguments:
    """AL, Y and the caches of a forward pass of that network; Y takes as many of the labels as it needs."""
    A, *rest = parts
    caches = []
    for W, b in zip(rest[0::2], rest[1::2], strict=True):
        Z = pre_activation(A, W, b)
        caches.append(((A, W, b), Z))
        A = np.maximum(Z, 0)
    AL = 1 / (1 + np.exp(-caches[-1][1]))
    return AL, np.resize(np.array(labels), AL.shape), caches


def has_slopes(call: Arguments) -> bool:
    """No hidden Z is exactly 0, where ReLU has no slope, and every layer has units that are on."""
    _, _, caches = call
    return all(np.all(Z != 0) and np.any(Z > 0) for _, Z in caches[:-1])


def models_backward() -> SearchStrategy[Arguments]:
    """AL (n_y, m), Y (n_y, m) and the list of caches, of networks with three or four layers."""
    labels = st.lists(st.integers(0, 1), min_size=18, max_size=18)
    drawn = st.tuples(networks(st.integers(1, 3)), labels)
    return drawn.map(lambda both: model_backward_call(*both)).filter(has_slopes)


def update_call(parts: list[Numbers], rate: float) -> Arguments:
    """Parameters, gradients and the learning rate: the first half of the parts, the second, and the rate."""
    half = len(parts) // 2
    return as_parameters(parts[:half]), as_parameters(parts[half:], "d"), rate


def updates() -> SearchStrategy[Arguments]:
    """One step for networks of one to four layers."""
    dims = st.integers(2, 5).flatmap(unlike)
    parts = dims.flatmap(lambda drawn: arrays(*(2 * network_shapes(drawn))))
    rates = st.sampled_from([0.5, 0.25, 0.125, 0.75, 1.5])
    return st.tuples(parts, rates).map(lambda both: update_call(*both))


def has_shapes(parameters: Mapping[str, Numbers], *sizes: Any) -> bool:
    """A claim: each W and b has its shape for layers of these sizes, and there is no W or b of another layer."""
    wanted = as_parameters([np.empty(shape) for shape in network_shapes(_dims(sizes))])
    found = {name: np.shape(part) for name, part in parameters.items() if name in wanted or name[:1] in ("W", "b")}
    return found == {name: part.shape for name, part in wanted.items()}


def has_zero_biases(parameters: Mapping[str, Numbers], *_: Any) -> bool:
    """A claim: every entry of every b is 0."""
    return not any(np.any(part) for name, part in parameters.items() if name.startswith("b"))


def has_small_random_weights(parameters: Mapping[str, Numbers], *_: Any) -> bool:
    """A claim: all entries of each W differ, around 0, with a standard deviation of 0.01.

    800 entries and more tell it to 2.5 %, so that a right answer is refused less than once in a million times.
    """
    return all(
        abs(np.mean(part)) < 0.002 and abs(np.std(part) - 0.01) < 0.0015 and np.unique(part).size == np.size(part)
        for name, part in parameters.items()
        if name.startswith("W")
    )


def _dims(sizes: tuple[Any, ...]) -> list[int]:
    return list(sizes[0]) if isinstance(sizes[0], list) else list(sizes)


def _eighths(drawn: bytes) -> Numbers:
    """A number for each byte: a network has some hundred, and drawing them one by one takes a second for a class."""
    return np.asarray(((np.frombuffer(drawn, dtype=np.uint8).astype(np.int64) + 8) % 17 - 8) / 8)


def _cut(row: Numbers, shapes: Sequence[Shape]) -> list[Numbers]:
    ends = np.cumsum([rows * columns for rows, columns in shapes])
    return [part.reshape(shape) for part, shape in zip(np.split(row, ends[:-1]), shapes, strict=True)]
