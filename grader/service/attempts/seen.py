"""The report of an attempt as its reader may see it. Nothing else reads stored reports for people."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from grader.policy.visibility import Sight, over_at, sight
from grader.report.audience import seen_by
from grader.report.marking import marked
from grader.report.report import Audience, Report, Status
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.attempts.documents import after_marking, complete_report, machine_report
from grader.service.attempts.publication import published, section_of
from grader.service.store.tables import Attempt, Extension, Opening, StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """There is a report, and its student may not see it yet. `until`: the date by which it opens; None where an
    instructor has to publish it."""

    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Glass:
    """Through what a student looks at reports of one opening: what is open now, and when the opening is over."""

    sight: Sight
    over: datetime | None
    now: datetime

    def through(self, report: Report) -> Report | Sealed:
        """What a student sees of it. The opening's end takes the place of the date that the assignment names.

        That a file could not be read is said at once: there are no points in it, and another may still be handed in.
        What people marked is taken out until it may be seen: then the machine's points stand there.
        """
        if not self.sight.points and report.status is not Status.UNREADABLE:
            return Sealed(until=self.sight.points_from)
        report = report if self.sight.marks else marked(report, {})
        assignment = report.assignment
        if assignment is not None:
            report = report.model_copy(update={"assignment": assignment.model_copy(update={"due": self.over})})
        return seen_by(report, Audience.STUDENT, now=self.now, published=self.sight.after_published)


def report_seen(
    session: Session, attempt_id: uuid.UUID, reader: Audience, *, now: datetime, blind: Blind = SEES_ALL
) -> Report | Sealed | None:
    """The report as that reader sees it, complete for instructors but for marks to which they are blind; None while
    there is none."""
    stored = session.scalar(
        select(StoredReport).where(StoredReport.attempt_id == attempt_id).options(undefer(StoredReport.document))
    )
    if stored is None:
        return None
    if reader is Audience.INSTRUCTOR:
        return after_marking(machine_report(stored), blind.marks(attempt_id, stored.marks))
    report = complete_report(stored)
    opening, person_id = session.execute(
        select(Opening, Attempt.person_id)
        .join(Attempt, Attempt.opening_id == Opening.id)
        .where(Attempt.id == attempt_id)
    ).one()
    return glass(session, opening, section_of(session, opening.course_id, person_id), now=now).through(report)


def glass(session: Session, opening: Opening, section_id: int | None, *, now: datetime) -> Glass:
    """What students of that section, or of none, see of their work in this opening at this moment."""
    reliefs = session.scalars(select(Extension.relief).where(Extension.opening_id == opening.id)).all()
    seen = sight(opening.terms, reliefs, published_at=published(session, opening).to(section_id), now=now)
    return Glass(sight=seen, over=over_at(opening.terms, reliefs), now=now)
