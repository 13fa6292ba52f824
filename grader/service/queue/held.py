"""Rows that a worker holds until a lease ends: attempts, files of a class, works of a regrade set. Each is taken by
raising its fence, and whoever comes with an older fence is not heard. Which row is next is asked elsewhere.

A lease lasts by the database server's clock where several machines may claim (PostgreSQL), by this machine's where all
claimers are on it (SQLite).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Integer,
    Interval,
    ScalarSelect,
    case,
    func,
    literal,
    literal_column,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from grader.messages import say
from grader.policy.state import State
from grader.service.store.batch_tables import BatchFile
from grader.service.store.columns import Moment
from grader.service.store.regrade_tables import RegradeWork
from grader.service.store.tables import Attempt

LEASE: Final = timedelta(seconds=30)
#: failures of ours until something is parked
TRIES: Final = 3
#: of what waits a claim wants one. Written out: of a bound that it does not see PostgreSQL expects a tenth of all rows,
#: and where many wait it plans every claim anew, which takes longer than to run it
ONE: Final = literal_column("1", Integer)
#: what waits behind every attempt, and knows no order of its students
SideTable: TypeAlias = type[BatchFile] | type[RegradeWork]
_NOBODYS: Final = {"worker": None, "lease_until": None}


def moment(session: Session, now: datetime, *, later: timedelta = timedelta()) -> ColumnElement[datetime]:
    """The moment by which leases go, where this machine's clock says `now`; or so much later."""
    if session.get_bind().dialect.name != "postgresql":
        return literal(now + later, Moment())
    return type_coerce(func.clock_timestamp() + literal(later, Interval()), Moment())


def is_in(table: SideTable | type[Attempt], state: State) -> ColumnElement[bool]:
    """Of rows in that state; written out, not bound, as in `order.py`."""
    return table.state == literal_column(f"'{state.value}'")


def kept_on(
    session: Session,
    table: SideTable | type[Attempt],
    held: Sequence[tuple[uuid.UUID, int]],
    *,
    now: datetime,
    lease: timedelta,
) -> frozenset[tuple[uuid.UUID, int]]:
    """Lengthen the leases of rows, each by its id and the fence it was claimed at; those that were still held so."""
    if not held:
        return frozenset()
    renewed = (
        update(table)
        .where(tuple_(table.id, table.fence).in_(held), is_in(table, State.RUNNING))
        .values(lease_until=moment(session, now, later=lease))
        .returning(table.id, table.fence)
        .execution_options(synchronize_session=False)
    )
    return frozenset((row.id, row.fence) for row in session.execute(renewed))


def taking(
    table: SideTable,
    which: ScalarSelect[uuid.UUID],
    told: Sequence[Any],
    *,
    worker: str,
    until: ColumnElement[datetime],
) -> ReturningUpdate[Any]:
    """Take that row if it still waits; the statement returns the columns of `told`."""
    return (
        update(table)
        .where(table.id == which, is_in(table, State.WAITING))
        .values(state=State.RUNNING, fence=table.fence + 1, worker=worker, lease_until=until)
        .returning(*told)
        .execution_options(synchronize_session=False)
    )


def ended(session: Session, table: SideTable, id: uuid.UUID, fence: int, **values: object) -> bool:
    """Let a row go with these values. False if it is not the claimer's any more, who then changes nothing."""
    let_go = (
        update(table)
        .where(table.id == id, table.fence == fence, is_in(table, State.RUNNING))
        .values(**values, **_NOBODYS)
        .returning(table.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(let_go) is not None


def failed(table: SideTable) -> dict[str, object]:
    """The values of a row that we did not come through: it waits again, or is parked at its last try."""
    again = case((table.tries + 1 < TRIES, State.WAITING.value), else_=State.PARKED.value)
    return {"state": again, "tries": table.tries + 1}


def sweep(session: Session, table: SideTable, *, now: datetime) -> None:
    """What a worker had of which nothing is heard any more: a failure of ours, each."""
    session.execute(
        update(table)
        .where(is_in(table, State.RUNNING), table.lease_until < moment(session, now))
        .values(**failed(table), trouble=say("worker_not_heard"), **_NOBODYS)
        .execution_options(synchronize_session=False)
    )
