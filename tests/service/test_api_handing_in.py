"""Handing in over the API: what is taken, what is refused and how, and for whom a program may hand in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import anyio
import pytest
from anyio.to_thread import current_default_thread_limiter
from httpx2 import ASGITransport, AsyncClient, Response
from sqlalchemy import Connection, event, select
from starlette.testclient import TestClient

from grader.notebook.bundle import MOST, bundled
from grader.policy.scopes import Scope
from grader.policy.terms import Relief, Terms
from grader.service.people.tokens import new_token
from grader.service.site import Site
from grader.service.store.tables import Audit, Extension, Membership, Role
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, enrol, furnish, handed_in
from tests.service.clock import StoppedClock
from tests.service.questions import questions

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PATH = "/api/v1/courses/ml/assignments/digits/attempts"
NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


@pytest.fixture
def room(site: Site) -> Classroom:
    now = site.now()
    terms = Terms(
        release=now - timedelta(days=1), due=now + timedelta(days=1), late_until=now + timedelta(days=2), attempts=3
    )
    people = {"ines": Role.INSTRUCTOR, "ada": Role.STUDENT, "bob": Role.STUDENT, "robot": Role.CI}
    return furnish(site, terms=terms, people=people)


@pytest.fixture
def client(site: Site) -> TestClient:
    return TestClient(make_app(site))


def as_(room: Classroom, name: str, *scopes: Scope) -> dict[str, str]:
    """A header with a token of theirs."""
    with room.site.database.begin() as session:
        _, secret = new_token(
            session, person_id=room.people[name], name="x", scopes=scopes or [*Scope], now=room.site.now()
        )
    return {"Authorization": f"Bearer {secret}"}


def send(
    client: TestClient,
    who: dict[str, str],
    data: bytes = NOTEBOOK,
    *,
    key: str | None = None,
    on_behalf_of: str | None = None,
) -> Response:
    headers = who | ({} if key is None else {"Idempotency-Key": key})
    fields = {} if on_behalf_of is None else {"on_behalf_of": on_behalf_of}
    return client.post(PATH, headers=headers, files={"notebook": ("digits.ipynb", data)}, data=fields)


def test_an_upload_waits_for_none_of_the_threads_that_pages_wait_for(site: Site, room: Classroom) -> None:
    """All of them are busy, as when a class looks at its reports; a receipt comes all the same."""
    who = as_(room, "ada")

    async def upload() -> Response:
        threads = current_default_thread_limiter()
        threads.total_tokens = 1
        await threads.acquire_on_behalf_of("somebody else")
        async with AsyncClient(transport=ASGITransport(make_app(site)), base_url="http://testserver") as client:
            return await client.post(PATH, headers=who, files={"notebook": ("digits.ipynb", NOTEBOOK)})

    assert anyio.run(upload).status_code == 201


def test_what_is_taken_has_a_receipt_and_a_place(client: TestClient, room: Classroom) -> None:
    """And may be followed where the answer says."""
    answer = send(client, as_(room, "ada"))

    taken = answer.json()
    assert answer.status_code == 201
    assert (taken["status"], taken["position"], taken["number"]) == ("waiting", 0, 1)
    assert taken["receipt"]["statement"]["sha256"] == taken["sha256"]
    assert client.get(answer.headers["Location"], headers=as_(room, "ada")).json()["id"] == taken["id"]


def test_a_receipt_takes_eight_questions(client: TestClient, room: Classroom) -> None:
    """Who it is and what they are there; the place, what came before, the blob, the turn, the attempt, the standing;
    then how many go first. At a deadline a site does nothing else."""
    ada = as_(room, "ada")
    assert send(client, ada, b"{}").status_code == 201
    with questions(room.site.database) as asked:
        assert send(client, ada).status_code == 201

    assert len(asked) <= 8, asked


def test_a_receipt_says_what_is_then_kept(client: TestClient, room: Classroom) -> None:
    """It is made without asking for what was just written."""
    ada = as_(room, "ada")
    taken = send(client, ada).json()
    kept = client.get(f"/api/v1/attempts/{taken['id']}", headers=ada).json()

    assert kept == {key: taken[key] for key in kept}


def test_the_same_file_twice_is_one_attempt_with_a_key_and_two_without(client: TestClient, room: Classroom) -> None:
    """A key that was used for other bytes is a mistake of the sender's."""
    ada = as_(room, "ada")
    first, again, other = send(client, ada, key="k"), send(client, ada, key="k"), send(client, ada, b"{}", key="k")
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 422)
    assert first.json()["id"] == again.json()["id"]
    assert other.json()["type"] == "/problems/key_reused"

    second = send(client, ada)
    assert (second.status_code, second.json()["number"]) == (201, 2)
    assert second.json()["notices"] != []


def test_several_notebooks_are_one_attempt(client: TestClient, room: Classroom) -> None:
    """Kept as a zip, the same for the same files; a zip of the sender's is taken as it is."""
    ada = as_(room, "ada")
    parts = [("notebook", ("a.ipynb", NOTEBOOK)), ("notebook", ("b.ipynb", b"{}"))]
    answer = client.post(PATH, headers=ada, files=parts).json()
    kept = client.get(f"/api/v1/attempts/{answer['id']}/notebook", headers=ada).content

    assert answer["filename"] == "notebooks.zip"
    assert kept == bundled([("b.ipynb", b"{}"), ("a.ipynb", NOTEBOOK)])
    assert send(client, ada, kept).json()["sha256"] == answer["sha256"]


@pytest.mark.parametrize(
    ("moved", "kind"),
    [({"days": -2}, "not_open_yet"), ({"days": 3}, "closed"), ({"days": 1, "hours": 1}, None)],
    ids=["before the release", "after the end", "late"],
)
def test_the_site_s_clock_decides(
    moved: dict[str, float], kind: str | None, client: TestClient, room: Classroom, clock: StoppedClock
) -> None:
    """What the sender's says, wrong by a day or not, matters to nobody."""
    ada = as_(room, "ada") | {"Date": "Sun, 29 Nov 2026 12:00:00 GMT"}
    clock.go_on(**moved)
    answer = send(client, ada)

    assert answer.status_code == (201 if kind is None else 409)
    if kind is not None:
        assert answer.json()["type"] == f"/problems/{kind}"
    if kind == "not_open_yet":
        assert answer.json()["allowed_from"].startswith("2026-11-28T12:00")


def test_what_is_refused_says_why(client: TestClient, room: Classroom, site: Site) -> None:
    """Empty, too many, without a file, of another type, by somebody who may not, or is not of the course."""
    ada, form = as_(room, "ada"), {"Content-Type": "multipart/form-data; boundary=x"}
    with site.database.begin() as session:
        enrol(session, site, furnish(site, slug="other", people={}).course_id, "eve", Role.STUDENT)
    refused = [
        send(client, ada, b""),
        client.post(PATH, headers=ada, data={"notebook": "x"}, files={"other": b"x"}),
        client.post(PATH, headers=ada, json={"notebook": "x"}),
        client.post(PATH, headers=ada | form, content=b"--x\r\nno part"),
        client.post(PATH, headers=ada, files=[("notebook", b"x")] * (MOST + 1)),
        send(client, as_(room, "ada", Scope.READ)),
        send(client, {}),
        send(client, ada, key="with a blank"),
        client.post(PATH.replace("digits", "other"), headers=ada, files={"notebook": b"x"}),
        client.post(PATH.replace("ml", "other"), headers=ada, files={"notebook": b"x"}),
    ]

    assert [each.status_code for each in refused] == [422, 422, 415, 400, 400, 403, 401, 422, 404, 404]
    assert {each.headers["Content-Type"] for each in refused} == {"application/problem+json"}


@pytest.mark.parametrize("announced", [True, False])
def test_300_megabytes_are_refused_before_they_are_sent(announced: bool, client: TestClient, room: Classroom) -> None:
    """By what is announced; and where nothing is, as soon as a notebook would have been over."""
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="notebook"; filename="a.ipynb"\r\n\r\n'
        for _ in range(300):
            sent += 1
            yield bytes(1 << 20)

    headers = as_(room, "ada") | {"Content-Type": "multipart/form-data; boundary=x"}
    if announced:
        headers["Content-Length"] = str(300 << 20)
    answer = client.post(PATH, headers=headers, content=pieces())

    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/too_large"


@pytest.mark.parametrize(("who", "behalf"), [("robot", "nobody@example.org"), ("robot", None), ("ada", "bob")])
def test_who_names_nobody_undoes_nothing_that_others_write(
    who: str, behalf: str | None, client: TestClient, room: Classroom
) -> None:
    """They share a transaction: it is kept, whoever is refused within it."""
    undone: list[object] = []
    engine, headers = room.site.database.engine, as_(room, who)

    def heard(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            undone.append(connection)

    event.listen(engine, "rollback", heard)
    answer = send(client, headers, on_behalf_of=behalf)
    event.remove(engine, "rollback", heard)

    assert answer.status_code in (403, 422)
    assert undone == []


@pytest.mark.parametrize(
    ("who", "behalf", "status"),
    [
        ("robot", "ada@example.org", 201),
        ("robot", "4711", 201),
        ("ines", "ADA@example.org", 201),
        ("robot", None, 422),
        ("robot", "nobody@example.org", 422),
        ("robot", "ines@example.org", 422),
        ("bob", "ada@example.org", 403),
    ],
)
def test_programs_and_staff_hand_in_for_students(
    who: str, behalf: str | None, status: int, client: TestClient, room: Classroom
) -> None:
    """By e-mail or number; students for nobody but themselves."""
    with room.site.database.begin() as session:
        asked = session.query(Membership).where(Membership.person_id == room.people["ada"])
        asked.one().number = "4711"
    answer = send(client, as_(room, who), on_behalf_of=behalf)

    assert answer.status_code == status
    if status == 201:
        assert answer.json()["person"] == room.people["ada"]


def test_it_is_on_the_trail_who_handed_in_for_a_student(client: TestClient, room: Classroom) -> None:
    """Once for each attempt; what students hand in themselves is on their attempts alone."""
    for who, behalf in (("ines", "ada@example.org"), ("ada", None)):
        assert send(client, as_(room, who), on_behalf_of=behalf).status_code == 201
    with room.site.database.read() as session:
        noted = session.scalars(select(Audit).where(Audit.action == "attempt.handed_in")).all()
    assert [(each.actor_id, each.details) for each in noted] == [(room.people["ines"], {"person": room.people["ada"]})]


def test_a_program_reads_what_programs_handed_in_and_nothing_else(client: TestClient, room: Classroom) -> None:
    """As its student would; what the student handed in is the student's."""
    robot = as_(room, "robot")
    taken = send(client, robot, on_behalf_of="ada@example.org").json()

    assert client.get(f"/api/v1/attempts/{taken['id']}", headers=robot).status_code == 200
    assert client.get(f"/api/v1/attempts/{handed_in(room, 'ada', number=2)}", headers=robot).status_code == 404


def test_an_extension_opens_what_is_over(client: TestClient, room: Classroom, clock: StoppedClock) -> None:
    """For whoever has one."""
    clock.go_on(days=3)
    with room.site.database.begin() as session:
        relief = Relief(late_until=clock() + timedelta(days=1))
        of = {"opening_id": room.opening_id, "person_id": room.people["ada"], "at": clock()}
        session.add(Extension(**of, relief=relief, reason="ill"))

    assert send(client, as_(room, "ada")).status_code == 201
    assert send(client, as_(room, "bob")).status_code == 409
