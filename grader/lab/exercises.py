"""The constructors of exercises, each a few lines: what kind of thing is asked for, and what its checks share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any, Literal

from grader.course.assignment import Assignment, Check, Exercise, Remark
from grader.judging.cells import CourseCell, Passes
from grader.judging.choice import Answers, Chooses
from grader.judging.compiled import IN_ANY_WAY, NO_PENALTY, Compiled, Penalties, Penalty
from grader.judging.figures import Draws
from grader.judging.layers import Activation, AnyLayer, DenseLayer
from grader.judging.losses import LossName, Numbers
from grader.judging.model import ModelDescription
from grader.judging.question import Question, Reaction
from grader.judging.rules import Rule
from grader.judging.training import TrainedModel, TrainingData, TrainingFunction
from grader.judging.value import BoundValue, Equals
from grader.lab.writing import Draft, check, shared_out
from grader.messages import english, say


def lab(id: str, title: str, *exercises: Exercise, version: str = "1", **more: Any) -> Assignment:
    """An assignment; `more` are fields of `Assignment`, such as seed, runtime and due. Raises ValueError if figures are
    asked for and matplotlib is not among the libraries that it `uses`."""
    rules = [check.rule for exercise in exercises for check in exercise.checks]
    if any(isinstance(rule, Draws) for rule in rules) and "matplotlib" not in more.get("uses", ()):
        raise ValueError(f'{id}: it asks for a figure; say uses=("matplotlib",) in assignment.py')
    return Assignment(id=id, title=title, version=version, exercises=exercises, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An exercise in the making: what is asked for, and what its checks share. `checks` makes it whole."""

    target: str
    title: str
    question: Question | None = None
    rule: Rule | None = None
    points: int | None = None
    fields: Mapping[str, Any]

    def checks(self, *drafts: Draft) -> Exercise:
        """The exercise with these checks; where it has `points`, those of the checks are weights."""
        finished = (draft.finished(self.question, self.rule) for draft in shared_out(drafts, self.points))
        named = {"id": self.target.lower(), "markers": (self.target,), **self.fields}
        checks = tuple(finished)
        if also := _names_in_cells(checks, self.target):
            named["also_asked"] = also
        return Exercise(title=self.title, target=self.target, checks=checks, **named)


def _names_in_cells(checks: Sequence[Check], target: str) -> tuple[str, ...]:
    """What the instructor's cells take from the notebook beside the target, if there are any."""
    cells = (check.question for check in checks if isinstance(check.question, CourseCell))
    return tuple(sorted({name for cell in cells for name in cell.names} - {target}))


def function(target: str, title: str, *, rule: Rule | None = None, points: int | None = None, **more: Any) -> Outline:
    """A function that the student writes; `more` are fields of `Exercise`.

    Its cell is marked with its name, unless `markers` say otherwise. A check without a rule of its own is held to
    `rule`. With `points`, those of the checks are weights.
    """
    return Outline(target=target, title=title, rule=rule, points=points, fields=more)


def work(target: str, title: str, *, points: int | None = None, **more: Any) -> Outline:
    """Work that the instructor's own cells are run against; its checks ask `cell(...)`. `target`: what is asked for, a
    function or a value. With `points`, those of the checks are weights."""
    return Outline(target=target, title=title, rule=Passes(), points=points, fields=more)


def cell(source: str, *, setup: str = "", apart: bool = False) -> CourseCell:
    """An instructor's cell: asserts and the like, which is to run through; after `setup`, imports and helpers of it.

    Names that neither binds are the student's: functions are called in the student's room, variables read there. With
    `apart`, each top-level statement that asserts is worth a share of the points, and all of them run; so is a call
    alone whose name begins as `assert_`, `check_`, `test_`, `compare_`, `verify_` or `expect_` does, and no other.
    """
    return CourseCell(source, setup, apart=apart)


def session(examples: str, *, setup: str = "") -> CourseCell:
    """The examples of a doctest, `>>> f(3)` and what is shown then, as a cell."""
    return CourseCell(examples, setup, form="examples")


def value(target: str, title: str, *, reveal: bool = False, points: int | None = None, **more: Any) -> Outline:
    """A value that the student computes. With `reveal`, a report shows the right one beside it."""
    question = BoundValue(reveal)
    return Outline(target=target, title=title, question=question, rule=Equals(), points=points, fields=more)


def text(target: str, title: str, *, prompt: str, points: int | None = None, **more: Any) -> Outline:
    """An answer in prose: the Markdown cell below the one that has `prompt` as a line. Its rules are `HasWords` and
    `mentions`. `target` is the name that the reference binds its own text to."""
    return Outline(target=target, title=title, question=BoundValue(), points=points, fields={"prompt": prompt, **more})


def model(
    target: str,
    title: str,
    *,
    features: int | tuple[int, ...],
    layers: Sequence[DenseLayer | AnyLayer],
    compiled: Compiled = IN_ANY_WAY,
    **more: Any,
) -> Outline:
    """A Keras Sequential of `layers`, for examples of `features` numbers or of that shape, and `compiled` with that.
    Its rules are `Aspect`s."""
    question = ModelDescription(features=features, layers=tuple(layers), compiled=compiled)
    return Outline(target=target, title=title, question=question, fields=more)


def dense(
    units: int,
    activation: Activation = "linear",
    *,
    trainable: bool = True,
    penalty: Penalty = NO_PENALTY,
    bias_penalty: Penalty = NO_PENALTY,
) -> DenseLayer:
    """A Dense layer that is asked for. `penalty` is that on its weights."""
    penalties = Penalties(kernel=penalty, bias=bias_penalty)
    return DenseLayer(units=units, activation=activation, trainable=trainable, penalties=penalties)


def trained(target: str, title: str, *, data: Callable[[int], TrainingData], loss: LossName, **more: Any) -> Outline:
    """A Keras model that the notebook trains. Its rules are `Goal`s."""
    return Outline(target=target, title=title, question=TrainedModel(data=data, loss=loss), fields=more)


def trains(
    target: str,
    title: str,
    *,
    data: Callable[[int], TrainingData],
    loss: LossName,
    forward: Callable[[Any, Numbers], Numbers],
    extra: tuple[Any, ...] = (),
    steps: tuple[int, ...] = (),
    **more: Any,
) -> Outline:
    """A function that trains and returns weights. Its rules are `Goal`s."""
    question = TrainingFunction(data=data, loss=loss, forward=forward, extra=extra, steps=steps)
    return Outline(target=target, title=title, question=question, fields=more)


def quiz(target: str, title: str, **more: Any) -> Outline:
    """Questions answered in one dictionary, which the notebook binds to `target`. Its checks are made with `choice`."""
    return Outline(target=target, title=title, question=Answers(), fields=more)


@dataclass(frozen=True, slots=True)
class Option:
    """What may be chosen, whether it is right, and what whoever chose it wrongly reads."""

    text: str
    feedback: str = ""
    right: bool = False


def right(text: str, feedback: str = "") -> Option:
    """A right option of a question; `feedback` is for those who miss it among several."""
    return Option(text, feedback, right=True)


def wrong(text: str, feedback: str = "") -> Option:
    """A wrong option of a question, and what its choice shows."""
    return Option(text, feedback)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A question of a quiz before its options are named."""

    id: str
    title: str
    points: int
    text: str
    partial: Literal["all_or_nothing", "per_option"]
    hint: str

    def among(self, *options: Option, why: str = "") -> Draft:
        """The question with these options, which get the letters from a on; `why` is said of a right answer."""
        lettered = dict(zip(ascii_lowercase, options, strict=False))
        chosen = frozenset(letter for letter, option in lettered.items() if option.right)
        several = len(chosen) > 1
        rule = Chooses(
            name=self.id,
            text=self.text,
            options={letter: option.text for letter, option in lettered.items()},
            right=chosen if several else "".join(chosen),
            multiple=several,
            partial=self.partial,
            feedback={letter: option.feedback for letter, option in lettered.items() if option.feedback},
            why=why,
        )
        hint = self.hint or english(say("each_marked" if several else "read_once_more"))
        said = english(say("chosen_right")), english(say("chosen_wrong")), hint
        return check(self.id, self.title, self.points, rule).says(*said)


def choice(
    id: str,
    title: str,
    points: int,
    text: str,
    *,
    partial: Literal["all_or_nothing", "per_option"] = "all_or_nothing",
    hint: str = "",
) -> Choice:
    """One question of a quiz. Where several options are right, `partial` may give credit for each."""
    return Choice(id=id, title=title, points=points, text=text, partial=partial, hint=hint)


def remark(
    text: str, question: Question, rule: Rule | None = None, *, applies: Callable[[Reaction], bool] | None = None
) -> Remark:
    """A note without points on work that passed, made where a rule is broken or a reaction is one it `applies` to."""
    return Remark(text=text, question=question, rule=rule, applies=applies)
