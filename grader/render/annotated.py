"""The student's notebook with feedback under each graded cell: as a notebook again, or as one page of HTML.

Of the student's file only the sources of its cells are taken over: outputs, attachments and metadata are left out. In
the page, their Markdown is cleaned of every element that could run or fetch something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.notebook import Cell, Notebook, to_bytes
from grader.render.markdown import block, table, text
from grader.render.page import LANGUAGE_TAGS, PAGES, policy, stylesheet
from grader.render.plain import said
from grader.render.translated import translated
from grader.render.visible import one_line, visible
from grader.report import CheckResult, ExerciseResult, Report, Verdict
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
    rows = [[text(each.title), _verdict(each.verdict, words), _points(each, words)] for each in report.exercises]
    yield from table([words.say("class_exercise"), words.say("class_verdicts"), words.say("class_share_short")], rows)
    for exercise in report.exercises:
        if exercise.cell is None:
            yield from _of_exercise(exercise, words)


def _of_exercise(exercise: ExerciseResult, words: Words) -> Iterator[str]:
    yield f"### {text(exercise.title)}: {_verdict(exercise.verdict, words)}, {_points(exercise, words)}\n\n"
    wrong = [check for check in exercise.checks if check.verdict not in (Verdict.PASSED, Verdict.SKIPPED)]
    if not exercise.checks or exercise.cell is None:
        yield block([visible(exercise.message)])
        return
    for check in wrong:
        yield f"**{text(check.title)}** ({_verdict(check.verdict, words)})\n\n{block(said(check))}"
    if passed := [check for check in exercise.checks if check.verdict is Verdict.PASSED]:
        yield f"{text(words.say('page_right_already' if wrong else 'page_all_passed'))}: {_titles(passed)}\n\n"
    if exercise.notices:
        yield block(visible(notice) for notice in exercise.notices)


def _titles(checks: Iterable[CheckResult]) -> str:
    return "; ".join(text(check.title) for check in checks)


def _points(exercise: ExerciseResult, words: Words) -> str:
    earned = "-" if exercise.earned is None else exercise.earned
    return text(words.say("points", earned=earned, possible=exercise.possible))


def _verdict(verdict: Verdict, words: Words) -> str:
    return text(words.say("page_not_graded_verdict" if verdict is Verdict.NOT_GRADED else f"page_{verdict}"))
