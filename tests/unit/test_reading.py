"""Reading what was handed in, bounded by the kernel: what comes back, and what comes of a reader that is ended."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import Any

import pytest

from grader.errors import TooCostly, UnreadableSubmission
from grader.limits import NotebookLimits
from grader.notebook.costly import with_costly
from grader.notebook.notebook import parse
from grader.notebook.reading import by_cells, find_answers, read_notebook, within_budget
from grader.notebook.submission import Plan, Unparsable, extract
from grader.notebook.submission.listing import list_statements
from tests.benchmarks.costly import COSTLY
from tests.english import refusing
from tests.exercises import DIGITS, handed_in
from tests.notebooks import code, notebook
from tests.unit.strange_text import RIGHT

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are bounded on Linux alone")


def test_what_is_read_comes_back_as_it_is() -> None:
    """Another process reads, and nobody can tell by the result."""
    data = notebook(*map(code, RIGHT))
    read = read_notebook(data, NotebookLimits())
    assert read == handed_in(*map(code, RIGHT))
    assert all(isinstance(answer, Plan) for answer in find_answers(read, DIGITS).answers)
    with refusing(UnreadableSubmission, match="ends early"):
        read_notebook(data[:-20], NotebookLimits())


def _endless() -> None:
    while True:
        pass


@linux
@pytest.mark.parametrize(
    "read",
    [
        pytest.param(_endless, id="time"),
        pytest.param(lambda: len(bytes(2 << 30)), id="memory"),
        pytest.param(lambda: os.kill(os.getpid(), signal.SIGKILL), id="a crash"),
        pytest.param(lambda: os._exit(0), id="an end without a word"),
    ],
)
def test_a_reader_that_takes_too_much_is_ended_and_its_submission_named(read: object) -> None:
    """Whatever it ran into, the grader lives on and says what its limit was."""
    with refusing(TooCostly, match="more than the 1 second"):
        within_budget(read, seconds=1)  # type: ignore[arg-type]


def test_a_fault_of_ours_is_an_exception() -> None:
    """It is not taken for something in the notebook."""
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        within_budget(lambda: 1 // 0)


@linux
def test_a_statement_that_exhausts_pythons_own_parser_costs_its_neighbours_nothing() -> None:
    """CPython joins the names of a dotted import one by one: 190 kB of them are 20 seconds and 8 GB."""
    read = handed_in(*map(code, RIGHT), code("import a" + ".a" * 90_000))
    assert all(isinstance(answer, Plan) for answer in find_answers(read, DIGITS).answers)


@linux
def test_cells_that_keep_a_parser_busy_for_ever_are_unreadable_and_their_neighbours_answer() -> None:
    """Open brackets and strings double CPython 3.11's work with each level: 150 characters, or a cell for each."""
    softmax, libraries, model = RIGHT[1], RIGHT[0], "# GRADED CELL: Sequential model\nmodel = " + "f'" + "{f'" * 50
    more = (code("x = f'" + "{f'" * 50 + " " * number) for number in range(5))
    read = handed_in(code(libraries), *more, code(softmax), code(model))
    found = by_cells(read, lambda readable: extract(readable, DIGITS))
    assert [type(answer) for answer in found.answers] == [Plan, Unparsable]


@linux
def test_a_notebook_in_which_no_cell_is_costly_has_none_marked() -> None:
    """A share of the time is enough for whatever people write, however many cells there are."""
    read = handed_in(*map(code, RIGHT), *[code("%time x = [{'a': f'{y}'}]\n!ls " + "# word " * 500)] * 200)
    assert with_costly(read, 1) == read


def _steps(size: int, kind: str) -> int:
    """How many lines of ours run to find the answers in a notebook of that kind and size."""
    read = parse(COSTLY[kind](size), NotebookLimits())
    list_statements.cache_clear()
    steps = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        extract(read, DIGITS)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize(
    "kind",
    [
        "marked cells",
        "marked calls",
        "marked answers",
        "renamed answers",
        "deletions",
        "one name touched",
        "wide tuple",
    ],
)
def test_finding_answers_grows_with_the_notebook_and_no_faster(kind: str) -> None:
    """Twice the notebook is twice the work; the bound on one reading is `reading.MOST_SECONDS`."""
    assert _steps(24_000, kind) < 2.5 * _steps(12_000, kind)
