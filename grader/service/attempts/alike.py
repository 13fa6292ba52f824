"""The newest graded attempt of each student at an opening, compared with all others. For instructors, when they ask.

What is compared, and by which rule a pair is listed, is `classes/likeness/`. Nothing of it is kept.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.errors import StoreDamaged, StoreUnavailable
from grader.messages import Message, say
from grader.policy.state import State
from grader.service.attempts.documents import unpacked as report_in
from grader.service.attempts.of_students import of_students
from grader.service.courses.unpacking import unpacked
from grader.service.site import Site
from grader.service.store.tables import Attempt, Course, Opening, Person, StoredReport

if TYPE_CHECKING:
    from grader.classes.likeness.apart import LaidOut, ToCompare
    from grader.classes.likeness.comparing import Submitted

#: students that a site compares, and the seconds that it takes at most
MOST_STUDENTS: Final = 2_000
SECONDS: Final = 120.0
#: reports that are fetched at once
_TOGETHER: Final = 200
_ONE_AT_A_TIME: Final = threading.BoundedSemaphore()


def alike(site: Site, opening_id: int, *, exercise: str | None, beside: int = 0) -> LaidOut | Message:
    """What came of it, or why nothing did: too many, busy with another class, or too long."""
    from grader.classes.likeness.apart import (
        compared_apart,
    )  # brings NumPy, which whoever answers for a site does without

    if not _ONE_AT_A_TIME.acquire(blocking=False):
        return say("likeness_busy")
    try:
        with site.database.read() as session:
            asked = _asked(session, site, opening_id, exercise=exercise, beside=beside)
        if isinstance(asked, Message):
            return asked
        return compared_apart(asked, seconds=SECONDS) or say("likeness_too_long", seconds=int(SECONDS))
    finally:
        _ONE_AT_A_TIME.release()


def _asked(session: Session, site: Site, opening_id: int, *, exercise: str | None, beside: int) -> ToCompare | Message:
    from grader.classes.likeness.apart import ToCompare  # as above

    opening = session.get_one(Opening, opening_id)
    newest = _newest(session, opening_id)
    if len(newest) > MOST_STUDENTS:
        return say("likeness_too_many_here", students=len(newest), most=MOST_STUDENTS)
    return ToCompare(
        works=tuple(_works(session, newest)),
        assignment=opening.assignment,
        exercise=exercise,
        course=_course(session, site, opening),
        beside=beside,
    )


def _newest(session: Session, opening_id: int) -> list[uuid.UUID]:
    """The newest graded attempt of each student, in the order of the students."""
    asked = (
        select(Attempt.person_id, Attempt.id)
        .join(Person, Person.id == Attempt.person_id)
        .where(Attempt.opening_id == opening_id, Attempt.state == State.GRADED, of_students())
        .where(Person.forgotten_at.is_(None))
        .order_by(Attempt.person_id, Attempt.number)
    )
    return list({row.person_id: row.id for row in session.execute(asked)}.values())


def _works(session: Session, newest: list[uuid.UUID]) -> Iterator[Submitted]:
    from grader.classes.likeness.comparing import submitted  # as above

    asked = (
        select(Person.id, Person.name, Person.email, StoredReport.document)
        .join(Attempt, Attempt.person_id == Person.id)
        .join(StoredReport, StoredReport.attempt_id == Attempt.id)
        .order_by(Person.id)
    )
    for at in range(0, len(newest), _TOGETHER):
        for row in session.execute(asked.where(Attempt.id.in_(newest[at : at + _TOGETHER]))):
            yield submitted(row.email or f"#{row.id}", row.name, report_in(row.document))


def _course(session: Session, site: Site, opening: Opening) -> str | None:
    """The folder of the course's revision of today; None where it cannot be had."""
    revision_id = session.get_one(Course, opening.course_id).revision_id
    if revision_id is None:
        return None
    try:
        return str(unpacked(session, site, revision_id))
    except (StoreDamaged, StoreUnavailable):
        return None
