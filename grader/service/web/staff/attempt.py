"""An attempt as staff see it: the complete report, the notebook, how grading it went; graded once more from here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import joinedload, undefer

from grader.course.assignment import Visibility
from grader.errors import GraderError
from grader.messages import Message
from grader.policy.scopes import Scope
from grader.render.feedback import feedback
from grader.render.html import render_piece
from grader.report.report import Report
from grader.service.attempts.documents import after_marking, machine_report
from grader.service.attempts.finishing import rerun
from grader.service.courses.current import current_assignments
from grader.service.marking.history import changes_of
from grader.service.marking.requests import requests_of
from grader.service.store.tables import Attempt, Opening, Role, StoredReport
from grader.service.web.access import OnAttempt, OwnAttempt, site_of
from grader.service.web.blind import blind_in
from grader.service.web.problems import NotThere
from grader.service.web.staff.frame import Done, back, course_page, words_for
from grader.service.web.staff.notebook import ShownCell, shown
from grader.service.web.trail import note_in

router = APIRouter()
#: from when students see a check
SEEN_BY: Final[Mapping[Visibility, str]] = {
    Visibility.VISIBLE: "staff_seen_at_once",
    Visibility.AFTER_DUE: "staff_after_due",
    Visibility.AFTER_PUBLISHED: "staff_after_published",
    Visibility.HIDDEN: "staff_hidden",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaved:
    """What somebody typed for an exercise, or for a check of it, and was not saved, and why."""

    exercise: str
    message: Message
    check: str = ""
    points: str = ""
    comment: str = ""
    reason: str = ""
    answer: str = ""


@router.get("/attempts/{attempt_id}/staff")
def attempt(request: Request, attempt: OnAttempt = Depends(OwnAttempt(own=False, staff=Role.GRADER))) -> HTMLResponse:
    """The attempt with all that is known of it."""
    return attempt_page(request, attempt)


def attempt_page(
    request: Request, attempt: OnAttempt, *, unsaved: Unsaved | None = None, http_status: int = 200
) -> HTMLResponse:
    """The same; `unsaved`: what somebody has just tried to save on it. Raises NotThere."""
    site = site_of(request)
    with site.database.read() as session:
        row = session.get(Attempt, attempt.attempt_id, options=[joinedload(Attempt.person)])
        opening = session.get(Opening, attempt.opening_id)
        if row is None or opening is None:
            raise NotThere
        stored = session.get(StoredReport, attempt.attempt_id, options=[undefer(StoredReport.document)])
        blind = blind_in(session, request, attempt.course)
        marks = {} if stored is None else blind.marks(row.id, stored.marks)
        report = None if stored is None else after_marking(machine_report(stored), marks)
        changes = changes_of(session, attempt.attempt_id, blind)
        asked = requests_of(session, attempt.opening_id, attempt.person_id)
        outline = current_assignments(session, attempt.course.course_id).get(opening.assignment)
        try:
            data = site.blobs.get(session, row.sha256)
        except GraderError as error:
            cells: tuple[ShownCell, ...] | Message = error.message
        else:
            cells = shown(data, raised=_raised(report))
    words = words_for(request, attempt.course.caller)
    return course_page(
        request,
        "staff/attempt.html.j2",
        attempt.course,
        tab="",
        http_status=http_status,
        attempt=row,
        marks=marks,
        hidden=frozenset(name for whose, name in blind.answers if whose == row.id),
        changes=changes,
        asked={name: each for name, each in asked.items() if each.row.attempt_id == attempt.attempt_id},
        unsaved=unsaved,
        opening=opening,
        outline=outline,
        report=report,
        told=None if report is None else feedback(report),
        drawn=None if report is None else render_piece(report, words=words),
        cells=cells,
        unshown=isinstance(cells, Message),
        visibility=lambda seen: words.say(SEEN_BY[Visibility(seen)]),
    )


@router.post("/attempts/{attempt_id}/rerun")
def rerun_one(
    request: Request,
    attempt: OnAttempt = Depends(OwnAttempt(scope=Scope.TEACH, own=False, staff=Role.INSTRUCTOR)),
) -> RedirectResponse:
    """Grade it once more."""
    site = site_of(request)
    with site.database.begin() as session:
        done = rerun(session, site, attempt.attempt_id)
        if done:
            note_in(session, request, attempt.course, "attempt.rerun", f"attempt:{attempt.attempt_id}")
    return back(f"/attempts/{attempt.attempt_id}/staff", Done.RERUN if done else Done.NOT_PARKED)


def _raised(report: Report | None) -> dict[tuple[str, int], frozenset[int]]:
    """Lines that raised, by notebook and cell."""
    places = defaultdict(set)
    for exercise in () if report is None else report.exercises:
        for check in exercise.checks:
            if check.raised_at is not None:
                notebook = "" if exercise.cell is None else exercise.cell.notebook
                places[notebook, check.raised_at.cell].add(check.raised_at.line)
    return {cell: frozenset(lines) for cell, lines in places.items()}
