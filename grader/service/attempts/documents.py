"""How a report is kept: what the machine says as its own JSON, compressed, beside it what people marked. Put together
they are the complete report. Who may see what of it is decided by whoever reads."""

from __future__ import annotations

import uuid
import zlib
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, update
from sqlalchemy.orm import Session

from grader.policy.marking import StandingMarks, given_in
from grader.report.marking import marked, unmarked
from grader.report.report import Report
from grader.service.attempts.outlining import outlined
from grader.service.store.putting import insert_of
from grader.service.store.tables import StoredReport

#: measured on reports of digits: the highest levels save 2 % more in four times the time
LEVEL = 6


def packed(report: Report) -> bytes:
    """What the row keeps."""
    return zlib.compress(report.model_dump_json().encode(), LEVEL)


def unpacked(document: bytes) -> Report:
    """And back, complete."""
    return Report.model_validate_json(zlib.decompress(document))


def machine_report(row: StoredReport) -> Report:
    """What the machine said, whatever people gave since."""
    return unpacked(row.document)


def complete_report(row: StoredReport) -> Report:
    """The whole report after marking, for staff; a student gets what `Glass.through` leaves of it and nothing else."""
    return after_marking(machine_report(row), row.marks)


def after_marking(report: Report, marks: StandingMarks | None) -> Report:
    """The report with what people gave: the only place where the two meet. A mark that is more than the exercise is
    worth by now, since another revision graded it, counts as all of it."""
    worth = {each.id: each.possible + each.to_mark for each in map(unmarked, report.exercises)}
    given = {
        name: replace(each, points=min(each.points, worth[name]))
        for name, each in given_in(marks).items()
        if name in worth
    }
    return marked(report, given)


def changed_at(row: StoredReport) -> datetime:
    """When it became what it is: made, or marked."""
    return max([row.made_at, *(each.at for each in (row.marks or {}).values())])


def keep_report(session: Session, attempt_id: uuid.UUID, revision_id: int, report: Report, now: datetime) -> None:
    """What the machine says now takes the place of what it said; what people marked stays, and counts on top of it."""
    values = {
        "revision_id": revision_id,
        "made_at": now,
        "status": report.status,
        "outline": outlined(report),
        "document": packed(report),
    }
    connection = session.connection()
    marks = connection.execute(_keeping(connection.dialect.name), {"attempt_id": attempt_id, **values}).scalar_one()
    if marks:
        outline = outlined(after_marking(report, marks))
        session.execute(update(StoredReport).where(StoredReport.attempt_id == attempt_id).values(outline=outline))


@cache
def _keeping(dialect: str) -> Executable:
    """Put together once, as every attempt ends by it."""
    new = insert_of(dialect, StoredReport)
    changed = {name: new.excluded[name] for name in ("revision_id", "made_at", "status", "outline", "document")}
    return new.on_conflict_do_update(index_elements=["attempt_id"], set_=changed).returning(StoredReport.marks)
