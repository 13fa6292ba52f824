"""What the student is told about how an answer was found, or why none was. Words only; `find` decides what is true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from grader.assignment import Exercise
from grader.notebook import Cell
from grader.submission.cells import CodeCell
from grader.submission.find import Candidate, Rank, Search
from grader.submission.listing import Listing
from grader.wording import say
from grader.words import counted

MOST_CELLS: Final = 8


def notices_for(found: Search, best: Candidate, listing: Listing) -> Iterator[str]:
    """Why this answer and not another, where there was a choice."""
    target = found.exercise.target
    yield from _about_name(best, target)
    yield from _about_others(found, best)
    yield from _about_passed_over(found, best)
    if not best.marked and found.marked:
        yield say("marked_unfinished", target=target, cells=_cells(found.marked), graded=_the_cell(best))
    deleting = [cell for cell in listing.cells if any(target in each.traits.deletes for each in cell.statements)]
    if deleting:
        yield say("deletion_ignored", target=target, cells=_cells(deleting))


def why_missing(found: Search, hidden: Cell | None) -> str:
    """What was looked for, and what to do."""
    exercise = found.exercise
    missing = say("nothing_defines", target=exercise.target)
    if hidden is not None:
        return f"{missing} {say('hidden_defines', cell=hidden.index, kind=_kind(hidden))}"
    marked = [say("not_in_marked", cells=_cells(found.marked))] if found.marked else []
    return " ".join([missing, *marked, _looked_for(exercise), say("name_it", target=exercise.target)])


def about_unread(cells: Iterable[CodeCell]) -> Iterator[str]:
    """A line for each cell that is no Python, up to a few."""
    broken = [(cell, cell.error) for cell in cells if cell.error]
    for cell, error in broken[:MOST_CELLS]:
        if error.line:
            yield say("no_python_line", cell=cell.index, reason=error.text, line=error.line)
        else:
            yield say("no_python", cell=cell.index, reason=error.text)
    if len(broken) > MOST_CELLS:
        yield say("more_no_python", cells=counted(len(broken) - MOST_CELLS, "other cell"))


def about_hidden(hidden: Cell, target: str) -> str:
    """A cell that looks like an answer but is not code."""
    return say("hidden_holds", cell=hidden.index, target=target, kind=_kind(hidden))


def _about_name(best: Candidate, target: str) -> Iterator[str]:
    if best.name != target:
        yield say("other_name", found=best.name, target=target)


def _about_others(found: Search, best: Candidate) -> Iterator[str]:
    equals = [each for each in found.candidates if each.rank == best.rank and each.name == best.name]
    if len(equals) < 2 or found.exercise.trained:  # a model that is bound, then trained, is not there twice
        return
    cells = _unique(each.cell for each in equals)
    if len(cells) > 1:
        yield say("defined_in_cells", target=best.name, cells=_cells(cells), graded=_the_cell(best))
    else:
        yield say("defined_times", target=best.name, times=len(equals), cell=_the_cell(best))


def _about_passed_over(found: Search, best: Candidate) -> Iterator[str]:
    passed = [each for each in found.candidates if each.rank < best.rank and each.cell.index != best.cell.index]
    for each in passed[-MOST_CELLS:]:
        yield say("passed_over", cell=each.cell.index, target=found.exercise.target, why=_why(each))


def _why(passed: Candidate) -> str:
    match passed.rank:
        case Rank.PASSING:
            return say("only_in_passing")
        case Rank.BROKEN:
            error = passed.cell.error
            return say("is_no_python_line", line=error.line) if error and error.line else say("is_no_python")
        case Rank.BLANK:
            return say("as_handed_out")
        case Rank.SCRATCH:
            return f"{passed.cell.marks.scratch}"
        case _:
            return say("defines_other", name=passed.name)


def _looked_for(exercise: Exercise) -> str:
    marks = [f"`{marker}`" for marker in exercise.markers]
    if marks:
        return say("looked_for_marks", marks=", ".join(marks), target=exercise.target)
    return say("looked_for", target=exercise.target)


def _unique(cells: Iterable[CodeCell]) -> list[CodeCell]:
    return list({cell.index: cell for cell in cells}.values())


def _cells(cells: Iterable[CodeCell]) -> str:
    numbers = [str(cell.index) for cell in cells]
    if len(numbers) > MOST_CELLS:
        return say("cells_many", cells=", ".join(numbers[:2]), others=len(numbers) - 3, last=numbers[-1])
    if len(numbers) == 1:
        return say("cell", cell=numbers[0])
    return say("cells", cells=", ".join(numbers[:-1]), last=numbers[-1])


def _the_cell(candidate: Candidate) -> str:
    return say("cell", cell=candidate.cell.index)


def _kind(cell: Cell) -> str:
    return "Markdown" if cell.kind == "markdown" else "raw"
