"""The exercise kind `model`: a Keras Sequential, judged by its weight buffers.

The room sends a layer list and raw weights as plain data. For Dense layers nothing of it is taken on trust: parameters
are counted from the buffers, the forward pass is redone here in NumPy on fresh inputs, and unless the model's own
predictions agree with that, no statement about its layers earns anything. A student's model is never rebuilt here.

    ModelExercise(
        id="model", title="Three layers", target="model", features=400,
        layers=(DenseLayer(units=25, activation="relu"), DenseLayer(units=10)),
        checks=(ModelCheck(id="computes", aspect="computes", ...), ModelCheck(id="units", aspect="units", ...)),
    )

Other layers are asked for with `AnyLayer`, among them a whole model used as one:

    features=(224, 224, 3),
    layers=(
        AnyLayer(kind="Functional", parameters=14_714_688, output=(7, 7, 512), trainable=False),
        AnyLayer(kind="Flatten", output=(25_088,)),
        DenseLayer(units=512, activation="relu"),
        DenseLayer(units=10, activation="softmax"),
    )

The judge cannot redo most of them, and their weights, which may be many, stay in the room: shapes are enough to count
them. There the aspect `runs` takes the place of `computes`: the model predicts, in the form of its last layer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from pydantic import Field, model_validator

from grader.assignment import Check, Exercise
from grader.checks.aspects import ASPECTS, Aspect
from grader.checks.description import Description, parse_description
from grader.checks.examination import (
    Ask,
    Examination,
    Fault,
    Kind,
    Solutions,
    Subject,
    judge_in_order,
    nothing_read,
)
from grader.checks.layers import AnyLayer, Architecture, DenseLayer, rows
from grader.errors import ProtocolError
from grader.protocol import Describe, Returned
from grader.values import Array, array
from grader.wording import say

__all__ = ["KIND", "AnyLayer", "Aspect", "DenseLayer", "ModelCheck", "ModelExercise", "ModelKey", "examine", "prepare"]


class ModelCheck(Check):
    """A check on one aspect of the model. `hints` maps what was found instead (an activation) to a hint of its own."""

    aspect: Aspect
    hints: dict[str, str] = Field(default_factory=dict)


class ModelExercise(Exercise):
    """A Keras Sequential of `layers`, for examples of `features` numbers or, as a tuple, of that shape."""

    kind: ClassVar[str] = "model"

    features: int | tuple[int, ...]
    layers: tuple[DenseLayer | AnyLayer, ...] = Field(min_length=1)
    checks: tuple[ModelCheck, ...] = Field(min_length=1)

    @property
    def architecture(self) -> Architecture:
        """What is asked of the model."""
        example = (self.features,) if isinstance(self.features, int) else self.features
        return Architecture(example=example, layers=self.layers)

    @model_validator(mode="after")
    def _every_dense_layer_has_a_width(self) -> Self:
        asked = self.architecture
        if min(asked.example, default=0) < 1:
            raise ValueError(f"exercise {self.id}: features has to be a number, or a shape, of at least 1")
        for number, (layer, width) in enumerate(zip(asked.layers, asked.widths, strict=True), start=1):
            if isinstance(layer, DenseLayer) and width is None:
                raise ValueError(
                    f"exercise {self.id}: layer {number} is Dense, and nothing says how many numbers it gets; give the "
                    "AnyLayer before it its output, such as output=(25088,)"
                )
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelKey:
    """Fresh inputs, float32 in [0, 1), for the comparison of predictions: 8 rows, or one example of another shape."""

    inputs: Array


def prepare(exercise: ModelExercise, solutions: Solutions, seed: int) -> ModelKey:
    """Draw the inputs. The asked layers stand in the exercise itself, so no reference is run here."""
    del solutions
    example = exercise.architecture.example
    shape = (8 if len(example) == 1 else 1, *example)
    return ModelKey(inputs=array(np.random.default_rng(seed).random(shape, dtype=np.float32)))


def examine(exercise: ModelExercise, key: ModelKey, subject: Subject, ask: Ask) -> Examination:
    """Ask for one description and hold every aspect of it to what the exercise asks."""
    target = subject.target
    (answer,) = ask([Describe(id=0, target=target, inputs=key.inputs)])
    if not isinstance(answer, Returned):
        return Examination(checks=judge_in_order(exercise.checks, lambda _: nothing_read(answer, target)))
    try:
        model = parse_description(answer.value)
    except ProtocolError as error:
        fault = Fault(detail=say("model_unreadable", target=target, reason=str(error)), judged=False)
        return Examination(checks=judge_in_order(exercise.checks, lambda _: fault))
    asked = exercise.architecture
    return Examination(
        checks=judge_in_order(exercise.checks, lambda check: _fault(check, asked, model, key)),
        layers=rows(model.layers, asked),
    )


KIND = Kind(prepare=prepare, examine=examine, solutions="none")


def _fault(check: ModelCheck, asked: Architecture, model: Description, key: ModelKey) -> Fault | None:
    fault = ASPECTS[check.aspect](asked, model, key.inputs.data)
    if fault is None or fault.hint is None:
        return fault
    return Fault(detail=fault.detail, hint=check.hints.get(fault.hint))
