"""The statements by which an attempt is found and taken, put together once for each lane and kind of database: to make
one takes longer than to ask it. Who claims what, and what comes of it, is `claims.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Float,
    Integer,
    Interval,
    ScalarSelect,
    Select,
    String,
    bindparam,
    func,
    literal_column,
    select,
    type_coerce,
    update,
)

from grader.policy.state import State
from grader.service.queue.held import ONE
from grader.service.queue.order import ORDER, WAITING, Lane, claimable
from grader.service.store.columns import Moment
from grader.service.store.tables import Attempt, Course, Opening

#: more courses than a site has; written out as `ONE` is
MANY: Final = literal_column("1000000", Integer)
NONE: Final = literal_column("0", Integer)
#: what is known of an attempt that is taken, in the names of `claims.Claimed`
OF_A_CLAIM: Final = (
    Attempt.id.label("attempt_id"),
    Attempt.fence,
    Attempt.tries,
    Attempt.priority,
    Attempt.course_id,
    Attempt.opening_id,
    Attempt.person_id,
    Attempt.revision_id,
    select(Opening.assignment).where(Opening.id == Attempt.opening_id).scalar_subquery().label("assignment"),
    Attempt.filename,
    Attempt.sha256,
    Attempt.seconds,
)


@cache
def turns(lane: Lane) -> Select[int, int]:
    """Courses that wait (`id`), each with its `lowest` class, in the order of their turns."""
    lowest = (
        select(Attempt.priority)
        .where(Attempt.course_id == Course.id, claimable(lane))
        .order_by(Attempt.priority, *ORDER)
        .limit(ONE)
        .correlate(Course)
        .scalar_subquery()
    )
    # a bound on rows that none reaches: else the database would look for the lowest twice
    waiting = select(Course.id, Course.virtual, lowest.label("lowest")).offset(NONE).limit(MANY).subquery()
    return (
        select(waiting.c.id, waiting.c.lowest)
        .where(waiting.c.lowest.is_not(None))
        .order_by(waiting.c.lowest, waiting.c.virtual, waiting.c.id)
    )


@cache
def turn(lane: Lane) -> Select[int, int]:
    """The first of them."""
    return turns(lane).limit(ONE)


@cache
def taking_next(dialect: str, lane: Lane) -> Executable:
    """Take the first of the course whose turn it is, in its lowest class; `OF_A_CLAIM` of it. With `taken_by`. On
    PostgreSQL its course has had its seconds by the same statement."""
    first = turn(lane).cte("turn")
    return _taking(dialect, lane, select(first.c.id).scalar_subquery(), select(first.c.lowest).scalar_subquery())


@cache
def taking_of(dialect: str, lane: Lane) -> Executable:
    """The same of the course `its_course`, in the class `its_class`."""
    return _taking(dialect, lane, bindparam("its_course", type_=Integer), bindparam("its_class", type_=Integer))


def taken_by(dialect: str, worker: str, now: datetime, lease: timedelta) -> Mapping[str, Any]:
    """Who takes it and for how long, where this machine's clock says `now`."""
    until = {"lease": lease} if dialect == "postgresql" else {"lease_end": now + lease}
    return {"taker": worker, "taken_at": now, **until}


def _taking(
    dialect: str,
    lane: Lane,
    course: BindParameter[int] | ScalarSelect[int],
    priority: BindParameter[int] | ScalarSelect[int],
) -> Executable:
    taken = (
        update(Attempt)
        .where(Attempt.id == _first(lane, course, priority), WAITING)
        .values(
            state=State.RUNNING,
            fence=Attempt.fence + 1,
            worker=bindparam("taker", type_=String),
            claimed_at=bindparam("taken_at", type_=Moment),
            lease_until=_end_of_lease(dialect),
            stage=None,
            trouble=None,
        )
        .returning(*OF_A_CLAIM)
    )
    if dialect != "postgresql":
        return taken
    each = taken.cte("taken")
    had = update(Course).where(Course.id == each.c.course_id).values(virtual=Course.virtual + each.c.seconds)
    return had.returning(*each.c)


#: the same where a statement changes one table alone
HAD: Final = (
    update(Course)
    .where(Course.id == bindparam("its_course"))
    .values(virtual=Course.virtual + bindparam("its_seconds", type_=Float))
)


def _first(
    lane: Lane, course: BindParameter[int] | ScalarSelect[int], priority: BindParameter[int] | ScalarSelect[int]
) -> ScalarSelect[Any]:
    """Of those that nobody else holds. Its row is held by whoever asks."""
    return (
        select(Attempt.id)
        .where(Attempt.course_id == course, Attempt.priority == priority, claimable(lane))
        .order_by(*ORDER)
        .limit(ONE)
        .with_for_update(of=Attempt, skip_locked=True)
        .scalar_subquery()
    )


def _end_of_lease(dialect: str) -> ColumnElement[datetime]:
    if dialect != "postgresql":
        return bindparam("lease_end", type_=Moment)
    return type_coerce(func.clock_timestamp() + bindparam("lease", type_=Interval), Moment)
