"""The report for a terminal or a log. Every verdict is a word, so nothing is lost without colour."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.render.visible import one_line, visible
from grader.report import CheckResult, Counterexample, ExerciseResult, Report, Status, Verdict
from grader.words import counted

STYLES = {
    Verdict.PASSED: "green",
    Verdict.PARTIAL: "yellow",
    Verdict.SKIPPED: "dim",
    Verdict.NOT_GRADED: "magenta",
}
#: columns that the longest verdict takes
VERDICT_WIDTH = 10
FOUND_BY = {"marker": "its marker", "definition": "its name", "binding": "its name"}


def render(report: Report, *, width: int = 88, colour: bool = False) -> str:
    """The report as text of at most `width` columns, with ANSI colours if `colour`."""
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
    )
    with console.capture() as captured:
        console.print(Group(*_parts(report)))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _parts(report: Report) -> Iterator[RenderableType]:
    title = report.assignment.title if report.assignment else "No assignment"
    yield Text(title, "bold")
    yield Text(one_line(report.submission.name), "dim")
    yield Text(_headline(report), "bold")
    for exercise in report.exercises:
        yield Text()
        yield from _exercise(exercise)
    if report.notices:
        yield Text()
        yield from (_note(notice) for notice in report.notices)


def _headline(report: Report) -> str:
    if report.status is Status.UNREADABLE:
        return "Not graded: the file could not be read."
    if report.score is None or report.score.earned is None:
        return "Not graded in full, for a reason that is not the student's."
    withheld = sum(exercise.withheld.points for exercise in report.exercises if exercise.withheld)
    later = f" {counted(withheld, 'more point')} depend on checks that are not shown." if withheld else ""
    return f"{report.score.earned} of {report.score.possible} points ({report.score.percent} %).{later}"


def _exercise(exercise: ExerciseResult) -> Iterator[RenderableType]:
    verdict = Text(_word(exercise.verdict), STYLES.get(exercise.verdict, "red"))
    yield _row(Text(f"{exercise.title}  ", "bold") + verdict, _points(exercise.earned, exercise.possible))
    if exercise.cell is not None:
        yield _indented(Text(f"cell {exercise.cell.index}, found by {FOUND_BY[exercise.cell.found_by]}", "dim"))
    if _one_reason(exercise):
        yield _indented(Text(visible(exercise.message)))
    else:
        for check in exercise.checks:
            yield _indented(Group(*_check(check)))
    if exercise.withheld:
        yield _indented(Text(f"{counted(exercise.withheld.checks, 'check')} not shown.", "dim"))
    yield from (_indented(_note(notice)) for notice in exercise.notices)
    if exercise.printed.strip():
        yield _indented(
            Group(Text("Your code printed:", "dim"), Padding(Text(visible(exercise.printed)), (0, 0, 0, 2)))
        )


def _one_reason(exercise: ExerciseResult) -> bool:
    """Nothing could be asked, so every check says the same: then once is enough."""
    says_more = any(check.hint or check.counterexample for check in exercise.checks)
    same = len({check.message for check in exercise.checks}) <= 1
    return same and not says_more and exercise.verdict is not Verdict.PASSED


def _check(check: CheckResult) -> Iterator[RenderableType]:
    verdict = Text(_word(check.verdict), STYLES.get(check.verdict, "red"))
    yield _row(verdict, Text(check.title), _points(check.earned, check.possible))
    if check.verdict in (Verdict.PASSED, Verdict.SKIPPED):
        return
    yield _indented(Text(visible(check.message)), VERDICT_WIDTH + 1)
    if check.counterexample is not None:
        yield _indented(_counterexample(check.counterexample), VERDICT_WIDTH + 1)
    if check.hint:
        yield _indented(Text(f"Hint: {check.hint}", "italic"), VERDICT_WIDTH + 1)


def _counterexample(example: Counterexample) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    grid.add_row("call", Text(one_line(example.call, most=400)))
    if example.got is not None:
        grid.add_row("returned", Text(one_line(example.got.text, most=400)))
    if example.expected is not None:
        grid.add_row("expected", Text(one_line(example.expected.text, most=400)))
    return grid


def _points(earned: int | None, possible: int) -> Text:
    return Text(f"{'-' if earned is None else earned} of {possible}", justify="right")


def _row(*cells: Text) -> RenderableType:
    """A line whose last cell stands at the right margin; the one before it takes what room is left, and wraps in it."""
    grid = Table.grid(expand=True, padding=(0, 1))
    for _ in cells[:-2]:
        grid.add_column(width=VERDICT_WIDTH)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right")
    grid.add_row(*cells)
    return grid


def _note(notice: str) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text("Note:", "cyan"), Text(visible(notice)))
    return grid


def _indented(inner: RenderableType, by: int = 2) -> Padding:
    return Padding(inner, (0, 0, 0, by))


def _word(verdict: Verdict) -> str:
    return {
        Verdict.PASSED: "passed",
        Verdict.PARTIAL: "partial",
        Verdict.FAILED: "FAILED",
        Verdict.RAISED: "RAISED",
        Verdict.MISSING: "MISSING",
        Verdict.TIMED_OUT: "TIMED OUT",
        Verdict.OVER_LIMIT: "OVER LIMIT",
        Verdict.SKIPPED: "skipped",
        Verdict.NOT_GRADED: "NOT GRADED",
    }[verdict]
