"""From a launch to the grade at the platform: nobody does anything in between but launch, hand in and mark."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from grader.service.attempts.openings import publish
from grader.service.lti.rostering import fetched, preview, rosters_of
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.tables import Identity
from tests.lti_platform.platform import ADA
from tests.lti_platform.services import Person, Services
from tests.service.classroom import Classroom, furnish
from tests.service.grading import graded
from tests.service.launched import Launching, by_https, launching
from tests.service.linked import calls_to, told
from tests.service.marked import decide, waiting, with_written
from tests.unit.reports import exercise, report


@pytest.fixture
def here(on_sqlite: Site) -> Launching:
    """A platform that is registered, its course connected, and a link in it to digits, without a column yet."""
    return launching(with_written(furnish(by_https(on_sqlite))))


def services_of(here: Launching) -> Services:
    """What the same platform gives the tool."""
    platform = here.platform
    return Services(
        origin=platform.address,
        context="c1",
        keys={platform.tool.client_id: platform.tool_keys},
        people=[Person(user_id=ADA.sub, name=ADA.name)],
    )


def launched(here: Launching) -> Classroom:
    """Ada opens the link; the course with her in it."""
    course = here.platform.courses["c1"]
    answer = here.browser().launch(ADA, course, course.links["l1"])
    assert answer.status_code < 400, answer.text
    with here.room.site.database.read() as session:
        ada = session.scalars(select(Identity.person_id).where(Identity.subject == ADA.sub)).one()
    return replace(here.room, people=here.room.people | {"ada from there": ada})


def test_a_launch_and_an_attempt_bring_a_grade_and_marking_changes_it(here: Launching) -> None:
    """The column is made at the platform, worth what the assignment is worth."""
    room, services = launched(here), services_of(here)
    attempt = graded(room, "ada from there", report(exercise(id="my_softmax", earned=40, possible=40), waiting()))
    told(room.site, services)
    decide(room, attempt, 15)
    with room.site.database.begin() as session:
        publish(session, room.opening_id, actor=Actor(person_id=room.people["ines"]), now=room.site.now())
    told(room.site, services)

    [(_, first), (_, last)] = services.posts
    assert (first["userId"], first["scoreGiven"], first["gradingProgress"]) == (ADA.sub, 40.0, "PendingManual")
    assert (last["scoreGiven"], last["scoreMaximum"], last["gradingProgress"]) == (55.0, 60, "FullyGraded")
    assert [each["scoreMaximum"] for each in services.items.values()] == [120.0]


def test_the_roster_knows_whoever_launched(here: Launching) -> None:
    """They stay; nobody who came from elsewhere leaves."""
    room, services = launched(here), services_of(here)
    with room.site.database.read() as session:
        [roster] = rosters_of(session, room.course_id)
    people = fetched(room.site, roster, calls=calls_to(room.site, services))
    with room.site.database.read() as session:
        change = preview(session, roster.context_id, people)  # type: ignore[arg-type]  # no Message
    assert (change.added, change.changed, change.left, change.untouched) == ((), (), (), 1)
