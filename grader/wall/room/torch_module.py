"""A torch module as plain data: its parts in order, their weights and state, and its predictions. Lives in the room.

It never imports torch: a student who has a module has imported it. What a module is made of is asked of the library's
own class, whatever the student's says. All of it is a claim, which the judge checks against the weights where it can.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from grader.wall.room.kinds import nearest_of
from grader.wall.room.student_error import plain
from grader.wall.room.weights import Buffers
from grader.wall.values import Value, freeze

MAX_PARTS = 200
_POOLED = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
#: by class, what the forward pass needs beside the weights; only the weights of these are copied
SETTINGS: Final[dict[str, tuple[str, ...]]] = {
    "Linear": (),
    "Conv2d": ("stride", "padding", "dilation", "groups", "padding_mode"),
    "MaxPool2d": _POOLED,
    "BatchNorm1d": ("eps",),
    "BatchNorm2d": ("eps",),
    "Flatten": ("start_dim", "end_dim"),
    "Softmax": ("dim",),
    "LeakyReLU": ("negative_slope",),
}
#: settings of a layer of Keras with the same name, which torch's never has otherwise
_ALWAYS: Final[dict[str, dict[str, Value]]] = {"ReLU": {"max_value": None, "threshold": 0.0, "negative_slope": 0.0}}
_UNITS = ("out_features", "out_channels", "hidden_size")


def is_module(thing: object) -> bool:
    """Whether it is a module by its class, whatever it says of itself."""
    torch = sys.modules.get("torch")
    return torch is not None and issubclass(type(thing), torch.nn.Module)


def describe_module(module: Any, inputs: npt.NDArray[Any]) -> Value:
    """Class, parts, and predictions for `inputs` (m, ...), made as it predicts when it is not trained."""
    predictions, refusal = _predict(module, inputs)
    buffers, nn = Buffers(), sys.modules["torch"].nn
    return {
        "class": _class_of(module),
        "layers": [_part(each, buffers) for each, _ in zip(_parts(module), range(MAX_PARTS), strict=False)],
        "predictions": predictions,
        "refusal": refusal,
        "chain": type(module) is nn.Sequential,
        "training": module.training is True,
    }


def _parts(module: Any) -> Iterator[Any]:
    """Its children in the order in which they were made, those within a Sequential in its place; or itself."""
    nn = sys.modules["torch"].nn
    children = list(nn.Module.children(module))
    if not children:
        yield module
    for child in children:
        yield from _parts(child) if type(child) is nn.Sequential else (child,)


def _predict(module: Any, inputs: npt.NDArray[Any]) -> tuple[Value, Value]:
    """The predictions, or why there are none: the key of a sentence and its fields, in order."""
    torch = sys.modules["torch"]
    if not list(torch.nn.Module.children(module)) and not list(torch.nn.Module.parameters(module)):
        return None, ("no_layers",)
    try:
        with _not_training(module), torch.no_grad():
            return freeze(_as_numbers(module(torch.from_numpy(inputs.copy())))), ()
    except Exception as error:
        reason = plain(str(error)).strip().partition("\n")[0][:200]
        shape = f"(m, {', '.join(map(str, inputs.shape[1:]))})"
        return None, ("model_refused", shape, f"{type(error).__name__}: {reason}")


def _as_numbers(outputs: Any) -> Any:
    frozen = freeze(outputs)
    return np.asarray(getattr(frozen, "data", frozen))


@contextlib.contextmanager
def _not_training(module: Any) -> Iterator[None]:
    """Meanwhile nothing is dropped out, and averages stand still; afterwards every part is as it was."""
    nn = sys.modules["torch"].nn
    before = [(part, part.training) for part in nn.Module.modules(module)]
    nn.Module.eval(module)
    try:
        yield
    finally:
        for part, training in before:
            part.training = training


def _class_of(thing: Any) -> str:
    """The class of torch that it is one of; one that is no more than a Module has no name but the student's."""
    own = type(thing)
    nearest = (nearest_of("torch", own) or own).__name__
    return own.__name__ if nearest == "Module" else nearest


def _part(part: Any, buffers: Buffers) -> Value:
    kind = _class_of(part)
    nn = sys.modules["torch"].nn
    weights = list(nn.Module.parameters(part))
    wanted = kind in SETTINGS and nearest_of("torch", type(part)) is type(part)
    state = [each for each in nn.Module.buffers(part) if each.is_floating_point()] if wanted else []
    return {
        "class": kind,
        "activation": "linear",
        "trainable": True,  # torch knows of no layer that is frozen as a whole
        "units": next((size for name in _UNITS if type(size := getattr(part, name, None)) is int), None),
        "output": None,
        "weights": [buffers.weight(weight, wanted=wanted) for weight in weights],
        "learning": [bool(weight.requires_grad) for weight in weights],
        "state": [buffers.weight(each, wanted=True) for each in state],
        "settings": {**_ALWAYS.get(kind, {}), **_settings(part, SETTINGS.get(kind, ()))},
    }


def _settings(part: Any, names: tuple[str, ...]) -> dict[str, Value]:
    """These attributes of a part, as far as they are plain."""
    found = {name: getattr(part, name, None) for name in names}
    return {name: value for name, value in found.items() if _is_plain(value)}


def _is_plain(value: Any) -> bool:
    whole = type(value) is tuple and all(type(each) is int for each in value)
    return value is None or whole or type(value) in (bool, int, float, str)
