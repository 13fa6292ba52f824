"""A notebook as a program sends it: read piece by piece, and no further than a notebook may be long. What becomes of it
is decided elsewhere."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from grader.limits import MEGABYTE, NotebookLimits
from grader.messages import say
from grader.notebook.bundle import MOST, as_one
from grader.service.web.problems import Problem

#: what is sent around the file: boundaries, headers, the other fields
AROUND: Final = 64 * 1024
FIELDS: Final = 8
FIELD_BYTES: Final = 1024
#: how the description of the API tells of such a body, which the framework never sees
MULTIPART: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["notebook"],
                    "properties": {
                        "notebook": {
                            "type": "string",
                            "format": "binary",
                            "contentMediaType": "application/x-ipynb+json",
                            "description": "The file that is handed in; several as a zip, or as parts of this name.",
                        },
                        "on_behalf_of": {
                            "type": "string",
                            "description": "For programs of a course and its staff: the e-mail or number of a student.",
                        },
                    },
                }
            }
        },
    }
}


#: the same of a table of people
def described_table(name: str) -> dict[str, Any]:
    """How an operation that takes a table describes it; `name`: what the file is usually called."""
    schema = {"type": "string", "title": name}
    return {"requestBody": {"required": True, "content": {"text/csv": {"schema": schema}}}}


#: of a roster
TABLE: Final = described_table("roster.csv")
TABLE_BYTES: Final = 2 * MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """What was sent."""

    filename: str
    data: bytes
    on_behalf_of: str | None


async def uploaded(request: Request) -> Uploaded:
    """The file and what was said with it. Raises Problem: too large, of another type, broken off."""
    if not request.headers.get("Content-Type", "").lower().startswith("multipart/form-data"):
        raise Problem(415, "wrong_type", say("problem_wrong_type"))
    most = NotebookLimits().file_bytes + AROUND
    if _announced(request) > most:
        raise too_large()
    parser = MultiPartParser(
        request.headers, _bounded(request, most), max_files=MOST, max_fields=FIELDS, max_part_size=FIELD_BYTES
    )
    try:
        form = await parser.parse()
    except (MultiPartException, UnicodeError):
        raise Problem(400, "malformed", say("problem_malformed")) from None
    except ClientDisconnect:
        raise Problem(400, "broken_off", say("problem_malformed")) from None
    try:
        files, behalf = form.getlist("notebook"), form.get("on_behalf_of")
        sent = [(each.filename or "", await each.read()) for each in files if isinstance(each, UploadFile)]
        if not sent:
            raise Problem(422, "invalid", say("problem_no_notebook"))
        said = behalf.strip() if isinstance(behalf, str) else ""
        filename, data = as_one(sent)
        return Uploaded(filename=filename, data=data, on_behalf_of=said or None)
    finally:
        await form.close()


async def table_of(request: Request) -> bytes:
    """The bytes of a table. Raises Problem: too large, of another type, broken off."""
    if not request.headers.get("Content-Type", "").lower().startswith("text/csv"):
        raise Problem(415, "wrong_type", say("problem_wrong_type"))
    try:
        return b"".join([piece async for piece in _bounded(request, TABLE_BYTES)])
    except ClientDisconnect:
        raise Problem(400, "broken_off", say("problem_malformed")) from None


def too_large() -> Problem:
    """What a notebook of that size comes to."""
    return Problem(413, "too_large", say("hand_in_too_large", most=NotebookLimits().file_bytes // MEGABYTE))


def _announced(request: Request) -> int:
    said = request.headers.get("Content-Length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else 0


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """What comes, counted: whoever announced nothing, or less than they send, is stopped here."""
    so_far = 0
    async for piece in request.stream():
        so_far += len(piece)
        if so_far > most:
            raise Problem(413, "too_large", say("problem_too_large")) if most == TABLE_BYTES else too_large()
        yield piece
