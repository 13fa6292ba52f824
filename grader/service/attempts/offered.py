"""The openings of a course as one student sees them: what is left, what counts, nothing of anybody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.policy.counting import Counted, counted
from grader.policy.deciding import Earlier, Left, left
from grader.policy.state import State
from grader.policy.terms import Relief, Terms
from grader.policy.visibility import Sight, is_over, sight
from grader.service.attempts.opened import opened
from grader.service.attempts.publication import published_in
from grader.service.attempts.tried import Tried, graded_as_seen, tried_by
from grader.service.courses.current import current
from grader.service.store.outline import AssignmentOutline
from grader.service.store.tables import Extension, Membership, Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An opening for one student. `counted`: what counts of what the student may see; None while that is nothing.

    `over`: nobody may hand in any more. `outline` is None where the course's newest revision has no such assignment.
    """

    opening_id: int
    assignment: str
    outline: AssignmentOutline | None
    terms: Terms
    zone: str
    left: Left
    sight: Sight
    attempts: int
    waiting: int
    counted: Counted | None
    over: bool = False


def openings_of(session: Session, course_id: int, person_id: int, now: datetime) -> tuple[Offered, ...]:
    """All openings of the course, the next that is due first; those to come are among them, with their date."""
    course = current(session, course_id)
    openings = opened(session, course_id)
    extensions = _extensions(session, course_id)
    section_id = session.scalar(
        select(Membership.section_id).where(Membership.course_id == course_id, Membership.person_id == person_id)
    )
    tried = tried_by(session, course_id, person_id)
    by_hand = published_in(session, openings)
    seen = [
        _offered(
            each,
            outline=course.assignments.get(each.assignment),
            zone=course.zone,
            mine=[x.relief for x in extensions[each.id] if x.person_id == person_id or _is(x.section_id, section_id)],
            everybodys=[x.relief for x in extensions[each.id]],
            attempts=tried.get(each.id, []),
            published_at=by_hand[each.id].to(section_id),
            now=now,
        )
        for each in openings
    ]
    return tuple(sorted(seen, key=lambda each: _when_due(each, now)))


def opening_of(session: Session, course_id: int, assignment: str, person_id: int, now: datetime) -> Offered | None:
    """The opening of that assignment; None if there is none."""
    return next(
        (each for each in openings_of(session, course_id, person_id, now) if each.assignment == assignment), None
    )


def _extensions(session: Session, course_id: int) -> Mapping[int, list[Extension]]:
    found: dict[int, list[Extension]] = defaultdict(list)
    asked = select(Extension).join(Opening, Opening.id == Extension.opening_id).where(Opening.course_id == course_id)
    for each in session.scalars(asked):
        found[each.opening_id].append(each)
    return found


def _is(one: int | None, other: int | None) -> bool:
    return one is not None and one == other


def _offered(
    opening: Opening,
    *,
    outline: AssignmentOutline | None,
    zone: str,
    mine: Sequence[Relief],
    everybodys: Sequence[Relief],
    attempts: Sequence[Tried],
    published_at: datetime | None,
    now: datetime,
) -> Offered:
    terms = opening.terms
    earlier = [Earlier(received_at=each.received_at, charged=each.is_charged) for each in attempts]
    seen = sight(terms, everybodys, published_at=published_at, now=now)
    return Offered(
        opening_id=opening.id,
        assignment=opening.assignment,
        outline=outline,
        terms=terms,
        zone=zone,
        left=left(terms, mine, earlier, now, zone=zone),
        sight=seen,
        attempts=len(attempts),
        waiting=sum(each.state in (State.WAITING, State.RUNNING) for each in attempts),
        counted=counted(terms.counts, graded_as_seen(attempts, terms, mine, seen)),
        over=is_over(terms, everybodys, now),
    )


def _when_due(each: Offered, now: datetime) -> tuple[bool, bool, float, str]:
    """Open ones by their due date, then those without one, then what is over."""
    ends = each.left.due or each.left.closes_at
    over = ends is not None and ends < now
    moment = 0.0 if ends is None else ends.timestamp()
    return over, ends is None, -moment if over else moment, each.assignment
