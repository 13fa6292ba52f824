"""Every route there is, asked by everybody there is, about their own things and others'."""

from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any, Final

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from httpx2 import ASGITransport, AsyncClient, Response
from sqlalchemy import event
from starlette.routing import Mount

from grader.message import literal
from grader.service.site import Site
from grader.service.store.tables import Membership, Role
from grader.service.web import access
from grader.service.web.app import PARTS, make_app
from grader.service.web.problems import Problem
from grader.service.web.security.origins import FROM_PLATFORMS
from tests.service.callers import ALLOWED, EVERYBODY, HERE, RULES, THERE, World, populated, promised

#: what is there for everybody, and has nothing to rule
WITHOUT_A_RULE: Final = {"/static"}
SAFE: Final = {"GET", "HEAD"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route of the application, with the rules it depends on."""

    method: str
    path: str
    rules: tuple[object, ...]

    def of(self, world: World, course: str) -> str:
        """Its path with everything in it filled in: a thing of that course."""
        known = {
            "slug": course,
            "assignment": "digits",
            "attempt_id": str(world.attempts[course]),
            "person_id": str(world.here.people["ada"]),
            "exercise": "my_softmax",
        }
        return re.sub(r"{(\w+)(:\w+)?}", lambda found: known.get(found[1], "1"), self.path)


def routes(app: FastAPI | APIRouter) -> list[Route]:
    """All of them, from the application itself; what is mounted has a method of its own."""
    found = []
    for route in iter_route_contexts(app.routes):
        dependant: Dependant | None = getattr(route, "dependant", None)
        rules = tuple(_rules(dependant)) if dependant is not None else ()
        methods = sorted(route.methods or {"MOUNTED"})
        found += [Route(method=method, path=str(route.path), rules=rules) for method in methods]
    return found


def _rules(dependant: Dependant) -> Iterator[object]:
    for each in dependant.dependencies:
        if type(each.call).__module__ == access.__name__:
            yield each.call
        yield from _rules(each)


def unruled(app: FastAPI) -> list[str]:
    return [
        f"{route.method} {route.path}"
        for route in routes(app)
        if len(route.rules) != 1 and route.path not in WITHOUT_A_RULE
    ]


def stopped(app: FastAPI) -> FastAPI:
    """The application, each of whose routes ends with `ALLOWED` where its rule lets somebody in: nothing is done."""
    app.router.routes[:] = _stopped_parts().routes
    return app


@cache
def _stopped_parts() -> APIRouter:
    stopping = {rule: _stopping(rule) for route in routes(PARTS) for rule in route.rules if callable(rule)}
    parts = APIRouter(dependency_overrides_provider=SimpleNamespace(dependency_overrides=stopping))
    parts.include_router(PARTS)
    return parts


@cache
def _stopping(rule: Callable[..., Any]) -> Callable[..., Any]:
    waits = inspect.iscoroutinefunction(type(rule).__call__)

    async def stop(**given: Any) -> None:
        await (rule(**given) if waits else run_in_threadpool(rule, **given))
        raise Problem(ALLOWED, "allowed", literal("allowed"))

    stop.__signature__ = inspect.signature(rule, eval_str=True)  # type: ignore[attr-defined]  # what FastAPI reads
    return stop


def one_by_one(world: World, app: FastAPI, who: str, *, raises: bool = False) -> AsyncClient:
    """Their browser or program, without the thread that the other client starts for each request."""
    like = world.client(app, who)
    transport = ASGITransport(app=app, raise_app_exceptions=raises)
    return AsyncClient(transport=transport, base_url=like.base_url, headers=like.headers, cookies=like.cookies)


async def asked_one_by_one(
    world: World, app: FastAPI, who: str, asked: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """What they are told for each method and path."""
    async with one_by_one(world, app, who) as client:
        return {(method, path): told(await client.request(method, path)) for method, path in asked}


def told(answer: Response) -> int:
    """The status; that of a browser that is sent to sign in is 401."""
    is_sent = answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in?next=")
    return 401 if is_sent else answer.status_code


def test_no_route_is_made_twice() -> None:
    """A router that includes others makes each of their routes once more, for a tenth of a site's start."""
    assert {type(route) for route in PARTS.routes} == {APIRoute, Mount}


def test_every_route_has_one_rule(on_sqlite: Site) -> None:
    """And all of them are known to the promises of these tests."""
    app = make_app(on_sqlite)
    assert unruled(app) == []
    assert {type(rule) for route in routes(app) for rule in route.rules} <= set(RULES)
    assert len(routes(app)) > 60


def test_a_new_route_without_a_rule_is_found(on_sqlite: Site) -> None:
    """However it comes in: on its own, with a router, in an application that is mounted."""
    app, router, mounted = make_app(on_sqlite), APIRouter(prefix="/new"), FastAPI()
    app.get("/alone")(lambda: "")
    router.get("/included")(lambda: "")
    app.include_router(router)
    app.mount("/mounted", mounted)
    assert unruled(app) == ["GET /alone", "GET /new/included", "MOUNTED /mounted"]


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_route_keeps_what_its_rule_promises(on_sqlite: Site, who: str) -> None:
    """To everybody, about a thing of their own and of others, of their course and of another."""
    world = populated(on_sqlite)
    app = stopped(make_app(on_sqlite))
    asked = [(route, course) for route in routes(app) for course in (HERE, THERE) if route.rules]
    meant = {(each.method, each.of(world, course)): promised(each.rules[0], who, course) for each, course in asked}
    given = asyncio.run(asked_one_by_one(world, app, who, meant))  # a thing of no course is asked for once
    assert {what: (given[what], status) for what, status in meant.items() if given[what] != status} == {}


#: what staff alone do, whatever is written there: a page that shows others' work, or changes something for others
STAFF_ONLY: Final = re.compile(
    r"/(teach|gradebook|people|openings|regrades|marking|marks?|rubric|groups|group-marks|comments|seconds|statistics|likeness|"
    r"queue|audit|rerun|staff|site|workers|revisions|"
    r"invitations)\b"
)
#: what students have, by the word for what staff do: each sees what is left to them
FOR_STUDENTS_TOO: Final = {("GET", "/api/v1/courses/{slug}/openings")}


def test_no_student_is_let_in_where_staff_work(on_sqlite: Site) -> None:
    """Whatever rule a route names: its address says what it is for. (The promises above hold of any rule, too lax
    ones included.)"""
    lax = []
    for route in routes(make_app(on_sqlite)):
        if not STAFF_ONLY.search(route.path) or (route.method, route.path) in FOR_STUDENTS_TOO:
            continue
        if any(
            promised(route.rules[0], who, HERE) == ALLOWED
            for who in ("nobody", "the student whose it is", "a student of another course", "a program that hands in")
        ):
            lax.append(f"{route.method} {route.path}")
    assert lax == []


def test_a_token_that_may_read_changes_nothing(on_sqlite: Site) -> None:
    """Whatever it is asked for: every route that is not safe asks for more, or for nobody at all."""
    free = {
        "/language",
        "/sign-in",
        "/sign-out",
        "/link/{secret}",
        *FROM_PLATFORMS,
        "/lti/kept",
        "/lti/window",
        "/lti/register",
        "/mail/off/{token}",
        "/sign-in/link",
        "/signed-out/{provider}",
    }
    lax = [
        f"{route.method} {route.path}"
        for route in routes(make_app(on_sqlite))
        if route.method not in SAFE
        and route.rules
        and route.path not in free
        and promised(route.rules[0], "an owner's token that may read", HERE) == ALLOWED
    ]
    assert lax == []


@pytest.mark.parametrize("who", ["nobody", "the student whose it is", "an instructor", "an owner of the site"])
def test_no_page_fails_for_whoever_may_see_it(on_sqlite: Site, who: str) -> None:
    """Whoever is let in finds something there, or that there is nothing; never our failure."""
    world = populated(on_sqlite)
    app = make_app(on_sqlite)
    asked = [("GET", route.of(world, HERE)) for route in safe(routes(app)) if route.path != "/readyz"]
    answers = asyncio.run(asked_one_by_one(world, app, who, asked))
    assert {path: status for (_, path), status in answers.items() if status >= 500} == {}


def safe(found: Sequence[Route]) -> list[Route]:
    """Those that are only looked at, and end: a stream of events is not among them."""
    return [route for route in found if route.method == "GET" and not route.path.endswith("/events")]


def test_a_rule_asks_the_database_twice_at_most(on_sqlite: Site) -> None:
    """Who it is, and what they are to the thing."""
    world = populated(on_sqlite)
    app = stopped(make_app(on_sqlite))
    client = world.client(app, "the student whose it is")
    asked: list[str] = []
    event.listen(on_sqlite.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    for path in ("/courses/ml", f"/attempts/{world.attempts[HERE]}", "/account"):
        asked.clear()
        assert client.get(path).status_code == ALLOWED
        assert len([each for each in asked if each.startswith("SELECT")]) <= 2


def test_whoever_is_no_student_any_more_is_nobody_here(on_sqlite: Site) -> None:
    """A role that was taken away opens nothing from the next request on."""
    world = populated(on_sqlite)
    client = world.client(make_app(on_sqlite), "a grader")
    assert client.get("/courses/ml/gradebook").status_code == 200
    with on_sqlite.database.begin() as session:
        row = session.query(Membership).where(Membership.person_id == world.here.people["greta"]).one()
        row.role = Role.STUDENT
    assert client.get("/courses/ml/gradebook").status_code == 403
