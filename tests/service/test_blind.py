"""Whoever has taken an answer to mark second is shown the first mark nowhere, whatever they open, until they gave
theirs; nobody else is shown less by that."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from sqlalchemy import delete

from grader.policy.marking import StandingMark
from grader.service.attempts.blind import SEES_ALL, blind_for
from grader.service.marking.leases import LEASE, claim
from grader.service.site import Site
from grader.service.store.mark_tables import MarkChange, SecondMark
from grader.service.store.tables import Role, StoredReport
from grader.service.web.app import make_app
from tests.service.callers import HERE, World, populated
from tests.service.clock import StoppedClock
from tests.service.grading import graded
from tests.service.marked import decide, written
from tests.service.test_nothing_leaks import everything, regraded, without_names

COMMENT = "what_the_first_one_said"
MARKING = "/courses/ml/openings/digits/marking/why"
API = "/api/v1/courses/ml/assignments/digits"


@pytest.fixture
def world(on_sqlite: Site) -> World:
    """Ada's answer is marked by Ines, and Greta has taken it to mark second. Somebody else wrote the same."""
    world = populated(on_sqlite)
    regraded(world, written(40, 30))
    graded(world.here, "bob", written(40, 30))
    first_mark(world, 3)
    with on_sqlite.database.begin() as session:
        second = SecondMark(
            attempt_id=world.attempts[HERE],
            exercise="why",
            opening_id=world.here.opening_id,
            drawn_at=on_sqlite.now(),
        )
        session.add(second)
        session.flush()
        assert claim(session, second.attempt_id, "why", world.here.people["greta"], on_sqlite.now()) is None
    return world


def first_mark(world: World, points: int) -> None:
    """What Ines gave, as if it had never been another."""
    attempt_id = world.attempts[HERE]
    with world.site.database.begin() as session:
        session.get_one(StoredReport, attempt_id).marks = None
        session.execute(delete(MarkChange).where(MarkChange.attempt_id == attempt_id))
    made = decide(world.here, attempt_id, points, by="ines", comment=f"{COMMENT} {points}", reason=COMMENT)
    assert isinstance(made, StandingMark)


def answered(world: World, who: str) -> Mapping[str, str]:
    """All that somebody is answered, by address and kind."""
    found = {f"{each.path} {each.kind}": without_names(each.text) for each in everything(world, who)}
    attempt_id = world.attempts[HERE]
    more = [f"{MARKING}/answers/{attempt_id}", f"{MARKING}/groups", f"{MARKING}/seconds", f"{MARKING}/comments"]
    more += [f"{API}/exercises/why/{each}" for each in ("groups", "seconds")]
    more += [f"{API}/marks", f"{API}/marks?format=csv", f"{API}/gradebook?format=canvas", f"{API}/gradebook?format=csv"]
    with world.client(make_app(world.site), who) as client:
        found |= {path: without_names(client.get(path).text) for path in more}
        groups = re.findall(rf'href="({MARKING}/groups/\w+)"', found[f"{MARKING}/groups"])
        return found | {path: without_names(client.get(path).text) for path in groups}


def test_whatever_the_first_mark_is_whoever_marks_second_is_answered_the_same(world: World) -> None:
    """On every page, in all data: neither what was given, nor what was said, nor what it adds up to."""
    before = answered(world, "a grader")
    first_mark(world, 17)
    now = answered(world, "a grader")

    assert [path for path in before if before[path] != now.get(path)] == []
    assert [path for path, text in now.items() if COMMENT in text] == []
    assert [path for path in now if path.startswith(f"{MARKING}/groups/")]


def test_an_instructor_is_shown_the_first_mark_and_so_is_whoever_gave_both(world: World) -> None:
    """Were nothing shown to anybody, the test above would hold of nothing."""
    assert len([path for path, text in answered(world, "an instructor").items() if COMMENT in text]) > 5
    with world.site.database.begin() as session:
        session.execute(delete(SecondMark))
    assert [path for path, text in answered(world, "a grader").items() if COMMENT in text]


def test_only_who_has_taken_it_is_blind_and_only_as_long(world: World, clock: StoppedClock) -> None:
    """Not another grader, nor an instructor, nor they themselves after the lease."""
    with world.site.database.read() as session:
        here, people = world.here.course_id, world.here.people

        def blind(name: str, role: Role) -> bool:
            return blind_for(session, here, people[name], role, world.site.now()) != SEES_ALL

        assert [blind("greta", Role.GRADER), blind("greta", Role.INSTRUCTOR), blind("ines", Role.GRADER)] == [
            True,
            False,
            False,
        ]
        clock.go_on(seconds=LEASE.total_seconds() + 1)
        assert not blind("greta", Role.GRADER)


def test_on_the_marking_page_it_is_said_where_to_mark_and_nothing_is_saved(world: World) -> None:
    """Else the first mark would be replaced by somebody who never saw it."""
    path = f"{MARKING}/answers/{world.attempts[HERE]}"
    with world.client(make_app(world.site), "a grader") as client:
        page = client.get(path).text
        refused = client.post(path, data={"version": "1", "points": "5"})

    assert f"{MARKING}/seconds/{world.attempts[HERE]}" in page
    assert 'name="points"' not in page
    assert refused.status_code == 409
