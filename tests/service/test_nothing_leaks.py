"""What reaches nobody: hidden checks no student, secrets no log and no page, what people write no browser as markup."""

from __future__ import annotations

import asyncio
import io
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from sqlalchemy import delete, update

from grader.course.assignment import Visibility
from grader.message import prose
from grader.report.report import CheckResult, Counterexample, Report, Shown, Verdict
from grader.service.operations.logs import Log
from grader.service.people import accounts
from grader.service.site import Site
from grader.service.store.tables import Attempt, Course, Membership, Person, Section, StoredReport
from grader.service.web.app import make_app
from grader.service.web.lti.launching import NUMBER
from tests.service.callers import HERE, THERE, World, populated
from tests.service.classroom import browser
from tests.service.grading import reported
from tests.service.test_every_route import one_by_one, routes, safe
from tests.unit.reports import check, exercise, report

#: what stands in hidden checks alone: each a word that stands nowhere else
CANARIES = (
    "canary_id",
    "canary title",
    "canary message",
    "canary hint",
    "canary_call",
    "canary value",
    "canary wanted",
)
ACCEPTED = ("text/html", "application/json")
PLANTED = "<img src=x onerror=alert(1)>"


def canary(verdict: Verdict, visibility: Visibility) -> CheckResult:
    return check(
        f"canary_id_{visibility}",
        verdict,
        visibility=visibility,
        title="canary title",
        message=prose("canary message"),
        hint=prose("canary hint"),
        counterexample=Counterexample(
            call="canary_call(1)",
            inputs=(Shown(text="canary value", type="str"),),
            got=Shown(text="canary value", type="str"),
            expected=Shown(text="canary wanted", type="str"),
        ),
    )


def with_canaries(verdict: Verdict = Verdict.FAILED) -> Report:
    hidden = [canary(verdict, each) for each in (Visibility.HIDDEN, Visibility.AFTER_DUE, Visibility.AFTER_PUBLISHED)]
    notices = (prose("canary message"),)
    return report(exercise(check("open"), *hidden, id="my_softmax", withheld_notices=notices), exercise(check("b")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one route answered."""

    path: str
    kind: str
    text: str


def everything(world: World, who: str, course: str = HERE) -> list[Answer]:
    """All that somebody is answered by every route that is looked at, as a page and as data, its headers included."""
    return asyncio.run(_everything(world, make_app(world.site), who, course))


async def _everything(world: World, app: FastAPI, who: str, course: str) -> list[Answer]:
    paths = [route.of(world, course) for route in safe(routes(app))]
    paths += [f"/courses/{course}/digits?since={world.attempts[course]}", "/nothing", "/attempts/none"]
    asked = [(path, {"Accept": accept}) for path in paths for accept in ACCEPTED]
    asked += [(path, {}) for path in _streams(world, course)]  # of an attempt that is graded a stream ends by itself
    found = []
    async with one_by_one(world, app, who, raises=True) as client:
        for path, headers in asked:
            answer = await client.get(path, headers=headers)
            text = f"{dict(answer.headers)}\n{answer.text}"
            found.append(Answer(path=path, kind=answer.headers.get("content-type", ""), text=text))
    return found


def _streams(world: World, course: str) -> list[str]:
    return [f"/attempts/{world.attempts[course]}/events", f"/api/v1/attempts/{world.attempts[course]}/events"]


def regraded(world: World, outcome: Report) -> None:
    """The students' attempts have this report instead."""
    attempt_id = world.attempts[HERE]
    with world.site.database.begin() as session:
        session.execute(delete(StoredReport).where(StoredReport.attempt_id == attempt_id))
    reported(world.here, attempt_id, outcome)


def leaks(answers: list[Answer]) -> list[str]:
    return sorted({f"{each.path}: {word}" for each in answers for word in CANARIES if word in each.text})


@pytest.mark.parametrize(
    "who", ["the student whose it is", "another student of the course", "a student's token for everything", "nobody"]
)
def test_hidden_checks_reach_no_student(on_sqlite: Site, who: str) -> None:
    """In no page, no data, no stream of events, no header and no error, for nobody who is not staff."""
    world = populated(on_sqlite)
    regraded(world, with_canaries())
    assert leaks(everything(world, who)) == []


def test_what_is_searched_for_is_there_to_be_found(on_sqlite: Site) -> None:
    """Were the search to look in the wrong place, the test above would hold of nothing."""
    world = populated(on_sqlite)
    regraded(world, with_canaries())
    found = leaks(everything(world, "an instructor"))
    assert {line.partition(": ")[2] for line in found} == set(CANARIES)
    assert any(line.startswith("/api/") for line in found)


def test_nothing_that_a_student_is_answered_differs_by_what_is_hidden(on_sqlite: Site) -> None:
    """Passed, failed or raised: the same bytes, so that neither a word nor a length tells."""
    world = populated(on_sqlite)
    told: list[Mapping[str, str]] = []
    for verdict in (Verdict.PASSED, Verdict.FAILED):
        regraded(world, with_canaries(verdict))
        answers = everything(world, "the student whose it is")
        told.append({each.path + each.kind: without_names(each.text) for each in answers})
    assert [path for path in told[0] if told[0][path] != told[1][path]] == []


def without_names(text: str) -> str:
    """An answer without what each answer has of its own: the name of the request, the key of a form."""
    for name in re.findall(r"'x-request-id': '(\w+)'", text):
        text = text.replace(name, "").replace(name[:NUMBER], "")
    return re.sub(r"name=\"key\" value=\"[^\"]+\"", "", text)


def test_others_work_is_nowhere_in_what_a_student_is_answered(on_sqlite: Site) -> None:
    """Neither their names nor the ids, digests and receipts of what they handed in."""
    world = populated(on_sqlite)
    with on_sqlite.database.begin() as session:
        attempt = session.get_one(Attempt, world.attempts[HERE])
        theirs = [str(attempt.id), attempt.id.hex, attempt.sha256, "Ada", "ada@example.org"]
    for who in ("another student of the course", "a student of another course", "nobody"):
        answers = [each for each in everything(world, who) if str(attempt.id) not in each.path]
        assert [each.path for each in answers if any(word in each.text for word in theirs)] == []
    assert any(theirs[0] in each.text for each in everything(world, "an instructor"))


@pytest.mark.parametrize("who", ["an owner of the site", "an instructor", "the student whose it is"])
def test_what_people_write_is_never_markup(on_sqlite: Site, who: str) -> None:
    """Names, titles, sections, numbers and file names: on every page they are text."""
    world = populated(on_sqlite)
    with on_sqlite.database.begin() as session:
        section = Section(course_id=world.here.course_id, name=PLANTED)
        session.add(section)
        session.flush()
        session.execute(update(Person).values(name=PLANTED))
        session.execute(update(Course).values(title=PLANTED))
        session.execute(update(Membership).values(section_id=section.id, number=PLANTED))
        session.execute(update(Attempt).values(filename=f'{PLANTED}"\r\nX: y.ipynb'))
    pages = [each for each in everything(world, who) if each.kind.startswith("text/html")]
    assert [each.path for each in pages if "<img src=x" in each.text] == []
    assert any("&lt;img src=x" in each.text for each in pages)


def test_a_file_is_handed_back_as_a_file(on_sqlite: Site) -> None:
    """Whatever it is called and whatever is in it, a browser stores it and shows nothing."""
    world = populated(on_sqlite)
    with on_sqlite.database.begin() as session:
        session.execute(update(Attempt).values(filename='../../a"\r\nSet-Cookie: x=y\r\n<b>.html'))
    client = world.client(make_app(on_sqlite), "the student whose it is")
    for path in (f"/attempts/{world.attempts[HERE]}/file", f"/api/v1/attempts/{world.attempts[HERE]}/notebook"):
        headers = client.get(path).headers
        assert headers["Content-Disposition"].startswith("attachment")
        assert "html" not in headers["Content-Type"]
        assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/courses/..%2f..%2fetc/passwd",
        "/courses/%2e%2e",
        "/attempts/..%2f..%2fsite.db/file",
        "/courses/ml/..%2fteach",
        "/courses/ml/%00",
    ],
)
def test_no_path_leads_out_of_its_folder(on_sqlite: Site, path: str) -> None:
    """There is nothing there."""
    world = populated(on_sqlite)
    assert world.client(make_app(on_sqlite), "an owner of the site").get(path).status_code == 404


def test_no_secret_is_in_the_log(on_sqlite: Site) -> None:
    """Neither a password, right or wrong, nor a link, a token or a session: requests are known by their routes."""
    world, written = populated(on_sqlite), io.StringIO()
    with on_sqlite.database.begin() as session:
        link = accounts.sign_in_link(session, world.here.people["ada"], on_sqlite.now())
    client = browser(make_app(on_sqlite, log=Log(written)))
    token = world.secrets["a token that may read"]
    client.get(f"/link/{link}")
    client.post(f"/link/{link}")
    client.post("/sign-in?password=in+the+query", data={"email": "ada@example.org", "password": "hunter2"})
    client.get("/api/v1/courses", headers={"Authorization": f"Bearer {token}"})
    client.get(f"/link/{link}?next=/link/{link}")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len(lines) == 5
    told = written.getvalue()
    secrets = (link, token, "hunter2", "in+the+query", client.cookies["grader_session"], "ada@example.org")
    assert [secret for secret in secrets if secret in told] == []


def test_no_secret_is_on_a_page(on_sqlite: Site) -> None:
    """Not even on one's own, and not for an owner: tokens, sessions and passwords are kept as digests."""
    world = populated(on_sqlite)
    with on_sqlite.database.begin() as session:
        session.execute(update(Person).values(password="$argon2id$canary"))
    for who in ("an owner of the site", "an instructor"):
        told = "".join(each.text for each in everything(world, who))
        assert "$argon2id" not in told
        assert [name for name, secret in world.secrets.items() if secret in told] == []


def test_a_thing_that_is_not_there_and_one_of_somebody_else_are_told_alike(on_sqlite: Site) -> None:
    """Word for word: nobody learns by trying what there is."""
    world = populated(on_sqlite)
    client = world.client(make_app(on_sqlite), "another student of the course")
    for path in ("/attempts/{}", "/api/v1/attempts/{}", "/api/v1/attempts/{}/report", "/attempts/{}/file"):
        ids = [str(world.attempts[HERE]), str(uuid.uuid4())]
        theirs, none = (client.get(path.format(each)) for each in ids)
        assert theirs.status_code == none.status_code == 404
        assert theirs.text.replace(ids[0], "") == none.text.replace(ids[1], "")
    assert client.get(f"/courses/{THERE}").text == client.get("/courses/unheard").text.replace("unheard", THERE)
