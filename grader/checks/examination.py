"""What every exercise kind has in common: it prepares a key from the reference, asks, and hands back judged checks.

The rules of adding up are here; what is asked and how an answer is judged belongs to the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from grader.assignment import Check, Exercise
from grader.checks.detectors.raised import hint_on_end, hint_on_error
from grader.protocol import Answer, Ended, Question, Raised, StudentError, Unsupported
from grader.report import CheckResult, Counterexample, Curve, LayerRow, Place, Verdict
from grader.submission.plan import Parameters
from grader.wording import say

#: asks a room and gives back one answer per question, in order; a room that ended answers `Ended` from then on
Ask: TypeAlias = Callable[[Sequence[Question]], Sequence[Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """A named wrong solution and the hint for a student who answers as it does.

    For an exercise about a value, `solve` takes no argument and gives the wrong one.
    """

    name: str
    hint: str
    solve: Callable[..., Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Solutions:
    """What the course knows about one exercise: the right function, and the wrong ones. Trusted code, trusted side.

    `reference` takes the canonical arguments. Of an exercise about a value, `value` is the right one.
    """

    reference: Callable[..., Any] | None
    misconceptions: tuple[Misconception, ...] = ()
    value: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is examined: the name to ask for, and what its definition takes, None if that is not known."""

    target: str
    parameters: Parameters | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """The judged checks of one exercise, remarks on what passed, and the wrong solution it agrees with, if any.

    `notices` are said whatever came of the work; `layers` and `curve` are for drawing. None of them decides anything.
    """

    checks: tuple[CheckResult, ...]
    remarks: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    misconception: str | None = None
    layers: tuple[LayerRow, ...] = ()
    curve: Curve | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One exercise kind: `prepare(exercise, solutions, seed)` makes its key, once for a class; `examine(exercise, key,
    subject, ask)` judges one answer with it. `solutions` says what of the reference it is prepared with: the function
    of the target's name, the value of that name, or nothing."""

    prepare: Callable[[Any, Solutions, int], Any]
    examine: Callable[[Any, Any, Subject, Ask], Examination]
    solutions: Literal["function", "value", "none"] = "function"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a check is not passed: the verdict, one sentence, and the smallest example if there is one.

    With `judged`, an answer was there and is wrong, so the check's own sentence goes first. `earned` are the points of
    an answer that is right in part; its verdict is `partial`. Of hints, `hint` goes first, one that is known to fit;
    where code raised or was stopped, `by_kind` takes the place of the check's own, which is about wrong answers.
    """

    verdict: Verdict = Verdict.FAILED
    detail: str = ""
    hint: str | None = None
    by_kind: str | None = None
    counterexample: Counterexample | None = None
    judged: bool = True
    raised_at: Place | None = None
    earned: int = 0


#: the verdict of a room that ended before it answered
ENDED = {
    "timed_out": Verdict.TIMED_OUT,
    "over_limit": Verdict.OVER_LIMIT,
    "crashed": Verdict.RAISED,
    "forged": Verdict.FAILED,
}


#: verdicts that say why there is no answer that a check's own hint could be about
UNANSWERED = (Verdict.RAISED, Verdict.TIMED_OUT, Verdict.OVER_LIMIT)


#: verdicts on an answer; the others say why there was none to judge
JUDGED = (Verdict.PASSED, Verdict.PARTIAL, Verdict.FAILED)


def result(check: Check, fault: Fault | None) -> CheckResult:
    """The judged check: all of its points, or what its fault leaves of them."""
    earned = check.points if fault is None else min(fault.earned, check.points)
    return CheckResult(
        id=check.id,
        title=check.title,
        verdict=Verdict.PASSED if fault is None else fault.verdict,
        earned=earned,
        possible=check.points,
        visibility=check.visibility,
        message=check.passed if fault is None else _what_is_wrong(check, fault),
        hint=None if fault is None else fault.hint or _general(check, fault),
        counterexample=None if fault is None else fault.counterexample,
        raised_at=None if fault is None else fault.raised_at,
    )


def _general(check: Check, fault: Fault) -> str | None:
    return fault.by_kind if fault.verdict in UNANSWERED else check.hint


def _what_is_wrong(check: Check, fault: Fault) -> str:
    return f"{check.failed} {fault.detail}".strip() if fault.judged else fault.detail


def judge_in_order(checks: Sequence[Check], fault_of: Callable[[Any], Fault | None]) -> tuple[CheckResult, ...]:
    """Judge each check by `fault_of`, except those that need one that has not passed: they are skipped."""
    results: dict[str, CheckResult] = {}
    for check in checks:
        lacking = next((need for need in check.needs if results[need].verdict is not Verdict.PASSED), None)
        results[check.id] = _skipped(check, results[lacking]) if lacking else result(check, fault_of(check))
    return tuple(results.values())


def settled(checks: Sequence[Check], results: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    """The results in the order of `checks`; one that needs a check which has not passed is skipped after all."""
    judged = {result.id: result for result in results}
    for check in checks:
        lacking = next((need for need in check.needs if judged[need].verdict is not Verdict.PASSED), None)
        if lacking is not None and judged[check.id].verdict in JUDGED:
            judged[check.id] = _skipped(check, judged[lacking])
    return tuple(judged[check.id] for check in checks)


def all_failed(
    exercise: Exercise, verdict: Verdict, message: str, *, raised_at: Place | None = None, hint: str | None = None
) -> tuple[CheckResult, ...]:
    """Every check of an exercise that could not be asked at all, with the one reason and what helps against it."""
    return tuple(
        CheckResult(
            id=check.id,
            title=check.title,
            verdict=verdict,
            earned=0,
            possible=check.points,
            visibility=check.visibility,
            message=message,
            hint=hint,
            raised_at=raised_at,
        )
        for check in exercise.checks
    )


def no_value(answer: Answer, target: str) -> Fault | None:
    """The fault of an answer that holds no value; None if it holds one."""
    match answer:
        case Raised(error=error):
            detail = say("raised", target=target, error=in_one_line(error))
            by_kind = hint_on_error(error)
            return Fault(
                verdict=Verdict.RAISED, detail=detail, judged=False, raised_at=place_of(error), by_kind=by_kind
            )
        case Unsupported(what=what):
            return Fault(detail=say("cannot_compare", what=what), judged=False)
        case Ended(reason=reason, text=text):
            return Fault(verdict=ENDED[reason], detail=text, judged=False, by_kind=hint_on_end(answer))
        case _:
            return None


def nothing_read(answer: Answer, target: str) -> Fault | None:
    """As `no_value`, for the name `target` that was read and not called."""
    if isinstance(answer, Unsupported):
        return Fault(detail=say("is_another_thing", target=target, what=answer.what), judged=False)
    return no_value(answer, target)


def place_of(error: StudentError) -> Place | None:
    """The line of the student's own code that raised; None if there is none, or the room names an impossible one."""
    if error.cell is None or error.line is None or error.cell < 1 or error.line < 1:
        return None
    return Place(cell=error.cell, line=error.line)


def in_one_line(error: StudentError) -> str:
    """An exception within a sentence: "ZeroDivisionError: division by zero (cell 5, line 7)"."""
    text = " ".join(error.text.split())
    text = text if len(text) <= 300 else text[:299] + "\N{HORIZONTAL ELLIPSIS}"
    said = f"{error.type}: {text}" if text else error.type
    return say("error_at", error=said, cell=error.cell, line=error.line) if error.cell and error.line else said


def _skipped(check: Check, lacking: CheckResult) -> CheckResult:
    message = say("skipped", check=lacking.title)
    return CheckResult(
        id=check.id,
        title=check.title,
        verdict=Verdict.SKIPPED,
        earned=0,
        possible=check.points,
        visibility=check.visibility,
        message=message,
    )
