"""`grader serve` as a process: it starts without configuration, says what it cannot have, and ends when it is told."""

from __future__ import annotations

import json
import shutil
import signal
import socket
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select

from grader.cli.serve import _reached
from grader.errors import CourseError, UsageError
from grader.service.operations.logs import Log
from grader.service.serve.answering import Answering
from grader.service.serve.beginning import begun
from grader.service.serve.serving import Wanted, prepared, serve
from grader.service.site import Whereabouts, opened
from grader.service.store.tables import Revision
from tests.service.course_folder import write, write_course
from tests.service.served import free_port, served


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course."""
    return write_course(tmp_path / "ml")


def test_a_site_answers_and_ends_when_it_is_told(course: Path, tmp_path: Path) -> None:
    """What it logs holds neither the link nor anything that was asked for."""
    with served(course, "--no-worker", data=tmp_path / "site") as site:
        assert httpx.get(f"{site.address}/sign-in?secret=ossifrage").status_code == 200
        assert httpx.get(site.link).status_code == 200
        assert site.end(signal.SIGINT) == 0
        log = site.log.read_text(encoding="utf-8")

    assert {json.loads(line)["route"] for line in log.splitlines()} == {"/sign-in", "/link/{secret}"}
    assert [said for said in ("ossifrage", site.link.rpartition("/")[2]) if said in log] == []


def test_a_course_is_what_it_was_when_it_was_added_until_it_is_added_again(course: Path, tmp_path: Path) -> None:
    """Its folder may change, break or go while it is served. Two processes answer on the one socket here; whoever is
    asked knows what all of them counted, and none is left when the site ends."""
    data = tmp_path / "site"
    with served(course, "--no-worker", "--open-metrics", "--processes", "2", data=data) as site:
        write(course, "assignments/doubling/assignment.py", "raise SystemExit")
        asked = [httpx.get(f"{site.address}/readyz").json()["ready"] for _ in range(20)]
        shutil.rmtree(course)
        asked += [httpx.get(f"{site.address}/readyz").json()["ready"] for _ in range(20)]
        counted = requests_counted(httpx.get(f"{site.address}/metrics").text, "/readyz")
        assert site.end() == 0

    assert (asked, counted) == ([True] * 40, 40)
    assert is_free(site.address)
    assert len(revisions(data)) == 1
    prepare(data, write_course(course, title="Doubling, again"))
    assert len(revisions(data)) == 2


def test_a_broken_course_is_said_and_nothing_is_served(course: Path, tmp_path: Path) -> None:
    """With the file at fault."""
    write(course, "assignments/doubling/assignment.py", "ASSIGNMENT = 1 / 0")

    with pytest.raises(CourseError, match=r"assignment\.py"):
        begin(tmp_path / "site", course)


def test_what_cannot_be_had_is_refused_before_anything_is_begun(course: Path, tmp_path: Path) -> None:
    """A port in use; the folder of another site; a folder that is no course."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="in use"):
        begin(tmp_path / "site", course, port=taken.getsockname()[1])
    with pytest.raises(CourseError):
        begin(tmp_path / "site", tmp_path / "nothing")
    with pytest.raises(UsageError, match="another site"):
        begin(tmp_path / "site", course, database=f"sqlite:///{tmp_path}/other.db")


@pytest.mark.parametrize(
    ("address", "host", "reached"),
    [
        pytest.param(None, "127.0.0.1", "http://127.0.0.1:8000", id="here"),
        pytest.param(None, "::1", "http://[::1]:8000", id="here, by IPv6"),
        pytest.param("https://grader.example.org/", "0.0.0.0", "https://grader.example.org", id="behind a proxy"),
    ],
)
def test_a_site_knows_how_people_reach_it(address: str | None, host: str, reached: str) -> None:
    """Links and cookies are made with that."""
    assert _reached(address, host, 8000) == reached


@pytest.mark.parametrize(
    ("address", "host"),
    [
        pytest.param(None, "0.0.0.0", id="everywhere"),
        pytest.param("grader.example.org", "127.0.0.1", id="without a scheme"),
        pytest.param("https://example.org/grader", "127.0.0.1", id="with a path"),
        pytest.param("ftp://example.org", "127.0.0.1", id="another scheme"),
    ],
)
def test_an_address_that_nobody_can_reach_is_refused(address: str | None, host: str) -> None:
    """Rather than printed in links."""
    with pytest.raises(UsageError):
        _reached(address, host, 8000)


def test_a_site_that_has_courses_is_served_from_anywhere(tmp_path: Path, course: Path) -> None:
    """After a restore, or on another machine: nobody is where the course lies. Without any course there is no site."""
    nowhere = replace(wanted(tmp_path / "data", course), courses=())
    with opened(nowhere.where) as site, pytest.raises(UsageError, match=r"grader serve FOLDER"):
        prepared(site, nowhere)
    prepare(tmp_path / "data", course)
    with opened(nowhere.where) as site:
        assert prepared(site, nowhere).courses == ()


def wanted(data: Path, course: Path, *, database: str | None = None) -> Wanted:
    where = Whereabouts(data=data, database=database)
    return Wanted(where=where, courses=(course,), answering=Answering(), link=False)


def begin(data: Path, course: Path, *, database: str | None = None, port: int | None = None) -> None:
    """Serve; what is tried here fails before a request could come."""
    asked = wanted(data, course, database=database)
    with (
        (data.parent / "log").open("w") as log,
        begun("127.0.0.1", port or free_port(), data=data, children=(), told=print) as taken,
    ):
        serve(asked, taken, log=Log(log), environment={}, told=lambda ready: pytest.fail(f"it began: {ready}"))


def prepare(data: Path, course: Path) -> None:
    """What a start does before it answers."""
    asked = wanted(data, course)
    with opened(asked.where) as site:
        prepared(site, asked)


def requests_counted(text: str, route: str) -> float:
    samples = [each for family in text_string_to_metric_families(text) for each in family.samples]
    return sum(each.value for each in samples if each.name == "grader_requests_total" and each.labels["route"] == route)


def is_free(address: str) -> bool:
    """Whether nobody listens there any more."""
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))) != 0


def revisions(data: Path) -> list[int]:
    """The revisions of the site's course."""
    with opened(Whereabouts(data=data)) as site, site.database.read() as session:
        return list(session.scalars(select(Revision.id)))
