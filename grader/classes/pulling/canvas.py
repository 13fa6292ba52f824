"""What was handed in to an assignment of Canvas: its submissions, with their history where all are asked for.

Source: the pages Submissions and Files of Canvas's API documentation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from pydantic import BaseModel

from grader.classes.platform_api.canvas import Canvas
from grader.classes.platform_api.gradebook import PersonThere
from grader.classes.pulling.handed_in import Attachment, Everything, HandedIn
from grader.errors import UsageError
from grader.messages import say
from grader.messages.visible import one_line


class _File(BaseModel):
    display_name: str | None = None
    filename: str = ""
    url: str | None = None
    size: int | None = None


class _Attempt(BaseModel):
    user_id: int | None = None
    attempt: int | None = None
    submitted_at: datetime | None = None
    late: bool | None = None
    attachments: list[_File] | None = None


class _Submission(_Attempt):
    submission_history: list[_Attempt] | None = None


class CanvasWork:
    """A `Work`; see there."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def title(self) -> str:
        """See `Work.title`."""
        found = self._canvas.found()
        if found.anonymize_students:
            raise UsageError(say("push_anonymous", title=one_line(found.name)))
        return one_line(found.name)

    def people(self) -> Sequence[PersonThere]:
        """See `Work.people`."""
        return self._canvas.people()

    def handed_in(self, *, everything: bool) -> Everything:
        """See `Work.handed_in`. In a group everybody has a submission of their own, with the same files."""
        wanted = {"per_page": "100"} | ({"include[]": "submission_history"} if everything else {})
        found = self._canvas.everything(_Submission, f"{self._canvas.assignment}/submissions", wanted)
        return Everything(attempts=tuple(each for one in found for each in _attempts(one)))

    def file(self, attachment: Attachment, *, most: int) -> bytes:
        """See `Work.file`."""
        return self._canvas.asking.fetch(attachment.address, most=most)


def _attempts(found: _Submission) -> Iterator[HandedIn]:
    """Each attempt once: a history has an entry for each time that it was graded, too."""
    if found.user_id is None:
        return
    by_number = {each.attempt: each for each in (*(found.submission_history or ()), found) if each.attempt}
    for number, each in sorted(by_number.items()):
        yield HandedIn(
            people=(str(found.user_id),),
            number=number,
            at=each.submitted_at,
            late=bool(each.late),
            files=tuple(map(_file, each.attachments or ())),
        )


def _file(found: _File) -> Attachment:
    return Attachment(name=found.display_name or found.filename, address=found.url or "", bytes=found.size)
