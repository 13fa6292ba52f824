"""How long somebody will wait, as far as it can be told from what waits and from how fast grading was. Of however many
attempts, it is asked in as many queries as of one."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Row, Select, and_, func, literal_column, select, tuple_
from sqlalchemy.orm import Session, aliased

from grader.service.queue.order import ORDER, RUNNING, WAITING
from grader.service.store.tables import Attempt, WorkerSeen

#: a worker that has not said anything for so long is counted as gone
GONE: Final = timedelta(seconds=60)
#: so many are counted one by one; for more, all that wait are numbered, which takes ten times as long as to count once
FEW: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """`ahead`: attempts that go first. `seconds`: until the report, as expected; None while no worker is there."""

    ahead: int
    seconds: float | None


def position(session: Session, attempt_id: uuid.UUID, now: datetime) -> Position | None:
    """Where a waiting or running attempt stands; None for one that is over, or unknown."""
    return positions(session, [attempt_id], now).get(attempt_id)


def positions(session: Session, ids: Sequence[uuid.UUID], now: datetime) -> Mapping[uuid.UUID, Position]:
    """Where each stands that waits or runs; those that are over, or unknown, are left out.

    First go those of the same course that come before, and of each other course, whose turns alternate with this one's,
    as much work of the same class or a lower one as this course has until then.
    """
    running = session.execute(select(Attempt.id, Attempt.seconds, Attempt.claimed_at).where(RUNNING)).all()
    asked = frozenset(ids)
    found = {row.id: _running(row, now) for row in running if row.id in asked}
    if not (waiting := _waiting(session, [each for each in ids if each not in found])):
        return found
    slots = session.scalar(
        select(func.sum(WorkerSeen.slots)).where(WorkerSeen.seen_at > now - GONE, WorkerSeen.draining.is_(False))
    )
    others = _Courses(session)
    at_work = sum(row.seconds for row in running) / 2
    for row in waiting:
        ahead, work = others.before(row.course_id, row.priority, turns=row.sooner + row.seconds)
        seconds = (row.sooner + work + at_work) / slots + row.seconds if slots else None
        found[row.id] = Position(ahead=row.ahead + ahead, seconds=seconds)
    return found


def _running(row: Row[uuid.UUID, float, datetime | None], now: datetime) -> Position:
    assert row.claimed_at is not None
    return Position(ahead=0, seconds=max(0.0, row.seconds - (now - row.claimed_at).total_seconds()))


def _waiting(session: Session, ids: Sequence[uuid.UUID]) -> Sequence[Row[uuid.UUID, int, int, float, int, float]]:
    """Those of them that wait, each with how many of its course come before, and their seconds. Equals do not."""
    if len(ids) <= FEW:
        return session.execute(_each_alone(ids)).all() if ids else []
    turn = (Attempt.priority, *ORDER)
    sooner = func.sum(Attempt.seconds).over(partition_by=Attempt.course_id, order_by=turn, groups=(None, -1))
    every = select(
        Attempt.id,
        Attempt.course_id,
        Attempt.priority,
        Attempt.seconds,
        (func.rank().over(partition_by=Attempt.course_id, order_by=turn) - 1).label("ahead"),
        func.coalesce(sooner, 0.0).label("sooner"),
    )
    theirs = select(Attempt.course_id).where(WAITING, Attempt.id.in_(ids))
    line = every.where(WAITING, Attempt.course_id.in_(theirs)).subquery()
    asked = select(line.c.id, line.c.course_id, line.c.priority, line.c.seconds, line.c.ahead, line.c.sooner)
    return session.execute(asked.where(line.c.id.in_(ids))).all()


def _each_alone(ids: Sequence[uuid.UUID]) -> Select[uuid.UUID, int, int, float, int, float]:
    """The same, by as many looks into the line as there are attempts."""
    other = aliased(Attempt)
    turn = (Attempt.priority, *ORDER)
    theirs = tuple_(*(getattr(other, column.key) for column in turn))
    is_sooner = and_(
        other.course_id == Attempt.course_id, other.state == literal_column("'waiting'"), theirs < tuple_(*turn)
    )
    return (
        select(
            Attempt.id,
            Attempt.course_id,
            Attempt.priority,
            Attempt.seconds,
            func.count(other.id).label("ahead"),
            func.coalesce(func.sum(other.seconds), 0.0).label("sooner"),
        )
        .outerjoin(other, is_sooner)
        .where(WAITING, Attempt.id.in_(ids))
        .group_by(Attempt.id)
    )


class _Courses:
    """What waits in all courses, by class."""

    def __init__(self, session: Session) -> None:
        every = select(Attempt.course_id, Attempt.priority, func.count(), func.sum(Attempt.seconds)).where(WAITING)
        self._lines: defaultdict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for course, priority, count, seconds in session.execute(every.group_by(Attempt.course_id, Attempt.priority)):
            self._lines[course].append((priority, count, seconds))

    def before(self, course: int, priority: int, *, turns: float) -> tuple[int, float]:
        """Attempts of other courses that go first, and their seconds, where this one's turns take so long."""
        ahead, work = 0, 0.0
        for other, line in self._lines.items():
            count, seconds = _sum(each for each in line if each[0] <= priority)
            if other != course and count:
                share = min(1.0, turns / seconds) if seconds else 1.0
                ahead += round(count * share)
                work += seconds * share
        return ahead, work


def _sum(line: Iterable[tuple[int, int, float]]) -> tuple[int, float]:
    counts, seconds = 0, 0.0
    for _, count, total in line:
        counts += count
        seconds += total
    return counts, seconds
