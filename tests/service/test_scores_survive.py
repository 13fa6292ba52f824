"""Grades on their way while everything is killed in turn: none is lost, and none is told twice."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import text

from grader.service.lti.sending.columns import resume
from grader.service.site import Site, utc_now
from grader.service.store.database import Database
from grader.service.store.lti_score_tables import ScoreState
from grader.service.store.tables import Role
from tests.lti_platform.services import Services
from tests.service.classroom import furnish
from tests.service.grading import graded
from tests.service.linked import Linked, linked, rows
from tests.service.post_process import answering, post_process
from tests.service.queued import until
from tests.service.test_scores_that_travel import whole

STUDENTS = tuple(f"s{number}" for number in range(40))


@dataclass
class Stops:
    """The platform takes so many scores, the last without a word to whoever told it, and then holds its breath until it
    may go on."""

    at: int
    taken: int = 0
    reached: threading.Event = field(default_factory=threading.Event)

    async def after(self, path: str) -> None:
        """Called when a request is done, before it is answered."""
        self.taken += path.endswith("/scores")
        if self.taken == self.at and not self.reached.is_set():
            self.reached.set()
            raise ConnectionError  # whoever asked is told of a failure, though it was done


@pytest.fixture
def served(site: Site) -> tuple[Linked, int]:
    """A class of which every grade waits, and the port of its platform."""
    services = Services(page=50)
    with answering(services) as port:
        school = linked(furnish(replace(site, now=utc_now), people=dict.fromkeys(STUDENTS, Role.STUDENT)), services)
        for name in STUDENTS:
            graded(school.room, name, whole(90))
    return school, port


def test_none_is_told_twice_or_lost_though_all_are_killed_in_turn(served: tuple[Linked, int]) -> None:
    """A worker in the middle of its work, the platform, and the database's connections."""
    school, port = served
    site, services = school.site, school.services
    first, second, third = Stops(at=7), Stops(at=9), Stops(at=6)
    services.after = first.after
    with answering(services, port=port):
        with post_process(site) as killed:
            assert first.reached.wait(60)
            killed.kill()
        services.after = second.after
        with post_process(site):
            assert second.reached.wait(60)
            if site.database.kind == "postgresql":  # SQLite has no connections that others can cut
                cut(site.database)
            services.after = third.after
            until(lambda: third.reached.is_set() or again(school))
            services.after = None
    with post_process(site):
        until(lambda: school.sender().trouble is not None or not waiting(site))  # the platform is away
        with answering(services, port=port):
            until(lambda: not waiting(site) or again(school))

    told = Counter(said["userId"] for _, said in services.posts)
    assert told == dict.fromkeys(STUDENTS, 1)
    assert all(services.has(name) == 90.0 for name in STUDENTS)


def waiting(site: Site) -> int:
    return sum(each.state is ScoreState.WAITING for each in rows(site))


def again(school: Linked) -> bool:
    """An instructor has it told at once, and looks again."""
    with school.site.database.begin() as session:
        resume(session, school.link_id)
    return False


def cut(database: Database) -> None:
    """All connections but this one end."""
    others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
    with database.engine.connect() as connection:
        connection.execute(text(f"{others} and pid <> pg_backend_pid()"))
