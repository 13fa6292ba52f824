"""Attempts with their reports, as a worker would have left them. No test lives here."""

from __future__ import annotations

import uuid
from datetime import datetime

from grader.course.assignment import Visibility
from grader.policy.decision import Refused
from grader.policy.state import State
from grader.report.report import CheckResult, Report, Verdict
from grader.service.attempts.documents import keep_report
from grader.service.attempts.handed_in import HandIn, Received
from grader.service.attempts.receiving import receive
from grader.service.attempts.standing import settle
from grader.service.store.tables import Attempt, Source
from tests.service.classroom import Classroom
from tests.unit.reports import check, exercise, report

NOTEBOOK = b'{"cells": []}'


def hand_in(
    room: Classroom,
    name: str,
    data: bytes = NOTEBOOK,
    *,
    key: str | None = None,
    arrived_at: datetime | None = None,
) -> Received | Refused:
    """What becomes of what that person hands in."""
    with room.site.database.begin() as session:
        what = receive(session, room.site, asked_for(room, name, data, key=key, arrived_at=arrived_at))
    assert what is not None
    return what


def asked_for(
    room: Classroom, name: str, data: bytes, *, key: str | None = None, arrived_at: datetime | None = None
) -> HandIn:
    """What that person hands in."""
    return HandIn(
        course_id=room.course_id,
        assignment=room.assignment,
        person_id=room.people[name],
        filename="digits.ipynb",
        data=data,
        source=Source.PAGE,
        idempotency_key=key,
        arrived_at=arrived_at,
    )


def taken(what: Received | Refused) -> Received:
    """What was taken."""
    assert isinstance(what, Received), what
    return what


def refused(what: Received | Refused) -> Refused:
    """What was not."""
    assert isinstance(what, Refused), what
    return what


def two(first: int, second: int, *, hidden: int = 0, after_due: int = 0) -> Report:
    """A report on digits: points of each exercise out of 40, and of 10 each that are withheld of the second."""
    return report(
        exercise(_partly("a", first), id="my_softmax"),
        exercise(
            _partly("b", second),
            _partly("c", hidden, 10, Visibility.HIDDEN),
            _partly("d", after_due, 10, Visibility.AFTER_DUE),
            id="model",
        ),
    )


def graded(room: Classroom, name: str, outcome: Report, *, state: State = State.GRADED) -> uuid.UUID:
    """Somebody hands in, and that is the report."""
    received = taken(hand_in(room, name, uuid.uuid4().bytes))
    reported(room, received.attempt_id, outcome, state=state)
    return received.attempt_id


def reported(room: Classroom, attempt_id: uuid.UUID, outcome: Report, *, state: State = State.GRADED) -> None:
    """The attempt ends with that report."""
    with room.site.database.begin() as session:
        attempt = session.get_one(Attempt, attempt_id)
        attempt.state = state
        session.flush()
        keep_report(session, attempt_id, room.revision_id, outcome, room.site.now())
        settle(session, attempt.opening_id, attempt.person_id, room.site.now())


def _partly(id: str, earned: int, possible: int = 40, visibility: Visibility = Visibility.VISIBLE) -> CheckResult:
    verdict = Verdict.PASSED if earned == possible else Verdict.PARTIAL if earned else Verdict.FAILED
    return check(id, verdict, points=possible, earned=earned, visibility=visibility)
