"""The rule for models: one aspect of a description is as asked. Each aspect is one function and a row in `ASPECTS`.

Whether the room can be believed is the aspect `computes`; the others read the description as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.judging.bounds import at_most
from grader.judging.compiled import NO_PENALTY, Compiled, Penalty, is_rate, lacking
from grader.judging.description import Description, Layer
from grader.judging.examination import Fault
from grader.judging.forward import forward
from grader.judging.layers import Architecture, AskedLayer, DenseLayer, class_of
from grader.judging.question import Reaction
from grader.judging.rules import Rule
from grader.messages import counted, say

AspectName = Literal[
    "layers",
    "computes",
    "runs",
    "units",
    "activations",
    "shapes",
    "outputs",
    "parameters",
    "trainable_parameters",
    "frozen_parameters",
    "trainable",
    "penalties",
    "optimizer",
    "rate",
    "loss",
    "metrics",
]
Numbers: TypeAlias = npt.NDArray[Any]
_Aspect: TypeAlias = Callable[[Architecture, Description, Numbers], Fault | None]
MAX_DIFFERENCE = 1e-3  # float32 sums over a few hundred terms differ by about 1e-5 between BLAS and TensorFlow


def no_predictions(model: Description) -> Fault | None:
    """What is said of a model that made none; None if it made some."""
    if not model.layers:
        return Fault(detail=say("no_layers"))
    return Fault(detail=model.refusal, cause="refused") if model.predictions is None else None


def _computes(_: Architecture, model: Description, inputs: Numbers) -> Fault | None:
    if fault := no_predictions(model):
        return fault
    try:
        with at_most():
            expected = forward(model, inputs)
    except MemoryError:  # shapes of a room's choosing
        expected = None
    if expected is None:
        return Fault(detail=say("cannot_recompute"), cause="unknown")
    assert model.predictions is not None
    return otherwise(model.predictions, expected)


def otherwise(predictions: Numbers, expected: Numbers) -> Fault | None:
    """What is wrong with predictions that are not those `expected` of the model's own weights."""
    return None if _close(predictions, expected) else Fault(detail=say("predicts_otherwise"))


def _runs(asked: Architecture, model: Description, inputs: Numbers) -> Fault | None:
    if fault := no_predictions(model):
        return fault
    assert model.predictions is not None
    found, last = model.predictions.shape, asked.layers[-1]
    form = (last.units,) if isinstance(last, DenseLayer) else last.output or found[1:]
    if found != (len(inputs), *form):
        return Fault(detail=say("predictions_of_shape", found=str(found), asked=str((len(inputs), *form))))
    return None if bool(np.all(np.isfinite(model.predictions))) else Fault(detail=say("predictions_not_finite"))


def _layers(asked: Architecture, model: Description, _: Numbers) -> Fault | None:
    if model.class_name != "Sequential":
        return Fault(detail=say("other_class", found=model.class_name), cause=model.class_name)
    found, wanted = [layer.class_name for layer in model.layers], [class_of(layer) for layer in asked.layers]
    strange = next((name for name in found if name not in wanted), None)
    if strange and set(wanted) == {"Dense"}:
        return Fault(detail=say("other_layer", found=strange), cause=strange)
    if len(found) != len(wanted):
        return Fault(detail=say("layer_count", found=counted(len(found), "layer"), asked=len(wanted)), cause=strange)
    for number, (mine, want) in enumerate(zip(found, wanted, strict=True), start=1):
        if mine != want:
            return Fault(detail=say("layer_of_class", layer=number, found=mine, asked=want), cause=mine)
    return None


def _units(asked: Architecture, model: Description, _: Numbers) -> Fault | None:
    if fault := _other_number(asked, model):
        return fault
    for number, found, wanted in _pairs(asked, model):
        if wanted.units not in (None, found.units):
            units = f"{found.units or 0:,}"
            return Fault(detail=say("layer_units", layer=number, found=units, asked=f"{wanted.units:,}"))
    return None


def _activations(asked: Architecture, model: Description, _: Numbers) -> Fault | None:
    if fault := _other_number(asked, model):
        return fault
    for number, found, wanted in _pairs(asked, model):
        if wanted.activation not in (None, found.activation):
            detail = say("layer_activation", layer=number, found=found.activation, asked=str(wanted.activation))
            place = "output" if wanted is asked.layers[-1] else "hidden"
            return Fault(detail=detail, cause=f"{found.activation} in {place}")
    return None


def _shapes(asked: Architecture, model: Description, _: Numbers) -> Fault | None:
    if unbiased := next((n for n, layer in enumerate(model.dense, 1) if layer.bias is None), None):
        return Fault(detail=say("no_bias", layer=unbiased), cause="no bias")
    if fault := _other_number(asked, model):
        return fault
    for number, (layer, shape) in enumerate(zip(model.dense, asked.shapes, strict=True), start=1):
        if layer.kernel.shape != shape:
            found = str(tuple(layer.kernel.shape))
            return Fault(detail=say("layer_shape", layer=number, found=found, asked=str(shape)))
    return None


def _outputs(asked: Architecture, model: Description, _: Numbers) -> Fault | None:
    if fault := _layers(asked, model, _):
        return fault
    for number, found, wanted in _pairs(asked, model):
        form = (wanted.units,) if isinstance(wanted, DenseLayer) else wanted.output
        if form is not None and found.output != form:
            detail = say("layer_output", layer=number, found=str(found.output or "?"), asked=str(form))
            return Fault(detail=detail, cause="output")
    return None


def _parameters(asked: Architecture, model: Description, _: Numbers) -> Fault | None:
    if model.parameters == asked.parameters:
        return None
    return Fault(detail=say("parameter_count", found=f"{model.parameters:,}", asked=f"{asked.parameters:,}"))


def _trainable_parameters(asked: Architecture, model: Description, _: Numbers) -> Fault | None:
    if model.learning == asked.learning:
        return None
    return Fault(detail=say("trainable_count", found=f"{model.learning:,}", asked=f"{asked.learning:,}"))


def _frozen_parameters(asked: Architecture, model: Description, _: Numbers) -> Fault | None:
    found, wanted = model.parameters - model.learning, asked.parameters - asked.learning
    if found == wanted:
        return None
    return Fault(detail=say("frozen_count", found=f"{found:,}", asked=f"{wanted:,}"))


def _trainable(asked: Architecture, model: Description, _: Numbers) -> Fault | None:
    if not model.layers:
        return Fault(detail=say("no_layers"))
    if all(layer.trainable for layer in asked.layers):
        frozen = [str(number) for number, layer in enumerate(model.layers, 1) if not layer.trainable]
        return Fault(detail=say("frozen_layers", layers=", ".join(frozen)), cause="frozen") if frozen else None
    if fault := _layers(asked, model, _):
        return fault
    for number, found, wanted in _pairs(asked, model):
        if found.parameters and found.trainable is not wanted.trainable:
            if wanted.trainable:
                return Fault(detail=say("frozen_layers", layers=str(number)), cause="frozen")
            return Fault(detail=say("layer_learns", layer=number), cause="not frozen")
    return None


def _penalties(asked: Architecture, model: Description, _: Numbers) -> Fault | None:
    if fault := _other_number(asked, model):
        return fault
    for number, found, wanted in _pairs(asked, model):
        for part, mine in found.penalties if wanted.penalties is not None else ():
            want: Penalty = getattr(wanted.penalties, part) or NO_PENALTY
            if mine is None or not mine.is_like(want):
                told = say("other_penalty") if mine is None else mine.told
                detail = say("layer_penalty", layer=number, part=part, found=told, asked=want.told)
                return Fault(detail=detail, cause=_about_penalty(part, mine, want))
    return None


def _about_penalty(part: str, mine: Penalty | None, want: Penalty) -> str:
    if want.is_like(NO_PENALTY):
        return f"{part} not asked"
    return f"{part} without" if mine is not None and mine.is_like(NO_PENALTY) else f"{part} otherwise"


def _of_compiled(fault: Callable[[Compiled, Compiled], Fault | None]) -> _Aspect:
    """What is wrong with one thing that a model is compiled with, where it is compiled at all."""

    def aspect(asked: Architecture, model: Description, _: Numbers) -> Fault | None:
        if model.compiled is None:
            return Fault(detail=say("not_compiled"), cause="not compiled")
        return fault(asked.compiled, model.compiled)

    return aspect


def _optimizer(asked: Compiled, found: Compiled) -> Fault | None:
    if asked.optimizer in (None, found.optimizer):
        return None
    detail = say("other_optimizer", found=str(found.optimizer), asked=str(asked.optimizer))
    return Fault(detail=detail, cause=found.optimizer)


def _rate(asked: Compiled, found: Compiled) -> Fault | None:
    if asked.rate is None or (found.rate is not None and is_rate(found.rate, asked.rate)):
        return None
    told = "?" if found.rate is None else f"{found.rate:.4g}"
    return Fault(detail=say("other_rate", found=told, asked=f"{asked.rate:.4g}"), cause=told)


def _loss(asked: Compiled, found: Compiled) -> Fault | None:
    if asked.loss is None:
        return None
    if asked.loss != found.loss:
        return Fault(detail=say("other_loss", found=str(found.loss), asked=asked.loss), cause=str(found.loss))
    if asked.from_logits is found.from_logits:
        return None
    if found.from_logits:
        return Fault(detail=say("loss_of_logits"), cause="from logits")
    return Fault(detail=say("loss_of_shares"), cause="from probabilities")


def _metrics(asked: Compiled, found: Compiled) -> Fault | None:
    missing = lacking(found.metrics, asked.metrics)
    return None if missing is None else Fault(detail=say("metric_missing", asked=missing), cause="missing")


#: one function per aspect: what is wrong with it, and under which key a hint may wait
ASPECTS: dict[AspectName, _Aspect] = {
    "layers": _layers,
    "computes": _computes,
    "runs": _runs,
    "units": _units,
    "activations": _activations,
    "shapes": _shapes,
    "outputs": _outputs,
    "parameters": _parameters,
    "trainable_parameters": _trainable_parameters,
    "frozen_parameters": _frozen_parameters,
    "trainable": _trainable,
    "penalties": _penalties,
    "optimizer": _of_compiled(_optimizer),
    "rate": _of_compiled(_rate),
    "loss": _of_compiled(_loss),
    "metrics": _of_compiled(_metrics),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Described:
    """A model as it was described, beside what was asked of it, and the inputs of its predictions."""

    asked: Architecture
    model: Description
    inputs: Numbers


@dataclass(frozen=True, slots=True)
class Aspect(Rule):
    """One aspect is as asked. `hints` maps what was found instead, an activation say, to a hint of its own."""

    name: AspectName
    hints: Mapping[str, str] = field(default_factory=dict)

    def fault(self, reaction: Reaction) -> Fault | None:
        seen = reaction.seen
        return ASPECTS[self.name](seen.asked, seen.model, seen.inputs)


def _pairs(asked: Architecture, model: Description) -> list[tuple[int, Layer, AskedLayer]]:
    """Number, found and asked layer: of all layers where the classes agree all along, else of the Dense ones alone."""
    found: tuple[Layer, ...] = model.layers
    wanted: tuple[AskedLayer, ...] = asked.layers
    if [layer.class_name for layer in found] != [class_of(layer) for layer in wanted]:
        found, wanted = model.dense, asked.dense
    return [(number, *pair) for number, pair in enumerate(zip(found, wanted, strict=False), start=1)]


def _other_number(asked: Architecture, model: Description) -> Fault | None:
    found, wanted = len(model.dense), len(asked.dense)
    if found == wanted:
        return None
    return Fault(detail=say("layer_count", found=counted(found, "Dense layer"), asked=wanted))


def _close(found: Numbers, expected: Numbers) -> bool:
    if found.shape != expected.shape or not bool(np.all(np.isfinite(found) & np.isfinite(expected))):
        return False
    return bool(np.all(np.abs(found - expected) <= MAX_DIFFERENCE * (1 + np.abs(expected))))
