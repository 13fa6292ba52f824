"""A site for measuring: a course with students who have tokens, and the command that serves it. Measures nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from grader.policy.scopes import Scope
from grader.policy.state import State
from grader.policy.terms import Terms
from grader.service.attempts.openings import open_assignment
from grader.service.courses.adding import add_course
from grader.service.people.accounts import new_person
from grader.service.people.audit import Actor
from grader.service.people.tokens import new_token
from grader.service.site import Whereabouts, opened
from grader.service.store.tables import Attempt, Course, Membership, Role, StoredReport
from tests.service.served import Served, served


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnished:
    """A site's course with one assignment open, and a token of each student's."""

    where: Whereabouts
    course: Path
    slug: str
    assignment: str
    tokens: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where is handed in."""
        return f"/api/v1/courses/{self.slug}/assignments/{self.assignment}/attempts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of everything that was handed in, as the database has it. `twice`: attempts that were begun more than
    once. `jumped`: second attempts that were taken while somebody's first had waited for longer than `SLACK`."""

    attempts: int
    reports: int
    unfinished: int
    twice: int
    jumped: int


#: two workers look at the queue one after the other
SLACK = timedelta(seconds=1)


def furnish(where: Whereabouts, course: Path, assignment: str, *, students: int) -> Furnished:
    """Make it: the course of that folder, and so many students in it."""
    with opened(where) as site, site.database.begin() as session:
        now = site.now()
        course_id = add_course(session, site, course).course_id
        owner = new_person(session, name="Owner", email=None, owns_site=True, now=now)
        made = open_assignment(session, course_id, assignment, Terms(), actor=Actor(person_id=owner.id), now=now)
        assert isinstance(made, int), made
        tokens = []
        for number in range(students):
            person = new_person(session, name=f"Student {number}", email=f"s{number}@example.org", now=now)
            session.add(Membership(course_id=course_id, person_id=person.id, role=Role.STUDENT, joined_at=now))
            scopes = [Scope.READ, Scope.SUBMIT]
            tokens.append(new_token(session, person_id=person.id, name="bench", scopes=scopes, now=now)[1])
        slug = session.scalars(select(Course.slug)).one()
    return Furnished(where=where, course=course, slug=slug, assignment=assignment, tokens=tuple(tokens))


@contextmanager
def serving(site: Furnished, *options: str) -> Iterator[Served]:
    """`grader serve` of that site; its course is known to it already."""
    database = ("--database", site.where.database) if site.where.database else ()
    with served(site.course, *database, *options, data=site.where.data) as running:
        yield running


def kept(site: Furnished) -> Kept:
    """Look at what was kept."""
    with opened(site.where) as there, there.database.read() as session:
        rows = session.execute(
            select(
                Attempt.number,
                Attempt.state,
                Attempt.fence,
                Attempt.received_at,
                Attempt.claimed_at,
                StoredReport.attempt_id,
            )
            .outerjoin(StoredReport)
            .order_by(Attempt.received_at)
        ).all()
    first = [(row.received_at + SLACK, row.claimed_at) for row in rows if row.number == 1 and row.claimed_at]
    later = [row.claimed_at for row in rows if row.number > 1 and row.claimed_at]
    return Kept(
        attempts=len(rows),
        reports=sum(row.attempt_id is not None for row in rows),
        unfinished=sum(row.state not in (State.GRADED, State.SUPERSEDED) for row in rows),
        twice=sum(row.fence > 1 for row in rows),
        jumped=sum(any(came < taken < began for came, began in first) for taken in later),
    )
