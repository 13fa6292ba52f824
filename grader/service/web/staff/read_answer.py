"""One answer as it is read for the page on which it is marked: what was answered, what stands of it, whose it is. Prose
of those that come next is drawn ahead."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from sqlalchemy.orm import Session, joinedload

from grader.errors import GraderError
from grader.policy.marking import StandingMark
from grader.report.report import ExerciseResult
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.attempts.documents import after_marking, machine_report
from grader.service.marking.answers import CountedAnswer
from grader.service.marking.saving import stored
from grader.service.site import Site
from grader.service.store.tables import Attempt
from grader.service.web.problems import NotThere
from grader.service.web.staff.kept_prose import KeptProse
from grader.service.web.staff.shown_answer import ShownAnswer, prose_in, shown_answer

#: answers of which the prose is drawn before somebody opens them; more are drawn where fewer than that are
MOST_AHEAD: Final = 10
ENOUGH_AHEAD: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAnswer:
    """What a page shows of an attempt."""

    attempt_id: uuid.UUID
    opening_id: int
    number: int
    person_id: int
    student: str
    result: ExerciseResult
    standing: StandingMark | None
    data: bytes | None

    def shown(self, prose: KeptProse) -> ShownAnswer:
        """The answer."""
        return shown_answer(self.result, self.data, prose)


def read_answer(
    session: Session, site: Site, attempt_id: uuid.UUID, exercise: str, blind: Blind = SEES_ALL
) -> ReadAnswer:
    row, attempt = stored(session, attempt_id), session.get(Attempt, attempt_id, options=[joinedload(Attempt.person)])
    if row is None or attempt is None:
        raise NotThere
    marks = blind.marks(attempt_id, row.marks)
    result = next((x for x in after_marking(machine_report(row), marks).exercises if x.id == exercise), None)
    if result is None:
        raise NotThere
    try:
        data = site.blobs.get(session, attempt.sha256)
    except GraderError:
        data = None
    return ReadAnswer(
        attempt_id=attempt_id,
        opening_id=attempt.opening_id,
        number=attempt.number,
        person_id=attempt.person_id,
        student=attempt.person.name,
        result=result,
        standing=marks.get(exercise),
        data=data,
    )


def read_ahead(site: Site, answers: Sequence[CountedAnswer], prose: KeptProse) -> None:
    """Draw the next answers while this one is looked at, as soon as one of the first few is not drawn. Nobody waits for
    it, so nobody is told where it fails."""
    texts: list[str] = []
    for number, each in enumerate(answers):
        if number == ENOUGH_AHEAD and all(map(prose.has, texts)):
            return
        try:
            with site.database.read() as session:
                read = read_answer(session, site, each.attempt_id, each.exercise)
        except (NotThere, GraderError):
            continue
        texts += prose_in(read.result, read.data)
    prose.draw_ahead(texts)


def kept_prose(request: Request) -> KeptProse:
    """What the application has drawn already."""
    prose: KeptProse = request.app.state.prose
    return prose
