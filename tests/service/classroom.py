"""A course with its people in a site's database, as tests want it: rows, and who is signed in."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from fastapi import FastAPI
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from grader.policy.decision import Decision
from grader.policy.state import State
from grader.policy.terms import Terms
from grader.service.attempts.receipts import Receipt, Statement
from grader.service.people.sessions import begin_session
from grader.service.site import Site
from grader.service.store.outline import AssignmentOutline, ExerciseOutline
from grader.service.store.tables import Attempt, Course, Membership, Opening, Person, Revision, Role, Source
from grader.service.web.access import COOKIE

DIGITS = AssignmentOutline(
    id="digits",
    title={"en": "Handwritten digits"},
    exercises=(
        ExerciseOutline(id="my_softmax", title={"en": "Softmax"}, points=50),
        ExerciseOutline(id="model", title={"en": "The model"}, points=50),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Classroom:
    """A course with an assignment open to it, and the ids of its people by name."""

    site: Site
    course_id: int
    revision_id: int
    opening_id: int
    people: dict[str, int]
    assignment: str = "digits"


def furnish(
    site: Site, *, slug: str = "ml", terms: Terms | None = None, people: dict[str, Role] | None = None
) -> Classroom:
    """A course with one opening: ines teaches, greta marks, ada and bob hand in."""
    roles = (
        people
        if people is not None
        else {"ines": Role.INSTRUCTOR, "greta": Role.GRADER, "ada": Role.STUDENT, "bob": Role.STUDENT}
    )
    with site.database.begin() as session:
        course = Course(slug=slug, title="Machine learning", created_at=site.now())
        session.add(course)
        archive = site.blobs.put(session, uuid.uuid4().bytes, now=site.now())
        session.flush()
        revision = Revision(
            course_id=course.id, digest="0" * 64, archive=archive, assignments=(DIGITS,), added_at=site.now()
        )
        session.add(revision)
        session.flush()
        course.revision_id = revision.id
        opening = Opening(course_id=course.id, assignment="digits", terms=terms or Terms(), created_at=site.now())
        session.add(opening)
        ids = {name: enrol(session, site, course.id, name, role) for name, role in roles.items()}
        session.flush()
        return Classroom(site=site, course_id=course.id, revision_id=revision.id, opening_id=opening.id, people=ids)


def enrol(session: Session, site: Site, course_id: int, name: str, role: Role, *, owns_site: bool = False) -> int:
    """A person who is that in the course."""
    person = Person(name=name.title(), email=f"{name}@example.org", owns_site=owns_site, created_at=site.now())
    session.add(person)
    session.flush()
    session.add(Membership(course_id=course_id, person_id=person.id, role=role, joined_at=site.now()))
    return person.id


def handed_in(room: Classroom, name: str, *, number: int = 1, state: State = State.WAITING) -> uuid.UUID:
    """An attempt of that person, stored as if it had been received."""
    site = room.site
    with site.database.begin() as session:
        attempt_id = uuid.uuid4()
        data = f'{{"id": "{attempt_id}"}}'.encode()
        sha256 = site.blobs.put(session, data, now=site.now())
        stated = Statement(
            site=site.address,
            attempt=str(attempt_id),
            course="ml",
            assignment="digits",
            person=room.people[name],
            number=number,
            received_at=site.now(),
            sha256=sha256,
            size=len(data),
        )
        attempt = Attempt(
            id=attempt_id,
            course_id=room.course_id,
            opening_id=room.opening_id,
            person_id=room.people[name],
            number=number,
            received_at=site.now(),
            source=Source.PAGE,
            sha256=sha256,
            size=len(data),
            filename="digits.ipynb",
            decision=Decision(),
            receipt=Receipt(statement=stated, key="tests", signature="").model_dump(mode="json"),
            revision_id=room.revision_id,
            state=state,
            priority=0,
            start=0.0,
            seconds=1.0,
        )
        session.flush()
        session.add(attempt)
        return attempt.id


def signed_in(app: FastAPI, room: Classroom, name: str) -> TestClient:
    """A browser of that person's."""
    site = room.site
    with site.database.begin() as session:
        secret = begin_session(session, room.people[name], agent="tests", now=site.now())
    return browser(app, secret)


def browser(app: FastAPI, secret: str | None = None) -> TestClient:
    """A browser on a page of ours, with that session's secret or with none."""
    client = TestClient(app, headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=False)
    if secret is not None:
        client.cookies.set(COOKIE, secret, domain="testserver.local")
    return client
