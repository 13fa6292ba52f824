"""What platforms have, beside what they were told: found once a night, or when somebody asks. Nothing is told anew by
that; whoever teaches sees what differs, and decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grader.policy.platform_score import Grading, PlatformHas, is_same
from grader.service.lti.sending.claims import ClaimedColumn, is_held
from grader.service.lti.services.access import Access
from grader.service.lti.services.answers import Failed
from grader.service.lti.services.grades import Gradebook, ResultThere
from grader.service.store.lti_score_tables import LtiScore, LtiSender, ScoreState
from grader.service.store.tables import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedScores:
    """How many scores of a column stand there as they were told, and how many do not."""

    same: int
    different: int


async def found_there(access: Access, held: ClaimedColumn) -> Sequence[ResultThere] | Failed | None:
    """What the platform has in a column; None where it does not let us ask, or has no column yet."""
    column = held.column
    if column.url is None or not column.has_results:
        return None
    return await Gradebook(access, column.client).results(column.url)


def keep_found(
    session: Session, held: ClaimedColumn, results: Sequence[ResultThere] | None, *, now: datetime
) -> ComparedScores | None:
    """Note what differs; None, and nothing is noted, if the column is somebody else's."""
    if not is_held(session, held):
        return None
    session.execute(update(LtiSender).where(LtiSender.link_id == held.column.link_id).values(compared_at=now))
    if results is None:
        return ComparedScores(same=0, different=0)
    shares = {each.user_id: each.share for each in results}
    asked = (
        select(LtiScore, Identity.subject)
        .join(Identity, Identity.person_id == LtiScore.person_id)
        .where(
            LtiScore.link_id == held.column.link_id,
            LtiScore.state == ScoreState.SENT,
            Identity.issuer == held.column.people,
        )
        .order_by(LtiScore.person_id, Identity.id)
        .with_for_update(of=LtiScore)
    )
    rows = {row.person_id: (row, subject) for row, subject in session.execute(asked)}
    for row, subject in rows.values():
        row.differs = _difference(row, subject, shares)
    different = sum(row.differs is not None for row, _ in rows.values())
    return ComparedScores(same=len(rows) - different, different=different)


def _difference(row: LtiScore, subject: str, shares: Mapping[str, float | None]) -> PlatformHas | None:
    """What is pending a platform may keep to itself."""
    share = shares.get(subject)
    if row.told is None or row.told.grading is Grading.PENDING or is_same(row.told, share):
        return None
    return PlatformHas(share=share)
