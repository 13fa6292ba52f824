"""Where the latest counts: what gives way to a newer attempt, and comes back if that one is no good."""

from __future__ import annotations

import pytest

from grader.messages import say
from grader.policy.state import State
from grader.policy.terms import Counts, Terms
from grader.report.report import Report, Status
from grader.service.attempts.finishing import failed, finish
from grader.service.queue.claims import Claimed, claim
from grader.service.queue.held import TRIES
from grader.service.site import Site
from grader.service.store.tables import Attempt, Standing
from tests.service.classroom import Classroom, furnish
from tests.service.grading import hand_in, taken, two
from tests.unit.reports import report

UNREADABLE = report(status=Status.UNREADABLE, score=None)


def begun(site: Site) -> Claimed:
    with site.database.begin() as session:
        found = claim(session, worker="w", now=site.now())
    assert found is not None
    return found


def ended(site: Site, outcome: Report | None) -> None:
    """The next attempt is graded like that, or fails through us until it is parked."""
    for _ in range(1 if outcome else TRIES):
        claimed = begun(site)
        with site.database.begin() as session:
            if outcome is None:
                failed(session, site, claimed, say("attempt_worker_lost"))
            else:
                finish(session, site, claimed, outcome)


def two_handed_in(site: Site) -> tuple[Classroom, Attempt]:
    """Ada's second attempt takes the place of her first, which is this one."""
    room = furnish(site, terms=Terms(counts=Counts.LATEST))
    first = taken(hand_in(room, "ada", b"1")).attempt_id
    taken(hand_in(room, "ada", b"2"))
    with site.database.read() as session:
        return room, session.get_one(Attempt, first)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        pytest.param(two(40, 40), State.SUPERSEDED, id="graded"),
        pytest.param(UNREADABLE, State.WAITING, id="unreadable"),
        pytest.param(None, State.WAITING, id="parked"),
    ],
)
def test_what_gave_way_to_one_that_is_no_good_comes_back(site: Site, outcome: Report | None, state: State) -> None:
    """Nobody is left with nothing because of a file that was never graded."""
    room, first = two_handed_in(site)
    assert first.state == State.SUPERSEDED
    ended(site, outcome)
    with site.database.read() as session:
        assert session.get_one(Attempt, first.id).state == state
        waiting = session.get_one(Standing, (room.opening_id, room.people["ada"])).waiting
    assert waiting == (state is State.WAITING)


def test_what_comes_back_is_graded_and_counts(site: Site) -> None:
    """As if the other had never come."""
    room, first = two_handed_in(site)
    ended(site, UNREADABLE)
    ended(site, two(40, 0))
    with site.database.read() as session:
        assert session.get_one(Standing, (room.opening_id, room.people["ada"])).attempt_id == first.id


def test_what_runs_is_graded_to_its_end(site: Site) -> None:
    """A worker that has begun is not stopped; the newer one waits for it."""
    room = furnish(site, terms=Terms(counts=Counts.LATEST))
    first = taken(hand_in(room, "ada", b"1"))
    begun(site)
    assert taken(hand_in(room, "ada", b"2")).notices == ()
    with site.database.read() as session:
        assert session.get_one(Attempt, first.attempt_id).state == State.RUNNING
