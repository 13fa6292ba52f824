"""The cells about practice in the released notebook: where they stand, and that the grader takes no notice of them."""

from __future__ import annotations

import nbformat
import pytest

from grader.authoring.notebooks import NewCell, made
from grader.authoring.practice_cells import with_practice
from grader.course.assignment import Assignment
from grader.limits import NotebookLimits
from grader.notebook.notebook import parse
from grader.notebook.submission import Plan, extract
from tests.notebooks import CellNode, code, markdown, notebook
from tests.unit.test_practice import HALVES, QUIZ, SPREAD

ASSIGNMENT = Assignment(id="small", title="Small", version="1", exercises=(HALVES, SPREAD, QUIZ))
TITLE, END = markdown("# Small"), markdown("The end.")
ANSWER = code("def halves(z):\n    return z / 2")
BOTH = code("def halves(z):\n    return z / 2\n\ndef spread(z):\n    return z.max(), z.min()")
OPENING = ["**Practice.**", "try:"]


def released(*cells: CellNode) -> list[str]:
    """The first line of every cell; of a long one of ours, its first word."""
    data = with_practice(notebook(*cells), ASSIGNMENT)
    read = nbformat.reads(data.decode(), as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]  # nbformat has no types
    nbformat.validate(read)
    first = [cell.source.partition("\n")[0] for cell in read.cells]
    return [line.partition(" ")[0] if line.startswith("**Practice") else line for line in first]


@pytest.mark.parametrize(
    ("cells", "becomes"),
    [
        pytest.param(
            [TITLE, ANSWER, END],
            ["# Small", *OPENING, "def halves(z):", "check(halves)", "The end."],
            id="below the graded cell",
        ),
        pytest.param([ANSWER], [*OPENING, "def halves(z):", "check(halves)"], id="without an introduction"),
        pytest.param(
            [TITLE, BOTH],
            ["# Small", *OPENING, "def halves(z):", "check(halves)", "check(spread)"],
            id="a cell each, since a notebook shows only the last value of one",
        ),
        pytest.param([TITLE, code("print(1)")], ["# Small", "print(1)"], id="nothing to practise"),
        pytest.param(
            [TITLE, code("from grader import check"), ANSWER],
            ["# Small", "from grader import check", "def halves(z):"],
            id="the author has placed practice",
        ),
        pytest.param(
            [TITLE, code("def check(z):\n    return z"), ANSWER],
            ["# Small", "def check(z):", "def halves(z):"],
            id="the name means something else here",
        ),
    ],
)
def test_a_released_notebook_offers_practice(cells: list[CellNode], becomes: list[str]) -> None:
    """What it is after the introduction, then a line below each graded cell."""
    assert released(*cells) == becomes


@pytest.mark.parametrize("minor", [4, 5], ids=["cells have no names", "cells have names"])
def test_a_released_notebook_is_valid_in_the_format_of_its_starter(minor: int) -> None:
    """From 4.5 on each cell has a name of its own; before, a name makes a notebook invalid."""
    starters = {4: notebook(ANSWER), 5: made([NewCell(kind="code", source="def halves(z):\n    return z / 2")])}
    data = with_practice(starters[minor], ASSIGNMENT)
    read = nbformat.reads(data.decode(), as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]  # as above
    nbformat.validate(read)

    assert (len(read.cells), read.nbformat_minor) == (4, minor)


def test_the_first_cells_run_where_the_folder_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    """Then each line of practice says what to do, and nothing is raised."""
    read = parse(with_practice(notebook(TITLE, ANSWER), ASSIGNMENT), NotebookLimits())
    source = next(cell.source for cell in read.cells if cell.source.startswith("try:"))
    exec(
        f"{source.replace('from grader', 'from grader_that_is_not_there')}\ncheck(1)\ncheck('x', 2)", {}
    )  # our own cell

    assert capsys.readouterr().out.count("put the folder `grader` and grader_practice.json beside this notebook") == 2


def test_no_line_of_practice_runs_when_a_notebook_is_graded() -> None:
    """What is run for an exercise is what it was without these cells."""
    data = notebook(TITLE, BOTH, code("def after(z):\n    return halves(z)"))
    plain, offered = (_run_for(each) for each in (data, with_practice(data, ASSIGNMENT)))

    assert offered == plain


def _run_for(data: bytes) -> list[str]:
    answers = extract(parse(data, NotebookLimits()), ASSIGNMENT).answers
    return [each.source for plan in answers if isinstance(plan, Plan) for each in (*plan.statements, *plan.own)]
