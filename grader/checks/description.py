"""A model as plain data: parsing what the room described, and the forward pass redone in NumPy.

`parse_description` is the only place that reads the room's dictionary; it believes sizes of buffers and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.errors import ProtocolError
from grader.values import Array, Value

Numbers: TypeAlias = npt.NDArray[Any]
#: beyond these the forward pass is not redone: a forged description must not keep the judge busy
MAX_LAYERS = 200
MAX_WIDTH = 30_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dense:
    """A Dense layer: `kernel` (inputs, units), `bias` (units,) or None, and its activation by name."""

    kernel: Numbers
    bias: Numbers | None
    activation: str
    trainable: bool
    class_name: str = "Dense"

    @property
    def units(self) -> int:
        """The layer's width, read off the kernel."""
        return int(self.kernel.shape[1])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Other:
    """A layer of any other class, with the number of its parameters and the activation it applies."""

    class_name: str
    activation: str
    trainable: bool
    parameters: int


Layer: TypeAlias = Dense | Other


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Description:
    """What a room says of a model: its class, its layers in order, its predictions (m, units) or why it made none."""

    class_name: str
    layers: tuple[Layer, ...]
    predictions: Numbers | None
    refusal: str

    @property
    def dense(self) -> tuple[Dense, ...]:
        """The Dense layers, in order."""
        return tuple(layer for layer in self.layers if isinstance(layer, Dense))

    @property
    def parameters(self) -> int:
        """All parameters, counted from the buffers."""
        own = sum(layer.kernel.size + (0 if layer.bias is None else layer.bias.size) for layer in self.dense)
        return own + sum(layer.parameters for layer in self.layers if isinstance(layer, Other))


def _softmax(z: Numbers) -> Numbers:
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)  # type: ignore[no-any-return]  # NumPy's stubs say Any


#: activations the judge can redo, by the name Keras gives them
ACTIVATIONS: dict[str, Callable[[Numbers], Numbers]] = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "softmax": _softmax,
}
#: layers that pass their input on unchanged when the model predicts
INERT = frozenset({"Dropout", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization"})
#: layers that do nothing but apply an activation; `Activation` says itself which
ACTIVATING = {"ReLU": "relu", "Softmax": "softmax"}


def forward(model: Description, inputs: Numbers) -> Numbers | None:
    """Predictions (m, units) in float64 from the weights alone; None if a layer cannot be redone or does not fit."""
    values: Numbers | None = inputs.astype(np.float64)
    for layer in model.layers:
        with np.errstate(all="ignore"):
            values = None if values is None else _through(layer, values)
    return values


def _through(layer: Layer, values: Numbers) -> Numbers | None:
    if isinstance(layer, Dense):
        if layer.kernel.shape[0] != values.shape[1]:
            return None
        bias = 0.0 if layer.bias is None else layer.bias.astype(np.float64)
        values, activation = values @ layer.kernel.astype(np.float64) + bias, layer.activation
    elif layer.class_name == "Activation":
        activation = layer.activation
    else:
        activation = "linear" if layer.class_name in INERT else ACTIVATING.get(layer.class_name, "unknown")
    return ACTIVATIONS[activation](values) if activation in ACTIVATIONS else None


def parse_description(value: Value) -> Description:
    """Read the room's answer. Raises ProtocolError, in words, if it is not a description."""
    match value:
        case {
            "class": str(name),
            "layers": [*layers],
            "predictions": (None | Array()) as seen,
            "refusal": str(refusal),
        }:
            if len(layers) > MAX_LAYERS:
                raise ProtocolError(f"it has more than {MAX_LAYERS} layers")
            parsed = tuple(map(_layer, layers))
            return Description(
                class_name=name, layers=parsed, predictions=None if seen is None else _real(seen, 2), refusal=refusal
            )
        case _:
            raise ProtocolError("its description is incomplete")


def _layer(value: Value) -> Layer:
    match value:
        case {
            "class": "Dense",
            "activation": str(activation),
            "trainable": bool(trainable),
            "weights": [Array() as kernel, *rest],
        } if len(rest) <= 1:
            bias = _real(rest[0], 1) if rest else None
            layer = Dense(kernel=_real(kernel, 2), bias=bias, activation=activation, trainable=trainable)
            if max(layer.kernel.shape) > MAX_WIDTH:
                raise ProtocolError(f"one of its layers is wider than {MAX_WIDTH:,}")
            if bias is not None and bias.shape != (layer.units,):
                raise ProtocolError("a bias does not fit its layer")
            return layer
        case {
            "class": str(name),
            "activation": str(activation),
            "trainable": bool(trainable),
            "weights": [*weights],
        }:
            count = sum(weight.data.size for weight in weights if isinstance(weight, Array))
            return Other(class_name=name, activation=activation, trainable=trainable, parameters=count)
        case _:
            raise ProtocolError("one of its layers is described incompletely")


def _real(value: Value, dimensions: int) -> Numbers:
    if not isinstance(value, Array) or value.data.ndim != dimensions or value.data.dtype.kind != "f":
        raise ProtocolError(f"an array of {dimensions} dimensions and real numbers was expected")
    if value.data.size == 0:
        raise ProtocolError("one of its arrays is empty")
    return value.data
