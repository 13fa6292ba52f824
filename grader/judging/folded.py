"""Layers that hold no more than the activation of the layer before them, taken as a part of it. No judging here.

`Dense(25)` and `Activation("relu")` after it is how Keras was written for years, and computes what `Dense(25,
activation="relu")` does. Where a lab asks for such a layer by its class, it stays what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, get_args

from grader.judging.description import OUTPUTS_ALONG, Dense, Description, Layer, Other, Setting
from grader.judging.layers import Activation, Architecture, class_of

_ALONE: Final = frozenset({"Activation", "ReLU", "Softmax"})
_PLAIN_RELU: Final[tuple[Mapping[str, Setting], ...]] = (
    {},
    {"max_value": None, "negative_slope": 0.0, "threshold": 0.0},
)


def folded(model: Description, asked: Architecture) -> Description:
    """The model with each such layer as the activation of the layer before it."""
    if not model.chain or _ALONE & {class_of(layer) for layer in asked.layers}:
        return model
    layers: list[Layer] = []
    for layer in model.layers:
        activation = _activation_alone(layer)
        if activation and layers and _computes_sums(layers[-1]):
            layers[-1] = replace(layers[-1], activation=activation)
        else:
            layers.append(layer)
    return replace(model, layers=tuple(layers))


def _activation_alone(layer: Layer) -> str:
    """What the layer computes, if that is a known activation and no more; else nothing."""
    if not isinstance(layer, Other) or layer.parameters or layer.class_name not in _ALONE:
        return ""
    if layer.class_name == "Activation":
        return layer.activation if layer.activation in get_args(Activation) else ""
    return "" if layer.settings not in _PLAIN_RELU else layer.class_name.lower()


def _computes_sums(layer: Layer) -> bool:
    """Whether it has weights, and an activation is still to come."""
    weighted = isinstance(layer, Dense) or layer.class_name in OUTPUTS_ALONG
    return weighted and layer.activation == "linear"
