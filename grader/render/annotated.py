"""The student's notebook with feedback under each graded cell: as a notebook again, or as one page of HTML.

Of the student's file only the sources of its cells are taken over: outputs, attachments and metadata are left out. In
the page, their Markdown is drawn by `prose.py`, which cleans it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from grader.messages import ENGLISH, Words
from grader.messages.visible import one_line, visible
from grader.notebook.bundle import each_of
from grader.notebook.notebook import Cell, Notebook, to_bytes
from grader.render import terms
from grader.render.feedback import CheckFeedback, ExerciseFeedback, Feedback, feedback
from grader.render.markdown import block, table, text
from grader.render.page import draw
from grader.render.plain import lines, outcome
from grader.render.prose import Drawing, drawn
from grader.report.report import Report, Verdict

#: the tag of cells that are ours, in the notebook that the page is made of
FEEDBACK = "grader-feedback"
TEMPLATE = "notebook.html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellShown:
    """A cell as the page shows it: `html` where it is prose that could be drawn, else its text; whether it is ours."""

    text: Markup
    ours: bool
    html: Markup | None


def render(notebook: Notebook, report: Report, *, words: Words = ENGLISH) -> bytes:
    """The annotated notebook as an .ipynb file (UTF-8 JSON, format 4.5)."""
    return to_bytes(_annotated(notebook, report, words))


def render_alone(report: Report, *, words: Words = ENGLISH) -> bytes:
    """What there is to say, as a notebook without a cell of the student's."""
    told = feedback(report)
    having = [_feedback(_of_exercise(exercise, words)) for exercise in told.exercises if exercise.cell is not None]
    return to_bytes([_feedback(_summary(told, words)), *having])


def render_html(notebook: Notebook, report: Report, *, words: Words = ENGLISH, drawing: Drawing = drawn) -> str:
    """The annotated notebook as a page: complete, no script, nothing to fetch."""
    cells = list(_annotated(notebook, report, words))
    return draw(TEMPLATE, words, title=one_line(report.submission.name), cells=tuple(_views(cells, drawing)))


def _views(cells: Sequence[Cell], drawing: Drawing) -> Iterator[CellShown]:
    """Prose as it is drawn; our own first, so that no cell of theirs uses up what ours takes."""
    texts = [visible(cell.source, most=len(cell.source)) for cell in cells]
    prose = [number for number, cell in enumerate(cells) if cell.kind == "markdown"]
    prose.sort(key=lambda number: FEEDBACK not in cells[number].tags)
    made = dict(zip(prose, drawing([texts[number] for number in prose]), strict=True))
    for number, cell in enumerate(cells):
        yield CellShown(text=escape(texts[number]), ours=FEEDBACK in cell.tags, html=made.get(number))


def _annotated(notebook: Notebook, report: Report, words: Words) -> Iterator[Cell]:
    """The summary, then every cell as the student wrote it, each graded one followed by what there is to say of it; of
    several notebooks one after the other, below their names."""
    told = feedback(report)
    yield _feedback(_summary(told, words))
    for each in each_of(notebook):
        if each.name:
            yield _feedback([f"# {text(each.name)}"])
        here = [exercise for exercise in told.exercises if exercise.cell and exercise.cell.notebook == each.name]
        for cell in each.cells:
            yield Cell(index=cell.index, kind=cell.kind, source=cell.source)
            for exercise in here:
                if exercise.cell is not None and exercise.cell.index == cell.index:
                    yield _feedback(_of_exercise(exercise, words))


def _feedback(parts: Iterable[str]) -> Cell:
    return Cell(index=0, kind="markdown", source="".join(parts).strip(), tags=(FEEDBACK,))


def _summary(report: Feedback, words: Words) -> Iterator[str]:
    yield f"# {text(words.text(report.title))}\n\n"
    yield f"**{text(_score(report, words))}**\n\n"
    yield from (block([visible(words.text(notice))]) for notice in report.notices)
    rows = [[text(words.text(each.title)), *map(text, outcome(each, words))] for each in report.exercises]
    yield from table([words.say(key) for key in ("class_exercise", "page_result", "class_share_short")], rows)
    for exercise in report.exercises:
        if exercise.cell is None:
            yield from _of_exercise(exercise, words)


def _score(report: Feedback, words: Words) -> str:
    if report.score is None or report.score.earned is None:
        return words.text(report.result)
    return words.say("page_points", earned=report.score.earned, possible=report.score.possible)


def _of_exercise(exercise: ExerciseFeedback, words: Words) -> Iterator[str]:
    result = words.listed(outcome(exercise, words))
    yield f"## {text(words.say('plain_titled', title=words.text(exercise.title), text=result))}\n\n"
    if exercise.cell is None or exercise.verdict is Verdict.NOT_GRADED:
        yield block([visible(words.text(exercise.message))])
    elif exercise.reason:
        yield block(lines(exercise.reason, words))
    else:
        yield from _of_checks(exercise, words)


def _of_checks(exercise: ExerciseFeedback, words: Words) -> Iterator[str]:
    for check in exercise.to_mend:
        title, verdict = f"**{text(words.text(check.title))}**", text(terms.verdict(check.verdict, words))
        shown = lines(check.told, words) if check.told else ()
        yield f"{words.say('plain_in', title=title, where=verdict)}\n\n{block(shown)}"
    yield from _titles(exercise.skipped, words.say("page_not_tried"), words)
    right = words.say("page_right_already" if exercise.to_mend else "page_all_passed")
    yield from _titles(exercise.passed, right, words)
    if exercise.notices:
        yield block(visible(words.text(notice)) for notice in exercise.notices)


def _titles(checks: Iterable[CheckFeedback], heading: str, words: Words) -> Iterator[str]:
    titles = "; ".join(words.text(check.title) for check in checks)
    if titles:
        yield f"{text(words.say('plain_titled', title=heading, text=titles))}\n\n"
