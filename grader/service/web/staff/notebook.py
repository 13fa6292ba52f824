"""A student's notebook as a page of ours may hold it: code as numbered lines, prose as it is drawn and cleaned, nothing
of its outputs. No page stands here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from grader.errors import UnreadableSubmission
from grader.limits import MEGABYTE, NotebookLimits
from grader.messages import Message, say
from grader.messages.visible import in_cell, visible
from grader.notebook.bundle import each_of, read_together
from grader.notebook.notebook import Cell, Notebook
from grader.render.listing import Listing, listing
from grader.render.prose import Drawing, drawn

#: of a larger one a page says that it can be downloaded
LIMITS: Final = NotebookLimits(file_bytes=16 * MEGABYTE, cells=2_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """A cell, counted from 1: its lines, or its prose; prose that could not be drawn is text. Of several notebooks the
    first cell of each has what that one is called."""

    index: int
    notebook: str = ""
    listing: Listing | None = None
    html: Markup | None = None
    text: str = ""


def shown(
    data: bytes, *, raised: dict[tuple[str, int], frozenset[int]] | None = None, drawing: Drawing = drawn
) -> tuple[ShownCell, ...] | Message:
    """The cells, with the lines marked that raised, by notebook and cell; or why they cannot be shown."""
    if len(data) > LIMITS.file_bytes:
        return say("staff_notebook_large")
    try:
        notebooks = tuple(each_of(read_together(data, LIMITS)))
    except UnreadableSubmission as error:
        return error.message
    return tuple(cell for each in notebooks for cell in _with_name(each, raised or {}, drawing))


def _with_name(
    notebook: Notebook, raised: dict[tuple[str, int], frozenset[int]], drawing: Drawing
) -> Iterator[ShownCell]:
    own = {index: lines for (name, index), lines in raised.items() if name == notebook.name}
    for place, cell in enumerate(_cells(notebook.cells, own, drawing)):
        yield cell if place else replace(cell, notebook=in_cell(notebook.name))


def _cells(cells: Sequence[Cell], raised: dict[int, frozenset[int]], drawing: Drawing) -> Iterator[ShownCell]:
    prose = [cell for cell in cells if cell.kind == "markdown"]
    texts = [visible(cell.source, most=len(cell.source)) for cell in prose]
    made = dict(zip((cell.index for cell in prose), drawing(texts), strict=True)) if texts else {}
    for cell in cells:
        if cell.kind == "markdown":
            yield ShownCell(index=cell.index, html=made[cell.index], text=visible(cell.source))
        elif cell.source.strip():
            yield ShownCell(index=cell.index, listing=listing(cell.source, raised.get(cell.index, frozenset())))
