"""What is let in is stored: its bytes, its place in the queue, its row, its student's standing, and the receipt is
signed. Of several, by as many statements as of one. Whether it is let in is decided in `receiving.py`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.orm import Session

from grader.messages import Message, counted, say
from grader.policy.decision import Decision
from grader.policy.moments import told
from grader.policy.state import State
from grader.policy.terms import Counts
from grader.service.attempts.filenames import cleaned
from grader.service.attempts.handed_in import HandIn, Received
from grader.service.attempts.place import Before, Place
from grader.service.attempts.receipts import Receipt, Statement
from grader.service.attempts.signing_keys import keys_in, signing_keys
from grader.service.attempts.standing import Handed, note_received
from grader.service.attempts.superseding import supersede
from grader.service.queue.enqueueing import Coming, Turn, take_turns
from grader.service.queue.order import PRIORITIES, Priority
from grader.service.site import Site
from grader.service.store.tables import Attempt

#: written as it is: nothing of the row is asked for again
_STORED: Final = insert(Attempt)
_UNFINISHED: Final = (State.WAITING, State.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetIn:
    """What is to be stored, with what was decided on it. `before`: whatever of its student's matters for that."""

    hand_in: HandIn
    place: Place
    before: Sequence[Before]
    decision: Decision
    now: datetime

    @property
    def here(self) -> list[Before]:
        """Their attempts at this opening."""
        return [each for each in self.before if each.opening_id == self.place.opening_id]

    @property
    def priority(self) -> Priority:
        """The class that it waits in."""
        return PRIORITIES[self.hand_in.source]


def store(session: Session, site: Site, those: Sequence[LetIn]) -> list[Received]:
    """Store these, each of another student, whose row is held. Each kind of row is written in one order of all who
    write it: so no two who store wait for each other."""
    if not those:
        return []
    for each in sorted(those, key=lambda each: each.hand_in.sha256):
        site.blobs.put(session, each.hand_in.data, now=each.now, sha256=each.hand_in.sha256)
    let_go = [_let_go(session, each) for each in those]
    received = [_taken(session, site, each, gone) for each, gone in zip(those, let_go, strict=True)]
    turns = take_turns(session, site, [_coming(each) for each in those])
    rows = [_row(*each) for each in zip(those, received, turns, strict=True)]
    session.connection().execute(_STORED, rows)
    note_received(session, [_handed(*each) for each in zip(those, let_go, strict=True)])
    return received


def _let_go(session: Session, of: LetIn) -> int:
    """How many that wait give way to this one: where the latest counts, all."""
    waiting = [each.id for each in of.here if each.state is State.WAITING and each.status is None]
    return supersede(session, waiting, now=of.now) if waiting and of.place.terms.counts is Counts.LATEST else 0


def _taken(session: Session, site: Site, of: LetIn, let_go: int) -> Received:
    attempt_id = uuid.uuid4()
    number = max((each.number for each in of.here), default=0) + 1
    statement = Statement(
        site=site.address,
        attempt=str(attempt_id),
        course=of.place.slug,
        assignment=of.place.assignment,
        person=of.place.person_id,
        number=number,
        received_at=of.now,
        sha256=of.hand_in.sha256,
        size=len(of.hand_in.data),
    )
    return Received(
        attempt_id=attempt_id,
        name=of.place.name,
        number=number,
        filename=cleaned(of.hand_in.filename),
        receipt=_signed(session, statement, of.place),
        decision=of.decision,
        notices=tuple(_notices(of, let_go)),
    )


def _signed(session: Session, statement: Statement, place: Place) -> Receipt:
    """By the site's key, which is made for the first receipt."""
    keys = signing_keys(session, now=statement.received_at) if place.signing is None else keys_in(place.signing)
    return keys.signed(statement)


def _coming(of: LetIn) -> Coming:
    place = of.place
    own = [
        each.end
        for each in of.before
        if each.course_id == place.course_id and each.priority == of.priority and each.state in _UNFINISHED
    ]
    return Coming(
        course_id=place.course_id,
        opening_id=place.opening_id,
        revision_id=place.revision_id,
        priority=of.priority,
        own_end=max(own, default=0.0),
    )


def _row(of: LetIn, received: Received, turn: Turn) -> Mapping[str, Any]:
    place, hand_in = of.place, of.hand_in
    return {
        "id": received.attempt_id,
        "course_id": place.course_id,
        "opening_id": place.opening_id,
        "person_id": place.person_id,
        "number": received.number,
        "received_at": of.now,
        "source": hand_in.source,
        "idempotency_key": hand_in.idempotency_key,
        "sha256": hand_in.sha256,
        "size": len(hand_in.data),
        "filename": received.filename,
        "decision": of.decision,
        "receipt": received.receipt.model_dump(mode="json"),
        "revision_id": place.revision_id,
        "state": State.WAITING,
        "priority": turn.priority,
        "start": turn.start,
        "seconds": turn.seconds,
    }


def _handed(of: LetIn, let_go: int) -> Handed:
    unfinished = sum(each.state in _UNFINISHED for each in of.here)
    return Handed(
        opening_id=of.place.opening_id,
        person_id=of.place.person_id,
        attempts=len(of.here) + 1,
        waiting=unfinished - let_go + 1,
    )


def _notices(of: LetIn, let_go: int) -> list[Message]:
    said: list[Message] = []
    decision = of.decision
    if decision.in_grace and decision.due is not None:
        said.append(say("hand_in_in_grace", due=told(decision.due, of.place.zone)))
    if decision.late_seconds and decision.due is not None:
        due = told(decision.due, of.place.zone)
        late = say("hand_in_late", due=due)
        said.append(say("hand_in_deducted", due=due, percent=decision.deducted) if decision.deducted else late)
    same = next((each for each in reversed(of.here) if each.sha256 == of.hand_in.sha256), None)
    if same is not None:
        said.append(say("hand_in_same_bytes", number=same.number))
    if let_go:
        said.append(say("hand_in_supersedes", attempts=counted(let_go, "attempt")))
    return said
