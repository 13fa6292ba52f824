"""Which marks somebody is not shown anywhere: the first mark of an answer that they have taken to mark second, until
they gave theirs. The rule stands here alone; whoever shows staff marks, or points with marks in them, asks it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.policy.marking import StandingMarks
from grader.service.store.mark_tables import MarkingClaim, SecondMark
from grader.service.store.outline import ResultOutline, unmarked
from grader.service.store.tables import Attempt, Role, StoredReport


@dataclass(frozen=True, slots=True)
class Blind:
    """The answers whose marks are not shown, by attempt and exercise; `standings`: the openings and people whose totals
    have points of them."""

    answers: frozenset[tuple[uuid.UUID, str]] = frozenset()
    standings: frozenset[tuple[int, int]] = frozenset()

    def hides(self, attempt_id: uuid.UUID, exercise: str) -> bool:
        """Whether that one is among them."""
        return (attempt_id, exercise) in self.answers

    def marks(self, attempt_id: uuid.UUID, marks: StandingMarks | None) -> StandingMarks:
        """The marks of an attempt that are shown."""
        return {name: each for name, each in (marks or {}).items() if not self.hides(attempt_id, name)}

    def outline(self, attempt_id: uuid.UUID, outline: ResultOutline) -> ResultOutline:
        """The report in numbers, without marks that are not shown."""
        hidden = {name for whose, name in self.answers if whose == attempt_id}
        if not hidden:
            return outline
        exercises = tuple(unmarked(each) if each.id in hidden else each for each in outline.exercises)
        known = [each.earned for each in exercises if each.earned is not None]
        total = {
            "exercises": exercises,
            "earned": sum(known) if len(known) == len(exercises) else None,
            "possible": sum(each.possible for each in exercises),
        }
        return outline.model_copy(update=total)


#: of whoever is shown all of them
SEES_ALL: Final = Blind()


def blind_for(session: Session, course_id: int, person_id: int, role: Role, now: datetime) -> Blind:
    """A grader's, at this moment; instructors settle what differs, and are shown both. By one question."""
    if role is not Role.GRADER:
        return SEES_ALL
    asked = (
        select(SecondMark.attempt_id, SecondMark.exercise, Attempt.opening_id, Attempt.person_id, StoredReport.marks)
        .join(
            MarkingClaim,
            (MarkingClaim.attempt_id == SecondMark.attempt_id) & (MarkingClaim.exercise == SecondMark.exercise),
        )
        .join(Attempt, Attempt.id == SecondMark.attempt_id)
        .join(StoredReport, StoredReport.attempt_id == SecondMark.attempt_id)
        .where(
            Attempt.course_id == course_id,
            MarkingClaim.by_id == person_id,
            MarkingClaim.until > now,
            SecondMark.given.is_(None),
        )
    )
    rows = [each for each in session.execute(asked) if not _is_theirs(each.marks, each.exercise, person_id)]
    return Blind(
        answers=frozenset((each.attempt_id, each.exercise) for each in rows),
        standings=frozenset((each.opening_id, each.person_id) for each in rows),
    )


def _is_theirs(marks: StandingMarks | None, exercise: str, person_id: int) -> bool:
    standing = (marks or {}).get(exercise)
    return standing is not None and standing.by_id == person_id
