"""The reports of a regrade set put in place of those that they were made of, and back: some hundred at once, by a few
statements. Who may decide that, and whether, is `sets.py`'s.

Rows are held in the order that `attempts/standing.py` states; the caller holds the opening and its people.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from grader.messages import say
from grader.policy.state import State
from grader.report.report import Report
from grader.service.attempts.documents import after_marking, packed, unpacked
from grader.service.attempts.outlining import outlined
from grader.service.store.outline import ResultOutline
from grader.service.store.regrade_tables import RegradeSet, RegradeWork
from grader.service.store.tables import Attempt, StoredReport

#: rows that are held by one statement
_AT_ONCE: Final = 200


def replace_reports(session: Session, found: RegradeSet, attempts: Sequence[uuid.UUID], now: datetime) -> int:
    """Put the set's reports of these attempts in place; how many. Left as they are: those that were graded anew, or
    forgotten, since the set was judged; and, where only gains apply, those that would lose by now."""
    chosen, replaced = sorted(attempts), 0
    for at in range(0, len(chosen), _AT_ONCE):
        some = chosen[at : at + _AT_ONCE]
        held, stored = attempts_of(session, some), reports_of(session, some)
        asked = select(RegradeWork).where(RegradeWork.set_id == found.id, RegradeWork.attempt_id.in_(some))
        for work in session.scalars(asked.options(undefer(RegradeWork.document)).with_for_update()).all():
            attempt, report = held.get(work.attempt_id), stored.get(work.attempt_id)
            if attempt is None or report is None or attempt.state is not State.GRADED:
                continue
            if _replaced(found, work, report, now):
                attempt.revision_id = found.revision_id
                replaced += 1
        session.flush()
    return replaced


def put_back(
    works: Sequence[RegradeWork], attempts: Mapping[uuid.UUID, Attempt], stored: Mapping[uuid.UUID, StoredReport]
) -> None:
    """Every report as it was before the set applied. The caller holds `attempts` and `stored`, with a row for each."""
    for work in works:
        assert work.before is not None
        assert work.before_revision_id is not None
        _write(stored[work.attempt_id], unpacked(work.before), work.before, work.before_revision_id, work.made_at)
        attempts[work.attempt_id].revision_id = work.before_revision_id
        work.before = work.before_revision_id = None


def attempts_of(session: Session, attempts: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Attempt]:
    """These attempts as they are now, held: before their reports are."""
    held = select(Attempt).where(Attempt.id.in_(attempts)).order_by(Attempt.id).with_for_update(key_share=True)
    return {each.id: each for each in session.scalars(held.execution_options(populate_existing=True))}


def reports_of(session: Session, attempts: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, StoredReport]:
    """The reports of these attempts as they are now, held."""
    asked = select(StoredReport).where(StoredReport.attempt_id.in_(attempts)).order_by(StoredReport.attempt_id)
    fresh = asked.options(undefer(StoredReport.document)).execution_options(populate_existing=True)
    return {each.attempt_id: each for each in session.scalars(fresh.with_for_update())}


def _replaced(found: RegradeSet, work: RegradeWork, stored: StoredReport, now: datetime) -> bool:
    """Whether the report was still the one that was judged again, and is replaced now. Where only gains apply, it is
    one still."""
    if work.document is None or stored.made_at != work.made_at:
        return False
    report = unpacked(work.document)
    if found.only_gains and _loses(stored.outline, outlined(after_marking(report, stored.marks))):
        return False  # what people marked is not what it was when the set was looked at
    said = say("regraded", when=now.isoformat(timespec="seconds"), reason=found.reason)
    report = report.model_copy(update={"notices": (*report.notices, said)})
    work.before, work.before_revision_id = stored.document, stored.revision_id
    _write(stored, report, packed(report), found.revision_id, now)
    return True


def _loses(before: ResultOutline, now: ResultOutline) -> bool:
    if before.earned is None or before.possible is None:
        return False
    return now.earned is None or now.possible is None or now.earned * before.possible < before.earned * now.possible


def _write(stored: StoredReport, report: Report, document: bytes, revision_id: int, made_at: datetime) -> None:
    """What people marked stays, and counts on top of it."""
    stored.document, stored.status = document, report.status
    stored.outline = outlined(after_marking(report, stored.marks))
    stored.revision_id, stored.made_at = revision_id, made_at
