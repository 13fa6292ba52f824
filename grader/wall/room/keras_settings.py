"""What a Keras model is compiled with, the penalties of its layers, and which class a part of it is. Lives in the room.

Nothing of it can be read off weights or predictions, so all of it is a claim and no more. It never imports Keras.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import numpy as np

from grader.wall.room.kinds import nearest_of
from grader.wall.values import Value

MAX_METRICS = 50
_ANY_KIND = ("Model", "Layer", "Operation", "Optimizer", "BaseOptimizer", "Loss", "LossFunctionWrapper")
#: losses that a function of the student's own may compute: on labels, with both kinds of outputs
_LOSSES = ("SparseCategoricalCrossentropy", "CategoricalCrossentropy", "BinaryCrossentropy", "MeanSquaredError")
_OUTPUTS = np.array([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]], dtype=np.float32)
_NONE_OF_OURS = object()
_LABELS = np.array([[0, 1, 0], [0, 0, 1]], dtype=np.float32)


_CONVOLVED = ("strides", "padding", "dilation_rate", "groups", "data_format")
_POOLED = ("pool_size", "strides", "padding", "data_format")
_POOLED_OVER_ALL = ("data_format", "keepdims")
_UNROLLED = ("return_sequences", "return_state", "go_backwards", "stateful")
#: by class of layer, what the forward pass needs beside the weights; only the weights of these are copied
SETTINGS: Final[dict[str, tuple[str, ...]]] = {
    "Dense": (),
    **dict.fromkeys(("Conv1D", "Conv2D"), _CONVOLVED),
    **dict.fromkeys(("MaxPooling1D", "MaxPooling2D", "AveragePooling1D", "AveragePooling2D"), _POOLED),
    **{f"Global{kind}Pooling{axes}D": _POOLED_OVER_ALL for kind in ("Max", "Average") for axes in (1, 2)},
    **dict.fromkeys(("LSTM", "SimpleRNN"), _UNROLLED),
    "BatchNormalization": ("axis", "epsilon", "scale", "center"),
    "LayerNormalization": ("axis", "epsilon", "scale", "center", "rms_scaling"),
    "LeakyReLU": ("negative_slope",),
    "ReLU": ("max_value", "negative_slope", "threshold"),
    "Rescaling": ("scale", "offset"),
    "Reshape": ("target_shape",),
}


def class_of(thing: Any) -> str:
    """The class of Keras that a part of a model is one of: a subclass of Sequential is a Sequential.

    One that is no more than a Model, a Layer or the like has no name but the student's.
    """
    own = type(thing)
    nearest = (nearest_of("keras", own) or own).__name__
    return own.__name__ if nearest in _ANY_KIND else nearest


def compiled(model: Any) -> Value:
    """Optimizer, learning rate, loss and metrics by name; None if the model is not compiled."""
    if getattr(model, "compiled", False) is not True:
        return None
    loss, from_logits = _loss(model.loss)
    return {
        "optimizer": class_of(model.optimizer)[:80],
        "rate": _rate(model.optimizer),
        "loss": loss,
        "from_logits": from_logits,
        "metrics": _metrics(model),
    }


def settings(layer: Any, names: tuple[str, ...]) -> dict[str, Value]:
    """These attributes of a layer, as far as they are plain."""
    found = {name: getattr(layer, name, None) for name in names}
    return {name: value for name, said in found.items() if (value := _plain(said)) is not _NONE_OF_OURS}


def _plain(value: Any) -> Any:
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, list | tuple) and all(type(each) is int for each in value):  # lists are Keras's own, at times
        return tuple(value)
    return _NONE_OF_OURS


def is_chain(model: Any) -> bool:
    """Whether each layer gets what the one before it gives, as in every Sequential that is called as Keras calls it."""
    keras = sys.modules["keras"]
    if not str(type(model).call.__module__).startswith("keras."):
        return False
    if isinstance(model, keras.Sequential):
        return True
    layers = [layer for layer in model.layers if type(layer) is not keras.layers.InputLayer]
    try:
        if not all(isinstance(each, keras.layers.Layer) for each in model.operations):
            return False  # it computes between its layers, as `Dense(4)(x) + x` does
        return all(later.input is earlier.output for earlier, later in pairwise(layers))
    except (AttributeError, ValueError):
        return False


def penalties(layer: Any) -> Value:
    """The coefficients (l1, l2) of the penalty on each part of a layer; None for a penalty of another kind."""
    parts = ("kernel", "bias", "activity")
    return {part: _coefficients(getattr(layer, f"{part}_regularizer", None)) for part in parts}


def _coefficients(penalty: Any) -> tuple[float, float] | None:
    """Read off its value at three places, so that it does not matter how it is written."""
    if penalty is None:
        return (0.0, 0.0)
    try:
        once, twice, both = (_value(penalty, places) for places in ([[1.0]], [[2.0]], [[-3.0, 0.5]]))
    except Exception:
        return None
    l2 = round((twice - 2 * once) / 2, 7)
    l1 = round(once - l2, 7)
    return (l1, l2) if abs(l1 * 3.5 + l2 * 9.25 - both) <= 1e-3 * (abs(both) + 1e-3) else None


def _value(penalty: Any, weights: list[list[float]]) -> float:
    return float(np.asarray(penalty(sys.modules["keras"].ops.convert_to_tensor(np.array(weights, dtype=np.float32)))))


def _rate(optimizer: Any) -> float | None:
    """Where it begins, if it changes."""
    try:
        return float(np.asarray(optimizer.learning_rate))
    except Exception:
        return None


def _loss(loss: Any) -> tuple[str | None, bool]:
    """The class that computes it, and whether it makes probabilities of the outputs itself."""
    if loss is None:
        return None, False
    keras = sys.modules["keras"]
    try:
        found = keras.losses.get(loss)
        if isinstance(found, keras.losses.Loss) and hasattr(keras.losses, class_of(found)):
            return class_of(found), found.get_config().get("from_logits") is True
        return _that_computes_like(found) or (_as_a_class(getattr(found, "__name__", class_of(found))), False)
    except Exception:
        return class_of(loss)[:80], False


def _that_computes_like(loss: Any) -> tuple[str, bool] | None:
    for name, from_logits in ((name, logits) for name in _LOSSES for logits in (False, True)):
        labels = _LABELS.argmax(axis=1) if name.startswith("Sparse") else _LABELS
        known = getattr(sys.modules["keras"].losses, name)
        asked = known() if name.startswith("Mean") else known(from_logits=from_logits)
        try:
            seen = np.mean(np.asarray(loss(labels, _OUTPUTS)))
        except Exception:  # not labels of this kind  # noqa: S112
            continue
        if np.isclose(seen, np.asarray(asked(labels, _OUTPUTS)), atol=1e-5):
            return name, from_logits
    return None


def _as_a_class(name: str) -> str:
    """`mean_absolute_error` is what MeanAbsoluteError computes."""
    title = "".join(part.capitalize() for part in name.split("_"))
    return title if hasattr(sys.modules["keras"].losses, title) else name[:80]


def _metrics(model: Any) -> Value:
    try:
        said = model.get_compile_config().get("metrics")
    except Exception:
        return []
    metrics: list[Value] = [*_names(said)]
    return metrics[:MAX_METRICS]


def _names(said: Any) -> Iterator[str]:
    """The names in what Keras writes of metrics: texts, or their classes, within lists or by output."""
    match said:
        case str():
            yield said[:80]
        case {"class_name": "function", "config": str(name)}:
            yield name[:80]
        case {"class_name": str(name)}:
            yield name[:80]
        case dict():
            yield from (name for each in said.values() for name in _names(each))
        case list() | tuple():
            yield from (name for each in said for name in _names(each))
