"""What the student is told about how an answer was found, or why none was. Words only; `find` decides what is true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from grader.course.assignment import Exercise
from grader.messages import Message, counted, joined, say
from grader.notebook.notebook import Cell, Notebook
from grader.notebook.submission.cell_magics import cell_magic
from grader.notebook.submission.cells import CodeCell
from grader.notebook.submission.find import MOST_JUDGED, Candidate, Rank, Search
from grader.notebook.submission.listing import Listing
from grader.notebook.submission.plan import Choice, Plan

MOST_CELLS: Final = 8


def notices_for(found: Search, listing: Listing) -> Iterator[Message]:
    """What is to be said of how the answer was found, whichever of several complete ones will count."""
    target, best = found.exercise.target, found.contenders[0]
    yield from _about_name(best, target)
    yield from _about_passed_over(found, best)
    put_aside = any(each.marked and each.rank is Rank.SCRATCH for each in found.candidates)
    if not best.marked and found.marked and not put_aside:
        yield say("marked_unfinished", target=target, cells=_cells(found.marked), graded=_the_cell(best))
    deleting = [cell for cell in listing.cells if any(target in each.traits.deletes for each in cell.statements)]
    if deleting:
        yield say("deletion_ignored", target=target, cells=_cells(deleting))


def about_choice(first: Plan, graded: Plan, *, judged: int) -> Message:
    """Which of several answers was graded, and why, where `first` goes first and `judged` of them were judged."""
    choice = first.choice
    assert choice is not None
    said = [_defined(choice, first, graded)]
    if judged > 1 and graded.work == first.work:
        said.append(say("others_no_better"))
    if judged > 1 and choice.answers > judged:
        said.append(say("most_judged", most=MOST_JUDGED))
    return joined(*said)


def _defined(choice: Choice, first: Plan, graded: Plan) -> Message:
    why = say("does_better") if graded.work != first.work else say("is_marked" if choice.marked else "is_last")
    cells = _numbered(choice.cells)
    if choice.answers == len(choice.cells):
        where = say("cell", cell=graded.cell)
        return say("defined_in_cells", target=graded.target, cells=cells, graded=where, why=why)
    where = say("line_of_cell", line=graded.line, cell=graded.cell)
    return say("defined_times", target=graded.target, times=choice.answers, cells=cells, graded=where, why=why)


def about_magic(notebook: Notebook, found: Search) -> Iterator[Message]:
    """What is to be said of a magic in the first line of the graded cell, if it may have kept the cell from running."""
    best = found.contenders[0]
    source = next(cell.source for cell in notebook.cells if cell.index == best.cell.index)
    magic = cell_magic(source) if best.cell.magic is not None or source != best.cell.source else None
    if magic is not None and magic.effect == "writes":
        yield say("graded_from_file", cell=best.cell.index, magic=magic.name)
    elif magic is not None and magic.effect == "perhaps":
        yield say("unknown_magic", cell=best.cell.index, magic=magic.name)


def why_missing(
    found: Search,
    hidden: Cell | None,
    held: CodeCell | None,
    near: tuple[str, int] | None,
    cells: Iterable[CodeCell],
) -> Message:
    """What was looked for, and what to do; `near` is what has almost the name, and its cell."""
    exercise = found.exercise
    missing = say("nothing_defines", target=exercise.target)
    if hidden is not None:
        return joined(missing, say("hidden_defines", cell=hidden.index, kind=_kind(hidden)))
    if held is not None and held.magic is not None:
        return joined(missing, say("magic_keeps", cell=held.index, magic=held.magic.name))
    if near is not None and not found.importing:
        return joined(missing, say("almost_named", found=near[0], cell=near[1], target=exercise.target))
    elsewhere = list(islice(about_files(cells), 1))
    imported = [say("only_imported", target=exercise.target, cells=_cells(found.importing))] if found.importing else []
    marked = [say("not_in_marked", cells=_cells(found.marked))] if found.marked else []
    name_it = say("name_it", target=exercise.target)
    return joined(missing, *elsewhere, *imported, *marked, _looked_for(exercise), name_it)


def about_files(cells: Iterable[CodeCell]) -> Iterator[Message]:
    """A line for each file that is run and was not handed in, up to a few."""
    files = ((cell.index, file) for cell in cells for file in cell.runs_unknown)
    for index, file in islice(files, MOST_CELLS):
        yield say("file_unknown", cell=index, file=file)


def about_unread(cells: Iterable[CodeCell]) -> Iterator[Message]:
    """A line for each cell that is no Python, up to a few."""
    broken = [(cell, cell.error) for cell in cells if cell.error]
    for cell, error in broken[:MOST_CELLS]:
        reason = cell.unread or error.text
        if error.line:
            yield say("no_python_line", cell=cell.index, reason=reason, line=error.line)
        else:
            yield say("no_python", cell=cell.index, reason=reason)
    if len(broken) > MOST_CELLS:
        yield say("more_no_python", cells=counted(len(broken) - MOST_CELLS, "other cell"))


def about_hidden(hidden: Cell, target: str) -> Message:
    """A cell that looks like an answer but is not code."""
    return say("hidden_holds", cell=hidden.index, target=target, kind=_kind(hidden))


def _about_name(best: Candidate, target: str) -> Iterator[Message]:
    if best.name != target:
        yield say("other_name", found=best.name, target=target)


def _about_passed_over(found: Search, best: Candidate) -> Iterator[Message]:
    passed = [each for each in found.candidates if each.rank < best.rank and each.cell.index != best.cell.index]
    for each in passed[-MOST_CELLS:]:
        yield say("passed_over", cell=each.cell.index, target=found.exercise.target, why=_why(each))


def _why(passed: Candidate) -> Message:
    match passed.rank:
        case Rank.PASSING:
            return say("only_in_passing")
        case Rank.BROKEN:
            error = passed.cell.error
            return say("is_no_python_line", line=error.line) if error and error.line else say("is_no_python")
        case Rank.BLANK:
            return say("as_handed_out")
        case Rank.SCRATCH:
            return passed.cell.marks.scratch or say("is_ungraded")
        case _:
            return say("defines_other", name=passed.name)


def _looked_for(exercise: Exercise) -> Message:
    marks = [f"`{marker}`" for marker in exercise.markers]
    if marks:
        return say("looked_for_marks", marks=", ".join(marks), target=exercise.target)
    return say("looked_for", target=exercise.target)


def _cells(cells: Iterable[CodeCell]) -> Message:
    return _numbered(cell.index for cell in cells)


def _numbered(cells: Iterable[int]) -> Message:
    numbers = [str(cell) for cell in cells]
    if len(numbers) > MOST_CELLS:
        return say("cells_many", cells=", ".join(numbers[:2]), others=len(numbers) - 3, last=numbers[-1])
    if len(numbers) == 1:
        return say("cell", cell=numbers[0])
    return say("cells", cells=", ".join(numbers[:-1]), last=numbers[-1])


def _the_cell(candidate: Candidate) -> Message:
    return say("cell", cell=candidate.cell.index)


def _kind(cell: Cell) -> str:
    return "Markdown" if cell.kind == "markdown" else "raw"
