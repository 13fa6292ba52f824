"""Where something is handed in, by whom, and what came before: read and locked, as receiving decides on it.

The questions are put together once, when this is loaded: making one takes longer than asking it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import BindParameter, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from grader.messages import say
from grader.policy.decision import Refusal, Refused
from grader.policy.state import State
from grader.policy.terms import Relief, Terms
from grader.report.report import Status
from grader.service.attempts.opened import opening_for
from grader.service.attempts.signing_keys import FACT
from grader.service.attempts.standing import is_charged
from grader.service.store.tables import (
    Attempt,
    Course,
    Extension,
    Membership,
    Opening,
    Person,
    Role,
    SiteFact,
    StoredReport,
)

#: they try an opening whenever they like: its terms are for students
STAFF: Final = frozenset({Role.OWNER, Role.INSTRUCTOR, Role.GRADER})

_COURSE: Final[BindParameter[int]] = bindparam("course")
_ASSIGNMENT: Final[BindParameter[str]] = bindparam("assignment")
_OPENING: Final[BindParameter[int]] = bindparam("opening")
_PERSON: Final[BindParameter[int]] = bindparam("person")
_SECTION: Final[BindParameter[int]] = bindparam("section")
_KEY: Final[BindParameter[str]] = bindparam("key")

_PLACE: Final = (
    select(
        Opening.id,
        Opening.terms,
        Course.slug,
        Course.zone,
        Course.revision_id,
        Course.archived_at,
        Person.name,
        Person.owns_site,
        Membership.role,
        Membership.section_id,
        SiteFact.value,
        exists().where(Extension.opening_id == Opening.id).label("has_extensions"),
    )
    .select_from(Person)
    .join(Course, Course.id == _COURSE)
    .join(Opening, and_(Opening.course_id == Course.id, Opening.assignment == _ASSIGNMENT))
    .outerjoin(
        Membership,
        and_(Membership.course_id == Course.id, Membership.person_id == Person.id, Membership.left_at.is_(None)),
    )
    .outerjoin(SiteFact, SiteFact.key == FACT)
    .where(Person.id == _PERSON, Person.forgotten_at.is_(None))
    .with_for_update(of=Person, key_share=True)
)

_EARLIER: Final = (
    select(
        Attempt.id,
        Attempt.opening_id,
        Attempt.number,
        Attempt.state,
        Attempt.received_at,
        Attempt.sha256,
        Attempt.idempotency_key,
        StoredReport.status,
    )
    .outerjoin(StoredReport, StoredReport.attempt_id == Attempt.id)
    .where(Attempt.person_id == _PERSON)
    .order_by(Attempt.number)
)
_HERE: Final = _EARLIER.where(Attempt.opening_id == _OPENING)
_HERE_OR_WITH_KEY: Final = _EARLIER.where(or_(Attempt.opening_id == _OPENING, Attempt.idempotency_key == _KEY))

_RELIEFS: Final = select(Extension.relief).where(
    Extension.opening_id == _OPENING, or_(Extension.person_id == _PERSON, Extension.section_id == _SECTION)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An opening and who hands in to it, whose row is locked: of two uploads of one student one comes first.

    `signing`: the site's keys as they are kept, None before there are any.
    """

    opening_id: int
    assignment: str
    terms: Terms
    has_extensions: bool
    course_id: int
    slug: str
    zone: str
    revision_id: int
    person_id: int
    name: str
    is_staff: bool
    section_id: int | None
    signing: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """An attempt that came before."""

    id: uuid.UUID
    opening_id: int
    number: int
    state: State
    received_at: datetime
    sha256: str
    key: str | None
    status: Status | None

    @property
    def is_charged(self) -> bool:
        """Whether it uses one up."""
        return is_charged(self.state, self.status)


def place_of(session: Session, *, course_id: int, assignment: str, person_id: int) -> Place | Refused | None:
    """The place, or why nothing is taken there from this person; None where that assignment was not opened. Their row
    stays locked until the transaction ends."""
    asked = {"course": course_id, "assignment": assignment, "person": person_id}
    found = session.connection().execute(_PLACE, asked).one_or_none()
    if found is None and opening_for(session, course_id, assignment) is None:
        return None
    if found is None or (found.role is None and not found.owns_site):
        return Refused(kind=Refusal.NOT_ENROLLED, message=say("hand_in_not_enrolled"))
    if found.archived_at is not None:
        return Refused(kind=Refusal.CLOSED, message=say("hand_in_archived"))
    if found.revision_id is None:
        return Refused(kind=Refusal.NOT_READY, message=say("hand_in_not_ready"))
    return Place(
        opening_id=found.id,
        assignment=assignment,
        terms=found.terms,
        has_extensions=found.has_extensions,
        course_id=course_id,
        slug=found.slug,
        zone=found.zone,
        revision_id=found.revision_id,
        person_id=person_id,
        name=found.name,
        is_staff=found.owns_site or found.role in STAFF,
        section_id=found.section_id,
        signing=found.value,
    )


def before_it(session: Session, place: Place, *, key: str | None) -> list[Before]:
    """The person's attempts at this opening, and whatever came with the same key."""
    asked = {"opening": place.opening_id, "person": place.person_id}
    connection = session.connection()
    if key is None:
        found = connection.execute(_HERE, asked)
    else:
        found = connection.execute(_HERE_OR_WITH_KEY, {**asked, "key": key})
    return [
        Before(
            id=row.id,
            opening_id=row.opening_id,
            number=row.number,
            state=row.state,
            received_at=row.received_at,
            sha256=row.sha256,
            key=row.idempotency_key,
            status=row.status,
        )
        for row in found
    ]


def reliefs_at(session: Session, place: Place) -> Sequence[Relief]:
    """The extensions that this person has there, or the person's section."""
    if not place.has_extensions:
        return ()
    asked = {"opening": place.opening_id, "person": place.person_id, "section": place.section_id}
    return session.scalars(_RELIEFS, asked).all()
