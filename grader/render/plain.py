"""A report in plain lines, for formats that have room for text only: CI servers, learning platforms. No layout here.

A report that comes in here is in the language of `words` already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from grader.render.visible import in_cell, one_line, visible
from grader.report import CheckResult, ExerciseResult, Report, Status, Verdict
from grader.wording import Words

_SHOWN = 400
_LABELS = ("call", "name", "got", "value", "expected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A check that did not pass, or an exercise that could not be judged: what was lost, where, and what it says."""

    title: str
    where: str
    verdict: Verdict
    lost: int
    lines: tuple[str, ...]


def problems(report: Report, words: Words) -> Iterator[Problem]:
    """What did not pass, in the report's order. Skipped checks are left out: the one they need says what is wrong."""
    for exercise in report.exercises:
        for check in exercise.checks:
            if check.verdict not in (Verdict.PASSED, Verdict.SKIPPED):
                yield Problem(
                    title=words.say("plain_titled", title=in_cell(exercise.title), text=in_cell(check.title)),
                    where=place(exercise, words, check),
                    verdict=check.verdict,
                    lost=check.possible - check.earned,
                    lines=tuple(said(check, words)),
                )
        if not exercise.checks and exercise.verdict is not Verdict.PASSED and exercise.withheld is None:
            yield Problem(
                title=in_cell(exercise.title),
                where=place(exercise, words),
                verdict=exercise.verdict,
                lost=exercise.possible,
                lines=(visible(exercise.message),),
            )


def said(check: CheckResult, words: Words) -> Iterator[str]:
    """What a check tells its reader, in lines that are safe to show: sentence, counterexample, hint."""
    yield visible(check.message)
    if check.verdict in (Verdict.PASSED, Verdict.SKIPPED):
        return
    example = check.counterexample
    if example is not None:
        asked, found = ("name", "value") if example.is_name else ("call", "got")
        yield _labelled(asked, example.call, words)
        if example.got is not None:
            yield _labelled(found, example.got.text, words)
        if example.expected is not None:
            yield _labelled("expected", example.expected.text, words)
    if check.hint:
        yield words.say("hint", hint=visible(check.hint))


def _labelled(key: str, text: str, words: Words) -> str:
    """A value behind its label. All labels take the same room; a Chinese character takes two columns."""
    width = max(cell_len(words.say(each)) for each in _LABELS) + 2
    label = words.say(key)
    return f"{label}{' ' * (width - cell_len(label))}{one_line(text, most=_SHOWN)}"


def place(exercise: ExerciseResult, words: Words, check: CheckResult | None = None) -> str:
    """ "cell 5, line 3", "cell 5" or nothing: lines of the student's cell, since those of the file help nobody."""
    if check is not None and check.raised_at is not None:
        return words.say("plain_place", cell=check.raised_at.cell, line=check.raised_at.line)
    return "" if exercise.cell is None else words.say("cell", cell=exercise.cell.index)


def headline(report: Report, words: Words) -> str:
    """The result in one sentence."""
    if report.status is Status.UNREADABLE:
        return words.say("page_unreadable")
    score = report.score
    if report.status is Status.NOT_GRADED or score is None or score.earned is None or score.percent is None:
        return words.say("page_not_graded")
    return words.say("score", earned=score.earned, possible=score.possible, percent=score.percent)
