"""Where something is handed in, by whom, and what came before: read and locked, as receiving decides on it.

The questions are put together once, when this is loaded: making one takes longer than asking it.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Row, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from grader.messages import say
from grader.policy.decision import Refusal, Refused
from grader.policy.state import State
from grader.policy.terms import Relief, Terms
from grader.report.report import Status
from grader.service.attempts.opened import opening_for
from grader.service.attempts.signing_keys import FACT
from grader.service.attempts.tried import is_charged
from grader.service.queue.order import RUNNING, WAITING
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
_PEOPLE: Final[BindParameter[Sequence[int]]] = bindparam("people", expanding=True)

_PLACE: Final = (
    select(
        Opening.id,
        Opening.terms,
        Course.slug,
        Course.zone,
        Course.revision_id,
        Course.archived_at,
        Person.id.label("person_id"),
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
    .where(Person.id.in_(_PEOPLE), Person.forgotten_at.is_(None))
    .order_by(Person.id)  # as everybody who holds several: so no two wait for each other
    .with_for_update(of=Person, key_share=True)
)

_EARLIER: Final = (
    select(
        Attempt.id,
        Attempt.person_id,
        Attempt.course_id,
        Attempt.opening_id,
        Attempt.number,
        Attempt.state,
        Attempt.received_at,
        Attempt.sha256,
        Attempt.idempotency_key,
        Attempt.priority,
        (Attempt.start + Attempt.seconds).label("end"),
        StoredReport.status,
    )
    .outerjoin(StoredReport, StoredReport.attempt_id == Attempt.id)
    .where(
        Attempt.person_id.in_(_PEOPLE),
        or_(
            Attempt.opening_id.in_(bindparam("openings", expanding=True)),
            Attempt.idempotency_key.in_(bindparam("keys", expanding=True)),
            WAITING,
            RUNNING,
        ),
    )
    .order_by(Attempt.number)
)

_RELIEFS: Final = select(Extension.relief).where(
    Extension.opening_id == _OPENING, or_(Extension.person_id == _PERSON, Extension.section_id == _SECTION)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where somebody hands in."""

    course_id: int
    assignment: str
    person_id: int


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
    """An attempt that came before. `end`: of its turn, while it waits or runs."""

    id: uuid.UUID
    course_id: int
    opening_id: int
    number: int
    state: State
    received_at: datetime
    sha256: str
    key: str | None
    priority: int
    end: float
    status: Status | None

    @property
    def is_charged(self) -> bool:
        """Whether it uses one up."""
        return is_charged(self.state, self.status)


def places_of(session: Session, wanted: Collection[Where]) -> Mapping[Where, Place | Refused | None]:
    """The places, or why nothing is taken there from that person; None where that assignment was not opened. The
    people's rows stay locked until the transaction ends."""
    people: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for each in wanted:
        people[each.course_id, each.assignment].add(each.person_id)
    rows = {}
    for (course_id, assignment), theirs in sorted(people.items()):
        asked = {"course": course_id, "assignment": assignment, "people": sorted(theirs)}
        for row in session.connection().execute(_PLACE, asked):
            rows[Where(course_id=course_id, assignment=assignment, person_id=row.person_id)] = row
    return {where: _place(session, where, rows.get(where)) for where in wanted}


def _place(session: Session, where: Where, found: Row[*tuple[Any, ...]] | None) -> Place | Refused | None:
    if found is None and opening_for(session, where.course_id, where.assignment) is None:
        return None
    if found is None or (found.role is None and not found.owns_site):
        return Refused(kind=Refusal.NOT_ENROLLED, message=say("hand_in_not_enrolled"))
    if found.archived_at is not None:
        return Refused(kind=Refusal.CLOSED, message=say("hand_in_archived"))
    if found.revision_id is None:
        return Refused(kind=Refusal.NOT_READY, message=say("hand_in_not_ready"))
    return Place(
        opening_id=found.id,
        assignment=where.assignment,
        terms=found.terms,
        has_extensions=found.has_extensions,
        course_id=where.course_id,
        slug=found.slug,
        zone=found.zone,
        revision_id=found.revision_id,
        person_id=where.person_id,
        name=found.name,
        is_staff=found.owns_site or found.role in STAFF,
        section_id=found.section_id,
        signing=found.value,
    )


def before_them(
    session: Session, places: Collection[Place], *, keys: Collection[str]
) -> Mapping[int, Sequence[Before]]:
    """Of each person their attempts at these openings, what came with one of these keys, and what is not over, in the
    order of their numbers."""
    if not places:
        return {}
    asked = {
        "people": sorted({each.person_id for each in places}),
        "openings": sorted({each.opening_id for each in places}),
        "keys": sorted(keys),
    }
    theirs: defaultdict[int, list[Before]] = defaultdict(list)
    for row in session.connection().execute(_EARLIER, asked):
        theirs[row.person_id].append(_before(row))
    return theirs


def _before(row: Row[*tuple[Any, ...]]) -> Before:
    return Before(
        id=row.id,
        course_id=row.course_id,
        opening_id=row.opening_id,
        number=row.number,
        state=row.state,
        received_at=row.received_at,
        sha256=row.sha256,
        key=row.idempotency_key,
        priority=row.priority,
        end=row.end,
        status=row.status,
    )


def reliefs_at(session: Session, place: Place) -> Sequence[Relief]:
    """The extensions that this person has there, or the person's section."""
    if not place.has_extensions:
        return ()
    asked = {"opening": place.opening_id, "person": place.person_id, "section": place.section_id}
    return session.scalars(_RELIEFS, asked).all()
