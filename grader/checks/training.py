"""The exercise kind `training`: something was trained, and the judge measures by itself how well it learned.

What the student's history says counts for nothing. The trained weights come back, the judge runs them forward on
examples that never entered the room with their labels, and computes loss and accuracy. There are two ways to ask:

* The notebook trains a Keras model of Dense layers. `target` is its name; `model.fit(...)` runs in the room, for this
  kind alone, up to the last cell that trains it.
* The notebook defines a function that trains: it is called with the examples of `data(seed).train`, then `extra`, then
  a number of steps if `steps` are declared, and returns weights. `forward(weights, X)` is the course's own: it makes
  outputs of them, one row (or one number) for each example. It must do nothing with weights but combine them with X.

    def blobs(seed): ...
        return TrainingData(train=(X, Y), held=(X_held, Y_held))

    TrainingExercise(
        id="train", title="Train it", target="train", markers=("train",),
        data=blobs, forward=lambda w, X: X @ w["W"] + w["b"], loss="sparse_crossentropy_from_logits",
        steps=(1, 10, 100), limits=RoomLimits(cpu_seconds=20),
        checks=(
            TrainingCheck(id="learns", title="It learns", aspect="learns", goal=0.5, points=5, passed=..., failed=...),
            TrainingCheck(id="accuracy", title="90 %", aspect="accuracy", goal=0.9, points=5, needs=("learns",), ...),
        ),
    )

The budget is `limits.cpu_seconds`. Rooms seed Python, NumPy and Keras alike, so the same notebook trains alike each
time. With several `steps`, the report draws the held-back loss after each of them, and the last is judged. An untrained
network separates easy examples by luck now and then: choose goals that it misses with every seed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from grader.assignment import Check, Exercise
from grader.checks.aspects import predictions_fault
from grader.checks.description import Description, forward, parse_description
from grader.checks.examination import (
    Ask,
    Examination,
    Fault,
    Kind,
    Solutions,
    Subject,
    judge_in_order,
    no_value,
    nothing_read,
)
from grader.checks.losses import LOSSES, Loss, LossName, Numbers, are_probabilities
from grader.checks.memory import at_most
from grader.errors import CourseError, ProtocolError
from grader.protocol import Answer, Call, Describe, Returned
from grader.report import Curve
from grader.values import Array, Value, array, freeze, thaw
from grader.wording import say

Aspect = Literal["computes", "learns", "loss", "accuracy", "claim"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrainingData:
    """Examples as pairs of inputs and labels: `train` for a function that trains, `held` for the judge alone.

    For a Keras model, held inputs are (m, features).
    """

    held: tuple[Numbers, Numbers]
    train: tuple[Numbers, Numbers] | None = None


class TrainingCheck(Check):
    """A check on one aspect. `goal` is a loss not to exceed, an accuracy between 0 and 1 to reach or, for `learns`, the
    share of the best constant answer's loss not to exceed. `claim(outputs, labels)` is a statement of the course's own.

    `hints` may hold one for what went wrong: "not finite", "one answer", "untrained", "form", "no probabilities",
    "refused", "unknown".
    """

    aspect: Aspect
    goal: float | None = None
    claim: Callable[[Numbers, Numbers], bool] | None = None
    hints: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _says_what_to_reach(self) -> Self:
        if self.aspect in ("learns", "loss", "accuracy") and self.goal is None:
            raise ValueError(f"check {self.id}: the aspect {self.aspect} needs a goal")
        if self.aspect == "claim" and self.claim is None:
            raise ValueError(f"check {self.id}: it claims nothing; give it a claim")
        return self


class TrainingExercise(Exercise):
    """A training, by a Keras model that was trained or, with `forward`, by a function that trains."""

    kind: ClassVar[str] = "training"
    trained: ClassVar[bool] = True

    data: Callable[[int], TrainingData]
    loss: LossName
    forward: Callable[[Any, Numbers], Numbers] | None = None
    extra: tuple[Any, ...] = ()
    steps: tuple[int, ...] = ()
    most_weights: int = 100_000
    checks: tuple[TrainingCheck, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrainingKey:
    """What the room is given, and what the judge keeps: held inputs and labels, and the loss."""

    calls: tuple[tuple[Value, ...], ...]
    inputs: Numbers
    labels: Numbers
    loss: Loss


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trained:
    """Outputs for the held inputs, computed from the weights; or why there are none."""

    outputs: Numbers | None
    fault: Fault | None = None


def prepare(exercise: TrainingExercise, solutions: Solutions, seed: int) -> TrainingKey:
    """Make the examples. Raises CourseError if there are none to train with, or the labels do not fit the loss."""
    del solutions
    data = exercise.data(seed)
    inputs, labels = (np.asarray(part) for part in data.held)
    loss = LOSSES[exercise.loss]
    try:
        loss.least(labels)
    except ValueError as error:
        raise CourseError(
            f"exercise {exercise.id}: labels of the held data do not fit {exercise.loss}: {error}"
        ) from error
    calls: tuple[tuple[Value, ...], ...] = ()
    if exercise.forward is not None:
        if data.train is None:
            raise CourseError(f"exercise {exercise.id}: a function that trains needs data(seed).train to train with")
        given = tuple(freeze(part) for part in (*map(np.asarray, data.train), *exercise.extra))
        calls = tuple((*given, step) for step in exercise.steps) or (given,)
    return TrainingKey(calls=calls, inputs=inputs, labels=labels, loss=loss)


def examine(exercise: TrainingExercise, key: TrainingKey, subject: Subject, ask: Ask) -> Examination:
    """Have it trained, run the weights forward on the held inputs, and measure."""
    runs = _models(key, subject, ask) if exercise.forward is None else _functions(exercise, key, subject, ask)
    with np.errstate(all="ignore"):  # outputs are finite, what is made of them need not be
        return Examination(
            checks=judge_in_order(exercise.checks, lambda check: _fault(check, key, runs[-1])),
            curve=_curve(exercise, key, runs),
        )


KIND = Kind(prepare=prepare, examine=examine, solutions="none")


def _models(key: TrainingKey, subject: Subject, ask: Ask) -> list[Trained]:
    sent = array(key.inputs.astype(np.float32))
    (answer,) = ask([Describe(id=0, target=subject.target, inputs=sent)])
    if not isinstance(answer, Returned):
        return [Trained(outputs=None, fault=nothing_read(answer, subject.target))]
    try:
        model = parse_description(answer.value)
    except ProtocolError as error:
        detail = say("model_unreadable", target=subject.target, reason=str(error))
        return [Trained(outputs=None, fault=Fault(detail=detail, judged=False))]
    return [_of_model(model, sent.data)]


def _of_model(model: Description, inputs: Numbers) -> Trained:
    try:
        with at_most():
            fault = predictions_fault(model, inputs)
            return Trained(outputs=None, fault=fault) if fault else Trained(outputs=forward(model, inputs))
    except MemoryError:  # wide layers and many examples
        return Trained(outputs=None, fault=Fault(detail=say("cannot_recompute"), hint="unknown"))


def _functions(exercise: TrainingExercise, key: TrainingKey, subject: Subject, ask: Ask) -> list[Trained]:
    answers = ask([Call(id=n, target=subject.target, args=args) for n, args in enumerate(key.calls)])
    return [_of_weights(exercise, key, answer, subject.target) for answer in answers]


def _of_weights(exercise: TrainingExercise, key: TrainingKey, answer: Answer, target: str) -> Trained:
    if not isinstance(answer, Returned):
        return Trained(outputs=None, fault=no_value(answer, target))
    if _entries(answer.value) > exercise.most_weights:  # before they are combined with anything
        return Trained(outputs=None, fault=Fault(detail=say("too_many_weights", most=f"{exercise.most_weights:,}")))
    assert exercise.forward is not None
    try:
        with np.errstate(all="ignore"), at_most():
            outputs = np.asarray(exercise.forward(thaw(answer.value), key.inputs.copy()), dtype=np.float64)
            key.loss.value(outputs, key.labels)
    except Exception:  # the weights are the student's, so anything may be missing or of another shape
        return Trained(outputs=None, fault=Fault(detail=say("weights_unusable", target=target), hint="form"))
    return Trained(outputs=outputs)


def _entries(value: Value) -> int:
    match value:
        case Array(data=data):
            return int(data.size)
        case list() | tuple():
            return sum(map(_entries, value))
        case dict():
            return sum(map(_entries, value.values()))
        case _:
            return 1


def _fault(check: TrainingCheck, key: TrainingKey, trained: Trained) -> Fault | None:
    fault = trained.fault
    if fault is None:
        assert trained.outputs is not None
        fault = _unfit(key, trained.outputs) or ASPECTS[check.aspect](check, key, trained.outputs)
    if fault is None or fault.hint is None:
        return fault
    return replace(fault, hint=check.hints.get(fault.hint))


def _unfit(key: TrainingKey, outputs: Numbers) -> Fault | None:
    """What is wrong with the outputs before anything is measured."""
    if not bool(np.all(np.isfinite(outputs))):
        return Fault(detail=say("outputs_not_finite"), hint="not finite")
    if key.loss.probabilities and not are_probabilities(outputs, classes=outputs.size > key.labels.shape[0]):
        return Fault(detail=say("no_probabilities"), hint="no probabilities")
    try:
        key.loss.value(outputs, key.labels)
    except (ValueError, IndexError):
        return Fault(detail=say("outputs_other_shape", shape=str(outputs.shape)), hint="form")
    return None


def _computes(check: TrainingCheck, key: TrainingKey, outputs: Numbers) -> Fault | None:
    del check, key, outputs  # there are outputs, and they are finite and fit the labels
    return None


def _learns(check: TrainingCheck, key: TrainingKey, outputs: Numbers) -> Fault | None:
    assert check.goal is not None
    found, constant = key.loss.value(outputs, key.labels), key.loss.least(key.labels)
    if found <= check.goal * constant:
        return None
    detail = say("learned_little", found=_short(found), constant=_short(constant))
    return Fault(detail=detail, hint="one answer" if _always_the_same(key, outputs) else "untrained")


def _loss(check: TrainingCheck, key: TrainingKey, outputs: Numbers) -> Fault | None:
    assert check.goal is not None
    found = key.loss.value(outputs, key.labels)
    if found <= check.goal:
        return None
    return Fault(detail=say("loss_too_high", found=_short(found), goal=_short(check.goal)))


def _accuracy(check: TrainingCheck, key: TrainingKey, outputs: Numbers) -> Fault | None:
    assert check.goal is not None
    assert key.loss.answers is not None
    assert key.loss.truth is not None
    right = key.loss.answers(outputs) == key.loss.truth(key.labels)
    if right.mean() >= check.goal:
        return None
    needed = int(np.ceil(check.goal * right.size))
    detail = say("too_often_wrong", right=int(right.sum()), all=right.size, needed=needed)
    return Fault(detail=detail, hint="one answer" if _always_the_same(key, outputs) else None)


def _claimed(check: TrainingCheck, key: TrainingKey, outputs: Numbers) -> Fault | None:
    assert check.claim is not None
    try:
        with at_most():
            return None if bool(check.claim(outputs.copy(), key.labels.copy())) else Fault()
    except Exception:  # outputs of another form, mostly: the claim is not true of them
        return Fault()


#: one function per aspect: what is wrong with it, and under which key a hint may wait
ASPECTS: dict[Aspect, Callable[[TrainingCheck, TrainingKey, Numbers], Fault | None]] = {
    "computes": _computes,
    "learns": _learns,
    "loss": _loss,
    "accuracy": _accuracy,
    "claim": _claimed,
}


def _always_the_same(key: TrainingKey, outputs: Numbers) -> bool:
    return key.loss.answers is not None and len(np.unique(key.loss.answers(outputs))) == 1


def _curve(exercise: TrainingExercise, key: TrainingKey, runs: Sequence[Trained]) -> Curve | None:
    """The held-back loss after each number of steps; None unless each of them has one."""
    outputs = [run.outputs for run in runs if run.outputs is not None and _unfit(key, run.outputs) is None]
    if len(outputs) < 2 or len(outputs) < len(runs):
        return None
    goals = [check.goal for check in exercise.checks if check.aspect == "loss"]
    values = tuple(key.loss.value(each, key.labels) for each in outputs)
    if not all(map(math.isfinite, values)):  # of finite outputs, too: the square of 1e200 is none, and no JSON number
        return None
    return Curve(title=say("held_loss"), values=values, target=goals[0] if goals else None, steps=exercise.steps)


def _short(number: float) -> str:
    return f"{number:.3g}"
