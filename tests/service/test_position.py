"""Places in the queue: what is said of many at once, against the definition of one in plain words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event
from sqlalchemy.orm import Session

from grader.policy.state import State
from grader.service.queue.position import Position, position, positions, positions_of_new
from grader.service.queue.remembered import FRESH, Places
from grader.service.site import Site
from grader.service.store.tables import Attempt, Role, WorkerSeen
from tests.service.classroom import Classroom, furnish, handed_in

PATTERN = uuid.UUID(int=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An attempt, as far as its place depends on it."""

    course: int
    state: State
    priority: int
    start: float
    number: int
    seconds: float

    @property
    def turn(self) -> tuple[int, float, int]:
        """Less goes first, in its course."""
        return self.priority, self.start, self.number


LINES = st.lists(
    st.builds(
        Line,
        course=st.integers(0, 2),
        state=st.sampled_from((State.WAITING, State.WAITING, State.RUNNING, State.GRADED)),
        priority=st.integers(0, 2),
        start=st.sampled_from((0.0, 1.0)),
        number=st.integers(1, 2),
        seconds=st.sampled_from((0.25, 1.0, 8.0)),
    ),
    max_size=12,
)


def defined(mine: Line, everyone: list[Line], slots: int) -> Position | None:
    """Where one stands; all running ones were taken a second ago."""
    if mine.state is State.RUNNING:
        return Position(ahead=0, seconds=max(0.0, mine.seconds - 1))
    if mine.state is not State.WAITING:
        return None
    waiting = [each for each in everyone if each.state is State.WAITING]
    sooner = [each for each in waiting if each.course == mine.course and each.turn < mine.turn]
    ahead, work = len(sooner), sum(each.seconds for each in sooner)
    turns = work + mine.seconds
    for course in {0, 1, 2} - {mine.course}:
        those = [each for each in waiting if each.course == course and each.priority <= mine.priority]
        total = sum(each.seconds for each in those)
        share = min(1.0, turns / total) if total else 0.0
        ahead, work = ahead + round(len(those) * share), work + total * share
    work += sum(each.seconds for each in everyone if each.state is State.RUNNING) / 2
    return Position(ahead=ahead, seconds=work / slots + mine.seconds if slots else None)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, slots=st.integers(0, 2))
def test_places_are_as_defined(rooms: list[Classroom], lines: list[Line], slots: int) -> None:
    """Of all at once, each stands where the definition says; who is over or unknown is left out."""
    site = rooms[0].site
    with site.database.begin() as session:
        session.execute(delete(Attempt).where(Attempt.id != PATTERN))
        session.merge(worker(site, slots))
        rows = [stored(session, rooms[line.course], n, line) for n, line in enumerate(lines)]
        session.add_all(rows)
        session.flush()
        ids = [*(row.id for row in rows), uuid.uuid4()]
        found = dict(positions(session, ids, site.now()))
        alone = {each: place for each in ids if (place := position(session, each, site.now())) is not None}

    places = zip((row.id for row in rows), (defined(line, lines, slots) for line in lines), strict=True)
    assert alone == found
    expected = {each: place for each, place in places if place is not None}
    assert {each: found[each].ahead for each in found} == {each: expected[each].ahead for each in expected}
    assert {each: found[each].seconds for each in found} == pytest.approx(
        {each: expected[each].seconds for each in expected}
    )


def test_many_are_looked_up_in_as_many_queries_as_one(rooms: list[Classroom]) -> None:
    """A class that watches its deadline is no more work for the database than one student."""
    ids = [handed_in(rooms[0], f"c0s{n}") for n in range(6)]
    counts = [queries(rooms[0].site, some) for some in (ids[:1], ids[:2], ids)]

    assert max(counts) <= 4


def test_a_receipt_counts_no_crowd(rooms: list[Classroom]) -> None:
    """It says how many go first as long as few wait: to count ever more of them would make the last wait longest."""
    first, last = (handed_in(rooms[0], "c0s0", number=number) for number in (1, 2))
    site = rooms[0].site
    with site.database.look() as connection:
        places = [positions_of_new(connection, [last], site.now(), most=most).get(last) for most in (1, 2)]
        assert places == [None, position(connection, last, site.now())]
        assert position(connection, first, site.now()) != places[1]


def test_of_a_crowd_all_are_counted_once_for_whoever_asks_meanwhile(rooms: list[Classroom]) -> None:
    """Each is told the place that it had; who came since among very many is told in a moment."""
    site, clock = rooms[0].site, [0.0]
    early, late = (handed_in(rooms[0], f"c0s{n}") for n in range(2))
    places = Places(most=1, clock=lambda: clock[0])

    def told(*those: uuid.UUID) -> list[Position | None]:
        with site.database.read() as session:
            return [places.of(session, session.get_one(Attempt, each), site.now()) for each in those]

    with site.database.read() as session:
        exact = positions(session, [early, late], site.now())
    assert told(early, late) == [exact[early], exact[late]]
    new = handed_in(rooms[0], "c0s2")
    assert told(early, new) == [exact[early], None]
    clock[0] += FRESH
    assert None not in told(early, new)


@pytest.fixture
def rooms(site: Site) -> list[Classroom]:
    """Three courses of twelve students, with one attempt that is over, after which others are made."""
    those = [furnish(site, slug=f"course{c}", people={f"c{c}s{n}": Role.STUDENT for n in range(12)}) for c in range(3)]
    over = handed_in(those[0], "c0s0", number=99, state=State.GRADED)
    with site.database.begin() as session:
        session.get_one(Attempt, over).id = PATTERN
    return those


def worker(site: Site, slots: int) -> WorkerSeen:
    now = site.now()
    return WorkerSeen(id="w", host="h", version="1", slots=slots, started_at=now, seen_at=now, draining=False)


def stored(session: Session, room: Classroom, n: int, line: Line) -> Attempt:
    pattern = session.get_one(Attempt, PATTERN)
    columns = {each.name: getattr(pattern, each.name) for each in Attempt.__table__.columns}
    student = {"id": uuid.uuid4(), "person_id": room.people[f"c{line.course}s{n}"], "opening_id": room.opening_id}
    place = {each: getattr(line, each) for each in ("state", "priority", "start", "number", "seconds")}
    taken = {"claimed_at": room.site.now() - timedelta(seconds=1)} if line.state is State.RUNNING else {}
    return Attempt(**columns | student | place | taken | {"course_id": room.course_id})


def queries(site: Site, ids: list[uuid.UUID]) -> int:
    seen: list[str] = []

    def count(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    event.listen(site.database.engine, "before_cursor_execute", count)
    try:
        with site.database.read() as session:
            assert len(positions(session, ids, site.now())) == len(ids)
    finally:
        event.remove(site.database.engine, "before_cursor_execute", count)
    return sum(each.lstrip().upper().startswith("SELECT") for each in seen)
