"""What machines ask about a site, and what it writes about its work."""

from __future__ import annotations

import io
import json
import logging
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import APIRouter, Depends, FastAPI, Request
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from grader.policy.scopes import Scope
from grader.policy.state import State
from grader.service.operations.health import Health, HealthFinding, examine
from grader.service.operations.logs import Entry, ForLibraries, Level, Log, trouble
from grader.service.operations.metrics import SETTLED
from grader.service.people.tokens import new_token
from grader.service.site import Site
from grader.service.store.database import Database
from grader.service.store.outline import GradedExercise, ResultOutline
from grader.service.store.tables import Attempt, Person, Role, StoredReport, WorkerSeen
from grader.service.web.access import Unasked
from grader.service.web.app import make_app
from tests.service.batched import class_of, handed_to
from tests.service.classroom import Classroom, furnish, handed_in, signed_in
from tests.service.clock import StoppedClock

SECRET = "def my_softmax(z): return 'ada@example.org'"

#: what does not depend on the database is asked of one kind
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


# --- health


def test_a_process_is_there_whatever_became_of_its_database(tmp_path: Path) -> None:
    """Nothing is to be gained by starting it again."""
    asked = TestClient(make_app(lost(tmp_path))).get("/healthz")

    assert (asked.status_code, asked.text) == (200, "ok\n")


def test_a_site_without_its_database_is_not_ready(tmp_path: Path) -> None:
    """Others may answer instead; what is wrong stands in the answer."""
    asked = TestClient(make_app(lost(tmp_path))).get("/readyz")

    assert asked.status_code == 503
    assert asked.json() == {"ready": False, "database": "unreachable", "disk": "ok", "workers": "unknown"}


def test_a_site_without_a_worker_takes_what_is_handed_in(site: Site, clock: StoppedClock) -> None:
    """It says that nobody grades, and is ready: a site that takes nothing would make students late."""
    assert examine(site) == Health(database=HealthFinding.OK, disk=HealthFinding.OK, workers=HealthFinding.MISSING)

    work(site)
    assert examine(site).workers is HealthFinding.OK

    clock.go_on(minutes=2)
    assert examine(site).workers is HealthFinding.MISSING
    assert examine(site).is_ready


@on_sqlite
def test_a_site_without_room_on_its_disk_is_not_ready(site: Site) -> None:
    """What is handed in could not be kept."""
    found = examine(site, free_bytes=1 << 62)

    assert (found.disk, found.is_ready) == (HealthFinding.FULL, False)


# --- metrics


@on_sqlite
@pytest.mark.parametrize("open_metrics", [False, True])
def test_metrics_are_told_to_an_owners_token_and_to_the_machine_itself_if_that_is_wanted(
    site: Site, open_metrics: bool
) -> None:
    """How busy a site is concerns whoever runs it. A proxy on the same machine passes on what comes from elsewhere, and
    may not say so: so without being told the site believes no address."""
    room = furnish(site, people={"olga": Role.OWNER, "ines": Role.INSTRUCTOR})
    owners, others = (f"Bearer {token(room, name)}" for name in ("olga", "ines"))
    cases = [
        ("127.0.0.1", {}, 200 if open_metrics else 403),
        ("::1", {}, 200 if open_metrics else 403),
        ("203.0.113.7", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}, 403),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.7"}, 403),
        ("203.0.113.7", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("203.0.113.7", {"Authorization": owners}, 200),
        ("203.0.113.7", {"Authorization": others}, 403),
    ]
    app = make_app(site, open_metrics=open_metrics)

    assert [case for case in cases if asked_from(app, case[0], case[1]) != case[2]] == []


@on_sqlite
def test_a_student_reads_no_metrics(site: Site) -> None:
    """A browser that is signed in has every scope; it is a student's all the same."""
    room = furnish(site)

    assert signed_in(make_app(site), room, "ada").get("/metrics").status_code == 403


def test_the_queue_is_counted_as_it_is(site: Site, clock: StoppedClock, tmp_path: Path) -> None:
    """By class, with the age of the oldest; and what is parked, who grades, and what commands have graded here."""
    room = furnish(site)
    handed_in(room, "ada")
    handed_in(room, "bob", state=State.PARKED)
    clock.go_on(seconds=90)
    work(site, slots=3)
    with handed_to(site, tmp_path) as workers:
        workers.hand_over(class_of(tmp_path / "class", "a", "b"))
        found = measured(site)

    assert found["grader_queue_class_files{}"] == 2
    assert found['grader_queue_attempts{class="interactive"}'] == 1
    assert found['grader_queue_oldest_seconds{class="interactive"}'] == 90
    assert (found["grader_attempts_parked{}"], found["grader_slots_busy{}"]) == (1, 0)
    assert (found["grader_workers{}"], found["grader_slots{}"]) == (1, 3)


def test_what_was_graded_today_is_counted_once_however_often_it_is_asked(site: Site, clock: StoppedClock) -> None:
    """By verdict and by how long it waited; at midnight the counts begin anew."""
    room, client = furnish(site), local(site)
    graded(room, "ada", queued=2.0, took=0.4)
    clock.go_on(seconds=2 * SETTLED.total_seconds())
    for _ in range(2):
        found = values(client.get("/metrics").text)
    assert found['grader_verdicts_total{verdict="passed"}'] == 1
    assert found['grader_wait_seconds_bucket{le="1.0",phase="queued"}'] == 0
    assert found['grader_wait_seconds_bucket{le="2.5",phase="queued"}'] == 1
    assert found['grader_wait_seconds_bucket{le="0.5",phase="graded"}'] == 1

    clock.go_on(days=1)
    assert values(client.get("/metrics").text)['grader_wait_seconds_count{phase="graded"}'] == 0


@on_sqlite
def test_requests_are_counted_by_the_pattern_of_their_path(site: Site) -> None:
    """Whatever people try makes no label of its own, and none names what was asked for."""
    client = local(site)
    for path in (
        "/healthz",
        "/nothing/here",
        "/nothing/there?key=secret",
        f"/{uuid.uuid4()}",
        f"/static/{uuid.uuid4()}",
    ):
        client.get(path)
    found = values(client.get("/metrics").text)

    assert found['grader_requests_total{method="GET",route="/healthz",status="200"}'] == 1
    assert found['grader_requests_total{method="GET",route="/static",status="404"}'] == 1
    assert found['grader_requests_total{method="GET",route="none",status="404"}'] == 3


# --- logs


@on_sqlite
def test_every_answer_has_a_name_that_stands_in_the_log(site: Site) -> None:
    """A name that the client brings is not believed."""
    client, lines = logged(site)
    answer = client.get("/readyz?token=secret", headers={"X-Request-Id": "mine"})
    said = json.loads(lines.getvalue())

    assert said["request"] == answer.headers["X-Request-Id"] != "mine"
    assert (said["event"], said["level"], said["route"], said["status"]) == ("request", "info", "/readyz", 200)
    assert "secret" not in lines.getvalue()


@on_sqlite
def test_a_failure_is_logged_with_its_kind_and_place_and_none_of_its_words(site: Site) -> None:
    """What an exception says may quote a student; the page says no more than its name in the log."""
    client, lines = logged(site)
    answer = client.get(f"/failing/{uuid.UUID(int=7)}")
    said = json.loads(lines.getvalue())

    assert (answer.status_code, said["error"], said["attempt"]) == (500, "RuntimeError", str(uuid.UUID(int=7)))
    assert said["where"][-1].startswith("service/test_operations.py:")
    assert said["request"] in answer.text
    assert "my_softmax" not in lines.getvalue() + answer.text


def test_what_libraries_log_is_said_without_their_words() -> None:
    """A driver quotes the row that it could not write."""
    lines = io.StringIO()
    library = logging.Logger("driver")
    library.addHandler(ForLibraries(Log(lines)))
    library.error("duplicate key %s", SECRET)
    library.info("connected as %s", SECRET)
    said = json.loads(lines.getvalue())

    assert (said["event"], said["level"], said["part"]) == ("library", "error", "driver")
    assert "ada" not in lines.getvalue()


def test_a_quiet_log_says_what_matters() -> None:
    """On a terminal, requests that went well are left out."""
    lines = io.StringIO()
    log = Log(lines, least=Level.WARNING)
    log.write(Entry(event="request", status=200))
    log.write(trouble(OSError(28, "No space left on device", SECRET), event="request"))

    assert json.loads(lines.getvalue())["code"] == "No space left on device"
    assert "ada" not in lines.getvalue()


def lost(folder: Path) -> Site:
    """A site whose database is not to be had."""
    return Site(database=Database(f"sqlite:///{folder}/nowhere/site.db"), data=folder, address="http://testserver")


def work(site: Site, *, slots: int = 1) -> None:
    """A worker says that it is there."""
    now = site.now()
    with site.database.begin() as session:
        session.add(
            WorkerSeen(id="one", host="here", version="1", sandbox=None, slots=slots, started_at=now, seen_at=now)
        )


def token(room: Classroom, name: str) -> str:
    with room.site.database.begin() as session:
        person = session.get_one(Person, room.people[name])
        person.owns_site = name == "olga"
        return new_token(session, person_id=person.id, name="prometheus", scopes=[Scope.METRICS], now=room.site.now())[
            1
        ]


def asked_from(app: FastAPI, address: str, headers: dict[str, str]) -> int:
    client = TestClient(app, client=(address, 5000), base_url="http://testserver")
    return client.get("/metrics", headers=headers).status_code


def local(site: Site) -> TestClient:
    """A program on the server's own machine."""
    return TestClient(make_app(site, open_metrics=True), client=("127.0.0.1", 5000), base_url="http://testserver")


def values(text: str) -> dict[str, float]:
    """Each sample, as `name{labels}`."""
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    labels = [",".join(f'{key}="{value}"' for key, value in sorted(each.labels.items())) for each in samples]
    return {f"{each.name}{{{named}}}": each.value for each, named in zip(samples, labels, strict=True)}


def measured(site: Site) -> dict[str, float]:
    return values(local(site).get("/metrics").text)


def graded(room: Classroom, name: str, *, queued: float, took: float) -> None:
    """An attempt of that person's with its report."""
    attempt_id, now = handed_in(room, name, state=State.GRADED), room.site.now()
    with room.site.database.begin() as session:
        attempt = session.get_one(Attempt, attempt_id)
        attempt.claimed_at = now + timedelta(seconds=queued)
        exercise = GradedExercise(id="my_softmax", verdict="passed", earned=50, possible=50)
        session.add(
            StoredReport(
                attempt_id=attempt_id,
                revision_id=room.revision_id,
                made_at=now + timedelta(seconds=queued + took),
                status="graded",
                outline=ResultOutline(exercises=(exercise,), earned=50, possible=50, seconds=took),
                document=b"",
            )
        )


def logged(site: Site) -> tuple[TestClient, io.StringIO]:
    """An application that has a route which fails, and what it logs."""
    lines, router = io.StringIO(), APIRouter()

    @router.get("/failing/{attempt_id}", dependencies=[Depends(Unasked())])
    def failing(request: Request, attempt_id: uuid.UUID) -> None:
        raise RuntimeError(SECRET)

    app: FastAPI = make_app(site, log=Log(lines))
    app.include_router(router)
    return TestClient(app, raise_server_exceptions=False, base_url="http://testserver"), lines
