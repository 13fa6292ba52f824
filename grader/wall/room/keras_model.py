"""A Keras model as plain data: layer list, weights, and its predictions. Lives in the room.

It never imports Keras: a student who has a Keras model has imported it. Whatever is said here is a claim, which the
judge checks against the weights. Only those that the judge can compute with are copied, the weights of Dense layers
that are not huge; of all others the shape is enough to count them by.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.message import say
from grader.wall.room.student_error import plain
from grader.wall.values import UnsupportedValueError, Value, freeze, kind_of

MAX_LAYERS = 200
MAX_BUFFER = 4 * 1024 * 1024  # bytes of one weight that is copied; Dense(1000) on 1,000 inputs is just below
MAX_BUFFERS = 16 * 1024 * 1024  # bytes of all of them together
_ANY_KIND = ("Model", "Layer", "Operation")
KNOWN = ("linear", "relu", "sigmoid", "tanh", "softmax")
PROBE = np.array([[-9.0, -1.5, -0.5, 0.0, 0.25, 1.0, 2.0, 7.5]], dtype=np.float32)


def describe(model: Any, inputs: npt.NDArray[Any]) -> Value:
    """Class, layers, and predictions for `inputs` (m, ...). Raises UnsupportedValueError if `model` is no model."""
    keras = sys.modules.get("keras")
    if keras is None or not isinstance(model, keras.Model):
        raise UnsupportedValueError(say("not_a_model", what=kind_of(model)))
    predictions, refusal = _predict(model, inputs)  # first: it builds a model that was not given an input shape
    layers = [layer for layer in model.layers if type(layer) is not keras.layers.InputLayer]
    buffers = _Buffers()
    return {
        "class": _class_of(model),
        "layers": [_layer(layer, buffers) for layer in layers[:MAX_LAYERS]],
        "predictions": predictions,
        "refusal": refusal,
    }


class _Buffers:
    """Copies weights as long as there is room for them."""

    def __init__(self) -> None:
        self.left = MAX_BUFFERS

    def weight(self, weight: Any, *, wanted: bool) -> Value:
        """The weight itself if it is wanted and not too large, else its shape."""
        shape = tuple(int(size) for size in weight.shape)
        size = 4 * int(np.prod(shape, dtype=np.float64))
        if not wanted or size > min(MAX_BUFFER, self.left):
            return shape
        self.left -= size
        return freeze(np.asarray(weight))


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


def _class_of(thing: Any) -> str:
    """The class of Keras that a model or a layer is one of: a subclass of Sequential is a Sequential.

    One that is no more than a Model or a Layer has no name but the student's.
    """
    own, known = type(thing), (each for each in type(thing).__mro__ if each.__module__.partition(".")[0] == "keras")
    nearest = next(known, own).__name__
    return own.__name__ if nearest in _ANY_KIND else nearest


def _layer(layer: Any, buffers: _Buffers) -> Value:
    kind = _class_of(layer)
    learning = {id(weight) for weight in layer.trainable_weights}
    return {
        "class": kind,
        "activation": _activation(layer),
        "trainable": bool(layer.trainable),
        "units": _units(layer),
        "output": _output(layer),
        "weights": [buffers.weight(weight, wanted=kind == "Dense") for weight in layer.weights],
        "learning": [id(weight) in learning for weight in layer.weights],
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


def _activation(layer: Any) -> str:
    function = getattr(layer, "activation", None)
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
