"""The forward pass of a described model, redone in NumPy from its weights alone: of Keras and of torch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.judging.description import Dense, Description, Layer, Other
from grader.judging.passes import KERAS, MisfitError, TooMuchWork, UnknownLayer, activated, weighted_sum
from grader.judging.torch_passes import TORCH

Numbers: TypeAlias = npt.NDArray[Any]
#: multiplications of one pass; a forged description must not keep the judge busy
MAX_WORK: Final = 2_000_000_000
#: layers that pass their input on unchanged when the model predicts
INERT: Final = frozenset(
    {
        "Dropout",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "GaussianNoise",
        "GaussianDropout",
        "AlphaDropout",
        "ActivityRegularization",
        "Identity",
    }
)
#: every layer that is redone besides these and Dense
LAYERS: Final[dict[str, Callable[[Other, Numbers], Numbers]]] = {**KERAS, **TORCH}


def forward(model: Description, inputs: Numbers) -> Numbers | None:
    """Predictions (m, ...) in float64; None if a layer cannot be redone or does not fit."""
    try:
        return redone(model, inputs)
    except (UnknownLayer, MisfitError):
        return None


def redone(model: Description, inputs: Numbers) -> Numbers:
    """As `forward`. Raises UnknownLayer, TooMuchWork among them, or MisfitError."""
    values, work = inputs.astype(np.float64), 0
    for layer in model.layers:
        work += _work(layer, values)
        if work > MAX_WORK:
            raise TooMuchWork
        with np.errstate(all="ignore"):
            try:
                values = _through(layer, values)
            except (ValueError, IndexError) as error:
                raise MisfitError from error
    return values


def _work(layer: Layer, values: Numbers) -> int:
    """About how many multiplications a layer is: its weights for each example, at each place of a picture or series."""
    places = values[0].size // max(1, values.shape[-1]) if values.ndim > 2 else 1
    return layer.parameters * places * len(values)


def _through(layer: Layer, values: Numbers) -> Numbers:
    if isinstance(layer, Dense):
        return activated(layer.activation, weighted_sum(layer, values))
    if layer.class_name in INERT:
        return values
    if layer.class_name not in LAYERS:
        raise UnknownLayer
    return LAYERS[layer.class_name](layer, values)
