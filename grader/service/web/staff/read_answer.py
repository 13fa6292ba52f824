"""One answer as it is read for the page on which it is marked: what was answered, what stands of it, whose it is. Prose
of the one that comes next is drawn ahead."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from fastapi import Request
from sqlalchemy.orm import Session

from grader.errors import GraderError
from grader.policy.marking import StandingMark
from grader.report.report import ExerciseResult
from grader.service.attempts.documents import complete_report
from grader.service.marking.answers import Answer
from grader.service.marking.saving import stored
from grader.service.site import Site
from grader.service.store.tables import Attempt
from grader.service.web.problems import NotThere
from grader.service.web.staff.kept_prose import KeptProse
from grader.service.web.staff.shown_answer import ShownAnswer, draw_ahead, shown_answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAnswer:
    """What a page shows of an attempt."""

    attempt_id: uuid.UUID
    number: int
    person_id: int
    student: str
    result: ExerciseResult
    standing: StandingMark | None
    data: bytes | None

    def shown(self, prose: KeptProse) -> ShownAnswer:
        """The answer."""
        return shown_answer(self.result, self.data, prose)

    def as_answer(self, exercise: str) -> Answer:
        """As one of a round."""
        return Answer(attempt_id=self.attempt_id, exercise=exercise, person_id=0, name="", is_marked=False)


def read_answer(session: Session, site: Site, attempt_id: uuid.UUID, exercise: str) -> ReadAnswer:
    row, attempt = stored(session, attempt_id), session.get(Attempt, attempt_id)
    if row is None or attempt is None:
        raise NotThere
    result = next((each for each in complete_report(row).exercises if each.id == exercise), None)
    if result is None:
        raise NotThere
    try:
        data = site.blobs.get(session, attempt.sha256)
    except GraderError:
        data = None
    return ReadAnswer(
        attempt_id=attempt_id,
        number=attempt.number,
        person_id=attempt.person_id,
        student=attempt.person.name,
        result=result,
        standing=(row.marks or {}).get(exercise),
        data=data,
    )


def read_ahead(site: Site, attempt_id: uuid.UUID, exercise: str, prose: KeptProse) -> None:
    """Draw the next answer while this one is looked at. Nobody waits for it, so nobody is told where it fails."""
    try:
        with site.database.read() as session:
            read = read_answer(session, site, attempt_id, exercise)
    except (NotThere, GraderError):
        return
    draw_ahead(read.result, read.data, prose)


def kept_prose(request: Request) -> KeptProse:
    """What the application has drawn already."""
    prose: KeptProse = request.app.state.prose
    return prose
