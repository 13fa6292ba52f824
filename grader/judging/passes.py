"""What layers of Keras give, computed in NumPy from their weights: a row of `KERAS` for each kind.

`UnknownLayer` says that a layer is none of these, or is none of these in this way, which is nobody's fault;
`MisfitError` that the layers a room described cannot be those of a model that ran. Nothing is judged here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.judging.description import Dense, Other

Numbers: TypeAlias = npt.NDArray[Any]
#: entries of all windows together, and of one that is padded: a forged description must not keep the judge busy
MAX_SEEN: Final = 50_000_000
MAX_REACH: Final = 1_000


class UnknownLayer(Exception):
    """A layer that is not redone here, or one whose weights were not sent."""


class TooMuchWork(UnknownLayer):
    """A layer that is not redone for so many examples."""


class MisfitError(Exception):
    """Weights that do not fit what the layers before them give."""


def _softmax(z: Numbers) -> Numbers:
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)  # type: ignore[no-any-return]  # NumPy's stubs say Any


def _sigmoid(z: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-z))


#: activations the judge can redo, by the name Keras gives them
ACTIVATIONS: Final[dict[str, Callable[[Numbers], Numbers]]] = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": _sigmoid,
    "tanh": np.tanh,
    "softmax": _softmax,
}


def activated(name: object, values: Numbers) -> Numbers:
    if not isinstance(name, str) or name not in ACTIVATIONS:
        raise UnknownLayer
    return ACTIVATIONS[name](values)


def weighted_sum(layer: Dense, values: Numbers) -> Numbers:
    kernel, bias = _real(layer.kernel), 0.0 if layer.bias is None else _real(layer.bias)
    if kernel.shape[0] != values.shape[-1]:
        raise MisfitError
    return values @ kernel + bias


def _real(weight: object) -> Numbers:
    """A weight that was sent, in float64. Raises UnknownLayer for one of which the shape alone was said."""
    if not isinstance(weight, np.ndarray):
        raise UnknownLayer
    return weight.astype(np.float64)


def weights_of(layer: Other, *dimensions: int) -> list[Numbers]:
    """All weights of a layer, which have these numbers of dimensions."""
    found = [_real(weight) for weight in layer.weights]
    if tuple(weight.ndim for weight in found) != dimensions:
        raise MisfitError
    return found


def require(layer: Other, **settings: object) -> None:
    """Raises UnknownLayer unless the layer has these settings: it is not redone in other ways."""
    if any(layer.settings.get(name) != value for name, value in settings.items()):
        raise UnknownLayer


def number_of(layer: Other, name: str) -> float:
    value = layer.settings.get(name)
    if not isinstance(value, int | float):
        raise UnknownLayer
    return float(value)


def _sizes(layer: Other, name: str, count: int) -> tuple[int, ...]:
    """A size for each axis of a picture or a series."""
    value = layer.settings.get(name)
    if not isinstance(value, tuple) or len(value) != count or min(value) < 1:
        raise UnknownLayer
    return value


def _windows(layer: Other, values: Numbers, size: tuple[int, ...], apart: tuple[int, ...], fill: float) -> Numbers:
    """What each place of the output looks at: (m, places ..., channels, window ...), strided and padded as Keras does.

    Dumoulin and Visin, A guide to convolution arithmetic for deep learning: "valid" pads nothing; "same" gives
    ceil(n / stride) places, and the larger half of its padding is behind.
    """
    if values.ndim != len(size) + 2:
        raise MisfitError
    require(layer, data_format="channels_last")
    strides, same = _sizes(layer, "strides", len(size)), layer.settings.get("padding") == "same"
    if not same:
        require(layer, padding="valid")
    reach = tuple(apart * (k - 1) + 1 for k, apart in zip(size, apart, strict=True))
    places = [
        -(-n // s) if same else (n - k) // s + 1 for n, k, s in zip(values.shape[1:-1], reach, strides, strict=True)
    ]
    if max(reach) > MAX_REACH or len(values) * values.shape[-1] * math.prod(places) * math.prod(reach) > MAX_SEEN:
        raise UnknownLayer
    if same:
        sizes = zip(places, strides, reach, values.shape[1:-1], strict=True)
        added = [max((count - 1) * s + k - n, 0) for count, s, k, n in sizes]
        around = [(0, 0), *((each // 2, each - each // 2) for each in added), (0, 0)]
        values = np.pad(values, around, constant_values=fill)
    axes = tuple(range(1, len(size) + 1))
    seen = np.lib.stride_tricks.sliding_window_view(values, reach, axis=axes)
    starts = tuple(slice(None, None, s) for s in strides)
    return seen[(slice(None), *starts, slice(None), *(slice(None, None, a) for a in apart))]


def convolved(layer: Other, values: Numbers) -> Numbers:
    """Each filter's sum of products with every window, and its bias: cross-correlation, as networks have it."""
    require(layer, groups=1)
    axes = values.ndim - 2
    kernel, *biases = weights_of(layer, *(axes + 2, 1)[: len(layer.weights)])
    size, apart = kernel.shape[:-2], _sizes(layer, "dilation_rate", axes)
    windows = _windows(layer, values, size, apart, 0.0)
    ours, theirs = range(axes + 1, 2 * axes + 2), (axes, *range(axes))
    summed = np.tensordot(windows, kernel, axes=(tuple(ours), theirs))
    return activated(layer.activation, summed + biases[0] if biases else summed)


def largest(layer: Other, values: Numbers) -> Numbers:
    axes = values.ndim - 2
    windows = _windows(layer, values, _sizes(layer, "pool_size", axes), (1,) * axes, -np.inf)
    return windows.max(axis=_last(axes))  # type: ignore[no-any-return]  # NumPy's stubs say Any


def _averaged(layer: Other, values: Numbers) -> Numbers:
    """What was padded does not count."""
    axes = values.ndim - 2
    size, apart = _sizes(layer, "pool_size", axes), (1,) * axes
    sums = _windows(layer, values, size, apart, 0.0).sum(axis=_last(axes))
    return sums / _windows(layer, np.ones_like(values), size, apart, 0.0).sum(axis=_last(axes))  # type: ignore[no-any-return]


def _last(axes: int) -> tuple[int, ...]:
    return tuple(range(-axes, 0))


def _over_all(reduce: Callable[..., Any]) -> Callable[[Other, Numbers], Numbers]:
    def pooled(layer: Other, values: Numbers) -> Numbers:
        require(layer, data_format="channels_last")
        axes = tuple(range(1, values.ndim - 1))
        return np.asarray(reduce(values, axis=axes, keepdims=layer.settings.get("keepdims") is True))

    return pooled


def _normalized(layer: Other, values: Numbers) -> Numbers:
    """By the averages that training left: Ioffe and Szegedy, Batch Normalization, algorithm 2."""
    _on_the_last_axis(layer, values)
    scale, offset, (mean, variance) = _scaled(layer, 2)
    return (values - mean) / np.sqrt(variance + number_of(layer, "epsilon")) * scale + offset


def _normalized_within(layer: Other, values: Numbers) -> Numbers:
    """By the mean and variance of each place's own channels: Ba, Kiros and Hinton, Layer Normalization."""
    _on_the_last_axis(layer, values)
    require(layer, rms_scaling=False)
    scale, offset, _ = _scaled(layer, 0)
    mean, variance = values.mean(axis=-1, keepdims=True), values.var(axis=-1, keepdims=True)
    return (values - mean) / np.sqrt(variance + number_of(layer, "epsilon")) * scale + offset  # type: ignore[no-any-return]


def _on_the_last_axis(layer: Other, values: Numbers) -> None:
    if layer.settings.get("axis") not in (-1, values.ndim - 1, (-1,), (values.ndim - 1,)):
        raise UnknownLayer


def _scaled(layer: Other, others: int) -> tuple[Numbers | float, Numbers | float, list[Numbers]]:
    """gamma and beta of a normalisation, as far as it has them, and its other weights."""
    scales, centers = (layer.settings.get(name) is True for name in ("scale", "center"))
    found = weights_of(layer, *(1,) * (scales + centers + others))
    scale = found.pop(0) if scales else 1.0
    offset = found.pop(0) if centers else 0.0
    return scale, offset, found


def _recurrent(layer: Other, values: Numbers) -> Numbers:
    """h_t = f(x_t W + h_{t-1} U + b)."""

    def step(summed: Numbers, states: list[Numbers]) -> list[Numbers]:
        del states
        return [activated(layer.activation, summed)]

    return _unrolled(layer, values, 1, step)


def _lstm(layer: Other, values: Numbers) -> Numbers:
    """Gates i, f, candidate g and gate o, in Keras's order: c = f c + i g, h = o f(c).

    Hochreiter and Schmidhuber, Long Short-Term Memory; with forget gates by Gers, Schmidhuber and Cummins.
    """

    def step(summed: Numbers, states: list[Numbers]) -> list[Numbers]:
        gates = np.split(summed, 4, axis=1)
        i, f, o = (activated(layer.settings.get("recurrent_activation"), gates[place]) for place in (0, 1, 3))
        cell = f * states[1] + i * activated(layer.activation, gates[2])
        return [o * activated(layer.activation, cell), cell]

    return _unrolled(layer, values, 4, step)


def _unrolled(
    layer: Other, values: Numbers, parts: int, step: Callable[[Numbers, list[Numbers]], list[Numbers]]
) -> Numbers:
    """The states after each step of a sequence (m, steps, n), or after the last."""
    require(layer, go_backwards=False, stateful=False, return_state=False)
    if values.ndim != 3:
        raise MisfitError
    kernel, recurrent, *biases = weights_of(layer, *(2, 2, 1)[: len(layer.weights)])
    units = recurrent.shape[0]
    if recurrent.shape[1] != parts * units:
        raise MisfitError
    states, told = [np.zeros((len(values), units))] * 2, []
    for given in np.moveaxis(values, 1, 0):
        states = step(given @ kernel + states[0] @ recurrent + (biases[0] if biases else 0.0), states)
        told.append(states[0])
    return np.stack(told, axis=1) if layer.settings.get("return_sequences") is True else states[0]


def _rectified(layer: Other, values: Numbers) -> Numbers:
    require(layer, max_value=None, threshold=0.0)
    return _leaky(layer, values)


def _leaky(layer: Other, values: Numbers) -> Numbers:
    return np.where(values > 0, values, number_of(layer, "negative_slope") * values)


def _rescaled(layer: Other, values: Numbers) -> Numbers:
    return values * number_of(layer, "scale") + number_of(layer, "offset")


def _reshaped(layer: Other, values: Numbers) -> Numbers:
    target = layer.settings.get("target_shape")
    if not isinstance(target, tuple):
        raise UnknownLayer
    return values.reshape(len(values), *target)


#: besides Dense, and those that do nothing when a model predicts
KERAS: Final[dict[str, Callable[[Other, Numbers], Numbers]]] = {
    "Activation": lambda layer, values: activated(layer.activation, values),
    "AveragePooling1D": _averaged,
    "AveragePooling2D": _averaged,
    "BatchNormalization": _normalized,
    "Conv1D": convolved,
    "Conv2D": convolved,
    "GlobalAveragePooling1D": _over_all(np.mean),
    "GlobalAveragePooling2D": _over_all(np.mean),
    "GlobalMaxPooling1D": _over_all(np.max),
    "GlobalMaxPooling2D": _over_all(np.max),
    "LSTM": _lstm,
    "LayerNormalization": _normalized_within,
    "LeakyReLU": _leaky,
    "MaxPooling1D": largest,
    "MaxPooling2D": largest,
    "ReLU": _rectified,
    "Rescaling": _rescaled,
    "Reshape": _reshaped,
    "SimpleRNN": _recurrent,
}
