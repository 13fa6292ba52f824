"""Second marking of an exercise: the sample, how far both agree, what differs and is settled by choosing; and the page
on which somebody marks an answer of the sample without being shown the first mark."""

from __future__ import annotations

import uuid
from fractions import Fraction
from random import SystemRandom
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from grader.messages import Message, say
from grader.policy.marking import Chosen, NotSaved, Way
from grader.policy.scopes import Scope
from grader.report.marking import unmarked
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
from grader.service.web.access import InCourse, Member
from grader.service.web.problems import NotThere, status_of
from grader.service.web.staff.answer_form import MarkForm, given_in
from grader.service.web.staff.going import Here, here_in
from grader.service.web.staff.new_item import with_new_item
from grader.service.web.staff.read_answer import kept_prose, read_answer
from grader.service.web.staff.shown_answer import shown_answer
from grader.service.web.staff.typed import MOST

router = APIRouter()
PATH: Final = "/courses/{slug}/openings/{assignment}/marking/{exercise}/seconds"
SEES: Final = Member(Role.GRADER)
MARKS: Final = Member(Role.GRADER, Scope.TEACH)
CHANGES: Final = Member(Role.INSTRUCTOR, Scope.TEACH)


@router.get(PATH)
def sample(request: Request, assignment: str, exercise: str, course: InCourse = Depends(SEES)) -> HTMLResponse:
    """The sample, and how far both agree. Raises NotThere."""
    with here_in(request, course, assignment, exercise) as here:
        return _overview(here)


@router.post(PATH)
def draw_more(
    request: Request,
    assignment: str,
    exercise: str,
    number: Annotated[str, Form(max_length=40)] = "",
    course: InCourse = Depends(CHANGES),
) -> Response:
    """So many more answers, or such a share of those that are marked."""
    with here_in(request, course, assignment, exercise) as here:
        wanted = _number(number, marked_answers(here.round.answers, exercise))
        if isinstance(wanted, Message):
            return _overview(here, wrong=wanted, http_status=422)
        actor = here.actor
        done = draw(here.session, here.opening.id, exercise, wanted, chance=SystemRandom(), actor=actor, now=here.now)
        if isinstance(done, NotSaved):
            return _overview(here, wrong=done.message, http_status=422)
    return RedirectResponse(_path(here), status_code=303)


@router.get(f"{PATH}/next")
def begin(request: Request, assignment: str, exercise: str, course: InCourse = Depends(MARKS)) -> RedirectResponse:
    """To an answer that waits for a second mark; where none does, to the sample."""
    with here_in(request, course, assignment, exercise) as here:
        found = next_second(here.session, here.opening.id, exercise, here.me, here.now)
    to = _path(here) if found is None else f"{_path(here)}/{found.attempt_id}"
    return RedirectResponse(to, status_code=303)


@router.get(f"{PATH}/{{attempt_id}}")
def answer(
    request: Request, assignment: str, exercise: str, attempt_id: uuid.UUID, course: InCourse = Depends(MARKS)
) -> Response:
    """One answer of the sample, without the first mark; the caller's from now on. Raises NotThere."""
    with here_in(request, course, assignment, exercise) as here:
        row = _row(here, attempt_id)
        if row.given is not None:
            return RedirectResponse(_path(here), status_code=303)
        return _drawn(here, row)


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
    with here_in(request, course, assignment, exercise) as here:
        row, actor, me = _row(here, attempt_id), here.actor, here.me
        chosen = with_new_item(here, form)
        if isinstance(chosen, NotSaved):
            return _drawn(here, row, form=form, wrong=chosen.message, http_status=422)
        given = given_in(chosen)
        if isinstance(given, Message):
            return _drawn(here, row, form=form, wrong=given, http_status=422)
        if (holder := claim(here.session, attempt_id, exercise, me, here.now)) is not None:
            wrong = say("marking_is_claimed", name=holder)
            return _drawn(here, row, form=form, wrong=wrong, http_status=409)
        decided = Decided(
            attempt_id=attempt_id, exercise=exercise, given=given, version=0, way=Way.SECOND, items=chosen.items
        )
        done = give_second(here.session, row, decided, actor=actor, now=here.now)
        if isinstance(done, NotSaved):
            return _drawn(here, row, form=form, wrong=done.message, http_status=status_of(done))
        release(here.session, attempt_id, exercise, me)
    return RedirectResponse(f"{_path(here)}/next", status_code=303)


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
    with here_in(request, course, assignment, exercise) as here:
        row, actor = _row(here, attempt_id), here.actor
        done = settle_second(here.session, row, choice, version=version, actor=actor, now=here.now)
        if isinstance(done, NotSaved):
            return _overview(here, wrong=done.message, http_status=409)
    return RedirectResponse(_path(here), status_code=303)


def _number(typed: str, marked: int) -> int | Message:
    """A number, or a share such as "10 %" of those that are marked, rounded up."""
    words = typed.strip()
    digits = words.removesuffix("%").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 6):
        return say("seconds_number")
    return -(-marked * min(int(digits), 100) // 100) if words.endswith("%") else int(digits)


def _row(here: Here, attempt_id: uuid.UUID) -> SecondMark:
    """Raises NotThere."""
    found = second_at(here.session, here.opening.id, here.exercise, attempt_id)
    if found is None:
        raise NotThere
    return found


def _path(here: Here) -> str:
    return f"{here.base}/{here.exercise}/seconds"


def _overview(
    here: Here,
    *,
    wrong: Message | None = None,
    http_status: int = 200,
) -> HTMLResponse:
    found = seconds_of(here.session, here.opening.id, here.exercise)
    return here.page(
        "staff/seconds.html.j2",
        http_status=http_status,
        seconds=found,
        given=[each for each in found if each.row.given is not None],
        waits=next_second(here.session, here.opening.id, here.exercise, here.me, here.now) is not None,
        agreement=agreement_of(found),
        marked=marked_answers(here.round.answers, here.exercise),
        told=told,
        wrong=wrong,
        here=_path(here),
    )


def told(figure: Fraction | None, places: int) -> str:
    """A figure with so many places; a dash where it cannot be said."""
    return "–" if figure is None else f"{float(figure):.{places}f}"  # noqa: RUF001  # an en dash is meant


def _drawn(
    here: Here,
    row: SecondMark,
    *,
    form: MarkForm | None = None,
    wrong: Message | None = None,
    http_status: int = 200,
) -> HTMLResponse:
    """Nothing of the first mark is in it, no earlier comment and no name: one who knows whose it is looks otherwise."""
    read = read_answer(here.session, here.site, row.attempt_id, here.exercise)
    result = unmarked(read.result)
    items = rubric(here.session, here.opening.id, here.exercise)
    return here.page(
        "staff/second.html.j2",
        http_status=http_status,
        exercise=result,
        answer=shown_answer(result, read.data, kept_prose(here.request)),
        holder=claim(here.session, row.attempt_id, here.exercise, here.me, here.now),
        items=items,
        chosen=frozenset() if form is None else frozenset(form.items) & {each.id for each in items},
        kept=here.kept_comments(),
        typed=form,
        wrong=wrong,
        here=_path(here),
        attempt_id=row.attempt_id,
    )
