"""What learning platforms are to have of students: written down in the transaction that changes it, and nothing is sent
here. `standing.py` says what that is; who tells it to platforms is `lti/sending/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, delete, exists, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from grader.policy.platform_score import WITHHELD, PlatformScore
from grader.service.store.lti_score_tables import LtiScore, LtiSender, ScoreState

#: put together once: every attempt that ends asks it
_SENDERS: Final = select(LtiSender.link_id).where(LtiSender.opening_id == bindparam("opening"))


def is_told_of(opening_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether any platform is told of an opening, as part of a statement."""
    return exists().where(LtiSender.opening_id == opening_id)


def links_of(session: Session, opening_id: int) -> Sequence[int]:
    """The links whose platforms are told of that opening."""
    return session.connection().scalars(_SENDERS, {"opening": opening_id}).all()


def want(
    session: Session,
    links: Sequence[int],
    scores: Mapping[int, PlatformScore | None],
    *,
    look_at: datetime | None,
) -> None:
    """Platforms are to have these scores of people by their ids; None: nothing, and what they have is to go. At
    `look_at` it will be another, with nobody doing anything.

    Rows are locked in the order of their keys, a link's sender before its scores, as whoever sends does.
    """
    elsewhen = select(LtiSender.link_id).where(
        LtiSender.link_id.in_(links), LtiSender.look_at.is_distinct_from(look_at)
    )
    if stale := session.scalars(elsewhen.order_by(LtiSender.link_id)).all():
        session.execute(update(LtiSender).where(LtiSender.link_id.in_(stale)).values(look_at=look_at))
    asked = (
        select(LtiScore)
        .where(LtiScore.link_id.in_(links), LtiScore.person_id.in_(scores))
        .order_by(LtiScore.link_id, LtiScore.person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    known = {(each.link_id, each.person_id): each for each in session.scalars(asked)}
    new: list[dict[str, Any]] = []
    for link_id in sorted(links):
        for person_id in sorted(scores):
            row, wanted = known.get((link_id, person_id)), scores[person_id]
            if row is not None:
                _change(session, row, wanted)
            elif wanted is not None:
                new.append(_new(link_id, person_id, wanted))
    session.flush()
    if new:
        session.execute(insert(LtiScore), new)


def _change(session: Session, row: LtiScore, wanted: PlatformScore | None) -> None:
    """What is to be there is another than it was, or the same."""
    if wanted is None and row.told is None and not row.is_unclear:  # it never left
        session.execute(delete(LtiScore).where(LtiScore.link_id == row.link_id, LtiScore.person_id == row.person_id))
        session.expunge(row)
        return
    wanted = wanted or WITHHELD
    if wanted == row.wanted:
        return
    is_there = wanted == row.told and not row.is_unclear
    row.wanted, row.version = wanted, row.version + 1
    row.state = ScoreState.SENT if is_there else ScoreState.WAITING
    row.tries, row.trouble, row.differs = 0, None, None


def _new(link_id: int, person_id: int, wanted: PlatformScore) -> dict[str, Any]:
    return {
        "link_id": link_id,
        "person_id": person_id,
        "wanted": wanted,
        "version": 1,
        "state": ScoreState.WAITING,
        "is_unclear": False,
        "stamp_version": 0,
        "tries": 0,
    }
