"""The card of a practice run: one exercise as in a report, for a notebook or a terminal, and plainly not a grade."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from grader.render.html import exercise_view
from grader.render.page import draw, stylesheet
from grader.render.text import render_exercise
from grader.render.translated import translated_exercise
from grader.render.visible import one_line, visible
from grader.report import ExerciseResult
from grader.wording import ENGLISH, Words

TEMPLATE = "practice.html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeView:
    """What is on the card; without a `result`, nothing could be tried. Nobody but the student sees it."""

    assignment: str
    title: str
    result: ExerciseResult | None
    notes: tuple[str, ...] = ()


def render(view: PracticeView, *, words: Words = ENGLISH, width: int = 88) -> str:
    """The card as text of at most `width` columns."""
    head = f"{words.joined(map(words.say, ('practice_title', 'practice_about')))}\n"
    notes = "".join(f"{words.joined([words.say('note'), visible(words.text(note))])}\n" for note in view.notes)
    if view.result is None:
        return f"{head}\n{one_line(words.text(view.title))}\n{notes}"
    return f"{head}\n{render_exercise(translated_exercise(view.result, words), words=words, width=width)}{notes}"


def render_html(view: PracticeView, *, words: Words = ENGLISH) -> str:
    """The card as a piece of HTML for a notebook's output: no script, nothing to fetch, its style kept to itself."""
    result = None if view.result is None else exercise_view(translated_exercise(view.result, words), words)
    return draw(
        TEMPLATE,
        words,
        assignment=words.text(view.assignment),
        title=words.text(view.title),
        exercise=result,
        notes=[words.text(note) for note in view.notes],
        scoped=Markup(_scoped(stylesheet())),  # noqa: S704  # ours alone
    )


def _scoped(style: str) -> str:
    """The style of all pages, for the card and nothing else in the notebook around it.

    Nested rules are as specific as those by which Jupyter styles all outputs, and come later, so these hold.
    """
    inner = style.replace(":root {", "& {").replace("\nbody {", "\n& {").replace("@page { margin: 16mm; }", "")
    undone = "& table { table-layout: auto; margin-inline: 0; font-size: 1em; }\n& tr { background: none; }"
    return f".grader-practice {{\n{undone}\n{inner}\n& {{ margin: 0; padding: .4rem .8rem; }}\n}}"
