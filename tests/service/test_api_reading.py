"""What programs may read: who sees which attempt, courses and people, and lists page by page."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from grader.service.site import Site
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, furnish, handed_in, signed_in

ATTEMPTS = "/api/v1/courses/ml/assignments/digits/attempts"


@pytest.fixture
def room(site: Site) -> Classroom:
    return furnish(site)


@pytest.fixture
def app(site: Site) -> FastAPI:
    return make_app(site)


def walked(client: TestClient, path: str) -> Iterator[str]:
    """The ids of a list's things, page after page."""
    following: str | None = path
    while following is not None:
        page = client.get(following)
        yield from (each["id"] for each in page.json()["items"])
        assert page.headers.get("Link") == (f'<{page.json()["next"]}>; rel="next"' if page.json()["next"] else None)
        following = page.json()["next"]


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("ada", "/api/v1/attempts/{ada}", 200),
        ("bob", "/api/v1/attempts/{ada}", 404),
        ("greta", "/api/v1/attempts/{ada}", 200),
        ("ada", "/api/v1/attempts/{ada}/receipt", 200),
        ("bob", "/api/v1/attempts/{ada}/receipt", 404),
        ("ada", f"/api/v1/attempts/{uuid.UUID(int=7)}", 404),
        ("ada", "/api/v1/attempts/no-id", 404),
        ("ada", "/api/v1/me", 200),
        ("ada", "/api/v1/courses/ml", 200),
        ("ada", "/api/v1/courses/other", 404),
        ("ada", "/api/v1/courses/ml/revisions", 403),
        ("greta", "/api/v1/courses/ml/revisions", 200),
        ("greta", "/api/v1/courses/ml/assignments", 200),
        ("ada", "/api/v1/nowhere", 404),
        ("ada", ATTEMPTS + "?limit=0", 422),
        ("ada", ATTEMPTS + "?cursor=x", 422),
        ("ada", "/api/v1/courses/ml%00", 404),
    ],
)
def test_who_may_read_what(name: str, path: str, status: int, room: Classroom, app: FastAPI) -> None:
    """Every refusal is a problem that says its own status."""
    answer = signed_in(app, room, name).get(path.format(ada=handed_in(room, "ada")))

    assert answer.status_code == status
    if status >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == status


def test_a_student_lists_their_own_attempts_and_staff_all(room: Classroom, app: FastAPI) -> None:
    """Asking for somebody else's gives a student nothing but their own."""
    mine, theirs = str(handed_in(room, "ada")), str(handed_in(room, "bob"))

    asked = f"{ATTEMPTS}?person={room.people['bob']}"
    assert [*walked(signed_in(app, room, "ada"), asked)] == [mine]
    assert [*walked(signed_in(app, room, "greta"), asked)] == [theirs]
    assert {*walked(signed_in(app, room, "greta"), ATTEMPTS)} == {mine, theirs}


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_all_pages_together_are_the_list(limit: int, room: Classroom, app: FastAPI) -> None:
    """Nothing is left out and nothing comes twice, also of things of one moment, whatever comes in meanwhile."""
    made = {str(handed_in(room, "ada", number=number)) for number in range(1, 8)}
    pages = walked(signed_in(app, room, "ada"), f"{ATTEMPTS}?limit={limit}")
    first = next(pages)
    room.site.now.go_on(seconds=1)  # type: ignore[attr-defined]
    handed_in(room, "ada", number=8)

    assert sorted([first, *pages]) == sorted(made)
