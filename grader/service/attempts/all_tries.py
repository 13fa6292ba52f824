"""Everybody's attempts at an opening, as figures of its checks are made of them. For staff alone: hidden checks count.

What the figures mean is `classes/check_figures.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.classes.check_figures import Try, figures
from grader.policy.state import State
from grader.report.check_figures import AssignmentFigures
from grader.report.report import AssignmentReference, CheckResult, Report
from grader.service.attempts.documents import unpacked
from grader.service.attempts.of_students import of_students
from grader.service.store.regrade_tables import RegradeSet, RegradeWork, SetState
from grader.service.store.tables import Attempt, Opening, StoredReport

#: attempts that are opened for it, the newest ones
MOST_OPENED: Final = 5_000


def figures_of(session: Session, opening: Opening) -> AssignmentFigures:
    """The figures of all checks of an opening: by attempt, with times, and before they were judged again."""
    tries = list(_tries(session, opening.id))
    reference = next((each.report.assignment for each in tries if each.report.assignment is not None), None)
    unknown = AssignmentReference(id=opening.assignment, title=opening.assignment, version="")
    return figures(reference or unknown, tries)


def _tries(session: Session, opening_id: int) -> Iterator[Try]:
    asked = (
        select(Attempt.id, Attempt.person_id, Attempt.number, Attempt.received_at, StoredReport.document)
        .join(StoredReport, StoredReport.attempt_id == Attempt.id)
        .where(Attempt.opening_id == opening_id, Attempt.state == State.GRADED, of_students())
        .order_by(Attempt.received_at.desc())
        .limit(MOST_OPENED)
    )
    before = _before(session, opening_id)
    for row in session.execute(asked):
        kept = before.get(row.id)
        yield Try(
            who=str(row.person_id),
            number=row.number,
            report=_in_short(unpacked(row.document)),
            at=row.received_at,
            before=None if kept is None else _in_short(unpacked(kept)),
        )


def _in_short(report: Report) -> Report:
    """Without what no figure is made of: thousands of reports are held at once."""
    gone = {"cell": None, "printed": "", "notices": (), "withheld_notices": (), "layers": (), "curve": None}
    return report.model_copy(
        update={
            "exercises": tuple(
                each.model_copy(update=gone | {"checks": tuple(map(_check_in_short, each.checks))})
                for each in report.exercises
            )
        }
    )


def _check_in_short(check: CheckResult) -> CheckResult:
    return check.model_copy(update={"hint": None, "counterexample": None, "raised_at": None})


def _before(session: Session, opening_id: int) -> dict[object, bytes]:
    """What each attempt's report was before the first set that applies to it."""
    asked = (
        select(RegradeWork.attempt_id, RegradeWork.before)
        .join(RegradeSet, RegradeSet.id == RegradeWork.set_id)
        .where(RegradeSet.opening_id == opening_id, RegradeSet.state == SetState.APPLIED)
        .where(RegradeWork.before.is_not(None))
        .order_by(RegradeSet.changed_at.desc())
    )
    return {row.attempt_id: row.before for row in session.execute(asked)}
