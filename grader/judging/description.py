"""A model as plain data: parsing what the room described, and the forward pass redone in NumPy.

`parse_description` is the only place that reads the room's dictionary; it believes sizes of buffers and nothing else.
The weights of Dense layers come as buffers, up to a size; of all others only the shape is said. Parameters counted from
shapes alone are the room's word and no more: where the model can be redone here, it is asked to predict as well.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.errors import ProtocolError
from grader.messages import NOTHING, Message, say
from grader.wall.values import MAX_DIMENSIONS, Array, Value

Numbers: TypeAlias = npt.NDArray[Any]
#: beyond these the forward pass is not redone: a forged description must not keep the judge busy
MAX_LAYERS = 200
MAX_WIDTH = 30_000
MAX_DIMENSION = 2**31
#: what a class or an activation may be called, `<lambda>` among them
_NAME = re.compile(r"[\w<>.]{1,80}")
#: all that a room says of a model that makes no predictions: the shape of the inputs, and what it raised
_SHAPE = re.compile(r"\([\w, ]*\)")
_ERROR = re.compile(r"[\w<>.]{1,80}: .{0,200}")


@dataclass(frozen=True, slots=True)
class Unsent:
    """A weight of which the room said the shape alone."""

    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many parameters it is."""
        return math.prod(self.shape)


Weight: TypeAlias = Numbers | Unsent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dense:
    """A Dense layer: `kernel` (inputs, units), `bias` (units,) or None, and its activation by name."""

    kernel: Weight
    bias: Weight | None
    activation: str
    trainable: bool
    learning: int
    class_name: str = "Dense"

    @property
    def units(self) -> int:
        """The layer's width, read off the kernel."""
        return int(self.kernel.shape[1])

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return int(self.kernel.size) + (0 if self.bias is None else int(self.bias.size))

    @property
    def output(self) -> tuple[int, ...]:
        """The shape it gives one example that is a row."""
        return (self.units,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Other:
    """A layer of any other class: its parameters, `learning` of them in training, and what it says of its form.

    `units` are its units or filters; `output` is the shape it gives one example; None if it says nothing.
    """

    class_name: str
    activation: str
    trainable: bool
    parameters: int
    learning: int
    units: int | None = None
    output: tuple[int, ...] | None = None


Layer: TypeAlias = Dense | Other


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Description:
    """What a room says of a model: its class, its layers in order, its predictions (m, ...) or why it made none."""

    class_name: str
    layers: tuple[Layer, ...]
    predictions: Numbers | None
    refusal: Message

    @property
    def dense(self) -> tuple[Dense, ...]:
        """The Dense layers, in order."""
        return tuple(layer for layer in self.layers if isinstance(layer, Dense))

    @property
    def parameters(self) -> int:
        """All parameters, counted from the buffers, or from shapes where no buffer came."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def learning(self) -> int:
        """The parameters that training changes; the others are frozen."""
        return sum(layer.learning for layer in self.layers)


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
        summed = _weighted_sum(layer, values)
        if summed is None:
            return None
        values, activation = summed, layer.activation
    elif layer.class_name == "Flatten":
        values, activation = values.reshape(len(values), -1), "linear"
    elif layer.class_name == "Activation":
        activation = layer.activation
    else:
        activation = "linear" if layer.class_name in INERT else ACTIVATING.get(layer.class_name, "unknown")
    return ACTIVATIONS[activation](values) if activation in ACTIVATIONS else None


def _weighted_sum(layer: Dense, values: Numbers) -> Numbers | None:
    if isinstance(layer.kernel, Unsent) or isinstance(layer.bias, Unsent):
        return None
    if values.ndim != 2 or layer.kernel.shape[0] != values.shape[1]:
        return None
    bias = 0.0 if layer.bias is None else layer.bias.astype(np.float64)
    return values @ layer.kernel.astype(np.float64) + bias


def parse_description(value: Value) -> Description:
    """Read the room's answer. Raises ProtocolError, in words, if it is not a description."""
    match value:
        case {
            "class": str(name),
            "layers": [*layers],
            "predictions": (None | Array()) as seen,
            "refusal": tuple(refusal),
        }:
            if len(layers) > MAX_LAYERS:
                raise ProtocolError(say("many_layers", most=MAX_LAYERS))
            parsed = tuple(map(_layer, layers))
            predictions = None if seen is None else _real(seen, max(seen.data.ndim, 2))
            said = _refusal(refusal)
            return Description(class_name=_word(name), layers=parsed, predictions=predictions, refusal=said)
        case _:
            raise ProtocolError(say("incomplete"))


def _refusal(said: tuple[Value, ...]) -> Message:
    match said:
        case ():
            return NOTHING
        case ("no_layers",):
            return say("no_layers")
        case ("model_refused", str(shape), str(error)) if _SHAPE.fullmatch(shape) and _ERROR.fullmatch(error):
            return say("model_refused", shape=shape, error=error)
        case _:
            raise ProtocolError(say("incomplete"))


def _word(name: str) -> str:
    """A name that the room gave, where it stands in a sentence of ours; a sentence of its own is none."""
    return name if _NAME.fullmatch(name) else "?"


def _layer(value: Value) -> Layer:
    match value:
        case {
            "class": str(name),
            "activation": str(activation),
            "trainable": bool(trainable),
            "weights": [*weights],
            **more,
        }:
            name, activation = _word(name), _word(activation)
            flags = more.get("learning") if trainable else [False] * len(weights)
            if name == "Dense" and 1 <= len(weights) <= 2:
                return _dense(activation, weights, flags)
            sizes = [_size(weight) for weight in weights]
            learning = _learning(flags, sizes)
            return Other(
                class_name=name,
                activation=activation,
                trainable=trainable and (not sizes or learning > 0),
                parameters=sum(sizes),
                learning=learning,
                units=_whole(more.get("units")),
                output=None if more.get("output") is None else _shape(more["output"]),
            )
        case _:
            raise ProtocolError(say("layer_incomplete"))


def _dense(activation: str, weights: list[Value], flags: object) -> Dense:
    kernel, *rest = weights
    bias = _weight(rest[0], 1) if rest else None
    matrix = _weight(kernel, 2)
    if not isinstance(matrix, Unsent) and max(matrix.shape) > MAX_WIDTH:
        raise ProtocolError(say("wide_layer", most=f"{MAX_WIDTH:,}"))
    if bias is not None and bias.shape != (matrix.shape[1],):
        raise ProtocolError(say("bias_misfit"))
    sizes = [int(matrix.size)] + ([] if bias is None else [int(bias.size)])
    learning = _learning(flags, sizes)
    return Dense(kernel=matrix, bias=bias, activation=activation, trainable=learning == sum(sizes), learning=learning)


def _learning(flags: object, sizes: list[int]) -> int:
    """How many of the parameters training changes; all of them where the room does not say."""
    if not isinstance(flags, list) or len(flags) != len(sizes):
        return sum(sizes)
    return sum(size for size, learns in zip(sizes, flags, strict=True) if learns is True)


def _size(weight: Value) -> int:
    return int(weight.data.size) if isinstance(weight, Array) else Unsent(_shape(weight)).size


def _weight(value: Value, dimensions: int) -> Weight:
    if isinstance(value, Array):
        return _real(value, dimensions)
    shape = _shape(value)
    if len(shape) != dimensions:
        raise ProtocolError(say("other_array", dimensions=dimensions))
    if 0 in shape:
        raise ProtocolError(say("empty_array"))
    return Unsent(shape)


def _shape(value: object) -> tuple[int, ...]:
    if not isinstance(value, tuple) or len(value) > MAX_DIMENSIONS:
        raise ProtocolError(say("layer_incomplete"))
    sizes = tuple(size for item in value if (size := _whole(item)) is not None)
    if len(sizes) != len(value):
        raise ProtocolError(say("layer_incomplete"))
    return sizes


def _whole(value: object) -> int | None:
    return value if type(value) is int and 0 <= value <= MAX_DIMENSION else None


def _real(value: Value, dimensions: int) -> Numbers:
    if not isinstance(value, Array) or value.data.ndim != dimensions or value.data.dtype.kind != "f":
        raise ProtocolError(say("other_array", dimensions=dimensions))
    if value.data.size == 0:
        raise ProtocolError(say("empty_array"))
    return value.data
