"""The description of the API is true: requests made from it find no failure of ours, and nothing that it leaves out."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import delete

from grader.policy.scopes import Scope
from grader.policy.state import State
from grader.service.people.tokens import new_token
from grader.service.site import Site
from grader.service.store.tables import Person, Role, Token
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, furnish, handed_in

DOCUMENT = "/api/v1/openapi.json"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
#: of an operation, as one role, in one of both ways of making requests
FEW = settings(
    max_examples=3,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def token_of(site: Site, person_id: int | None) -> dict[str, str]:
    """A header with a token of theirs that is good for everything; of nobody, none."""
    if person_id is None:
        return {}
    with site.database.begin() as session:
        _, secret = new_token(session, person_id=person_id, name="tests", scopes=[*Scope], now=site.now())
    return {"Authorization": f"Bearer {secret}"}


def test_requests_made_from_the_document_find_no_fault(site: Site) -> None:
    """Whoever asks, and whatever: an answer of ours is one that the document has, and never a failure."""
    room = furnished(site)
    app = make_app(site)
    # over for good: nobody follows it for long
    places = {"slug": "ml", "assignment": "digits", "attempt_id": str(handed_in(room, "ada", state=State.SUPERSEDED))}
    places |= {"person_id": str(room.people["ada"])}
    people = [None, *(room.people[name] for name in ("ada", "carl", "greta", "ines", "olga"))]
    for result in schemathesis.openapi.from_asgi(DOCUMENT, app).get_all_operations():
        assert isinstance(result, Ok)
        try_out(result.ok(), site, people, places)


def try_out(operation: Any, site: Site, people: list[int | None], places: dict[str, str]) -> None:
    """Requests as the document says they are, and others; half of them of things that are there. Making one takes
    longer than answering it, so everybody sends each."""
    names = {parameter.name for parameter in operation.path_parameters}
    there = {"path_parameters": {name: places[name] for name in names}} if names and names <= places.keys() else {}
    with site.database.begin() as session:
        session.execute(delete(Token))  # nobody may have as many as there are operations
    tokens = [token_of(site, person_id) for person_id in people]
    for mode in GenerationMode:

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode, **there))
        def asked(case: Case[Any]) -> None:
            for token in tokens:
                case.call_and_validate(headers=token, checks=CHECKS)

        with suppress(Unsatisfiable):  # nothing in it could be wrong
            asked()


def furnished(site: Site) -> Classroom:
    """A course with everybody in it; olga owns the site."""
    people = {"ines": Role.INSTRUCTOR, "greta": Role.GRADER, "ada": Role.STUDENT, "carl": Role.CI, "olga": Role.OWNER}
    room = furnish(site, people=people)
    with site.database.begin() as session:
        session.get_one(Person, room.people["olga"]).owns_site = True
    return room
