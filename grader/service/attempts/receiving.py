"""Receiving: from bytes that somebody handed in to a stored attempt with its receipt, in one transaction. What is let
in is decided here; how it is kept, `storing.py`.

Nothing is read of the bytes but their size and digest. What cannot be a notebook at all is refused before it costs an
attempt; whatever else is wrong with it the report says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.limits import MEGABYTE, NotebookLimits
from grader.messages import say
from grader.policy.deciding import Earlier, decide
from grader.policy.decision import Decision, Refusal, Refused
from grader.service.attempts.handed_in import HandIn, Received
from grader.service.attempts.place import Before, Place, before_them, places_of, reliefs_at
from grader.service.attempts.receipts import Receipt
from grader.service.attempts.storing import LetIn, store
from grader.service.site import Site
from grader.service.store.tables import Attempt


def receive(session: Session, site: Site, hand_in: HandIn) -> Received | Refused | None:
    """Store what is handed in, decide on it, queue it. Nothing of what is refused is kept. None where the course has no
    such assignment open.

    `session` is a transaction that writes; the receipt may be shown once it is committed.
    """
    return receive_all(session, site, [hand_in])[0]


def receive_all(session: Session, site: Site, those: Sequence[HandIn]) -> list[Received | Refused | None]:
    """The same of several, each as if it had come alone and in this order, by as many statements as of one."""
    answers: dict[int, Received | Refused | None] = {}
    for numbers in _rounds(those):
        found = _received(session, site, [those[number] for number in numbers])
        answers.update(zip(numbers, found, strict=True))
    return [answers[number] for number in range(len(those))]


@dataclass(frozen=True, slots=True)
class Receiving:
    """`receive_all` on that site, as something to be written together with others: see `Database.write_one_of`."""

    site: Site

    def __call__(self, session: Session, those: Sequence[HandIn]) -> list[Received | Refused | None]:
        """See `receive_all`."""
        return receive_all(session, self.site, those)


def _rounds(those: Sequence[HandIn]) -> Iterator[list[int]]:
    """Those that can be decided at once, by their places: of one student the second depends on the first."""
    rounds: list[list[int]] = []
    seen: Counter[int] = Counter()
    for number, each in enumerate(those):
        if seen[each.person_id] == len(rounds):
            rounds.append([])
        rounds[seen[each.person_id]].append(number)
        seen[each.person_id] += 1
    yield from rounds


def _received(session: Session, site: Site, those: Sequence[HandIn]) -> list[Received | Refused | None]:
    """Of as many people. First all are locked and looked at, then all that is let in is written: so each kind of row is
    held in one order, and no two sets wait for each other."""
    places = places_of(session, [each.where for each in those])
    keys = {each.idempotency_key for each in those if each.idempotency_key is not None}
    before = before_them(session, [each for each in places.values() if isinstance(each, Place)], keys=keys)
    decided = [_decided(session, site, each, places[each.where], before) for each in those]
    stored = iter(store(session, site, [each for each in decided if isinstance(each, LetIn)]))
    return [next(stored) if isinstance(each, LetIn) else each for each in decided]


def _decided(
    session: Session,
    site: Site,
    hand_in: HandIn,
    place: Place | Refused | None,
    theirs: Mapping[int, Sequence[Before]],
) -> LetIn | Received | Refused | None:
    """Nothing is written yet."""
    if not isinstance(place, Place):
        return place
    key, before = hand_in.idempotency_key, theirs.get(hand_in.person_id, ())
    again = next((each for each in before if key is not None and each.key == key), None)
    if again is not None:
        return _once_more(session, again, place, hand_in.sha256)
    if (unfit := _unfit(hand_in.data)) is not None:
        return unfit
    now = hand_in.arrived_at or site.now()
    decision = _decision(session, place, [each for each in before if each.opening_id == place.opening_id], now)
    if isinstance(decision, Refused):
        return decision
    return LetIn(hand_in=hand_in, place=place, before=before, decision=decision, now=now)


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


def _decision(session: Session, place: Place, before: Sequence[Before], now: datetime) -> Decision | Refused:
    if place.is_staff:
        return Decision()
    earlier = [Earlier(received_at=each.received_at, charged=each.is_charged) for each in before]
    reliefs = reliefs_at(session, place)
    return decide(place.terms, reliefs, earlier, received_at=now, zone=place.zone)
