"""The card of a practice run: one exercise as in a report, for a notebook or a terminal, and plainly not a grade."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from grader.messages import ENGLISH, Message, Words
from grader.messages.visible import one_line, visible
from grader.render.feedback import of_exercise
from grader.render.html import FIGURES
from grader.render.page import draw, stylesheet_within
from grader.render.text import render_exercise
from grader.report.report import ExerciseResult

TEMPLATE = "practice.html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeView:
    """What is on the card; without a `result`, nothing could be tried. Nobody but the student sees it."""

    assignment: str
    title: str
    result: ExerciseResult | None
    notes: tuple[Message, ...] = ()


def render(view: PracticeView, *, words: Words = ENGLISH, width: int = 88) -> str:
    """The card as text of at most `width` columns."""
    head = f"{words.joined(map(words.say, ('practice_title', 'practice_about')))}\n"
    notes = "".join(f"{words.joined([words.say('note'), visible(words.text(note))])}\n" for note in view.notes)
    if view.result is None:
        return f"{head}\n{one_line(words.prose(view.title))}\n{notes}"
    return f"{head}\n{render_exercise(of_exercise(view.result), words=words, width=width)}{notes}"


def render_html(view: PracticeView, *, words: Words = ENGLISH) -> str:
    """The card as a piece of HTML for a notebook's output: no script, nothing to fetch, its style kept to itself."""
    return draw(
        TEMPLATE,
        words,
        assignment=words.prose(view.assignment),
        title=words.prose(view.title),
        exercise=None if view.result is None else of_exercise(view.result),
        notes=list(view.notes),
        scoped=Markup(_scoped()),  # noqa: S704  # ours alone
        figures=FIGURES,
    )


def _scoped() -> str:
    """The style of all pages, for the card and nothing else in the notebook around it.

    Nested rules are as specific as those by which Jupyter styles all outputs, and come later, so these hold.
    """
    undone = "& table { table-layout: auto; margin-inline: 0; font-size: 1em; }\n& tr { background: none; }"
    return stylesheet_within(".grader-practice", more=undone, last="& { margin: 0; padding: .4rem .8rem; }")
