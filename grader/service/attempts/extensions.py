"""Extensions as they are listed: of an opening, of one person. They are granted and revoked in `openings.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from grader.service.store.tables import Extension, Opening, Person, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """An extension with the names around it: of the person, or of the section, and of whoever granted it."""

    row: Extension
    assignment: str
    person: str | None
    section: str | None
    by: str | None


def extensions_of(session: Session, opening_id: int) -> Sequence[Granted]:
    """All of an opening, the newest first."""
    return _granted(session, Extension.opening_id == opening_id)


def extensions_for(session: Session, course_id: int, person_id: int, section_id: int | None) -> Sequence[Granted]:
    """All that hold for one person of a course, those of the section included."""
    theirs: ColumnElement[bool] = Extension.person_id == person_id
    if section_id is not None:
        theirs = or_(theirs, Extension.section_id == section_id)
    return _granted(session, Opening.course_id == course_id, theirs)


def _granted(session: Session, *where: ColumnElement[bool]) -> list[Granted]:
    granter = aliased(Person)
    asked = (
        select(Extension, Opening.assignment, Person.name, Section.name, granter.name)
        .join(Opening, Opening.id == Extension.opening_id)
        .outerjoin(Person, Person.id == Extension.person_id)
        .outerjoin(Section, Section.id == Extension.section_id)
        .outerjoin(granter, granter.id == Extension.by_id)
        .where(*where)
        .order_by(Extension.id.desc())
    )
    return [
        Granted(row=row, assignment=assignment, person=person, section=section, by=by)
        for row, assignment, person, section, by in session.execute(asked)
    ]
