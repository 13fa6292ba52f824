"""What the answer to a request decides about its exercise: other points, another comment, or nothing. It is given and
saved in `requests.py`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from grader.messages import say
from grader.policy.marking import NotSaved, Way, Why
from grader.report.marking import Given
from grader.service.attempts.standing import hold
from grader.service.marking.saving import Decided, stored
from grader.service.store.mark_tables import MarkRequest
from grader.service.store.tables import StoredReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What staff gave with their answer. `version`: of the mark that they saw, 0 where there was none."""

    points: int | None
    comment: str
    version: int


def decided_by(session: Session, request: MarkRequest, reply: Reply) -> Decided | NotSaved | None:
    """The decision, about the attempt that the request is about. A comment alone, other than the one that stands, is a
    mark with the points that count already; without both nothing is decided. Refused where nothing counts yet."""
    hold(session, request.opening_id, request.person_id)
    row = stored(session, request.attempt_id)
    if row is None:
        return NotSaved(why=Why.NO_REPORT, message=say("mark_no_report"))
    if reply.points is not None:
        return _decided(request, reply, Given(points=reply.points, comment=reply.comment))
    standing = (row.marks or {}).get(request.exercise)
    given = None if standing is None else standing.given
    if reply.comment in ("", "" if given is None else given.comment):
        return None
    if given is not None and given.items:
        items = tuple(each.id for each in given.items)
        return _decided(request, reply, Given(points=given.extra, comment=reply.comment), items)
    if given is not None and given.checks:
        return _decided(request, reply, replace(given, comment=reply.comment))
    points = _counts(row, request.exercise)
    if points is None:
        return NotSaved(why=Why.FAULTY, message=say("request_comment_alone"))
    return _decided(request, reply, Given(points=points, comment=reply.comment))


def _counts(row: StoredReport, exercise: str) -> int | None:
    """The points that count now; None where they wait for a person, or for us."""
    found = next((each for each in row.outline.exercises if each.id == exercise), None)
    return None if found is None or found.to_mark else found.earned


def _decided(request: MarkRequest, reply: Reply, given: Given, items: tuple[int, ...] = ()) -> Decided:
    return Decided(
        attempt_id=request.attempt_id,
        exercise=request.exercise,
        given=given,
        version=reply.version,
        way=Way.REQUEST,
        reason=request.text,
        items=items,
    )
