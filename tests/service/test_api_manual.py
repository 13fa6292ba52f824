"""The page of the API's documentation: everything the document has, with examples that are obeyed."""

from __future__ import annotations

import html
import json
import re
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from grader.policy.scopes import Scope
from grader.service.people.tokens import new_token
from grader.service.site import Site
from grader.service.store.tables import Person
from grader.service.web.api.document import document
from grader.service.web.app import make_app
from grader.service.web.manual.examples import example
from tests.service.classroom import Classroom, furnish

WITH_JSON = 24


def described(site: Site) -> dict[str, Any]:
    """The document."""
    return document(make_app(site))


def test_every_operation_stands_on_the_page_with_its_command(on_sqlite: Site) -> None:
    """For everybody, without script; where a method is not what curl takes by itself, the command names it."""
    page = html.unescape(TestClient(make_app(on_sqlite)).get("/api").text)
    operations = [
        (method, path, each) for path, known in described(on_sqlite)["paths"].items() for method, each in known.items()
    ]
    commands = dict(re.findall(r'aria-label="curl: (\w+)"><code>(.*?)</code>', page, re.DOTALL))

    assert commands.keys() == {each["operationId"] for _, _, each in operations}
    assert [path for _, path, _ in operations if f"<code>{path}</code>" not in page] == []
    for method, _, each in operations:
        command = commands[each["operationId"]]
        by_itself = "post" if "requestBody" in each else "get"
        assert (f"--request {method.upper()}" in command) == (method != by_itself)
        assert ("~/.grader-curl" in command) == (each["security"] != [])
    assert "<style" not in page


@pytest.fixture
def room(on_sqlite: Site) -> Classroom:
    """A course whose first people are those that examples name."""
    return furnish(on_sqlite)


def test_an_example_is_one_that_the_api_takes(on_sqlite: Site, room: Classroom) -> None:
    """Perhaps not now, and never as invalid."""
    read, tried = described(on_sqlite), []
    with on_sqlite.database.begin() as session:
        session.get_one(Person, room.people["ines"]).owns_site = True
        _, secret = new_token(
            session, person_id=room.people["ines"], name="tests", scopes=[*Scope], now=on_sqlite.now()
        )
    client = TestClient(make_app(on_sqlite), headers={"Authorization": f"Bearer {secret}"})
    for path, methods in read["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if content is None:
                continue
            body = json.dumps(example(read, content["schema"]))
            at = path.replace("{slug}", "ml").replace("{assignment}", "digits")
            at = at.replace("{attempt_id}", str(UUID(int=1)))
            at = re.sub(r"{\w+_id}", str(room.people["ada"]), at)
            answer = client.request(method, at, content=body, headers={"Content-Type": "application/json"})
            tried.append((at, answer.json().get("type", "")))

    assert len(tried) == WITH_JSON
    assert [each for each in tried if each[1] == "/problems/invalid"] == []
