"""The table of a push, and what a student reads as comment. What is sent was decided before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.console import RenderableType
from rich.table import Column as Head
from rich.table import Table
from rich.text import Text

from grader.classes.platform_api.gradebook import ColumnThere
from grader.classes.pushing.lines import Fate, Line
from grader.messages import Words
from grader.messages.visible import one_line, visible
from grader.render.gradebook import comment_of
from grader.render.printed import printed
from grader.render.terms import points
from grader.report.report import Report

_MOST = 4_000
_WORDS = {
    Fate.SENT: "push_fate_sent",
    Fate.COMMENTED: "push_fate_commented",
    Fate.OVERWRITTEN: "push_fate_overwritten",
    Fate.SAME: "push_fate_same",
    Fate.KEPT: "push_fate_kept",
    Fate.EXCUSED: "push_fate_excused",
    Fate.NO_GRADE: "push_fate_no_grade",
    Fate.NOT_THERE: "push_fate_not_there",
    Fate.SEVERAL: "push_fate_several",
    Fate.SHARED: "push_fate_shared",
}


def drawn(lines: Sequence[Line], column: ColumnThere, possible: int, words: Words, *, width: int) -> str:
    """Who has what there, what is ours, and what becomes of it, as text of at most `width` columns."""
    return printed(_parts(lines, column, possible, words), width=width)


def _parts(lines: Sequence[Line], column: ColumnThere, possible: int, words: Words) -> Iterator[RenderableType]:
    yield Text(column.title, "bold")
    yield Text(_scale(column, possible, words))
    yield from (Text(words.text(each)) for each in column.notes)
    yield Text()
    if not lines:
        yield Text(words.say("push_nobody"))
        return
    heads = [Head(words.say("push_head_student")), Head(words.say("push_head_person"))]
    heads += [Head(words.say(key), justify="right") for key in ("push_head_there", "push_head_ours")]
    shown = Table(*heads, Head(""), box=None, header_style="dim", padding=(0, 2, 0, 0), pad_edge=False)
    for line in lines:
        person = "-" if line.person is None else one_line(line.person.name or line.person.id, most=40)
        cells = (one_line(line.student, most=40), person, figure(line.there), figure(line.ours))
        shown.add_row(*map(Text, cells), Text(words.say(_WORDS[line.fate])))
    yield shown
    yield Text()
    counts = Counter(line.fate for line in lines)
    yield Text(words.listed(f"{words.say(_WORDS[fate])}: {counts[fate]}" for fate in Fate if counts[fate]))


def _scale(column: ColumnThere, possible: int, words: Words) -> str:
    if column.maximum is None:
        return words.say("push_no_maximum", possible=possible)
    if column.maximum == possible:
        return words.say("push_same_maximum", possible=possible)
    return words.say("push_scaled", possible=possible, maximum=figure(column.maximum))


def figure(number: Decimal | None) -> str:
    """A grade with no more digits than it has; a hyphen for none."""
    return "-" if number is None else f"{number.normalize():f}"


def comment(seen: Report, words: Words) -> str:
    """What a student may see of each exercise, in a line each, with what a person said of it."""
    told = []
    for one in seen.exercises:
        if not one.possible:  # all of it is withheld, or waits for a person
            continue
        figures = points(one.earned, one.possible, words)
        said = comment_of(one.mark, words)
        figures += f" ({said})" if said else ""
        told.append(words.say("plain_titled", title=words.prose(one.title), text=figures))
    return visible("\n".join(told), most=_MOST)
