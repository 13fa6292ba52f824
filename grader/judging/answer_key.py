"""The answer key of an exercise: its cases, what the reference answers to them, what else may be shown of a failure.

No kind of question is known here, and nothing of a student's work.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from grader.course.assignment import Check, Exercise, Remark
from grader.errors import CourseError
from grader.judging.question import Args, Case, Misconception, Question, Solutions
from grader.judging.shapes import ASIDE
from grader.judging.showing import call_text
from grader.wall.values import UnsupportedValueError, Value, freeze, thaw

#: answers calls with canonical arguments, all at once and in order; raises CourseError where it cannot
Solve: TypeAlias = Callable[[Sequence[Args]], Sequence[Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The answer key of one exercise for one seed.

    `cases` are what each check is judged by, `small` what else may be shown of it, the smallest first.
    `known` are arguments by name, for parameters that a definition requires and no canonical argument is for.
    `shows`: a failure will be read, so its call is shown, a small one on drawn input. `hints`: its cause is looked for.
    """

    seed: int
    cases: dict[str, tuple[Case, ...]]
    small: Mapping[str, tuple[Case, ...]] = field(default_factory=dict)
    known: Mapping[str, Value] = field(default_factory=lambda: ASIDE)
    remarks: tuple[tuple[Case, ...], ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    shows: bool = True
    hints: bool = True

    def hurried(self, *, hints: bool) -> Key:
        """The key for when verdicts are wanted, and perhaps `hints`: nobody will read the counterexample."""
        return replace(self, shows=False, hints=hints, misconceptions=self.misconceptions if hints else ())


def prepare(exercise: Exercise, solutions: Solutions, seed: int) -> Key:
    """Make all cases, and let the reference answer them. Raises CourseError if one cannot be made."""

    def solve(calls: Sequence[Args]) -> list[Value]:
        return [_solved(exercise, solutions.reference, args) for args in calls]

    key = answered(exercise, drawn(exercise, solutions, seed), solve)
    return replace(
        key,
        small=small_cases(exercise, solve),
        known={**key.known, **_defaults(solutions.reference)},
        misconceptions=solutions.misconceptions,
    )


def drawn(exercise: Exercise, solutions: Solutions, seed: int) -> Key:
    """All cases, without what a function of the reference answers to them. Raises CourseError if one cannot be made."""
    made: dict[int, tuple[Case, ...]] = {}

    def cases(question: Question, asked_by: str) -> tuple[Case, ...]:
        if id(question) not in made:
            made[id(question)] = question.cases(exercise, solutions, seed, asked_by)
        return made[id(question)]

    return Key(
        seed=seed,
        cases={check.id: cases(question_of(check), f"check {check.id}") for check in exercise.checks},
        remarks=tuple(cases(question_of(remark), "a remark") for remark in exercise.remarks),
    )


def answered(exercise: Exercise, key: Key, solve: Solve) -> Key:
    """The key with what `solve` answers to its calls, which it is asked all at once."""
    by_check = {check.id: key.cases[check.id] for check in exercise.checks if _is_solved(check)}
    by_remark = [cases for remark, cases in zip(exercise.remarks, key.remarks, strict=True) if _is_solved(remark)]
    told = _answers([*by_check.values(), *by_remark], solve)
    return replace(
        key,
        cases={name: told.get(id(cases), cases) for name, cases in key.cases.items()},
        remarks=tuple(told.get(id(cases), cases) for cases in key.remarks),
    )


def small_cases(exercise: Exercise, solve: Solve) -> dict[str, tuple[Case, ...]]:
    """What else may be shown of each check, the smallest first, with what `solve` answers to it."""
    made = {check.id: question_of(check).more_cases() for check in exercise.checks}
    told = _answers(list(made.values()), solve)
    return {name: told[id(cases)] for name, cases in made.items()}


def _answers(groups: Iterable[tuple[Case, ...]], solve: Solve) -> dict[int, tuple[Case, ...]]:
    """For each group by its identity, since checks may share one, its cases with their answers."""
    distinct = {id(cases): cases for cases in groups}
    calls = [case.args for cases in distinct.values() for case in cases]
    values = iter(solve(calls) if calls else ())
    return {name: tuple(replace(case, expected=next(values)) for case in cases) for name, cases in distinct.items()}


def _is_solved(asked: Check | Remark) -> bool:
    return question_of(asked).answered_by == "function"


def _solved(exercise: Exercise, reference: Callable[..., Any] | None, args: Args) -> Value:
    if reference is None:
        raise CourseError(
            f"exercise {exercise.id}: the reference solution defines no {exercise.target}; add it to solution.py"
        )
    try:
        return freeze(reference(*map(thaw, args)))
    except Exception as error:
        shown_call = call_text(exercise.id, args)
        raise CourseError(
            f"the reference of exercise {exercise.id} raises {type(error).__name__}: {error} for {shown_call}. "
            "Correct it in solution.py, or the inputs of that check in assignment.py."
        ) from error


def _defaults(function: Callable[..., Any] | None) -> dict[str, Value]:
    """What the parameters of a function are without an argument, where that can be sent."""
    found: dict[str, Value] = {}
    if function is None:
        return found
    with contextlib.suppress(ValueError):  # a function without a signature, as some of NumPy's
        for name, parameter in inspect.signature(function).parameters.items():
            if parameter.default is not parameter.empty:
                with contextlib.suppress(UnsupportedValueError):
                    found[name] = freeze(parameter.default)
    return found


def question_of(asked: Check | Remark) -> Question:
    """What a check or a remark asks."""
    question = asked.question
    assert isinstance(question, Question)
    return question
