"""The summary of a class for a terminal or a log. Words and numbers carry it, so nothing is lost without colour."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from grader.class_report import ClassReport, RowStatus, Statistics, Trouble
from grader.render.visible import in_cell, one_line
from grader.words import counted

#: more troubles than these stand in the files only
MOST_TROUBLES = 20
MOST_MISCONCEPTIONS = 10
BAR = 40

STATUSES = {
    RowStatus.GRADED: "graded",
    RowStatus.UNREADABLE: "unreadable",
    RowStatus.NOT_GRADED: "not graded",
    RowStatus.NEVER_SUBMITTED: "never submitted",
}


def render(report: ClassReport, *, width: int = 88, colour: bool = False) -> str:
    """The summary as text of at most `width` columns, with ANSI colours if `colour`."""
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


def _parts(report: ClassReport) -> Iterator[RenderableType]:
    yield Text(report.assignment.title, "bold")
    yield Text(_students(report.statistics))
    if report.students:
        yield from _section("Scores, in percent", _scores(report.statistics))
    if report.statistics.exercises:
        yield from _section("Exercises", _exercises(report.statistics))
    if any(exercise.misconceptions for exercise in report.statistics.exercises.values()):
        yield from _section("Known mistakes", _misconceptions(report.statistics))
    if report.run.slowest:
        yield from _section("Slowest", _slowest(report.run.slowest))
    if report.troubles:
        yield from _section("To look at", *_troubles(report.troubles))
    yield Text()
    yield Text(_run(report), "dim")


def _section(title: str, *parts: RenderableType) -> Iterator[RenderableType]:
    yield Text()
    yield Text(title, "bold")
    yield from (Padding(part, (0, 0, 0, 2)) for part in parts)


def _students(statistics: Statistics) -> str:
    counts = [f"{number} {STATUSES[status]}" for status, number in statistics.statuses.items() if number]
    return f"{counted(statistics.students, 'student')}: {', '.join(counts)}." if counts else "No students."


def _scores(statistics: Statistics) -> RenderableType:
    five = statistics.quartiles
    if five is None:
        return Text("Nobody was graded.")
    grid = _grid(_left(), _right(), _left())
    mean = "" if statistics.mean is None else f", mean {statistics.mean:g}"
    inner = f"first quartile {five.first:g}, median {five.median:g}, third quartile {five.third:g}"
    tallest = max(statistics.histogram, default=0)
    for tens, number in enumerate(statistics.histogram):
        label = "100" if tens == 10 else f"{10 * tens} to {10 * tens + 9}"
        grid.add_row(label, str(number), Text("#" * _length(number, tallest), "cyan"))
    return Group(Text(f"least {five.least:g}, {inner}, most {five.most:g}{mean}"), grid)


def _length(number: int, tallest: int) -> int:
    """The longest bar is full; one student is never an empty bar."""
    return max(1, BAR * number // max(tallest, BAR)) if number else 0


def _exercises(statistics: Statistics) -> RenderableType:
    grid = _grid(_left(), _right("mean share"), _right("discrimination"), _left("verdicts"), heads=True)
    for exercise in statistics.exercises.values():
        verdicts = ", ".join(f"{number} {verdict.replace('_', ' ')}" for verdict, number in exercise.verdicts.items())
        grid.add_row(
            Text(exercise.title),
            "-" if exercise.difficulty is None else f"{exercise.difficulty:.2f}",
            "-" if exercise.discrimination is None else f"{exercise.discrimination:.2f}",
            verdicts or "-",
        )
    return grid


def _misconceptions(statistics: Statistics) -> RenderableType:
    made = [
        (number, name, exercise.title)
        for exercise in statistics.exercises.values()
        for name, number in exercise.misconceptions.items()
    ]
    made.sort(key=lambda one: -one[0])
    grid = _grid(_right(), _left(), _left())
    for number, name, title in made[:MOST_MISCONCEPTIONS]:
        grid.add_row(counted(number, "student"), Text(one_line(name)), Text(title, "dim"))
    return grid


def _slowest(slowest: dict[str, float]) -> RenderableType:
    grid = _grid(_right(), _left())
    for student, seconds in slowest.items():
        grid.add_row(f"{seconds:.1f} s", Text(in_cell(student)))
    return grid


def _troubles(troubles: tuple[Trouble, ...]) -> Iterator[RenderableType]:
    for trouble in troubles[:MOST_TROUBLES]:
        yield Text(in_cell(trouble.what), "yellow")
        yield Padding(Text(f"{one_line(trouble.happened, most=600)} {one_line(trouble.to_do, most=600)}"), (0, 0, 0, 2))
    if len(troubles) > MOST_TROUBLES:
        yield Text(f"and {len(troubles) - MOST_TROUBLES} more; all of them stand in class.json.")


def _run(report: ClassReport) -> str:
    run = report.run
    return f"{run.graded} graded now, {run.from_journal} known from before, {run.seconds:.1f} s."


def _grid(*columns: Column, heads: bool = False) -> Table:
    return Table(*columns, box=None, show_header=heads, header_style="dim", padding=(0, 2, 0, 0), pad_edge=False)


def _left(head: str = "") -> Column:
    return Column(head, overflow="fold")


def _right(head: str = "") -> Column:
    return Column(head, justify="right", overflow="fold")
