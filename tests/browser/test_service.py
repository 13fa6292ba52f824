"""A course as a service in a real browser, against the command as people start it: from the owner's link to the report
that a student reads, and the gradebook that goes to Canvas."""

from __future__ import annotations

import csv
import io
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import select, update

from grader.policy.state import State
from grader.service.store.database import Database
from grader.service.store.tables import Attempt
from tests.browser.conftest import missing
from tests.browser.story import Somebody
from tests.end_to_end.digits import SAMPLE, digits, marked
from tests.service.conftest import made_database
from tests.service.postgres import server
from tests.service.served import GRADER, Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES: Final = ("Ada King", "Bob Stone", "Chen Wei", "Dora Stein", "Émile Zola")
ROSTER: Final = "name,email,student id\n" + "".join(
    f"{name},s{number}@example.org,{number}\n" for number, name in enumerate(NAMES, start=1001)
)
#: not divided by the sum, which the report shows by a small call; it takes a while, so that it can be killed in between
WRONG: Final = digits(softmax=marked("import time\ntime.sleep(1)\ndef my_softmax(z):\n    return np.exp(z)\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A site that is served, and its workers by their process ids, where they are commands of their own."""

    served: Served
    database: str
    workers: dict[int, subprocess.Popen[bytes]]


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    """This repository's course as `make serve` starts it; and on PostgreSQL, with two workers that are commands."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            served_here = stack.enter_context(served(data=tmp_path / "data"))
            yield Running(served=served_here, database=f"sqlite:///{tmp_path / 'data' / 'site.db'}", workers={})
            assert served_here.end(signal.SIGINT) == 0
            return
        if (address := stack.enter_context(server())) is None:
            missing("PostgreSQL")
        url = stack.enter_context(made_database(address, f"grader_browser_{os.getpid()}"))
        served_here = stack.enter_context(served("--no-worker", "--database", url, data=tmp_path / "data"))
        workers = [stack.enter_context(worker(url, tmp_path / f"worker{number}")) for number in (1, 2)]
        for each in workers:
            stack.callback(each.terminate)
        yield Running(served=served_here, database=url, workers={each.pid: each for each in workers})


def worker(url: str, data: Path) -> subprocess.Popen[bytes]:
    """`grader worker` as on a machine of its own, with what it logs beside its folder."""
    command = [*GRADER, "worker", "--database", url, "--data", str(data), "--slots", "1"]
    with data.with_suffix(".log").open("wb") as log:
        return subprocess.Popen(command, stderr=log, stdout=subprocess.DEVNULL)


def test_a_course_from_the_owners_link_to_canvas(site: Running, browser: Browser, axe: str, tmp_path: Path) -> None:
    """The whole story in one, since each part needs what came before. No page that anybody meets has a barrier, in
    either theme, or scrolls sideways on a phone, which is looked at on one database: the pages are the same on both.
    And no browser has anything to complain about."""
    looking = None if site.workers else axe
    owner, student = (Somebody(browser, site.served.address, looking) for _ in range(2))
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "wrong.ipynb").write_bytes(WRONG)

    sign_in(owner, site.served.link)
    course = import_roster(owner, tmp_path / "roster.csv")
    open_digits(owner, course)
    sign_in(student, links(owner, course)["Ada King"])
    hand_in(student, course, SAMPLE)
    student.sees("100 of 100")
    hand_in(student, course, tmp_path / "wrong.ipynb", then=lambda: kill_who_has_it(site))
    student.sees("What changed since attempt 1")
    student.sees("expected")
    look_at_both(owner, course)
    grant_an_extension(owner, course)
    assert_canvas(owner, course)

    owner.goes_to("/site")
    student.goes_to("/account")
    assert owner.barriers + student.barriers == []
    assert owner.complaints + student.complaints == []
    owner.leaves()
    student.leaves()


def kill_who_has_it(site: Running) -> None:
    """Where workers are commands, the one that grades is killed in the middle: then the other has to. Nobody waits here
    until its lease is over."""
    database = Database(site.database)
    running = select(Attempt.id, Attempt.worker).where(Attempt.state == State.RUNNING)
    while site.workers:
        with database.begin() as session:
            if (found := session.execute(running).first()) is None:
                continue
            site.workers[int(str(found.worker).split("-")[-2])].kill()
            session.execute(update(Attempt).where(Attempt.id == found.id).values(lease_until=datetime.now(UTC)))
        break
    database.close()


def sign_in(owner: Somebody, link: str) -> None:
    """By the link that the command prints."""
    owner.goes_to(link)
    owner.presses("Sign in")
    owner.sees("My courses")


def import_roster(owner: Somebody, roster: Path) -> str:
    """The course's address; who is in the file is shown before, and in the course after."""
    owner.follows("Teach")
    course = owner.page.url.removesuffix("/teach")
    owner.follows("People")
    owner.follows("Import a list")
    owner.page.locator("input[type=file]").set_input_files(roster)
    owner.page.locator("form[action$='/preview'] button").click()
    owner.sees("Émile Zola")
    owner.presses("Make this change")
    owner.sees("Ada King")
    return course


def open_digits(owner: Somebody, course: str) -> None:
    """With two attempts more than are needed, and a date long ahead."""
    owner.goes_to(f"{course}/openings")
    owner.goes_to(f"{course}/openings/digits")
    owner.page.get_by_label("Due", exact=True).fill("2099-12-24T23:59")
    owner.presses("Open")
    owner.sees("The assignment is open to the course.")


def links(owner: Somebody, course: str) -> dict[str, str]:
    """The file of links that the students are sent, by name."""
    owner.goes_to(f"{course}/people")
    owner.unfolds("Links to sign in with")
    with owner.page.expect_download() as download:
        owner.page.get_by_role("button", name="Download the links").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    return {row["name"]: row["link"] for row in csv.DictReader(io.StringIO(text))}


def hand_in(student: Somebody, course: str, notebook: Path, *, then: Callable[[], None] = lambda: None) -> None:
    """Choose a file and send it; how far grading has come is told until the report is there."""
    student.goes_to(f"{course}/digits")
    student.page.locator("input[type=file]").set_input_files(notebook)
    student.page.locator("#hand-in button").click()
    student.page.wait_for_url("**/attempts/*")
    then()
    student.page.locator(".report").first.wait_for()
    student.looks()


def look_at_both(owner: Somebody, course: str) -> None:
    """The class, the student, both attempts with their reports; what the checks say of the class."""
    for path in ("teach", "digits/statistics", "queue", "audit", "gradebook", "people"):
        owner.goes_to(f"{course}/{path}")
    owner.follows("Ada King")
    attempts = owner.page.get_by_role("link", name=re.compile("^attempt [12]"))
    addresses = {each.get_attribute("href") for each in attempts.all()}
    assert len(addresses) == 2
    for address in addresses:
        owner.goes_to(address or "")
        owner.sees("Softmax in NumPy")


def grant_an_extension(owner: Somebody, course: str) -> None:
    """To one student, with a reason."""
    owner.goes_to(f"{course}/people")
    owner.follows("Ada King")
    owner.unfolds("Grant an extension")
    owner.page.get_by_label("New due date").fill("2099-12-31T23:59")
    owner.page.get_by_label("Reason").fill("ill")
    owner.page.locator("form[action$='/extensions'] button.primary").click()
    owner.sees("The extension is granted.")
    owner.looks()


def assert_canvas(owner: Somebody, course: str) -> None:
    """The best of both attempts counts."""
    owner.goes_to(f"{course}/gradebook")
    with owner.page.expect_download() as download:
        owner.page.locator("a[href$='/export/digits/canvas']").click()
    rows = list(csv.reader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    (ada,) = (row for row in rows if "Ada King" in " ".join(row))

    assert "100" in ada, rows
