"""The report for a terminal or a log. Every verdict is a word, so nothing is lost without colour."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.render.telling import Telling, line_of, one_reason, reason_hint, told
from grader.render.text_figures import curve_lines, layer_table
from grader.render.translated import translated
from grader.render.visible import one_line, visible
from grader.report import CheckResult, Counterexample, ExerciseResult, Place, Report, Status, Verdict, Withheld
from grader.wording import ENGLISH, Words

STYLES = {
    Verdict.PASSED: "green",
    Verdict.PARTIAL: "yellow",
    Verdict.SKIPPED: "dim",
    Verdict.NOT_GRADED: "magenta",
}


def render(report: Report, *, words: Words = ENGLISH, width: int = 88, colour: bool = False) -> str:
    """The report as text of at most `width` columns in the language of `words`, with ANSI colours if `colour`."""
    return _printed(_Page(words).parts(translated(report, words)), width=width, colour=colour)


def render_exercise(exercise: ExerciseResult, *, words: Words = ENGLISH, width: int = 88) -> str:
    """One exercise as text of at most `width` columns; its texts are in the language of `words` already."""
    return _printed(_Page(words).exercise(exercise), width=width, colour=False)


def _printed(parts: Iterator[RenderableType], *, width: int, colour: bool) -> str:
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        force_jupyter=False,  # within a notebook, too, text is what was asked for
    )
    with console.capture() as captured:
        console.print(Group(*parts))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


class _Page:
    """The parts of one report, in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._say = words.say
        self._verdict_width = max(cell_len(self._word(verdict)) for verdict in Verdict)

    def parts(self, report: Report) -> Iterator[RenderableType]:
        title = report.assignment.title if report.assignment else self._say("no_assignment")
        yield Text(one_line(title), "bold")
        yield Text(one_line(report.submission.name), "dim")
        yield Text(self._headline(report), "bold")
        for exercise in report.exercises:
            yield Text()
            yield from self.exercise(exercise)
        if report.notices:
            yield Text()
            yield from (self._note(notice) for notice in report.notices)

    def _headline(self, report: Report) -> str:
        if report.status is Status.UNREADABLE:
            return self._say("unreadable")
        score = report.score
        if score is None or score.earned is None or score.percent is None:
            return self._say("not_graded_in_full")
        headline = self._say("score", earned=score.earned, possible=score.possible, percent=score.percent)
        later = sum(exercise.withheld.points for exercise in report.exercises if exercise.withheld)
        if not later:
            return headline
        more = self._say("point_later") if later == 1 else self._say("points_later", points=later)
        return self._words.joined([headline, more])

    def exercise(self, exercise: ExerciseResult) -> Iterator[RenderableType]:
        """One exercise: its verdict, then what each check has to say."""
        verdict = Text(self._word(exercise.verdict), STYLES.get(exercise.verdict, "red"))
        yield self._row(
            Text(f"{one_line(exercise.title)}  ", "bold") + verdict, self._points(exercise.earned, exercise.possible)
        )
        if exercise.cell is not None:
            found = "found_by_marker" if exercise.cell.found_by == "marker" else "found_by_name"
            yield _indented(Text(self._say(found, cell=exercise.cell.index), "dim"))
        yield from (_indented(part) for part in self._body(exercise))

    def _body(self, exercise: ExerciseResult) -> Iterator[RenderableType]:
        if one_reason(exercise):
            yield Text(visible(exercise.message))
            places = dict.fromkeys(check.raised_at for check in exercise.checks)
            yield from (_code(place, exercise) for place in places if place is not None)
            if hint := reason_hint(exercise):
                yield self._hint(hint)
        else:
            wrong = [check for check in exercise.checks if check.verdict not in (Verdict.PASSED, Verdict.SKIPPED)]
            tellings = {telling.check.id: telling for telling in told(wrong, self._words)}
            for check in exercise.checks:
                yield Group(*self._check(check, exercise, tellings.get(check.id)))
        if exercise.layers and exercise.verdict is not Verdict.PASSED:
            yield layer_table(exercise.layers, self._words)
        if exercise.curve is not None:
            yield from curve_lines(exercise.curve, self._words)
        if exercise.withheld:
            yield Text(self._not_shown(exercise.withheld), "dim")
        yield from map(self._note, exercise.notices)
        if exercise.printed.strip():
            yield Group(Text(self._say("printed"), "dim"), _indented(Text(visible(exercise.printed))))

    def _not_shown(self, withheld: Withheld) -> str:
        """How many checks are kept back; those that the deadline opens are named apart."""
        later, never = withheld.after_due, withheld.checks - withheld.after_due
        counted = self._words.counted
        return self._words.joined(
            [
                *([self._say("checks_after_due", checks=counted(later, "check"))] if later else []),
                *([self._say("checks_not_shown", checks=counted(never, "check"))] if never else []),
            ]
        )

    def _check(self, check: CheckResult, exercise: ExerciseResult, telling: Telling | None) -> Iterator[RenderableType]:
        verdict = Text(self._word(check.verdict), STYLES.get(check.verdict, "red"))
        yield self._row(verdict, Text(one_line(check.title)), self._points(check.earned, check.possible))
        if telling is not None:
            yield from (_indented(part, self._verdict_width + 1) for part in self._wrong(telling, exercise))

    def _wrong(self, telling: Telling, exercise: ExerciseResult) -> Iterator[RenderableType]:
        if telling.message:
            yield Text(visible(telling.message))
        if telling.example is not None:
            yield self._counterexample(telling.example)
        if telling.place is not None:
            yield _code(telling.place, exercise)
        if telling.hint:
            yield self._hint(telling.hint)
        if telling.again:
            yield Text(telling.again, "italic")

    def _hint(self, hint: str) -> RenderableType:
        return Text(self._say("hint", hint=visible(hint)), "italic")

    def _counterexample(self, example: Counterexample) -> RenderableType:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim")
        grid.add_column(overflow="fold")
        asked = self._say("name") if example.is_name else self._say("call")
        grid.add_row(asked, Text(one_line(example.call, most=800)))
        if example.got is not None:
            found = self._say("value") if example.is_name else self._say("got")
            grid.add_row(found, Text(one_line(example.got.text, most=400)))
        if example.expected is not None:
            grid.add_row(self._say("expected"), Text(one_line(example.expected.text, most=400)))
        return grid

    def _points(self, earned: int | None, possible: int) -> Text:
        known = "-" if earned is None else earned
        return Text(self._say("points", earned=known, possible=possible), justify="right")

    def _row(self, *cells: Text) -> RenderableType:
        """A line whose last cell stands at the right margin; the one before it takes what room is left, and wraps."""
        grid = Table.grid(expand=True, padding=(0, 1))
        for _ in cells[:-2]:
            grid.add_column(width=self._verdict_width)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_column(justify="right")
        grid.add_row(*cells)
        return grid

    def _note(self, notice: str) -> RenderableType:
        return _beside(Text(self._say("note"), "cyan"), Text(visible(notice)))

    def _word(self, verdict: Verdict) -> str:
        return self._say(f"verdict_{verdict.value}")


def _code(place: Place, exercise: ExerciseResult) -> RenderableType:
    """The line that raised, if it stands in the graded cell."""
    line = line_of(place, exercise)
    return Group() if line is None else _beside(Text(f"> {place.line} |", "red"), Text(line))


def _beside(label: Text, text: Text) -> RenderableType:
    """A label and a text that wraps beside it, also where it has no blanks, as Chinese."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column()
    grid.add_column(overflow="fold")
    grid.add_row(label, text)
    return grid


def _indented(inner: RenderableType, by: int = 2) -> Padding:
    return Padding(inner, (0, 0, 0, by))
