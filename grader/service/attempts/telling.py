"""Mail of points: to those who see others than before, or than they were told of last. What each student sees at a
moment is put into short digests here; what is written down to be told stands in `people/outbox.py`, how it is told in
`post/`."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grader.policy.mail import About
from grader.policy.visibility import Sight
from grader.report.report import Mark
from grader.service.attempts.standing import reliefs_at, sights_at
from grader.service.attempts.tried import Tried, as_seen, tried
from grader.service.people.outbox import is_sent, tell_all, tell_people
from grader.service.store.mail_tables import SEEN, Mail, MailState
from grader.service.store.outline import GradedExercise
from grader.service.store.tables import Attempt, Opening, StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a student sees of an opening, as digests: the `numbers` alone, and all of the `report` and its marks."""

    numbers: str
    report: str


def seen_at(session: Session, opening_id: int, now: datetime, person_id: int | None = None) -> Mapping[int, Seen]:
    """Of everybody who tried the opening, or of that one; of nobody where the site sends no mail, since nobody is told
    then."""
    if not is_sent(session):
        return {}
    opening = session.get_one(Opening, opening_id, populate_existing=True)
    sights = sights_at(session, opening, reliefs_at(session, opening_id), now)
    asked = select(StoredReport.attempt_id, StoredReport.made_at).join(Attempt).where(Attempt.opening_id == opening_id)
    if person_id is not None:
        asked = asked.where(Attempt.person_id == person_id)
    made = {row.attempt_id: row.made_at for row in session.execute(asked)}
    found = tried(session, opening_id, person_id)
    return {who: _seen(attempts, sights(who), made) for who, attempts in found.items()}


def tell_published(
    session: Session, opening_id: int, *, event: str, now: datetime, section_id: int | None = None
) -> None:
    """Those who handed in, or of them those of a section, but for whoever was told of just what they see now."""
    seen, last = seen_at(session, opening_id, now), _last_told(session, opening_id)
    but = frozenset(who for who, each in seen.items() if last.get(who) == each.report)
    about = About.PUBLISHED
    tell_all(session, about, opening_id=opening_id, section_id=section_id, event=event, now=now, but=but)
    _note(session, opening_id, event, seen)


def tell_dated(session: Session, opening_id: int, *, event: str, now: datetime) -> None:
    """Everybody who handed in: a date has come. Said again and again, it costs one statement."""
    if tell_all(session, About.PUBLISHED, opening_id=opening_id, event=event, now=now):
        _note(session, opening_id, event, seen_at(session, opening_id, now))


def tell_moved(session: Session, before: Mapping[int, Seen], opening_id: int, *, event: str, now: datetime) -> None:
    """Those who see other numbers since a regrade than `before` it."""
    seen = seen_at(session, opening_id, now)
    moved = frozenset(who for who, each in seen.items() if who not in before or before[who].numbers != each.numbers)
    tell_people(session, About.REGRADED, moved, opening_id=opening_id, event=event, now=now)
    _note(session, opening_id, event, seen)


def note_told(session: Session, opening_id: int, person_id: int, *, event: str, now: datetime) -> None:
    """Keep with a mail of that event what its reader sees."""
    _note(session, opening_id, event, seen_at(session, opening_id, now, person_id))


def _seen(attempts: Sequence[Tried], sight: Sight, made: Mapping[uuid.UUID, datetime]) -> Seen:
    numbers, reports = list[object](), list[object]()
    for each in attempts if sight.points else ():
        if each.outline is None:
            continue
        exercises = as_seen(each.outline, sight).exercises
        numbers.append([each.id.hex, [(one.id, one.earned, one.possible, one.to_mark) for one in exercises]])
        marks = [(one.id, _mark(one.mark, one, sight)) for one in exercises if one.mark is not None]
        reports.append([made[each.id].isoformat(), marks])
    return Seen(numbers=_digest(numbers), report=_digest([numbers, reports, sorted(sight.open_now)]))


def _mark(mark: Mark, exercise: GradedExercise, sight: Sight) -> str:
    """What was said and given, but for checks that are not seen."""
    shown = {check.id for check in exercise.checks if check.visibility in sight.open_now}
    checks = tuple(each for each in mark.checks if each.check in shown)
    return mark.model_copy(update={"points": 0, "earned": None, "checks": checks}).model_dump_json()


def _digest(told: object) -> str:
    return blake2b(json.dumps(told).encode(), digest_size=SEEN // 2).hexdigest()


def _last_told(session: Session, opening_id: int) -> Mapping[int, str | None]:
    """What each saw when a mail of points was last written to them, if that was sent, or is about to be."""
    told = (MailState.WAITING, MailState.SENT)
    asked = (
        select(Mail.person_id, Mail.seen)
        .where(Mail.opening_id == opening_id, Mail.state.in_(told), Mail.seen.is_not(None))
        .order_by(Mail.id)
    )
    return {row.person_id: row.seen for row in session.execute(asked)}


def _note(session: Session, opening_id: int, event: str, seen: Mapping[int, Seen]) -> None:
    asked = select(Mail.id, Mail.person_id).where(
        Mail.opening_id == opening_id, Mail.event == event, Mail.seen.is_(None)
    )
    told = [(row.id, seen[row.person_id].report) for row in session.execute(asked) if row.person_id in seen]
    if told:
        session.execute(update(Mail), [{"id": mail, "seen": report} for mail, report in told])
