"""People who go to another section: what counts of them is settled anew where one of the sections has an extension, by
the same way as for any other change of what is promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from grader.service.attempts.standing import settle_held
from grader.service.store.tables import Attempt, Extension, Membership, Opening, Person

#: by course and person
_Sections: TypeAlias = "Mapping[tuple[int, int], int | None]"
#: what one statement names at most
_AT_ONCE: Final = 500


@contextmanager
def moving_in(session: Session, course_id: int, *, now: datetime) -> Iterator[None]:
    """Around whatever may put people of a course into other sections: before any row of theirs is held."""
    with _moving(session, Membership.course_id == course_id, now):
        yield


@contextmanager
def moving(session: Session, person_id: int, *, now: datetime) -> Iterator[None]:
    """The same, of one person in all of their courses."""
    with _moving(session, Membership.person_id == person_id, now):
        yield


@contextmanager
def _moving(session: Session, whose: ColumnElement[bool], now: datetime) -> Iterator[None]:
    """Openings are held first, as everywhere: nobody gives a section more time meanwhile, and hands in as ever."""
    if session.connection().dialect.name != "sqlite":
        courses = select(Membership.course_id).where(whose)
        held = select(Opening.id).where(Opening.course_id.in_(courses)).order_by(Opening.id).with_for_update(read=True)
        session.execute(held).all()
    before = _sections(session, whose)
    yield
    session.flush()
    after = _sections(session, whose)
    moved = {key: {was, after[key]} for key, was in before.items() if key in after and after[key] != was}
    for opening_id, person_id in _concerned(session, moved):
        settle_held(session, opening_id, person_id, now)


def _sections(session: Session, whose: ColumnElement[bool]) -> _Sections:
    asked = select(Membership.course_id, Membership.person_id, Membership.section_id).where(whose)
    return {(row.course_id, row.person_id): row.section_id for row in session.execute(asked)}


def _concerned(session: Session, moved: Mapping[tuple[int, int], set[int | None]]) -> list[tuple[int, int]]:
    """Openings with an extension for where somebody was or is, which they tried; held as for settling."""
    sections = {each for both in moved.values() for each in both if each is not None}
    asked = select(Extension.section_id, Extension.opening_id, Opening.course_id).join(
        Opening, Opening.id == Extension.opening_id
    )
    given = session.execute(asked.where(Extension.section_id.in_(sections))).all() if sections else []
    wanted = {
        (row.opening_id, person_id)
        for (course_id, person_id), both in moved.items()
        for row in given
        if row.course_id == course_id and row.section_id in both
    }
    if not wanted:
        return []
    people = sorted({person_id for _, person_id in wanted})
    there: set[tuple[int, int]] = set()
    for some in (people[at : at + _AT_ONCE] for at in range(0, len(people), _AT_ONCE)):
        session.execute(
            select(Person.id).where(Person.id.in_(some)).order_by(Person.id).with_for_update(key_share=True)
        ).all()
        tried = select(Attempt.opening_id, Attempt.person_id).where(Attempt.person_id.in_(some)).distinct()
        there |= {(row.opening_id, row.person_id) for row in session.execute(tried)}
    return sorted(wanted & there)
