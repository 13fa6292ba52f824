"""The description of the API: an OpenAPI 3.1 document of all routes for programs. The routes say what they take and
give; here stands what holds for all of them."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from grader.service.web.api.shapes import ProblemShape
from grader.service.web.refusing import API, MEDIA_TYPE

TITLE: Final = "notebook-grader"
VERSION: Final = "1.0.0"
DESCRIPTION: Final = """Hand in notebooks, read their reports, run a course: whatever the pages do.

Sign in with `Authorization: Bearer TOKEN`; a token has scopes (read, submit, teach, site), an end, and perhaps one
course. What you may not know of is 404. Every error is `application/problem+json`. Lists come in pages: follow `next`,
or the `Link` header. After 429 and 503 wait for as many seconds as `Retry-After` says."""
TAGS: Final = {
    "attempts": "Hand in, follow, read reports.",
    "openings": "Assignments offered to a course: dates, limits, extensions, publishing.",
    "gradebook": "Points of everybody, for programs and other platforms.",
    "marks": "What people give beside the machine, with its history.",
    "people": "Who is in a course, and as what.",
    "courses": "Courses and their revisions.",
    "regrades": "Attempts judged again by another revision: what would change, then applied, dropped, or undone.",
    "queue": "What is graded now, what waits, who grades.",
    "tokens": "What programs sign in with.",
    "site": "The site itself: its keys, its people, its audit.",
}


def problem(text: str) -> dict[str, Any]:
    """An answer that is a problem, as an operation describes it."""
    return {"description": text, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


#: what every operation may answer beside what it says itself
PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    status: problem(text)
    for status, text in {
        400: "It cannot be read.",
        401: "Sign in first.",
        403: "You may not do this.",
        404: "There is no such thing, or none that you may know of.",
        405: "Not by this method.",
        413: "It is too large.",
        415: "It is of another type than what is taken here.",
        422: "It does not fit; `errors` says where.",
        429: "Too often; wait as many seconds as `Retry-After` says.",
        500: "The site failed; `request` names this request in its logs.",
        503: "The site cannot answer now; wait as many seconds as `Retry-After` says.",
    }.items()
}
SECURITY: Final = {
    "token": {"type": "http", "scheme": "bearer", "description": "Made at POST /api/v1/tokens, shown once."},
    "session": {"type": "apiKey", "in": "cookie", "name": "grader_session", "description": "A signed-in browser."},
}


def noun(tag: str) -> APIRouter:
    """For the routes of one noun. What is so of all routes of the API is said here: a router that includes others makes
    each of their routes once more, which takes as long as the first time."""
    return APIRouter(prefix=API, tags=[tag], responses=PROBLEMS)


def document(app: FastAPI) -> dict[str, Any]:
    """The document of what `app` offers to programs."""
    routes = [route for route in iter_route_contexts(app.routes) if (route.path or "").startswith(f"{API}/")]
    made = get_openapi(
        title=TITLE,
        version=VERSION,
        description=DESCRIPTION,
        routes=routes,
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
    )
    components = made.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Fault"] = ProblemShape.model_json_schema()["$defs"]["Fault"]
    schemas["Problem"] = ProblemShape.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas["Problem"].pop("$defs")
    components["securitySchemes"] = SECURITY
    for path in made["paths"].values():
        for operation in path.values():
            operation.setdefault("security", [{"token": []}, {"session": []}])
    return made
