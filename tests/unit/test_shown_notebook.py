"""A notebook as a page of a site shows it to staff; of several each below its name."""

from __future__ import annotations

from markupsafe import Markup

from grader.service.web.staff.notebook import shown
from tests.notebooks import code, markdown, notebook
from tests.unit.handed_in import zipped


def test_of_several_notebooks_each_has_its_own_cells_and_lines_that_raised() -> None:
    """Cells are counted in each from 1."""
    files = {"a.ipynb": notebook(code("x = 1"), markdown("a")), "b.ipynb": notebook(code("1 / 0"))}
    cells = shown(zipped(files), raised={("b", 1): frozenset({1})}, drawing=lambda texts: [Markup("")] * len(texts))

    assert isinstance(cells, tuple)
    assert [(cell.notebook, cell.index) for cell in cells] == [("a", 1), ("", 2), ("b", 1)]
    assert [any(line.raised for line in cell.listing.lines) for cell in cells if cell.listing] == [False, True]


def test_one_alone_has_no_name_above_it() -> None:
    """There is nothing to tell apart."""
    cells = shown(notebook(code("x = 1")))

    assert isinstance(cells, tuple)
    assert [cell.notebook for cell in cells] == [""]
