"""The queue as people look at it: what runs where, what waits, what is parked and why, which workers there are.

Who is next is decided in `claims.py`; nothing is changed here.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, ScalarSelect, func, select, true
from sqlalchemy.orm import Session

from grader.message import Message
from grader.policy.state import State
from grader.service.queue.position import GONE
from grader.service.store.batch_tables import BatchFile
from grader.service.store.outline import Stage
from grader.service.store.tables import Attempt, Course, Opening, Person, WorkerSeen

#: of a state, so many attempts are listed
MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """An attempt that runs, waits or is parked; `state`: as it is."""

    id: uuid.UUID
    state: State
    person_id: int
    person: str
    course: str
    assignment: str
    number: int
    received_at: datetime
    worker: str | None
    claimed_at: datetime | None
    stage: Stage | None
    trouble: Message | None
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits: how many, since when the oldest; `seconds`: the work in it, and until all of it is done."""

    attempts: int
    oldest: datetime | None
    work: float
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFiles:
    """Files of classes that commands have graded here (`grade --on`): they keep workers busy, and are of no course."""

    running: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerNow:
    """A worker, and whether it was heard of lately."""

    seen: WorkerSeen
    is_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueNow:
    """The queue of a course, or of all."""

    running: tuple[Queued, ...]
    parked: tuple[Queued, ...]
    parked_in_all: int
    waiting: Waiting
    class_files: ClassFiles
    workers: tuple[WorkerNow, ...]

    @property
    def slots(self) -> int:
        """Attempts that can run at once."""
        return sum(each.seen.slots for each in self.workers if each.is_there and not each.seen.draining)


def look(session: Session, *, now: datetime, course_id: int | None = None) -> QueueNow:
    """The queue of one course, or of all."""
    where = _of(course_id)
    workers = workers_now(session, now=now)
    parked = select(func.count()).where(Attempt.state == State.PARKED, where).scalar_subquery()
    parked_in_all, files_running, files_waiting = session.execute(select(parked, *_CLASS_FILES)).one()
    return QueueNow(
        running=_queued(session, State.RUNNING, where),
        parked=_queued(session, State.PARKED, where),
        parked_in_all=parked_in_all,
        waiting=waiting(session, workers=workers, where=where),
        class_files=ClassFiles(running=files_running, waiting=files_waiting),
        workers=workers,
    )


def oldest(session: Session, state: State, *, course_id: int | None = None) -> tuple[Queued, ...]:
    """The attempts in that state, of one course or of all, that came first."""
    return _queued(session, state, _of(course_id))


def numbers(session: Session, *, course_id: int | None = None) -> Mapping[State, int]:
    """How many attempts wait, run and are parked; those of which there is none are left out."""
    unsettled = Attempt.state.in_((State.WAITING, State.RUNNING, State.PARKED))
    asked = select(Attempt.state, func.count()).where(unsettled, _of(course_id)).group_by(Attempt.state)
    return {row[0]: row[1] for row in session.execute(asked)}


def class_files(session: Session) -> ClassFiles:
    """What workers have of classes, of all commands together."""
    running, waiting = session.execute(select(*_CLASS_FILES)).one()
    return ClassFiles(running=running, waiting=waiting)


def _files(state: State) -> ScalarSelect[int]:
    return select(func.count()).select_from(BatchFile).where(BatchFile.state == state).scalar_subquery()


_CLASS_FILES: Final = (_files(State.RUNNING), _files(State.WAITING))


def _of(course_id: int | None) -> ColumnElement[bool]:
    return true() if course_id is None else Attempt.course_id == course_id


def parked_ids(session: Session, course_id: int) -> Sequence[uuid.UUID]:
    """All parked attempts of a course, the oldest first."""
    asked = select(Attempt.id).where(Attempt.course_id == course_id, Attempt.state == State.PARKED)
    return session.scalars(asked.order_by(Attempt.received_at)).all()


def workers_now(session: Session, *, now: datetime) -> tuple[WorkerNow, ...]:
    """All workers, the newest last."""
    seen = session.scalars(select(WorkerSeen).order_by(WorkerSeen.started_at, WorkerSeen.id))
    return tuple(WorkerNow(seen=each, is_there=now - each.seen_at <= GONE) for each in seen)


def waiting(session: Session, *, workers: tuple[WorkerNow, ...], where: ColumnElement[bool] | None = None) -> Waiting:
    """What waits there. How long it takes is told by the work before everybody: workers serve all courses."""
    mine = true() if where is None else where
    asked = select(func.count(), func.min(Attempt.received_at)).where(Attempt.state == State.WAITING, mine)
    number, oldest = session.execute(asked).one()
    work = session.scalar(select(func.sum(Attempt.seconds)).where(Attempt.state == State.WAITING)) or 0.0
    slots = sum(each.seen.slots for each in workers if each.is_there and not each.seen.draining)
    return Waiting(attempts=number, oldest=oldest, work=work, seconds=work / slots if slots else None)


def _queued(session: Session, state: State, where: ColumnElement[bool]) -> tuple[Queued, ...]:
    asked = (
        select(Attempt, Person.name, Course.slug, Opening.assignment)
        .join(Person, Person.id == Attempt.person_id)
        .join(Course, Course.id == Attempt.course_id)
        .join(Opening, Opening.id == Attempt.opening_id)
        .where(Attempt.state == state, where)
        .order_by(Attempt.received_at, Attempt.id)
        .limit(MOST)
    )
    return tuple(
        Queued(
            id=attempt.id,
            state=attempt.state,
            person_id=attempt.person_id,
            person=person,
            course=course,
            assignment=assignment,
            number=attempt.number,
            received_at=attempt.received_at,
            worker=attempt.worker,
            claimed_at=attempt.claimed_at,
            stage=attempt.stage,
            trouble=attempt.trouble,
            tries=attempt.tries,
        )
        for attempt, person, course, assignment in session.execute(asked)
    )
