"""The graders whose notebooks can be brought over: how each is known, and what reads it. A new one is a row here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from grader.authoring.importing.elsewhere import graded_elsewhere
from grader.authoring.importing.nbgrader import is_nbgrader, read_nbgrader
from grader.authoring.importing.opened import SourceCell, opened
from grader.authoring.importing.otter import is_otter, read_otter
from grader.authoring.importing.otter_old import as_of_today, is_old_otter
from grader.authoring.importing.otter_tests import read_test_file
from grader.authoring.importing.pieces import Answer, Given, Piece, Prose, Source, Tests
from grader.errors import CourseError
from grader.judging.cells.names import UNREADABLE, as_plain, names_of_others, statements
from grader.notebook.submission.names import names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One grader's notebooks."""

    name: str
    knows: Callable[[Sequence[SourceCell]], bool]
    read: Callable[[Sequence[SourceCell]], Source]


FORMATS: Final = (
    Format(name="nbgrader", knows=is_nbgrader, read=read_nbgrader),
    Format(name="otter", knows=is_otter, read=read_otter),
    Format(name="otter", knows=is_old_otter, read=lambda cells: read_otter(list(as_of_today(cells)))),
)

#: folders beside those of a grader in which the notebook for students lies
_OF_STUDENTS: Final = frozenset({"startercode", "starter"})


def read_source(path: Path) -> tuple[str, Source]:
    """The name of its format, and the pieces of one notebook; `tests/` beside it may hold those of otter.

    Raises CourseError for what cannot be read, or is of no format that is known.
    """
    cells = opened(path)
    for each in FORMATS:
        if each.knows(cells):
            return each.name, each.read(cells)
    home = path.parent.parent if path.parent.name in _OF_STUDENTS else path.parent
    if known := graded_elsewhere(home):
        raise CourseError(f"neither nbgrader nor otter has marked a cell of it. What lies around it {known}")
    files = sorted((path.parent / "tests").glob("*.py"))
    if files:
        return "otter", _assigned(cells, [read_test_file(each) for each in files if each.stem != "__init__"])
    raise CourseError(
        "neither nbgrader nor otter has marked a cell of it, and no tests/*.py lie beside it. Import the notebook that "
        "the version for students is made from; of one that was written by hand, mark the cells first, as with "
        "nbgrader's toolbar, or begin with `grader new` and put the asserts into `cell(...)`"
    )


def _assigned(cells: Sequence[SourceCell], tests: Sequence[Tests]) -> Source:
    """A notebook whose tests lie in files: the cells that bind what these ask for are the answers."""
    asked = {name for test in tests for case in test.cases for name in _names(case.source, case.form)}
    pieces: list[Piece] = []
    for cell in cells:
        if cell.kind == "markdown":
            pieces.append(Prose(source=cell.source))
        elif cell.kind == "code":
            bound = sorted({name for each in statements(cell.source) for name in names_of(each).all_bound} & asked)
            answer = Answer(name=bound[0], solution=cell.source, starter=cell.source) if bound else None
            pieces.append(answer or Given(source=cell.source))
    solved = not any("..." in each.solution.split() for each in pieces if isinstance(each, Answer))
    blank = [replace(each, starter="...") if solved and isinstance(each, Answer) else each for each in pieces]
    return Source(pieces=(*blank, *tests), solved=solved)


def _names(source: str, form: str) -> tuple[str, ...]:
    try:
        return names_of_others(as_plain(source) if form == "examples" else source)
    except UNREADABLE:
        return ()  # it will be lost by name
