"""What a course's staff see of its grades on their way, and what they may do: have them told once more, or compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session

from grader.message import Message
from grader.policy.platform_score import PlatformHas, PlatformScore
from grader.service.lti.sending.claims import is_student_there
from grader.service.lti.sending.columns import LinkedColumn, columns_of, resume
from grader.service.store.lti_score_tables import LtiScore, LtiSender, ScoreState
from grader.service.store.lti_tables import LtiMember
from grader.service.store.tables import Identity, Person

#: people of one column that are named
NAMED = 200


class HowFar(StrEnum):
    """How far a score is. `NOT_THERE`: the platform does not have this person as a student, or not any more."""

    SENT = "sent"
    WAITING = "waiting"
    PARKED = "parked"
    NOT_THERE = "not_there"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreNow:
    """One that is not simply told: it waits, is parked, or stands there otherwise."""

    person_id: int
    name: str
    way: HowFar
    wanted: PlatformScore
    told: PlatformScore | None
    told_at: datetime | None
    trouble: Message | None
    differs: PlatformHas | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnNow:
    """A column at this moment. `people`: of all ways but the first, and those that differ; at most so many are named.
    `next_at`: a column that failed is not asked before."""

    column: LinkedColumn
    numbers: Mapping[HowFar, int]
    different: int
    people: Sequence[ScoreNow]
    trouble: Message | None
    parked: bool
    next_at: datetime | None
    compared_at: datetime | None


def columns_now(session: Session, course_id: int) -> list[ColumnNow]:
    """The columns of a course."""
    return [_now(session, each) for each in columns_of(session, course_id)]


def is_linked(session: Session, course_id: int) -> bool:
    """Whether there are any."""
    return bool(columns_of(session, course_id))


def send_again(session: Session, course_id: int, link_id: int) -> bool:
    """Tell once more what is parked, and what stands at the platform otherwise than it was told; at once. False if
    there is no such column in the course."""
    if not _has(session, course_id, link_id):
        return False
    resume(session, link_id)
    again = (
        update(LtiScore)
        .where(LtiScore.link_id == link_id, or_(LtiScore.state == ScoreState.PARKED, LtiScore.differs.is_not(None)))
        .values(
            state=ScoreState.WAITING,
            version=LtiScore.version + 1,  # with a newer time than all before
            tries=0,
            trouble=None,
            differs=None,
        )
    )
    session.execute(again.execution_options(synchronize_session=False))
    return True


def compare_again(session: Session, course_id: int, link_id: int) -> bool:
    """Have a column compared by the next worker that looks. False if there is none in the course."""
    if not _has(session, course_id, link_id):
        return False
    session.execute(update(LtiSender).where(LtiSender.link_id == link_id).values(compared_at=None, next_at=None))
    return True


def _has(session: Session, course_id: int, link_id: int) -> bool:
    return any(each.link_id == link_id for each in columns_of(session, course_id))


def _now(session: Session, column: LinkedColumn) -> ColumnNow:
    sender = session.get(LtiSender, column.link_id)
    is_there = exists().where(
        Identity.person_id == LtiScore.person_id,
        Identity.issuer == column.people,
        LtiMember.person_id == LtiScore.person_id,
        *is_student_there(column.context_id, LtiScore.person_id),
    )
    counted = (
        select(LtiScore.state, is_there, func.count(), func.count(LtiScore.differs))
        .where(LtiScore.link_id == column.link_id)
        .group_by(LtiScore.state, is_there)
    )
    numbers = dict.fromkeys(HowFar, 0)
    different = 0
    for state, there, number, differing in session.execute(counted):
        numbers[_way(state, is_there=there)] += number
        different += differing
    asked = (
        select(LtiScore, Person.name, is_there)
        .join(Person, Person.id == LtiScore.person_id)
        .where(
            LtiScore.link_id == column.link_id, or_(LtiScore.state != ScoreState.SENT, LtiScore.differs.is_not(None))
        )
        .order_by(LtiScore.state, func.lower(Person.name), Person.id)
        .limit(NAMED)
    )
    people = [_person(row, name, is_there=there) for row, name, there in session.execute(asked)]
    return ColumnNow(
        column=column,
        numbers=numbers,
        different=different,
        people=people,
        trouble=None if sender is None else sender.trouble,
        parked=sender is not None and sender.parked_for is not None,
        next_at=None if sender is None else sender.next_at,
        compared_at=None if sender is None else sender.compared_at,
    )


def _person(row: LtiScore, name: str, *, is_there: bool) -> ScoreNow:
    return ScoreNow(
        person_id=row.person_id,
        name=name,
        way=_way(row.state, is_there=is_there),
        wanted=row.wanted,
        told=row.told,
        told_at=row.told_at,
        trouble=row.trouble,
        differs=row.differs,
    )


def _way(state: ScoreState, *, is_there: bool) -> HowFar:
    match state:
        case ScoreState.SENT:
            return HowFar.SENT
        case ScoreState.PARKED:
            return HowFar.PARKED
        case ScoreState.WAITING:
            return HowFar.WAITING if is_there else HowFar.NOT_THERE
