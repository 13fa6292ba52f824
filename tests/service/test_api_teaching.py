"""What staff do over the API: openings, extensions, publishing, people, invitations, programs, points, the trail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from grader.policy.state import State
from grader.service.people.accounts import sign_in_link
from grader.service.site import Site
from grader.service.store.tables import Person, Role
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, enrol, furnish, handed_in, signed_in

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

COURSE = "/api/v1/courses/ml"
OPENING = f"{COURSE}/assignments/digits/opening"
ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def room(site: Site) -> Classroom:
    return furnish(site)


class Asking:
    """Everybody's browser."""

    def __init__(self, room: Classroom) -> None:
        self.room = room
        self.app = make_app(room.site)
        self.browsers: dict[str, TestClient] = {}

    def __call__(self, name: str, method: str, path: str, **more: object) -> Response:
        if name not in self.browsers:
            self.browsers[name] = signed_in(self.app, self.room, name)
        return self.browsers[name].request(method, path, headers=ORIGIN, **more)  # type: ignore[arg-type]


@pytest.fixture
def ask(room: Classroom) -> Asking:
    return Asking(room)


def test_an_opening_is_changed_by_its_instructor(ask: Asking, site: Site) -> None:
    """And students read what is left to them."""
    terms = {"due": (site.now() + timedelta(days=1)).isoformat(), "attempts": 3}

    assert ask("ada", "PUT", OPENING, json=terms).status_code == 403
    assert ask("ines", "PUT", OPENING, json=terms).json()["terms"]["attempts"] == 3
    assert ask("ada", "GET", OPENING).json()["left"]["attempts"] == 3


@pytest.mark.parametrize(
    "terms",
    [
        {"due": "2026-12-01T00:00:00"},
        {"due": "9999-12-31T23:59:59Z"},
        {"cool_down_seconds": 10**18},
        {"due": "2026-12-01T00:00:00Z", "late_until": "2026-11-01T00:00:00Z"},
        {"attempts": 0},
        {"atempts": 1},
    ],
    ids=["no zone", "no year of ours", "longer than anybody waits", "out of order", "none", "misspelt"],
)
def test_terms_that_nobody_can_mean_are_refused(terms: dict[str, object], ask: Asking) -> None:
    """With what is wrong, and nothing is changed."""
    before = ask("ines", "GET", OPENING).json()
    answer = ask("ines", "PUT", OPENING, json=terms)

    assert answer.status_code == 422
    assert answer.json()["title"]
    assert ask("ines", "GET", OPENING).json() == before


def test_an_assignment_that_the_course_has_not_cannot_be_opened(ask: Asking) -> None:
    """It is named in the answer."""
    answer = ask("ines", "PUT", OPENING.replace("digits", "other"), json={})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not_ready")


def test_extensions_are_granted_and_revoked(ask: Asking, room: Classroom) -> None:
    """To one person or a section of the course, not both, nor to others; sent twice, it is one."""
    path, relief = f"{OPENING}/extensions", {"extra_attempts": 1}
    ada = {"person": room.people["ada"], "relief": relief, "reason": "ill"}
    made = ask("ines", "POST", path, json=ada)

    assert (made.status_code, made.json()["name"], made.json()["by"]) == (201, "Ada", "Ines")
    refused = [{"relief": relief}, {"person": 1, "section": 1, "relief": relief}, {"person": 10**6, "relief": relief}]
    assert [ask("ines", "POST", path, json=each).status_code for each in refused] == [422, 422, 422]
    assert ask("ines", "POST", path, json=ada).json()["id"] == made.json()["id"]
    assert len(ask("greta", "GET", path).json()["items"]) == 1
    assert ask("ines", "DELETE", f"{path}/{made.json()['id']}").status_code == 204
    assert ask("ines", "DELETE", f"{path}/{made.json()['id']}").status_code == 404


def test_results_are_published_and_taken_back(ask: Asking) -> None:
    """By hand, whatever the dates say."""
    ask("ines", "PUT", OPENING, json={"publishing": {"by_hand": True}})

    assert ask("ada", "GET", OPENING).json()["shown"] is False
    assert ask("ines", "PUT", f"{OPENING}/publication").json()["shown"] is True
    assert ask("ines", "DELETE", f"{OPENING}/publication").json()["shown"] is False


def test_people_are_found_changed_and_marked_as_left(ask: Asking, room: Classroom) -> None:
    """The last who teaches stays, and nobody is made an owner."""
    ada, ines = (f"{COURSE}/people/{room.people[name]}" for name in ("ada", "ines"))

    assert [each["name"] for each in ask("greta", "GET", f"{COURSE}/people?text=ad").json()["items"]] == ["Ada"]
    assert ask("ines", "PATCH", ada, json={"section": "Tuesday"}).json()["section"] == "Tuesday"
    assert ask("ines", "PATCH", ada, json={"here": False}).json()["left_at"] is not None
    assert ask("ada", "GET", COURSE).status_code == 404
    assert ask("ines", "PATCH", ada, json={"here": True}).json()["section"] == "Tuesday"
    assert ask("ines", "PATCH", ada, json={"role": "owner"}).status_code == 403
    assert ask("ines", "PATCH", ines, json={"here": False}).json()["type"] == "/problems/last_teacher"


def test_an_invitation_is_shown_once_and_taken_back(ask: Asking) -> None:
    """Its link stands in one answer; what lists it names it by something that opens nothing."""
    made = ask("ines", "POST", f"{COURSE}/invitations", json={"uses": 20})
    (listed,) = ask("ines", "GET", f"{COURSE}/invitations").json()["items"]

    assert made.headers["Cache-Control"] == "no-store"
    assert "/link/" in made.json()["link"]
    assert listed["id"] not in made.json()["link"]
    assert ask("ines", "DELETE", f"{COURSE}/invitations/{listed['id']}").status_code == 204
    assert ask("ines", "GET", f"{COURSE}/invitations").json()["items"] == []


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/api/v1/courses/ml/people/{}", {"json": {"here": False}}),
        ("/api/v1/courses/ml/people/{}", {"json": {"role": "grader"}}),
        ("/courses/ml/people/{}/leave", {}),
        ("/courses/ml/people/{}/role", {"data": {"role": "grader"}}),
    ],
)
def test_whoever_teaches_no_more_keeps_no_link_into_the_course(
    path: str, sent: dict[str, object], ask: Asking, room: Classroom, site: Site
) -> None:
    """Neither one that makes another instructor of them, nor one that signs in as a student; others' links stay."""
    with site.database.begin() as session:
        room.people["otto"] = enrol(session, site, room.course_id, "otto", Role.INSTRUCTOR)
    invitation = ask("otto", "POST", f"{COURSE}/invitations", json={"role": "instructor"}).json()["link"]
    with site.database.begin() as session:
        students = [
            sign_in_link(session, room.people["ada"], site.now(), by_id=room.people[it]) for it in ("otto", "ines")
        ]
    method = "PATCH" if "json" in sent else "POST"
    assert ask("ines", method, path.format(room.people["otto"]), **sent).status_code in (200, 303)

    links = [invitation.removeprefix(site.address), *(f"/link/{secret}" for secret in students)]
    assert [TestClient(ask.app).get(link).status_code for link in links] == [404, 404, 200]


def test_a_token_is_no_better_than_what_makes_it(ask: Asking, room: Classroom) -> None:
    """Neither in scope nor in whose it is; its secret is shown once, and it ends when it is revoked."""
    wanted = {"name": "laptop", "scopes": ["read"]}
    made = ask("ada", "POST", "/api/v1/tokens", json=wanted).json()
    bearer = {"Authorization": f"Bearer {made['secret']}"}
    program = TestClient(ask.app)

    assert program.get("/api/v1/me", headers=bearer).json()["scopes"] == ["read"]
    assert program.post("/api/v1/tokens", headers=bearer, json=wanted).status_code == 403
    others = wanted | {"person": room.people["bob"]}
    assert ask("ada", "POST", "/api/v1/tokens", json=others).status_code == 403
    assert "secret" not in ask("ada", "GET", "/api/v1/tokens").json()["items"][0]
    assert ask("bob", "DELETE", f"/api/v1/tokens/{made['id']}").status_code == 404
    assert ask("ada", "DELETE", f"/api/v1/tokens/{made['id']}").status_code == 204
    assert program.get("/api/v1/me", headers=bearer).status_code == 401


def test_a_token_for_one_course_reaches_no_other_token(ask: Asking, room: Classroom, site: Site) -> None:
    """An owner's neither: it ends, lists and makes none beyond its course, and none for anybody else."""
    with site.database.begin() as session:
        session.get_one(Person, room.people["ines"]).owns_site = True
    wanted = {"name": "laptop", "scopes": ["read", "site"]}
    narrow = ask("ines", "POST", "/api/v1/tokens", json=wanted | {"course": "ml"}).json()
    adas = ask("ada", "POST", "/api/v1/tokens", json=wanted | {"scopes": ["read"]}).json()
    program = TestClient(ask.app, headers={"Authorization": f"Bearer {narrow['secret']}"})

    assert program.get("/api/v1/tokens?everybody=true").status_code == 403
    assert program.delete(f"/api/v1/tokens/{adas['id']}").status_code == 404
    assert program.post("/api/v1/tokens", json=wanted | {"person": room.people["ada"]}).status_code == 403
    assert program.post("/api/v1/tokens", json=wanted).json()["course"] is None
    assert len(program.get("/api/v1/tokens").json()["items"]) == 2


def test_whoever_is_no_owner_gets_no_token_of_owners_nor_of_other_courses(ask: Asking, site: Site) -> None:
    """And is not told which other courses there are; and of tokens there is an end."""
    furnish(site, slug="secret", people={})
    wanted = {"name": "laptop", "scopes": ["read"]}

    def status(**more: object) -> int:
        return ask("ada", "POST", "/api/v1/tokens", json=wanted | more).status_code

    assert {status(scopes=["site"]), status(scopes=["metrics", "read"])} == {403}
    assert (status(course="secret"), status(course="nowhere"), status(course="ml")) == (422, 422, 201)
    assert {status() for _ in range(50)} == {201, 409}


def test_a_program_of_a_course_gets_a_token_for_it_alone(ask: Asking) -> None:
    """It hands in and reads; it does not teach."""
    made = ask("ines", "POST", f"{COURSE}/programs", json={"name": "GitHub"}).json()
    me = TestClient(ask.app).get("/api/v1/me", headers={"Authorization": f"Bearer {made['secret']}"}).json()

    assert (me["scopes"], me["courses"][0]["role"]) == (["read", "submit"], "ci")


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        (f"{COURSE}/gradebook", "application/json"),
        (f"{COURSE}/gradebook?format=csv", "text/csv; charset=utf-8"),
        (f"{COURSE}/assignments/digits/gradebook?format=canvas", "text/csv; charset=utf-8"),
        (f"{COURSE}/assignments/digits/gradebook?format=moodle", "text/csv; charset=utf-8"),
        (f"{COURSE}/assignments/digits/gradebook?format=csv", "text/csv; charset=utf-8"),
        (f"{COURSE}/assignments/digits/gradebook?format=json", "application/json"),
        (f"{COURSE}/assignments/digits/statistics", "application/json"),
        (f"{COURSE}/queue", "application/json"),
    ],
)
def test_points_are_for_staff(path: str, type_: str, ask: Asking, room: Classroom) -> None:
    """As JSON, and as the tables that other platforms import."""
    handed_in(room, "ada")

    assert ask("greta", "GET", path).headers["Content-Type"] == type_
    assert ask("ada", "GET", path).status_code == 403


def test_a_parked_attempt_is_graded_again(ask: Asking, room: Classroom) -> None:
    """By an instructor; one that waits already is not over."""
    path = f"/api/v1/attempts/{handed_in(room, 'ada', state=State.PARKED)}/rerun"

    assert ask("greta", "POST", path).status_code == 403
    assert ask("ada", "POST", path).status_code == 403
    assert (ask("ines", "POST", path).status_code, ask("ines", "POST", path).status_code) == (202, 409)
    assert ask("ines", "GET", f"{COURSE}/audit?action=attempt.rerun").json()["items"][0]["name"] == "Ines"


def test_the_site_is_its_owner_s(ask: Asking, site: Site, room: Classroom) -> None:
    """Whose word archives a course; what receipts are verified with is anybody's."""
    paths = ["/api/v1/queue", "/api/v1/workers", "/api/v1/audit", "/api/v1/tokens?everybody=true"]
    assert {ask("ines", "GET", path).status_code for path in paths} == {403}
    assert ask("ines", "PUT", f"{COURSE}/archived").status_code == 403
    with site.database.begin() as session:
        session.get_one(Person, room.people["ines"]).owns_site = True

    assert {ask("ines", "GET", path).status_code for path in paths} == {200}
    assert ask("ines", "PUT", f"{COURSE}/archived").status_code == 204
    assert ask("ada", "GET", COURSE).json()["archived"] is True
    keys = TestClient(ask.app).get("/.well-known/grader-keys.json").json()
    assert keys == TestClient(ask.app).get("/api/v1/keys").json()


def test_a_roster_is_looked_at_before_it_is_applied(ask: Asking, room: Classroom) -> None:
    """And applied as it was looked at, or not at all."""
    path, table = f"{COURSE}/people/import", b"Name,Email,Section\nAda,ada@example.org,A\nEve,eve@example.org,B\n"

    def send(query: str = "") -> Response:
        headers = ORIGIN | {"Content-Type": "text/csv"}
        return ask.browsers["ines"].post(path + query, headers=headers, content=table)

    ask("ines", "GET", COURSE)
    seen = send().json()
    assert [each["name"] for each in seen["added"] + seen["left"]] == ["Eve", "Bob"]
    assert seen["changed"][0]["changes"] == {"section": [None, "A"]}
    assert send("?others=stay").json()["left"] == []
    assert send(f"?apply={'0' * 64}").status_code == 409
    assert send(f"?apply={seen['digest']}").json()["applied"] is True
    assert send().json()["untouched"] == 2
    assert ask("ines", "POST", path, content=b"x").status_code == 415
