"""Where a student stands with an opening: which attempt counts, for how many points. Made from attempts, reports, terms
and extensions, and made anew whenever one of them changes; never changed by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from grader.policy.counting import Counted, counted
from grader.policy.platform_score import PlatformScore, at_last, platform_score, sight_changes
from grader.policy.state import State
from grader.policy.terms import Relief, Terms
from grader.policy.visibility import Sight, sight
from grader.service.attempts.blind import SEES_ALL, Blind
from grader.service.attempts.publication import published, section_by_person
from grader.service.attempts.returning import is_told_of, links_of, want
from grader.service.attempts.tried import Tried, graded, graded_as_seen, reliefs_by_person, tried
from grader.service.store.putting import upsert
from grader.service.store.tables import Attempt, Extension, Opening, Person, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """What a standing is made of: a person's attempts, the extensions that hold for them, and what counts."""

    person_id: int
    attempts: Sequence[Tried]
    counted: Counted | None
    reliefs: Sequence[Relief] = ()


# put together once: that takes longer than to ask it
_HOLDING_OPENING: Final = select(Opening.id).where(Opening.id == bindparam("opening")).with_for_update(read=True)
_HOLDING_PERSON: Final = select(Person.id).where(Person.id == bindparam("person")).with_for_update(key_share=True)
_TERMS: Final = select(
    Opening.terms,
    exists().where(Extension.opening_id == Opening.id).label("has_extensions"),
    is_told_of(Opening.id).label("is_told_of"),
).where(Opening.id == bindparam("opening"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """How many attempts of a student at an opening there are now, and how many of them are not over."""

    opening_id: int
    person_id: int
    attempts: int
    waiting: int


def note_received(session: Session, those: Sequence[Handed]) -> None:
    """Count attempts that have just come in: what counts does not change by that."""
    connection = session.connection()
    noted = upsert(connection.dialect.name, Standing, ("opening_id", "person_id"), ("attempts", "waiting"))
    connection.execute(noted, [asdict(each) for each in those])


def hold(session: Session, opening_id: int, person_id: int) -> None:
    """Wait for whoever changes the opening; whatever else changes what this student has there waits until this
    transaction ends. Always in this order, so that no two wait for each other: regrade set, opening, person, request,
    attempt, report, work of a set; of one kind by its key."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":  # there, whoever writes is alone
        connection.execute(_HOLDING_OPENING, {"opening": opening_id})
        connection.execute(_HOLDING_PERSON, {"person": person_id})


def hold_all(session: Session, opening_id: int) -> None:
    """As `hold`, of everybody who tried the opening. Attempts may come in meanwhile, of whoever is not among them."""
    if session.connection().dialect.name != "sqlite":
        # their rows name the opening's key, which stays: whoever hands in does not wait for it while holding a person
        session.execute(select(Opening.id).where(Opening.id == opening_id).with_for_update(key_share=True))
        _hold_people(session, opening_id)


def _hold_people(session: Session, opening_id: int) -> None:
    theirs = select(Attempt.person_id).where(Attempt.opening_id == opening_id)
    held = select(Person.id).where(Person.id.in_(theirs)).order_by(Person.id).with_for_update(key_share=True)
    session.execute(held).all()


def hold_everywhere(session: Session, person_id: int) -> None:
    """As `hold`, at every opening that somebody tried. Where they try another one before their row is held, all of it
    is let go and taken anew: that opening comes before the person as well."""
    if session.connection().dialect.name == "sqlite":
        return
    tried = select(Attempt.opening_id).where(Attempt.person_id == person_id)
    openings = select(Opening.id).where(Opening.id.in_(tried)).order_by(Opening.id).with_for_update(read=True)
    while True:
        taken = session.begin_nested()
        held = set(session.scalars(openings))
        session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
        if held.issuperset(session.scalars(tried)):
            taken.commit()
            return
        taken.rollback()


def settle(session: Session, opening_id: int, person_id: int, now: datetime) -> None:
    """Make the standing of one student anew. Holds the student's row until the transaction ends, as receiving does."""
    hold(session, opening_id, person_id)
    settle_held(session, opening_id, person_id, now)


def settle_held(session: Session, opening_id: int, person_id: int, now: datetime) -> None:
    """The same, for whoever holds the student's row already."""
    _settled(session, opening_id, person_id, now)


def resettle(session: Session, opening_id: int, now: datetime) -> None:
    """Make the standings of all who tried an opening anew. The caller holds the opening's row: whoever settles one
    student at the same time waits for that, and goes by the new terms."""
    _hold_people(session, opening_id)
    _settled(session, opening_id, None, now)


def return_scores(session: Session, opening_id: int, now: datetime) -> None:
    """Have learning platforms told what all who tried an opening see now: for whoever changes that, and no standing.
    The caller holds the opening's row, as for `resettle`."""
    if links := links_of(session, opening_id):
        _return(session, opening_id, links, what_counts(session, opening_id), now)


def what_counts(session: Session, opening_id: int, blind: Blind = SEES_ALL) -> list[Reckoned]:
    """Of each person who tried the opening: the attempts, and what counts of them now."""
    opening = _opening(session, opening_id)
    return [] if opening is None else _reckoned(session, opening_id, opening, None, blind)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """What of an opening decides what counts, and whether somebody elsewhere is told."""

    terms: Terms
    has_extensions: bool
    is_told_of: bool


def _opening(session: Session, opening_id: int) -> _Opening | None:
    found = session.execute(_TERMS, {"opening": opening_id}).one_or_none()
    return None if found is None else _Opening(**found._mapping)


def _reckoned(
    session: Session, opening_id: int, opening: _Opening, person_id: int | None, blind: Blind = SEES_ALL
) -> list[Reckoned]:
    reliefs = reliefs_by_person(session, opening_id, person_id) if opening.has_extensions else {}
    return [
        Reckoned(
            person_id=person,
            attempts=attempts,
            counted=counted(opening.terms.counts, graded(attempts, opening.terms, reliefs.get(person, []))),
            reliefs=reliefs.get(person, ()),
        )
        for person, attempts in tried(session, opening_id, person_id, blind).items()
    ]


def _settled(session: Session, opening_id: int, person_id: int | None, now: datetime) -> None:
    """What counts does not depend on when it is asked; what a platform is to have of it does."""
    opening = _opening(session, opening_id)
    reckoned = [] if opening is None else _reckoned(session, opening_id, opening, person_id)
    if opening is None or not reckoned:
        return
    rows = [_row(opening_id, each) for each in reckoned]
    session.execute(upsert(session.get_bind().dialect.name, Standing, ("opening_id", "person_id"), _RECKONED), rows)
    if opening.is_told_of:
        _return(session, opening_id, links_of(session, opening_id), reckoned, now)


def _return(
    session: Session, opening_id: int, links: Sequence[int], reckoned: Sequence[Reckoned], now: datetime
) -> None:
    """What students see of their points, and nothing else, is what platforms are to have."""
    opening = session.get_one(Opening, opening_id, populate_existing=True)
    everybodys = reliefs_at(session, opening_id)
    seen = sights_at(session, opening, everybodys, now)
    scores = {each.person_id: _score(each, opening.terms, seen(each.person_id)) for each in reckoned}
    is_whole = opening.published_at is not None
    want(session, links, scores, look_at=None if is_whole else sight_changes(opening.terms, everybodys, now=now))


def sights_at(session: Session, opening: Opening, reliefs: Sequence[Relief], now: datetime) -> Callable[[int], Sight]:
    """What each student of the course sees of their work at that opening, by two questions for all. `reliefs`: all that
    there are."""
    by_hand, sections = published(session, opening), section_by_person(session, opening.course_id)

    def seen(person_id: int) -> Sight:
        at = by_hand.to(sections.get(person_id))
        return sight(opening.terms, reliefs, published_at=at, now=now)

    return seen


def reliefs_at(session: Session, opening_id: int) -> Sequence[Relief]:
    """All extensions of an opening, whomever they are for."""
    return session.scalars(select(Extension.relief).where(Extension.opening_id == opening_id)).all()


def _score(of: Reckoned, terms: Terms, seen: Sight) -> PlatformScore | None:
    def counting(through: Sight) -> Counted | None:
        return counted(terms.counts, graded_as_seen(of.attempts, terms, of.reliefs, through))

    what = counting(seen)
    received = None if what is None else next(x.received_at for x in of.attempts if x.id == what.attempt_id)
    return platform_score(what, counting(at_last(seen)), received=received, sight=seen)


#: what is made anew of a standing
_RECKONED: Final = ("attempt_id", "attempts", "waiting", "earned", "possible", "late", "to_mark", "by_exercise")


def _row(opening_id: int, of: Reckoned) -> Mapping[str, Any]:
    attempts, what = of.attempts, of.counted
    return {
        "opening_id": opening_id,
        "person_id": of.person_id,
        "attempt_id": None if what is None else what.attempt_id,
        "attempts": len(attempts),
        "waiting": sum(each.state in (State.WAITING, State.RUNNING) for each in attempts),
        "earned": None if what is None else what.earned,
        "possible": None if what is None else what.possible,
        "late": what is not None and what.late,
        "to_mark": 0 if what is None else what.to_mark,
        "by_exercise": {} if what is None else dict(what.by_exercise),
    }
