"""Receiving: from bytes that somebody handed in to a stored attempt with its receipt, in one transaction.

Nothing is read of the bytes but their size and digest. What cannot be a notebook at all is refused before it costs an
attempt; whatever else is wrong with it the report says.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from grader.limits import MEGABYTE, NotebookLimits
from grader.messages import Message, counted, say
from grader.policy.deciding import Earlier, decide
from grader.policy.decision import Decision, Refusal, Refused
from grader.policy.moments import told
from grader.policy.state import State
from grader.policy.terms import Counts
from grader.service.attempts.filenames import cleaned
from grader.service.attempts.place import Before, Place, before_it, place_of, reliefs_at
from grader.service.attempts.receipts import Receipt, Statement
from grader.service.attempts.signing_keys import keys_in, signing_keys
from grader.service.attempts.standing import note_received
from grader.service.attempts.superseding import supersede
from grader.service.queue.enqueueing import take_turn
from grader.service.queue.order import PRIORITIES
from grader.service.site import Site
from grader.service.store.tables import Attempt, Source

#: written as it is: nothing of the row is asked for again
_STORED: Final = insert(Attempt)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """What somebody hands in. `arrived_at`: when its last byte came, if that was before the transaction began: nobody
    is late because we were busy. `idempotency_key`: the sender's own name for this upload, so that it may be repeated.
    `sha256`: of `data`, reckoned when this is made, so that nobody waits for it who waits to write.
    """

    course_id: int
    assignment: str
    person_id: int
    filename: str
    data: bytes
    source: Source
    idempotency_key: str | None = None
    arrived_at: datetime | None = None
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An attempt that is stored. `is_new` is False where the same upload came again. `notices`: what its student should
    know: that it is late, that these bytes came before, that an earlier one is not graded any more. `name`: whose it
    is; `filename`: as it is kept."""

    attempt_id: uuid.UUID
    name: str
    number: int
    filename: str
    receipt: Receipt
    decision: Decision
    is_new: bool = True
    notices: tuple[Message, ...] = ()


def receive(session: Session, site: Site, hand_in: HandIn) -> Received | Refused | None:
    """Store what is handed in, decide on it, queue it. Nothing of what is refused is kept. None where the course has no
    such assignment open.

    `session` is a transaction that writes; the receipt may be shown once it is committed.
    """
    now = hand_in.arrived_at or site.now()
    place = place_of(session, course_id=hand_in.course_id, assignment=hand_in.assignment, person_id=hand_in.person_id)
    if not isinstance(place, Place):
        return place
    before = before_it(session, place, key=hand_in.idempotency_key)
    key = hand_in.idempotency_key
    again = next((each for each in before if key is not None and each.key == key), None)
    if again is not None:
        return _once_more(session, again, place, hand_in.sha256)
    if (unfit := _unfit(hand_in.data)) is not None:
        return unfit
    before = [each for each in before if each.opening_id == place.opening_id]
    decision = _decided(session, place, before, now)
    if isinstance(decision, Refused):
        return decision
    site.blobs.put(session, hand_in.data, now=now, sha256=hand_in.sha256)
    return _stored(session, site, hand_in, place=place, before=before, decision=decision, now=now)


def _once_more(session: Session, again: Before, place: Place, sha256: str) -> Received | Refused:
    """An upload that was repeated, as after a lost answer; the key of another one is a mistake of the sender's."""
    if again.sha256 != sha256 or again.opening_id != place.opening_id:
        return Refused(kind=Refusal.KEY_REUSED, message=say("hand_in_key_reused", number=again.number))
    asked = select(Attempt.receipt, Attempt.decision, Attempt.filename).where(Attempt.id == again.id)
    receipt, decision, filename = session.execute(asked).one()
    return Received(
        attempt_id=again.id,
        name=place.name,
        number=again.number,
        filename=filename,
        receipt=Receipt.model_validate(receipt),
        decision=decision,
        is_new=False,
        notices=(say("hand_in_came_before", number=again.number),),
    )


def _unfit(data: bytes) -> Refused | None:
    """What cannot be a notebook, whatever is in it."""
    most = NotebookLimits().file_bytes
    if not data:
        return Refused(kind=Refusal.EMPTY, message=say("hand_in_empty"))
    if len(data) > most:
        return Refused(kind=Refusal.TOO_LARGE, message=say("hand_in_too_large", most=most // MEGABYTE))
    return None


def _decided(session: Session, place: Place, before: Sequence[Before], now: datetime) -> Decision | Refused:
    if place.is_staff:
        return Decision()
    earlier = [Earlier(received_at=each.received_at, charged=each.is_charged) for each in before]
    reliefs = reliefs_at(session, place)
    return decide(place.terms, reliefs, earlier, received_at=now, zone=place.zone)


def _stored(
    session: Session,
    site: Site,
    hand_in: HandIn,
    *,
    place: Place,
    before: Sequence[Before],
    decision: Decision,
    now: datetime,
) -> Received:
    filename = cleaned(hand_in.filename)
    number = max((each.number for each in before), default=0) + 1
    attempt_id = uuid.uuid4()
    statement = Statement(
        site=site.address,
        attempt=str(attempt_id),
        course=place.slug,
        assignment=place.assignment,
        person=place.person_id,
        number=number,
        received_at=now,
        sha256=hand_in.sha256,
        size=len(hand_in.data),
    )
    receipt = _signed(session, statement, place)
    let_go = _let_go(session, place, before, now)
    turn = take_turn(
        session,
        site,
        attempt_id=attempt_id,
        course_id=place.course_id,
        opening_id=place.opening_id,
        person_id=place.person_id,
        revision_id=place.revision_id,
        priority=PRIORITIES[hand_in.source],
    )
    row = {
        "id": attempt_id,
        "course_id": place.course_id,
        "opening_id": place.opening_id,
        "person_id": place.person_id,
        "number": number,
        "received_at": now,
        "source": hand_in.source,
        "idempotency_key": hand_in.idempotency_key,
        "sha256": hand_in.sha256,
        "size": len(hand_in.data),
        "filename": filename,
        "decision": decision,
        "receipt": receipt.model_dump(mode="json"),
        "revision_id": place.revision_id,
        "state": State.WAITING,
        "priority": turn.priority,
        "start": turn.start,
        "seconds": turn.seconds,
    }
    session.connection().execute(_STORED, row)
    unfinished = sum(each.state in (State.WAITING, State.RUNNING) for each in before) - let_go + 1
    note_received(session, place.opening_id, place.person_id, attempts=len(before) + 1, waiting=unfinished)
    return Received(
        attempt_id=attempt_id,
        name=place.name,
        number=number,
        filename=filename,
        receipt=receipt,
        decision=decision,
        notices=tuple(_notices(decision, before, place, sha256=hand_in.sha256, let_go=let_go)),
    )


def _signed(session: Session, statement: Statement, place: Place) -> Receipt:
    """By the site's key, which is made for the first receipt."""
    keys = signing_keys(session, now=statement.received_at) if place.signing is None else keys_in(place.signing)
    return keys.signed(statement)


def _let_go(session: Session, place: Place, before: Sequence[Before], now: datetime) -> int:
    """How many that wait give way to this one: where the latest counts, all."""
    waiting = [each.id for each in before if each.state is State.WAITING and each.status is None]
    return supersede(session, waiting, now=now) if waiting and place.terms.counts is Counts.LATEST else 0


def _notices(decision: Decision, before: Sequence[Before], place: Place, *, sha256: str, let_go: int) -> list[Message]:
    said: list[Message] = []
    if decision.in_grace and decision.due is not None:
        said.append(say("hand_in_in_grace", due=told(decision.due, place.zone)))
    if decision.late_seconds and decision.due is not None:
        due = told(decision.due, place.zone)
        late = say("hand_in_late", due=due)
        said.append(say("hand_in_deducted", due=due, percent=decision.deducted) if decision.deducted else late)
    same = next((each for each in reversed(before) if each.sha256 == sha256), None)
    if same is not None:
        said.append(say("hand_in_same_bytes", number=same.number))
    if let_go:
        said.append(say("hand_in_supersedes", attempts=counted(let_go, "attempt")))
    return said
