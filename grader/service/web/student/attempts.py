"""An attempt: how far it is, then its report; its receipt; its file. Staff see here what the student sees."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from grader.messages import Words
from grader.policy.marking import MOST_REQUEST, NotAsked, WhyNot
from grader.policy.scopes import Scope
from grader.policy.state import OVER, State
from grader.report.report import Audience
from grader.service.attempts.offered import Offered, opening_of
from grader.service.attempts.seen import Sealed
from grader.service.courses.titles import Titles, titles_in
from grader.service.marking.requests import Asking, ask, may_ask, requests_of
from grader.service.marking.requests import Request as Requested
from grader.service.store.tables import Attempt
from grader.service.web.access import OnAttempt, OwnAttempt, site_of
from grader.service.web.course_folders import folders_of
from grader.service.web.kept_files import as_file
from grader.service.web.pages import Link, language_of, page
from grader.service.web.problems import NotThere
from grader.service.web.report_view import Reported, reported
from grader.service.web.student.openings import PastAttempt, history
from grader.service.web.trail import actor_of
from grader.service.web.watching import Looking

router = APIRouter()
NOTEBOOK: Final = "application/x-ipynb+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The attempts before and after this one, and the newest, if there are others."""

    before: PastAttempt | None
    after: PastAttempt | None
    newest: PastAttempt


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptView:
    """What the page of an attempt shows; `sealed`: there is a report that may not be seen yet.

    `words`: the reader's language, with what the course says in it. `asked`: requests for another look at exercises of
    this attempt; `may_ask`: about which one may be sent now."""

    id: uuid.UUID
    number: int
    state: State
    received_at: datetime
    filename: str
    size: int
    sha256: str
    titles: Titles
    offered: Offered
    past: PastAttempt
    neighbours: Neighbours
    report: Reported | None
    sealed: Sealed | None
    receipt: Mapping[str, Any]
    student: str
    words: Words
    asked: Sequence[Requested]
    may_ask: Sequence[str]


@router.get("/attempts/{attempt_id}")
def attempt_page(request: Request, asked: OnAttempt = Depends(OwnAttempt())) -> HTMLResponse:
    """How it stands, and the report as its student may see it now."""
    view = _view(request, asked)
    progress = None if view.state in OVER else Looking(site_of(request))([view.id]).get(view.id)
    if progress is not None and progress.is_over:  # it ended between the two looks
        view, progress = _view(request, asked), None
    return _page(request, asked, "student/attempt.html.j2", view, progress=progress)


@router.get("/attempts/{attempt_id}/receipt")
def receipt_page(request: Request, asked: OnAttempt = Depends(OwnAttempt())) -> HTMLResponse:
    """What proves that it was handed in, for people."""
    return _page(request, asked, "student/receipt.html.j2", _view(request, asked), last="receipt")


@router.get("/attempts/{attempt_id}/receipt.json")
def receipt_file(request: Request, asked: OnAttempt = Depends(OwnAttempt())) -> Response:
    """The same, to keep: `grader receipt verify` reads it."""
    with site_of(request).database.read() as session:
        attempt = session.get_one(Attempt, asked.attempt_id)
    name = f"receipt-{attempt.id}.json"
    return JSONResponse(attempt.receipt, headers=as_file(name))


@router.get("/attempts/{attempt_id}/file")
def notebook(request: Request, asked: OnAttempt = Depends(OwnAttempt())) -> Response:
    """The bytes that were handed in, to be kept as a file; no browser shows or runs anything of them."""
    site = site_of(request)
    with site.database.read() as session:
        attempt = session.get_one(Attempt, asked.attempt_id)
        data = site.blobs.get(session, attempt.sha256)
    return Response(data, media_type=NOTEBOOK, headers=as_file(attempt.filename))


@router.post("/attempts/{attempt_id}/requests")
def another_look(
    request: Request,
    exercise: Annotated[str, Form(max_length=200)] = "",
    text: Annotated[str, Form(max_length=4 * MOST_REQUEST)] = "",
    asked: OnAttempt = Depends(OwnAttempt(scope=Scope.SUBMIT)),
) -> Response:
    """Ask for another look at an exercise of one's own attempt. Raises NotThere."""
    site = site_of(request)
    asking = Asking(
        attempt_id=asked.attempt_id,
        exercise=exercise.replace("\0", ""),
        text=text.replace("\r\n", "\n").replace("\0", "").strip(),
    )
    with site.database.begin() as session:
        done = ask(session, asking, actor=actor_of(request, asked.course), now=site.now())
    if done is None:
        raise NotThere
    if isinstance(done, NotAsked):
        view = _view(request, asked)
        return _page(
            request,
            asked,
            "student/attempt.html.j2",
            view,
            progress=None,
            refused=done.message,
            typed=asking,
            http_status=409 if done.why is WhyNot.ASKED else 422,
        )
    return RedirectResponse(f"/attempts/{asked.attempt_id}#another-look", status_code=303)


def _page(
    request: Request, asked: OnAttempt, template: str, view: AttemptView, *, last: str = "", **more: Any
) -> HTMLResponse:
    words = Words(language_of(request, asked.course.caller))
    title, here = view.titles.title(words), f"/attempts/{view.id}"
    crumbs = [
        Link(title=title, href=f"/courses/{asked.course.slug}/{view.offered.assignment}"),
        Link(title=words.say("student_attempt", number=view.number), href=here),
    ]
    if last:
        crumbs.append(Link(title=words.say("student_receipt"), href=f"{here}/{last}"))
    return page(
        request,
        template,
        course=asked.course,
        crumbs=crumbs,
        view=view,
        title=title,
        is_own=asked.is_own,
        named=lambda exercise: view.titles.by_id(exercise, words),
        request_choices=lambda exercises: [(each, view.titles.by_id(each, words)) for each in exercises],
        **{"refused": None, "typed": None} | more,
    )


def _view(request: Request, asked: OnAttempt) -> AttemptView:
    site, language = site_of(request), language_of(request, asked.course.caller)
    with site.database.read() as session:
        attempt = session.get_one(Attempt, asked.attempt_id)
        words = folders_of(request).words(session, attempt.revision_id, attempt.opening.assignment, language)
        return _read(session, attempt, words=words, now=site.now())


def _read(session: Session, attempt: Attempt, *, words: Words, now: datetime) -> AttemptView:
    offered = opening_of(session, attempt.course_id, attempt.opening.assignment, attempt.person_id, now)
    if offered is None:
        raise NotThere
    past = history(session, offered, attempt.person_id)
    place = next(n for n, each in enumerate(past) if each.tried.id == attempt.id)
    found = reported(session, attempt.id, Audience.STUDENT, words=words, now=now)
    is_shown = isinstance(found, Reported)
    asked = requests_of(session, attempt.opening_id, attempt.person_id)
    return AttemptView(
        id=attempt.id,
        number=attempt.number,
        state=attempt.state,
        received_at=attempt.received_at,
        filename=attempt.filename,
        size=attempt.size,
        sha256=attempt.sha256,
        titles=titles_in(attempt.revision.assignments, offered.assignment),
        offered=offered,
        past=past[place],
        neighbours=Neighbours(
            before=past[place + 1] if place + 1 < len(past) else None,
            after=past[place - 1] if place else None,
            newest=past[0],
        ),
        report=found if isinstance(found, Reported) else None,
        sealed=found if isinstance(found, Sealed) else None,
        receipt=attempt.receipt,
        student=attempt.person.name,
        words=words,
        asked=[each for each in asked.values() if each.row.attempt_id == attempt.id] if is_shown else (),
        may_ask=[each for each in may_ask(offered, attempt.id, now) if each not in asked] if is_shown else (),
    )
