"""How a problem is answered: `application/problem+json` for programs, a page for people. Which problems there are is
said where they arise; here, besides, are those that the framework finds by itself."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from grader.errors import StoreUnavailable
from grader.messages import Words, say
from grader.service.web.content_policy import in_any_frame
from grader.service.web.pages import language_of, page
from grader.service.web.problems import NotSignedIn, NotThere, Problem, Unavailable

#: where programs ask
API: Final = "/api/v1"
MEDIA_TYPE: Final = "application/problem+json"
#: faults of one body that are told; each may quote a name of the sender's
MOST_FAULTS: Final = 50
#: what the framework refuses by itself: its status, our name for it and our words
KINDS: Final[Mapping[int, tuple[str, str]]] = {
    400: ("malformed", "problem_malformed"),
    405: ("wrong_method", "problem_wrong_method"),
    413: ("too_large", "problem_too_large"),
    415: ("wrong_type", "problem_wrong_type"),
}


def answer_problems(app: FastAPI) -> None:
    """Let `app` answer whatever goes wrong in it."""
    app.add_exception_handler(Problem, _refused)
    app.add_exception_handler(HTTPException, _refused_by_framework)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(StoreUnavailable, _unavailable)
    app.add_exception_handler(Exception, _failed)


def request_id(request: Request) -> str:
    """What this request is called in logs and, where we failed, in our answer."""
    known: str | None = getattr(request.state, "request_id", None)
    if known is None:
        known = request.state.request_id = uuid.uuid4().hex
    return known


def drawn(request: Request, problem: Problem) -> Response:
    """The answer, for whoever asked."""
    if request.scope["path"].startswith(f"{API}/"):
        words = Words(language_of(request, None))
        body = {"type": f"/problems/{problem.kind}", "status": problem.status, "title": words.text(problem.message)}
        more = jsonable_encoder(problem.more)
        return JSONResponse(body | more, problem.status, headers=problem.headers, media_type=MEDIA_TYPE)
    if isinstance(problem, NotSignedIn) and request.headers.get("Sec-Fetch-Dest") == "iframe":
        return in_any_frame(page(request, "lti/refused.html.j2", http_status=401, message=say("lti_session_over")))
    if isinstance(problem, NotSignedIn) and request.method == "GET":
        return RedirectResponse(f"/sign-in?{urlencode({'next': asked_for(request)})}", status_code=303)
    answer = page(request, "problem.html.j2", http_status=problem.status, message=problem.message)
    answer.headers.update(problem.headers)
    return answer


def asked_for(request: Request) -> str:
    """The path that was asked for, with its query: where somebody goes on once they have signed in."""
    query = request.scope["query_string"].decode("ascii", "replace")
    return quote(request.scope["path"]) + (f"?{query}" if query else "")


async def _refused(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return drawn(request, problem)


async def _refused_by_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return drawn(request, NotThere())
    kind, key = KINDS.get(error.status_code, KINDS[400])
    return drawn(request, Problem(error.status_code, kind, say(key), headers=error.headers))


async def _invalid(request: Request, error: Exception) -> Response:
    """What stands in a path names a thing: if it cannot be a name, there is no such thing."""
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(each["loc"][0] == "path" for each in found):
        return drawn(request, NotThere())
    errors = [{"where": ".".join(map(str, each["loc"])), "what": each["msg"]} for each in found[:MOST_FAULTS]]
    return drawn(request, Problem(422, "invalid", say("problem_invalid"), errors=errors))


async def _unavailable(request: Request, error: Exception) -> Response:
    del error
    return drawn(request, Unavailable())


async def _failed(request: Request, error: Exception) -> Response:
    """Ours: nothing of it is told but what it is called in the logs."""
    del error
    known = request_id(request)
    return drawn(request, Problem(500, "failed", say("problem_failed", request=known), request=known))
