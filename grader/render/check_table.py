"""Figures of checks: as JSON, as a table for spreadsheets, for a terminal. What they are was decided before."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Column, Table
from rich.text import Text

from grader.messages import ENGLISH, Words
from grader.messages.visible import in_cell, one_line
from grader.render.gradebook import table
from grader.render.json_report import written
from grader.render.printed import printed
from grader.report.check_figures import AssignmentFigures, CheckFigures

HEADINGS = (
    *("exercise", "check", "title", "tried", "passed", "share", "share_before"),
    *("first_pass_attempt", "first_pass_seconds", "discrimination"),
)


def as_json(found: AssignmentFigures) -> str:
    """As indented JSON."""
    return written(found)


def as_csv(found: AssignmentFigures) -> str:
    """A line for each check, with the share of each attempt at the end; always English."""
    numbers = sorted({each.number for check in found.checks for each in check.by_attempt})
    heads = [*HEADINGS, *(f"share_attempt_{number}" for number in numbers)]
    return table([heads, *(_line(check, numbers) for check in found.checks)])


def _line(check: CheckFigures, numbers: list[int]) -> list[str]:
    shares = {each.number: each.passing.share for each in check.by_attempt}
    figures = (
        check.now.tried,
        check.now.passed,
        check.now.share,
        None if check.before is None else check.before.share,
        check.first_pass_attempt,
        check.first_pass_seconds,
        check.discrimination,
        *(shares.get(number) for number in numbers),
    )
    return [check.exercise, check.check, check.title, *("" if each is None else f"{each:.12g}" for each in figures)]


def as_text(found: AssignmentFigures, *, words: Words = ENGLISH, width: int = 88) -> str:
    """As text of at most `width` columns."""
    return printed(_parts(found, words), width=width)


def _parts(found: AssignmentFigures, words: Words) -> Iterator[RenderableType]:
    yield Text(one_line(words.prose(found.assignment.title)), "bold")
    students, attempts = words.counted(found.students, "student"), words.counted(found.attempts, "attempt")
    yield Text(words.listed((students, attempts)))
    yield Text()
    keys = ("statistics_tried", "statistics_share", "statistics_first_pass", "summary_discrimination")
    heads = [Column(words.say(key), justify="right") for key in keys]
    shown = Table(Column(""), *heads, box=None, header_style="dim", padding=(0, 2, 0, 0), pad_edge=False)
    for check in found.checks:
        name = f"{check.exercise}: {one_line(words.prose(check.title), most=60)}"
        shown.add_row(Text(in_cell(name)), str(check.now.tried), _share(check), *map(_number, _last_two(check)))
    yield shown
    if found.mistakes:
        yield Text()
        yield Text(words.say("statistics_steps"), "bold")
        for step in found.mistakes[:20]:
            counted = words.counted(step.students, "student")
            yield Text(in_cell(f"  {step.exercise}: {step.mistake} -> {step.then} ({counted})"))


def _last_two(check: CheckFigures) -> tuple[float | None, float | None]:
    return check.first_pass_attempt, check.discrimination


def _share(check: CheckFigures) -> str:
    now = _number(check.now.share)
    return now if check.before is None else f"{_number(check.before.share)} -> {now}"


def _number(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:g}"
