"""Learning platforms as a site's owner registers them: by page, by command, by the API, and by themselves."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from typer.testing import CliRunner

from grader.cli.staff import staff_app
from grader.errors import UsageError
from grader.service.lti.platform_keys import PlatformKeys
from grader.service.lti.platforms import Registration, platforms, put_platform
from grader.service.lti.registering import PLATFORM, TOOL, Asked, NotRegistered, register
from grader.service.lti.short_answers import NoShortAnswer, ask
from grader.service.people.accounts import new_person
from grader.service.people.audit import Actor
from grader.service.people.sessions import begin_session
from grader.service.site import Site
from grader.service.store.lti_tables import LtiPlatform
from grader.service.web.app import make_app
from tests.service.classroom import browser
from tests.service.launched import attribute

MOODLE = {
    "title": "Moodle",
    "issuer": "https://moodle.example.org",
    "client_id": "abc",
    "auth_url": "https://moodle.example.org/mod/lti/auth.php",
    "token_url": "https://moodle.example.org/mod/lti/token.php",
    "keys_url": "https://moodle.example.org/mod/lti/certs.php",
}


def owner(site: Site, app: FastAPI | None = None) -> TestClient:
    with site.database.begin() as session:
        person = new_person(session, name="Olga", email=None, owns_site=True, now=site.now())
        secret = begin_session(session, person.id, agent="t", now=site.now())
    return browser(app or make_app(site), secret)


def known(site: Site) -> list[tuple[str, str, tuple[str, ...]]]:
    with site.database.read() as session:
        return [(each.platform.issuer, each.platform.client_id, each.deployments) for each in platforms(session)]


def test_an_owner_registers_a_platform_on_a_page(on_sqlite: Site) -> None:
    """Its deployments one to a line, and more of them later; taken away, it is listed no more."""
    client = owner(on_sqlite)
    assert client.post("/site/platforms", data=MOODLE | {"deployments": "1\n 2 \n\n"}).status_code == 303
    client.post("/site/platforms/deployment", data={"platform_id": 1, "deployment": "3"})
    assert known(on_sqlite) == [("https://moodle.example.org", "abc", ("1", "2", "3"))]
    assert "https://moodle.example.org" in client.get("/site/platforms").text
    client.post("/site/platforms/remove", data={"platform_id": 1})
    assert known(on_sqlite) == []


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "moodle"},
        {"auth_url": "http://moodle.example.org/auth"},
        {"keys_url": "https://user@moodle.example.org/"},
        {"token_url": "javascript:alert(1)"},
        {"client_id": "a b"},
        {"client_id": ""},
        {"issuer": "https://moodle.example.org/#x"},
        {"deployments": "ü"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_no_platform_is_called_is_refused_in_words(on_sqlite: Site, change: dict[str, str]) -> None:
    """And what was typed stands there still."""
    answer = owner(on_sqlite).post("/site/platforms", data=MOODLE | change)
    assert (answer.status_code, known(on_sqlite)) == (422, [])
    assert 'value="Moodle"' in answer.text


def test_programs_of_an_owner_do_the_same(on_sqlite: Site) -> None:
    """By the API: said twice it is one, said anew it is as it was said last."""
    client = owner(on_sqlite)
    for title in ("Moodle", "Moodle of the school"):
        put = client.put("/api/v1/platforms", json=MOODLE | {"title": title, "deployments": ["1"]})
        assert put.status_code == 200
    assert [each["title"] for each in client.get("/api/v1/platforms").json()] == ["Moodle of the school"]
    assert client.delete("/api/v1/platforms/1").status_code == 204
    assert client.get("/api/v1/platforms").json() == []


def said(site: Site, *line: str) -> str:
    result = CliRunner().invoke(staff_app, ["site", "lti", *line, "--data", str(site.data)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_whoever_runs_the_machine_does_it_by_command(on_sqlite: Site) -> None:
    """And reads what to type at the platform."""
    options = {name: value for name, value in MOODLE.items() if name != "title"} | {"deployment": "1"}
    line = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", value)]
    told = said(on_sqlite, "add", *line, "--address", "https://grader.example")
    assert "https://grader.example/lti/login" in told
    assert "client id abc" in said(on_sqlite, "list")
    said(on_sqlite, "remove", "1")
    assert said(on_sqlite, "list") == "No platform may send people here.\n"
    with pytest.raises(UsageError):
        said(on_sqlite, "remove", "1")
    assert "made" in said(on_sqlite, "keys", "--rotate")
    assert said(on_sqlite, "courses") == "No course of a platform is connected.\n"
    with pytest.raises(UsageError):
        said(on_sqlite, "disconnect", "1")


def platform(asked: list[Any], **wrong: Any) -> httpx2.MockTransport:
    """A platform that registers tools."""
    here = "https://lms.example"

    def answered(request: httpx2.Request) -> httpx2.Response:
        asked.append((request.url.path, request.headers.get("Authorization"), json.loads(request.content or b"null")))
        if request.url.path == "/nested":
            return httpx2.Response(200, content=b"[" * 200_000)
        if request.method == "GET":
            about = {"authorization_endpoint": "auth", "token_endpoint": "token", "jwks_uri": "jwks"}
            urls = {name: f"{here}/{path}" for name, path in {**about, "registration_endpoint": "register"}.items()}
            return httpx2.Response(200, content=json.dumps({"issuer": here} | urls | wrong))
        return httpx2.Response(200, json={"client_id": "given", TOOL: {"deployment_id": "7"}})

    return httpx2.MockTransport(answered)


def registering(site: Site, **wrong: Any) -> tuple[TestClient, dict[str, str], list[Any]]:
    """Whoever runs the platform, with the link that an owner made."""
    asked: list[Any] = []
    app = make_app(site, platform_keys=PlatformKeys(transport=platform(asked, **wrong)))
    link = attribute(owner(site, app).post("/site/platforms/link").text, 'name="link" type="text" value')
    form = {"openid_configuration": "https://lms.example/config", "registration_token": "secret"}
    return browser(app), form | {"key": str(httpx2.URL(link).params["key"])}, asked


def test_a_platform_registers_itself_once(on_sqlite: Site) -> None:
    """By an owner's link: looking at it registers nothing, and whoever comes second finds it used."""
    client, form, asked = registering(on_sqlite)
    assert client.get("/lti/register", params=form).status_code == 200
    assert (asked, known(on_sqlite)) == ([], [])
    assert [client.post("/lti/register", data=form).status_code for _ in range(2)] == [200, 404]
    assert known(on_sqlite) == [("https://lms.example", "given", ("7",))]
    assert [path for path, _, _ in asked] == ["/config", "/register"]
    assert asked[1][1] == "Bearer secret"
    assert asked[1][2]["jwks_uri"].endswith("/lti/keys")


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://evil.example"},
        {"registration_endpoint": "http://lms.example/register"},
        {"jwks_uri": None},
        {"token_endpoint": "http://127.0.0.1:5432/"},
        {"registration_endpoint": "https://lms.example/nested"},
    ],
    ids=lambda wrong: ", ".join(map(str, *wrong.items())),
)
def test_a_platform_that_says_something_odd_is_not_registered(on_sqlite: Site, wrong: dict[str, Any]) -> None:
    """Another's issuer, an address without encryption, none at all, one on the site's own machine."""
    client, form, _ = registering(on_sqlite, **wrong)
    assert client.post("/lti/register", data=form).status_code == 502
    assert known(on_sqlite) == []


@pytest.mark.parametrize("is_removed", [False, True], ids=["in use", "taken away"])
def test_a_link_changes_no_platform_that_is_registered(on_sqlite: Site, *, is_removed: bool) -> None:
    """Another school at the same host, or one that was taken away: who has the link would sign as its people."""
    said = Registration(
        title="School",
        issuer="https://lms.example",
        client_id="given",
        auth_url="https://lms.example/a",
        token_url="https://lms.example/t",  # an address
        jwks_url="https://lms.example/school/keys",
    )
    with on_sqlite.database.begin() as session:
        row = put_platform(session, said, actor=Actor(person_id=None), now=on_sqlite.now())
        assert isinstance(row, LtiPlatform)
        row.removed_at = on_sqlite.now() if is_removed else None
        platform_id = row.id
    client, form, _ = registering(on_sqlite)
    assert client.post("/lti/register", data=form).status_code == 502
    with on_sqlite.database.read() as session:
        after = session.get_one(LtiPlatform, platform_id)
        assert (after.jwks_url, after.removed_at is not None) == (said.jwks_url, is_removed)


@pytest.mark.parametrize("token", ["schlüssel", "a\r\nHost: elsewhere"])
def test_a_token_that_no_header_takes_registers_nothing(on_sqlite: Site, token: str) -> None:
    """Whoever opens the link says what it is."""
    client, form, asked = registering(on_sqlite)
    assert client.post("/lti/register", data=form | {"registration_token": token}).status_code == 502
    assert ([path for path, _, _ in asked], known(on_sqlite)) == (["/config"], [])


def test_what_a_platform_calls_its_kind_is_kept_as_text(site: Site) -> None:
    """As any database takes it."""
    about = {"product_family_code": "mo\0od\ud800le"}
    client, form, _ = registering(site, **{PLATFORM: about})
    assert client.post("/lti/register", data=form).status_code == 200


@pytest.mark.parametrize("where", ["https://lms.example:99999/", f"https://{'a' * 64}.example/"])
def test_an_address_that_leads_nowhere_is_no_fault_of_ours(where: str) -> None:
    """Whatever the library has against it."""
    with pytest.raises(NoShortAnswer):
        ask("GET", where, seconds=1, headers={})


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1:9000/",
        "https://localhost/",
        "https://localhost./",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest",
        "https://[::ffff:169.254.169.254]/latest",
    ],
)
def test_a_site_asks_nothing_of_its_own_machine_for_who_has_a_link(where: str) -> None:
    """What listens there alone is for nobody else; but for a site that is tried there."""
    asked: list[Any] = []
    for address in ("https://grader.example", "http://127.0.0.1:8000"):
        with pytest.raises(NotRegistered):
            register(Asked(configuration=where), address=address, name="Grader", transport=platform(asked))
    assert len(asked) == 1


def test_nobody_registers_a_platform_without_an_owners_link(on_sqlite: Site) -> None:
    """Whatever they make up."""
    client, form, asked = registering(on_sqlite)
    assert client.post("/lti/register", data=form | {"key": "made-up"}).status_code == 404
    assert asked == []
