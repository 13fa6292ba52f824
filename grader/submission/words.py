"""What the student is told about how an answer was found, or why none was. Words only; `find` decides what is true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from grader.assignment import Exercise
from grader.notebook import Cell
from grader.submission.cells import CodeCell
from grader.submission.find import Candidate, Rank, Search
from grader.submission.listing import Listing

MOST_CELLS: Final = 8


def notices_for(found: Search, best: Candidate, listing: Listing) -> Iterator[str]:
    """Why this answer and not another, where there was a choice."""
    target = found.exercise.target
    yield from _about_name(best, target)
    yield from _about_others(found, best)
    yield from _about_passed_over(found, best)
    if not best.marked and found.marked:
        yield f"The marked {_cells(found.marked)} holds no finished `{target}`; {_the_cell(best)} was graded."
    deleting = [cell for cell in listing.cells if any(target in each.traits.deletes for each in cell.statements)]
    if deleting:
        yield f"`del {target}` in {_cells(deleting)} was ignored."


def why_missing(found: Search, hidden: Cell | None) -> str:
    """What was looked for, and what to do."""
    exercise = found.exercise
    if hidden is not None:
        return (
            f"No code cell binds `{exercise.target}`. Cell {hidden.index} does, but it is a "
            f"{_kind(hidden)} cell: change its type back to code and hand the notebook in again."
        )
    marked = f" The marked {_cells(found.marked)} does not." if found.marked else ""
    return (
        f"No code cell binds `{exercise.target}`.{marked} Looked for {_looked_for(exercise)}. "
        f"Name your answer `{exercise.target}`, in a code cell, and hand the notebook in again."
    )


def about_unread(cells: Iterable[CodeCell]) -> Iterator[str]:
    """A line for each cell that is no Python, up to a few."""
    broken = [(cell, cell.error) for cell in cells if cell.error]
    for cell, error in broken[:MOST_CELLS]:
        line = f", line {error.line}" if error.line else ""
        yield f"Cell {cell.index} is no valid Python ({error.text}{line}); only the parts of it that are were used."
    if len(broken) > MOST_CELLS:
        yield f"{len(broken) - MOST_CELLS} more cells are no valid Python."


def about_hidden(hidden: Cell, target: str) -> str:
    """A cell that looks like an answer but is not code."""
    return f"Cell {hidden.index} holds `{target}` but is a {_kind(hidden)} cell; change it back to code if it is meant."


def _about_name(best: Candidate, target: str) -> Iterator[str]:
    if best.name != target:
        yield f"Your graded cell defines `{best.name}`; the exercise asks for `{target}`. It was graded as it is."


def _about_others(found: Search, best: Candidate) -> Iterator[str]:
    equals = [each for each in found.candidates if each.rank == best.rank and each.name == best.name]
    if len(equals) < 2:
        return
    cells = _unique(each.cell for each in equals)
    if len(cells) > 1:
        yield f"`{best.name}` is bound in {_cells(cells)}; the last, {_the_cell(best)}, was graded."
    else:
        yield f"`{best.name}` is bound {len(equals)} times in {_the_cell(best)}; the last was graded."


def _about_passed_over(found: Search, best: Candidate) -> Iterator[str]:
    passed = [each for each in found.candidates if each.rank < best.rank and each.cell.index != best.cell.index]
    for each in passed[-MOST_CELLS:]:
        yield f"{_the_cell(each).capitalize()} was passed over for `{found.exercise.target}`: {_why(each)}."


def _why(passed: Candidate) -> str:
    match passed.rank:
        case Rank.PASSING:
            return "it binds the name only in passing"
        case Rank.BROKEN:
            error = passed.cell.error
            line = f" (line {error.line})" if error and error.line else ""
            return f"it is no valid Python{line}"
        case Rank.BLANK:
            return "it is still as it was handed out"
        case Rank.SCRATCH:
            return f"{passed.cell.marks.scratch}"
        case _:
            return f"it binds another name, `{passed.name}`"


def _looked_for(exercise: Exercise) -> str:
    marks = [f"`{marker}`" for marker in exercise.markers]
    comments = f"the comments {', '.join(marks)}, then for " if marks else ""
    return f"{comments}a definition of `{exercise.target}` or an assignment to it"


def _unique(cells: Iterable[CodeCell]) -> list[CodeCell]:
    return list({cell.index: cell for cell in cells}.values())


def _cells(cells: Iterable[CodeCell]) -> str:
    numbers = [str(cell.index) for cell in cells]
    if len(numbers) > MOST_CELLS:
        numbers = [*numbers[:2], f"{len(numbers) - 3} others", numbers[-1]]
    if len(numbers) == 1:
        return f"cell {numbers[0]}"
    return f"cells {', '.join(numbers[:-1])} and {numbers[-1]}"


def _the_cell(candidate: Candidate) -> str:
    return f"cell {candidate.cell.index}"


def _kind(cell: Cell) -> str:
    return "Markdown" if cell.kind == "markdown" else "raw"
