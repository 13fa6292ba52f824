"""How long grading takes, as it was measured: expected when an attempt is queued, learnt when one is done."""

from __future__ import annotations

from functools import cache
from typing import Final

from sqlalchemy import BindParameter, ColumnElement, Executable, case, func, select
from sqlalchemy.orm import Session

from grader.service.store.putting import insert_of
from grader.service.store.tables import Opening, Pace

#: of an assignment that nobody has graded yet; it counts as short
UNKNOWN_SECONDS: Final = 1.0
#: nothing takes no time, or a course of instant work would have all workers
LEAST_SECONDS: Final = 0.05
#: the mean is over about so many attempts, so that it follows a change of machines
REMEMBERED: Final = 20


def expected(revision_id: BindParameter[int], opening_id: BindParameter[int]) -> ColumnElement[float]:
    """Seconds that grading one attempt is expected to take, as part of a statement."""
    measured = (
        select(Pace.seconds)
        .join(Opening, Opening.assignment == Pace.assignment)
        .where(Pace.revision_id == revision_id, Opening.id == opening_id)
        .scalar_subquery()
    )
    return func.coalesce(measured, UNKNOWN_SECONDS)


def learn(session: Session, *, revision_id: int, assignment: str, seconds: float) -> None:
    """Take one more attempt into the mean."""
    one = {"revision_id": revision_id, "assignment": assignment, "seconds": seconds, "attempts": 1}
    connection = session.connection()
    connection.execute(_learning(connection.dialect.name), one)


@cache
def _learning(dialect: str) -> Executable:
    """Made once: making it takes longer than running it."""
    new = insert_of(dialect, Pace)
    known = case((Pace.attempts < REMEMBERED, Pace.attempts + 1), else_=REMEMBERED)
    learnt = {"seconds": Pace.seconds + (new.excluded.seconds - Pace.seconds) / known, "attempts": Pace.attempts + 1}
    return new.on_conflict_do_update(index_elements=["revision_id", "assignment"], set_=learnt)
