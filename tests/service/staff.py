"""What tests of staff's pages share: the lively course, who looks at it, what a page says without its frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event, select
from starlette.testclient import TestClient

from grader.service.site import Site
from grader.service.store.tables import Attempt, Audit
from grader.service.web.app import make_app
from tests.service.classroom import Classroom, signed_in

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def at_desk(room: Classroom, name: str = "ines", *, language: str = "en", fails: bool = True) -> TestClient:
    """A browser of that person's, which asks for that language. `fails`: an error of ours is raised, not answered."""
    app = make_app(room.site)
    browser = signed_in(app, room, name)
    if not fails:
        cookies = dict(browser.cookies)
        browser = TestClient(
            app, cookies=cookies, headers=dict(browser.headers), follow_redirects=False, raise_server_exceptions=False
        )
    browser.headers["Accept-Language"] = language
    return browser


def main_of(page: str) -> str:
    """What stands in a page's frame, with attempts numbered in the order in which they occur."""
    inner = page[page.index("<main") : page.index("</main>") + len("</main>")]
    ids = list(dict.fromkeys(_UUID.findall(inner)))
    for number, known in enumerate(ids, 1):
        inner = inner.replace(known, f"ATTEMPT-{number}")
    return inner + "\n"


def attempt_of(room: Classroom, name: str, number: int = 1) -> Attempt:
    """That attempt, as it is now."""
    asked = select(Attempt).where(
        Attempt.person_id == room.people[name], Attempt.number == number, Attempt.opening_id == room.opening_id
    )
    with room.site.database.read() as session:
        return session.scalars(asked).one()


def actions(site: Site) -> list[str]:
    """What the trail says was done, in order."""
    with site.database.read() as session:
        return list(session.scalars(select(Audit.action).order_by(Audit.id)))


@contextmanager
def counted_queries(site: Site) -> Iterator[list[str]]:
    """Gathers the questions that are put to the database."""
    asked: list[str] = []

    def heard(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    event.listen(site.database.engine, "before_cursor_execute", heard)
    try:
        yield asked
    finally:
        event.remove(site.database.engine, "before_cursor_execute", heard)
