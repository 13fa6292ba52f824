"""An opening as its student sees it: what is asked and left, the form to hand in, what was handed in before."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup
from sqlalchemy.orm import Session

from grader.limits import MEGABYTE, NotebookLimits
from grader.messages import Message, Words, say
from grader.notebook.bundle import as_one
from grader.policy.counting import GradedAttempt
from grader.policy.decision import Refusal, Refused
from grader.policy.scopes import Scope
from grader.render.drawing import curve
from grader.service.attempts.handed_in import HandIn
from grader.service.attempts.offered import Offered, opening_of
from grader.service.attempts.receiving import Receiving
from grader.service.attempts.tried import Tried, graded_as_seen, reliefs_by_person, tried
from grader.service.store.tables import Course, Source
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.api.shapes import AssignmentId
from grader.service.web.course_folders import folders_of
from grader.service.web.kept_files import as_file
from grader.service.web.pages import Link, language_of, page
from grader.service.web.problems import NotThere
from grader.service.web.student.showing import Openness, opening_view, rules

router = APIRouter()
PATH: Final = "/courses/{slug}/{assignment}"
PER_PAGE: Final = 25
#: what a form may call an upload
KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
#: of what was not taken because of the bytes themselves
STATUSES: Final = {Refusal.TOO_LARGE: 413, Refusal.NOT_ENROLLED: 403}


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAttempt:
    """One of the student's attempts. `graded` is None as long as the student may see no points of it."""

    tried: Tried
    graded: GradedAttempt | None
    counts: bool


@router.get(PATH)
def opening_page(
    request: Request,
    assignment: AssignmentId,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    course: InCourse = Depends(Member()),
) -> HTMLResponse:
    """What is asked, what is left, and what was handed in. Raises NotThere."""
    return _page(request, course, assignment, number=number)


@router.get(f"{PATH}/notebook")
def handed_out(request: Request, assignment: AssignmentId, course: InCourse = Depends(Member())) -> Response:
    """What students begin with, once it is open. Raises NotThere."""
    with site_of(request).database.read() as session:
        offered = _opening(session, course, assignment, request)
        is_open = course.is_staff or opening_view(offered, site_of(request).now()).openness is not Openness.TO_COME
        found = folders_of(request).hand_out(session, _revision(session, course), assignment) if is_open else None
    if found is None:
        raise NotThere
    return Response(found.data, media_type=found.media_type, headers=as_file(found.filename))


@router.post(PATH, response_model=None)
def hand_in(
    request: Request,
    assignment: AssignmentId,
    notebook: Annotated[list[UploadFile | str] | None, File()] = None,  # a text where nothing was chosen
    key: Annotated[str, Form(max_length=200)] = "",
    course: InCourse = Depends(Member(scope=Scope.SUBMIT)),
) -> Response:
    """The attempt that came of it, or the page again with what to do. Raises NotThere.

    The same form with the same file is the same attempt, however often it is sent; with another file it is a new one.
    Several files are one attempt, and kept as a zip.
    """
    site = site_of(request)
    arrived_at = site.now()
    sent = _sent(notebook or ())
    if sent is None:
        return _page(request, course, assignment, error=say("student_no_file"), http_status=422)
    filename, data = sent
    asked = HandIn(
        course_id=course.course_id,
        assignment=assignment,
        person_id=course.caller.person_id,
        filename=filename,
        data=data,
        source=Source.PAGE,
        idempotency_key=f"{key}:{hashlib.sha256(data).hexdigest()}" if KEY.fullmatch(key) else None,
        arrived_at=arrived_at,
    )
    received = site.database.write_one_of(Receiving(site), asked).result()
    if received is None:
        raise NotThere
    if isinstance(received, Refused):
        status = STATUSES.get(received.kind, 422)
        return _page(request, course, assignment, error=received.message, http_status=status)
    return RedirectResponse(f"/attempts/{received.attempt_id}", status_code=303)


def _sent(files: Sequence[UploadFile | str]) -> tuple[str, bytes] | None:
    """What was chosen as one file, by its name, no more of it than may be handed in; None if nothing was."""
    left, read = NotebookLimits().file_bytes + 1, list[tuple[str, bytes]]()
    for file in files:
        if not isinstance(file, str) and file.filename:
            read.append((file.filename, file.file.read(left)))
            left -= len(read[-1][1])
    return as_one(read) if read else None


def _page(
    request: Request,
    course: InCourse,
    assignment: str,
    *,
    number: int = 1,
    error: Message | None = None,
    http_status: int = 200,
) -> HTMLResponse:
    site = site_of(request)
    words = Words(language_of(request, course.caller))
    with site.database.read() as session:
        offered = _opening(session, course, assignment, request)
        past = history(session, offered, course.caller.person_id)
        has_notebook = folders_of(request).handed_out(session, _revision(session, course), assignment)
    view = opening_view(offered, site.now())
    pages = max(1, -(-len(past) // PER_PAGE))
    number = min(number, pages)
    title = view.title(words)
    return page(
        request,
        "student/opening.html.j2",
        course=course,
        crumbs=[Link(title=title, href=f"/courses/{course.slug}/{assignment}")],
        http_status=http_status,
        view=view,
        title=title,
        rules=rules(offered.terms),
        past=past[(number - 1) * PER_PAGE : number * PER_PAGE],
        past_all=len(past),
        number=number,
        pages=pages,
        curve=_curve(past, words),
        error=error,
        key=secrets.token_urlsafe(16),
        has_notebook=has_notebook,
        most_bytes=NotebookLimits().file_bytes,
        megabyte=MEGABYTE,
    )


def _opening(session: Session, course: InCourse, assignment: str, request: Request) -> Offered:
    now = site_of(request).now()
    found = opening_of(session, course.course_id, assignment, course.caller.person_id, now)
    if found is None:
        raise NotThere
    return found


def _revision(session: Session, course: InCourse) -> int | None:
    return session.get_one(Course, course.course_id).revision_id


def history(session: Session, offered: Offered, person_id: int) -> list[PastAttempt]:
    """The person's attempts at an opening, the newest first, with the points that they may see."""
    attempts = tried(session, offered.opening_id, person_id).get(person_id, [])
    reliefs = reliefs_by_person(session, offered.opening_id, person_id).get(person_id, [])
    seen = {each.id: each for each in graded_as_seen(attempts, offered.terms, reliefs, offered.sight)}
    counting = set() if offered.counted is None else set(offered.counted.by_exercise.values())
    return [
        PastAttempt(tried=each, graded=seen.get(each.id), counts=each.id in counting) for each in reversed(attempts)
    ]


def _curve(past: list[PastAttempt], words: Words) -> Markup | None:
    """Points over attempts, where there is a line to draw."""
    graded = [each.graded for each in reversed(past) if each.graded is not None]
    if len(graded) < 2:
        return None
    values = [float(each.earned) for each in graded]
    possible = graded[-1].possible
    label = words.say("student_curve", last=f"{values[-1]:g}", possible=possible, all=len(values))
    return curve(
        values,
        float(possible),
        label=label,
        target_label=words.say("student_curve_goal"),
        steps=[each.number for each in graded],
    )
