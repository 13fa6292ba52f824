"""The report of an attempt as a piece of a page, as far as its reader may see it now, with what changed in it.

Nothing of a report is drawn here but by `render/`, and nothing is decided of what may be seen (`attempts/seen.py`).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from grader.messages import Words
from grader.render.html import render_piece
from grader.report.report import Audience, Status
from grader.service.attempts.comparing import Comparison, compared
from grader.service.attempts.seen import Sealed, report_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report as its reader sees it; to stand in an element of the class `report`, below the page's title.

    `since`: what changed against the graded attempt before, if there is one.
    """

    piece: Markup
    status: Status
    since: Comparison | None


def reported(
    session: Session, attempt_id: uuid.UUID, reader: Audience, *, words: Words, now: datetime
) -> Reported | Sealed | None:
    """The report of that attempt; None while there is none, `Sealed` while its reader may not see it."""
    report = report_seen(session, attempt_id, reader, now=now)
    if report is None or isinstance(report, Sealed):
        return report
    since = compared(session, attempt_id, reader, now=now)
    return Reported(piece=render_piece(report, words=words), status=report.status, since=since)
