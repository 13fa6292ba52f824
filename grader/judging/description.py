"""A model as plain data: parsing what the room described. Nothing is computed with it here.

`parse_description` is the only place that reads the room's dictionary; it believes sizes of buffers and nothing else.
The weights of layers that can be redone come as buffers, up to a size; of all others only the shape is said. Parameters
counted from shapes alone are the room's word and no more: where a model can be redone, it is asked to predict as well.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy.typing as npt

from grader.errors import ProtocolError
from grader.judging.compiled import NO_PENALTIES, Compiled, Penalties, parse_compiled, parse_penalties
from grader.messages import NOTHING, Message, say
from grader.wall.values import MAX_DIMENSIONS, Array, Value

Numbers: TypeAlias = npt.NDArray[Any]
#: beyond these a description is not read: a forged one must not keep the judge busy
MAX_LAYERS = 200
MAX_WIDTH = 30_000
MAX_DIMENSION = 2**31
MAX_SETTINGS = 20
#: the axis of a kernel along which its outputs lie, of layers of torch and of Keras
OUTPUTS_ALONG = {"Linear": 0, "Conv1d": 0, "Conv2d": 0, "Conv3d": 0, "Conv1D": -1, "Conv2D": -1, "Conv3D": -1}
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
Setting: TypeAlias = bool | int | float | str | tuple[int, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dense:
    """A Dense layer: `kernel` (inputs, units), `bias` (units,) or None, and its activation by name."""

    kernel: Weight
    bias: Weight | None
    activation: str
    trainable: bool
    learning: int
    penalties: Penalties = NO_PENALTIES
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

    `units` are its units or filters; `output` is the shape it gives one example; None if it says nothing. `settings`
    are arguments it was made with, such as strides, `state` what it keeps beside its parameters, as a torch module
    does: what its forward pass needs beside its weights.
    """

    class_name: str
    activation: str
    trainable: bool
    parameters: int
    learning: int
    units: int | None = None
    output: tuple[int, ...] | None = None
    penalties: Penalties = NO_PENALTIES
    weights: tuple[Weight, ...] = ()
    state: tuple[Weight, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=dict)


Layer: TypeAlias = Dense | Other


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Description:
    """What a room says of a model: its class, its layers in order, its predictions (m, ...) or why it made none, and
    what it is compiled with, if it is. Where it is no `chain`, its layers do not follow one another as they are listed.
    `training` is how a torch module was left: by itself it would predict as it does in training.
    """

    class_name: str
    layers: tuple[Layer, ...]
    predictions: Numbers | None
    refusal: Message
    compiled: Compiled | None = None
    chain: bool = True
    training: bool = False

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


def parse_description(value: Value) -> Description:
    """Read the room's answer. Raises ProtocolError, in words, if it is not a description."""
    match value:
        case {
            "class": str(name),
            "layers": [*layers],
            "predictions": (None | Array()) as seen,
            "refusal": tuple(refusal),
            **more,
        }:
            if len(layers) > MAX_LAYERS:
                raise ProtocolError(say("many_layers", most=MAX_LAYERS))
            parsed = tuple(map(_layer, layers))
            predictions = None if seen is None else _real(seen, max(seen.data.ndim, 2))
            return Description(
                class_name=_word(name),
                layers=parsed,
                predictions=predictions,
                refusal=_refusal(refusal),
                compiled=parse_compiled(more.get("compiled")),
                chain=more.get("chain") is not False,
                training=more.get("training") is True,
            )
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
            penalties = parse_penalties(more.get("penalties"))
            if name == "Dense" and 1 <= len(weights) <= 2:
                return _dense(activation, weights, flags, penalties)
            sizes = [_size(weight) for weight in weights]
            learning = _learning(flags, sizes)
            return Other(
                class_name=name,
                activation=activation,
                trainable=trainable and (not sizes or learning > 0),
                parameters=sum(sizes),
                learning=learning,
                units=_units(name, weights, more.get("units")),
                output=None if more.get("output") is None else _shape(more["output"]),
                penalties=penalties,
                weights=tuple(map(_held, weights)),
                state=_state(more.get("state")),
                settings=_settings(more.get("settings")),
            )
        case _:
            raise ProtocolError(say("layer_incomplete"))


def _units(name: str, weights: list[Value], said: object) -> int | None:
    """Where a kernel shows them as many as that, whatever the room says beside it."""
    if name in OUTPUTS_ALONG and weights and (shape := _held(weights[0]).shape):
        return int(shape[OUTPUTS_ALONG[name]])
    return _whole(said)


def _dense(activation: str, weights: list[Value], flags: object, penalties: Penalties) -> Dense:
    kernel, *rest = weights
    bias = _weight(rest[0], 1) if rest else None
    matrix = _weight(kernel, 2)
    if not isinstance(matrix, Unsent) and max(matrix.shape) > MAX_WIDTH:
        raise ProtocolError(say("wide_layer", most=f"{MAX_WIDTH:,}"))
    if bias is not None and bias.shape != (matrix.shape[1],):
        raise ProtocolError(say("bias_misfit"))
    sizes = [int(matrix.size)] + ([] if bias is None else [int(bias.size)])
    learning = _learning(flags, sizes)
    return Dense(
        kernel=matrix,
        bias=bias,
        activation=activation,
        trainable=learning == sum(sizes),
        learning=learning,
        penalties=penalties,
    )


def _learning(flags: object, sizes: list[int]) -> int:
    """How many of the parameters training changes; all of them where the room does not say."""
    if not isinstance(flags, list) or len(flags) != len(sizes):
        return sum(sizes)
    return sum(size for size, learns in zip(sizes, flags, strict=True) if learns is True)


def _size(weight: Value) -> int:
    return int(weight.data.size) if isinstance(weight, Array) else Unsent(_shape(weight)).size


def _held(weight: Value) -> Weight:
    """A weight of a layer that may be redone; one that is no floating-point array is as good as not sent."""
    if isinstance(weight, Array):
        return weight.data if weight.data.dtype.kind == "f" else Unsent(weight.data.shape)
    return Unsent(_shape(weight))


def _state(said: object) -> tuple[Weight, ...]:
    """What a layer keeps beside its parameters. Raises ProtocolError for what is none."""
    if said is None:
        return ()
    if not isinstance(said, list) or len(said) > MAX_SETTINGS:
        raise ProtocolError(say("layer_incomplete"))
    return tuple(map(_held, said))


def _settings(said: object) -> Mapping[str, Setting]:
    """What a layer was made with. Raises ProtocolError for what is none of the kinds of a setting."""
    if said is None:
        return {}
    if not isinstance(said, dict) or len(said) > MAX_SETTINGS:
        raise ProtocolError(say("layer_incomplete"))
    return {str(name): _setting(value) for name, value in said.items()}


def _setting(value: object) -> Setting:
    match value:
        case None | bool() | str():
            return value
        case int() | float() if math.isfinite(value) and abs(value) <= MAX_DIMENSION:
            return value
        case tuple() if len(value) <= MAX_DIMENSIONS and all(
            type(n) is int and -1 <= n <= MAX_DIMENSION for n in value
        ):
            return value
        case _:
            raise ProtocolError(say("layer_incomplete"))


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
