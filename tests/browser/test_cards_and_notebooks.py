"""The practice card and the notebook with feedback in a browser: as safe, and as plain to everyone, as a report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.limits import NotebookLimits
from grader.messages import Words, prose
from grader.notebook.notebook import parse
from grader.render import annotated
from grader.render.practice import PracticeView, render_html
from grader.report.report import Report
from tests.browser.visits import WIDTHS, Open, barriers
from tests.notebooks import code, markdown, notebook
from tests.unit.drawn_here import drawn_here
from tests.unit.gallery import GALLERY, RAISED, SOURCE
from tests.unit.test_page_safety import PROBES, written

#: what notebooks put around an output, as far as it matters: their own styles for what stands in it
AROUND = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A notebook</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>
:root { color-scheme: light dark; } body { margin: 0; font: 14px sans-serif; }
.output table { table-layout: fixed; margin: 1em auto; font-size: 12px; border: none; }
.output td, .output th { text-align: right; padding: .5em; white-space: normal; }
.output h2 { font-size: 30px; margin: 1em 0 0; } .output p { margin: 0 0 1em; }
</style></head><body><main class="output"><h1>A notebook</h1>
%s
</main></body></html>
"""
PROSE = """\
# My work

See the [formula](#formula), which has $z_j$ in it, and `np.exp(z)`.

## A table

| layer | units | activation | what it is for, in some more words than fit | parameters |
|---|---|---|---|---|
| 1 | 25 | ReLU | a_very_long_name_without_any_space_in_it_at_all_of_a_layer | 10,025 |

- one
- two

> As it was said.
"""
LONG_CODE = (
    "costs = [sum((a - b) ** 2 for a, b in zip(left, right)) for left, right in zip(all_of_the_left_ones, rights)]"
)
#: elements that neither a card nor a notebook's page has
FOREIGN = {"script", "img", "iframe", "form", "i", "b", "u"}
CELLS = (markdown(PROSE), *(code(each) for each in (LONG_CODE, "x = 1", SOURCE, "def one(:\n    return 1", SOURCE)))


def card(report: Report, words: Words | None = None) -> str:
    """The cards of all exercises of a report, as outputs of one notebook."""
    views = [
        PracticeView(assignment="Handwritten digits", title=each.title, result=each, notes=(prose("Looked at later."),))
        for each in report.exercises
    ]
    empty = PracticeView(
        assignment="Handwritten digits", title="A quiz", result=None, notes=(prose("Nothing to try."),)
    )
    return AROUND % "\n".join(render_html(view, words=words or Words()) for view in (*views, empty))


def page(report: Report, words: Words | None = None) -> str:
    """The report as feedback in a notebook."""
    handed_in = parse(notebook(*CELLS), NotebookLimits())
    return annotated.render_html(handed_in, report, words=words or Words(), drawing=drawn_here)


Draw = Callable[..., str]
DRAWN = pytest.mark.parametrize("draw", [card, page])
REPORTS = pytest.mark.parametrize("shown", [pytest.param(shown, id=name) for name, shown in GALLERY.items()])


@DRAWN
@REPORTS
def test_it_asks_for_nothing_scrolls_nowhere_and_has_no_barrier(
    visit_html: Open, axe: str, draw: Draw, shown: Report
) -> None:
    """No request leaves, and the browser has nothing to complain about. From the width of a phone up, what is too wide
    scrolls inside its own frame; on a phone, where tables begin to scroll, axe finds nothing in either theme."""
    seen = visit_html(draw(shown), width=360)

    assert (seen.requests.count(seen.page.url), seen.elsewhere(), seen.complaints) == (1, [], [])
    assert seen.needs() == {width: width for width in WIDTHS}
    assert barriers(seen, axe) == []


@DRAWN
def test_what_a_student_writes_runs_nowhere(visit_html: Open, draw: Draw) -> None:
    """No script, nothing fetched, and no element that could do either, by the browser's own parser."""
    found = {}
    for name, text in PROBES.items():
        seen = visit_html(draw(written(text, source=text)))
        names = set(seen.page.evaluate("[...document.querySelectorAll('*')].map(e => e.localName)"))
        given = seen.page.evaluate("[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames())")
        handlers = [each for each in given if each.startswith("on")]
        found[name] = (names & FOREIGN, handlers, seen.complaints, seen.elsewhere())

    assert {name: wrong for name, wrong in found.items() if any(wrong)} == {}


@DRAWN
def test_it_reads_well_in_chinese(visit_html: Open, axe: str, draw: Draw) -> None:
    """The same frame, on a phone too."""
    seen = visit_html(draw(RAISED, Words("zh")), width=360)

    assert barriers(seen, axe) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_card_keeps_its_own_looks_and_leaves_the_notebook_its_own(visit_html: Open) -> None:
    """Styles of the notebook for all outputs do not reach into the card, nor the card's out of it."""
    page = visit_html(card(RAISED) + "<div class='output'><table><tr><td id='theirs'>1</td></tr></table></div>").page
    align = "e => getComputedStyle(e).textAlign"

    assert page.locator(".grader-practice td").first.evaluate(align) == "start"
    assert page.locator("#theirs").evaluate(align) == "right"
