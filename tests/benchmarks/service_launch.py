"""`python -m tests.benchmarks.service_launch [STUDENTS]`: what launches from a learning platform take of a site's time,
each from its login to the page it leads to, in a course of 1,000 people and 20 assignments that all have handed in.

On PostgreSQL where there is a server, else on SQLite. Time of the platform, the browser and the network is not in it.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import insert, select
from starlette.types import ASGIApp, Receive, Scope, Send

from grader.service.store.lti_tables import LtiContext, LtiMember, lti_people
from grader.service.store.tables import Identity, Membership, Role
from tests.benchmarks.service_gradebook import filled
from tests.benchmarks.service_queue import a_site
from tests.benchmarks.table import Row, row, shown
from tests.lti_platform.platform import INES, Link, Platform, Tool, User
from tests.service.classroom import Classroom, enrol
from tests.service.launched import Launching, by_https, launching
from tests.service.questions import questions

SECONDS = 0.3
OPENINGS, LAUNCHES = 20, 40
PATH = "/courses/large/lab0"


@dataclass(frozen=True)
class Timed:
    """The application, and the seconds that each of its answers took."""

    app: ASGIApp
    taken: list[float] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on."""
        began = time.perf_counter()
        await self.app(scope, receive, send)
        self.taken.append(time.perf_counter() - began)


def launches(students: int = 1_000) -> Iterator[Row]:
    """Those of students who never came before, of those who did, and of an instructor, in a process that has had one:
    that asked for the platform's keys, which no other does."""
    with _school(students) as here:
        kind, taken = here.room.site.database.kind, list[float]()
        here.app.add_middleware(Timed, taken=taken)
        _launched(here, taken, INES)
        new, back, teaches = (
            [_launched(here, taken, each) for each in people]
            for people in (
                [User(sub=f"new{n}", name=f"New {n}") for n in range(LAUNCHES)],
                [User(sub=f"s{n}", name=f"Student {n}") for n in range(LAUNCHES)],
                [INES] * LAUNCHES,
            )
        )
        assert len(here.asked_keys) == 1, here.asked_keys
    what = f"launch to page, server time, {students:,}-person course, {kind}"
    for who, seconds in (("a student's first", new), ("a student's", back), ("an instructor's", teaches)):
        note = f"slowest {1e3 * max(each for each, _ in seconds):.3g} ms, {seconds[-1][1]} statements"
        median = statistics.median(each for each, _ in seconds)
        yield row(f"{what}: {who}, median of {LAUNCHES}", median, reach=SECONDS, unit=" ms", scale=1e3, note=note)


@contextmanager
def _school(students: int) -> Iterator[Launching]:
    """The platform's course is connected, and everybody who is in ours has come from it before."""
    with a_site() as plain:
        site = by_https(plain)
        platform = Platform(tool=Tool(address=site.address))
        platform.courses["c1"].links["l1"] = Link(id="l1", target=f"{site.address}{PATH}")
        with site.database.begin() as session:
            course_id, openings = filled(session, students, OPENINGS)
            ids = session.scalars(select(Membership.person_id).order_by(Membership.person_id)).all()
            issuer = lti_people(platform.issuer, platform.tool.client_id)
            known = [{"person_id": each, "issuer": issuer, "subject": f"s{n}"} for n, each in enumerate(ids)]
            session.execute(insert(Identity), known)
            people = {"ines": enrol(session, site, course_id, "ines", Role.INSTRUCTOR)}
        room = Classroom(site=site, course_id=course_id, revision_id=1, opening_id=openings[0], people=people)
        here = launching(room, platform=platform)
        with site.database.begin() as session:
            context_id = session.scalars(select(LtiContext.id)).one()
            came = {"context_id": context_id, "role": Role.STUDENT, "seen_at": site.now()}
            session.execute(insert(LtiMember), [{"person_id": each, **came} for each in ids])
        yield here


def _launched(here: Launching, taken: list[float], who: User) -> tuple[float, int]:
    """The seconds of it, and how often the database was asked."""
    course, browser = here.platform.courses["c1"], here.browser()
    before = len(taken)
    with questions(here.room.site.database) as asked:
        assert browser.launch(who, course, course.links["l1"]).headers["Location"] == PATH
        assert browser.get(PATH).status_code == 200
    return sum(taken[before:]), len(asked)


if __name__ == "__main__":
    sys.exit(shown(launches(*map(int, sys.argv[1:]))))
