"""The services of a small learning platform, as the published standards have them: a token address, columns, scores,
results, members. It fails as it is told to. No test lives here, and nothing of the grader's is used."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

AGS: Final = "https://purl.imsglobal.org/spec/lti-ags/scope"
LINE_ITEM, SCORE, RESULT = f"{AGS}/lineitem", f"{AGS}/score", f"{AGS}/result.readonly"
MEMBERS: Final = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
ALL: Final = frozenset({LINE_ITEM, SCORE, RESULT, MEMBERS})
GRADING: Final = ("FullyGraded", "PendingManual", "Pending", "Failed", "NotReady")
ACTIVITY: Final = ("Initialized", "Started", "InProgress", "Submitted", "Completed")

#: how one request is answered in place of what is asked for
Fault = Callable[[Request], Awaitable[Response]]


def answers(status: int, **headers: str) -> Fault:
    """Only that status."""

    async def fault(_: Request) -> Response:
        return Response(status_code=status, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return fault


async def hangs(_: Request) -> Response:
    """Never."""
    await asyncio.Event().wait()
    raise AssertionError


async def redirects(request: Request) -> Response:
    """To a page that a person signs in on."""
    return RedirectResponse(str(request.url.replace(path="/login")), status_code=302)


async def nonsense(_: Request) -> Response:
    """A page with status 200, as proxies like to give."""
    return Response("<html>maintenance</html>", media_type="text/html")


@dataclass(slots=True)
class Person:
    """Somebody of a course there."""

    user_id: str
    name: str = ""
    email: str | None = None
    roles: tuple[str, ...] = ("http://purl.imsglobal.org/vocab/lis/v2/membership#Learner",)
    status: str = "Active"

    def told(self) -> dict[str, Any]:
        """As the platform tells of them."""
        said = {"user_id": self.user_id, "roles": list(self.roles), "status": self.status}
        return said | {key: value for key, value in (("name", self.name), ("email", self.email)) if value}


@dataclass(slots=True)
class Services:
    """What a platform at `origin` gives the tools of one course. `keys`: a tool's public keys by its client id. `page`:
    how much stands on one page of a list. `faults`: what is done to requests whose path ends so, one after the other;
    under "*" to any. `posts`: every score that was taken, in order."""

    origin: str = "https://lms.example"
    context: str = "course"
    keys: dict[str, Callable[[], KeySet]] = field(default_factory=dict)
    granted: frozenset[str] = ALL
    page: int = 2
    lasts: int = 3600
    people: list[Person] = field(default_factory=list)
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    scores: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: dict[str, deque[Fault]] = field(default_factory=dict)
    always: dict[str, Fault] = field(default_factory=dict)
    after: Callable[[str], Awaitable[None]] | None = None
    issued: dict[str, frozenset[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    @property
    def token_url(self) -> str:
        """Where tokens are had."""
        return f"{self.origin}/token"

    @property
    def line_items_url(self) -> str:
        """All columns of the course. Its query belongs to it, as in Moodle's addresses."""
        return f"{self.origin}/contexts/{self.context}/line_items?type_id=1"

    @property
    def members_url(self) -> str:
        """Everybody of the course."""
        return f"{self.origin}/contexts/{self.context}/members"

    def item(self, id: str = "digits", *, maximum: float = 100.0, **more: Any) -> str:
        """A column, made at the platform; its address."""
        self.items[id] = {"id": self.url_of(id), "label": id, "scoreMaximum": maximum, **more}
        return self.url_of(id)

    def url_of(self, id: str) -> str:
        """The address of a column."""
        return f"{self.origin}/contexts/{self.context}/line_items/{id}?type_id=1"

    def fail(self, where: str, *faults: Fault) -> None:
        """Answer the next requests whose path ends with `where` so."""
        self.faults.setdefault(where, deque()).extend(faults)

    def has(self, user_id: str, id: str = "digits") -> float | None:
        """The points that it has of somebody, by the column's own maximum."""
        score = self.scores.get((id, user_id))
        if score is None or score.get("scoreGiven") is None:
            return None
        return float(score["scoreGiven"]) * float(self.items[id]["scoreMaximum"]) / float(score["scoreMaximum"])

    @property
    def app(self) -> Starlette:
        """What answers."""
        return Starlette(routes=self.routes)

    @property
    def routes(self) -> list[Route]:
        """The same, for an application that has more."""
        routes = (
            ("/token", self._token, "POST"),
            ("/contexts/{context}/line_items", self._items, "GET"),
            ("/contexts/{context}/line_items", self._make, "POST"),
            ("/contexts/{context}/line_items/{id}", self._item, "GET"),
            ("/contexts/{context}/line_items/{id}", self._change, "PUT"),
            ("/contexts/{context}/line_items/{id}/scores", self._score, "POST"),
            ("/contexts/{context}/line_items/{id}/results", self._results, "GET"),
            ("/contexts/{context}/members", self._members, "GET"),
        )
        return [Route(path, self._faulty(do), methods=[method]) for path, do, method in routes]

    def _faulty(self, do: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            path = request.url.path
            self.asked.append(f"{request.method} {path}")
            for where, always in self.always.items():
                if path.endswith(where):
                    return await always(request)
            for where in [each for each in self.faults if each == "*" or path.endswith(each)]:
                with suppress(IndexError):
                    return await self.faults[where].popleft()(request)
            answer = await do(request)
            if self.after is not None:
                await self.after(path)
            return answer

        return answer

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        asked = frozenset(str(form.get("scope", "")).split())
        if form.get("grant_type") != "client_credentials" or not self._is_known(str(form.get("client_assertion", ""))):
            return JSONResponse({"error": "invalid_client"}, status_code=400)
        if not asked <= self.granted:
            return JSONResponse({"error": "invalid_scope"}, status_code=400)
        token = secrets.token_urlsafe(16)
        self.issued[token] = asked
        said = {"access_token": token, "token_type": "Bearer", "expires_in": self.lasts, "scope": " ".join(asked)}
        return JSONResponse(said, headers={"Cache-Control": "no-store"})

    def _is_known(self, assertion: str) -> bool:
        for client_id, keys in self.keys.items():
            with suppress(JoseError, ValueError):
                claims = jwt.decode(assertion, keys(), algorithms=["RS256"]).claims
                is_good = claims["iss"] == claims["sub"] == client_id and claims["aud"] == self.token_url
                if is_good and claims["jti"] not in self.seen:
                    self.seen.add(claims["jti"])
                    return True
        return False

    def _refused(self, request: Request, *scopes: str) -> Response | None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.issued:
            return Response(status_code=401)
        return None if self.issued[token] & set(scopes) else Response(status_code=403)

    async def _items(self, request: Request) -> Response:
        if refused := self._refused(request, LINE_ITEM):
            return refused
        only = {"resource_link_id": "resourceLinkId", "resource_id": "resourceId", "tag": "tag"}
        wanted = {key: request.query_params[name] for name, key in only.items() if name in request.query_params}
        found = [each for each in self.items.values() if all(each.get(key) == value for key, value in wanted.items())]
        return self._paged(request, found, lambda some: some)

    async def _make(self, request: Request) -> Response:
        if refused := self._refused(request, LINE_ITEM):
            return refused
        said = json.loads(await request.body())
        name = f"made-{len(self.items)}"
        self.items[name] = said | {"id": self.url_of(name)}
        return JSONResponse(self.items[name], status_code=201)

    async def _item(self, request: Request) -> Response:
        if refused := self._refused(request, LINE_ITEM):
            return refused
        found = self.items.get(request.path_params["id"])
        return Response(status_code=404) if found is None else JSONResponse(found)

    async def _change(self, request: Request) -> Response:
        if refused := self._refused(request, LINE_ITEM):
            return refused
        name = request.path_params["id"]
        if name not in self.items:
            return Response(status_code=404)
        self.items[name] = json.loads(await request.body()) | {"id": self.url_of(name)}
        return JSONResponse(self.items[name])

    async def _score(self, request: Request) -> Response:
        if refused := self._refused(request, SCORE):
            return refused
        name, said = request.path_params["id"], json.loads(await request.body())
        if name not in self.items:
            return Response(status_code=404)
        if not self._is_score(said):
            return Response(status_code=400)
        if said["userId"] not in {each.user_id for each in self.people}:
            return Response(status_code=422)
        before = self.scores.get((name, said["userId"]))
        if before is not None and said["timestamp"] < before["timestamp"]:
            return Response(status_code=409)
        self.posts.append((name, said))
        self.scores[name, said["userId"]] = said
        return Response(status_code=204)

    @staticmethod
    def _is_score(said: dict[str, Any]) -> bool:
        given, maximum = said.get("scoreGiven"), said.get("scoreMaximum")
        is_good = given is None or (given >= 0 and maximum is not None and maximum > 0)
        with suppress(KeyError, ValueError):
            then = datetime.fromisoformat(said["timestamp"])
            is_known = said["activityProgress"] in ACTIVITY and said["gradingProgress"] in GRADING
            return is_good and is_known and then.tzinfo is not None and "." in said["timestamp"]
        return False

    async def _results(self, request: Request) -> Response:
        if refused := self._refused(request, RESULT):
            return refused
        name = request.path_params["id"]
        if name not in self.items:
            return Response(status_code=404)
        url, only = self.url_of(name), request.query_params.get("user_id")
        mine = [(user, score) for (item, user), score in self.scores.items() if item == name and only in (None, user)]
        found = [
            {"id": f"{url}/results/{user}", "userId": user, "scoreOf": url} | self._made(name, user) for user, _ in mine
        ]
        return self._paged(request, found, lambda some: some)

    def _made(self, name: str, user: str) -> dict[str, Any]:
        points = self.has(user, name)
        return {} if points is None else {"resultScore": points, "resultMaximum": self.items[name]["scoreMaximum"]}

    async def _members(self, request: Request) -> Response:
        if refused := self._refused(request, MEMBERS):
            return refused
        role = request.query_params.get("role")
        found = [each.told() for each in self.people if role is None or any(one.endswith(role) for one in each.roles)]
        return self._paged(
            request, found, lambda some: {"id": self.members_url, "context": {"id": self.context}, "members": some}
        )

    def _paged(
        self, request: Request, found: list[dict[str, Any]], shown: Callable[[list[dict[str, Any]]], object]
    ) -> Response:
        at = int(request.query_params.get("from", "0"))
        most = min(self.page, int(request.query_params.get("limit", self.page)))
        headers = {}
        if at + most < len(found):
            onward = request.url.include_query_params(**{"from": at + most})
            headers["Link"] = f'<{self.origin}{onward.path}?{onward.query}>; rel="next"'
        return JSONResponse(shown(found[at : at + most]), headers=headers)
