"""Some scores of one column: taken before they are told, so that a kill leaves behind that they may have been; and kept
as what came of them. Each is one transaction of whoever holds the column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.messages import LANGUAGES, Language, Message
from grader.policy.platform_score import PlatformScore
from grader.service.lti.sending.claims import ClaimedColumn, is_held, is_student_there
from grader.service.lti.services.answers import Cause, Failed
from grader.service.store.lti_score_tables import LtiScore, ScoreState
from grader.service.store.lti_tables import LtiMember
from grader.service.store.tables import Identity, Person

#: scores that are taken at once: what one kill leaves unclear
MOST: Final = 32
#: what a platform refuses as older is sent so often with a newer time
TRIES: Final = 3
#: between the times of two scores of one person
TICK: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A score to be told. `to_look`: it was sent before with the same time, and nobody knows whether it arrived."""

    person_id: int
    user_id: str
    language: Language
    version: int
    wanted: PlatformScore
    told: PlatformScore | None
    stamp: datetime
    to_look: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of one: the platform has it, where `failed` is None. `begun`: it left us at all."""

    telling: Telling
    failed: Failed | None = None
    begun: bool = True


def not_begun(telling: Telling, failed: Failed) -> Told:
    """It did not leave us, since that is wrong with its column."""
    return Told(telling=telling, failed=failed, begun=False)


def take_some(session: Session, held: ClaimedColumn, *, now: datetime) -> Sequence[Telling] | None:
    """Scores that wait, each with the time it is sent with, which is written down first; None if the column is somebody
    else's."""
    if not is_held(session, held):
        return None
    column = held.column
    asked = (
        select(LtiScore, Identity.subject, Person.language)
        .join(Identity, Identity.person_id == LtiScore.person_id)
        .join(Person, Person.id == LtiScore.person_id)
        .join(LtiMember, LtiMember.person_id == LtiScore.person_id)
        .where(
            LtiScore.link_id == column.link_id,
            LtiScore.state == ScoreState.WAITING,
            Identity.issuer == column.people,
            *is_student_there(column.context_id, LtiScore.person_id),
        )
        .order_by(LtiScore.person_id, Identity.id)
        .limit(MOST)
        .with_for_update(of=LtiScore)
    )
    newest = {row.person_id: (row, subject, language) for row, subject, language in session.execute(asked)}
    return [_telling(*each, now) for each in newest.values()]  # whose subject changed there is told of by the new one


def _telling(row: LtiScore, subject: str, language: str | None, now: datetime) -> Telling:
    is_same = row.stamp_version == row.version and row.stamp is not None
    to_look = is_same and row.is_unclear
    stamp = row.stamp if is_same and row.stamp is not None else _after(row.stamp, now)
    row.stamp, row.stamp_version, row.is_unclear = stamp, row.version, True
    return Telling(
        person_id=row.person_id,
        user_id=subject,
        language=next((each for each in LANGUAGES if each == language), "en"),
        version=row.version,
        wanted=row.wanted,
        told=row.told,
        stamp=stamp,
        to_look=to_look,
    )


def _after(stamp: datetime | None, now: datetime) -> datetime:
    """A time that does not go back, whatever the clock does."""
    return now if stamp is None else max(now, stamp + TICK)


def keep(session: Session, held: ClaimedColumn, told: Sequence[Told], *, now: datetime) -> bool:
    """What came of them. False, and nothing is kept, if the column is somebody else's."""
    if not is_held(session, held):
        return False
    by_person = {each.telling.person_id: each for each in told}
    asked = (
        select(LtiScore)
        .where(LtiScore.link_id == held.column.link_id, LtiScore.person_id.in_(by_person))
        .order_by(LtiScore.person_id)
        .with_for_update()
    )
    for row in session.scalars(asked):
        _keep(row, by_person[row.person_id], now)
    return True


def _keep(row: LtiScore, told: Told, now: datetime) -> None:
    telling, failed = told.telling, told.failed
    is_newest = row.version == telling.version
    if failed is None:
        row.told, row.told_at, row.is_unclear, row.differs = telling.wanted, now, False, None
        if is_newest:
            row.state, row.tries, row.trouble = ScoreState.SENT, 0, None
        return
    row.is_unclear = telling.to_look or (told.begun and failed.is_unclear)
    if not is_newest:
        return
    if failed.cause is Cause.OUTDATED:
        row.tries, row.stamp_version = row.tries + 1, 0  # with a newer time
        if row.tries >= TRIES:
            _park(row, failed.message)
    elif failed.cause is Cause.REFUSED:
        _park(row, failed.message)


def _park(row: LtiScore, trouble: Message) -> None:
    row.state, row.trouble = ScoreState.PARKED, trouble
