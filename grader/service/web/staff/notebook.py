"""A student's notebook as a page of ours may hold it: code as numbered lines, prose as it is drawn and cleaned, nothing
of its outputs. No page stands here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from grader.errors import UnreadableSubmission
from grader.limits import MEGABYTE, NotebookLimits
from grader.messages import Message, say
from grader.messages.visible import visible
from grader.notebook.notebook import Cell, parse
from grader.render.listing import Listing, listing
from grader.render.prose import Drawing, drawn

#: of a larger one a page says that it can be downloaded
LIMITS: Final = NotebookLimits(file_bytes=16 * MEGABYTE, cells=2_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCell:
    """A cell, counted from 1: its lines, or its prose; prose that could not be drawn is text."""

    index: int
    listing: Listing | None = None
    html: Markup | None = None
    text: str = ""


def shown(
    data: bytes, *, raised: dict[int, frozenset[int]] | None = None, drawing: Drawing = drawn
) -> tuple[ShownCell, ...] | Message:
    """The cells, with the lines marked that raised, by cell; or why they cannot be shown."""
    if len(data) > LIMITS.file_bytes:
        return say("staff_notebook_large")
    try:
        cells = parse(data, LIMITS).cells
    except UnreadableSubmission as error:
        return error.message
    return tuple(_cells(cells, raised or {}, drawing))


def _cells(cells: Sequence[Cell], raised: dict[int, frozenset[int]], drawing: Drawing) -> Iterator[ShownCell]:
    prose = [cell for cell in cells if cell.kind == "markdown"]
    texts = [visible(cell.source, most=len(cell.source)) for cell in prose]
    made = dict(zip((cell.index for cell in prose), drawing(texts), strict=True)) if texts else {}
    for cell in cells:
        if cell.kind == "markdown":
            yield ShownCell(index=cell.index, html=made[cell.index], text=visible(cell.source))
        elif cell.source.strip():
            yield ShownCell(index=cell.index, listing=listing(cell.source, raised.get(cell.index, frozenset())))
