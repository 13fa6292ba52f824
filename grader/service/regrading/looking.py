"""Regrade sets as they are looked at: how far each is, what would change, both reports of each work."""

from __future__ import annotations

import uuid
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from grader.classes.differences import Pair, differences
from grader.messages import say
from grader.policy.state import State
from grader.report.differences import Differences, LeftAsItIs
from grader.report.report import AssignmentReference, Report
from grader.service.attempts.documents import after_marking, unpacked
from grader.service.store.database import Database
from grader.service.store.regrade_tables import RegradeSet, RegradeWork, SetState
from grader.service.store.tables import Attempt, Course, Person, StoredReport

#: reports that are asked which checks there are
LOOKED_INTO: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many works a set has; of these, how many are judged, and how many could not be."""

    works: int
    judged: int
    parked: int

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be waited for."""
        return self.judged + self.parked == self.works


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A set, how far it is, and who began it."""

    row: RegradeSet
    progress: Progress
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """An attempt of a set: whose, and which."""

    name: str
    person_id: int
    number: int


def sets_of(session: Session, opening_id: int) -> Sequence[Looked]:
    """All sets of an opening, the newest first."""
    asked = select(RegradeSet).where(RegradeSet.opening_id == opening_id)
    return [look(session, row) for row in session.scalars(asked.order_by(RegradeSet.created_at.desc())).all()]


def set_in(session: Session, course_id: int, set_id: uuid.UUID) -> RegradeSet | None:
    """That set, if it is of that course."""
    found = session.get(RegradeSet, set_id)
    return found if found is not None and found.course_id == course_id else None


def look(session: Session, row: RegradeSet) -> Looked:
    """A set as it stands."""
    by = None if row.by_id is None else session.scalar(select(Person.name).where(Person.id == row.by_id))
    return Looked(row=row, progress=progress_of(session, row.id), by=by)


def progress_of(session: Session, set_id: uuid.UUID) -> Progress:
    """How far it is."""
    asked = (
        select(RegradeWork.state, func.count().label("number"))
        .where(RegradeWork.set_id == set_id)
        .group_by(RegradeWork.state)
    )
    counts = Counter({row.state: row.number for row in session.execute(asked)})
    return Progress(works=counts.total(), judged=counts[State.GRADED], parked=counts[State.PARKED])


def is_judged(session: Session, set_id: uuid.UUID) -> bool:
    """Whether all of it is."""
    return progress_of(session, set_id).is_over


def differences_of(session: Session, row: RegradeSet) -> Differences:
    """What the set would change, or has changed; computed once, when all of it is judged. Only the attempt of each is
    named there: who it is of is looked up when somebody looks."""
    kept = session.scalar(select(RegradeSet.differences).where(RegradeSet.id == row.id))
    if kept is not None:
        return Differences.model_validate_json(zlib.decompress(kept))
    pairs = list(_pairs(session, row))
    reference = next((pair.now.assignment for pair in pairs if pair.now.assignment is not None), None)
    if reference is None:
        reference = AssignmentReference(id=row.assignment, title=row.assignment, version="")
    return differences(reference, pairs, left=list(_left(session, row)))


def needs_differences(session: Session, row: RegradeSet) -> bool:
    """Whether all of the set is judged, and nobody has looked at it yet."""
    kept = select(RegradeSet.differences.is_not(None)).where(RegradeSet.id == row.id)
    return row.state is SetState.OPEN and not session.scalar(kept) and is_judged(session, row.id)


def keep_differences(database: Database, set_id: uuid.UUID) -> None:
    """So that whoever looks next, or decides, need not wait. Computed while others write, which takes seconds for a
    thousand reports; kept if nobody has decided on the set, or kept them, in the meantime."""
    with database.read() as session:
        row = session.get(RegradeSet, set_id)
        if row is None or not needs_differences(session, row):
            return
        made = zlib.compress(differences_of(session, row).model_dump_json().encode())
    with database.begin() as session:
        row = session.get(RegradeSet, set_id, with_for_update=True)
        if row is not None and needs_differences(session, row):
            row.differences = made


def checks_of(session: Session, opening_id: int) -> Sequence[tuple[str, str]]:
    """Exercise and check of all that the last reports at an opening have, in their order."""
    asked = (
        select(StoredReport.outline)
        .join(Attempt, Attempt.id == StoredReport.attempt_id)
        .where(Attempt.opening_id == opening_id, Attempt.state == State.GRADED)
        .order_by(StoredReport.made_at.desc())
        .limit(LOOKED_INTO)
    )
    found = (each for outline in session.scalars(asked) for each in outline.exercises)
    return list(dict.fromkeys((each.id, check.id) for each in found for check in each.checks))


def report_of(session: Session, set_id: uuid.UUID, attempt_id: uuid.UUID, *, now: bool) -> Report | None:
    """One of the two reports of a work: as it was judged again, or the one before."""
    asked = select(RegradeWork).where(RegradeWork.set_id == set_id, RegradeWork.attempt_id == attempt_id)
    work = session.scalars(asked.options(undefer(RegradeWork.document), undefer(RegradeWork.before))).one_or_none()
    if work is None:
        return None
    stored = session.execute(
        select(StoredReport.document, StoredReport.marks).where(StoredReport.attempt_id == attempt_id)
    ).one_or_none()
    document = work.document if now else work.before or (stored and stored.document)
    return None if document is None else after_marking(unpacked(document), stored and stored.marks)


def whose(session: Session, set_id: uuid.UUID) -> Mapping[str, Whose]:
    """Whose the works of a set are, by attempt."""
    asked = (
        select(Attempt.id, Attempt.number, Person.id.label("person_id"), Person.name)
        .join(RegradeWork, RegradeWork.attempt_id == Attempt.id)
        .join(Person, Person.id == Attempt.person_id)
        .where(RegradeWork.set_id == set_id)
    )
    return {
        str(each.id): Whose(name=each.name, person_id=each.person_id, number=each.number)
        for each in session.execute(asked)
    }


def _pairs(session: Session, row: RegradeSet) -> Iterator[Pair]:
    """Both reports with what people marked: a mark stays, whatever the machine says."""
    slug = session.scalar(select(Course.slug).where(Course.id == row.course_id))
    asked = (
        select(
            RegradeWork.attempt_id,
            RegradeWork.asked_again,
            RegradeWork.document,
            RegradeWork.before,
            StoredReport.document,
            StoredReport.marks,
        )
        .join(StoredReport, StoredReport.attempt_id == RegradeWork.attempt_id)
        .where(RegradeWork.set_id == row.id, RegradeWork.document.is_not(None))
        .order_by(RegradeWork.attempt_id)
    )
    for attempt_id, asked_again, document, before, stored, marks in session.execute(asked):
        home = f"/courses/{slug}/regrades/{row.id}/reports/{attempt_id}"
        yield Pair(
            who=str(attempt_id),
            before=after_marking(unpacked(before or stored), marks),
            now=after_marking(unpacked(document or b""), marks),
            report_before=f"{home}/before",
            report_now=f"{home}/now",
            asked_again=asked_again,
        )


def _left(session: Session, row: RegradeSet) -> Iterator[LeftAsItIs]:
    asked = select(RegradeWork.attempt_id, RegradeWork.trouble).where(
        RegradeWork.set_id == row.id, RegradeWork.state == State.PARKED
    )
    for attempt_id, trouble in session.execute(asked):
        yield LeftAsItIs(who=str(attempt_id), reason=trouble or say("process_ended"))
