"""The API on the queue: what is graded now, what waits, what is parked and why, who grades."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

from fastapi import Depends, Request

from grader.messages import Words
from grader.policy.state import State
from grader.service.queue.looking import Queued, WorkerNow, class_files, numbers, oldest, workers_now
from grader.service.store.outline import Stage
from grader.service.store.tables import Role
from grader.service.web.access import Caller, InCourse, Member, SiteOwner, site_of
from grader.service.web.api.document import noun
from grader.service.web.api.paging import Page
from grader.service.web.api.shapes import Shape
from grader.service.web.pages import language_of

router = noun("queue")
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


class ClassFilesShape(Shape):
    """Files of classes that commands have graded by the site's workers, after every attempt."""

    running: int
    waiting: int


class Queue(Shape):
    """The queue: how many there are of each kind, and the oldest of them."""

    running: int
    waiting: int
    parked: int
    class_files: ClassFilesShape
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
        found = workers_now(session, now=site.now())
    return Page(items=tuple(map(_worker, found)), next=None)


def _queue(request: Request, caller: Caller, course_id: int | None) -> Queue:
    words = Words(language_of(request, caller))
    with site_of(request).database.read() as session:
        many = numbers(session, course_id=course_id)
        found = [each for state in LISTED for each in oldest(session, state, course_id=course_id)]
        files = class_files(session)
    return Queue(
        running=many.get(State.RUNNING, 0),
        waiting=many.get(State.WAITING, 0),
        parked=many.get(State.PARKED, 0),
        class_files=ClassFilesShape.of(files),
        attempts=tuple(_attempt(each, words) for each in found),
    )


def _attempt(each: Queued, words: Words) -> QueuedAttempt:
    return QueuedAttempt.of(
        each,
        person=each.person_id,
        name=each.person,
        status=each.state,
        trouble=None if each.trouble is None else words.text(each.trouble),
    )


def _worker(each: WorkerNow) -> WorkerShape:
    return WorkerShape.of(each.seen, there=each.is_there)
