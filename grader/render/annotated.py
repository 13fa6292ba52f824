"""The student's notebook with feedback under each graded cell: as a notebook again, or as one page of HTML.

Of the student's file only the sources of its cells are taken over: outputs, attachments and metadata are left out. In
the page, their Markdown is cleaned of every element that could run or fetch something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.notebook import Cell, Notebook, to_bytes
from grader.render import terms
from grader.render.markdown import block, table, text
from grader.render.page import LANGUAGE_TAGS, PAGES, policy, stylesheet
from grader.render.plain import said
from grader.render.telling import Telling, line_of, one_reason, reason_hint, told
from grader.render.translated import translated
from grader.render.visible import one_line, visible
from grader.report import ExerciseResult, Place, Report, Verdict
from grader.wording import ENGLISH, Words

#: the tag of cells that are ours, in the notebook that the page is made of
FEEDBACK = "grader-feedback"
#: what nbconvert puts behind every heading
ANCHOR = re.compile(r'<a class="anchor-link" href="[^"<>]*">[^<]*</a>')
#: elements that Markdown makes of text
ALLOWED = frozenset(
    (
        *("a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"),
        *("pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    )
)


def render(notebook: Notebook, report: Report, *, words: Words = ENGLISH) -> bytes:
    """The annotated notebook as an .ipynb file (UTF-8 JSON, format 4.5)."""
    return to_bytes(_annotated(notebook, translated(report, words), words))


def render_html(notebook: Notebook, report: Report, *, words: Words = ENGLISH) -> str:
    """The annotated notebook as a page: complete, no script, nothing to fetch."""
    import nbformat  # both are heavy, and only this page needs them
    from nbconvert.exporters import TemplateExporter

    shown = (
        replace(cell, source=visible(cell.source, most=len(cell.source)))
        for cell in _annotated(notebook, translated(report, words), words)
    )
    exporter = TemplateExporter(raw_template=(PAGES / "notebook.html.j2").read_text("utf-8"))  # type: ignore[no-untyped-call]  # as it comes
    exporter.register_filter("clean", _clean)  # type: ignore[no-untyped-call]  # as it comes
    style = stylesheet()
    page, _ = exporter.from_notebook_node(
        nbformat.reads(to_bytes(shown).decode(), as_version=4),  # type: ignore[no-untyped-call]  # as it comes
        resources={
            "grader": {
                "feedback": FEEDBACK,
                "language": LANGUAGE_TAGS[words.language],
                "policy": policy(style),
                "skip": words.say("page_skip"),
                "style": style,
                "title": one_line(report.submission.name),
            }
        },
    )
    return f"{page.strip()}\n"


def _clean(html: str) -> str:
    """What a student's Markdown made, without every element and attribute that could run, fetch or hide something."""
    import bleach  # type: ignore[import-untyped]  # it has no annotations

    attributes = {"a": ["href", "title"], "th": ["scope"]}
    return str(bleach.clean(ANCHOR.sub("", html), tags=ALLOWED, attributes=attributes, strip=True))


def _annotated(notebook: Notebook, report: Report, words: Words) -> Iterator[Cell]:
    """The summary, then every cell as the student wrote it, each graded one followed by what there is to say of it."""
    yield _feedback(_summary(report, words))
    for cell in notebook.cells:
        yield Cell(index=cell.index, kind=cell.kind, source=cell.source)
        for exercise in report.exercises:
            if exercise.cell is not None and exercise.cell.index == cell.index:
                yield _feedback(_of_exercise(exercise, words))


def _feedback(parts: Iterable[str]) -> Cell:
    return Cell(index=0, kind="markdown", source="".join(parts).strip(), tags=(FEEDBACK,))


def _summary(report: Report, words: Words) -> Iterator[str]:
    yield f"# {text(report.assignment.title if report.assignment else words.say('no_assignment'))}\n\n"
    if report.score is None or report.score.earned is None:
        key = "page_unreadable" if report.score is None else "page_not_graded"
        yield f"**{text(words.say(key))}**\n\n"
    else:
        yield f"**{text(words.say('page_points', earned=report.score.earned, possible=report.score.possible))}**\n\n"
    yield from (block([visible(notice)]) for notice in report.notices)
    rows = [[text(each.title), *map(text, _result(each, words))] for each in report.exercises]
    yield from table([words.say(key) for key in ("class_exercise", "page_result", "class_share_short")], rows)
    for exercise in report.exercises:
        if exercise.cell is None:
            yield from _of_exercise(exercise, words)


def _of_exercise(exercise: ExerciseResult, words: Words) -> Iterator[str]:
    result = words.listed(_result(exercise, words))
    yield f"## {text(words.say('plain_titled', title=exercise.title, text=result))}\n\n"
    wrong = [check for check in exercise.checks if check.verdict not in (Verdict.PASSED, Verdict.SKIPPED)]
    if not exercise.checks or exercise.cell is None or exercise.verdict is Verdict.NOT_GRADED:
        yield block([visible(exercise.message)])
        return
    if one_reason(exercise):
        yield block(_reason(exercise, words))
        return
    for telling in told(wrong, words):
        title, verdict = f"**{text(telling.check.title)}**", text(terms.verdict(telling.check.verdict, words))
        yield f"{words.say('plain_in', title=title, where=verdict)}\n\n{block(_lines(telling, exercise, words))}"
    yield from _titles(exercise, Verdict.SKIPPED, words.say("page_not_tried"), words)
    yield from _titles(exercise, Verdict.PASSED, words.say("page_right_already" if wrong else "page_all_passed"), words)
    if exercise.notices:
        yield block(visible(notice) for notice in exercise.notices)


def _reason(exercise: ExerciseResult, words: Words) -> Iterator[str]:
    """What every check would say, the lines it is about, and what helps."""
    yield visible(exercise.message)
    for place in dict.fromkeys(check.raised_at for check in exercise.checks):
        yield from _code(place, exercise)
    if hint := reason_hint(exercise):
        yield words.say("hint", hint=visible(hint))


def _lines(telling: Telling, exercise: ExerciseResult, words: Words) -> Iterator[str]:
    """One check; the line that raised follows the sentence that names it."""
    fresh = {"message": telling.message, "counterexample": telling.example, "hint": telling.hint}
    message, *rest = said(telling.check.model_copy(update=fresh), words)
    yield from (line for line in (message, *_code(telling.place, exercise), *rest, telling.again) if line)


def _code(place: Place | None, exercise: ExerciseResult) -> Iterator[str]:
    if place is not None and (line := line_of(place, exercise)):
        yield f"> {place.line} | {line}"


def _titles(exercise: ExerciseResult, verdict: Verdict, heading: str, words: Words) -> Iterator[str]:
    titles = [check.title for check in exercise.checks if check.verdict is verdict]
    if titles:
        yield f"{text(words.say('plain_titled', title=heading, text='; '.join(titles)))}\n\n"


def _result(exercise: ExerciseResult, words: Words) -> tuple[str, str]:
    return terms.verdict(exercise.verdict, words), terms.points(exercise.earned, exercise.possible, words)
