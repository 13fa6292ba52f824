"""A Keras model as plain data: layer list, weights, and its predictions. Lives in the room.

It never imports Keras: a student who has a Keras model has imported it. Whatever is said here is a claim, which the
judge checks against the weights. Only those that the judge can compute with are copied, if they are not huge; of all
others the shape is enough to count them by.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.wall.room.keras_settings import SETTINGS, class_of, compiled, is_chain, penalties, settings
from grader.wall.room.student_error import plain
from grader.wall.room.weights import Buffers
from grader.wall.values import Value, freeze

MAX_LAYERS = 200
KNOWN = ("linear", "relu", "sigmoid", "tanh", "softmax")
PROBE = np.array([[-9.0, -1.5, -0.5, 0.0, 0.25, 1.0, 2.0, 7.5]], dtype=np.float32)


def is_keras(thing: object) -> bool:
    """Whether it is a Keras model."""
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(thing, keras.Model)


def describe_keras(model: Any, inputs: npt.NDArray[Any]) -> Value:
    """Class, layers, what it is compiled with, and predictions for `inputs` (m, ...)."""
    predictions, refusal = _predict(model, inputs)  # first: it builds a model that was not given an input shape
    buffers = Buffers()
    return {
        "class": class_of(model),
        "layers": [_layer(layer, buffers) for layer in islice(_layers(model), MAX_LAYERS)],
        "predictions": predictions,
        "refusal": refusal,
        "compiled": compiled(model),
        "chain": is_chain(model),
    }


def _layers(model: Any) -> Iterator[Any]:
    """Its layers in order, those of a Sequential within it in its place: it computes what they would without it.

    A model that is called otherwise, as those of `keras.applications`, is one layer.
    """
    keras = sys.modules["keras"]
    stack = [iter(model.layers)]
    while stack and len(stack) <= MAX_LAYERS:
        layer = next(stack[-1], None)
        if layer is None:
            stack.pop()
        elif isinstance(layer, keras.Sequential) and layer.layers and is_chain(layer):
            stack.append(iter(layer.layers))
        elif type(layer) is not keras.layers.InputLayer:
            yield layer


def _predict(model: Any, inputs: npt.NDArray[Any]) -> tuple[Value, Value]:
    """The predictions, or why there are none: the key of a sentence and its fields, in order."""
    if not model.layers:
        return None, ("no_layers",)
    try:
        return freeze(np.asarray(model(inputs.copy()))), ()
    except Exception as error:
        reason = _reason(plain(str(error)))[:200]
        shape = f"(m, {', '.join(map(str, inputs.shape[1:]))})"
        return None, ("model_refused", shape, f"{type(error).__name__}: {reason}")


def _reason(text: str) -> str:
    """The sentence that says what is wrong: Keras puts one before it that says only where, and prints the inputs."""
    said = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()] or [""]
    if len(said) > 1 and said[0].startswith("Exception encountered when calling"):
        _, sentence, shapes = said[1].partition("Expected shape")
        return sentence + shapes or said[1]
    return text.partition("\n")[0].strip()


def _layer(layer: Any, buffers: Buffers) -> Value:
    kind = class_of(layer)
    learning = {id(weight) for weight in layer.trainable_weights}
    return {
        "class": kind,
        "activation": _activation(layer),
        "trainable": bool(layer.trainable),
        "units": _units(layer),
        "output": _output(layer),
        "weights": [buffers.weight(weight, wanted=kind in SETTINGS) for weight in layer.weights],
        "learning": [id(weight) in learning for weight in layer.weights],
        "penalties": penalties(layer),
        "settings": settings(layer, SETTINGS.get(kind, ())) | _recurrent(layer),
    }


def _units(layer: Any) -> int | None:
    units = getattr(layer, "units", getattr(layer, "filters", None))
    return units if type(units) is int else None


def _output(layer: Any) -> tuple[int, ...] | None:
    """The shape the layer gives one example; None if it was not built, or depends on the example."""
    try:
        return tuple(int(size) for size in layer.output.shape[1:])
    except (AttributeError, RuntimeError, TypeError, ValueError):
        return None


def _recurrent(layer: Any) -> dict[str, Value]:
    """The activation of an LSTM's gates."""
    name = "recurrent_activation"
    return {name: _activation(layer, name)} if hasattr(layer, name) else {}


def _activation(layer: Any, name: str = "activation") -> str:
    function = getattr(layer, name, None)
    if function is None:
        return "linear"
    name = getattr(function, "__name__", type(function).__name__)
    return name[:80] if name in KNOWN else _that_behaves_like(function) or str(name)[:80]


def _that_behaves_like(function: Any) -> str | None:
    """The known activation that a layer object, a lambda or a function of the student's own computes, if any.

    A claim like all others: the judge redoes the forward pass with it, on other inputs.
    """
    keras = sys.modules["keras"]
    try:
        seen = np.asarray(function(keras.ops.convert_to_tensor(PROBE)))
        same = (
            name for name in KNOWN if np.allclose(seen, np.asarray(getattr(keras.activations, name)(PROBE)), atol=1e-5)
        )
        return next(same, None)
    except Exception:
        return None
