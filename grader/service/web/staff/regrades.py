"""Regrade sets of an opening: begun, followed while they are judged, looked at, applied, dropped, undone."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from grader.messages import Message, Words
from grader.policy.decision import Refused
from grader.policy.scopes import Scope
from grader.render import differences as drawn
from grader.render.html import render_piece
from grader.report.differences import Differences
from grader.service.courses.current import current_assignments, revisions
from grader.service.regrading.looking import (
    Whose,
    checks_of,
    differences_of,
    keep_differences,
    look,
    report_of,
    sets_of,
    whose,
)
from grader.service.regrading.sets import Done as Decided
from grader.service.regrading.sets import Wanted, apply, begin, drop, undo
from grader.service.store.regrade_tables import SetState
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.named import the_opening, the_regrade
from grader.service.web.problems import NotThere
from grader.service.web.staff.frame import Done, back, course_page, words_for
from grader.service.web.staff.typed import FormId, plain
from grader.service.web.trail import actor_of

router = APIRouter()
CHANGES = Member(Role.INSTRUCTOR, Scope.TEACH)
SEES = Member(Role.INSTRUCTOR)
OF_OPENING: Final = "/courses/{slug}/openings/{assignment}/regrades"
PATH: Final = "/courses/{slug}/regrades/{set_id}"
#: revisions to choose from, and works on one page
MOST_REVISIONS: Final = 20
PAGE: Final = 500


@router.get(OF_OPENING)
def regrades(request: Request, assignment: str, course: InCourse = Depends(SEES)) -> HTMLResponse:
    """All sets of an opening, and the form that begins one."""
    with site_of(request).database.read() as session:
        return _listed(request, course, session, assignment)


@router.post(OF_OPENING)
def begin_one(
    request: Request,
    assignment: str,
    revision: FormId,
    which: Annotated[str, Form(max_length=200)] = "",
    course: InCourse = Depends(CHANGES),
) -> Response:
    """Have attempts judged again by that revision. `which`: those that failed `exercise/check`; without it, all."""
    site = site_of(request)
    exercise, _, check = which.partition("/")
    wanted = Wanted(revision_id=revision, exercise=exercise or None, check=check or None)
    with site.database.begin() as session:
        opening = the_opening(session, course, assignment)
        begun = begin(session, site, opening, wanted, actor=actor_of(request, course), now=site.now())
        if isinstance(begun, Refused):
            return _listed(request, course, session, assignment, wrong=begun.message)
    return back(f"/courses/{course.slug}/regrades/{begun}")


@router.get(PATH)
def regrade(request: Request, set_id: uuid.UUID, page: int = 1, course: InCourse = Depends(SEES)) -> HTMLResponse:
    """How far a set is; once it is judged, what it would change."""
    site = site_of(request)
    _look_first(request, course, set_id)
    with site.database.read() as session:
        return _drawn(request, course, session, set_id, page=page)


@router.post(PATH)
def decide(
    request: Request,
    set_id: uuid.UUID,
    act: Annotated[Literal["apply", "apply_gains", "drop", "undo"], Form()],
    reason: Annotated[str, Form(max_length=1000)] = "",
    course: InCourse = Depends(CHANGES),
) -> Response:
    """Apply the set, drop it, or undo it."""
    site = site_of(request)
    _look_first(request, course, set_id)
    with site.database.begin() as session:
        the_regrade(session, course, set_id)
        actor, now = actor_of(request, course), site.now()
        done: Decided | Refused
        match act:
            case "drop":
                done = drop(session, set_id, actor=actor, now=now)
            case "undo":
                done = undo(session, set_id, actor=actor, now=now)
            case _:
                gains = act == "apply_gains"
                done = apply(session, set_id, reason=plain(reason), only_gains=gains, actor=actor, now=now)
        if isinstance(done, Refused):
            return _drawn(request, course, session, set_id, wrong=done.message, reason=reason)
    return back(f"/courses/{course.slug}/regrades/{set_id}", Done.SAVED)


def _look_first(request: Request, course: InCourse, set_id: uuid.UUID) -> None:
    """Compute what it would change, once for everybody, before anything is held. Raises NotThere."""
    with site_of(request).database.read() as session:
        the_regrade(session, course, set_id)
    keep_differences(site_of(request).database, set_id)


@router.get(f"{PATH}/reports/{{attempt_id}}/{{side}}")
def one_report(
    request: Request,
    set_id: uuid.UUID,
    attempt_id: uuid.UUID,
    side: Literal["before", "now"],
    course: InCourse = Depends(SEES),
) -> HTMLResponse:
    """One of the two reports of a work."""
    words = words_for(request, course.caller)
    with site_of(request).database.read() as session:
        row = the_regrade(session, course, set_id)
        report = report_of(session, set_id, attempt_id, now=side == "now")
        who = whose(session, set_id).get(str(attempt_id))
        if report is None or who is None:
            raise NotThere
        return course_page(
            request,
            "staff/regrade_report.html.j2",
            course,
            tab="openings",
            row=row,
            who=who,
            side=side,
            attempt_id=attempt_id,
            piece=render_piece(report, words=words),
        )


def _listed(
    request: Request, course: InCourse, session: Session, assignment: str, *, wrong: Message | None = None
) -> HTMLResponse:
    opening = the_opening(session, course, assignment)
    words = words_for(request, course.caller)
    return course_page(
        request,
        "staff/regrades.html.j2",
        course,
        tab="openings",
        http_status=200 if wrong is None else 422,
        assignment=assignment,
        outline=current_assignments(session, course.course_id).get(assignment),
        sets=sets_of(session, opening.id),
        revisions=_revisions(session, course, words),
        checks=[("", words.say("regrade_all")), *_checks(session, opening.id, words)],
        wrong=wrong,
    )


def _revisions(session: Session, course: InCourse, words: Words) -> list[tuple[int, str]]:
    found = revisions(session, course.course_id, most=MOST_REVISIONS)
    return [
        (
            each.row.id,
            words.say(
                "regrade_revision_now" if each.is_current else "regrade_revision",
                number=each.row.id,
                added=f"{each.row.added_at.astimezone(course.zone):%Y-%m-%d %H:%M}",
            ),
        )
        for each in found
    ]


def _checks(session: Session, opening_id: int, words: Words) -> list[tuple[str, str]]:
    return [
        (f"{exercise}/{check}", words.say("regrade_failed", exercise=exercise, check=check))
        for exercise, check in checks_of(session, opening_id)
    ]


def _drawn(
    request: Request,
    course: InCourse,
    session: Session,
    set_id: uuid.UUID,
    *,
    page: int = 1,
    wrong: Message | None = None,
    reason: str = "",
) -> HTMLResponse:
    row = the_regrade(session, course, set_id)
    looked = look(session, row)
    words = words_for(request, course.caller)
    shows = looked.progress.is_over and row.state is not SetState.DROPPED
    found = differences_of(session, row) if shows else None
    pages = 1 if found is None else max(1, -(-len(found.works) // PAGE))
    place = min(max(page, 1), pages)
    works = () if found is None else drawn.works_of(found, words)[PAGE * (place - 1) : PAGE * place]
    people = whose(session, set_id)
    return course_page(
        request,
        "staff/regrade.html.j2",
        course,
        tab="openings",
        http_status=200 if wrong is None else 422,
        row=row,
        looked=looked,
        outline=current_assignments(session, course.course_id).get(row.assignment),
        found=found,
        summary="" if found is None else drawn.summary(found, words),
        exercises=() if found is None else drawn.exercises_of(found, words),
        spreads=() if found is None else drawn.spreads(found, words),
        works=works,
        people=people,
        marks=() if found is None else tuple(drawn.marks(_named(found, people, place), words)),
        wrong=wrong,
        reason=reason,
        place=place,
        pages=pages,
    )


def _named(found: Differences, people: Mapping[str, Whose], place: int) -> Differences:
    """Those of this page, by name."""
    shown = found.works[PAGE * (place - 1) : PAGE * place]
    works = (each.model_copy(update={"who": people[each.who].name}) if each.who in people else each for each in shown)
    return found.model_copy(update={"works": tuple(works)})
