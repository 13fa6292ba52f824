"""The exercise kind `function`: call it with examples and drawn inputs, and hold what it returns to rules.

Inputs and the reference's answers are computed once per assignment and seed. A failure on drawn input is shrunk: the
student sees the smallest call that goes wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from pydantic import Field

from grader.assignment import Check, Data, Exercise
from grader.checks.compare import Tolerance, difference
from grader.checks.detectors import Trial, hint_on_calls
from grader.checks.examination import (
    Ask,
    Examination,
    Fault,
    Kind,
    Misconception,
    Solutions,
    Subject,
    judge_in_order,
    no_value,
)
from grader.checks.inputs import Args, Drawn, Examples, Inputs
from grader.checks.rules import Agrees, Holds, LeavesArguments, Reaction, Rule
from grader.checks.shapes import CallShape, shape_for
from grader.checks.showing import call_text, shown
from grader.errors import CourseError
from grader.protocol import Answer, Call, Ended, Raised, Returned
from grader.report import Counterexample
from grader.values import Array, Value, freeze, identical, thaw
from grader.wording import say


class FunctionCheck(Check):
    """A check on every call of `inputs`: the answer must keep `rule`."""

    inputs: Examples | Drawn
    rule: Any = Field(default_factory=Agrees)  # a `Rule`; pydantic cannot check protocols


class Remark(Data):
    """A note without points on work that passed: `text` is said if `applies` to some reaction to the inputs."""

    inputs: Examples | Drawn
    applies: Callable[[Reaction], bool]
    text: str


class FunctionExercise(Exercise):
    """A function the student writes. Every check needs a reference of the same name in `reference/<id>/solution.py`.

    The inputs of its checks are the canonical arguments. Where templates of the lab differ in what they pass, `shapes`
    says how each calls the function, the usual one first: the student's definition shows which was followed. Reference
    and wrong solutions may be written for any of them, or take all canonical arguments.
    """

    kind: ClassVar[str] = "function"

    shapes: tuple[CallShape, ...] = ()
    checks: tuple[FunctionCheck, ...] = Field(min_length=1)
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One call: arguments, and the reference's value for them."""

    args: Args
    expected: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionKey:
    """The answer key of one function exercise for one seed.

    `shows`: a failure will be read, so its call is shown, made small on drawn input. `hints`: its cause is looked for.
    """

    seed: int
    solve: Callable[[Args], Value]
    cases: dict[str, tuple[Case, ...]]
    remarks: tuple[tuple[Case, ...], ...]
    misconceptions: tuple[Misconception, ...]
    shows: bool = True
    hints: bool = True


def prepare(exercise: FunctionExercise, solutions: Solutions, seed: int) -> FunctionKey:
    """Draw all inputs and let the reference answer them. Raises CourseError if it is missing or raises."""
    if solutions.reference is None:
        raise CourseError(
            f"exercise {exercise.id}: the reference solution defines no {exercise.target}; add it to solution.py"
        )
    solve = _solver(exercise.id, solutions.reference)

    def answered(inputs: Inputs, asked_by: str) -> tuple[Case, ...]:
        drawn = _drawn(inputs, seed, where=f"exercise {exercise.id}, {asked_by}")
        return tuple(Case(args=args, expected=solve(args)) for args in drawn)

    return FunctionKey(
        seed=seed,
        solve=solve,
        cases={check.id: answered(check.inputs, f"check {check.id}") for check in exercise.checks},
        remarks=tuple(answered(remark.inputs, "a remark") for remark in exercise.remarks),
        misconceptions=solutions.misconceptions,
    )


def _drawn(inputs: Inputs, seed: int, *, where: str) -> Sequence[Args]:
    """The calls. Raises CourseError if the strategy raises: it is code of whoever wrote the assignment."""
    try:
        return inputs.draw(seed)
    except Exception as error:
        raise CourseError(
            f"{where}: its inputs cannot be drawn ({type(error).__name__}: {error}). Correct them in assignment.py."
        ) from error


def examine(exercise: FunctionExercise, key: FunctionKey, subject: Subject, ask: Ask) -> Examination:
    """Ask every call of every check, in the shape that the definition asks for; judge, and shrink what failed."""
    shape = shape_for(exercise.shapes, subject.parameters)
    witness = _Witness(subject.target, ask, shape)
    reactions = {check.id: witness.react(key.cases[check.id]) for check in exercise.checks}
    repeated = {check.id for check in exercise.checks if check.rule.twice}
    reactions |= witness.react_again({name: reactions[name] for name in repeated}, key.seed)
    known = _misconception(key, [(check.rule, r) for check in exercise.checks for r in reactions[check.id]])
    hints = _Hints(exercise, reactions if key.hints else {}, known)

    def fault_of(check: FunctionCheck) -> Fault | None:
        fault = _fault(check, reactions[check.id], key, witness)
        return None if fault is None else replace(fault, hint=hints.on(check, fault))

    results = judge_in_order(exercise.checks, fault_of)
    return Examination(
        checks=results,
        remarks=tuple(_remarks(exercise, key, witness, reactions))
        if all(r.earned == r.possible for r in results)
        else (),
        notices=() if shape is None or shape == exercise.shapes[0] else (_about_shape(shape, subject.target),),
        misconception=known.name if known else None,
    )


def hurried(key: object, *, hints: bool) -> object:
    """The key for when verdicts are wanted, and perhaps `hints`: nobody will read the counterexample."""
    if not isinstance(key, FunctionKey):
        return key
    return replace(key, shows=False, hints=hints, misconceptions=key.misconceptions if hints else ())


KIND = Kind(prepare=prepare, examine=examine)


class _Witness:
    """The student's function, seen through the wall: numbers the calls and pairs answers with what was asked."""

    def __init__(self, target: str, ask: Ask, shape: CallShape | None = None) -> None:
        self.target = target
        self._ask = ask
        self._shape = shape
        self._asked = 0

    def answers(self, calls: Iterable[Args]) -> list[Answer]:
        sent = [self.passed(args) or args for args in calls]
        questions = [Call(id=self._asked + n, target=self.target, args=args) for n, args in enumerate(sent)]
        self._asked += len(questions)
        return list(self._ask(questions))

    def passed(self, args: Args) -> Args | None:
        return None if self._shape is None else self._shape.pick(args)

    def react(self, cases: tuple[Case, ...]) -> tuple[Reaction, ...]:
        answers = self.answers(case.args for case in cases)
        return tuple(
            Reaction(args=case.args, expected=case.expected, answer=answer, passed=self.passed(case.args))
            for case, answer in zip(cases, answers, strict=True)
        )

    def react_again(self, groups: dict[str, tuple[Reaction, ...]], seed: int) -> dict[str, tuple[Reaction, ...]]:
        """The same calls once more, in another order, so that an answer that counts its calls gives itself away."""
        flat = [(name, number) for name, group in groups.items() for number in range(len(group))]
        random.Random(seed).shuffle(flat)  # noqa: S311  # reproducible on purpose
        second = dict(zip(flat, self.answers(groups[name][number].args for name, number in flat), strict=True))
        return {
            name: tuple(replace(r, again=second[name, number]) for number, r in enumerate(group))
            for name, group in groups.items()
        }


def _fault(
    check: FunctionCheck,
    reactions: tuple[Reaction, ...],
    key: FunctionKey,
    witness: _Witness,
) -> Fault | None:
    broken = next((r for r in reactions if _broken(check.rule, r, witness.target) is not None), None)
    if broken is None:
        return None if reactions else Fault(detail=say("no_call"))
    if not key.shows:
        return _broken(check.rule, broken, witness.target)
    smallest = _shrunk(check, key, witness) or broken
    fault = _broken(check.rule, smallest, witness.target)
    assert fault is not None
    return replace(fault, counterexample=_counterexample(check.rule, smallest, witness.target))


class _Hints:
    """What to tell of a failed check: the known mistake; else what the answers to all checks have in common."""

    def __init__(
        self, exercise: FunctionExercise, reactions: dict[str, tuple[Reaction, ...]], known: Misconception | None
    ) -> None:
        self._known = known
        self._trials = [
            _trial(check, reaction)
            for check in exercise.checks
            if isinstance(check.rule, Agrees) and known is None
            for reaction in reactions.get(check.id, ())
            if not isinstance(reaction.answer, Ended)
        ]

    def on(self, check: FunctionCheck, fault: Fault) -> str | None:
        if self._known is not None:
            return self._known.hint
        match check.rule:
            case Agrees() | Holds():
                return self._in_common
            case LeavesArguments() if check.hint is None and fault.judged:
                return say("hint_in_place")
            case _:
                return None

    @cached_property
    def _in_common(self) -> str | None:
        return hint_on_calls(self._trials)


def _trial(check: FunctionCheck, reaction: Reaction) -> Trial:
    returned = reaction.answer if isinstance(reaction.answer, Returned) else None
    return Trial(
        args=reaction.args,
        asked=reaction.expected,
        given=None if returned is None else _read(check.rule, reaction, returned),
        returned=returned is not None,
        right=returned is not None and check.rule.fault(reaction, returned) is None,
        example=isinstance(check.inputs, Examples),
    )


def _broken(rule: Rule, reaction: Reaction, target: str) -> Fault | None:
    if not isinstance(reaction.answer, Returned):
        return no_value(reaction.answer, target)
    detail = rule.fault(reaction, reaction.answer)
    return None if detail is None else Fault(detail=detail)


def _shrunk(check: FunctionCheck, key: FunctionKey, witness: _Witness) -> Reaction | None:
    """The smallest reaction in this room that breaks the rule; None if the room is gone or none is found."""

    def reaction(args: Args) -> Reaction:
        first, *second = witness.answers([args] * (2 if check.rule.twice else 1))
        again = second[0] if second else None
        return Reaction(args=args, expected=key.solve(args), answer=first, again=again, passed=witness.passed(args))

    def is_broken(args: Args) -> bool:
        seen = reaction(args)
        return isinstance(seen.answer, Returned | Raised) and _broken(check.rule, seen, witness.target) is not None

    args = check.inputs.smallest(is_broken, key.seed)
    found = None if args is None else reaction(args)
    return found if found is not None and _broken(check.rule, found, witness.target) is not None else None


def _counterexample(rule: Rule, reaction: Reaction, target: str) -> Counterexample:
    got = shown(reaction.answer.value) if isinstance(reaction.answer, Returned) else None
    return Counterexample(
        call=call_text(target, reaction.sent),
        inputs=tuple(map(shown, reaction.sent)),
        got=got,
        expected=shown(reaction.expected) if isinstance(rule, Agrees) else None,
    )


def _misconception(key: FunctionKey, asked: list[tuple[Rule, Reaction]]) -> Misconception | None:
    """The wrong solution that answers as the student does, everywhere; None for right answers and unknown mistakes."""
    if all(_same(rule, r, r.expected, r.args) for rule, r in asked):
        return None
    return next((m for m in key.misconceptions if all(_answers_like(m, rule, r) for rule, r in asked)), None)


def _answers_like(misconception: Misconception, rule: Rule, reaction: Reaction) -> bool:
    copies = [thaw(arg) for arg in reaction.args]
    try:
        value, after = freeze(misconception.solve(*copies)), tuple(map(freeze, copies))
    except Exception as error:  # a wrong solution may raise: that is its way of being wrong
        return isinstance(reaction.answer, Raised) and reaction.answer.error.type == type(error).__name__
    return _same(rule, reaction, value, after)


def _same(rule: Rule, reaction: Reaction, value: Value, after: Args) -> bool:
    """Whether the answer, as it is or as the rule reads it, is `value`, and its arguments changed just as `after`."""
    answer = reaction.answer
    if not isinstance(answer, Returned):
        return False
    if all(difference(form, value, Tolerance()) is not None for form in (answer.value, _read(rule, reaction, answer))):
        return False
    return _changed(reaction.sent, answer.arguments or ()) == _changed(reaction.args, after)


def _read(rule: Rule, reaction: Reaction, answer: Returned) -> Value:
    """The answer's value in the form in which the rule compares it."""
    if not isinstance(rule, Agrees):
        return answer.value
    try:
        return rule.read(answer.value, reaction.args, reaction.expected)
    except Exception:  # as in the rule: a value that has no such form
        return answer.value


def _about_shape(shape: CallShape, target: str) -> str:
    return say("called_as", target=target, names=", ".join(shape.names))


def _changed(before: Args, after: Args) -> bool:
    return len(before) != len(after) or not all(map(identical, before, after))


def _remarks(
    exercise: FunctionExercise, key: FunctionKey, witness: _Witness, reactions: dict[str, tuple[Reaction, ...]]
) -> Iterable[str]:
    values = [r.answer.value for group in reactions.values() for r in group if isinstance(r.answer, Returned)]
    if any(isinstance(v, list) for v in values) and not any(
        isinstance(c.expected, list) for g in key.cases.values() for c in g
    ):
        yield say("list_accepted", target=witness.target)
    if any(isinstance(v, Array) and v.kind in ("tensor", "variable") for v in values):
        yield say("tensor_accepted", target=witness.target)
    for remark, cases in zip(exercise.remarks, key.remarks, strict=True):
        if any(remark.applies(reaction) for reaction in witness.react(cases)):
            yield remark.text


def _solver(exercise: str, reference: Callable[..., Any]) -> Callable[[Args], Value]:
    def solve(args: Args) -> Value:
        try:
            return freeze(reference(*map(thaw, args)))
        except Exception as error:
            shown_call = call_text(exercise, args)
            raise CourseError(
                f"the reference of exercise {exercise} raises {type(error).__name__}: {error} for {shown_call}. "
                "Correct it in solution.py, or the inputs of that check in assignment.py."
            ) from error

    return solve
