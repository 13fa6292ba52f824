"""The question about a training: something was trained, and the judge measures by itself how well it learned.

What the student's history says counts for nothing. The trained weights come back, the judge runs them forward on
examples that never entered the room with their labels, and computes loss and accuracy. There are two ways to ask:

* The notebook trains a Keras model. The target is its name; `model.fit(...)` runs in the room, for this question alone,
  up to the last cell that trains it. Of a model with layers that `forward` cannot redo, or with branches, what it
  predicted is measured: nobody's layers are too new to be graded, and labels are still unknown in the room.
* The notebook defines a function that trains: it is called with the examples of `data(seed).train`, then `extra`, then
  a number of steps if `steps` are declared, and returns weights. `forward(weights, X)` is the course's own: it makes
  outputs of them, one row (or one number) for each example. It must do nothing with weights but combine them with X.

The budget is `limits.cpu_seconds`. Rooms seed Python, NumPy and Keras alike, so the same notebook trains alike each
time. With several `steps`, the report draws the held-back loss after each of them, and the last is judged. An untrained
network separates easy examples by luck now and then: choose goals that it misses with every seed.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Literal

import numpy as np

from grader.course.assignment import Check, Exercise, Thing
from grader.errors import CourseError, ProtocolError
from grader.judging.aspects import Aspect, no_predictions, otherwise
from grader.judging.bounds import at_most
from grader.judging.description import Description, parse_description
from grader.judging.examination import Fault, no_value, nothing_read
from grader.judging.forward import redone
from grader.judging.losses import LOSSES, Loss, LossName, Numbers, are_probabilities
from grader.judging.passes import MisfitError, TooMuchWork, UnknownLayer
from grader.judging.question import Args, Asked, Beside, Case, Question, Reaction, Solutions
from grader.judging.rules import Rule
from grader.messages import say
from grader.report.report import Curve
from grader.wall.protocol import Call, Describe, Returned
from grader.wall.values import Array, Value, array, entries, freeze, thaw

#: of examples that are too many to redo the forward pass for all of them
SOME: Final = 8
_NOT_REDONE: Final = Fault(detail=say("cannot_recompute"), cause="unknown")
GoalName = Literal["computes", "learns", "loss", "accuracy", "claim"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrainingData:
    """Examples as pairs of inputs and labels: `train` for a function that trains, `held` for the judge alone.

    For a Keras model, held inputs are (m, features), or (m, ...) of whatever shape its examples have.
    """

    held: tuple[Numbers, Numbers]
    train: tuple[Numbers, Numbers] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trained:
    """Outputs for the held inputs, computed from the weights; their labels, and how they are measured."""

    outputs: Numbers
    labels: Numbers
    loss: Loss

    @property
    def cost(self) -> float:
        """The loss on the held examples."""
        return self.loss.value(self.outputs, self.labels)

    @property
    def always_the_same(self) -> bool:
        """Whether every example gets the same answer."""
        return self.loss.answers is not None and len(np.unique(self.loss.answers(self.outputs))) == 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrainedModel(Question):
    """A Keras model that the notebook trains. Its case holds the held inputs, and expects them with their labels."""

    asks_for: ClassVar[Thing] = "model"
    trained: ClassVar[bool] = True

    data: Callable[[int], TrainingData]
    loss: LossName
    #: after which numbers of steps a function is asked; a model was trained once
    steps: tuple[int, ...] = ()

    def cases(self, exercise: Exercise, solutions: Solutions, seed: int, asked_by: str) -> tuple[Case, ...]:
        """Raises CourseError if there is nothing to train with, or the labels do not fit the loss."""
        del solutions, asked_by
        data = self.data(seed)
        inputs, labels = (np.asarray(part) for part in data.held)
        try:
            LOSSES[self.loss].least(labels)
        except ValueError as error:
            raise CourseError(
                f"exercise {exercise.id}: labels of the held data do not fit {self.loss}: {error}"
            ) from error
        calls = self.calls(exercise, data)
        held = (array(inputs), array(labels), _is_redone(exercise, self))
        return tuple(Case(args=args, expected=held, judged=args is calls[-1]) for args in calls)

    def calls(self, exercise: Exercise, data: TrainingData) -> list[Args]:
        """What the room is given; the last is judged."""
        del exercise
        return [(array(np.asarray(data.held[0]).astype(np.float32)),)]

    def put(self, args: Args, *, id: int, target: str) -> Call | Describe:
        (inputs,) = args
        assert isinstance(inputs, Array)
        return Describe(id=id, target=target, inputs=inputs)

    def seen(self, reaction: Reaction, target: str) -> Trained | Fault:
        """What was trained, measured on the held examples; or why it cannot be."""
        inputs, labels, _ = _held(reaction)
        loss = LOSSES[self.loss]
        with np.errstate(all="ignore"):  # outputs are finite, what is made of them need not be
            outputs = self.outputs(reaction, inputs, target)
            if isinstance(outputs, Fault):
                return outputs
            found = Trained(outputs=outputs, labels=labels, loss=loss)
            return _unfit(found) or found

    def outputs(self, reaction: Reaction, inputs: Numbers, target: str) -> Numbers | Fault:
        """The outputs for the held inputs, made from the weights alone."""
        answer = reaction.answer
        if not isinstance(answer, Returned):
            return nothing_read(answer, target) or Fault()
        try:
            described = parse_description(answer.value)
        except ProtocolError as error:
            return Fault(detail=say("model_unreadable", target=target, reason=error.message), judged=False)
        return _of_model(described, inputs.astype(np.float32), always_redone=_held(reaction)[2])

    def beside(self, asked: Sequence[Asked], names: frozenset[str]) -> Beside:
        """The held-back loss after each number of steps; no curve unless each of them has one."""
        del names
        first, goals = (
            asked[0][0],
            [c.rule.goal for c, _ in asked if isinstance(c.rule, Goal) and c.rule.name == "loss"],
        )
        runs = [reaction.seen for check, reaction in asked if check is first]
        if len(runs) < 2 or not all(isinstance(run, Trained) for run in runs):
            return Beside()
        with np.errstate(all="ignore"):
            values = tuple(run.cost for run in runs)
        if not all(
            map(math.isfinite, values)
        ):  # of finite outputs, too: the square of 1e200 is none, and no JSON number
            return Beside()
        goal = goals[0] if goals else None
        return Beside(curve=Curve(title=say("held_loss"), values=values, target=goal, steps=self.steps))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrainingFunction(TrainedModel):
    """A function that trains, called once for each number of `steps`, or once."""

    asks_for: ClassVar[Thing] = "function"

    forward: Callable[[Any, Numbers], Numbers]
    extra: tuple[Any, ...] = ()
    most_weights: int = 100_000

    def calls(self, exercise: Exercise, data: TrainingData) -> list[Args]:
        if data.train is None:
            raise CourseError(f"exercise {exercise.id}: a function that trains needs data(seed).train to train with")
        given: tuple[Value, ...] = tuple(freeze(part) for part in (*map(np.asarray, data.train), *self.extra))
        return [(*given, step) for step in self.steps] or [given]

    def put(self, args: Args, *, id: int, target: str) -> Call:
        return Call(id=id, target=target, args=args)

    def outputs(self, reaction: Reaction, inputs: Numbers, target: str) -> Numbers | Fault:
        answer = reaction.answer
        if not isinstance(answer, Returned):
            return no_value(answer, target) or Fault()
        if entries(answer.value) > self.most_weights:  # before they are combined with anything
            return Fault(detail=say("too_many_weights", most=f"{self.most_weights:,}"))
        try:
            with at_most():
                outputs = np.asarray(self.forward(thaw(answer.value), inputs.copy()), dtype=np.float64)
                LOSSES[self.loss].value(outputs, _held(reaction)[1])
        except Exception:  # the weights are the student's, so anything may be missing or of another shape
            return Fault(detail=say("weights_unusable", target=target), cause="form")
        return outputs


@dataclass(frozen=True, slots=True)
class Goal(Rule):
    """What a training has to reach. `goal` is a loss not to exceed, an accuracy between 0 and 1 to reach or, for
    `learns`, the share of the best constant answer's loss not to exceed. `claim(outputs, labels)` is a statement of the
    course's own; `computes` asks for nothing but outputs that are finite and fit the labels.

    `hints` may hold one for what went wrong: "not finite", "one answer", "untrained", "form", "no probabilities",
    "refused", "unknown". Raises ValueError for a goal that is not given.
    """

    name: GoalName
    goal: float | None = None
    claim: Callable[[Numbers, Numbers], bool] | None = None
    hints: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.name in ("learns", "loss", "accuracy") and self.goal is None:
            raise ValueError(f"{self.name} needs a goal")
        if self.name == "claim" and self.claim is None:
            raise ValueError("it claims nothing; give it a claim")

    def fault(self, reaction: Reaction) -> Fault | None:
        with np.errstate(all="ignore"):
            return GOALS[self.name](self, reaction.seen)


def _held(reaction: Reaction) -> tuple[Numbers, Numbers, bool]:
    match reaction.expected:
        case (Array(data=inputs), Array(data=labels), bool(always_redone)):
            return inputs, labels, always_redone
        case _:
            raise AssertionError("a training expects held inputs and labels")


def _is_redone(exercise: Exercise, question: Question) -> bool:
    """Whether points for what is measured need a model that computes as its weights do. Such a one does so for every
    input: else it could tell apart what it is asked, have the layers that are wanted, and answer by something else."""
    checks = {check.id: check for check in exercise.checks}

    def needs(check: Check) -> set[str]:
        return {check.id}.union(*(needs(checks[need]) for need in check.needs))

    asking = [check for check in exercise.checks if check.question is question]
    computing = {c.id for c in exercise.checks if isinstance(c.rule, Aspect) and c.rule.name == "computes"}
    return bool(asking) and all(needs(check) & computing for check in asking)


def _of_model(model: Description, inputs: Numbers, *, always_redone: bool) -> Numbers | Fault:
    """What its weights give for `inputs`; of a model that is not redone here, what it predicted, unless it is one that
    is `always_redone`."""
    chain = model.chain or always_redone
    if fault := no_predictions(model):
        return fault
    assert model.predictions is not None
    predicted = model.predictions.astype(np.float64)
    try:
        with at_most():
            outputs = redone(model, inputs)
            fault = otherwise(model.predictions, outputs)
    except (TooMuchWork, MemoryError) as error:  # wide layers and many examples
        if always_redone:
            return _borne_out(model, inputs) or predicted
        return _NOT_REDONE if chain and isinstance(error, MemoryError) else predicted
    except UnknownLayer:
        return _NOT_REDONE if always_redone else predicted
    except MisfitError:
        return _NOT_REDONE if chain else predicted
    if fault is None:
        return outputs
    return fault if chain else predicted


def _borne_out(model: Description, inputs: Numbers) -> Fault | None:
    """What is wrong with the predictions for some of the inputs; for which, hangs on all of them, so nobody chooses."""
    assert model.predictions is not None
    chance = np.random.default_rng(zlib.crc32(model.predictions.tobytes()))
    some = np.sort(chance.choice(len(inputs), min(SOME, len(inputs)), replace=False))
    try:
        with at_most():
            return otherwise(model.predictions[some], redone(model, inputs[some]))
    except (UnknownLayer, MisfitError, MemoryError, IndexError):
        return _NOT_REDONE


def _unfit(trained: Trained) -> Fault | None:
    """What is wrong with the outputs before anything is measured."""
    outputs, labels, loss = trained.outputs, trained.labels, trained.loss
    if not bool(np.all(np.isfinite(outputs))):
        return Fault(detail=say("outputs_not_finite"), cause="not finite")
    if loss.probabilities and not are_probabilities(outputs, classes=outputs.size > labels.shape[0]):
        return Fault(detail=say("no_probabilities"), cause="no probabilities")
    try:
        loss.value(outputs, labels)
    except (ValueError, IndexError):
        return Fault(detail=say("outputs_other_shape", shape=str(outputs.shape)), cause="form")
    return None


def _computes(asked: Goal, trained: Trained) -> Fault | None:
    del asked, trained  # there are outputs, and they are finite and fit the labels
    return None


def _learns(asked: Goal, trained: Trained) -> Fault | None:
    assert asked.goal is not None
    found, constant = trained.cost, trained.loss.least(trained.labels)
    if found <= asked.goal * constant:
        return None
    detail = say("learned_little", found=_short(found), constant=_short(constant))
    return Fault(detail=detail, cause="one answer" if trained.always_the_same else "untrained")


def _loss(asked: Goal, trained: Trained) -> Fault | None:
    assert asked.goal is not None
    found = trained.cost
    if found <= asked.goal:
        return None
    return Fault(detail=say("loss_too_high", found=_short(found), goal=_short(asked.goal)))


def _accuracy(asked: Goal, trained: Trained) -> Fault | None:
    loss = trained.loss
    assert asked.goal is not None
    assert loss.answers is not None
    assert loss.truth is not None
    right = loss.answers(trained.outputs) == loss.truth(trained.labels)
    if right.mean() >= asked.goal:
        return None
    needed = int(np.ceil(asked.goal * right.size))
    detail = say("too_often_wrong", right=int(right.sum()), all=right.size, needed=needed)
    return Fault(detail=detail, cause="one answer" if trained.always_the_same else None)


def _claimed(asked: Goal, trained: Trained) -> Fault | None:
    assert asked.claim is not None
    try:
        with at_most():
            return None if bool(asked.claim(trained.outputs.copy(), trained.labels.copy())) else Fault()
    except Exception:  # outputs of another form, mostly: the claim is not true of them
        return Fault()


#: one function for each: what is wrong, and what about
GOALS: dict[GoalName, Callable[[Goal, Trained], Fault | None]] = {
    "computes": _computes,
    "learns": _learns,
    "loss": _loss,
    "accuracy": _accuracy,
    "claim": _claimed,
}


def _short(number: float) -> str:
    return f"{number:.3g}"
