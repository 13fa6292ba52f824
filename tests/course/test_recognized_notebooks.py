"""Which assignment of this course a notebook answers, when nobody says so: its starters and samples, as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.errors import UsageError
from grader.grading.recognition import Recognition, recognition
from grader.limits import NotebookLimits
from grader.notebook.notebook import Cell, Notebook, parse, read
from tests.labs import COURSE

FILES = [f"{name}/{kind}.ipynb" for name in COURSE.ids for kind in ("starter", "sample")]
#: assignments whose answers are text: without it there is nothing
PROSE = {name for name in COURSE.ids if all(each.prompt for each in COURSE.assignment(name).exercises)}
QUIZZES = [name for name in COURSE.ids if name.startswith("quiz")]


@pytest.fixture(scope="module")
def known() -> Recognition:
    return recognition(COURSE)


def handed_out(file: str, *changes: Callable[[Cell], Cell]) -> Notebook:
    """A notebook of an assignment, after each of its cells went through `changes`."""
    found = parse(read(COURSE.folder / "assignments" / file, NotebookLimits()), NotebookLimits())
    for change in changes:
        found = replace(found, cells=tuple(map(change, found.cells)))
    return found


def without_comments(cell: Cell) -> Cell:
    """No mark is left, nor anything else behind a #."""
    return replace(
        cell, source="\n".join(line for line in cell.source.split("\n") if not line.startswith("#")), tags=()
    )


def without_text(cell: Cell) -> Cell:
    """The text is gone."""
    return replace(cell, source="") if cell.kind == "markdown" else cell


def code_alone(cell: Cell) -> Cell:
    """No mark, since comments of code are gone, and all the text."""
    return without_comments(cell) if cell.kind == "code" else cell


@pytest.mark.parametrize("file", FILES)
def test_what_was_handed_out_is_recognized_with_its_marks_or_its_text(file: str, known: Recognition) -> None:
    """Students save under any name; marks go where somebody tidies up, and text where somebody keeps the code alone."""
    name = file.partition("/")[0]
    kept = [known.detect(handed_out(file, change)).clear for change in (code_alone, without_text)]
    assert [fit and fit.assignment for fit in kept] == [name, None if name in PROSE else name]


@pytest.mark.parametrize("name", QUIZZES)
def test_a_quiz_without_marks_and_text_is_asked_about(name: str, known: Recognition) -> None:
    """Five quizzes ask for `answers`: three of them are named, and none is graded."""
    with pytest.raises(UsageError) as told:
        known.chosen(handed_out(f"{name}/sample.ipynb", code_alone, without_text), "quiz.ipynb")
    first, *likely, last = map(str, told.value.lines)
    assert first == "It is not clear which assignment 'quiz.ipynb' answers."
    assert len(likely) == 3
    assert all(line.endswith(": answers found") for line in likely)
    assert "--assignment" in last


def test_two_quizzes_in_one_notebook_are_asked_about(known: Recognition) -> None:
    """Their text is there twice, and which of both `answers` belong to is anybody's guess."""
    both = [handed_out(f"{name}/sample.ipynb", code_alone) for name in QUIZZES[:2]]
    detection = known.detect(replace(both[0], cells=(*both[0].cells, *both[1].cells)))
    assert detection.clear is None
    assert {line.partition(":")[0].strip() for line in list(detection.likely)[:2]} == set(QUIZZES[:2])
