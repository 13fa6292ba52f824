"""The audit as it is read: who did what, the newest first. It is written by `audit.py` alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.service.store.tables import Audit, Person

PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change, and who made it: None for the site itself."""

    change: Audit
    actor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """A page of changes; `before`: where the next page begins, if there is one."""

    entries: Sequence[Entry]
    before: int | None


def log(
    session: Session, *, course_id: int | None, action: str = "", person: str = "", before: int | None = None
) -> AuditPage:
    """Changes of a course, or of all; with that action, made by somebody with that text in the name."""
    found = changes(session, course_id=course_id, action=action, person=person, before=before, most=PAGE + 1)
    entries = found[:PAGE]
    return AuditPage(entries=entries, before=entries[-1].change.id if len(found) > PAGE else None)


def changes(
    session: Session,
    *,
    course_id: int | None,
    most: int,
    action: str = "",
    person: str = "",
    before: int | None = None,
) -> Sequence[Entry]:
    """The same, so many."""
    asked = select(Audit, Person.name).outerjoin(Person, Person.id == Audit.actor_id).order_by(Audit.id.desc())
    if course_id is not None:
        asked = asked.where(Audit.course_id == course_id)
    if action:
        asked = asked.where(Audit.action == action)
    if person:
        asked = asked.where(Person.name.icontains(person, autoescape=True))
    if before is not None:
        asked = asked.where(Audit.id < before)
    return [Entry(change=change, actor=actor) for change, actor in session.execute(asked.limit(most))]


def actions(session: Session, *, course_id: int | None) -> Sequence[str]:
    """The actions that occur."""
    asked = select(Audit.action).distinct().order_by(Audit.action)
    if course_id is not None:
        asked = asked.where(Audit.course_id == course_id)
    return session.scalars(asked).all()
