"""Who is next, and who has it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from grader.policy.state import State
from grader.service.queue.claims import Claimed, claim, expired, give_back, renew, waits
from grader.service.queue.enqueueing import enqueue
from grader.service.queue.order import Lane
from grader.service.site import Site
from grader.service.store.tables import Attempt, Role, Source
from tests.service.classroom import Classroom, furnish, handed_in
from tests.service.queued import row

PEOPLE = dict.fromkeys(("ada", "bob", "cleo"), Role.STUDENT)


def test_nobodys_first_attempt_waits_for_anothers_second(site: Site) -> None:
    """However early the second came."""
    room = furnish(site, people=PEOPLE)
    wanted = [("ada", 1), ("bob", 1), ("cleo", 1), ("ada", 2), ("ada", 3)]
    ids = {(name, number): queued(room, name, number) for name, number in (wanted[0], *wanted[3:], *wanted[1:3])}

    assert [done(site).attempt_id for _ in wanted] == [ids[each] for each in wanted]


def test_two_attempts_of_a_student_are_not_graded_at_once(site: Site) -> None:
    """The second is not there to be claimed until the first is over."""
    room = furnish(site, people=PEOPLE)
    queued(room, "ada", 1)
    queued(room, "ada", 2)

    assert claimed(site) is not None
    assert claimed(site) is None


def test_what_people_wait_for_goes_before_what_programs_hand_in(site: Site) -> None:
    """Classes are strict: pages and API, then CI, then what is graded again."""
    room = furnish(site, people=PEOPLE)
    order = {Source.BATCH: "cleo", Source.CI: "bob", Source.PAGE: "ada"}
    ids = [queued(room, name, source=source) for source, name in order.items()]

    assert [done(site).attempt_id for _ in ids] == list(reversed(ids))


def test_courses_share_the_workers_by_time(site: Site) -> None:
    """A course with many attempts does not keep another from its turn, and slow ones count for more."""
    ml = furnish(site, slug="ml", people=PEOPLE)
    law = furnish(site, slug="law", people={f"{name}2": Role.STUDENT for name in PEOPLE})
    for name in PEOPLE:
        queued(ml, name)
        queued(law, f"{name}2")

    turns = [done(site).course_id for _ in range(6)]
    assert turns == [ml.course_id, law.course_id] * 3


def test_a_course_that_was_idle_does_not_catch_up(site: Site) -> None:
    """What it did not use is gone; from now on it gets its share."""
    ml = furnish(site, slug="ml", people=PEOPLE)
    law = furnish(site, slug="law", people={f"{name}2": Role.STUDENT for name in PEOPLE})
    for number in range(1, 4):
        queued(ml, "ada", number)
        done(site)
    for name in PEOPLE:
        queued(ml, name, 4)
        queued(law, f"{name}2")

    turns = [done(site).course_id for _ in range(4)]
    assert turns == [ml.course_id, law.course_id] * 2


def test_the_fast_lane_takes_what_is_short(site: Site) -> None:
    """A long one waits for the other slots, however long it has waited."""
    room = furnish(site, people=PEOPLE)
    long, short = queued(room, "ada"), queued(room, "bob")
    with site.database.begin() as session:
        attempt = session.get(Attempt, long)
        assert attempt is not None
        attempt.seconds = 60.0

    found = claimed(site, lane=Lane.SHORT)
    assert found is not None
    assert found.attempt_id == short
    assert claimed(site, lane=Lane.SHORT) is None


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_however_many_wait_the_server_plans_a_claim_once(site: Site) -> None:
    """To plan it takes longer than to run it, and PostgreSQL plans a statement anew as long as that seems to pay."""
    room = furnish(site, people=PEOPLE)
    first = row(room, queued(room, "ada"))
    alike = {column.name: getattr(first, column.key) for column in Attempt.__mapper__.columns}
    with site.database.begin() as session:
        session.execute(insert(Attempt), [alike | {"id": uuid.uuid4(), "number": n} for n in range(2, 3_000)])
        session.execute(text("ANALYZE"))
    for _ in range(12):
        done(site)

    with site.database.begin() as session:
        assert plans_made_anew(session, "%SKIP LOCKED%") == [5]  # as many as are tried before one is kept


def test_an_earlier_claim_is_told_apart_by_its_fence(site: Site) -> None:
    """Who was given up for lost may neither keep nor give back what another has now."""
    room = furnish(site, people=PEOPLE)
    queued(room, "ada")
    first = claimed(site)
    assert first is not None
    with site.database.begin() as session:
        assert give_back(session, first)
    second = claimed(site)
    assert second is not None

    with site.database.begin() as session:
        assert renew(session, [first, second], now=site.now()) == {second}
        assert not give_back(session, first)
    assert second.fence == first.fence + 1


def test_a_claim_lasts_as_long_as_its_lease(site: Site) -> None:
    """After that it is found by whoever sweeps, and not before."""
    room = furnish(site, people=PEOPLE)
    queued(room, "ada")
    queued(room, "bob")
    gone = claimed(site, lease=timedelta(seconds=-1))
    claimed(site)

    with site.database.begin() as session:
        assert expired(session, now=site.now()) == [gone]


def queued(room: Classroom, name: str, number: int = 1, *, source: Source = Source.PAGE) -> uuid.UUID:
    """An attempt that waits for its turn."""
    attempt_id = handed_in(room, name, number=number, state=State.SUPERSEDED)
    with room.site.database.begin() as session:
        attempt = session.get(Attempt, attempt_id)
        assert attempt is not None
        attempt.source = source
        enqueue(session, room.site, attempt, now=room.site.now())
    return attempt_id


def plans_made_anew(session: Session, like: str) -> list[int]:
    """How often each statement like that was planned for one run of it alone, on this connection."""
    asked = text("SELECT custom_plans FROM pg_prepared_statements WHERE statement LIKE :like")
    return list(session.scalars(asked, {"like": like}))


def claimed(site: Site, *, lane: Lane = Lane.ANY, lease: timedelta = timedelta(seconds=30)) -> Claimed | None:
    """What a worker gets."""
    with site.database.begin() as session:
        looked = session.scalar(select(waits(lane)))
        found = claim(session, worker="w", now=site.now(), lane=lane, lease=lease)
    assert looked == (found is not None)
    return found


def done(site: Site) -> Claimed:
    """What a worker gets, and has finished at once."""
    found = claimed(site)
    assert found is not None
    with site.database.begin() as session:
        attempt = session.get(Attempt, found.attempt_id)
        assert attempt is not None
        attempt.state = State.GRADED
    return found
