"""Whoever is on a roster and has no way in yet gets a link; nobody else does."""

from __future__ import annotations

import csv
import io

import pytest

from grader.service.people.accounts import SignsIn, what_link
from grader.service.site import Site
from grader.service.store.tables import Membership, Person, Role
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, enrol, furnish, signed_in


def test_students_without_a_way_in_get_a_link_each(site: Site) -> None:
    """Not those with a password, those in other courses, owners, or whoever teaches: a link makes its holder them."""
    room = furnish(site)
    other = furnish(site, slug="other", people={})
    with site.database.begin() as session:
        known = session.get_one(Person, room.people["bob"])
        known.password = "argon2"
        elsewhere = enrol(session, site, room.course_id, "eve", Role.STUDENT)
        session.add(Membership(course_id=other.course_id, person_id=elsewhere, role=Role.STUDENT, joined_at=site.now()))
        enrol(session, site, room.course_id, "olga", Role.STUDENT, owns_site=True)
    rows = given(room, "ines")

    assert [(row["name"], row["email"]) for row in rows] == [("Ada", "ada@example.org")]
    with site.database.read() as session:
        meant = what_link(session, rows[0]["link"].rpartition("/")[2], now=site.now())
    assert meant == SignsIn(person_id=room.people["ada"])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_name_in_the_file_is_no_formula(site: Site) -> None:
    """It is opened in a spreadsheet."""
    room = furnish(site)
    with site.database.begin() as session:
        session.get_one(Person, room.people["ada"]).name = "=HYPERLINK(1)"

    assert {row["name"][0] for row in given(room, "ines")} == {"'", "B"}


def given(room: Classroom, name: str) -> list[dict[str, str]]:
    """The file, as that person gets it."""
    answer = signed_in(make_app(room.site), room, name).post(
        "/courses/ml/people/links", headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
