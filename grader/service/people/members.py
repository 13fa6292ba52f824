"""The people of a course: found, listed, given another role or section, marked as left; who may do that to whom. How
people come in is `roster.py`, `inviting.py` and `accounts.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from grader.service.people.accounts import normal_email
from grader.service.people.audit import Actor
from grader.service.people.invitations import take_back_of
from grader.service.store.lti_score_tables import LtiSender
from grader.service.store.tables import Course, Membership, Opening, Person, Role, Section

PAGE: Final = 100
#: with what is shown of each
_WHOLE: Final = (joinedload(Membership.person), joinedload(Membership.section))
TEACHERS: Final = (Role.OWNER, Role.INSTRUCTOR)
#: what may be given to somebody in a course: nobody is made an owner
GIVEN: Final = (Role.STUDENT, Role.GRADER, Role.INSTRUCTOR, Role.CI)


class Unchanged(StrEnum):
    """Why a change of somebody's was not made."""

    NOT_ALLOWED = "not_allowed"
    LAST_TEACHER = "last_teacher"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberChange:
    """What is to change; None stays as it is. An empty section is none. `here`: whether they are of the course."""

    role: Role | None = None
    section: str | None = None
    here: bool | None = None


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
    asked = _asked(course_id, wanted)
    number = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    rows = session.scalars(
        asked.options(*_WHOLE).order_by(func.lower(Person.name), Person.id).offset(PAGE * (page - 1)).limit(PAGE)
    )
    return Members(rows=rows.all(), in_all=number)


def members_after(
    session: Session, course_id: int, wanted: Wanted, *, most: int, after_id: int = 0
) -> Sequence[Membership]:
    """So many of them by their ids, after that one."""
    asked = _asked(course_id, wanted).where(Membership.person_id > after_id).options(*_WHOLE)
    return session.scalars(asked.order_by(Membership.person_id).limit(most)).all()


def students_called(session: Session, course_id: int, text: str) -> Sequence[int]:
    """The ids of the students of a course whose address or number that is: of two, both, and no more."""
    if not text.isprintable():
        return []
    asked = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.course_id == course_id,
            Membership.role == Role.STUDENT,
            Membership.left_at.is_(None),
            or_(Person.email == normal_email(text), Membership.number == text),
        )
        .limit(2)
    )
    return session.scalars(asked).all()


def _asked(course_id: int, wanted: Wanted) -> Select[Membership]:
    asked = select(Membership).join(Person, Person.id == Membership.person_id).where(Membership.course_id == course_id)
    asked = asked.where(Membership.left_at.is_not(None) if wanted.left else Membership.left_at.is_(None))
    if wanted.role is not None:
        asked = asked.where(Membership.role == wanted.role)
    if wanted.section_id is not None:
        asked = asked.where(Membership.section_id == wanted.section_id)
    if wanted.text:
        places = (Person.name, Person.email, Membership.number)
        asked = asked.where(or_(*(place.icontains(wanted.text, autoescape=True) for place in places)))
    return asked


def member(session: Session, course_id: int, person_id: int) -> Membership | None:
    """What that person is in the course, whoever left included."""
    return session.scalar(
        select(Membership).options(*_WHOLE).where(Membership.course_id == course_id, Membership.person_id == person_id)
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


def section_changed(session: Session, course_id: int, *, now: datetime) -> None:
    """Somebody of the course is in another section, for which other openings may be published: what platforms are to
    have is reckoned anew by whoever tells them, at once."""
    openings = select(Opening.id).where(Opening.course_id == course_id)
    later = or_(LtiSender.look_at.is_(None), LtiSender.look_at > now)
    look = update(LtiSender).where(LtiSender.opening_id.in_(openings), later).values(look_at=now)
    session.execute(look.execution_options(synchronize_session=False))


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


def change_member(
    session: Session, found: Membership, change: MemberChange, *, actor: Actor, now: datetime
) -> Unchanged | None:
    """Make the change, and note it; or why it is not made. Only an owner touches an owner, nobody is made one, and
    somebody always teaches: the last who could stays. What somebody handed in stays whatever they become; whoever
    teaches no more keeps no way into the course that they made for others."""
    if change.role not in (None, *GIVEN) or (found.role is Role.OWNER and actor.role is not Role.OWNER):
        return Unchanged.NOT_ALLOWED
    goes = change.here is False or change.role not in (None, Role.INSTRUCTOR)
    if goes and is_last_teacher(session, found):
        return Unchanged.LAST_TEACHER
    found.by_issuer = None  # what somebody decides by hand no provider's group takes back
    if change.section is not None:
        put = section_called(session, found.course_id, change.section)
        found.section_id = None if put is None else put.id
        section_changed(session, found.course_id, now=now)
    if change.role is not None:
        found.role = change.role
    if change.here is not None:
        found.left_at = None if change.here else found.left_at or now
    if found.left_at is not None or found.role not in TEACHERS:
        take_back_of(session, found.course_id, found.person_id)
    _note(session, found, change, actor, now)
    return None


def _note(session: Session, found: Membership, change: MemberChange, actor: Actor, now: datetime) -> None:
    course_id, subject = found.course_id, f"person:{found.person_id}"
    if change.role is not None or change.section is not None:
        role = None if change.role is None else change.role.value
        said = {"role": role, "section": change.section}
        actor.did(session, "member.changed", subject, course_id=course_id, now=now, **said)
    if change.here is not None:
        action = "member.returned" if change.here else "member.left"
        actor.did(session, action, subject, course_id=course_id, now=now)
