"""The description of the API is true: requests made from it find no failure of ours, and nothing that it leaves out."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from grader.policy.scopes import Scope
from grader.policy.state import State
from grader.service.people.tokens import new_token
from grader.service.site import Site
from grader.service.store.tables import Person, Role, Token
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, furnish, handed_in

DOCUMENT = "/api/v1/openapi.json"
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
    from tests.service.made_requests import operations, try_out

    room = furnished(site)
    app = make_app(site)
    # over for good: nobody follows it for long
    places = {"slug": "ml", "assignment": "digits", "attempt_id": str(handed_in(room, "ada", state=State.SUPERSEDED))}
    places |= {"person_id": str(room.people["ada"])}
    people = [None, *(room.people[name] for name in ("ada", "carl", "greta", "ines", "olga"))]
    for operation in operations(app, DOCUMENT):
        with site.database.begin() as session:
            session.execute(delete(Token))  # nobody may have as many as there are operations
        try_out(operation, places, [token_of(site, person_id) for person_id in people])


def furnished(site: Site) -> Classroom:
    """A course with everybody in it; olga owns the site."""
    people = {"ines": Role.INSTRUCTOR, "greta": Role.GRADER, "ada": Role.STUDENT, "carl": Role.CI, "olga": Role.OWNER}
    room = furnish(site, people=people)
    with site.database.begin() as session:
        session.get_one(Person, room.people["olga"]).owns_site = True
    return room
