"""The summary of a class for a terminal or a log. Words and numbers carry it, so nothing is lost without colour."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from grader.messages import ENGLISH, Words
from grader.messages.visible import in_cell, one_line
from grader.render import terms
from grader.render.printed import printed, section
from grader.report.class_report import ClassReport, ClassRun, Statistics, Trouble

#: more troubles than these stand in the files only
MOST_TROUBLES = 20
MOST_MISCONCEPTIONS = 10
BAR = 40


def render(report: ClassReport, *, words: Words = ENGLISH, width: int = 88, colour: bool = False) -> str:
    """The summary as text of at most `width` columns in the language of `words`, with ANSI colours if `colour`."""
    return printed(_parts(report, words), width=width, colour=colour)


def _parts(report: ClassReport, words: Words) -> Iterator[RenderableType]:
    figures = report.statistics
    yield Text(one_line(words.prose(report.assignment.title)), "bold")
    yield Text(terms.students(figures, words))
    if report.students:
        yield from section(words.say("summary_scores"), _scores(figures, words))
    if figures.exercises:
        yield from section(words.say("class_exercises"), _exercises(figures, words))
    if any(exercise.misconceptions for exercise in figures.exercises.values()):
        yield from section(words.say("class_mistakes"), _misconceptions(report, words))
    if report.run.slowest:
        yield from section(words.say("summary_slowest"), _slowest(report.run.slowest, words))
    if report.troubles:
        yield from section(words.say("class_troubles"), *_troubles(report.troubles, words))
    yield Text()
    yield Text(_run(report.run, words), "dim")


def _scores(figures: Statistics, words: Words) -> RenderableType:
    six = terms.six_numbers(figures, words)
    if not six:
        return Text(words.say("summary_nobody"))
    grid = _grid(_left(), _right(), _left())
    tallest = max(figures.histogram, default=0)
    for tens, number in enumerate(figures.histogram):
        label = "100" if tens == 10 else words.say("summary_tens", low=10 * tens, high=10 * tens + 9)
        grid.add_row(label, f"{number:,}", Text("#" * _length(number, tallest), "cyan"))
    return Group(Text(six), grid)


def _length(number: int, tallest: int) -> int:
    """The longest bar is full; one student is never an empty bar."""
    return max(1, BAR * number // max(tallest, BAR)) if number else 0


def _exercises(figures: Statistics, words: Words) -> RenderableType:
    heads = map(words.say, ("summary_share", "summary_discrimination"))
    grid = _grid(_left(), *map(_right, heads), _left(words.say("summary_verdicts")), heads=True)
    for exercise in figures.exercises.values():
        grid.add_row(
            Text(one_line(words.prose(exercise.title))),
            "-" if exercise.difficulty is None else f"{exercise.difficulty:.2f}",
            "-" if exercise.discrimination is None else f"{exercise.discrimination:.2f}",
            terms.verdict_counts(exercise.verdicts, words),
        )
    return grid


def _misconceptions(report: ClassReport, words: Words) -> RenderableType:
    made = [
        (number, words.prose(report.mistake(name)), words.prose(exercise.title))
        for exercise in report.statistics.exercises.values()
        for name, number in exercise.misconceptions.items()
    ]
    made.sort(key=lambda one: -one[0])
    grid = _grid(_right(), _left(), _left())
    for number, mistake, title in made[:MOST_MISCONCEPTIONS]:
        grid.add_row(
            words.counted(number, "student"),
            Text(one_line(words.prose(mistake))),
            Text(one_line(words.prose(title)), "dim"),
        )
    return grid


def _slowest(slowest: dict[str, float], words: Words) -> RenderableType:
    grid = _grid(_right(), _left())
    for student, seconds in slowest.items():
        grid.add_row(words.say("summary_seconds", seconds=f"{seconds:.1f}"), Text(in_cell(student)))
    return grid


def _troubles(troubles: tuple[Trouble, ...], words: Words) -> Iterator[RenderableType]:
    for trouble in troubles[:MOST_TROUBLES]:
        yield Text(in_cell(trouble.what), "yellow")
        said = (one_line(words.text(trouble.happened), most=600), one_line(words.text(trouble.to_do), most=600))
        yield Padding(Text(words.joined(said)), (0, 0, 0, 2))
    if len(troubles) > MOST_TROUBLES:
        yield Text(words.say("summary_more", more=f"{len(troubles) - MOST_TROUBLES:,}"))


def _run(run: ClassRun, words: Words) -> str:
    graded, known = f"{run.graded:,}", f"{run.from_journal:,}"
    return words.say("summary_run", graded=graded, known=known, seconds=f"{run.seconds:.1f}")


def _grid(*columns: Column, heads: bool = False) -> Table:
    return Table(*columns, box=None, show_header=heads, header_style="dim", padding=(0, 2, 0, 0), pad_edge=False)


def _left(head: str = "") -> Column:
    return Column(head, overflow="fold")


def _right(head: str = "") -> Column:
    return Column(head, justify="right", overflow="fold")
