"""What judging a class again would change: for a terminal, as a page, as JSON. What it is was decided before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from grader.messages import ENGLISH, Words
from grader.messages.visible import in_cell, one_line
from grader.render import terms
from grader.render.drawing import histogram
from grader.render.json_report import written
from grader.render.page import draw
from grader.render.printed import printed, section
from grader.report.differences import (
    CheckDifference,
    Differences,
    Direction,
    Distribution,
    ExerciseDifference,
    Points,
    WorkDifference,
)
from grader.report.report import Score

TEMPLATE: Final = "differences.html.j2"
#: more works than these stand in the page and the JSON alone
MOST: Final = 30
_WORDS: Final = {
    Direction.GAINS: "differences_gains",
    Direction.LOSES: "differences_loses",
    Direction.SAME: "differences_same",
    Direction.GRADED: "differences_graded",
    Direction.NOT_GRADED: "differences_not_graded",
}
_COLOURS: Final = {
    Direction.GAINS: "green",
    Direction.GRADED: "green",
    Direction.LOSES: "red",
    Direction.NOT_GRADED: "red",
}


def as_json(found: Differences) -> str:
    """As indented JSON, messages with their English beside them."""
    return written(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """One submission, in words: both scores as links, and what moved."""

    who: str
    direction: str
    word: str
    before: str
    now: str
    link_before: str
    link_now: str
    again: str
    exercises: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseCompared:
    """One exercise over the class, in words."""

    title: str
    gains: int
    loses: int
    same: int
    before: str
    now: str


def works_of(found: Differences, words: Words) -> tuple[WorkView, ...]:
    """Every submission that differs, in words; links are as the works have them."""
    return tuple(_view(work, words) for work in found.works)


def exercises_of(found: Differences, words: Words) -> tuple[ExerciseCompared, ...]:
    """Every exercise, in words."""
    return tuple(
        ExerciseCompared(
            title=words.prose(each.title),
            gains=each.gains,
            loses=each.loses,
            same=each.same,
            before=_percent(each.mean_before, words),
            now=_percent(each.mean_now, words),
        )
        for each in found.exercises
    )


def as_page(found: Differences, *, words: Words = ENGLISH, home: str = "") -> str:
    """As a page; `home` leads from where it will lie to the class folder, and ends with a slash."""
    return draw(
        TEMPLATE,
        words,
        found=found,
        title=words.prose(found.assignment.title),
        summary=summary(found, words),
        works=works_of(found, words),
        exercises=exercises_of(found, words),
        spreads=spreads(found, words),
        left=tuple((each.who, words.text(each.reason)) for each in found.left),
        marks=tuple(marks(found, words)),
        wrong=tuple(map(words.text, found.marks_wrong)),
        home=home,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A distribution in words, and as a drawing."""

    name: str
    told: str
    drawn: str


def spreads(found: Differences, words: Words) -> tuple[Spread, Spread]:
    """How the scores are spread before, and how they would be."""
    return (
        _spread(found.before, words.say("differences_before"), words),
        _spread(found.now, words.say("differences_now"), words),
    )


def _spread(spread: Distribution, name: str, words: Words) -> Spread:
    names = [*(f"{tens}-{tens + 9}" for tens in range(0, 100, 10)), "100"]
    pairs = zip(names, spread.histogram, strict=True)
    counts = [words.say("class_tens", percent=each, students=f"{count:,}") for each, count in pairs if count]
    label = words.say("class_histogram", counts=words.listed(counts) or "0")
    return Spread(name=name, told=_five(spread, words), drawn=histogram(spread.histogram, names, label=label))


def _five(spread: Distribution, words: Words) -> str:
    five = spread.quartiles
    if five is None or spread.mean is None:
        return words.say("summary_nobody")
    return words.say(
        "class_five",
        first=f"{five.first:g}",
        median=f"{five.median:g}",
        third=f"{five.third:g}",
        mean=f"{spread.mean:g}",
    )


def summary(found: Differences, words: Words) -> str:
    """How many go where, in a sentence."""
    counts = {each: len(found.of(each)) for each in Direction}
    same = counts[Direction.SAME]
    said = [
        words.say(
            "differences_summary",
            gain=counts[Direction.GAINS] + counts[Direction.GRADED],
            lose=counts[Direction.LOSES] + counts[Direction.NOT_GRADED],
            same=found.unchanged + same,
        )
    ]
    if same:
        said.append(words.say("differences_reworded", reports=words.counted(same, "report")))
    if again := sum(work.asked_again for work in found.works):
        said.append(words.say("differences_asked_again", reports=words.counted(again, "report")))
    if found.left:
        said.append(words.say("differences_left", reports=words.counted(len(found.left), "report")))
    return words.joined(said)


def marks(found: Differences, words: Words) -> Iterator[str]:
    """Where a person's mark stands on an exercise that comes out otherwise for the machine, a sentence each."""
    for work in found.works:
        for each in work.exercises:
            if each.mark is not None:
                yield words.say(
                    "differences_mark",
                    who=in_cell(work.who),
                    exercise=words.prose(each.title),
                    mark=each.mark,
                    before=_points(each.before, words),
                    now=_points(each.now, words),
                )
            for check in each.checks:
                if check.mark is not None:
                    yield words.say(
                        "differences_mark_gone" if check.now is None else "differences_mark_check",
                        who=in_cell(work.who),
                        exercise=words.prose(each.title),
                        check=words.prose(check.title),
                        mark=check.mark,
                        before=_points(check.before, words),
                        **({} if check.now is None else {"now": _points(check.now, words)}),
                    )


def _view(work: WorkDifference, words: Words) -> WorkView:
    return WorkView(
        who=f"{work.name} ({work.who})" if work.name and work.name != work.who else work.who,
        direction=work.direction.value,
        word=words.say(_WORDS[work.direction]),
        before=_score(work.before, words),
        now=_score(work.now, words),
        link_before=_link(work.report_before),
        link_now=_link(work.report_now, drawn=False),
        again=words.say("differences_code_ran") if work.asked_again else "",
        exercises=tuple(_exercise(each, words) for each in work.exercises),
    )


def _link(path: str, *, drawn: bool = True) -> str:
    """To the page that is drawn of a report, or to the report itself; an address stays as it is."""
    if path.startswith("/"):
        return path
    return quote((PurePosixPath(path).with_suffix(".html") if drawn else PurePosixPath(path)).as_posix())


def _exercise(found: ExerciseDifference, words: Words) -> str:
    checks = words.listed(_check(each, words) for each in found.checks)
    key = "differences_exercise" if checks else "differences_exercise_alone"
    before, now = _points(found.before, words), _points(found.now, words)
    return words.say(key, title=words.prose(found.title), before=before, now=now, checks=checks)


def _check(found: CheckDifference, words: Words) -> str:
    before, now = _verdict(found.before, words), _verdict(found.now, words)
    return words.say("differences_check", title=words.prose(found.title), before=before, now=now)


def _verdict(points: Points | None, words: Words) -> str:
    if points is None:
        return words.say("differences_none")
    return words.say("differences_verdict", verdict=terms.verdict(points.verdict, words), points=_points(points, words))


def _points(points: Points | None, words: Words) -> str:
    if points is None:
        return words.say("differences_none")
    earned = "-" if points.earned is None else str(points.earned)
    return f"{earned}/{points.possible}"


def _score(score: Score | None, words: Words) -> str:
    if score is None or score.earned is None:
        return words.say("differences_none")
    return f"{score.earned}/{score.possible}"


def _percent(share: float | None, words: Words) -> str:
    return "-" if share is None else words.say("differences_percent", percent=f"{100 * share:.1f}")


def as_text(found: Differences, *, words: Words = ENGLISH, width: int = 88, colour: bool = False) -> str:
    """As text of at most `width` columns, with ANSI colours if `colour`."""
    return printed(_parts(found, words), width=width, colour=colour)


def _parts(found: Differences, words: Words) -> Iterator[RenderableType]:
    yield Text(one_line(words.prose(found.assignment.title)), "bold")
    yield Text(summary(found, words))
    if found.works:
        yield from section(words.say("class_exercises"), _exercise_table(exercises_of(found, words), words))
        yield from section(words.say("class_scores"), _spread_table(spreads(found, words)))
        yield from section(words.say("differences_works"), *_work_tables(found, words))
    said = [*marks(found, words)]
    if said:
        yield from section(words.say("differences_marks"), *map(Text, map(one_line, said)))
    if found.marks_wrong:
        wrong = map(words.text, found.marks_wrong)
        yield from section(words.say("differences_marks_wrong"), *(Text(one_line(each, most=600)) for each in wrong))
    if found.left:
        told = (f"{in_cell(each.who)}: {one_line(words.text(each.reason), most=600)}" for each in found.left)
        yield from section(words.say("differences_left_title"), *map(Text, told))


def _exercise_table(exercises: Sequence[ExerciseCompared], words: Words) -> Table:
    keys = ("differences_gain", "differences_lose", "differences_stay", "differences_before", "differences_now")
    table = _table("", *map(words.say, keys))
    for each in exercises:
        figures = (str(each.gains), str(each.loses), str(each.same), each.before, each.now)
        table.add_row(Text(one_line(each.title)), *figures)
    return table


def _spread_table(both: Sequence[Spread]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for each in both:
        table.add_row(each.name, each.told)
    return table


def _work_tables(found: Differences, words: Words) -> Iterator[RenderableType]:
    """Each with its two reports below it, by where they lie."""
    for work, view in list(zip(found.works, works_of(found, words), strict=True))[:MOST]:
        head = f"{in_cell(view.who)}  {view.before} -> {view.now}  {view.word}"
        yield Text(head, _COLOURS.get(work.direction, ""))
        for each in view.exercises:
            yield Padding(Text(one_line(each, most=600)), (0, 0, 0, 2))
        yield Padding(Text(f"{in_cell(work.report_before)} -> {in_cell(work.report_now)}", "dim"), (0, 0, 0, 2))
    if len(found.works) > MOST:
        yield Text(words.say("differences_more", more=f"{len(found.works) - MOST:,}"))


def _table(first: str, *others: str) -> Table:
    columns = (Column(first, overflow="fold"), *(Column(head, justify="right", overflow="fold") for head in others))
    return Table(*columns, box=None, header_style="dim", padding=(0, 2, 0, 0), pad_edge=False)
