"""One answer as whoever marks it sees it: prose drawn and cleaned, code as numbered lines, pictures that its cell
left in the notebook. All of it is the student's: nothing of it runs, and a picture is one or is not shown. No page
stands here."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from grader.errors import UnreadableSubmission
from grader.limits import MEGABYTE
from grader.messages.visible import visible
from grader.notebook.notebook import Notebook, parse
from grader.render.listing import Listing, listing
from grader.report.report import ExerciseResult
from grader.service.web.staff.kept_prose import KeptProse
from grader.service.web.staff.notebook import LIMITS

PNG: Final = b"\x89PNG\r\n\x1a\n"
#: of one answer
MOST_PICTURES: Final = 8
PICTURE_BYTES: Final = 2 * MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """What was answered: prose, or lines, or text that is neither; `pictures` as addresses that hold them. Nothing at
    all where the cell was not found. `question`: the prose of the cell before it, in which it is asked."""

    question: Markup | None = None
    html: Markup | None = None
    listing: Listing | None = None
    text: str = ""
    pictures: tuple[str, ...] = ()


def shown_answer(result: ExerciseResult, data: bytes | None, prose: KeptProse) -> ShownAnswer:
    """The answer of `result`, whose notebook is `data` if it is still kept."""
    if result.cell is None:
        return ShownAnswer()
    source, raised = result.cell.source, frozenset(_raised(result))
    notebook = None if data is None else _notebook(data)
    asked, text = _before(result, notebook), _prose(result, notebook)
    prose.draw_ahead(each for each in (asked, text) if each is not None)
    question = None if asked is None else prose.html(asked)
    if text is not None:
        return ShownAnswer(question=question, html=prose.html(text), text=text)
    pictures = tuple(_pictures(data, result.cell.index)) if data is not None and notebook is not None else ()
    if not source.strip():
        return ShownAnswer(question=question, pictures=pictures)
    return ShownAnswer(question=question, listing=listing(source, raised), pictures=pictures)


def prose_in(result: ExerciseResult, data: bytes | None) -> list[str]:
    """What takes long to draw of the answer, as it is drawn."""
    if result.cell is None:
        return []
    notebook = None if data is None else _notebook(data)
    return [text for text in (_before(result, notebook), _prose(result, notebook)) if text is not None]


def _before(result: ExerciseResult, notebook: Notebook | None) -> str | None:
    """The cell before the answer, where that is prose. Of several notebooks nobody can tell whose cell it is."""
    assert result.cell is not None
    there = (each for each in (notebook.cells if notebook else ()) if each.index == result.cell.index - 1)
    found = next((each for each in there if each.kind == "markdown" and each.source.strip()), None)
    return None if found is None else visible(found.source, most=len(found.source))


def _prose(result: ExerciseResult, notebook: Notebook | None) -> str | None:
    assert result.cell is not None
    if result.cell.prose.strip():
        return visible(result.cell.prose, most=len(result.cell.prose))
    source = result.cell.source
    return visible(source, most=len(source)) if _kind(result, notebook) == "markdown" else None


def _raised(result: ExerciseResult) -> Iterator[int]:
    for check in result.checks:
        if check.raised_at is not None and result.cell is not None and check.raised_at.cell == result.cell.index:
            yield check.raised_at.line


def _notebook(data: bytes) -> Notebook | None:
    if len(data) > LIMITS.file_bytes:
        return None
    try:
        return parse(data, LIMITS)
    except UnreadableSubmission:
        return None


def _kind(result: ExerciseResult, notebook: Notebook | None) -> str:
    """What kind of cell it is, as the notebook has it at that place; without one, prose where no machine looked."""
    assert result.cell is not None
    there = (each for each in (notebook.cells if notebook else ()) if each.index == result.cell.index)
    found = next((each for each in there if each.source.startswith(result.cell.source[:100])), None)
    if found is not None:
        return found.kind
    return "code" if result.checks else "markdown"


def _pictures(data: bytes, index: int) -> Iterator[str]:
    """Of the cell with that number, counted from 1, in a notebook of format 4 that `parse` has read: so it is JSON, and
    not nested without end. Outputs are whatever somebody wrote there."""
    try:
        cells = json.loads(data)["cells"]
        outputs = cells[index - 1].get("outputs", ())
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return
    found = 0
    for output in outputs if isinstance(outputs, list) else ():
        if found < MOST_PICTURES and (picture := _png(output)) is not None:
            found += 1
            yield f"data:image/png;base64,{picture}"


def _png(output: Any) -> str | None:
    """The picture as text, made anew from its bytes."""
    held = output.get("data") if isinstance(output, dict) else None
    said = held.get("image/png") if isinstance(held, dict) else None
    said = "".join(each for each in said if isinstance(each, str)) if isinstance(said, list) else said
    if not isinstance(said, str) or len(said) > 2 * PICTURE_BYTES:
        return None
    try:
        picture = base64.b64decode("".join(said.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(picture).decode() if picture.startswith(PNG) and len(picture) <= PICTURE_BYTES else None
