"""Submissions worth reading together: for a terminal, as JSON, for spreadsheets, as a page with both texts in view.

What is alike was decided before. The words accuse nobody, and say by which rule a pair is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from markupsafe import Markup
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from grader.messages import ENGLISH, Words
from grader.messages.visible import in_cell, one_line
from grader.render import terms
from grader.render.gradebook import table
from grader.render.json_report import written
from grader.render.listing import listing
from grader.render.page import draw, draw_piece
from grader.render.printed import printed, section
from grader.report.likeness import AlikePair, BesideEachOther, Likeness, MarkedText

TEMPLATE: Final = "likeness.html.j2"
PIECE: Final = "likeness_piece.html.j2"
#: pairs that a terminal names, and that a page lays side by side, up to so many characters of their answers
MOST_NAMED: Final = 30
MOST_BESIDE: Final = 100
MOST_CHARACTERS: Final = 400_000

#: the answers of the pair with this number
Beside: TypeAlias = Callable[[int], Sequence[BesideEachOther]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line of an answer; `passage` is the number of the one it belongs to, `begins` where that has to be said."""

    number: int
    code: Markup
    passage: int | None
    begins: bool
    gap: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """An answer as lines; those from `gap` to `last` are not shown."""

    who: str
    lines: tuple[LineView, ...]
    gap: int | None
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersView:
    """The answers of a pair to one exercise, beside each other; `share` in words, if there is one."""

    title: str
    share: str
    one: TextView
    other: TextView


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """A pair in words; `answers` are empty where the page has no more room."""

    number: int
    one: str
    other: str
    share: str
    exercises: str
    same_file: bool
    answers: tuple[AnswersView, ...] = ()


def as_json(found: Likeness) -> str:
    """As indented JSON."""
    return written(found)


def as_csv(found: Likeness) -> str:
    """A line for each pair, with the share in each exercise at the end; always English."""
    heads = ["student", "other", "share", "same_file", *(f"share_{name}" for name in found.exercises)]
    return table([heads, *(_line(each, found) for each in found.pairs)])


def _line(pair: AlikePair, found: Likeness) -> list[str]:
    shares = (pair.exercises.get(name) for name in found.exercises)
    same = "yes" if pair.same_file else ""
    return [*pair.students, f"{pair.share:g}", same, *("" if each is None else f"{each:g}" for each in shares)]


def as_text(found: Likeness, *, words: Words = ENGLISH, width: int = 88) -> str:
    """As text of at most `width` columns."""
    return printed(_parts(found, words), width=width)


def _parts(found: Likeness, words: Words) -> Iterator[RenderableType]:
    if found.assignment is not None:
        yield Text(one_line(words.say("likeness_title", title=words.prose(found.assignment.title))), "bold")
    for each in about(found, words):
        yield Text(each)
    if not found.rule.handed_out:
        yield Text(words.say("likeness_name_course"))
    if found.clusters:
        yield from section(words.say("likeness_clusters"), *(Text(in_cell(each, most=600)) for each in clusters(found)))
    if found.pairs:
        yield from section(words.say("likeness_pairs"), *_named(found, words))


def _named(found: Likeness, words: Words) -> Iterator[RenderableType]:
    for number, pair in enumerate(found.pairs[:MOST_NAMED]):
        each = _pair(number, pair, found, words)
        same = f"  {words.say('likeness_same_file')}" if each.same_file else ""
        yield Text(in_cell(f"{each.share:>6}  {each.one}, {each.other}{same}"))
        yield Padding(Text(in_cell(each.exercises, most=600), "dim"), (0, 0, 0, 8))
    if len(found.pairs) > MOST_NAMED:
        yield Text(words.say("differences_more", more=f"{len(found.pairs) - MOST_NAMED:,}"))


def as_page(found: Likeness, beside: Beside, *, words: Words = ENGLISH) -> str:
    """As a page."""
    title = "" if found.assignment is None else words.prose(found.assignment.title)
    return draw(TEMPLATE, words, title=title, **shown(found, beside, words))


def as_piece(found: Likeness, beside: Beside, *, words: Words = ENGLISH) -> Markup:
    """The same, to stand below the title of a page that has our style (`stylesheet_within`)."""
    return draw_piece(PIECE, words, **shown(found, beside, words))


def shown(found: Likeness, beside: Beside, words: Words) -> dict[str, Any]:
    """What a page shows, in words."""
    pairs = tuple(_laid_out(found, beside, words))
    return {
        "about": tuple(about(found, words)),
        "clusters": tuple(clusters(found)),
        "pairs": pairs,
        "left": sum(not each.answers for each in pairs),
    }


def about(found: Likeness, words: Words) -> Iterator[str]:
    """Why this is no finding about anybody, by which rule pairs are listed, and what was left out; a paragraph each."""
    rule = found.rule
    yield words.say("likeness_why")
    if rule.pairs:
        yield words.say(
            "likeness_compared",
            compared=f"{rule.compared:,}",
            submissions=f"{rule.submissions:,}",
            pairs=f"{rule.pairs:,}",
            median=_percent(rule.median, words),
            high=_percent(rule.high, words),
        )
        yield _rule(found, words)
    else:
        yield words.say("likeness_nothing", submissions=f"{rule.submissions:,}")
    yield words.say("likeness_left_out" if rule.handed_out else "likeness_left_out_unknown")
    if found.too_short:
        titles = words.listed(_title(each, found, words) for each in found.too_short)
        yield words.say("likeness_too_short", exercises=titles)
    if found.unread:
        told = (f"{each.student} ({_title(each.exercise, found, words)})" for each in found.unread[:MOST_NAMED])
        more = len(found.unread) - MOST_NAMED
        yield words.say("likeness_unread", answers=", ".join(told) + (f" +{more:,}" if more > 0 else ""))


def _rule(found: Likeness, words: Words) -> str:
    rule = found.rule
    if rule.least is None:
        return words.say("likeness_no_rule")
    key = "likeness_rule_small" if rule.fixed else "likeness_rule"
    said = words.say(key, least=_percent(rule.least, words))
    return said if found.pairs else words.joined([said, words.say("likeness_none")])


def clusters(found: Likeness) -> Iterator[str]:
    """Each as the names of those in it."""
    return (", ".join(_who(student, found) for student in each) for each in found.clusters)


def _who(student: str, found: Likeness) -> str:
    name = found.names.get(student)
    return f"{name} ({student})" if name else student


def _title(exercise: str, found: Likeness, words: Words) -> str:
    return one_line(words.prose(found.exercises.get(exercise, exercise)))


def _percent(share: float, words: Words) -> str:
    return terms.percent(round(100 * share), words)


def _pair(number: int, pair: AlikePair, found: Likeness, words: Words) -> PairView:
    one, other = (_who(student, found) for student in pair.students)
    by_exercise = (
        f"{_title(name, found, words)} {_percent(share, words)}"
        for name, share in sorted(pair.exercises.items(), key=lambda each: -each[1])
    )
    return PairView(
        number=number + 1,
        one=one,
        other=other,
        share=_percent(pair.share, words),
        exercises=words.listed(by_exercise),
        same_file=pair.same_file,
    )


def _laid_out(found: Likeness, beside: Beside, words: Words) -> Iterator[PairView]:
    """Every pair, the first ones with their answers as far as the page has room."""
    room = MOST_CHARACTERS
    for number, pair in enumerate(found.pairs):
        view = _pair(number, pair, found, words)
        if number < MOST_BESIDE and room > 0:
            answers = beside(number)
            room -= sum(len(each.one.source) + len(each.other.source) for each in answers)
            yield replace(view, answers=tuple(_answers(each, view, pair, found, words) for each in answers))
        else:
            yield view


def _answers(both: BesideEachOther, view: PairView, pair: AlikePair, found: Likeness, words: Words) -> AnswersView:
    share = pair.exercises.get(both.exercise)
    return AnswersView(
        title=_title(both.exercise, found, words),
        share=words.say("likeness_nothing_rare") if share is None else _percent(share, words),
        one=_text(both.one, view.one),
        other=_text(both.other, view.other),
    )


def _text(text: MarkedText, who: str) -> TextView:
    drawn = listing(text.source, frozenset(text.passages))
    lines: list[LineView] = []
    before: int | None = None
    for each in drawn.lines:
        passage = text.passages.get(each.number)
        begins = passage is not None and passage != before
        lines.append(LineView(number=each.number, code=each.code, passage=passage, begins=begins, gap=each.gap))
        before = passage if passage is not None or each.code.strip() else before
    return TextView(who=who, lines=tuple(lines), gap=drawn.gap, last=drawn.last)
