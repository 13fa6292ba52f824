"""A report in plain lines, for formats that have room for text only: CI servers, learning platforms. No layout here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.render.visible import one_line, visible
from grader.report import CheckResult, ExerciseResult, Report, Status, Verdict

_SHOWN = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A check that did not pass, or an exercise that could not be judged: what was lost, where, and what it says."""

    title: str
    where: str
    verdict: Verdict
    lost: int
    lines: tuple[str, ...]


def problems(report: Report) -> Iterator[Problem]:
    """What did not pass, in the report's order. Skipped checks are left out: the one they need says what is wrong."""
    for exercise in report.exercises:
        for check in exercise.checks:
            if check.verdict not in (Verdict.PASSED, Verdict.SKIPPED):
                yield Problem(
                    title=f"{exercise.title}: {check.title}",
                    where=place(exercise, check),
                    verdict=check.verdict,
                    lost=check.possible - check.earned,
                    lines=tuple(said(check)),
                )
        if not exercise.checks and exercise.verdict is not Verdict.PASSED and exercise.withheld is None:
            yield Problem(
                title=exercise.title,
                where=place(exercise),
                verdict=exercise.verdict,
                lost=exercise.possible,
                lines=(visible(exercise.message),),
            )


def said(check: CheckResult) -> Iterator[str]:
    """What a check tells its reader, in lines that are safe to show: sentence, counterexample, hint."""
    yield visible(check.message)
    if check.verdict in (Verdict.PASSED, Verdict.SKIPPED):
        return
    if check.counterexample is not None:
        asked, found = ("name", "value") if check.counterexample.is_name else ("call", "returned")
        yield f"{asked:<10}{one_line(check.counterexample.call, most=_SHOWN)}"
        if check.counterexample.got is not None:
            yield f"{found:<10}{one_line(check.counterexample.got.text, most=_SHOWN)}"
        if check.counterexample.expected is not None:
            yield f"expected  {one_line(check.counterexample.expected.text, most=_SHOWN)}"
    if check.hint:
        yield f"Hint: {visible(check.hint)}"


def place(exercise: ExerciseResult, check: CheckResult | None = None) -> str:
    """ "cell 5, line 3", "cell 5" or nothing: lines of the student's cell, since those of the file help nobody."""
    if check is not None and check.raised_at is not None:
        return f"cell {check.raised_at.cell}, line {check.raised_at.line}"
    return "" if exercise.cell is None else f"cell {exercise.cell.index}"


def headline(report: Report) -> str:
    """The result in one sentence."""
    if report.status is Status.UNREADABLE:
        return "The file could not be read, so nothing was graded."
    if report.status is Status.NOT_GRADED or report.score is None or report.score.earned is None:
        return "Not graded in full. The reason is on our side; nobody gets a zero for it."
    return f"{report.score.earned} of {report.score.possible} points ({report.score.percent} %)."
