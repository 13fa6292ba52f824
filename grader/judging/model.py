"""The question about a Keras Sequential, judged by its weight buffers.

The room sends a layer list and raw weights as plain data. For Dense layers nothing of it is taken on trust: parameters
are counted from the buffers, the forward pass is redone here in NumPy on fresh inputs, and unless the model's own
predictions agree with that, no statement about its layers earns anything. A student's model is never rebuilt here.

Other layers are asked for with `AnyLayer`, among them a whole model used as one. The judge cannot redo most of them,
and their weights, which may be many, stay in the room: shapes are enough to count them. There the aspect `runs` takes
the place of `computes`: the model predicts, in the form of its last layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from grader.course.assignment import Exercise, Thing
from grader.errors import ProtocolError
from grader.judging.aspects import Described
from grader.judging.compiled import IN_ANY_WAY, Compiled
from grader.judging.description import parse_description
from grader.judging.examination import Fault
from grader.judging.folded import folded
from grader.judging.layers import AnyLayer, Architecture, DenseLayer, rows
from grader.judging.question import Args, Asked, Beside, Case, Question, Reaction, Solutions
from grader.messages import say
from grader.wall.protocol import Describe, Returned
from grader.wall.values import Array, array


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDescription(Question):
    """A Keras Sequential of `layers`, for examples of `features` numbers or, as a tuple, of that shape.

    Its case holds fresh inputs, float32 in [0, 1): 8 rows, or one example of another shape. Raises ValueError where
    nothing says how wide a Dense layer's input is.
    """

    asks_for: ClassVar[Thing] = "model"
    practised_as: ClassVar[Literal["calls", "model"] | None] = "model"

    features: int | tuple[int, ...]
    layers: tuple[DenseLayer | AnyLayer, ...]
    compiled: Compiled = IN_ANY_WAY

    @property
    def architecture(self) -> Architecture:
        """What is asked of the model."""
        example = (self.features,) if isinstance(self.features, int) else self.features
        return Architecture(example=example, layers=self.layers, compiled=self.compiled)

    def __post_init__(self) -> None:
        asked = self.architecture
        if not self.layers or min(asked.example, default=0) < 1:
            raise ValueError("a model needs layers, and features that are a number, or a shape, of at least 1")
        for number, (layer, width) in enumerate(zip(asked.layers, asked.widths, strict=True), start=1):
            if isinstance(layer, DenseLayer) and width is None:
                raise ValueError(
                    f"layer {number} is Dense, and nothing says how many numbers it gets; give the AnyLayer before it "
                    "its output, such as output=(25088,)"
                )

    def cases(self, exercise: Exercise, solutions: Solutions, seed: int, asked_by: str) -> tuple[Case, ...]:
        """The asked layers stand in the question itself, so no reference is run."""
        del exercise, solutions, asked_by
        example = self.architecture.example
        shape = (8 if len(example) == 1 else 1, *example)
        return (Case(args=(array(np.random.default_rng(seed).random(shape, dtype=np.float32)),)),)

    def put(self, args: Args, *, id: int, target: str) -> Describe:
        (inputs,) = args
        assert isinstance(inputs, Array)
        return Describe(id=id, target=target, inputs=inputs)

    def seen(self, reaction: Reaction, target: str) -> Any:
        found = Question.seen(self, reaction, target)
        if not isinstance(found, Returned):
            return found
        (inputs,) = reaction.args
        assert isinstance(inputs, Array)
        try:
            model = parse_description(found.value)
        except ProtocolError as error:
            return Fault(detail=say("model_unreadable", target=target, reason=error.message), judged=False)
        return Described(asked=self.architecture, model=folded(model, self.architecture), inputs=inputs.data)

    def beside(self, asked: Sequence[Asked], names: frozenset[str]) -> Beside:
        del names
        seen = asked[0][1].seen
        return Beside(layers=rows(seen.model.layers, seen.asked) if isinstance(seen, Described) else ())
