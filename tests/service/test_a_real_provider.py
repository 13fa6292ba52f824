"""Signing in by a provider of OpenID Connect that is not ours: npm's oidc-provider, in a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs, urljoin

import httpx2
import pytest
from sqlalchemy import select

from grader.service.site import Site
from grader.service.store.tables import Identity, Membership, Person, Role
from grader.service.web.app import make_app
from grader.service.web.claims import GroupRole, Provider
from grader.service.web.providers import Providers
from tests.service.classroom import browser, furnish
from tests.service.clock import StoppedClock

MODULES = Path(__file__).parents[2] / ".venv" / "node" / "node_modules"
BACK, OUT = "http://testserver/sign-in/school/back", "http://testserver/sign-in"


class Listening(BaseHTTPRequestHandler):
    """Where its machine says that sessions are over."""

    heard: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:  # what Python calls
        self.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_given: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def ears() -> Iterator[str]:
    """The address of that."""
    with HTTPServer(("127.0.0.1", 0), Listening) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def school(ears: str) -> Iterator[Provider]:
    """Where it is, as a site names it. Skips without Node or its package; in CI that is a failure."""
    node = shutil.which("node")
    if node is None or not (MODULES / "oidc-provider").is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("needs Node and oidc-provider: CI=true sh .ci/setup")
    command = [node, str(Path(__file__).with_name("real_provider.mjs")), str(MODULES), BACK, OUT, ears]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        port = process.stdout.readline().strip()
        assert port.isdecimal()
        yield Provider(
            id="school",
            title="School",
            issuer=f"http://127.0.0.1:{port}",
            client_id="us",
            client_secret="a secret",  # of a provider that lasts as long as this test
            emails_of=("example.org",),
            scopes="openid profile email groups",
            group=(GroupRole(group="assistants", course="ml", role=Role.GRADER),),
            new_accounts=True,
        )
        process.stdin.close()


@pytest.fixture
def there() -> Iterator[httpx2.Client]:
    """A browser on the provider's pages."""
    with httpx2.Client() as client:
        yield client


def signed_in_there(client: httpx2.Client, address: str, name: str) -> str:
    """What somebody does on the provider's pages: says who they are, agrees, and is sent back to this address."""
    answer = client.get(address)
    while not (to := urljoin(str(answer.url), answer.headers.get("Location", ""))).startswith(BACK):
        if answer.is_redirect:
            answer = client.get(to)
            continue
        prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
        assert prompt is not None, answer.text
        said = {"prompt": prompt[1], "login": name, "password": "any"}
        answer = client.post(str(answer.url), data=said)
    return to


@pytest.mark.parametrize(("name", "role"), [("ada", Role.STUDENT), ("nora", Role.GRADER)])
def test_somebody_signs_in_by_a_provider_that_is_not_ours(
    on_sqlite: Site, school: Provider, there: httpx2.Client, name: str, role: Role
) -> None:
    """Ada is on the roster by the address that it vouches for, and stays a student; Nora is what her group is here."""
    room = furnish(on_sqlite)
    client = browser(make_app(on_sqlite, sign_in_by=Providers({"school": school})))
    sent = client.get("/sign-in/school", params={"next": "/courses/ml"}).headers["Location"]
    answer = client.get(signed_in_there(there, sent, name))

    assert (answer.status_code, answer.headers.get("Location")) == (303, "/courses/ml")
    assert client.get("/courses/ml").status_code == 200
    with on_sqlite.database.read() as session:
        person = session.scalars(select(Person).join(Identity, Identity.person_id == Person.id)).one()
        asked = select(Membership.role).where(Membership.person_id == person.id)
        assert session.scalar(asked) == role
        assert (person.id == room.people["ada"]) == (name == "ada")


def test_its_way_out_is_one_that_it_takes(on_sqlite: Site, school: Provider) -> None:
    """It knows us and where we want people back."""
    furnish(on_sqlite)
    client = browser(make_app(on_sqlite, sign_in_by=Providers({"school": school})))
    there = client.get("/sign-out/school").headers["Location"]

    assert there.startswith(school.issuer)
    assert httpx2.get(there).status_code == 200


def test_whoever_signs_out_there_is_signed_out_here(
    on_sqlite: Site, clock: StoppedClock, school: Provider, there: httpx2.Client
) -> None:
    """It knows by what it signed whose session is meant, and its machine tells ours."""
    furnish(on_sqlite)
    clock.moment = datetime.now(UTC)
    app = make_app(on_sqlite, sign_in_by=Providers({"school": school}))
    stays, leaves = browser(app), browser(app)
    for client in (stays, leaves):
        client.get(signed_in_there(there, client.get("/sign-in/school").headers["Location"], "ada"))
    leaves.post("/sign-out")
    assert stays.get("/account").status_code == 200

    asks = there.get(leaves.get("/sign-out/school").headers["Location"])
    form = dict(re.findall(r'name="(xsrf|logout)" value="(\w+)"', asks.text))
    done = there.post(f"{school.issuer}/session/end/confirm", data=form | {"logout": "yes"})
    assert done.headers["Location"].startswith(OUT)
    for word in Listening.heard:
        assert stays.post("/signed-out/school", data=parse_qs(word.decode())).status_code == 200
    assert stays.get("/account").status_code == 303
