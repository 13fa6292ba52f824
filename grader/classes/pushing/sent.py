"""What was sent to which column, in a file of the class folder: a line for each step, on the disk before the next one.

So a run that was killed is taken up again, nothing goes twice, and a grade that somebody changed there is told from
ours. No token and no text of a comment stands in it. Who gets what is decided elsewhere.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from grader.classes.journal import FOLDER, locked
from grader.classes.platform_api.gradebook import Sending
from grader.errors import UsageError
from grader.messages import say

FILE: Final = "pushed.jsonl"
_LOCK: Final = "push.lock"


class Step(StrEnum):
    """A grade is about to go; it is seen there; it went, and is not there."""

    SENDING = "sending"
    SENT = "sent"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """What we know of one person there: the grade of ours that was seen there, one that may have come, and by their
    digests the comments that went with them."""

    sent: Decimal | None = None
    sending: Decimal | None = None
    comment: str | None = None
    comment_sending: str | None = None

    def is_ours(self, points: Decimal) -> bool:
        """Whether a grade there came from here."""
        return points in (self.sent, self.sending)

    def has(self, comment: str, points: Decimal | None) -> bool:
        """Whether a comment came, where these points are there by now. A comment came if its grade did: where nobody
        noted it, it may be missing, since in Canvas it would otherwise stand there twice."""
        by_grade = self.sending is not None and points == self.sending
        return digest(comment) == self.comment or (by_grade and digest(comment) == self.comment_sending)


class _Line(BaseModel):
    place: str
    person: str
    step: Step
    points: Decimal
    comment: str | None = None


def digest(comment: str) -> str:
    """By what a comment is known again."""
    return hashlib.sha256(comment.encode()).hexdigest()


def sent_before(folder: Path, place: str) -> Mapping[str, Ours]:
    """What was sent to this column from this folder, by the persons' ids there. A line that was cut short counts for
    nothing. Raises UsageError if the file cannot be read."""
    path = folder / FOLDER / FILE
    try:
        text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    except OSError as error:
        raise UsageError(say("push_no_journal", file=str(path), reason=error.strerror or "-")) from None
    known: dict[str, Ours] = {}
    for line in text.splitlines():
        with suppress(ValidationError):
            found = _Line.model_validate_json(line)
            if found.place == place:
                known[found.person] = _after(known.get(found.person, Ours()), found)
    return known


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold what keeps a second `--apply` out of this folder. Raises UsageError if there is one."""
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder / FOLDER / _LOCK))
        except UsageError:
            raise UsageError(say("push_running", folder=str(folder))) from None
        yield


def note(folder: Path, place: str, step: Step, sendings: Iterable[Sending]) -> None:
    """Write a line for each; when this returns, they survive a crash. Raises UsageError if they cannot be written."""
    path = folder / FOLDER / FILE
    lines = "".join(f"{_line(place, step, each).model_dump_json()}\n" for each in sendings)
    if not lines:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            cut = file.seek(0, os.SEEK_END) > 0 and file.seek(-1, os.SEEK_END) >= 0 and file.read(1) != b"\n"
            file.write(b"\n" * cut + lines.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise UsageError(say("push_no_journal", file=str(path), reason=error.strerror or "-")) from None


def _line(place: str, step: Step, sending: Sending) -> _Line:
    comment = digest(sending.comment) if sending.comment else None
    return _Line(place=place, person=sending.person, step=step, points=sending.points, comment=comment)


def _after(ours: Ours, line: _Line) -> Ours:
    match line.step:
        case Step.SENDING:
            return replace(ours, sending=line.points, comment_sending=line.comment)
        case Step.SENT:
            return Ours(sent=line.points, comment=line.comment or ours.comment)
        case Step.MISSED:
            return replace(ours, sending=None, comment_sending=None)
