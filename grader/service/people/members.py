"""The people of a course: found, listed, given another role or section, marked as left. Each change is recorded by
whoever asks for it. How people come in is `roster.py` and `accounts.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from grader.service.store.tables import Course, Membership, Person, Role, Section

PAGE: Final = 100
TEACHERS: Final = (Role.OWNER, Role.INSTRUCTOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which people: those with this text in their name, address or number, of that role and section."""

    text: str = ""
    role: Role | None = None
    section_id: int | None = None
    left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """A page of people; `in_all` counts those of all pages."""

    rows: Sequence[Membership]
    in_all: int


def members(session: Session, course_id: int, wanted: Wanted, *, page: int = 1) -> Members:
    """People of a course by name, a hundred on a page."""
    asked = select(Membership).join(Person, Person.id == Membership.person_id).where(Membership.course_id == course_id)
    asked = asked.where(Membership.left_at.is_not(None) if wanted.left else Membership.left_at.is_(None))
    if wanted.role is not None:
        asked = asked.where(Membership.role == wanted.role)
    if wanted.section_id is not None:
        asked = asked.where(Membership.section_id == wanted.section_id)
    if wanted.text:
        places = (Person.name, Person.email, Membership.number)
        asked = asked.where(or_(*(place.icontains(wanted.text, autoescape=True) for place in places)))
    number = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    rows = session.scalars(
        asked.options(joinedload(Membership.person), joinedload(Membership.section))
        .order_by(func.lower(Person.name), Person.id)
        .offset(PAGE * (page - 1))
        .limit(PAGE)
    )
    return Members(rows=rows.all(), in_all=number)


def member(session: Session, course_id: int, person_id: int) -> Membership | None:
    """What that person is in the course, whoever left included."""
    return session.scalar(
        select(Membership)
        .options(joinedload(Membership.person), joinedload(Membership.section))
        .where(Membership.course_id == course_id, Membership.person_id == person_id)
    )


def sections(session: Session, course_id: int) -> Sequence[Section]:
    """The sections of a course by name."""
    return session.scalars(select(Section).where(Section.course_id == course_id).order_by(Section.name)).all()


def section_called(session: Session, course_id: int, name: str) -> Section | None:
    """The section of that name, made if there is none; None for no name."""
    if not name:
        return None
    found = session.scalar(select(Section).where(Section.course_id == course_id, Section.name == name))
    if found is None:
        found = Section(course_id=course_id, name=name)
        session.add(found)
        session.flush()
    return found


def is_last_teacher(session: Session, membership: Membership) -> bool:
    """Whether nobody else could teach the course. Of two who ask at once, the other waits until this transaction ends:
    else each of the last two could let the other go."""
    if membership.role not in TEACHERS or membership.left_at is not None:
        return False
    session.execute(select(Course.id).where(Course.id == membership.course_id).with_for_update(key_share=True))
    others = select(func.count()).where(
        Membership.course_id == membership.course_id,
        Membership.id != membership.id,
        Membership.role.in_(TEACHERS),
        Membership.left_at.is_(None),
    )
    return not session.scalar(others)


def leave(membership: Membership, *, now: datetime) -> None:
    """They are no longer of the course; what they handed in stays."""
    membership.left_at = now


def come_back(membership: Membership) -> None:
    """They are of the course again, as what they were."""
    membership.left_at = None
