"""Since when an opening is published by hand: for everybody, or for the sections of which an instructor said so. What
follows of it for a student, `policy/visibility.py` says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.service.store.tables import Membership, Opening, Section, SectionPublication


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Since when for everybody, and since when for sections by their ids; None and nothing where nobody did."""

    whole: datetime | None
    sections: Mapping[int, datetime] = field(default_factory=dict)

    def to(self, section_id: int | None) -> datetime | None:
        """Since when somebody of that section, or of none, may see what is published."""
        own = None if section_id is None else self.sections.get(section_id)
        return min(filter(None, (self.whole, own)), default=None)


def published(session: Session, opening: Opening) -> Published:
    """As it stands for that opening."""
    asked = select(SectionPublication).where(SectionPublication.opening_id == opening.id)
    return Published(whole=opening.published_at, sections={each.section_id: each.at for each in session.scalars(asked)})


def published_in(session: Session, openings: Sequence[Opening]) -> Mapping[int, Published]:
    """The same of each of these, by one question."""
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    asked = select(SectionPublication).where(SectionPublication.opening_id.in_([each.id for each in openings]))
    for each in session.scalars(asked):
        found[each.opening_id][each.section_id] = each.at
    return {each.id: Published(whole=each.published_at, sections=found.get(each.id, {})) for each in openings}


def section_of(session: Session, course_id: int, person_id: int) -> int | None:
    """The section that somebody is in."""
    asked = select(Membership.section_id).where(Membership.course_id == course_id, Membership.person_id == person_id)
    return session.scalar(asked)


def section_by_person(session: Session, course_id: int) -> Mapping[int, int | None]:
    """The same of everybody."""
    asked = select(Membership.person_id, Membership.section_id).where(Membership.course_id == course_id)
    return {row.person_id: row.section_id for row in session.execute(asked)}


def sections_of(session: Session, course_id: int) -> Sequence[int | None]:
    """Every section that somebody may be in, and none."""
    return [None, *session.scalars(select(Section.id).where(Section.course_id == course_id))]
