"""A Keras model as plain data: layer list, raw weights, and its predictions. Lives in the room.

It never imports Keras: a student who has a Keras model has imported it. Whatever is said here is a claim, which the
judge checks against the weights.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.room.student_error import plain
from grader.values import UnsupportedValueError, Value, freeze, in_words

MAX_LAYERS = 200
KNOWN = ("linear", "relu", "sigmoid", "tanh", "softmax")
PROBE = np.array([[-9.0, -1.5, -0.5, 0.0, 0.25, 1.0, 2.0, 7.5]], dtype=np.float32)


def describe(model: Any, inputs: npt.NDArray[Any]) -> Value:
    """Class, layers and predictions of `model` for `inputs` (m, n). Raises UnsupportedValueError if it is no model."""
    keras = sys.modules.get("keras")
    if keras is None or not isinstance(model, keras.Model):
        raise UnsupportedValueError(f"{in_words(model)}, not a Keras model")
    predictions, refusal = _predict(model, inputs)
    layers = [layer for layer in model.layers if type(layer) is not keras.layers.InputLayer]
    return {
        "class": type(model).__name__,
        "layers": [_layer(layer) for layer in layers[:MAX_LAYERS]],
        "predictions": predictions,
        "refusal": refusal,
    }


def _predict(model: Any, inputs: npt.NDArray[Any]) -> tuple[Value, str]:
    if not model.layers:
        return None, "It has no layers."
    try:
        return freeze(np.asarray(model(inputs.copy()))), ""
    except Exception as error:
        reason = plain(str(error)).partition("\n")[0].strip()[:200]
        return None, f"Given inputs of shape (m, {inputs.shape[1]}), it raised {type(error).__name__}: {reason}"


def _layer(layer: Any) -> Value:
    return {
        "class": type(layer).__name__,
        "activation": _activation(layer),
        "trainable": bool(layer.trainable) and len(layer.trainable_weights) == len(layer.weights),
        "weights": [freeze(np.asarray(weight)) for weight in layer.get_weights()],
    }


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
