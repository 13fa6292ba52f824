"""What holds at every moment, whatever was killed: nothing handed in is lost, done twice or changed."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.policy.state import State
from grader.service.attempts.documents import complete_report
from grader.service.site import Site
from grader.service.store.outline import ResultOutline
from grader.service.store.tables import Attempt, StoredReport

FINAL = (State.GRADED, State.SUPERSEDED, State.PARKED)


def assert_nothing_is_lost(site: Site, received: set[uuid.UUID], *, over: bool = True) -> None:
    """Every receipt has one attempt; every attempt, when it is `over`, one report or a state that everybody sees."""
    with site.database.read() as session:
        attempts = session.scalars(select(Attempt)).all()
        assert {each.id for each in attempts} >= received
        for attempt in attempts:
            assert not over or attempt.state in FINAL, f"{attempt.id} is {attempt.state}"
            _assert_consistent(session, attempt)
        running = (
            select(func.count()).where(Attempt.state == State.RUNNING).group_by(Attempt.opening_id, Attempt.person_id)
        )
        assert all(count == 1 for count in session.scalars(running))


def points(site: Site) -> dict[uuid.UUID, ResultOutline]:
    """What each graded attempt has earned."""
    with site.database.read() as session:
        return {
            row.id: row.outline
            for row in session.execute(select(StoredReport.attempt_id.label("id"), StoredReport.outline))
        }


def assert_nobodys_points_changed(site: Site, before: dict[uuid.UUID, ResultOutline]) -> None:
    """What was earned by then still is."""
    now = points(site)
    assert {key: now[key] for key in before} == before


def _assert_consistent(session: Session, attempt: Attempt) -> None:
    report = session.get(StoredReport, attempt.id)
    match attempt.state:
        case State.GRADED:
            assert report is not None
            assert complete_report(report).status.value == report.status
        case State.PARKED:
            assert attempt.trouble is not None
        case State.RUNNING:
            assert attempt.worker is not None
            assert attempt.lease_until is not None
        case _:
            assert attempt.lease_until is None
