"""The API on attempts that are there: listed, read, graded once more. How they come in is `handing_in.py`."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request
from fastapi.responses import JSONResponse, Response

from grader.messages import Words, say
from grader.policy.scopes import Scope
from grader.policy.state import State
from grader.render import RENDERERS
from grader.report.report import Audience, Report
from grader.service.attempts.finishing import rerun
from grader.service.attempts.listing import Last, Which, attempts_on
from grader.service.attempts.receipts import Receipt
from grader.service.attempts.seen import Sealed, report_seen
from grader.service.store.tables import Attempt, Role
from grader.service.web.access import InCourse, Member, OnAttempt, OwnAttempt, site_of
from grader.service.web.api.attempt_shapes import AttemptShape, one, places_of, several
from grader.service.web.api.document import noun, problem
from grader.service.web.api.paging import Page, Paging, no_page, paging
from grader.service.web.api.shapes import MOST, AssignmentId
from grader.service.web.blind import blind_in
from grader.service.web.pages import language_of
from grader.service.web.problems import NotThere, Problem
from grader.service.web.trail import note_in

router = noun("attempts")

NOTEBOOK: Final = "application/octet-stream"
UNCHANGED: Final[dict[int | str, dict[str, Any]]] = {304: {"description": "It is as `If-None-Match` says."}}
#: pages of ours that stand alone: no script, nothing from elsewhere
ALONE: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@router.get("/courses/{slug}/assignments/{assignment}/attempts", operation_id="listAttempts")
def attempts(
    request: Request,
    assignment: AssignmentId,
    page: Paging = Depends(paging),
    person: Annotated[int | None, Query(ge=1, le=MOST, description="Of this person alone.")] = None,
    status: Annotated[State | None, Query(description="In this state alone.")] = None,
    course: InCourse = Depends(Member()),
) -> Page[AttemptShape]:
    """The attempts on an assignment, the newest first: of a student, their own; of staff, everybody's."""
    which = Which(person_id=person if course.is_staff else course.caller.person_id, state=status)
    after = _after(page)
    with site_of(request).database.read() as session:
        rows = attempts_on(session, course.course_id, assignment, which, most=page.limit + 1, after=after)
        blind = blind_in(session, request, course)
        shown = several(session, rows, course, _words(request, course), blind)
    return page.page(shown, key=lambda each: (each.received_at.isoformat(), str(each.id)), shown=lambda each: each)


@router.get("/attempts/{attempt_id}", operation_id="getAttempt")
def attempt(request: Request, asked: OnAttempt = Depends(OwnAttempt())) -> AttemptShape:
    """How an attempt stands."""
    site = site_of(request)
    with site.database.read() as session:
        row = session.get_one(Attempt, asked.attempt_id)
        place = places_of(request).of(session, row, site.now())
        blind = blind_in(session, request, asked.course)
        return one(session, row, asked.course, _words(request, asked.course), place, blind)


@router.get("/attempts/{attempt_id}/receipt", operation_id="getReceipt")
def receipt(request: Request, asked: OnAttempt = Depends(OwnAttempt())) -> Receipt:
    """What proves that it was handed in, and when: `grader receipt verify` checks it without this site."""
    with site_of(request).database.read() as session:
        return Receipt.model_validate(session.get_one(Attempt, asked.attempt_id).receipt)


@router.get(
    "/attempts/{attempt_id}/report",
    operation_id="getReport",
    response_class=JSONResponse,
    responses={
        200: {
            "description": "As JSON, version 2 of `grader schema`, or as a page, by `Accept`.",
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "text/html": {"schema": {"type": "string"}},
            },
        },
        202: {"model": AttemptShape, "description": "There is none yet: it waits or is graded."},
        409: problem("There is none, or the student may not see it yet; then `allowed_from` may say from when."),
        **UNCHANGED,
    },
)
def report(request: Request, asked: OnAttempt = Depends(OwnAttempt())) -> Response:
    """The report, as the caller may see it now."""
    site = site_of(request)
    audience = Audience.INSTRUCTOR if asked.course.is_staff else Audience.STUDENT
    words = _words(request, asked.course)
    with site.database.read() as session:
        blind = blind_in(session, request, asked.course)
        found = report_seen(session, asked.attempt_id, audience, now=site.now(), blind=blind)
        if isinstance(found, Report):
            return _drawn(request, found, words)
        row = session.get_one(Attempt, asked.attempt_id)
        if found is None and row.state in (State.WAITING, State.RUNNING):
            shown = one(session, row, asked.course, words, places_of(request).of(session, row, site.now()), blind)
            return JSONResponse(shown.model_dump(mode="json"), 202, headers={"Retry-After": "1"})
    if isinstance(found, Sealed):
        raise Problem(409, "not_shown_yet", say("api_not_shown_yet"), allowed_from=found.until)
    raise Problem(409, "no_report", say("api_no_report"))


@router.get(
    "/attempts/{attempt_id}/notebook",
    operation_id="getNotebook",
    response_class=Response,
    responses={200: {"content": {NOTEBOOK: {"schema": {"type": "string", "format": "binary"}}}}, **UNCHANGED},
)
def notebook(request: Request, asked: OnAttempt = Depends(OwnAttempt())) -> Response:
    """The bytes that were handed in, as they were."""
    site = site_of(request)
    with site.database.read() as session:
        sha256 = session.get_one(Attempt, asked.attempt_id).sha256
        if _knows(request, sha256):
            return Response(status_code=304, headers=_kept(sha256))
        try:
            data = site.blobs.get(session, sha256)
        except LookupError:
            raise NotThere from None
    named = f'attachment; filename="{asked.attempt_id}.ipynb"'
    return Response(data, media_type=NOTEBOOK, headers={**_kept(sha256), "Content-Disposition": named})


@router.post(
    "/attempts/{attempt_id}/rerun",
    operation_id="rerunAttempt",
    status_code=202,
    responses={409: problem("It waits or is graded already, or a newer one took its place.")},
)
def again(
    request: Request,
    asked: OnAttempt = Depends(OwnAttempt(Scope.TEACH, own=False, staff=Role.INSTRUCTOR)),
) -> AttemptShape:
    """Grade it once more. It is not charged again."""
    site = site_of(request)
    with site.database.begin() as session:
        if not rerun(session, site, asked.attempt_id):
            raise Problem(409, "not_over", say("api_not_over"))
        note_in(session, request, asked.course, "attempt.rerun", f"attempt:{asked.attempt_id}")
    return attempt(request, asked)


def _drawn(request: Request, found: Report, words: Words) -> Response:
    wants_page = _wants_page(request.headers.get("Accept", ""))
    text = RENDERERS["html" if wants_page else "json"](found, words=words)
    tag = hashlib.sha256(text.encode()).hexdigest()
    headers = {**_kept(tag), "Vary": "Accept, Accept-Language, Authorization, Cookie"}
    if wants_page:
        headers["Content-Security-Policy"] = ALONE
    if _knows(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="text/html" if wants_page else "application/json", headers=headers)


def _wants_page(accept: str) -> bool:
    """Whether a page is named, and before JSON if that is, too."""
    named = [each.partition(";")[0].strip().lower() for each in accept.split(",")]
    kinds = [each for each in named if each in ("text/html", "application/json")]
    return kinds[:1] == ["text/html"]


def _kept(tag: str) -> dict[str, str]:
    """Whoever has it asks each time whether it is still so: what one may see changes."""
    return {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}


def _knows(request: Request, tag: str) -> bool:
    return tag in request.headers.get("If-None-Match", "")


def _words(request: Request, course: InCourse) -> Words:
    return Words(language_of(request, course.caller))


def _after(page: Paging) -> Last | None:
    if page.after is None:
        return None
    try:
        moment, last = datetime.fromisoformat(str(page.after[0])), uuid.UUID(str(page.after[-1]))
    except ValueError:
        raise no_page() from None
    if moment.tzinfo is None:
        raise no_page()
    return Last(received_at=moment, id=last)
