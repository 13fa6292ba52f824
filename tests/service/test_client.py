"""`grader submit` and `grader pull` against a site that answers over a real connection."""

from __future__ import annotations

import json
import socket
import threading
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import uvicorn

from grader.classes.export import ExportRequest, export
from grader.errors import GraderError, SiteFailed, UnreadableSubmission, UsageError
from grader.policy.scopes import Scope
from grader.policy.terms import Publishing, Terms
from grader.report.class_report import ClassReport
from grader.report.report import Report
from grader.service.attempts.documents import keep_report
from grader.service.attempts.exporting import ExportFormat, export_opening
from grader.service.attempts.receipts import Receipt
from grader.service.client.connection import TRIES
from grader.service.client.pulling import PullRequest, run_pull
from grader.service.client.submitting import SubmitRequest, Surroundings, run_submit
from grader.service.people.tokens import new_token
from grader.service.site import Site
from grader.service.store.tables import Attempt, Opening, StoredReport
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded, reported, two
from tests.service.marked import decide, written

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@dataclass
class Network(httpx.BaseTransport):
    """The way to the site. It fails as it is told to, remembers what was asked, and has what is taken graded."""

    room: Classroom
    outcome: Report = field(default_factory=lambda: two(40, 40))
    fails: list[httpx.Response | Exception] = field(default_factory=list)
    without_events: bool = False
    asked: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._real = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx."""
        self.asked.append(f"{request.method} {request.url.path}")
        if self.without_events and request.url.path.endswith("/events"):
            raise httpx.ReadError("cut off")
        failure = self.fails.pop(0) if self.fails else None
        if isinstance(failure, Exception):
            raise failure
        answer = failure or self._real.handle_request(request)
        if request.method == "POST" and answer.status_code == 201:
            taken = json.loads(answer.read())
            reported(self.room, uuid.UUID(taken["id"]), self.outcome)
        return answer

    def close(self) -> None:
        """See httpx."""
        self._real.close()

    @property
    def surroundings(self) -> Surroundings:
        """As the client takes them; nobody really waits."""
        return Surroundings(transport=self, sleep=self.waited.append)

    def times(self, method: str) -> int:
        """How often that was asked."""
        return sum(each.startswith(method) for each in self.asked)


@pytest.fixture
def room(site: Site) -> Classroom:
    now = site.now()
    return furnish(site, terms=Terms(release=now - timedelta(days=1), late_until=now + timedelta(days=9)))


@pytest.fixture
def network(room: Classroom) -> Network:
    return Network(room)


@pytest.fixture
def url(site: Site) -> Iterator[str]:
    """The address of the site."""
    place = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(site, allow_hosts=("127.0.0.1",)), log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [place]})
    thread.start()
    yield f"http://127.0.0.1:{place.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    place.close()


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    path = tmp_path / "digits.ipynb"
    path.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    return path


def signed_in_as(room: Classroom, name: str) -> dict[str, str]:
    """An environment with a token of theirs."""
    with room.site.database.begin() as session:
        _, secret = new_token(session, person_id=room.people[name], name="x", scopes=[*Scope], now=room.site.now())
    return {"GRADER_TOKEN": secret, "NO_COLOR": "1"}


def submit(
    network: Network, url: str, *notebooks: Path, environment: dict[str, str] | None = None, **more: object
) -> int:
    request = SubmitRequest(notebooks=notebooks, to=f"{url}/courses/ml/digits", **more)  # type: ignore[arg-type]
    environment = signed_in_as(network.room, "ada") if environment is None else environment
    return run_submit(request, environment=environment, surroundings=network.surroundings)


@pytest.mark.parametrize("without_events", [False, True], ids=["by events", "by asking"])
def test_a_notebook_is_handed_in_and_its_report_shown(
    without_events: bool, network: Network, url: str, notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `grade` shows it, with the receipt where it was wanted; the token is said nowhere."""
    network.without_events = without_events
    environment = signed_in_as(network.room, "ada")
    receipt = notebook.with_name("receipt.json")
    code = submit(network, url, notebook, environment=environment, receipt=receipt)

    told = capsys.readouterr()
    assert code == 0
    assert "80 of 80" in told.out.replace(" / ", " of ")
    assert "Handed in as attempt 1" in told.err
    assert Receipt.model_validate_json(receipt.read_bytes()).statement.number == 1
    assert environment["GRADER_TOKEN"] not in told.out + told.err + "".join(network.asked)


def test_sent_twice_it_is_one_attempt_unless_it_is_wanted_again(network: Network, url: str, notebook: Path) -> None:
    """The key is made of site, opening, student and bytes."""
    codes = [submit(network, url, notebook, quiet=True, again=again) for again in (False, False, True)]
    network.fails = [httpx.ReadError("cut off after it was sent")]

    assert codes == [0, 0, 0]
    assert submit(network, url, notebook, quiet=True) == 0
    with network.room.site.database.read() as session:
        assert session.connection().exec_driver_sql("select count(*) from attempt").scalar() == 2


def test_several_notebooks_are_one_attempt_and_are_pulled_as_the_zip_they_are(
    network: Network, url: str, tmp_path: Path
) -> None:
    """Named one by one or by their folder it is the same upload; no file of an attempt before stays beside it."""
    folder = tmp_path / "work"
    folder.mkdir()
    files = [folder / name for name in ("words.ipynb", "numbers.ipynb")]
    for file in files:
        file.write_text("{}")
    network.outcome = two(10, 0)
    submit(network, url, files[0], quiet=True)
    network.outcome = two(40, 0)
    assert [submit(network, url, *each, quiet=True) for each in (files, [folder])] == [0, 0]
    kept = tmp_path / "class" / "notebooks" / "ada@example.org.ipynb"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    pull(network, url, tmp_path / "class", all=True)

    assert [path.name for path in kept.parent.iterdir()] == ["ada@example.org.zip"]
    assert [path.name for path in tmp_path.glob("class/attempts/*/*.ipynb")] == ["1.ipynb"]
    with zipfile.ZipFile(kept.with_suffix(".zip")) as archive:
        assert archive.namelist() == ["numbers.ipynb", "words.ipynb"]


def test_below_what_is_wanted_ends_with_1(network: Network, url: str, notebook: Path) -> None:
    """As `grade` does."""
    network.outcome = two(10, 0)
    assert submit(network, url, notebook, quiet=True, fail_under=50) == 1


def test_what_is_not_shown_yet_is_said_to_be_graded(
    network: Network, url: str, notebook: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which is no failure."""
    with site.database.begin() as session:
        session.get_one(Opening, network.room.opening_id).terms = Terms(publishing=Publishing(by_hand=True))

    assert submit(network, url, notebook) == 0
    assert "has not shown its results yet" in capsys.readouterr().err


def test_a_busy_site_is_asked_again_when_it_says(network: Network, url: str, notebook: Path) -> None:
    """And one that cannot be reached, a few times."""
    network.fails = [httpx.Response(429, headers={"Retry-After": "7"}), httpx.ConnectError("x"), httpx.Response(503)]

    assert submit(network, url, notebook, quiet=True) == 0
    assert 7 <= network.waited[0] < 10
    assert network.times("POST") == 4


@pytest.mark.parametrize(
    ("fails", "kind", "words"),
    [
        ([httpx.ConnectError("x")] * TRIES, SiteFailed, "cannot be reached (no connection)"),
        ([httpx.ReadTimeout("x")] * TRIES, SiteFailed, "no answer in time"),
        ([httpx.Response(429, headers={"Retry-After": "3600"})], SiteFailed, "Wait for 3600 seconds"),
        ([httpx.Response(500, json={"request": "abc"})], SiteFailed, "request abc"),
        ([httpx.Response(301, headers={"Location": "https://new"})], UsageError, "https://new"),
        ([httpx.Response(404, text="<html>")], UsageError, "Is the address right?"),
        ([httpx.Response(201, json={})], SiteFailed, "cannot be read"),
    ],
    ids=["no network", "no answer", "busy for long", "failed", "moved", "another site", "nonsense"],
)
def test_each_failure_has_its_words(
    fails: list[httpx.Response | Exception],
    kind: type[GraderError],
    words: str,
    network: Network,
    url: str,
    notebook: Path,
) -> None:
    """What happened, where, what to do next."""
    if fails[0] and isinstance(fails[0], httpx.Response) and fails[0].status_code == 201:
        fails = [httpx.Response(200, json={})]
    network.fails = [*fails]
    with pytest.raises(kind) as failure:
        submit(network, url, notebook, quiet=True)

    assert words in str(failure.value)


def test_what_the_site_refuses_is_said_in_its_words(
    network: Network, url: str, notebook: Path, clock: StoppedClock, site: Site
) -> None:
    """A wrong token, an empty file, too late, with the moment from which it would be taken if there is one."""
    with pytest.raises(UsageError, match="does not know this token"):
        submit(network, url, notebook, environment={"GRADER_TOKEN": "wrong"})
    with pytest.raises(UsageError, match="There is no token"):
        submit(network, url, notebook, environment={})
    empty = notebook.with_name("empty.ipynb")
    empty.write_bytes(b"")
    with pytest.raises(UnreadableSubmission):
        submit(network, url, empty)
    clock.go_on(days=-2)
    with pytest.raises(UsageError, match="The same is taken from 2026-11-28"):
        submit(network, url, notebook)


def pull(network: Network, url: str, out: Path, **more: object) -> int:
    request = PullRequest(site=url, course="ml", assignment="digits", out=out, quiet=True, **more)  # type: ignore[arg-type]
    return run_pull(request, environment=signed_in_as(network.room, "ines"), surroundings=network.surroundings)


def test_a_class_is_pulled_as_the_folder_that_grade_makes(network: Network, url: str, tmp_path: Path) -> None:
    """A row for everybody, a report for those who have one, the notebooks beside them."""
    graded(network.room, "ada", two(40, 20))
    assert pull(network, url, tmp_path / "class") == 0

    made = tmp_path / "class"
    report = ClassReport.model_validate_json((made / "class.json").read_bytes())
    statuses = {row.student: row.status.value for row in report.students}
    assert statuses == {"ada@example.org": "graded", "bob@example.org": "never_submitted"}
    names = {path.relative_to(made).as_posix() for path in made.rglob("*.*") if ".grader" not in path.parts}
    assert names >= {"class.csv", "class.html", "canvas.csv", "reports/ada@example.org.json"}
    assert "notebooks/ada@example.org.ipynb" in names


def test_only_what_changed_is_fetched_again(network: Network, url: str, tmp_path: Path, clock: StoppedClock) -> None:
    """A report that was made anew, a notebook that is gone."""
    graded(network.room, "ada", two(40, 20))
    attempt = graded(network.room, "bob", two(0, 0))
    pull(network, url, tmp_path)
    assert sum(each.endswith(("/report", "/notebook")) for each in network.asked) == 4

    network.asked.clear()
    clock.go_on(minutes=1)
    with network.room.site.database.begin() as session:
        session.delete(session.get_one(StoredReport, attempt))
    reported(network.room, attempt, two(40, 40))
    pull(network, url, tmp_path)
    assert [each.rpartition("/")[2] for each in network.asked if str(attempt) in each] == ["report"]
    assert sum(each.endswith(("/report", "/notebook")) for each in network.asked) == 1


def test_attempts_that_do_not_count_come_when_they_are_wanted(network: Network, url: str, tmp_path: Path) -> None:
    """In a folder of their own."""
    graded(network.room, "ada", two(40, 20))
    graded(network.room, "ada", two(0, 0))
    pull(network, url, tmp_path, all=True)

    beside = sorted(path.name for path in (tmp_path / "attempts" / "ada@example.org").iterdir())
    assert beside == ["2.ipynb", "2.json"]


def with_its_digest(network: Network, name: str, outcome: Report) -> uuid.UUID:
    """An attempt whose report names the file that was handed in, as every real one does."""
    attempt_id = graded(network.room, name, outcome)
    with network.room.site.database.begin() as session:
        sha256 = session.get_one(Attempt, attempt_id).sha256
        named = outcome.submission.model_copy(update={"sha256": sha256})
        keep_report(
            session,
            attempt_id,
            network.room.revision_id,
            outcome.model_copy(update={"submission": named}),
            network.room.site.now(),
        )
    return attempt_id


def test_marks_are_pulled_and_count_in_every_export(
    network: Network, url: str, tmp_path: Path, clock: StoppedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Site and folder agree to the point; a mark given since is fetched, and with it the report."""
    ada, _ = with_its_digest(network, "ada", written(40, 30)), with_its_digest(network, "bob", written())
    pull(network, url, tmp_path)
    clock.go_on(minutes=1)
    decide(network.room, ada, 15, comment="Good.")
    pull(network, url, tmp_path)
    capsys.readouterr()

    export(ExportRequest(format="canvas", reports=(tmp_path,), output=None, audience="instructor"))

    here = capsys.readouterr()
    with network.room.site.database.read() as session:
        there = export_opening(session, network.room.opening_id, ExportFormat.CANVAS).text
    points = [[line.rpartition(",")[2] for line in table.splitlines()[1:]] for table in (here.out, there)]
    assert points == [["120", "85", ""]] * 2
    assert "warning" not in here.err
    assert "bob@example.org,why,," in (tmp_path / "marks.csv").read_text(encoding="utf-8")


def test_what_somebody_wrote_into_pulled_marks_is_never_overwritten(
    network: Network, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The site's are put beside it, and that is said."""
    attempt_id = with_its_digest(network, "ada", written())
    pull(network, url, tmp_path)
    file = tmp_path / "marks.csv"
    mine = file.read_text(encoding="utf-8").replace("why,,", "why,3,mine")
    file.write_text(mine, encoding="utf-8")
    decide(network.room, attempt_id, 15)
    pull(network, url, tmp_path)

    assert file.read_text(encoding="utf-8") == mine
    assert "why,15," in (tmp_path / "marks.site.csv").read_text(encoding="utf-8")
    assert "left as it is" in capsys.readouterr().err
