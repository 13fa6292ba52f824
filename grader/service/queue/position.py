"""How long somebody will wait, as far as it can be told from what waits and from how fast grading was. Of however many
attempts, it is asked in as many queries as of one; the questions are put together once, when this is loaded."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, and_, bindparam, exists, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from grader.policy.state import State
from grader.service.queue.order import ORDER, RUNNING, WAITING
from grader.service.store.tables import Attempt, WorkerSeen

#: a worker that has not said anything for so long is counted as gone
GONE: Final = timedelta(seconds=60)
#: so many are counted one by one; for more, all that wait are numbered, which takes ten times as long as to count once
FEW: Final = 4
#: where more wait, a receipt does not say how many
COUNTED: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """`ahead`: attempts that go first. `seconds`: until the report, as expected; None while no worker is there."""

    ahead: int
    seconds: float | None


@dataclass(slots=True, kw_only=True)
class _InLine:
    """One that waits. `ahead`, `sooner`: of its own course, how many come before and their seconds; `others`: the same
    of each other course, of all that is of no higher class."""

    seconds: float
    ahead: int = 0
    sooner: float = 0.0
    others: list[tuple[int, float]] = field(default_factory=list)


def position(session: Session | Connection, attempt_id: uuid.UUID, now: datetime) -> Position | None:
    """Where a waiting or running attempt stands; None for one that is over, or unknown."""
    return positions(session, [attempt_id], now).get(attempt_id)


def positions_of_new(
    session: Session | Connection, ids: Sequence[uuid.UUID], now: datetime, *, most: int = COUNTED
) -> Mapping[uuid.UUID, Position]:
    """The same for receipts; none, too, where more than `most` wait. To count them takes longer than all else of a
    receipt, just when most people want one; whoever follows their attempt is told in a moment."""
    if not ids:
        return {}
    asked = {"ids": list(ids), "seen": now - GONE, "most": most}
    rows = session.execute(_OF_NEW, asked).all()
    return _placed(rows, _alone(rows), now)


def positions_of_all(session: Session | Connection, now: datetime) -> Mapping[uuid.UUID, Position]:
    """Where each stands that waits or runs."""
    rows = session.execute(_ALL, {"seen": now - GONE}).all()
    return _placed(rows, _among_all(session, _waiting(rows)), now)


def positions(session: Session | Connection, ids: Sequence[uuid.UUID], now: datetime) -> Mapping[uuid.UUID, Position]:
    """Where each stands that waits or runs; those that are over, or unknown, are left out.

    First go those of the same course that come before, and of each other course, whose turns alternate with this one's,
    as much work of the same class or a lower one as this course has until then.
    """
    if not ids:
        return {}
    asked = {"ids": list(ids), "seen": now - GONE}
    if len(ids) <= FEW:
        rows = session.execute(_FEW, asked).all()
        return _placed(rows, _alone(rows), now)
    rows = session.execute(_MANY, asked).all()
    return _placed(rows, _among_all(session, _waiting(rows)), now)


def _waiting(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[Row[*tuple[Any, ...]]]:
    return [row for row in rows if row.state is State.WAITING]


def _placed(
    rows: Sequence[Row[*tuple[Any, ...]]], lines: Mapping[uuid.UUID, _InLine], now: datetime
) -> Mapping[uuid.UUID, Position]:
    found = {row.id: _running(row, now) for row in rows if row.state is State.RUNNING}
    for attempt_id, line in lines.items():
        found[attempt_id] = _stands(line, at_work=rows[0].at_work / 2, slots=rows[0].slots)
    return found


def _running(row: Row[*tuple[Any, ...]], now: datetime) -> Position:
    return Position(ahead=0, seconds=max(0.0, row.seconds - (now - row.claimed_at).total_seconds()))


def _stands(line: _InLine, *, at_work: float, slots: int | None) -> Position:
    ahead, work, turns = line.ahead, line.sooner, line.sooner + line.seconds
    for count, seconds in line.others:
        share = min(1.0, turns / seconds) if seconds else 1.0
        ahead += round(count * share)
        work += seconds * share
    return Position(ahead=ahead, seconds=(work + at_work) / slots + line.seconds if slots else None)


def _alone(rows: Iterable[Row[*tuple[Any, ...]]]) -> Mapping[uuid.UUID, _InLine]:
    """Of a few: a row for each course that has something before it."""
    lines: dict[uuid.UUID, _InLine] = {}
    for row in _waiting(rows):
        line = lines.setdefault(row.id, _InLine(seconds=row.seconds))
        if row.course_id == row.theirs:
            line.ahead, line.sooner = row.ahead, row.sooner
        elif row.ahead:
            line.others.append((row.ahead, row.sooner))
    return lines


def _among_all(session: Session | Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> Mapping[uuid.UUID, _InLine]:
    """Of many: what waits in all courses is looked at once, by class."""
    courses: defaultdict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for course, priority, count, seconds in session.execute(_CLASSES) if rows else ():
        courses[course].append((priority, count, seconds))
    return {
        row.id: _InLine(
            seconds=row.seconds,
            ahead=row.ahead,
            sooner=row.sooner,
            others=[
                total
                for course, classes in courses.items()
                if course != row.course_id and (total := _sum(each for each in classes if each[0] <= row.priority))[0]
            ],
        )
        for row in rows
    }


def _sum(classes: Iterable[tuple[int, int, float]]) -> tuple[int, float]:
    counts, seconds = 0, 0.0
    for _, count, total in classes:
        counts += count
        seconds += total
    return counts, seconds


#: what all of them wait for: the seconds of what runs, and the slots of the workers that are there
_COMMON: Final = (
    select(func.coalesce(func.sum(Attempt.seconds), 0.0)).where(RUNNING).scalar_subquery().label("at_work"),
    select(func.sum(WorkerSeen.slots))
    .where(WorkerSeen.seen_at > bindparam("seen"), WorkerSeen.draining.is_(False))
    .scalar_subquery()
    .label("slots"),
)
_TURN: Final = (Attempt.priority, *ORDER)


def _few() -> Select[*tuple[Any, ...]]:
    """One look into the line for each."""
    other = aliased(Attempt)
    theirs = tuple_(*(getattr(other, column.key) for column in _TURN))
    is_before = and_(
        Attempt.state == literal_column("'waiting'"),
        other.state == literal_column("'waiting'"),
        or_(
            and_(other.course_id == Attempt.course_id, theirs < tuple_(*_TURN)),
            and_(other.course_id != Attempt.course_id, other.priority <= Attempt.priority),
        ),
    )
    return (
        select(
            Attempt.id,
            Attempt.state,
            Attempt.course_id,
            Attempt.seconds,
            Attempt.claimed_at,
            other.course_id.label("theirs"),
            func.count(other.id).label("ahead"),
            func.coalesce(func.sum(other.seconds), 0.0).label("sooner"),
            *_COMMON,
        )
        .outerjoin(other, is_before)
        .where(Attempt.id.in_(bindparam("ids", expanding=True)), WAITING | RUNNING)
        .group_by(Attempt.id, other.course_id)
    )


def _many() -> Select[*tuple[Any, ...]]:
    """All that wait in their courses, numbered. Equals do not come before each other."""
    of = (Attempt.course_id, Attempt.state)
    sooner = func.sum(Attempt.seconds).over(partition_by=of, order_by=_TURN, groups=(None, -1))
    every = select(
        Attempt.id,
        Attempt.state,
        Attempt.course_id,
        Attempt.priority,
        Attempt.seconds,
        Attempt.claimed_at,
        (func.rank().over(partition_by=of, order_by=_TURN) - 1).label("ahead"),
        func.coalesce(sooner, 0.0).label("sooner"),
    ).where(WAITING | RUNNING)
    return select(every.subquery(), *_COMMON)


_FEW: Final = _few()
#: one that waits behind the first `most` is looked for before anything is counted
_CROWD: Final = exists(
    select(literal_column("1")).select_from(Attempt).where(WAITING).offset(bindparam("most")).limit(1)
)
_OF_NEW: Final = _FEW.where(~_CROWD)
_ALL: Final = _many()
_MANY: Final = _ALL.where(_ALL.selected_columns.id.in_(bindparam("ids", expanding=True)))
_CLASSES: Final = (
    select(Attempt.course_id, Attempt.priority, func.count(), func.sum(Attempt.seconds))
    .where(WAITING)
    .group_by(Attempt.course_id, Attempt.priority)
)
