"""Notebooks of nbgrader: cells with `nbgrader` in their metadata, of the source version or as they were released."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from grader.authoring.importing.opened import SourceCell
from grader.authoring.importing.pieces import Answer, Case, Given, Lost, Manual, Piece, Prose, Source, Tests
from grader.authoring.importing.points import points_of
from grader.authoring.importing.regions import NBGRADER_STUB, without_marks, without_region
from grader.errors import CourseError

#: the versions of its metadata that are known
VERSIONS: Final = (1, 2, 3)
_NO_SOLUTION: Final = "YOUR CODE HERE"


def is_nbgrader(cells: Sequence[SourceCell]) -> bool:
    """Whether nbgrader has marked a cell."""
    return any("nbgrader" in cell.settings for cell in cells)


def read_nbgrader(cells: Sequence[SourceCell]) -> Source:
    """The pieces of one notebook. Raises CourseError for metadata that it does not know and regions that do not end."""
    pieces: list[Piece] = []
    lost: list[Lost] = []
    for number, cell in enumerate(cells, start=1):
        try:
            pieces += _pieces(cell, lost)
        except (CourseError, ValueError) as error:
            raise CourseError(f"cell {number}: {error}") from error
    answers = [each for each in pieces if isinstance(each, Answer)]
    solved = not answers or not all(_NO_SOLUTION in each.solution for each in answers)
    return Source(pieces=tuple(pieces), lost=tuple(lost), solved=solved)


def _pieces(cell: SourceCell, lost: list[Lost]) -> Iterator[Piece]:
    marks = cell.settings.get("nbgrader")
    if not isinstance(marks, dict):
        yield from _plain(cell)
        return
    version = marks.get("schema_version", 1)
    if version not in VERSIONS:
        raise CourseError(
            f"its nbgrader metadata are of version {version}; versions 1 to 3 are known. Save it with nbgrader 0.9, or "
            "import an older copy"
        )
    name, points = str(marks.get("grade_id", "unnamed")), points_of(marks.get("points") or 0)
    solution, grade = bool(marks.get("solution")), bool(marks.get("grade"))
    if marks.get("task") or (solution and grade):
        yield _manual(cell, name, points)
    elif solution and cell.kind == "code":
        yield _answer(cell, name)
    elif grade and cell.kind == "code":
        yield from _tests(cell, name, points, lost)
    else:
        yield from _plain(cell)


def _plain(cell: SourceCell) -> Iterator[Piece]:
    if cell.kind == "code":
        yield Given(source=cell.source)
    elif cell.kind == "markdown":
        yield Prose(source=cell.source)


def _manual(cell: SourceCell, name: str, points: Fraction) -> Manual:
    code, whole = cell.kind == "code", without_marks(cell.source)
    if cell.settings["nbgrader"].get("task"):
        task, _ = without_region(cell.source, "MARK SCHEME")
        scheme = whole.removeprefix(task.rstrip()).strip()
        return Manual(name=name, points=points, solution=task, starter=task, is_task=True, rubric=scheme)
    stub = NBGRADER_STUB if code else "YOUR ANSWER HERE"
    starter, found = without_region(cell.source, "SOLUTION", instead=stub)
    starter = starter if found else stub
    return Manual(name=name, points=points, solution=whole, starter=starter, code=code, rubric=whole)


def _answer(cell: SourceCell, name: str) -> Answer:
    starter, found = without_region(cell.source, "SOLUTION", instead=NBGRADER_STUB)
    if not found:
        starter = cell.source if _NO_SOLUTION in cell.source else NBGRADER_STUB
    return Answer(name=name, solution=without_marks(cell.source), starter=starter)


def _tests(cell: SourceCell, name: str, points: Fraction, lost: list[Lost]) -> Iterator[Piece]:
    """A cell with a hidden region is two checks: all of it, for the points; and what students have, for none."""
    if any(line.lstrip().startswith(("### AUTOTEST", "### HASHED AUTOTEST")) for line in cell.source.split("\n")):
        lost.append(Lost(name=name, points=points, why="nbgrader generates its tests; import the generated version"))
        return
    shown, hides = without_region(cell.source, "HIDDEN TESTS")
    whole = Case(name=name, source=without_marks(cell.source), points=points, hidden=hides)
    seen = [Case(name=f"{name}_shown", source=shown, points=Fraction(0))] if hides and _asserts(shown) else []
    yield Tests(name=name, cases=(*seen, whole), shown=shown)


def _asserts(source: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith(("#", '"""')) for line in source.split("\n"))
