"""A class as one page of HTML: how it did, what it did not understand, who needs a look; links to every report.

Complete without script; a few lines sort the table where scripts run. What is shown is decided here, how in `pages/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from grader.messages import ENGLISH, Words
from grader.render import terms
from grader.render.drawing import histogram
from grader.render.page import draw
from grader.report.class_report import ClassReport, ExerciseRow, ExerciseStatistics, Statistics, StudentRow
from grader.report.report import Report, Verdict

TEMPLATE = "class.html.j2"
SCRIPT = "class.js"
#: correlations with all other exercises from which a word says more than the number
STRONG, SOME = 0.3, 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseView:
    """One exercise over the class, in words."""

    title: str
    share: str
    discrimination: str
    verdicts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeView:
    """A known mistake in words, and how many made it."""

    words: str
    exercise: str
    students: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """One exercise of one student: a class for its colour, its points, and a word unless it passed; `key` sorts."""

    name: str
    points: str
    word: str
    key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One student; without a percentage, a word says why."""

    student: str
    link: str
    percent: str
    key: int
    cells: tuple[CellView, ...]
    notes: tuple[str, ...]


def render(report: ClassReport, reports: Iterable[Report] = (), *, words: Words = ENGLISH) -> str:
    """The page for `report` in the language of `words`. The single reports are linked, not read."""
    del reports
    figures = report.statistics
    run = report.run
    version = words.say("class_version", id=report.assignment.id, version=report.assignment.version)
    graded = words.say(
        "class_run",
        graded=f"{run.graded:,}",
        known=f"{run.from_journal:,}",
        started=run.started,
        seconds=f"{run.seconds:.1f}",
    )
    return draw(
        TEMPLATE,
        words,
        script=SCRIPT,
        report=report,
        students=terms.students(figures, words),
        scores=_scores(figures, words),
        histogram=_histogram(figures, words),
        exercises=tuple(_exercise(each, words) for each in figures.exercises.values()),
        mistakes=_mistakes(report, words),
        titles=tuple(map(words.prose, report.exercises.values())),
        rows=tuple(_row(row, report, words) for row in report.students),
        run=words.joined([version, graded]),
    )


def _scores(figures: Statistics, words: Words) -> str:
    five = figures.quartiles
    if five is None or figures.mean is None:
        return ""
    return words.say(
        "class_five",
        first=f"{five.first:g}",
        median=f"{five.median:g}",
        third=f"{five.third:g}",
        mean=f"{figures.mean:g}",
    )


def _histogram(figures: Statistics, words: Words) -> str:
    names = [*(f"{tens}-{tens + 9}" for tens in range(0, 100, 10)), "100"]
    pairs = zip(names, figures.histogram, strict=True)
    counts = [words.say("class_tens", percent=name, students=f"{count:,}") for name, count in pairs if count]
    label = words.say("class_histogram", counts=words.listed(counts) or "0")
    return histogram(figures.histogram, names, label=label)


def _exercise(figures: ExerciseStatistics, words: Words) -> ExerciseView:
    return ExerciseView(
        title=words.prose(figures.title),
        share="-" if figures.difficulty is None else terms.percent(round(100 * figures.difficulty), words),
        discrimination=_discrimination(figures.discrimination, words),
        verdicts=terms.verdict_counts(figures.verdicts, words),
    )


def _discrimination(figure: float | None, words: Words) -> str:
    if figure is None:
        return "-"
    key = "class_strong" if figure >= STRONG else "class_some" if figure >= SOME else "class_weak"
    return words.say(key, figure=f"{figure:.2f}")


def _mistakes(report: ClassReport, words: Words) -> tuple[MistakeView, ...]:
    """The most frequent first, over all exercises."""
    found = [
        MistakeView(words=words.prose(report.mistake(name)), exercise=words.prose(each.title), students=count)
        for each in report.statistics.exercises.values()
        for name, count in each.misconceptions.items()
    ]
    return tuple(sorted(found, key=lambda each: -each.students))


def _row(row: StudentRow, report: ClassReport, words: Words) -> RowView:
    waits = row.lacks_marks(report.possible)
    percent = None if waits or row.score is None else row.score.percent
    nothing = terms.verdict(Verdict.TO_MARK, words) if waits else terms.status(row.status, words)
    return RowView(
        student=f"{row.name} ({row.student})" if row.name and row.name != row.student else row.student,
        link="" if row.report is None else quote(PurePosixPath(row.report).with_suffix(".html").as_posix()),
        percent=nothing if percent is None else terms.percent(percent, words),
        key=-1 if percent is None else percent,
        cells=tuple(_cells(row, report, words)),
        notes=tuple(map(words.text, row.notes)),
    )


def _cells(row: StudentRow, report: ClassReport, words: Words) -> Iterator[CellView]:
    for name in report.exercises:
        result = row.exercises.get(name)
        yield CellView(name="none", points="-", word="", key=-1) if result is None else _cell(result, words)


def _cell(result: ExerciseRow, words: Words) -> CellView:
    open_now = result.earned is None or result.verdict is Verdict.TO_MARK
    return CellView(
        name=result.verdict,
        points="-" if open_now else str(result.earned),
        word="" if result.verdict is Verdict.PASSED else terms.verdict(result.verdict, words),
        key=-1 if open_now or result.earned is None else result.earned,
    )
