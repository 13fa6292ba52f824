"""What layers of torch give, where they are unlike those of Keras: channels come second, outputs of a kernel first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.judging.description import Other, Setting
from grader.judging.passes import (
    ACTIVATIONS,
    MisfitError,
    UnknownLayer,
    convolved,
    largest,
    number_of,
    require,
    weights_of,
)

Numbers: TypeAlias = npt.NDArray[Any]


def _linear(layer: Other, values: Numbers) -> Numbers:
    """x W^T + b, with W (outputs, inputs)."""
    kernel, *biases = weights_of(layer, *(2, 1)[: len(layer.weights)])
    if kernel.shape[1] != values.shape[-1]:
        raise MisfitError
    return values @ kernel.T + biases[0] if biases else values @ kernel.T


def _convolved(layer: Other, values: Numbers) -> Numbers:
    """A convolution of Keras, its axes and its kernel's turned; what is padded is padded beforehand."""
    require(layer, padding_mode="zeros")
    kernel, *biases = weights_of(layer, *(4, 1)[: len(layer.weights)])
    turned = (kernel.transpose(2, 3, 1, 0), *biases)
    same = replace(layer, weights=turned, settings=_as_keras(layer, dilation_rate=_pair(layer, "dilation")))
    return _channels_second(convolved(same, _channels_last(_padded(layer, values, 0.0))))


def _largest(layer: Other, values: Numbers) -> Numbers:
    require(layer, dilation=1, ceil_mode=False)
    same = replace(layer, settings=_as_keras(layer, pool_size=_pair(layer, "kernel_size")))
    return _channels_second(largest(same, _channels_last(_padded(layer, values, -np.inf))))


def _as_keras(layer: Other, **more: Setting) -> Mapping[str, Setting]:
    strides = _pair(layer, "stride")
    plain = {"padding": "valid", "data_format": "channels_last", "groups": layer.settings.get("groups")}
    return {**plain, "strides": strides, **more}


def _pair(layer: Other, name: str) -> tuple[int, ...]:
    """A size for both axes, which may be told as one."""
    value = layer.settings.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return (value, value)
    if not isinstance(value, tuple) or len(value) != 2:
        raise UnknownLayer
    return value


def _padded(layer: Other, values: Numbers, fill: float) -> Numbers:
    if values.ndim != 4:
        raise MisfitError
    high, wide = _pair(layer, "padding")
    if not (0 <= high <= values.shape[2] and 0 <= wide <= values.shape[3]):
        raise UnknownLayer
    return np.pad(values, [(0, 0), (0, 0), (high, high), (wide, wide)], constant_values=fill)


def _channels_last(values: Numbers) -> Numbers:
    return values.transpose(0, 2, 3, 1)


def _channels_second(values: Numbers) -> Numbers:
    return values.transpose(0, 3, 1, 2)


def _normalized(layer: Other, values: Numbers) -> Numbers:
    """By the averages that training left, for each of the channels, which come second."""
    averages = [state for state in layer.state if isinstance(state, np.ndarray) and state.ndim == 1]
    if len(averages) != 2:
        raise UnknownLayer
    scale, offset = weights_of(layer, 1, 1) if layer.weights else (np.ones(1), np.zeros(1))
    shape = (-1, *(1,) * (values.ndim - 2))
    mean, variance, scale, offset = (each.astype(np.float64).reshape(shape) for each in (*averages, scale, offset))
    return (values - mean) / np.sqrt(variance + number_of(layer, "eps")) * scale + offset


def _flattened(layer: Other, values: Numbers) -> Numbers:
    """Both libraries have a layer of this name; one that begins elsewhere than behind the examples is not redone."""
    if layer.settings.get("start_dim", 1) != 1 or layer.settings.get("end_dim", -1) != -1:
        raise UnknownLayer
    return values.reshape(len(values), -1)


def _shared_out(layer: Other, values: Numbers) -> Numbers:
    """Softmax along the last axis, as both libraries have it most often."""
    if layer.settings.get("dim", -1) not in (-1, values.ndim - 1):
        raise UnknownLayer
    return ACTIVATIONS["softmax"](values)


#: by the names of torch; those of one name with a layer of Keras compute the same, told in torch's ways
TORCH: Final[dict[str, Callable[[Other, Numbers], Numbers]]] = {
    "BatchNorm1d": _normalized,
    "BatchNorm2d": _normalized,
    "Conv2d": _convolved,
    "Flatten": _flattened,
    "Linear": _linear,
    "MaxPool2d": _largest,
    "Sigmoid": lambda _, values: ACTIVATIONS["sigmoid"](values),
    "Softmax": _shared_out,
    "Tanh": lambda _, values: ACTIVATIONS["tanh"](values),
}
