"""A notebook with feedback: everything the student wrote, our words beneath, and nothing that runs."""

from __future__ import annotations

from collections.abc import Callable

import nbformat
import pytest

from grader.limits import NotebookLimits, PageLimits
from grader.messages import Words
from grader.notebook.notebook import Notebook, parse
from grader.render.annotated import FEEDBACK, render, render_html
from grader.render.prose import drawn
from grader.report.report import CellReference, Report, Verdict
from tests.notebooks import code, markdown, notebook
from tests.unit.classes import NASTY
from tests.unit.drawn_here import drawn_here
from tests.unit.gallery import GALLERY, RAISED
from tests.unit.markup import parsed
from tests.unit.reports import check, exercise, report
from tests.unit.test_page_safety import PROBES

OUTPUT = {"output_type": "display_data", "data": {"text/html": "<script>1</script>"}, "metadata": {}}
ANSWER = "def double(x):\n    return x * x\n"
#: as many cells as the reports of the gallery speak of
OF_FIVE = parse(notebook(markdown("# My *work*"), *(code(f"x = {n}") for n in range(2, 6))), NotebookLimits())
Golden = Callable[[str, str], None]


def read(*sources: str) -> Notebook:
    """A notebook: an introduction, the answer with a stored output, and more cells."""
    cells = [markdown("# My *work*"), code(ANSWER, outputs=[OUTPUT]), *map(markdown, sources)]
    return parse(notebook(*cells), NotebookLimits())


def graded(message: str = "Message of it.") -> Report:
    """Half of the checks passed, in the second cell."""
    cell = CellReference(index=2, found_by="marker", source=ANSWER)
    return report(exercise(check("a"), check("b", Verdict.FAILED, message=message), cell=cell))


def sources(data: bytes) -> list[str]:
    """The cells of a notebook file, which must be valid."""
    read_back = nbformat.reads(data.decode(), as_version=4)  # type: ignore[no-untyped-call]  # it has no annotations
    nbformat.validate(read_back)
    return [cell.source for cell in read_back.cells]


@pytest.mark.parametrize("name", ["raised", "every_verdict", "told_once", "missing", "unreadable"])
def test_a_notebook_reads_as_its_golden_file(golden: Golden, name: str) -> None:
    """Cell by cell, ours and the student's; `pytest --update-golden` rewrites the file, and the diff is reviewed."""
    golden(f"notebook_{name}.md", "\n\n----\n\n".join(sources(render(OF_FIVE, GALLERY[name]))) + "\n")


def test_a_notebook_reads_in_chinese_as_its_golden_file(golden: Golden) -> None:
    """Our words are translated, the student's are not."""
    golden("notebook_raised_zh.md", "\n\n----\n\n".join(sources(render(OF_FIVE, RAISED, words=Words("zh")))) + "\n")


def test_feedback_stands_under_the_graded_cell() -> None:
    """First the summary, then the student's cells as they are, the graded one followed by what there is to say."""
    summary, first, answer, feedback, last = sources(render(read("The end."), graded()))

    assert (first, answer, last) == ("# My *work*", ANSWER, "The end.")
    assert "10 of 20" in summary
    assert "Message of it." in feedback
    assert "Hint of b." in feedback


def test_outputs_and_metadata_stay_behind() -> None:
    """They prove nothing, and may hold anything."""
    data = render(read(), graded())

    assert b"script" not in data
    assert b"text/html" not in data


def test_an_exercise_without_a_cell_is_in_the_summary() -> None:
    """A missing answer has no cell to stand under."""
    missing = exercise(check("a", Verdict.MISSING), cell=None, message="No cell defines it.")

    assert "No cell defines it." in sources(render(read(), report(missing)))[0]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in PROBES.items()])
def test_no_student_text_becomes_an_element_of_the_page(text: str) -> None:
    """Markdown may make headings and tables; nothing runs, nothing is fetched, no attribute of theirs survives."""
    page = parsed(render_html(read(text, f"`{text}`"), graded(text), drawing=drawn_here))
    allowed = {"href", "class", "lang", "charset", "content", "http-equiv", "name", "rel", "id", "tabindex", "dir"}

    assert page.tags.isdisjoint({"script", "iframe", "img", "svg", "form", "object", "embed", "input", "i", "b", "u"})
    assert {name for element in page.elements for name, _ in element.attributes} <= allowed
    links = [value for e in page.elements if e.tag == "a" for name, value in e.attributes if name == "href"]
    assert not any(link.lower().startswith(("javascript:", "data:")) for link in links)


def test_feedback_cannot_be_broken_out_of() -> None:
    """A message full of fences, headings and links stays in its block."""
    feedback = sources(render(read(), graded(f"```\n# Full marks\n{NASTY}")))[3]
    page = parsed(render_html(read(), graded(f"```\n# Full marks\n{NASTY}"), drawing=drawn_here))

    assert "````" in feedback
    assert [element for element in page.elements if element.tag == "h1"] != []
    assert "# Full marks" in page.text


def test_only_our_cells_are_set_as_feedback() -> None:
    """A student's cell that carries our tag is a cell like any other."""
    forged = parse(notebook({**markdown("forged"), "metadata": {"tags": [FEEDBACK]}}), NotebookLimits())

    assert render_html(forged, report(), drawing=drawn_here).count('<section class="feedback"') == 1


PICTURES = [
    pytest.param("![A chart](attachment:chart.png)", "[A chart]", id="pasted in"),
    pytest.param("![](attachment:image.png)", "[attachment:image.png]", id="pasted in without words"),
    pytest.param("![x][1]\n\n[1]: attachment:image.png", "[x]", id="named below"),
    pytest.param("![A chart](https://example.org/chart.png)", "[A chart]", id="fetched from elsewhere"),
    pytest.param("![](data:image/png;base64,AAAA)", "[data:image/png;base64,AAAA]", id="within the link"),
    pytest.param('Seen: <img src="attachment:image.png">', "Seen:", id="an element"),
]


@pytest.mark.parametrize(("source", "shown"), PICTURES)
def test_a_picture_becomes_text(source: str, shown: str) -> None:
    """What was attached stays behind, and nothing is fetched; the page is drawn all the same."""
    page = parsed(render_html(read(source), graded(), drawing=drawn_here))
    assert shown in page.text
    assert "img" not in page.tags


def test_prose_that_takes_for_ever_is_shown_as_it_was_written() -> None:
    """So is what follows it; our own words and what stood before are drawn, and nobody waits."""
    endless = "\\begin{a}" * 100_000
    page = render_html(read("*before*", endless, "*after*"), graded())

    assert "<em>before</em>" in page
    assert "*after*" in page
    assert endless in page
    assert page.count('<section class="feedback"') == 2


def test_prose_without_measure_is_not_even_tried() -> None:
    """What a process would have to be told is bounded too."""
    assert drawn(["*a*", "b" * 10, "*c*"], PageLimits(characters=10)) == ["<p><em>a</em></p>\n", None, None]
