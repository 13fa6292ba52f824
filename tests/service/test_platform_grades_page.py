"""The page and the API on grades at learning platforms."""

from __future__ import annotations

import re

import pytest

from grader.service.site import Site
from grader.service.web.app import make_app
from tests.lti_platform.services import answers
from tests.service.classroom import furnish, signed_in
from tests.service.grading import graded
from tests.service.linked import Linked, linked
from tests.service.test_scores_that_travel import whole

PAGE = "/courses/ml/gradebook/platforms"
API = "/api/v1/courses/ml/platform-columns"


@pytest.fixture
def school(on_sqlite: Site) -> Linked:
    """Ada's grade has arrived, Bob's was refused."""
    made = linked(furnish(on_sqlite))
    made.services.people = [each for each in made.services.people if each.user_id != "bob"]
    for name in ("ada", "bob"):
        graded(made.room, name, whole(90))
    made.post()
    return made


def test_the_page_names_whom_somebody_has_to_look_after(school: Linked) -> None:
    """And counts the others; the gradebook leads there."""
    ines = signed_in(make_app(school.site), school.room, "ines")
    page = ines.get(PAGE).text

    assert "The platform refuses this (422)" in page
    assert re.findall(r"<bdi>(Ada|Bob)</bdi></a></th>", page) == ["Bob"]
    assert "Sent: 1" in page
    assert f'href="{PAGE}"' in ines.get("/courses/ml/gradebook").text


def test_what_is_parked_is_sent_again_by_hand(school: Linked) -> None:
    """Once the platform has the student."""
    ines = signed_in(make_app(school.site), school.room, "ines")
    school.services.people.append(type(school.services.people[0])(user_id="bob"))
    answer = ines.post(PAGE, data={"link": school.link_id, "act": "send"})
    assert answer.headers["Location"] == f"{PAGE}?done=sending"

    school.post()
    assert school.has("bob") == 90.0


def test_a_platform_that_waits_is_shown_with_its_next_try(school: Linked) -> None:
    """In words that say what happened and what will."""
    school.services.always["/scores"] = answers(429)
    graded(school.room, "ada", whole(95))
    school.post()
    page = signed_in(make_app(school.site), school.room, "ines").get(PAGE).text
    assert "The platform asks us to wait." in page
    assert "Next try:" in page


def test_the_api_says_and_does_the_same(school: Linked) -> None:
    """By a column's id; one of another course is not there."""
    ines = signed_in(make_app(school.site), school.room, "ines")
    [column] = ines.get(API).json()["items"]
    assert (column["sent"], column["parked_people"], column["people"][0]["name"]) == (1, 1, "Bob")

    assert ines.post(f"{API}/{column['id']}/compare").status_code == 204
    assert ines.post(f"{API}/999/send").status_code == 404
    school.post()
    [column] = ines.get(API).json()["items"]
    assert column["compared_at"] is not None


@pytest.mark.parametrize("name", ["greta", "ada"])
def test_nobody_else_sees_it(school: Linked, name: str) -> None:
    """A grader marks, and does not answer for the platform; a student sees none of it."""
    them = signed_in(make_app(school.site), school.room, name)
    assert {them.get(PAGE).status_code, them.get(API).status_code} <= {403, 404}
