"""How attempts are told to programs: what of a row whoever asks may know."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from fastapi import Request
from pydantic import Field
from sqlalchemy.orm import Session

from grader.messages import Words
from grader.policy.decision import Decision
from grader.policy.state import State
from grader.service.attempts.blind import Blind
from grader.service.attempts.documents import changed_at
from grader.service.attempts.handed_in import Received
from grader.service.attempts.listing import counting_among
from grader.service.attempts.receipts import Receipt
from grader.service.queue.position import Position
from grader.service.queue.remembered import Places
from grader.service.store.outline import Stage
from grader.service.store.tables import Attempt, Source
from grader.service.web.access import InCourse
from grader.service.web.api.shapes import Shape

STAFF_ALONE = "For staff; null for anybody else."


class ProgressShape(Shape):
    """How far an attempt has come. `position`: attempts that go first, null where very many wait and it has just come;
    `estimate_seconds`: until the report."""

    id: uuid.UUID
    status: State
    stage: Stage | None = None
    position: int | None = None
    estimate_seconds: float | None = None


class AttemptShape(ProgressShape):
    """One stored submission. Of its points staff read here, a student in the report."""

    course: str
    assignment: str
    person: int
    name: str
    number: int = Field(description="Counts the attempts of this person on this assignment.")
    received_at: datetime
    source: Source
    filename: str
    size: int
    sha256: str
    decision: Decision
    trouble: str | None = Field(description=f"Why it is parked. {STAFF_ALONE}")
    finished_at: datetime | None = Field(description=STAFF_ALONE)
    report_made_at: datetime | None = Field(description=f"Another moment, another report. {STAFF_ALONE}")
    earned: int | None = Field(description=f"After marking, before deductions, with all checks. {STAFF_ALONE}")
    possible: int | None = Field(description=STAFF_ALONE)
    counts: bool | None = Field(description=f"Whether it is the one that counts. {STAFF_ALONE}")


class TakenShape(AttemptShape):
    """What was handed in and taken. `notices`: what its student should know, such as that it is late."""

    receipt: Receipt
    notices: tuple[str, ...]


def places_of(request: Request) -> Places:
    """What this process remembers of the queue."""
    places: Places = request.app.state.places
    return places


def one(
    session: Session, row: Attempt, course: InCourse, words: Words, place: Position | None, blind: Blind
) -> AttemptShape:
    """An attempt, with its place in the queue."""
    (shape,) = several(session, [row], course, words, blind)
    if place is None:
        return shape
    return shape.model_copy(update={"position": place.ahead, "estimate_seconds": place.seconds})


def new(received: Received, source: Source, course: InCourse, words: Words, place: Position | None) -> TakenShape:
    """An attempt that has just been stored: nothing of it has to be asked for but its place in the queue."""
    stated = received.receipt.statement
    return TakenShape(
        id=received.attempt_id,
        status=State.WAITING,
        position=None if place is None else place.ahead,
        estimate_seconds=None if place is None else place.seconds,
        course=stated.course,
        assignment=stated.assignment,
        person=stated.person,
        name=received.name,
        number=received.number,
        received_at=stated.received_at,
        source=source,
        filename=received.filename,
        size=stated.size,
        sha256=stated.sha256,
        decision=received.decision,
        trouble=None,
        finished_at=None,
        report_made_at=None,
        earned=None,
        possible=None,
        counts=False if course.is_staff else None,
        receipt=received.receipt,
        notices=tuple(map(words.text, received.notices)),
    )


def several(
    session: Session, rows: Sequence[Attempt], course: InCourse, words: Words, blind: Blind
) -> list[AttemptShape]:
    """Attempts of a list. Their places in the queue would take a question each."""
    counting = counting_among(session, [row.id for row in rows]) if course.is_staff else frozenset()
    return [_shown(row, course, words, blind, counts=row.id in counting) for row in rows]


def _shown(row: Attempt, course: InCourse, words: Words, blind: Blind, *, counts: bool) -> AttemptShape:
    """Which attempt counts, and when one was finished, tells of checks that students do not see."""
    staff, report = course.is_staff, row.report
    outline = None if report is None else blind.outline(row.id, report.outline)
    return AttemptShape.of(
        row,
        status=row.state,
        position=None,
        estimate_seconds=None,
        course=course.slug,
        assignment=row.opening.assignment,
        person=row.person_id,
        name=row.person.name,
        trouble=words.text(row.trouble) if staff and row.trouble is not None else None,
        finished_at=row.finished_at if staff else None,
        report_made_at=changed_at(report) if staff and report is not None else None,
        earned=outline.earned if staff and outline is not None else None,
        possible=outline.possible if staff and outline is not None else None,
        counts=counts if staff else None,
    )
