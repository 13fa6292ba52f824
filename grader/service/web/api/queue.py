"""The API on the queue: what is graded now, what waits, what is parked and why, who grades."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

from fastapi import APIRouter, Depends, Request
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from grader.messages import Words
from grader.service.queue.position import GONE
from grader.service.store.outline import Stage
from grader.service.store.tables import Attempt, Course, Opening, Role, State, WorkerSeen
from grader.service.web.access import Caller, InCourse, Member, SiteOwner, site_of
from grader.service.web.api.paging import Page
from grader.service.web.api.shapes import Shape
from grader.service.web.pages import language_of

router = APIRouter(tags=["queue"])
#: of each kind, the oldest
MOST: Final = 200
LISTED: Final = (State.RUNNING, State.WAITING, State.PARKED)


class QueuedAttempt(Shape):
    """An attempt that waits, runs or is parked; `trouble`: why it is parked."""

    id: uuid.UUID
    course: str
    assignment: str
    person: int
    name: str
    number: int
    received_at: datetime
    status: State
    stage: Stage | None
    worker: str | None
    trouble: str | None


class Queue(Shape):
    """The queue: how many there are of each kind, and the oldest of them."""

    running: int
    waiting: int
    parked: int
    attempts: tuple[QueuedAttempt, ...]


class WorkerShape(Shape):
    """Who grades, and whether it was heard of lately."""

    id: str
    host: str
    version: str
    sandbox: str | None
    slots: int
    started_at: datetime
    seen_at: datetime
    draining: bool
    there: bool


@router.get("/courses/{slug}/queue", operation_id="getCourseQueue")
def course_queue(request: Request, course: InCourse = Depends(Member(Role.GRADER))) -> Queue:
    """The queue of a course."""
    return _queue(request, course.caller, course.course_id)


@router.get("/queue", operation_id="getQueue")
def queue(request: Request, caller: Caller = Depends(SiteOwner())) -> Queue:
    """The queue of the whole site."""
    return _queue(request, caller, None)


@router.get("/workers", operation_id="listWorkers")
def workers(request: Request, _: Caller = Depends(SiteOwner())) -> Page[WorkerShape]:
    """Who grades."""
    site = site_of(request)
    with site.database.read() as session:
        rows = session.scalars(select(WorkerSeen).order_by(WorkerSeen.started_at, WorkerSeen.id)).all()
    since = site.now() - GONE
    return Page(items=tuple(_worker(row, since) for row in rows), next=None)


def _queue(request: Request, caller: Caller, course_id: int | None) -> Queue:
    counted = select(Attempt.state, func.count()).where(Attempt.state.in_(LISTED)).group_by(Attempt.state)
    if course_id is not None:
        counted = counted.where(Attempt.course_id == course_id)
    words = Words(language_of(request, caller))
    found: list[QueuedAttempt] = []
    with site_of(request).database.read() as session:
        numbers = {row[0]: row[1] for row in session.execute(counted)}
        for state in LISTED:
            asked = (
                select(Attempt, Course.slug)
                .join(Course, Course.id == Attempt.course_id)
                .where(Attempt.state == state)
                .options(joinedload(Attempt.opening).load_only(Opening.assignment), joinedload(Attempt.person))
                .order_by(Attempt.received_at, Attempt.id)
                .limit(MOST)
            )
            if course_id is not None:
                asked = asked.where(Attempt.course_id == course_id)
            found += [_attempt(row, slug, words) for row, slug in session.execute(asked)]
    return Queue(
        running=numbers.get(State.RUNNING, 0),
        waiting=numbers.get(State.WAITING, 0),
        parked=numbers.get(State.PARKED, 0),
        attempts=tuple(found),
    )


def _attempt(row: Attempt, slug: str, words: Words) -> QueuedAttempt:
    return QueuedAttempt(
        id=row.id,
        course=slug,
        assignment=row.opening.assignment,
        person=row.person_id,
        name=row.person.name,
        number=row.number,
        received_at=row.received_at,
        status=row.state,
        stage=row.stage,
        worker=row.worker,
        trouble=None if row.trouble is None else words.text(row.trouble),
    )


def _worker(row: WorkerSeen, since: datetime) -> WorkerShape:
    return WorkerShape(
        id=row.id,
        host=row.host,
        version=row.version,
        sandbox=row.sandbox,
        slots=row.slots,
        started_at=row.started_at,
        seen_at=row.seen_at,
        draining=row.draining,
        there=row.seen_at > since,
    )
