"""Somebody goes to another section: what an extension of a section means for their late work is settled anew."""

from __future__ import annotations

import base64
from collections.abc import Callable
from fractions import Fraction

import pytest
from sqlalchemy import update

from grader.policy.terms import Deduction, Relief, Terms
from grader.service.attempts.openings import Whom, grant
from grader.service.people.roster import RosterTable, preview, read_table
from grader.service.site import Site
from grader.service.store.tables import Membership, Section
from grader.service.web.app import make_app
from grader.service.web.claims import GroupRole
from tests.service.classroom import Classroom, browser, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded, two
from tests.service.staff import at_desk
from tests.service.test_marking_pages import api
from tests.service.test_providers import ADA, ISSUER, SCHOOL, School
from tests.service.test_standing import STAFF, standing

Way = Callable[[Classroom, str], None]


@pytest.fixture
def room(on_sqlite: Site, clock: StoppedClock) -> Classroom:
    """Ada is in section A, which was given another day after she had handed in late."""
    room = furnish(on_sqlite, terms=Terms(due=clock(), deduction=Deduction(percent=50)))
    clock.go_on(hours=1)
    graded(room, "ada", two(40, 40))
    given_more_time(room, "A")
    by_page(room, "A")
    return room


def given_more_time(room: Classroom, name: str) -> None:
    """A section of that name."""
    now = room.site.now()
    with room.site.database.begin() as session:
        section = Section(course_id=room.course_id, name=name)
        session.add(section)
        session.flush()
        relief = Relief(no_deduction=True)
        grant(session, room.opening_id, Whom(section_id=section.id), relief, reason="strike", actor=STAFF, now=now)


def by_page(room: Classroom, section: str) -> None:
    """By whoever teaches, on Ada's page."""
    sent = {"role": "student", "section": section}
    assert at_desk(room).post(f"/courses/ml/people/{room.people['ada']}/role", data=sent).status_code == 303


def by_program(room: Classroom, section: str) -> None:
    """By their program."""
    path = f"/api/v1/courses/ml/people/{room.people['ada']}"
    assert api(room, "ines").patch(path, json={"section": section}).status_code == 200


def roster(room: Classroom, section: str) -> tuple[bytes, str]:
    """A file in which Ada is in that section, and the digest of what it changes."""
    data = f"Name,Email,Section\nAda,ada@example.org,{section}\nBob,bob@example.org,\n".encode()
    table = read_table(data, name="class.csv")
    assert isinstance(table, RosterTable)
    with room.site.database.read() as session:
        return data, preview(session, room.course_id, table).digest


def by_roster(room: Classroom, section: str) -> None:
    """By a file, on a page."""
    data, digest = roster(room, section)
    sent = {"table": base64.b64encode(data).decode(), "digest": digest, "name": "class.csv"}
    answer = at_desk(room).post("/courses/ml/people/roster", data=sent)
    assert answer.status_code == 303, answer.text


def by_roster_of_a_program(room: Classroom, section: str) -> None:
    """By a file that a program sends."""
    data, digest = roster(room, section)
    path = f"/api/v1/courses/ml/people/import?apply={digest}"
    assert api(room, "ines").post(path, content=data, headers={"Content-Type": "text/csv"}).status_code == 200


def by_group(room: Classroom, section: str) -> None:
    """By what the school says when Ada signs in."""
    with room.site.database.begin() as session:
        mine = update(Membership).where(Membership.person_id == room.people["ada"])
        session.execute(mine.values(by_issuer=ISSUER))
    groups = (GroupRole(group="g", course="ml", section=section),)
    school = School(claims=ADA | {"groups": ["g"]})
    client = browser(make_app(room.site, sign_in_by=school.providers(SCHOOL.model_copy(update={"group": groups}))))
    assert client.get(school.leave(client)).status_code == 303


@pytest.mark.parametrize("way", [by_page, by_program, by_roster, by_roster_of_a_program, by_group])
def test_whoever_changes_the_section_gets_and_loses_what_it_was_given(room: Classroom, way: Way) -> None:
    """What was promised when the work came in stays: it is not less than that."""
    had = standing(room, "ada").earned
    way(room, "B")
    lost = standing(room, "ada").earned
    way(room, "A")
    assert [had, lost, standing(room, "ada").earned] == [Fraction(80), Fraction(40), Fraction(80)]


def test_whoever_goes_to_no_section_or_stays_is_settled_rightly(room: Classroom) -> None:
    """And nobody else is touched."""
    graded(room, "bob", two(40, 40))
    by_page(room, "A")
    assert standing(room, "ada").earned == 80
    by_page(room, "")
    assert [standing(room, name).earned for name in ("ada", "bob")] == [Fraction(40), Fraction(40)]
