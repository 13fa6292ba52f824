"""What comes of a check, and how checks add up: faults, judged checks, and those that are skipped for another's sake.

What is asked and what is right stands elsewhere: see `question.py` and `rules.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

from grader.course.assignment import Check, Exercise
from grader.judging.compare import Part, told_apart
from grader.judging.detectors.raised import hint_on_end, hint_on_error
from grader.messages import NOTHING, Message, joined, literal, prose, say
from grader.notebook.submission.plan import Parameters
from grader.report.report import STOPPED, CheckResult, Counterexample, Curve, LayerRow, Place, Verdict
from grader.wall.protocol import Answer, Ended, OverLimit, Question, Raised, Statement, StudentError, Unsupported

#: asks a room and gives back one answer per question, in order; a room that ended answers `Ended` from then on
Ask: TypeAlias = Callable[[Sequence[Question]], Sequence[Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is examined: the name to ask for, what its definition takes, None if that is not known, and the source."""

    target: str
    parameters: Parameters | None = None
    statements: Sequence[Statement] = ()

    def line(self, cell: int | None, line: int | None) -> str:
        """A line of the student's code; empty if it is none of what ran."""
        for each in self.statements:
            if each.cell == cell and line is not None and line >= each.line:
                lines = each.source.split("\n", line - each.line + 1)
                if line - each.line < len(lines):
                    return lines[line - each.line]
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """The judged checks of one exercise, remarks on what passed, and the known mistake it agrees with, if any.

    `notices` are said whatever came of the work; `layers` and `curve` are for drawing; `behaviour` is the digest of all
    answers (`behaviour.py`). None of them decides anything.
    """

    checks: tuple[CheckResult, ...]
    remarks: tuple[Message, ...] = ()
    notices: tuple[Message, ...] = ()
    misconception: str | None = None
    behaviour: str = ""
    layers: tuple[LayerRow, ...] = ()
    curve: Curve | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a check is not passed: the verdict, a message, and the smallest example if there is one.

    With `judged`, an answer was there and is wrong, so the check's own sentence goes first. `share` is the part of the
    points that an answer earns which is right in part. `parts` are those of an answer whose parts have names, in their
    order. `cause` names what went wrong, where the check may have a
    hint for just that. Of hints, `hint` goes first, one that is known to fit;
    where code raised or was stopped, `by_kind` takes the place of the check's own, which is about wrong answers.
    """

    verdict: Verdict = Verdict.FAILED
    detail: Message = NOTHING
    cause: str | None = None
    hint: Message | None = None
    by_kind: Message | None = None
    counterexample: Counterexample | None = None
    judged: bool = True
    raised_at: Place | None = None
    share: Fraction = Fraction(0)
    parts: tuple[Part, ...] = ()

    def among(self, faults: Sequence[Fault]) -> Fault:
        """As it is told of a check with all of these `faults`, each of another answer: a part earns its share of the
        points if it is right in every one of them, and nothing does in an answer of another form."""
        if not faults or not all(fault.parts for fault in faults):
            return replace(self, share=min((fault.share for fault in faults), default=self.share))
        asked = {part.name for fault in faults for part in fault.parts}
        lost = {part.name for fault in faults for part in fault.parts if part.wrong is not None}
        told = told_apart(self.parts, lost) or self.detail
        return replace(self, share=Fraction(len(asked - lost), len(asked)), detail=told)

    def hinted(self, hints: Mapping[str, str]) -> Fault:
        """With the hint of the course for its cause, if there is one."""
        text = None if self.cause is None else hints.get(self.cause)
        return self if text is None else replace(self, hint=prose(text))


#: the verdict of a room that ended before it answered
ENDED = {
    "timed_out": Verdict.TIMED_OUT,
    "over_limit": Verdict.OVER_LIMIT,
    "crashed": Verdict.RAISED,
    "forged": Verdict.FAILED,
}


#: verdicts on an answer; the others say why there was none to judge
JUDGED = (Verdict.PASSED, Verdict.PARTIAL, Verdict.FAILED)


def result(check: Check, fault: Fault | None) -> CheckResult:
    """The judged check: all of its points, or what its fault leaves of them, in whole points rounded down; none is
    known of what was not graded."""
    earned = check.points if fault is None else int(check.points * fault.share)
    return CheckResult(
        id=check.id,
        title=check.title,
        verdict=Verdict.PASSED if fault is None else Verdict.PARTIAL if earned else fault.verdict,
        earned=None if fault is not None and fault.verdict is Verdict.NOT_GRADED else earned,
        possible=check.points,
        visibility=check.visibility,
        message=praise(check) if fault is None else _what_is_wrong(check, fault),
        hint=None if fault is None else fault.hint or _general(check, fault),
        counterexample=None if fault is None else fault.counterexample,
        raised_at=None if fault is None else fault.raised_at,
    )


def praise(check: Check) -> Message:
    """What is said of a right answer."""
    why = check.rule.why if check.rule is not None else ""
    return joined(prose(check.passed), prose(why)) if why else prose(check.passed)


def _general(check: Check, fault: Fault) -> Message | None:
    if fault.verdict in STOPPED:
        return fault.by_kind
    return None if check.hint is None else prose(check.hint)


def _what_is_wrong(check: Check, fault: Fault) -> Message:
    return joined(prose(check.failed), fault.detail) if fault.judged else fault.detail


def judge_in_order(checks: Sequence[Check], fault_of: Callable[[Any], Fault | None]) -> tuple[CheckResult, ...]:
    """Judge each check by `fault_of`, except those that need one that has not passed: they are skipped."""
    results: dict[str, CheckResult] = {}
    for check in checks:
        lacking = next((need for need in check.needs if results[need].verdict is not Verdict.PASSED), None)
        results[check.id] = _skipped(check, results[lacking]) if lacking else result(check, fault_of(check))
    return tuple(results.values())


def settled(checks: Sequence[Check], results: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    """The results in the order of `checks`; one that needs a check which has not passed is skipped after all, and open
    as long as that one is."""
    judged = {result.id: result for result in results}
    for check in checks:
        lacking = next((judged[need] for need in check.needs if judged[need].verdict is not Verdict.PASSED), None)
        if lacking is not None and judged[check.id].verdict in JUDGED:
            judged[check.id] = _left_open(check, lacking) if lacking.earned is None else _skipped(check, lacking)
    return tuple(judged[check.id] for check in checks)


def all_failed(
    exercise: Exercise,
    verdict: Verdict,
    message: Message,
    *,
    raised_at: Place | None = None,
    hint: Message | None = None,
) -> tuple[CheckResult, ...]:
    """Every check of an exercise that could not be asked at all, with the one reason and what helps against it."""
    return tuple(
        CheckResult(
            id=check.id,
            title=check.title,
            verdict=verdict,
            earned=None if verdict is Verdict.NOT_GRADED else 0,
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
        case OverLimit(message=message):
            return Fault(verdict=Verdict.OVER_LIMIT, detail=message, judged=False)
        case Ended(reason=reason, message=message):
            return Fault(verdict=ENDED[reason], detail=message, judged=False, by_kind=hint_on_end(answer))
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


def in_one_line(error: StudentError) -> Message:
    """An exception within a sentence: "ZeroDivisionError: division by zero (cell 5, line 7)"."""
    text = " ".join(error.text.split())
    text = text if len(text) <= 300 else text[:299] + "\N{HORIZONTAL ELLIPSIS}"
    said = say("error", type=error.type, text=text) if text else literal(error.type)
    if error.file and error.file_line:
        said = say("error_within", error=said, file=error.file, line=error.file_line)
    return say("error_at", error=said, cell=error.cell, line=error.line) if error.cell and error.line else said


def _left_open(check: Check, lacking: CheckResult) -> CheckResult:
    """`check` while nobody knows whether what it needs has passed."""
    told = {"id": check.id, "title": check.title, "possible": check.points, "visibility": check.visibility}
    return lacking.model_copy(update=told)


def _skipped(check: Check, lacking: CheckResult) -> CheckResult:
    message = say("skipped", check=prose(lacking.title))
    return CheckResult(
        id=check.id,
        title=check.title,
        verdict=Verdict.SKIPPED,
        earned=0,
        possible=check.points,
        visibility=check.visibility,
        message=message,
    )
