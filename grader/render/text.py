"""The report for a terminal or a log. Every verdict is a word, so nothing is lost without colour."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.messages import ENGLISH, Message, Words
from grader.messages.visible import one_line, visible
from grader.render import terms
from grader.render.feedback import CheckFeedback, ExerciseFeedback, Feedback, Finding, feedback
from grader.render.printed import printed
from grader.render.text_figures import curve_line, layer_table
from grader.report.report import Counterexample, Report, Status, Verdict

STYLES = {
    Verdict.PASSED: "green",
    Verdict.PARTIAL: "yellow",
    Verdict.SKIPPED: "dim",
    Verdict.NOT_GRADED: "magenta",
    Verdict.TO_MARK: "cyan",
}


def render(report: Report, *, words: Words = ENGLISH, width: int = 88, colour: bool = False) -> str:
    """The report as text of at most `width` columns in the language of `words`, with ANSI colours if `colour`."""
    return printed(_Page(words).parts(feedback(report)), width=width, colour=colour)


def render_exercise(exercise: ExerciseFeedback, *, words: Words = ENGLISH, width: int = 88) -> str:
    """One exercise as text of at most `width` columns in the language of `words`."""
    return printed(_Page(words).exercise(exercise), width=width, colour=False)


class _Page:
    """The parts of one report, in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._say = words.say
        self._verdict_width = max(cell_len(self._word(verdict)) for verdict in Verdict)

    def parts(self, report: Feedback) -> Iterator[RenderableType]:
        yield Text(one_line(self._words.text(report.title)), "bold")
        yield Text(one_line(report.name), "dim")
        yield Text(self._headline(report), "bold")
        for exercise in report.exercises:
            yield Text()
            yield from self.exercise(exercise)
        if report.notices:
            yield Text()
            yield from (self._note(notice) for notice in report.notices)

    def _headline(self, report: Feedback) -> str:
        if report.status is not Status.GRADED:
            return self._say("unreadable" if report.status is Status.UNREADABLE else "not_graded_in_full")
        headline = self._words.text(report.result)
        if not report.later:
            return headline
        more = self._say("point_later") if report.later == 1 else self._say("points_later", points=report.later)
        return self._words.joined([headline, more])

    def exercise(self, exercise: ExerciseFeedback) -> Iterator[RenderableType]:
        """One exercise: its verdict, then what each check has to say."""
        verdict = Text(self._word(exercise.verdict), STYLES.get(exercise.verdict, "red"))
        yield self._row(
            Text(f"{one_line(self._words.text(exercise.title))}  ", "bold") + verdict,
            self._points_of(exercise),
        )
        if exercise.cell is not None:
            found = "found_by_marker" if exercise.cell.found_by == "marker" else "found_by_name"
            yield _indented(Text(self._say(found, cell=exercise.cell.index), "dim"))
        yield from (_indented(part) for part in self._body(exercise))

    def _body(self, exercise: ExerciseFeedback) -> Iterator[RenderableType]:
        if exercise.reason:
            yield from self._finding(exercise.reason)
        else:
            yield from (Group(*self._check(check)) for check in exercise.checks)
        if exercise.layers and exercise.verdict is not Verdict.PASSED:
            yield layer_table(exercise.layers, self._words)
        if exercise.curve is not None:
            yield curve_line(exercise.curve, self._words)
        if kept_back := self._words.joined(self._not_shown(exercise)):
            yield Text(kept_back, "dim")
        yield from map(self._note, exercise.notices)
        if exercise.printed:
            yield Group(Text(self._say("printed"), "dim"), _indented(Text(visible(exercise.printed))))

    def _not_shown(self, exercise: ExerciseFeedback) -> Iterator[str]:
        """How many checks are kept back; those that the deadline opens are named apart."""
        counted = self._words.counted
        if exercise.not_yet:
            yield self._say("checks_after_due", checks=counted(exercise.not_yet, "check"))
        if exercise.never:
            yield self._say("checks_not_shown", checks=counted(exercise.never, "check"))

    def _check(self, check: CheckFeedback) -> Iterator[RenderableType]:
        verdict = Text(self._word(check.verdict), STYLES.get(check.verdict, "red"))
        title = Text(one_line(self._words.text(check.title)))
        yield self._row(verdict, title, self._points(check.earned, check.possible))
        if check.told is not None:
            yield from (_indented(part, self._verdict_width + 1) for part in self._finding(check.told))

    def _finding(self, finding: Finding) -> Iterator[RenderableType]:
        text = self._words.text
        if finding.message:
            yield Text(visible(text(finding.message)))
        if finding.example:
            yield self._counterexample(finding.example)
        yield from (_beside(Text(f"> {line.number} |", "red"), Text(line.text)) for line in finding.lines)
        if finding.hint:
            yield Text(self._say("hint", hint=visible(text(finding.hint))), "italic")
        if finding.again:
            yield Text(text(finding.again), "italic")

    def _counterexample(self, example: Counterexample) -> RenderableType:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim")
        grid.add_column(overflow="fold")
        asked = self._say("name") if example.is_name else self._say("call")
        grid.add_row(asked, Text(one_line(example.call, most=800)))
        if example.got is not None:
            found = self._say("value") if example.is_name else self._say("got")
            grid.add_row(found, Text(one_line(terms.value(example.got, self._words), most=400)))
        if example.expected is not None:
            grid.add_row(self._say("expected"), Text(one_line(terms.value(example.expected, self._words), most=400)))
        return grid

    def _points_of(self, exercise: ExerciseFeedback) -> Text:
        if exercise.to_mark:
            return Text(self._say("points", earned="-", possible=exercise.to_mark), justify="right")
        return self._points(exercise.earned, exercise.possible)

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

    def _note(self, notice: Message) -> RenderableType:
        return _beside(Text(self._say("note"), "cyan"), Text(visible(self._words.text(notice))))

    def _word(self, verdict: Verdict) -> str:
        return self._say(f"verdict_{verdict.value}")


def _beside(label: Text, text: Text) -> RenderableType:
    """A label and a text that wraps beside it, also where it has no blanks, as Chinese."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column()
    grid.add_column(overflow="fold")
    grid.add_row(label, text)
    return grid


def _indented(inner: RenderableType, by: int = 2) -> Padding:
    return Padding(inner, (0, 0, 0, by))
