"""Memberships that a provider's groups make: taken anew each time somebody signs in there. They touch no membership
that a person, a roster or an invitation made; what somebody changed by hand is no group's from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.service.people.audit import Actor
from grader.service.people.invitations import take_back_of
from grader.service.people.members import TEACHERS, is_last_teacher, section_called, section_changed
from grader.service.store.tables import Course, Membership, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What somebody is in a course, by a group; an empty section is none."""

    role: Role
    section: str = ""


def take_groups(
    session: Session, person_id: int, issuer: str, places: Mapping[str, Place], *, actor: Actor, now: datetime
) -> None:
    """Whoever signs in has these places, by the courses' slugs, and no others by that issuer."""
    asked = select(Membership).where(Membership.person_id == person_id)
    here = {each.course_id: each for each in session.scalars(asked)}
    courses = session.scalars(select(Course).where(Course.slug.in_(places), Course.archived_at.is_(None)))
    wanted = {course.id: places[course.slug] for course in courses}
    for course_id, place in wanted.items():
        if course_id not in here:
            _join(session, course_id, person_id, issuer, place, actor=actor, now=now)
        elif here[course_id].by_issuer == issuer:
            _keep(session, here[course_id], place, actor=actor, now=now)
    for course_id, found in here.items():
        if found.by_issuer == issuer and course_id not in wanted and found.left_at is None:
            _leave(session, found, actor=actor, now=now)


def _join(
    session: Session, course_id: int, person_id: int, issuer: str, place: Place, *, actor: Actor, now: datetime
) -> None:
    section = section_called(session, course_id, place.section)
    session.add(
        Membership(
            course_id=course_id,
            person_id=person_id,
            role=place.role,
            section_id=None if section is None else section.id,
            by_issuer=issuer,
            joined_at=now,
        )
    )
    actor.did(session, "member.joined", f"person:{person_id}", course_id=course_id, now=now, role=place.role, by=issuer)


def _keep(session: Session, found: Membership, place: Place, *, actor: Actor, now: datetime) -> None:
    section = section_called(session, found.course_id, place.section)
    section_id = None if section is None else section.id
    if (found.role, found.section_id, found.left_at) == (place.role, section_id, None):
        return
    if place.role not in TEACHERS:
        if is_last_teacher(session, found):
            return
        take_back_of(session, found.course_id, found.person_id)
    found.role, found.section_id, found.left_at = place.role, section_id, None
    section_changed(session, found.course_id, now=now)
    said = {"role": place.role, "section": place.section, "by": found.by_issuer}
    actor.did(session, "member.changed", f"person:{found.person_id}", course_id=found.course_id, now=now, **said)


def _leave(session: Session, found: Membership, *, actor: Actor, now: datetime) -> None:
    """The last who teaches stays: somebody has to."""
    if is_last_teacher(session, found):
        return
    found.left_at = now
    take_back_of(session, found.course_id, found.person_id)
    subject = f"person:{found.person_id}"
    actor.did(session, "member.left", subject, course_id=found.course_id, now=now, by=found.by_issuer)
