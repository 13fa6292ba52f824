"""What the students of an opening get back: of each the report of the attempt that counts, through what they may see of
it now. How it is packed is `classes/handing_back/`'s business."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from grader.classes.handing_back.forms import Carrier, Feedback, packed
from grader.classes.packing import zipped
from grader.messages import Message, Words, say
from grader.service.attempts.documents import complete_report
from grader.service.attempts.publication import sections_of
from grader.service.attempts.seen import Glass, Sealed, glass
from grader.service.store.tables import Attempt, Membership, Opening, Person, Role, Standing, StoredReport

#: in the zip: who has no file, and why
LEFT_OUT = "left-out.txt"


def handed_back(session: Session, opening: Opening, carrier: Carrier, words: Words, *, now: datetime) -> bytes | None:
    """A zip with a file for each student who may see a report, and a list of the others; None where nobody may."""
    given: list[Feedback] = []
    without: list[Message] = []
    for each in _each(session, opening, now):
        if isinstance(each, Feedback):
            given.append(each)
        else:
            without.append(each)
    made = packed(given, carrier, words)
    if not made.files:
        return None
    lines = "".join(f"{words.text(each)}\n" for each in (*made.left_out, *without))
    return zipped({**made.files, **({LEFT_OUT: lines.encode()} if lines else {})})


def _each(session: Session, opening: Opening, now: datetime) -> Iterator[Feedback | Message]:
    through = {each: glass(session, opening, each, now=now) for each in sections_of(session, opening.course_id)}
    asked = (
        select(Person, Membership.section_id, Attempt.filename, StoredReport)
        .join(Membership, (Membership.person_id == Person.id) & (Membership.course_id == opening.course_id))
        .join(Standing, Standing.person_id == Person.id)
        .outerjoin(Attempt, Attempt.id == Standing.attempt_id)
        .outerjoin(StoredReport, StoredReport.attempt_id == Attempt.id)
        .where(Standing.opening_id == opening.id, Membership.role == Role.STUDENT, Membership.left_at.is_(None))
        .order_by(Person.name, Person.id)
        .options(undefer(StoredReport.document))
        .execution_options(yield_per=50)
    )
    for person, section_id, filename, stored in session.execute(asked):
        yield _one(person, filename, stored, through[section_id])


def _one(person: Person, filename: str | None, stored: StoredReport | None, through: Glass) -> Feedback | Message:
    name = person.email or f"{person.name} ({person.id})"
    if stored is None:
        return say("feedback_nothing_counts", student=name)
    seen = through.through(complete_report(stored))
    if isinstance(seen, Sealed):
        return say("feedback_sealed", student=name)
    return Feedback(
        student=person.email or str(person.id),
        name=person.name,
        email=person.email or "",
        file=filename or "",
        report=seen,
    )
