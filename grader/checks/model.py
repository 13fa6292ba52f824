"""The exercise kind `model`: a Keras Sequential of Dense layers, judged by its weight buffers.

The room sends a layer list and raw weights as plain data. Nothing of it is taken on trust: parameters are counted from
the buffers, the forward pass is redone here in NumPy on fresh inputs, and unless the model's own predictions agree with
that, no statement about its layers earns anything. A student's model object is never rebuilt on this side.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from grader.assignment import Check, Data, Exercise
from grader.checks.description import Dense, Description, forward, parse_description
from grader.checks.examination import Ask, Examination, Fault, Kind, Solutions, judge_in_order, no_value
from grader.errors import ProtocolError
from grader.protocol import Describe, Returned, Unsupported
from grader.values import Array, array
from grader.words import counted

Aspect = Literal["layers", "computes", "units", "activations", "shapes", "parameters", "trainable"]
MAX_DIFFERENCE = 1e-3  # float32 sums over a few hundred terms differ by about 1e-5 between BLAS and TensorFlow


class DenseLayer(Data):
    """One asked layer."""

    units: int = Field(gt=0)
    activation: Literal["linear", "relu", "sigmoid", "tanh", "softmax"] = "linear"


class ModelCheck(Check):
    """A check on one aspect of the model. `hints` maps what was found instead (an activation) to a hint of its own."""

    aspect: Aspect
    hints: dict[str, str] = Field(default_factory=dict)


class ModelExercise(Exercise):
    """A Keras Sequential with `features` inputs and Dense `layers`."""

    kind: ClassVar[str] = "model"

    features: int = Field(gt=0)
    layers: tuple[DenseLayer, ...] = Field(min_length=1)
    checks: tuple[ModelCheck, ...] = Field(min_length=1)

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """The asked kernel shapes (inputs, units), layer by layer."""
        widths = (self.features, *(layer.units for layer in self.layers))
        return tuple(itertools.pairwise(widths))

    @property
    def parameters(self) -> int:
        """Weights and biases of all asked layers."""
        return sum(inputs * units + units for inputs, units in self.shapes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelKey:
    """Fresh inputs (8, features), float32 in [0, 1), for the comparison of predictions."""

    inputs: Array


def prepare(exercise: ModelExercise, solutions: Solutions, seed: int) -> ModelKey:
    """Draw the inputs. The asked layers stand in the exercise itself, so no reference is run here."""
    del solutions
    return ModelKey(inputs=array(np.random.default_rng(seed).random((8, exercise.features), dtype=np.float32)))


def examine(exercise: ModelExercise, key: ModelKey, target: str, ask: Ask) -> Examination:
    """Ask for one description and hold every aspect of it to what the exercise asks."""
    (answer,) = ask([Describe(id=0, target=target, inputs=key.inputs)])
    if isinstance(answer, Unsupported):
        return _all_at_fault(exercise, f"`{target}` is {answer.what}.")
    if not isinstance(answer, Returned):
        return Examination(checks=judge_in_order(exercise.checks, lambda _: no_value(answer, target)))
    try:
        model = parse_description(answer.value)
    except ProtocolError as error:
        return _all_at_fault(exercise, f"`{target}` could not be read as a model: {error}.")
    return Examination(checks=judge_in_order(exercise.checks, lambda check: _fault(check, exercise, model, key)))


KIND = Kind(prepare=prepare, examine=examine)


def _all_at_fault(exercise: ModelExercise, detail: str) -> Examination:
    return Examination(checks=judge_in_order(exercise.checks, lambda _: Fault(detail=detail, judged=False)))


def _fault(check: ModelCheck, exercise: ModelExercise, model: Description, key: ModelKey) -> Fault | None:
    fault = ASPECTS[check.aspect](exercise, model, key)
    if fault is None or fault.hint is None:
        return fault
    return Fault(detail=fault.detail, hint=check.hints.get(fault.hint))


def _layers(exercise: ModelExercise, model: Description, _: ModelKey) -> Fault | None:
    if model.class_name != "Sequential":
        return Fault(detail=f"It is of class {model.class_name}; a Sequential was asked.", hint=model.class_name)
    others = [layer.class_name for layer in model.layers if not isinstance(layer, Dense)]
    if others:
        return Fault(detail=f"Besides Dense layers there is one of class {others[0]}.", hint=others[0])
    if len(model.layers) != len(exercise.layers):
        return Fault(detail=f"It has {counted(len(model.layers), 'layer')} instead of {len(exercise.layers)}.")
    return None


def _computes(_: ModelExercise, model: Description, key: ModelKey) -> Fault | None:
    if not model.layers:
        return Fault(detail="It has no layers.")
    if model.predictions is None:
        return Fault(detail=model.refusal, hint="refused")
    expected = forward(model, key.inputs.data)
    if expected is None:
        return Fault(
            detail="Its layers do not fit together, or are of kinds the grader cannot recompute.", hint="unknown"
        )
    return (
        None
        if _close(model.predictions, expected)
        else Fault(detail="Its predictions are not what its own weights give.")
    )


def _units(exercise: ModelExercise, model: Description, _: ModelKey) -> Fault | None:
    return _lists_differ([layer.units for layer in model.dense], [layer.units for layer in exercise.layers], "units")


def _activations(exercise: ModelExercise, model: Description, _: ModelKey) -> Fault | None:
    found, asked = [layer.activation for layer in model.dense], [layer.activation for layer in exercise.layers]
    fault = _lists_differ(found, asked, "activation")
    if fault is None or len(found) != len(asked):
        return fault
    place = next(n for n, pair in enumerate(zip(found, asked, strict=True)) if pair[0] != pair[1])
    return Fault(detail=fault.detail, hint=f"{found[place]} in {'output' if place == len(asked) - 1 else 'hidden'}")


def _shapes(exercise: ModelExercise, model: Description, _: ModelKey) -> Fault | None:
    if unbiased := next((n for n, layer in enumerate(model.dense, 1) if layer.bias is None), None):
        return Fault(detail=f"Layer {unbiased} has no bias vector.", hint="no bias")
    kernels = [layer.kernel.shape for layer in model.dense]
    return _lists_differ(kernels, list(exercise.shapes), "weight shape")


def _parameters(exercise: ModelExercise, model: Description, _: ModelKey) -> Fault | None:
    if model.parameters == exercise.parameters:
        return None
    return Fault(detail=f"It has {model.parameters:,} parameters; {exercise.parameters:,} were asked.")


def _trainable(_: ModelExercise, model: Description, __: ModelKey) -> Fault | None:
    if not model.layers:
        return Fault(detail="It has no layers.")
    frozen = [str(number) for number, layer in enumerate(model.layers, 1) if not layer.trainable]
    return Fault(detail=f"Frozen (trainable=False): layer {', '.join(frozen)}.", hint="frozen") if frozen else None


#: one function per aspect: what is wrong with it, and under which key a hint may wait
ASPECTS: dict[Aspect, Callable[[ModelExercise, Description, ModelKey], Fault | None]] = {
    "layers": _layers,
    "computes": _computes,
    "units": _units,
    "activations": _activations,
    "shapes": _shapes,
    "parameters": _parameters,
    "trainable": _trainable,
}


def _lists_differ(found: list[Any], asked: list[Any], what: str) -> Fault | None:
    if len(found) != len(asked):
        return Fault(detail=f"It has {counted(len(found), 'Dense layer')} instead of {len(asked)}.")
    for number, (mine, wanted) in enumerate(zip(found, asked, strict=True), start=1):
        if mine != wanted:
            return Fault(detail=f"Layer {number}: {what} {mine}; {wanted} was asked.")
    return None


def _close(found: npt.NDArray[Any], expected: npt.NDArray[Any]) -> bool:
    if found.shape != expected.shape or not bool(np.all(np.isfinite(found) & np.isfinite(expected))):
        return False
    return bool(np.all(np.abs(found - expected) <= MAX_DIFFERENCE * (1 + np.abs(expected))))
