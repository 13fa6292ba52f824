"""A notebook with feedback: everything the student wrote, our words beneath, and nothing that runs."""

from __future__ import annotations

import nbformat
import pytest

from grader.limits import NotebookLimits
from grader.notebook import Notebook, parse
from grader.render.annotated import FEEDBACK, render, render_html
from grader.report import CellReference, Place, Report, Status, Verdict
from grader.wording import Words
from tests.notebooks import code, markdown, notebook
from tests.unit.classes import NASTY
from tests.unit.markup import parsed
from tests.unit.reports import check, exercise, report
from tests.unit.test_page_safety import PROBES

OUTPUT = {"output_type": "display_data", "data": {"text/html": "<script>1</script>"}, "metadata": {}}
ANSWER = "def double(x):\n    return x * x\n"


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


def test_a_report_without_score_says_so() -> None:
    """Not graded is no zero."""
    assert "could not be read" in sources(render(read(), report(status=Status.UNREADABLE, score=None)))[0]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in PROBES.items()])
def test_no_student_text_becomes_an_element_of_the_page(text: str) -> None:
    """Markdown may make headings and tables; nothing runs, nothing is fetched, no attribute of theirs survives."""
    page = parsed(render_html(read(text, f"`{text}`"), graded(text)))
    allowed = {"href", "class", "lang", "charset", "content", "http-equiv", "name", "rel", "id", "tabindex", "dir"}

    assert page.tags.isdisjoint({"script", "iframe", "img", "svg", "form", "object", "embed", "input", "i", "b", "u"})
    assert {name for element in page.elements for name, _ in element.attributes} <= allowed
    links = [value for e in page.elements if e.tag == "a" for name, value in e.attributes if name == "href"]
    assert not any(link.lower().startswith(("javascript:", "data:")) for link in links)


def test_feedback_cannot_be_broken_out_of() -> None:
    """A message full of fences, headings and links stays in its block."""
    feedback = sources(render(read(), graded(f"```\n# Full marks\n{NASTY}")))[3]
    page = parsed(render_html(read(), graded(f"```\n# Full marks\n{NASTY}")))

    assert "````" in feedback
    assert [element for element in page.elements if element.tag == "h1"] != []
    assert "# Full marks" in page.text


def test_only_our_cells_are_set_as_feedback() -> None:
    """A student's cell that carries our tag is a cell like any other."""
    forged = parse(notebook({**markdown("forged"), "metadata": {"tags": [FEEDBACK]}}), NotebookLimits())

    assert render_html(forged, report()).count('<section class="feedback"') == 1


def test_the_page_speaks_chinese() -> None:
    """Our words are translated, the student's are not."""
    page = render_html(read(), graded(), words=Words("zh"))

    assert "已经正确的部分" in page
    assert "return x * x" in page


def test_the_line_that_raised_is_shown_under_the_cell() -> None:
    """With the sentence that names it; what every check would say is said once."""
    place, cell = Place(cell=2, line=2), CellReference(index=2, found_by="marker", source=ANSWER)
    alike = [check(n, Verdict.RAISED, message="No.", hint="Look.", raised_at=place) for n in ("a", "b")]
    *_, feedback, _ = sources(render(read("The end."), report(exercise(*alike, cell=cell, message="No."))))

    assert feedback.splitlines()[-4:] == ["No.", "> 2 | return x * x", "Hint: Look.", "```"]


def test_a_hint_is_given_once_under_a_cell() -> None:
    """In the reader's language, as all that stands around it."""
    failed = [check(n, Verdict.FAILED, hint="Divide.") for n in ("a", "b")]
    graded_twice = report(exercise(*failed, cell=CellReference(index=2, found_by="marker", source=ANSWER)))
    *_, feedback, _ = sources(render(read("The end."), graded_twice, words=Words("zh")))

    assert (feedback.count("Divide."), feedback.count("上面的提示在这里也有用。")) == (1, 1)
