"""Second marking of an exercise: the sample, how far both agree, what differs and is settled by choosing; and the page
on which somebody marks an answer of the sample without being shown the first mark."""

from __future__ import annotations

import uuid
from fractions import Fraction
from random import SystemRandom
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from grader.messages import Message, say
from grader.policy.marking import Chosen, NotSaved, Way
from grader.policy.scopes import Scope
from grader.report.marking import unmarked
from grader.service.marking.comments import comments_with
from grader.service.marking.leases import claim, release
from grader.service.marking.rubrics import rubric
from grader.service.marking.saving import Decided
from grader.service.marking.seconds import (
    agreement_of,
    draw,
    give_second,
    marked_answers,
    next_second,
    second_at,
    seconds_of,
    settle_second,
)
from grader.service.store.mark_tables import SecondMark
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.problems import NotThere, status_of
from grader.service.web.staff.answer_form import MarkForm, given_in
from grader.service.web.staff.frame import course_page, words_for
from grader.service.web.staff.going import Going, Here, here_in
from grader.service.web.staff.new_item import with_new_item
from grader.service.web.staff.read_answer import kept_prose, read_answer
from grader.service.web.staff.shown_answer import shown_answer
from grader.service.web.staff.typed import MOST
from grader.service.web.trail import actor_of

router = APIRouter()
PATH: Final = "/courses/{slug}/openings/{assignment}/marking/{exercise}/seconds"
SEES: Final = Member(Role.GRADER)
MARKS: Final = Member(Role.GRADER, Scope.TEACH)
CHANGES: Final = Member(Role.INSTRUCTOR, Scope.TEACH)


@router.get(PATH)
def sample(request: Request, assignment: str, exercise: str, course: InCourse = Depends(SEES)) -> HTMLResponse:
    """The sample, and how far both agree. Raises NotThere."""
    with site_of(request).database.begin() as session:
        here = here_in(request, session, course, assignment, exercise, Going())
        return _overview(request, course, session, here)


@router.post(PATH)
def draw_more(
    request: Request,
    assignment: str,
    exercise: str,
    number: Annotated[str, Form(max_length=40)] = "",
    course: InCourse = Depends(CHANGES),
) -> Response:
    """So many more answers, or such a share of those that are marked."""
    site = site_of(request)
    with site.database.begin() as session:
        here = here_in(request, session, course, assignment, exercise, Going())
        wanted = _number(number, marked_answers(here.round.answers, exercise))
        if isinstance(wanted, Message):
            return _overview(request, course, session, here, wrong=wanted, http_status=422)
        actor = actor_of(request, course)
        done = draw(session, here.opening.id, exercise, wanted, chance=SystemRandom(), actor=actor, now=site.now())
        if isinstance(done, NotSaved):
            return _overview(request, course, session, here, wrong=done.message, http_status=422)
    return RedirectResponse(_path(course, here), status_code=303)


@router.get(f"{PATH}/next")
def begin(request: Request, assignment: str, exercise: str, course: InCourse = Depends(MARKS)) -> RedirectResponse:
    """To an answer that waits for a second mark; where none does, to the sample."""
    site = site_of(request)
    with site.database.begin() as session:
        here = here_in(request, session, course, assignment, exercise, Going())
        found = next_second(session, here.opening.id, exercise, course.caller.person_id, site.now())
    to = _path(course, here) if found is None else f"{_path(course, here)}/{found.attempt_id}"
    return RedirectResponse(to, status_code=303)


@router.get(f"{PATH}/{{attempt_id}}")
def answer(
    request: Request, assignment: str, exercise: str, attempt_id: uuid.UUID, course: InCourse = Depends(MARKS)
) -> Response:
    """One answer of the sample, without the first mark; the caller's from now on. Raises NotThere."""
    with site_of(request).database.begin() as session:
        here = here_in(request, session, course, assignment, exercise, Going())
        row = _row(session, here, attempt_id)
        if row.given is not None:
            return RedirectResponse(_path(course, here), status_code=303)
        return _drawn(request, course, session, here, row)


@router.post(f"{PATH}/{{attempt_id}}")
def mark(
    request: Request,
    assignment: str,
    exercise: str,
    attempt_id: uuid.UUID,
    form: Annotated[MarkForm, Form()],
    course: InCourse = Depends(MARKS),
) -> Response:
    """Keep the second mark, and go to the next that waits."""
    site = site_of(request)
    with site.database.begin() as session:
        here = here_in(request, session, course, assignment, exercise, Going())
        row, me = _row(session, here, attempt_id), course.caller.person_id
        actor = actor_of(request, course)
        chosen = with_new_item(session, here.opening, exercise, form, actor=actor, now=site.now())
        if isinstance(chosen, NotSaved):
            return _drawn(request, course, session, here, row, form=form, wrong=chosen.message, http_status=422)
        given = given_in(chosen)
        if isinstance(given, Message):
            return _drawn(request, course, session, here, row, form=form, wrong=given, http_status=422)
        if (holder := claim(session, attempt_id, exercise, me, site.now())) is not None:
            wrong = say("marking_is_claimed", name=holder)
            return _drawn(request, course, session, here, row, form=form, wrong=wrong, http_status=409)
        decided = Decided(
            attempt_id=attempt_id, exercise=exercise, given=given, version=0, way=Way.SECOND, items=chosen.items
        )
        done = give_second(session, row, decided, actor=actor, now=site.now())
        if isinstance(done, NotSaved):
            return _drawn(
                request, course, session, here, row, form=form, wrong=done.message, http_status=status_of(done)
            )
        release(session, attempt_id, exercise, me)
    return RedirectResponse(f"{_path(course, here)}/next", status_code=303)


@router.post(f"{PATH}/{{attempt_id}}/settle")
def settle(
    request: Request,
    assignment: str,
    exercise: str,
    attempt_id: uuid.UUID,
    choice: Annotated[Chosen, Form()],
    version: Annotated[int, Form(ge=0, le=MOST)],
    course: InCourse = Depends(CHANGES),
) -> Response:
    """Choose which of two marks counts."""
    site = site_of(request)
    with site.database.begin() as session:
        here = here_in(request, session, course, assignment, exercise, Going())
        row, actor = _row(session, here, attempt_id), actor_of(request, course)
        done = settle_second(session, row, choice, version=version, actor=actor, now=site.now())
        if isinstance(done, NotSaved):
            return _overview(request, course, session, here, wrong=done.message, http_status=409)
    return RedirectResponse(_path(course, here), status_code=303)


def _number(typed: str, marked: int) -> int | Message:
    """A number, or a share such as "10 %" of those that are marked, rounded up."""
    words = typed.strip()
    digits = words.removesuffix("%").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 6):
        return say("seconds_number")
    return -(-marked * min(int(digits), 100) // 100) if words.endswith("%") else int(digits)


def _row(session: Session, here: Here, attempt_id: uuid.UUID) -> SecondMark:
    """Raises NotThere."""
    found = second_at(session, here.opening.id, here.exercise, attempt_id)
    if found is None:
        raise NotThere
    return found


def _path(course: InCourse, here: Here) -> str:
    return f"{here.base(course)}/{here.exercise}/seconds"


def _overview(
    request: Request,
    course: InCourse,
    session: Session,
    here: Here,
    *,
    wrong: Message | None = None,
    http_status: int = 200,
) -> HTMLResponse:
    words, now = words_for(request, course.caller), site_of(request).now()
    found = seconds_of(session, here.opening.id, here.exercise)
    return course_page(
        request,
        "staff/seconds.html.j2",
        course,
        tab="marking",
        http_status=http_status,
        exercise_title=here.titles.by_id(here.exercise, words),
        title=here.titles.title(words),
        seconds=found,
        given=[each for each in found if each.row.given is not None],
        waits=next_second(session, here.opening.id, here.exercise, course.caller.person_id, now) is not None,
        agreement=agreement_of(found),
        marked=marked_answers(here.round.answers, here.exercise),
        told=told,
        wrong=wrong,
        base=here.base(course),
        here=_path(course, here),
    )


def told(figure: Fraction | None, places: int) -> str:
    """A figure with so many places; a dash where it cannot be said."""
    return "–" if figure is None else f"{float(figure):.{places}f}"  # noqa: RUF001  # an en dash is meant


def _drawn(
    request: Request,
    course: InCourse,
    session: Session,
    here: Here,
    row: SecondMark,
    *,
    form: MarkForm | None = None,
    wrong: Message | None = None,
    http_status: int = 200,
) -> HTMLResponse:
    """Nothing of the first mark is in it, no earlier comment and no name: one who knows whose it is looks otherwise."""
    site, words = site_of(request), words_for(request, course.caller)
    read = read_answer(session, site, row.attempt_id, here.exercise)
    result = unmarked(read.result)
    items = rubric(session, here.opening.id, here.exercise)
    return course_page(
        request,
        "staff/second.html.j2",
        course,
        tab="marking",
        http_status=http_status,
        exercise=result,
        exercise_title=here.titles.by_id(here.exercise, words),
        title=here.titles.title(words),
        answer=shown_answer(result, read.data, kept_prose(request)),
        holder=claim(session, row.attempt_id, here.exercise, course.caller.person_id, site.now()),
        items=items,
        chosen=frozenset() if form is None else frozenset(form.items) & {each.id for each in items},
        kept=comments_with(session, course.course_id, here.opening.assignment, here.exercise),
        typed=form,
        wrong=wrong,
        base=here.base(course),
        here=_path(course, here),
        attempt_id=row.attempt_id,
    )
